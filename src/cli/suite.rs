//! Where the files of a suite come from: out of the program, or from a folder; both look the same afterwards.

use std::borrow::Cow;
use std::path::Path;

use clap::ValueEnum;

use super::args::SchemaName;
use super::files::{self, Entry};
use super::session::{Session, Stop};
use crate::diagnostic::Diagnostic;
use crate::plan::{self, SuiteFile, SuiteFiles};
use crate::report::curl::quote;
use crate::scenario::is_table;

mod built_in {
    include!(concat!(env!("OUT_DIR"), "/suite.rs"));
}

/// The parts of a suite; each is a folder of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// What is done and judged.
    Scenarios,
    /// The registries.
    Requirements,
    /// The schemas of protocol bodies.
    Schemas,
    /// What scenarios have in common.
    Fragments,
    /// What requests send.
    Files,
}

impl Part {
    /// Those of the built-in suite.
    pub(crate) const BUILT_IN: [Self; 3] = [Self::Scenarios, Self::Requirements, Self::Schemas];

    /// The folder's name.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Scenarios => "scenarios",
            Self::Requirements => "requirements",
            Self::Schemas => "schemas",
            Self::Fragments => "fragments",
            Self::Files => "files",
        }
    }

    /// Whether a file belongs to the suite: prose does not, nor do the editors' schemas, which lie higher up.
    fn holds(self, path: &str) -> bool {
        match self {
            Self::Scenarios => files::has_extension(path, "yaml") || is_table(path),
            Self::Requirements | Self::Fragments => files::has_extension(path, "yaml"),
            Self::Schemas => files::has_extension(path, "json") && !is_for_editors(path),
            Self::Files => true,
        }
    }

    fn built_in(self) -> &'static [(&'static str, &'static [u8])] {
        match self {
            Self::Scenarios => built_in::SCENARIOS,
            Self::Requirements => built_in::REQUIREMENTS,
            Self::Schemas => built_in::SCHEMAS,
            Self::Fragments | Self::Files => &[],
        }
    }
}

/// The files of the suite in `folder`, or of the built-in one. Where there is no scenario, everything else is looked
/// through before that is told: whoever has only begun a suite may have begun with its requirements.
pub(crate) fn files(session: &mut Session, folder: Option<&Path>) -> Result<SuiteFiles, Stop> {
    let found = collect(folder);
    let found = session.settled(found)?;
    match folder.filter(|_| found.scenarios.is_empty()) {
        Some(folder) => {
            plan::load(&found, &|_| true, &mut session.sources, &mut session.diagnostics);
            Err(session.refuse(no_scenarios(folder)))
        }
        None => Ok(found),
    }
}

/// The files as they are. A folder without registries or schemas of its own uses the built-in ones.
pub(crate) fn collect(folder: Option<&Path>) -> Result<SuiteFiles, Diagnostic> {
    let scenarios = part(folder, Part::Scenarios)?;
    let (tables, scenarios) = scenarios.into_iter().partition(|file| is_table(&file.path));
    Ok(SuiteFiles {
        scenarios,
        tables,
        requirements: part(folder, Part::Requirements)?,
        schemas: part(folder, Part::Schemas)?,
        fragments: part(folder, Part::Fragments)?,
        files: part(folder, Part::Files)?,
    })
}

/// What a command of this program needs to be about the suite in `folder`; nothing for the built-in one.
pub(crate) fn argument(folder: Option<&Path>) -> String {
    folder.map(|folder| format!(" --suite {}", quote(&folder.display().to_string()))).unwrap_or_default()
}

/// The command that shows every scenario of the suite in `folder`, or of the built-in one.
pub(crate) fn listing(folder: Option<&Path>) -> String {
    format!("orchspec list scenarios{}", argument(folder))
}

/// Whether a folder holds a suite.
pub(crate) fn is_suite(folder: &Path) -> bool {
    files::is_folder(&folder.join(Part::Scenarios.folder()))
}

/// The built-in files of one part, by path below its folder.
pub(crate) fn built_in(part: Part) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    part.built_in().iter().copied().filter(move |(path, _)| part.holds(path))
}

