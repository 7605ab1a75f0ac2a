//! A suite: registries, schemas and compiled scenarios, from files that somebody else has read.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;

use super::schemas::BodySchemas;
use super::{Parts, Program, compile, implied, registry};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::profile::{Files, PROFILES};
use crate::requirement::Registry;
use crate::scenario::{self, Fragment, Scenario, Tables};
use crate::source::{SourceId, SourceMap, Span};

/// A file of a suite.
#[derive(Debug, Clone)]
pub struct SuiteFile {
    /// Its path below its folder (`uipath/async/completes.yaml`), with `/`.
    pub path: String,
    /// The name that messages show.
    pub name: String,
    /// What is in it.
    pub bytes: Cow<'static, [u8]>,
}

/// The files of a suite, each list in the order of paths.
#[derive(Debug, Clone, Default)]
pub struct SuiteFiles {
    /// Below `scenarios/`.
    pub scenarios: Vec<SuiteFile>,
    /// Below `requirements/`.
    pub requirements: Vec<SuiteFile>,
    /// Below `schemas/`: those of protocol bodies.
    pub schemas: Vec<SuiteFile>,
    /// Below `scenarios/`, too: rows of `cases`.
    pub tables: Vec<SuiteFile>,
    /// Below `fragments/`: what scenarios have in common.
    pub fragments: Vec<SuiteFile>,
    /// Below `files/`: what requests send.
    pub files: Vec<SuiteFile>,
}

impl SuiteFiles {
    /// The ids of all scenarios.
    pub fn scenario_ids(&self) -> impl Iterator<Item = &str> {
        self.scenarios.iter().map(|file| scenario::id_of(&file.path))
    }

