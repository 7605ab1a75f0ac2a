//! `client init`: writes a right client to start from.

use std::path::Path;

use crate::cli::args::{ClientInitArguments, Language};
use crate::cli::exit_code::Exit;
use crate::cli::files;
use crate::cli::session::{Ending, Session, Stop};
use crate::report::curl::quote;

/// A right client in one language.
struct Example {
    /// The name that the file has by itself.
    name: &'static str,
    text: &'static str,
    /// What it is built with, if it must be built: the name that this has, and its text.
    manifest: Option<(&'static str, &'static str)>,
}

/// Writes the client of a language, over nothing that is there already.
pub(super) fn init(session: &mut Session, arguments: &ClientInitArguments) -> Ending {
    let language = arguments.language();
    let example = example(language);
    let path = arguments.output.as_deref().unwrap_or(Path::new(example.name));
    if path == Path::new("-") {
        session.show_exactly(example.text)?;
        return Ok(Exit::Satisfied);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    let folder = folder.map_or_else(String::new, |folder| format!(" in the new folder {}", folder.display()));
    let created = files::create(path, example.text.as_bytes());
    session.settled(created)?;
    session.console.note(&format!("wrote {}{folder}", path.display()));
    if let Some((name, text)) = example.manifest {
        manifest(session, (name, text), (example.name, path))?;
    }
    session.console.note(&format!("judge it: {}", judging(language, path)));
    Ok(Exit::Satisfied)
}

/// Writes beside the client what it is built with, unless it comes to a project that is there.
fn manifest(
    session: &mut Session,
    (name, text): (&str, &str),
    (own, client): (&str, &Path),
) -> Result<(), Stop> {
    let path = client.with_file_name(name);
    let text = text.replace(own, &client.file_name().unwrap_or_default().to_string_lossy());
    if path.exists() {
        let (_, needed) = text.split_once("[dependencies]\n").unwrap_or_default();
        session
            .console
            .note(&format!("{} is there already; the client needs in it:\n{needed}", path.display()));
        return Ok(());
    }
    let created = files::create(&path, text.as_bytes());
    session.settled(created)?;
    session.console.note(&format!("wrote {}", path.display()));
    Ok(())
}

fn example(language: Language) -> Example {
    let plain = |name, text| Example { name, text, manifest: None };
    match language {
        Language::Node => plain("client.mjs", include_str!("../../../../clients/client.mjs")),
        Language::Python => plain("client.py", include_str!("../../../../clients/client.py")),
        Language::Bash => plain("client.sh", include_str!("../../../../clients/client.sh")),
        Language::Rust => Example {
            name: "client.rs",
            text: include_str!("../../../../clients/client.rs"),
            manifest: Some(("Cargo.toml", include_str!("../../../../clients/client.toml"))),
        },
    }
}

fn judging(language: Language, path: &Path) -> String {
    let file = quote(&path.display().to_string());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let command = match (language, folder) {
        (Language::Node, _) => format!("node {file}"),
        (Language::Python, _) => format!("python3 {file}"),
        (Language::Bash, _) => format!("bash {file}"),
        (Language::Rust, None) => return built("cargo build", "target/debug/client"),
        (Language::Rust, Some(folder)) => {
            let manifest = quote(&folder.join("Cargo.toml").display().to_string());
            let program = quote(&folder.join("target/debug/client").display().to_string());
            return built(&format!("cargo build --manifest-path {manifest}"), &program);
        }
    };
    format!("orchspec client run -- {command}")
}

fn built(build: &str, program: &str) -> String {
    format!("{build} && orchspec client run -- {program}")
}