/// The built-in situations for clients, by path below their folder.
pub(crate) fn situations() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    built_in::SITUATIONS.iter().copied()
}

/// The schemas of this program's own files, which editors use; those of protocol bodies have other names.
fn is_for_editors(path: &str) -> bool {
    let name = path.trim_end_matches(".json");
    SchemaName::value_variants()
        .iter()
        .filter_map(ValueEnum::to_possible_value)
        .any(|own| own.get_name() == name)
}

fn part(folder: Option<&Path>, part: Part) -> Result<Vec<SuiteFile>, Diagnostic> {
    let own = folder.map(|folder| folder.join(part.folder()));
    match own {
        Some(own) if files::is_folder(&own) => read(&own, part),
        Some(_) if part == Part::Scenarios => Ok(Vec::new()),
        _ => Ok(built_in(part).map(|(path, bytes)| included(part, path, bytes)).collect()),
    }
}

fn included(part: Part, path: &str, bytes: &'static [u8]) -> SuiteFile {
    SuiteFile {
        path: path.to_owned(),
        name: format!("{}/{path}", part.folder()),
        bytes: Cow::Borrowed(bytes),
    }
}

fn read(folder: &Path, part: Part) -> Result<Vec<SuiteFile>, Diagnostic> {
    let entries = files::below(folder)?;
    if part != Part::Files {
        files::refuse_misnamed(folder, &entries)?;
    }
    if part == Part::Schemas {
        refuse_yaml(folder, &entries)?;
    }
    let belonging = entries.into_iter().filter(|(path, _)| part.holds(path));
    Ok(belonging.map(|entry| named(folder, entry)).collect())
}

/// A schema in YAML would not be read, and whoever names it would be told that there is none.
fn refuse_yaml(folder: &Path, entries: &[Entry]) -> Result<(), Diagnostic> {
    let yaml = entries.iter().map(|(path, _)| path).find(|path| files::has_extension(path, "yaml"));
    let Some(path) = yaml else { return Ok(()) };
    let message = format!("`{}` would not be read, because it is no JSON", folder.join(path).display());
    let help = format!("write the schema as JSON: `{}.json`", path.trim_end_matches(".yaml"));
    Err(Diagnostic::error("misnamed-file", message).help(help))
}

fn named(folder: &Path, (path, bytes): Entry) -> SuiteFile {
    SuiteFile { name: format!("{}/{path}", folder.display()), path, bytes }
}

fn no_scenarios(folder: &Path) -> Diagnostic {
    if !files::is_there(folder) {
        let message = format!("there is no folder `{}`", folder.display());
        let help = "give another path, which counts from the current folder; `orchspec suite export DIR` writes a suite";
        return Diagnostic::error("empty-suite", message).help(help);
    }
    let message = format!("there is no scenario below `{}`", folder.join("scenarios").display());
    let help = "a suite is a folder with `scenarios/**/*.yaml`; `orchspec suite export DIR` writes one to start from";
    Diagnostic::error("empty-suite", message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    #[test]
    fn the_built_in_suite_equals_the_folders_it_was_made_from() {
        let built_in = collect(None).unwrap();
        let read = collect(Some(Path::new(env!("CARGO_MANIFEST_DIR")))).unwrap();
        assert_eq!(built_in.digest(), read.digest());
    }

    #[test]
    fn every_built_in_schema_can_be_built() {
        let read = collect(Some(Path::new(env!("CARGO_MANIFEST_DIR")))).unwrap();
        let (mut sources, mut mistakes) = (SourceMap::default(), Vec::new());
        let suite = plan::load(&read, &|_| false, &mut sources, &mut mistakes);
        assert_eq!((suite.schemas.all().names().count() > 0, mistakes), (true, Vec::new()));
    }

    #[test]
    fn only_schemas_of_protocol_bodies_are_part_of_the_suite() {
        assert!(Part::Schemas.holds("elma/task.json"));
        assert!(!Part::Schemas.holds("scenario.json"));
    }
}
