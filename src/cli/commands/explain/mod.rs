//! `explain ID`: everything there is to say about one name, whatever kind of thing it names.

mod diagnostic;
mod requirement;
mod word;

use std::path::Path;

use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::cli::suite;
use crate::diagnostic::{Diagnostic, nearest};
use crate::plan::{Suite, load};

use diagnostic::CODES;

/// One kind of thing that can be explained.
type Explainer = fn(&str, &Suite) -> Option<String>;

const EXPLAINERS: [Explainer; 6] = [
    requirement::requirement,
    requirement::policy,
    word::matcher,
    word::defect,
    word::scenario,
    diagnostic::explain,
];

/// Prints what `id` means.
pub(crate) fn explain(session: &mut Session, id: &str, folder: Option<&Path>) -> Ending {
    let files = suite::files(folder);
    let files = session.settled(files)?;
    let suite = load(&files, &|_| true, &mut session.sources, &mut session.diagnostics);
    session.settle()?;
    let Some(text) = EXPLAINERS.iter().find_map(|explainer| explainer(id, &suite)) else {
        return Err(session.refuse(unknown(id, &suite)));
    };
    session.show(&text)?;
    Ok(Exit::Satisfied)
}

fn unknown(id: &str, suite: &Suite) -> Diagnostic {
    let known = known(suite);
    let message = format!("nothing is called `{id}`");
    let unknown = Diagnostic::error("unknown-name", message);
    match nearest(id, known.iter().map(String::as_str)) {
        Some(near) => unknown.help(format!("did you mean `{near}`?")),
        None => unknown.help("`orchspec list` shows what there is"),
    }
}

fn known(suite: &Suite) -> Vec<String> {
    let mut names = requirement::names(suite);
    names.extend(word::names(suite));
    names.extend(CODES.iter().map(|(code, _)| (*code).to_owned()));
    names
}
