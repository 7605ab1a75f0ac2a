//! Vendors or versions beside each other.

mod evidence;
mod html;
mod json;
mod markdown;
mod text;

pub use html::render as html;
pub use json::render as json;
pub use markdown::render as markdown;
pub use text::render as text;

use crate::comparison::Matrix;
use crate::comparison::matrix::{Class, Column};

/// What JSON says of its form.
pub const SCHEMA: &str = "orchspec/matrix/1";

/// What stands where there is nothing to say.
const NOTHING: &str = "–";

/// Something that is said of a run, and how it is found.
type Fact = (&'static str, fn(&Column) -> String);

/// What is said of each run below its title.
const FACTS: [Fact; 3] = [
    ("report", |column| column.report.clone()),
    ("judged on", |column| column.started.strftime("%Y-%m-%d").to_string()),
    ("gate", |column| column.gate.word().to_owned()),
];

/// The classes that occur, the best first: what is to be explained.
fn occurring(matrix: &Matrix) -> Vec<Class> {
    let cells = || {
        matrix.protocols.iter().flat_map(|protocol| {
            protocol.classes.iter().chain(protocol.groups.iter().flat_map(|group| &group.classes))
        })
    };
    Class::ALL.into_iter().filter(|class| cells().any(|cell| *cell == Some(*class))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::Run;
    use crate::outcome::{RunOutcome, Verdict};
    use crate::report::{Palette, sample};

    fn runs() -> [RunOutcome; 3] {
        let (green, _) = sample::green();
        let (mut red, _) = sample::run();
        let mut third = green.clone();
        "Another Vendor's Task Orchestrator | Enterprise 11.0.1".clone_into(&mut red.target.identity);
        third.requirements[0].verdict = Verdict::Fail;
        [green, red, third]
    }

    fn named(outcomes: &[RunOutcome]) -> Vec<Run<'_>> {
        let names = ["acme.json", "other.json", "acme-2.json"];
        names.iter().zip(outcomes).map(|(name, outcome)| Run { name, outcome }).collect()
    }

    fn matrix(outcomes: &[RunOutcome]) -> Matrix {
        Matrix::of(&named(outcomes))
    }

    /// What a page says, without its style and script.
    fn page(outcomes: &[RunOutcome]) -> String {
        let page = html(&matrix(outcomes), &named(outcomes), false);
        let (_, body) = page.split_once("<body>").unwrap();
        body.split_once("<script>").unwrap().0.to_owned()
    }

    #[test]
    fn every_format_shows_the_matrix() {
        let outcomes = runs();
        let matrix = matrix(&outcomes);
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/tests/comparison");
        insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("matrix-text", text(&matrix, (false, None), &Palette::plain()));
            insta::assert_snapshot!("matrix-text-verbose", text(&matrix, (true, None), &Palette::plain()));
            insta::assert_snapshot!("matrix-text-narrow", text(&matrix, (false, Some(60)), &Palette::plain()));
            insta::assert_snapshot!("matrix-markdown", markdown(&matrix, true));
            insta::assert_snapshot!("matrix-html", page(&outcomes));
            insta::assert_snapshot!("matrix-json", json(&matrix));
        });
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let matrix = matrix(&runs());
        for width in [40, 50, 80, 120] {
            let text = text(&matrix, (true, Some(width)), &Palette::plain());
            let table = text.split("\n\n").filter(|block| block.contains("TST-MAIN"));
            for line in table.flat_map(str::lines) {
                assert!(line.chars().count() <= width, "{width}: {line:?}");
            }
        }
    }

    #[test]
    fn a_verdict_opens_to_what_was_found() {
        let outcomes = runs();
        let page = page(&outcomes);
        let ids = matrix(&outcomes).protocols.into_iter().flat_map(|protocol| protocol.groups);
        let ids: Vec<_> = ids.flat_map(|group| group.rows).map(|row| row.id).collect();
        let findings = outcomes[1].cases.iter().flat_map(|case| &case.findings);
        let judged: Vec<_> =
            findings.filter(|finding| finding.requirements.iter().any(|id| ids.contains(id))).collect();
        assert!(!judged.is_empty());
        for finding in judged {
            assert!(page.contains(&finding.expected) && page.contains(&finding.place), "{finding:?}");
        }
    }
}
