//! What a row of `cases` may be called: reports, baselines and the command line know the case by that.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Stands for any characters where cases are named.
const ANY: char = '*';

/// What is wrong with a name, if it is none by which the case could be told from others.
pub(super) fn refuse(name: &str, place: Span) -> Option<Diagnostic> {
    let (message, help) = if name.trim().is_empty() {
        let help =
            "give each row a name of its own: reports and baselines know the case by it, `scenario@NAME`";
        ("the row has no name".to_owned(), help)
    } else if name.contains(ANY) {
        let help = "take the star away: `run scenario@*` asks for every row";
        (format!("`{name}` is no name of a row, because `{ANY}` stands for any characters"), help)
    } else if name.chars().any(char::is_control) {
        let name = serde_json::Value::from(name);
        let help = "write the name in one line, without tabs: it stands in one line of a report";
        (format!("{name} is no name of a row, because it holds a control character"), help)
    } else {
        return None;
    };
    Some(Diagnostic::error("case-name", message).at(place, "").help(help))
}