    /// SHA-256 over paths and contents, in hexadecimal: equal for equal suites.
    pub fn digest(&self) -> String {
        let mut context = ring::digest::Context::new(&ring::digest::SHA256);
        let read = self.requirements.iter().chain(&self.schemas).chain(&self.scenarios);
        for file in read.chain(&self.tables).chain(&self.fragments).chain(&self.files) {
            for part in [file.path.as_bytes(), &file.bytes] {
                context.update(&(part.len() as u64).to_be_bytes());
                context.update(part);
            }
        }
        context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A suite that is ready to be planned.
#[derive(Debug)]
pub struct Suite {
    /// One registry for each protocol.
    pub registries: Vec<Registry>,
    /// Whether they are of this suite: one without any is given those of the program, and need not judge all of them.
    pub has_own_registries: bool,
    /// The schemas of protocol bodies.
    pub schemas: BodySchemas,
    /// What requests send.
    pub files: Arc<Files>,
    /// What scenarios have in common, by name.
    pub fragments: BTreeMap<String, Fragment>,
    /// The scenarios that were wanted and could be compiled, in the order of ids.
    pub programs: Vec<Arc<Program>>,
    /// How many scenarios the suite has in all.
    pub scenarios: usize,
    /// Digest over all of its files.
    pub digest: String,
}

impl Suite {
    /// The registry of a profile.
    pub fn registry(&self, profile: &str) -> Option<&Registry> {
        self.registries.iter().find(|registry| registry.profile == profile)
    }

    /// The registries that concern the suite: all of its own, and of the program's those that its scenarios are for.
    pub fn own_registries(&self) -> impl Iterator<Item = &Registry> {
        self.registries.iter().filter(|own| self.has_own_registries || self.has_scenarios_for(&own.profile))
    }

    /// Whether a scenario is for the profile.
    pub fn has_scenarios_for(&self, profile: &str) -> bool {
        self.programs.iter().any(|program| program.scenario.profile.value == profile)
    }
}

/// Loads the scenarios whose id is `wanted`; every mistake in any of them is reported.
pub fn load(
    files: &SuiteFiles,
    wanted: &dyn Fn(&str) -> bool,
    sources: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Suite {
    let mut of_registries = Vec::new();
    let mut registries = registries(files, sources, &mut of_registries);
    let lacks_rows = has_errors(&of_registries);
    diagnostics.extend(of_registries);
    let schemas = BodySchemas::read(files, sources, diagnostics);
    let fragments = fragments(files, sources, diagnostics);
    let payload = Arc::new(payload(files));
    let mut of_tables = Vec::new();
    let tables = tables(files, sources, &mut of_tables);
    let unread = Unread { registry: lacks_rows, table: has_errors(&of_tables) };
    diagnostics.extend(of_tables);
    let mut read = Vec::new();
    for file in files.scenarios.iter().filter(|file| wanted(scenario::id_of(&file.path))) {
        let Some((source, text)) = decode(&file.name, &file.bytes, sources, diagnostics) else { continue };
        let mut mistakes = Vec::new();
        let scenario = scenario::parse(scenario::id_of(&file.path), (source, &text), &tables, &mut mistakes);
        read.push((scenario.map(Arc::new), mistakes));
    }
    registries.extend(implied::registry(&registries, read.iter().filter_map(|(read, _)| read.as_deref())));
    let mut programs = Vec::new();
    for (scenario, mut mistakes) in read {
        programs.extend(scenario.and_then(|scenario| {
            let visible = schemas.visible_to(&scenario.profile.value);
            let parts = Parts { schemas: visible, fragments: &fragments, files: &payload };
            program(&scenario, &registries, parts, &mut mistakes)
        }));
        diagnostics.extend(without_echoes(mistakes, unread));
    }
    diagnostics.extend(duplicate_cases(&programs));
    let programs = programs.into_iter().map(Arc::new).collect();
    Suite {
        registries,
        has_own_registries: is_built_in(&files.requirements) == is_built_in(&files.scenarios),
        schemas,
        files: payload,
        fragments,
        programs,
        scenarios: files.scenarios.len(),
        digest: files.digest(),
    }
}

/// Whether files come with the program.
fn is_built_in(files: &[SuiteFile]) -> bool {
    files.iter().all(|file| matches!(file.bytes, Cow::Borrowed(_)))
}

fn registries(
    files: &SuiteFiles,
    sources: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Registry> {
    let mut registries: Vec<Registry> = Vec::new();
    for file in &files.requirements {
        let Some((source, text)) = decode(&file.name, &file.bytes, sources, diagnostics) else { continue };
        let Some(registry) = registry::parse(source, &text, diagnostics) else { continue };
        if let Some(first) = registries.iter().find(|other| other.profile == registry.profile) {
            let message = format!("another registry is for the profile `{}`, too", registry.profile);
            let duplicate = Diagnostic::error("duplicate-registry", message);
            let placed = duplicate.at(registry.span, "second one").related(first.span, "first one");
            diagnostics.push(placed.help("put the requirements of one protocol into one file"));
        }
        registries.push(registry);
    }
    registries
}

/// A scenario `a@b` and the case `b` of a scenario `a` would be one to whoever reads a report.
fn duplicate_cases(programs: &[Program]) -> Vec<Diagnostic> {
    let (mut known, mut duplicates) = (BTreeMap::new(), Vec::new());
    for program in programs {
        for id in program.case_ids() {
            let span = program.scenario.span;
            if let Some(first) = known.insert(id.clone(), span) {
                let duplicate = Diagnostic::error("duplicate-case", format!("two cases are called `{id}`"));
                let placed = duplicate.at(span, "second one").related(first, "first one");
                duplicates.push(placed.help("give one of the files, or one of its rows, another name"));
            }
        }
    }
    duplicates
}

fn program(
    scenario: &Arc<Scenario>,
    registries: &[Registry],
    parts: Parts<'_>,
    mistakes: &mut Vec<Diagnostic>,
) -> Option<Program> {
    let registry = registry_of(scenario, registries, mistakes)?;
    compile(scenario, registry, parts, mistakes)
}

fn fragments(
    files: &SuiteFiles,
    sources: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Fragment> {
    let read = files.fragments.iter().filter_map(|file| {
        let (source, text) = decode(&file.name, &file.bytes, sources, diagnostics)?;
        let name = scenario::id_of(&file.path);
        Some((name.to_owned(), scenario::fragment::parse(name, source, &text, diagnostics)?))
    });
    read.collect()
}

fn tables(files: &SuiteFiles, sources: &mut SourceMap, diagnostics: &mut Vec<Diagnostic>) -> Tables {
    let mut tables = Tables::default();
    for file in &files.tables {
        if let Some((source, text)) = decode(&file.name, &file.bytes, sources, diagnostics) {
            tables.insert(&file.path, source, text);
        }
    }
    tables
}

/// The bytes that requests may send; those of the program itself are not copied.
fn payload(files: &SuiteFiles) -> Files {
    let bytes = |file: &SuiteFile| match &file.bytes {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes.clone()),
    };
    files.files.iter().map(|file| (file.path.clone(), bytes(file))).collect()
}

/// What a scenario seems to get wrong where a registry cannot be read as a whole.
const OF_THE_REGISTRY: [&str; 5] =
    ["unknown-requirement", "unknown-policy", "unknown-answer", "unknown-capability", "unknown-profile"];

/// Mistakes behind which a name may well have got its value.
const GIVES_NAMES: [&str; 7] =
    ["unknown-key", "unknown-table", "uneven-cases", "csv", "csv-column", "case-name", "no-cases"];

/// What of a suite could not be read.
#[derive(Clone, Copy)]
pub(super) struct Unread {
    /// A registry.
    pub(super) registry: bool,
    /// A file of rows.
    pub(super) table: bool,
}

/// The mistakes of one scenario; where a key is unknown, a name that seems to have no value may well get it there, and
/// what a registry with mistakes of its own seems not to have may well be among them.
pub(super) fn without_echoes(mut mistakes: Vec<Diagnostic>, unread: Unread) -> Vec<Diagnostic> {
    if unread.registry {
        mistakes.retain(|mistake| !OF_THE_REGISTRY.contains(&mistake.code));
    }
    if mistakes.iter().any(|mistake| GIVES_NAMES.contains(&mistake.code)) {
        mistakes.retain(|mistake| mistake.code != "unbound-name");
    }
    if unread.table {
        mistakes.retain(|mistake| mistake.code != "unknown-table");
    }
    mistakes
}

fn registry_of<'a>(
    scenario: &Scenario,
    registries: &'a [Registry],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'a Registry> {
    let wanted = &scenario.profile;
    let found = registries.iter().find(|registry| registry.profile == wanted.value);
    if found.is_none() {
        let message = format!("no registry of requirements is for the profile `{}`", wanted.value);
        let names = PROFILES.iter().map(|profile| profile.name());
        diagnostics.push(
            Diagnostic::error("unknown-profile", message).at(wanted.span, "").suggest(&wanted.value, names),
        );
    }
    found
}

/// Reads a file's bytes as text; a file that is not UTF-8 is shown up to the first bad byte.
pub fn decode(
    name: &str,
    bytes: &[u8],
    sources: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(SourceId, String)> {
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
            Some((sources.add(name, text.as_str()), text))
        }
        Err(error) => {
            let valid = error.valid_up_to();
            let text = String::from_utf8_lossy(&bytes[..valid]).into_owned();
            let source = sources.add(name, text);
            let message = format!("the file is not UTF-8 text: byte {} is 0x{:02x}", valid + 1, bytes[valid]);
            let place = Span::new(source, valid.saturating_sub(1)..valid);
            let help = "save it as UTF-8; bytes of other encodings go into files that a scenario names";
            diagnostics
                .push(Diagnostic::error("not-utf-8", message).at(place, "the text ends here").help(help));
            None
        }
    }
}
