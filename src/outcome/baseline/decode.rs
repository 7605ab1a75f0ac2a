//! A baseline file to its entries; whether the suite knows their cases is somebody else's question.

use jiff::civil::Date;

use super::shape::{ENTRY, EXPECTED, SHAPE};
use super::{Entry, SEPARATOR};
use crate::diagnostic::Diagnostic;
use crate::outcome::Verdict;
use crate::requirement::RequirementId;
use crate::source::{SourceId, Span, Spanned};
use crate::yaml::{self, Fields, Kind, Node};

/// An entry and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The entry.
    pub entry: Entry,
    /// Its name.
    pub name: Span,
    /// What stands behind its name.
    pub body: Span,
    /// Its reason.
    pub reason: Span,
}

/// Reads a baseline file; what is wrong with it is added to `diagnostics`. An empty reason is no mistake here: it is what
/// a proposal looks like.
pub fn parse(source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Placed>> {
    let root = yaml::parse(source, text, diagnostics)?;
    let fields = Fields::open(&root, &SHAPE, diagnostics)?;
    if let Some(version) = fields.get("baseline") {
        check_version(version, diagnostics);
    }
    let entries = fields.get("entries").map_or(&[][..], |node| yaml::mapping(node, diagnostics));
    Some(entries.iter().filter_map(|(name, node)| entry(name, node, diagnostics)).collect())
}

fn check_version(node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let Some(version) = yaml::integer(node, diagnostics).filter(|version| version.value != 1) else { return };
    let message = format!("there is no version {} of the form of a baseline", version.value);
    diagnostics.push(Diagnostic::error("version", message).at(node.span, "").help("write `baseline: 1`"));
}

fn entry(name: &Spanned<String>, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Placed> {
    let named = split(name, diagnostics);
    let fields = Fields::open(node, &ENTRY, diagnostics)?;
    let expect = fields.get("expect").and_then(|node| expected(node, diagnostics));
    let signature = fields.get("signature").and_then(|node| yaml::text(node, diagnostics));
    let reason = fields.get("reason").and_then(|node| text_or_nothing(node, diagnostics));
    let issue = fields.get("issue").and_then(|node| yaml::text(node, diagnostics));
    let expires = fields.get("expires").and_then(|node| date(node, diagnostics));
    let ((case, requirement), reason) = (named?, reason?);
    Some(Placed {
        entry: Entry {
            case,
            requirement,
            expect: expect?,
            signature: signature?.value,
            reason: reason.value,
            issue: issue.map(|issue| issue.value),
            expires,
        },
        name: name.span,
        body: node.span,
        reason: reason.span,
    })
}

fn split(name: &Spanned<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<(String, RequirementId)> {
    let numbered = name.value.rsplit_once(SEPARATOR).filter(|(_, id)| RequirementId::is_numbered(id));
    // The name of a step is free, so that the sign that separates may stand in it.
    let of_step = || name.value.split_once(SEPARATOR).filter(|(_, id)| RequirementId::may_be_of_step(id));
    let parts = numbered.or_else(of_step).filter(|(case, _)| !case.is_empty());
    if parts.is_none() {
        let message = format!("`{}` names no case and requirement", name.value);
        let help = "write both: `uipath/async/completes-with-redirect#UIP-ASYNC-11`";
        diagnostics.push(Diagnostic::error("entry-name", message).at(name.span, "").help(help));
    }
    parts.map(|(case, requirement)| (case.to_owned(), RequirementId::new(requirement)))
}

fn expected(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Verdict> {
    if node.as_text() == Some(Verdict::Error.word()) {
        let message = "an error of the environment cannot be excused: it says nothing about the server";
        let help = "take the entry out, and mend the environment";
        diagnostics.push(Diagnostic::error("excused-error", message).at(node.span, "").help(help));
        return None;
    }
    yaml::choice(node, &EXPECTED, diagnostics).map(|expect| expect.value)
}

/// `reason:` with nothing behind it is an empty reason.
fn text_or_nothing(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    match node.kind {
        Kind::Null => Some(Spanned::new(String::new(), node.span)),
        _ => yaml::text(node, diagnostics),
    }
}

fn date(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Date> {
    let text = yaml::text(node, diagnostics)?.value;
    let date = day_of(&text);
    if date.is_none() {
        let message = format!("`{text}` is no day");
        diagnostics.push(Diagnostic::error("day", message).at(node.span, "").help("write it as 2026-12-31"));
    }
    date
}

/// The day that a text names, and nothing but the day: a time behind it would be dropped without a word.
pub fn day_of(text: &str) -> Option<Date> {
    text.parse().ok().filter(|day: &Date| day.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::render;
    use crate::source::SourceMap;
    use rstest::rstest;

    fn read(text: &str) -> (Option<Vec<Placed>>, String) {
        let mut sources = SourceMap::default();
        let source = sources.add("baseline.yaml", text);
        let mut diagnostics = Vec::new();
        let placed = parse(source, text, &mut diagnostics);
        let messages: Vec<String> = diagnostics.iter().map(|found| render(found, &sources, false)).collect();
        (placed, messages.join("\n"))
    }

    fn with(name: &str, body: &str) -> (Option<Vec<Placed>>, String) {
        read(&format!("baseline: 1\nentries:\n  {name}: {{ {body} }}\n"))
    }

    const NAME: &str = "tst/main/a@b#TST-MAIN-01";

    #[test]
    fn an_entry_is_read_with_everything_it_says() {
        let body = "expect: fail, signature: \"a|b\", reason: known, issue: \"https://a.example/1\", expires: 2026-12-31";
        let (placed, messages) = with(NAME, body);
        assert_eq!(messages, "");
        let entry = &placed.unwrap()[0].entry;
        assert_eq!(
            *entry,
            Entry {
                case: "tst/main/a@b".to_owned(),
                requirement: RequirementId::new("TST-MAIN-01"),
                expect: Verdict::Fail,
                signature: "a|b".to_owned(),
                reason: "known".to_owned(),
                issue: Some("https://a.example/1".to_owned()),
                expires: Some(jiff::civil::date(2026, 12, 31)),
            }
        );
        assert_eq!(entry.name(), NAME);
    }

    #[rstest]
    #[case("fail", "\"\"")]
    #[case("warn", "")]
    #[case("inconclusive", "~")]
    fn a_proposal_has_no_reason_yet(#[case] expect: &str, #[case] reason: &str) {
        let (placed, messages) = with(NAME, &format!("expect: {expect}, signature: a, reason: {reason}"));
        assert_eq!((messages.as_str(), placed.unwrap()[0].entry.reason.as_str()), ("", ""));
    }

    #[test]
    fn every_mistake_has_its_message() {
        let rest = "signature: a, reason: known";
        let messages = [
            with(NAME, "expect: error, signature: a, reason: known").1,
            with(NAME, &format!("expect: pass, {rest}")).1,
            with("tst/main/a", &format!("expect: fail, {rest}")).1,
            with(NAME, &format!("expect: fail, {rest}, expires: 2026-12-31T10:00")).1,
            with(NAME, &format!("expect: fail, {rest}, expire: 2026-12-31")).1,
            read("baseline: 2\nentries: {}\n").1,
        ];
        insta::assert_snapshot!(messages.join("\n"), @r#"
            error[excused-error]: an error of the environment cannot be excused: it says nothing about the server
             --> baseline.yaml:3:39
              |
            3 |   tst/main/a@b#TST-MAIN-01: { expect: error, signature: a, reason: known }
              |                                       ^^^^^
              |
              = help: take the entry out, and mend the environment
            error[unknown-word]: `pass` is not one of the words that may stand here
             --> baseline.yaml:3:39
              |
            3 |   tst/main/a@b#TST-MAIN-01: { expect: pass, signature: a, reason: known }
              |                                       ^^^^ unknown word
              |
              = help: one of: fail, warn, inconclusive
            error[entry-name]: `tst/main/a` names no case and requirement
             --> baseline.yaml:3:3
              |
            3 |   tst/main/a: { expect: fail, signature: a, reason: known }
              |   ^^^^^^^^^^
              |
              = help: write both: `uipath/async/completes-with-redirect#UIP-ASYNC-11`
            error[day]: `2026-12-31T10:00` is no day
             --> baseline.yaml:3:83
              |
            3 |   tst/main/a@b#TST-MAIN-01: { expect: fail, signature: a, reason: known, expires: 2026-12-31T10:00 }
              |                                                                                   ^^^^^^^^^^^^^^^^
              |
              = help: write it as 2026-12-31
            error[unknown-key]: an entry has no key `expire`
             --> baseline.yaml:3:74
              |
            3 |   tst/main/a@b#TST-MAIN-01: { expect: fail, signature: a, reason: known, expire: 2026-12-31 }
              |                                                                          ^^^^^^ unknown key
              |
              = help: did you mean `expires`?
            error[version]: there is no version 2 of the form of a baseline
             --> baseline.yaml:1:11
              |
            1 | baseline: 2
              |           ^
              |
              = help: write `baseline: 1`
            "#);
    }
}
