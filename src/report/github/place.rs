//! Which file of a repository an annotation belongs to: the built-in suite is in no repository but its own.

use super::command::Site;
use crate::outcome::RunOutcome;
use crate::source::{SourceMap, Span};

/// Where annotations of a run can be shown.
pub(super) struct Places<'a> {
    sources: &'a SourceMap,
    target: Option<&'a str>,
    has_own_suite: bool,
}

impl<'a> Places<'a> {
    /// What the arguments of the run tell: which target file, and whose suite.
    pub(super) fn new(outcome: &'a RunOutcome, sources: &'a SourceMap) -> Self {
        let value = |name: &str| {
            let words = &outcome.volatile.rerun;
            words.iter().position(|word| word == name).and_then(|index| words.get(index + 1))
        };
        let target = value("--target").map(String::as_str);
        // The embedded mock is judged where the suite is worked on.
        Self { sources, target, has_own_suite: value("--suite").is_some() || target.is_none() }
    }

    /// The target file, if there is one.
    pub(super) fn target(&self) -> Site {
        Site { file: self.target.map(str::to_owned), position: None }
    }

    /// The line of a scenario, if that can be in the repository; otherwise the target file.
    pub(super) fn of(&self, span: Span) -> Site {
        let file = self.sources.name(span.source);
        if !self.has_own_suite || file.is_empty() {
            return self.target();
        }
        let position = self.sources.position(span);
        Site { file: Some(file.to_owned()), position: Some((position.line, position.column)) }
    }

    /// The line of a scenario in words.
    pub(super) fn describe(&self, span: Span) -> String {
        self.sources.describe(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use rstest::rstest;

    #[rstest]
    #[case(&[], Some("scenarios/tst/cancel/by-another-system.yaml"), true)]
    #[case(&["--target", "t.yaml"], Some("t.yaml"), false)]
    #[case(&["--suite", "own", "--target", "t.yaml"], Some("scenarios/tst/cancel/by-another-system.yaml"), true)]
    fn a_line_is_annotated_where_it_can_be_seen(
        #[case] rerun: &[&str],
        #[case] file: Option<&str>,
        #[case] has_line: bool,
    ) {
        let (mut outcome, sources) = sample::run();
        outcome.volatile.rerun = rerun.iter().map(|word| (*word).to_owned()).collect();
        let site = Places::new(&outcome, &sources).of(outcome.cases[0].findings[0].span);
        assert_eq!((site.file.as_deref(), site.position.is_some()), (file, has_line));
    }
}
