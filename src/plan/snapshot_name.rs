//! The names of snapshots become names of files, on whatever machine the suite is checked out.

use std::collections::BTreeSet;

use super::build::case_id;
use crate::diagnostic::Diagnostic;
use crate::scenario::Scenario;
use crate::source::{Span, Spanned};

/// Letters that some file systems refuse.
const REFUSED: &str = "\\:*?\"<>|";

/// Names that one file system takes for devices, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// What is wrong with a name beside those that the scenario's other steps have given.
pub(super) fn refuse(name: &Spanned<String>, others: &BTreeSet<String>) -> Option<Diagnostic> {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    let is_word = !name.value.is_empty() && name.value.chars().all(is_letter);
    let is_device = DEVICES.iter().any(|device| name.value.eq_ignore_ascii_case(device));
    let (message, help) = if !is_word || is_device {
        let message = format!("`{}` cannot name a snapshot: letters, digits, `-` and `_` only", name.value);
        (message, "write a word such as `answer`")
    } else {
        let other = others.iter().find(|other| other.eq_ignore_ascii_case(&name.value))?;
        let message = format!("another step has a snapshot called `{other}`");
        (message, "give one of them another name; capitals make no difference to some file systems")
    };
    Some(Diagnostic::error("snapshot-name", message).at(name.span, "").help(help))
}

/// What is wrong with the cases of a scenario that keeps snapshots: each has a folder of its own.
pub(super) fn refuse_cases(scenario: &Scenario, span: Span) -> Vec<Diagnostic> {
    let mut refused = Vec::new();
    let mut folders: Vec<String> = Vec::new();
    for row in &scenario.cases {
        let id = case_id(&scenario.id, &row.name);
        let folder = id.to_lowercase();
        let message = if !id.split('/').all(is_portable) {
            format!("`{id}` cannot be a folder, which its snapshot needs")
        } else if folders.contains(&folder) {
            format!("`{id}` and another case would keep their snapshots in one folder")
        } else {
            folders.push(folder);
            continue;
        };
        let help =
            "give the case a name of letters, digits, `-`, `_` and `.`, different also without capitals";
        refused.push(Diagnostic::error("snapshot-name", message).at(span, "").help(help));
    }
    refused
}

fn is_portable(part: &str) -> bool {
    let is_plain = |letter: char| !letter.is_control() && !REFUSED.contains(letter);
    let stem = part.split('.').next().unwrap_or(part).to_lowercase();
    let ends_well = !part.ends_with(['.', ' ']);
    !part.is_empty() && ends_well && part.chars().all(is_plain) && !DEVICES.contains(&stem.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("completes@long-polling", true)]
    #[case("ü@GET v1.2", true)]
    #[case("a@b:c", false)]
    #[case("a@what?", false)]
    #[case("a@end.", false)]
    #[case("..", false)]
    #[case("", false)]
    #[case("a@line\nbreak", false)]
    #[case("nul.txt", false)]
    #[case("nullable", true)]
    fn a_folder_must_exist_everywhere(#[case] part: &str, #[case] expected: bool) {
        assert_eq!(is_portable(part), expected);
    }
}
