//! Colours by role; whether there are any is decided outside and comes as a parameter.

use anstyle::{AnsiColor, Style};

use crate::outcome::Verdict;

/// One style for each role that a piece of text can play.
#[derive(Debug, Clone, Copy, Default)]
pub struct Palette {
    /// What holds.
    pub good: Style,
    /// What is violated.
    pub bad: Style,
    /// What could not be told, or is only recommended.
    pub doubtful: Style,
    /// What is only there to be looked up.
    pub faint: Style,
    /// Headings and names.
    pub strong: Style,
}

impl Palette {
    /// No colour at all.
    pub fn plain() -> Self {
        Self::default()
    }

    /// The sixteen colours that every terminal has.
    pub fn coloured() -> Self {
        Self {
            good: AnsiColor::Green.on_default(),
            bad: AnsiColor::Red.on_default().bold(),
            doubtful: AnsiColor::Yellow.on_default(),
            faint: Style::new().dimmed(),
            strong: Style::new().bold(),
        }
    }

    /// Colours if wanted.
    pub fn new(colour: bool) -> Self {
        if colour { Self::coloured() } else { Self::plain() }
    }

    /// Every escape that text in these colours may hold.
    pub(super) fn escapes(&self) -> Vec<String> {
        let styles = [self.good, self.bad, self.doubtful, self.faint, self.strong];
        let both = styles.iter().flat_map(|style| [style.render().to_string(), format!("{style:#}")]);
        both.filter(|escape| !escape.is_empty()).collect()
    }

    /// The style of a verdict.
    pub fn verdict(&self, verdict: Verdict) -> Style {
        match verdict {
            Verdict::Error | Verdict::Fail => self.bad,
            Verdict::Inconclusive | Verdict::Warn => self.doubtful,
            Verdict::Pass => self.good,
            Verdict::Info | Verdict::Skip | Verdict::Unattainable | Verdict::Unsupported => self.faint,
        }
    }
}

/// A text in a style; plain if the style is.
pub fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_palette_adds_nothing() {
        assert_eq!(paint(Palette::plain().bad, "FAIL"), "FAIL");
        assert_eq!(paint(Palette::coloured().bad, "FAIL"), "\u{1b}[1m\u{1b}[31mFAIL\u{1b}[0m");
    }
}
