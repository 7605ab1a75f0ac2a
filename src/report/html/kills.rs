//! A stored kill matrix for the page: which defects of the mock the suite finds out, and by which checks.
//!
//! It is read from the document that `orchspec mutants` writes; what a mock is, is not known here.

use serde::Deserialize;
use serde_json::Value;

use crate::diagnostic::Diagnostic;

/// What the document says of its form.
const SCHEMA: &str = "orchspec/mutants/1";

const HELP: &str = "give a file that `orchspec mutants --report json=PATH` wrote";

/// How many checks are named for a defect.
const SHOWN_CHECKS: usize = 3;

/// A stored kill matrix.
#[derive(Debug, Deserialize)]
pub struct Kills {
    pub(super) suite: Suite,
    pub(super) complete: bool,
    mutants: Vec<Mutant>,
    requirements: Vec<Broken>,
}

/// What was measured.
#[derive(Debug, Deserialize)]
pub(super) struct Suite {
    pub(super) digest: String,
}

/// A defect that was tried.
#[derive(Debug, Deserialize)]
pub(super) struct Mutant {
    pub(super) defect: String,
    pub(super) sentence: String,
    pub(super) fate: Fate,
    pub(super) because: Option<String>,
    kills: Vec<Check>,
    strays: Vec<Check>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fate {
    Survived,
    WrongReason,
    Equivalent,
    Killed,
}

/// A check that was violated.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Check {
    pub(super) case: String,
    pub(super) step: String,
    pub(super) place: String,
}

#[derive(Debug, Deserialize)]
struct Broken {
    id: String,
    level: String,
    defects: Vec<String>,
}

/// A requirement with the defects that were tried.
pub(super) struct Row<'a> {
    pub(super) id: &'a str,
    pub(super) level: &'a str,
    pub(super) mutants: Vec<&'a Mutant>,
}

impl Kills {
    /// Reads the document; `name` is what messages call it.
    pub fn read(name: &str, text: &str) -> Result<Self, Diagnostic> {
        let refused = |code, message| Diagnostic::error(code, message).help(HELP);
        let value: Value = serde_json::from_str(text)
            .map_err(|error| refused("report-not-json", format!("`{name}` is no JSON: {error}")))?;
        if value.get("schema").and_then(Value::as_str) != Some(SCHEMA) {
            let message = format!("`{name}` is no kill matrix: it does not say `\"schema\": \"{SCHEMA}\"`");
            return Err(refused("report-form", message));
        }
        serde_json::from_value(value)
            .map_err(|error| refused("report-broken", format!("`{name}` is no whole kill matrix: {error}")))
    }

    /// The requirements of which a defect was tried.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.requirements.iter().map(|own| self.row(own)).filter(|row| !row.mutants.is_empty())
    }

    fn row<'a>(&'a self, own: &'a Broken) -> Row<'a> {
        let tried = self.mutants.iter().filter(|mutant| own.defects.contains(&mutant.defect));
        Row { id: &own.id, level: &own.level, mutants: tried.collect() }
    }

    /// `31 of 33 defects killed, 1 for the wrong reason, 1 survived, 0 equivalent`.
    pub(super) fn tally(&self) -> String {
        let [survived, stray, equivalent, killed] = Fate::ALL.map(|fate| number(self.mutants.iter(), fate));
        let all = self.mutants.len();
        format!(
            "{killed} of {all} defects killed, {stray} for the wrong reason, {survived} survived, {equivalent} equivalent"
        )
    }
}

impl Fate {
    /// All of them, the gravest first.
    pub(super) const ALL: [Self; 4] = [Self::Survived, Self::WrongReason, Self::Equivalent, Self::Killed];

    /// The words for it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Survived => "survived",
            Self::WrongReason => "wrong reason",
            Self::Equivalent => "equivalent",
            Self::Killed => "killed",
        }
    }

    /// The class that gives it its colour.
    pub(super) fn tone(self) -> &'static str {
        match self {
            Self::Survived => "fail",
            Self::WrongReason => "warn",
            Self::Equivalent => "skip",
            Self::Killed => "pass",
        }
    }
}

impl Mutant {
    /// The checks that found it out: of its own requirements, or else the others.
    fn checks(&self) -> &[Check] {
        if self.kills.is_empty() { &self.strays } else { &self.kills }
    }

    pub(super) fn shown(&self) -> impl Iterator<Item = &Check> {
        self.checks().iter().take(SHOWN_CHECKS)
    }

    pub(super) fn more(&self) -> usize {
        self.checks().len().saturating_sub(SHOWN_CHECKS)
    }
}

impl Row<'_> {
    pub(super) fn number(&self, fate: Fate) -> usize {
        number(self.mutants.iter().copied(), fate)
    }

    /// The gravest fate of its defects.
    pub(super) fn gravest(&self) -> Fate {
        Fate::ALL.into_iter().find(|fate| self.number(*fate) > 0).unwrap_or(Fate::Killed)
    }
}

fn number<'a>(mutants: impl Iterator<Item = &'a Mutant>, fate: Fate) -> usize {
    mutants.filter(|mutant| mutant.fate == fate).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const DOCUMENT: &str = r#"{"schema": "orchspec/mutants/1", "suite": {"digest": "1"}, "complete": true, "mutants": [
        {"defect": "A-01/x", "sentence": "x", "fate": "killed", "because": null,
         "kills": [{"case": "a/b", "step": "1", "place": "status"}], "strays": []},
        {"defect": "A-01/y", "sentence": "y", "fate": "survived", "because": null, "kills": [], "strays": []}],
        "requirements": [{"id": "A-01", "level": "MUST", "defects": ["A-01/x", "A-01/y"]},
                         {"id": "A-02", "level": "MUST", "defects": ["A-02/z"]}]}"#;

    #[test]
    fn requirements_have_the_defects_that_were_tried() {
        let kills = Kills::read("m.json", DOCUMENT).unwrap();
        let rows: Vec<(&str, Fate, usize)> =
            kills.rows().map(|row| (row.id, row.gravest(), row.mutants.len())).collect();
        assert_eq!(rows, [("A-01", Fate::Survived, 2)]);
        assert_eq!(kills.tally(), "1 of 2 defects killed, 0 for the wrong reason, 1 survived, 0 equivalent");
    }

    #[rstest]
    #[case("{", "is no JSON")]
    #[case("[]", "is no kill matrix")]
    #[case(r#"{"schema": "orchspec/report/1"}"#, "is no kill matrix")]
    #[case(r#"{"schema": "orchspec/mutants/1"}"#, "is no whole kill matrix: missing field `suite`")]
    fn what_is_no_kill_matrix_is_told_by_name(#[case] text: &str, #[case] expected: &str) {
        let message = Kills::read("m.json", text).unwrap_err().message;
        assert!(message.starts_with("`m.json`") && message.contains(expected), "{message}");
    }
}
