//! `lint`: every mistake in any files, without sending anything.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::exit_code::Exit;
use crate::cli::files::Entry;
use crate::cli::session::{Ending, Session, Stop};
use crate::cli::{baseline, files, suite, target_file};
use crate::diagnostic::Diagnostic;
use crate::mock::{Configuration, fault};
use crate::outcome::phrase::count;
use crate::plan::{self, Program, SuiteFile, SuiteFiles};
use crate::source::SourceMap;
use crate::yaml;

/// Checks these files and folders, and a suite: the one in `folder`, or the one that is a path itself. Without either the
/// parts of the built-in suite are what scenarios are checked against, and without any path its scenarios, too.
pub(crate) fn lint(session: &mut Session, paths: &[PathBuf], folder: Option<&Path>) -> Ending {
    let chosen = choose(paths, folder);
    let own = session.settled(chosen)?;
    let mut suite = suite::files(session, own)?;
    let found = find(paths, own);
    let found = session.settled(found)?;
    if own.is_none() && !paths.is_empty() {
        suite.scenarios.clear();
    }
    let others = sort(found, &mut suite);
    let counted = check(session, &suite, &others, own.is_some() || paths.is_empty())?;
    session.show(&format!("ok: {counted}\n"))?;
    Ok(Exit::Satisfied)
}

/// The suite that is meant: a folder with `scenarios/` is one, however it is named.
fn choose<'p>(paths: &'p [PathBuf], folder: Option<&'p Path>) -> Result<Option<&'p Path>, Diagnostic> {
    let named = paths.iter().map(PathBuf::as_path).filter(|path| suite::is_suite(path));
    let mut suites = folder.into_iter().chain(named);
    let first = suites.next();
    match suites.find(|other| Some(*other) != first) {
        Some(other) => Err(another_suite(other)),
        None => Ok(first),
    }
}

fn another_suite(folder: &Path) -> Diagnostic {
    let message = format!("`{}` is a suite of its own", folder.display());
    let help = format!("look at one suite in each call: `orchspec lint --suite {}`", folder.display());
    Diagnostic::error("suite-folder", message).help(help)
}

/// Files that are no scenarios.
#[derive(Debug, Default)]
struct Others {
    registries: Vec<SuiteFile>,
    baselines: Vec<SuiteFile>,
    fault_plans: Vec<SuiteFile>,
    targets: Vec<PathBuf>,
}

/// Only in a whole suite can it be told which fragments nobody uses.
fn check(session: &mut Session, files: &SuiteFiles, others: &Others, is_whole: bool) -> Result<String, Stop> {
    let suite = plan::load(files, &|_| true, &mut session.sources, &mut session.diagnostics);
    let shared = |told: &Diagnostic| is_shared(told, files, &session.sources);
    let is_shared_broken = session.diagnostics.iter().any(shared);
    let is_sound = |program: &&Arc<Program>| !is_shared_broken && !is_broken(program, &session.diagnostics);
    let sound = suite.programs.iter().filter(is_sound);
    let linted: Vec<Diagnostic> = sound.flat_map(|program| plan::lint(program)).collect();
    session.diagnostics.extend(linted);
    if is_whole {
        let unused = plan::lint_fragments(&suite, &session.diagnostics);
        session.diagnostics.extend(unused);
        let idle = plan::lint_registries(&suite, &session.diagnostics);
        session.diagnostics.extend(idle);
    }
    for file in &others.registries {
        registry(session, file);
    }
    for file in &others.baselines {
        baseline::parse(session, Path::new(&file.name), &file.bytes);
    }
    for file in &others.fault_plans {
        fault_plan(session, file);
    }
    let mut broken = session.settle().err();
    for file in &others.targets {
        broken = broken.or(target_file::lint(session, file, &suite).err());
    }
    broken.map_or_else(|| Ok(counted(files, others)), Err)
}

/// Whether a mistake is in a file that several scenarios use: what seems wrong with these may only follow from it.
fn is_shared(told: &Diagnostic, files: &SuiteFiles, sources: &SourceMap) -> bool {
    let Some(label) = &told.label else { return false };
    let name = sources.name(label.span.source);
    files.requirements.iter().chain(&files.fragments).chain(&files.tables).any(|file| file.name == name)
}

/// Whether a mistake was found in the file already: what else is wrong may only follow from it.
fn is_broken(program: &Program, diagnostics: &[Diagnostic]) -> bool {
    let mut labels = diagnostics.iter().filter_map(|diagnostic| diagnostic.label.as_ref());
    labels.any(|label| label.span.source == program.scenario.span.source)
}

fn counted(files: &SuiteFiles, others: &Others) -> String {
    let parts = [
        (files.scenarios.len(), "scenario"),
        (others.registries.len(), "registry file"),
        (others.baselines.len(), "baseline file"),
        (others.fault_plans.len(), "fault plan"),
        (others.targets.len(), "target file"),
    ];
    let named = parts.iter().filter(|(number, _)| *number > 0);
    named.map(|(number, noun)| count(*number, noun)).collect::<Vec<_>>().join(", ")
}

