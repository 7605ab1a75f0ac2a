//! `client init`: writes a right client to start from.

use std::path::Path;

use crate::cli::args::Language;
use crate::cli::exit_code::Exit;
use crate::cli::files;
use crate::cli::session::{Ending, Session};

/// Writes the client of a language, over nothing that is there already.
pub(super) fn init(session: &mut Session, language: Language, output: Option<&Path>) -> Ending {
    let (name, text) = example(language);
    let path = output.unwrap_or(Path::new(name));
    if path == Path::new("-") {
        session.show_exactly(text)?;
        return Ok(Exit::Satisfied);
    }
    let created = files::create(path, text.as_bytes());
    session.settled(created)?;
    session.console.note(&format!("wrote {}; judge it: {}", path.display(), judging(language, path)));
    Ok(Exit::Satisfied)
}

/// The name that the file has by itself, and its text.
fn example(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Node => ("client.mjs", include_str!("../../../../clients/client.mjs")),
        Language::Python => ("client.py", include_str!("../../../../clients/client.py")),
        Language::Bash => ("client.sh", include_str!("../../../../clients/client.sh")),
        Language::Rust => ("client.rs", include_str!("../../../../clients/client.rs")),
    }
}

fn judging(language: Language, path: &Path) -> String {
    let command = match language {
        Language::Node => format!("node {}", path.display()),
        Language::Python => format!("python3 {}", path.display()),
        Language::Bash => format!("bash {}", path.display()),
        Language::Rust => "the program that you build of it".to_owned(),
    };
    format!("orchspec client run -- {command}")
}
