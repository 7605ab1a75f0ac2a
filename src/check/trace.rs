//! `trace: "200* redirect"` — the status codes of a whole poll or chain of redirects.

use std::fmt;

/// A sequence of codes, as a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace(Vec<Item>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Item {
    code: Code,
    times: Times,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    Exact(u16),
    /// `2xx`, by its first digit.
    Class(u16),
    /// Whatever the policy `redirect_codes` calls a redirect.
    Redirect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    Once,
    Optional,
    Any,
    Some,
}

/// The signs behind an item.
const SIGNS: [(&str, Times); 3] = [("?", Times::Optional), ("*", Times::Any), ("+", Times::Some)];

/// How the policy's redirects are written.
const REDIRECT: &str = "redirect";

impl Trace {
    /// Reads items that stand apart; the error says what is wrong and what an item is.
    pub fn parse(text: &str) -> Result<Self, String> {
        let items: Vec<Item> = text.split_whitespace().map(Item::parse).collect::<Result<_, _>>()?;
        if items.is_empty() { Err("a trace needs at least one item".to_owned()) } else { Ok(Self(items)) }
    }

    /// Whether the whole sequence has this form.
    pub fn fits(&self, statuses: &[u16], redirect_codes: &[u16]) -> bool {
        let mut reached = vec![false; self.0.len() + 1];
        reached[0] = true;
        self.skip(&mut reached);
        for status in statuses {
            reached = self.step(&reached, *status, redirect_codes);
        }
        reached[self.0.len()]
    }

    /// The items that may be next once this status was seen; `reached[i]` says that item `i` may be next.
    fn step(&self, reached: &[bool], status: u16, redirect_codes: &[u16]) -> Vec<bool> {
        let mut after = vec![false; reached.len()];
        for (index, item) in self.0.iter().enumerate() {
            if reached[index] && item.code.is(status, redirect_codes) {
                after[index + 1] = true;
                after[index] |= matches!(item.times, Times::Any | Times::Some);
            }
        }
        self.skip(&mut after);
        after
    }

    /// Where an item need not be there, the one behind it may be next too.
    fn skip(&self, reached: &mut [bool]) {
        for (index, item) in self.0.iter().enumerate() {
            reached[index + 1] |= reached[index] && matches!(item.times, Times::Optional | Times::Any);
        }
    }
}

impl Item {
    fn parse(text: &str) -> Result<Self, String> {
        let signed = SIGNS.iter().find_map(|(sign, times)| Some((text.strip_suffix(sign)?, *times)));
        let (code, times) = signed.unwrap_or((text, Times::Once));
        let code = Code::parse(code).ok_or_else(|| format!("`{text}` is no item of a trace"))?;
        Ok(Self { code, times })
    }
}

impl Code {
    fn parse(text: &str) -> Option<Self> {
        if text == REDIRECT {
            return Some(Self::Redirect);
        }
        if let Some(digit) = text.strip_suffix("xx") {
            let class = digit.parse().ok().filter(|class| (1..=5).contains(class));
            return class.map(Self::Class);
        }
        text.parse().ok().filter(|code| (100..=599).contains(code)).map(Self::Exact)
    }

    fn is(self, status: u16, redirect_codes: &[u16]) -> bool {
        match self {
            Self::Exact(code) => code == status,
            Self::Class(class) => class == status / 100,
            Self::Redirect => redirect_codes.contains(&status),
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(code) => write!(out, "{code}"),
            Self::Class(class) => write!(out, "{class}xx"),
            Self::Redirect => out.write_str(REDIRECT),
        }
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            let sign = SIGNS.iter().find(|(_, times)| *times == item.times).map_or("", |(sign, _)| sign);
            write!(out, "{space}{}{sign}", item.code)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("200* redirect", &[303], true)]
    #[case("200* redirect", &[200, 200, 303], true)]
    #[case("200* redirect", &[200, 303, 303], false)]
    #[case("200* redirect", &[200], false)]
    #[case("200+ redirect", &[303], false)]
    #[case("200+ redirect", &[200, 200, 303], true)]
    #[case("redirect+ 2xx", &[303, 303, 204], true)]
    #[case("redirect+ 2xx", &[302, 200], false)]
    #[case("200? 200? 404", &[200, 404], true)]
    #[case("200? 404", &[200, 200, 404], false)]
    #[case("2xx* 200", &[200, 201, 200], true)]
    #[case("200", &[], false)]
    #[case("200*", &[], true)]
    fn the_whole_sequence_must_fit(#[case] trace: &str, #[case] statuses: &[u16], #[case] expected: bool) {
        let parsed = Trace::parse(trace).unwrap();
        assert_eq!(parsed.fits(statuses, &[303]), expected);
        assert_eq!(parsed.to_string(), trace);
    }

    #[rstest]
    #[case("")]
    #[case("6xx")]
    #[case("99")]
    #[case("200**")]
    #[case("200,303")]
    #[case("+")]
    fn refuses_what_is_no_item(#[case] text: &str) {
        assert!(Trace::parse(text).is_err());
    }
}
