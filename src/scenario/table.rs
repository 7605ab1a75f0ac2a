//! Rows of `cases` in a file of their own: `NAME.csv`, or `NAME.cases.yaml`, beside the scenario.

use std::collections::BTreeMap;
use std::path::Path;

use super::CaseRow;
use super::decode::rows;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Spanned};
use crate::yaml::{self, Node};

mod csv;

/// How the name of a file with rows in YAML ends; other YAML files below `scenarios/` are scenarios.
const YAML: &str = ".cases.yaml";

/// Whether a file below `scenarios/` holds rows for scenarios beside it.
pub fn is_table(path: &str) -> bool {
    path.ends_with(YAML) || Path::new(path).extension().is_some_and(|extension| extension == "csv")
}

/// Files of rows, by their path below `scenarios/`.
#[derive(Debug, Default)]
pub struct Tables(BTreeMap<String, (SourceId, String)>);

impl Tables {
    /// Takes in a file.
    pub fn insert(&mut self, path: &str, source: SourceId, text: String) {
        self.0.insert(path.to_owned(), (source, text));
    }

    /// The rows of the file that the scenario of this id names.
    pub(super) fn read(
        &self,
        scenario: &str,
        file: &Spanned<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<CaseRow> {
        let folder = scenario.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        let path = format!("{folder}{}", file.value);
        match self.0.get(&path) {
            Some((source, text)) if path.ends_with(YAML) => of_yaml(*source, text, diagnostics),
            Some((source, text)) => csv::rows(*source, text, diagnostics),
            None => {
                diagnostics.push(self.unknown(&folder, file));
                Vec::new()
            }
        }
    }

    fn unknown(&self, folder: &str, file: &Spanned<String>) -> Diagnostic {
        let message = format!("there is no file of rows `{}` beside the scenario", file.value);
        let unknown = Diagnostic::error("unknown-table", message).at(file.span, "");
        let beside = self.0.keys().filter_map(|path| path.strip_prefix(folder));
        match crate::diagnostic::nearest(&file.value, beside) {
            Some(near) => unknown.help(format!("did you mean `{near}`?")),
            None => unknown
                .help(format!("put it there as `NAME.csv` or `NAME{YAML}`, and name it without a folder")),
        }
    }
}

fn of_yaml(source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<CaseRow> {
    yaml::parse(source, text, diagnostics).map(|node: Node| rows(&node, diagnostics)).unwrap_or_default()
}