fn registry(session: &mut Session, file: &SuiteFile) {
    let (sources, diagnostics) = (&mut session.sources, &mut session.diagnostics);
    if let Some((source, text)) = plan::decode(&file.name, &file.bytes, sources, diagnostics) {
        plan::registry::parse(source, &text, diagnostics);
    }
}

/// What the mock serves for which the plan is, nobody knows here.
fn fault_plan(session: &mut Session, file: &SuiteFile) {
    let (sources, diagnostics) = (&mut session.sources, &mut session.diagnostics);
    if let Some((source, text)) = plan::decode(&file.name, &file.bytes, sources, diagnostics) {
        fault::parse(source, &text, &Configuration::embedded(), diagnostics);
        diagnostics.retain(|diagnostic| diagnostic.code != "unserved-call");
    }
}

/// The YAML files among these and below these; beside the parts of a suite those that lie in its folder itself.
fn find(paths: &[PathBuf], own: Option<&Path>) -> Result<Vec<SuiteFile>, Diagnostic> {
    let mut found = Vec::new();
    for path in paths {
        if own == Some(path) {
            let beside = files::directly_in(path)?.into_iter().map(|entry| in_folder(path, entry));
            found.extend(beside.filter(|file| kind(file) != Kind::Scenario));
        } else if files::is_folder(path) {
            found.extend(below(path)?);
        } else {
            let bytes = files::read(path)?;
            found.push(named(files::text_of(path)?.to_owned(), bytes));
        }
    }
    Ok(found)
}

fn below(folder: &Path) -> Result<Vec<SuiteFile>, Diagnostic> {
    let entries = files::below(folder)?;
    if let Some(own) = entries.iter().find_map(|(path, _)| path.split_once("/scenarios/")) {
        return Err(another_suite(&folder.join(own.0)));
    }
    files::refuse_misnamed(folder, &entries)?;
    let entries = entries.into_iter().filter(|(name, _)| files::has_extension(name, "yaml"));
    let found: Vec<SuiteFile> = entries.map(|entry| in_folder(folder, entry)).collect();
    if found.is_empty() {
        let message = format!("there is no YAML file below `{}`", folder.display());
        let empty = Diagnostic::error("empty-folder", message);
        return Err(empty.help("name a file, or a folder with `.yaml` files"));
    }
    Ok(found)
}

fn in_folder(folder: &Path, (name, bytes): Entry) -> SuiteFile {
    named(folder.join(name).display().to_string(), bytes.into_owned())
}

/// A file under the path that makes its scenario's id: what follows the folder `scenarios`, if there is one.
fn named(name: String, bytes: Vec<u8>) -> SuiteFile {
    let below = name.rsplit_once("scenarios/").map_or(name.as_str(), |(_, below)| below);
    SuiteFile { path: below.to_owned(), name, bytes: bytes.into() }
}

/// Puts every file where it belongs, by the keys at its top; what cannot be told is taken for a scenario.
fn sort(found: Vec<SuiteFile>, suite: &mut SuiteFiles) -> Others {
    let mut others = Others::default();
    for file in found {
        match kind(&file) {
            // One that belongs to the suite is not looked at twice.
            Kind::Scenario => {
                suite.scenarios.retain(|own| own.path != file.path);
                suite.scenarios.push(file);
            }
            Kind::Registry => others.registries.push(file),
            Kind::Baseline => others.baselines.push(file),
            Kind::FaultPlan => others.fault_plans.push(file),
            Kind::Target => others.targets.push(PathBuf::from(file.name)),
        }
    }
    others
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Scenario,
    Registry,
    Baseline,
    FaultPlan,
    Target,
}

fn kind(file: &SuiteFile) -> Kind {
    let text = String::from_utf8_lossy(&file.bytes);
    let source = SourceMap::default().add("", text.as_ref());
    // Mistakes are reported when the file is read as what it is.
    let root = yaml::parse(source, &text, &mut Vec::new());
    let has = |key: &str| root.as_ref().is_some_and(|root| root.get(key).is_some());
    let kinds = [
        ("requirements", Kind::Registry),
        ("baseline", Kind::Baseline),
        ("faults", Kind::FaultPlan),
        ("identity", Kind::Target),
        ("target", Kind::Target),
    ];
    kinds.into_iter().find(|(key, _)| has(key)).map_or(Kind::Scenario, |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("title: a\nsteps: []\n", Kind::Scenario)]
    #[case("profile: elma\nrequirements: []\n", Kind::Registry)]
    #[case("target: 1\nidentity: {}\n", Kind::Target)]
    #[case("faults: 1\nrules: []\n", Kind::FaultPlan)]
    #[case("baseline: 1\nentries: {}\n", Kind::Baseline)]
    #[case("\tbroken", Kind::Scenario)]
    fn a_file_is_told_by_its_keys(#[case] text: &str, #[case] expected: Kind) {
        assert_eq!(kind(&named("a.yaml".to_owned(), text.into())), expected);
    }

    #[rstest]
    #[case("suite/scenarios/elma/a.yaml", "elma/a.yaml")]
    #[case("a.yaml", "a.yaml")]
    fn an_id_begins_below_the_folder_of_scenarios(#[case] name: &str, #[case] path: &str) {
        assert_eq!(named(name.to_owned(), Vec::new()).path, path);
    }
}
