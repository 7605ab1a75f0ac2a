//! A suite: registries, schemas and compiled scenarios, from files that somebody else has read.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Program, compile};
use crate::check::Schemas;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::requirement::{self, Registry};
use crate::scenario;
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
}

impl SuiteFiles {
    /// The ids of all scenarios.
    pub fn scenario_ids(&self) -> impl Iterator<Item = &str> {
        self.scenarios.iter().map(|file| scenario::id_of(&file.path))
    }

    /// SHA-256 over paths and contents, in hexadecimal: equal for equal suites.
    pub fn digest(&self) -> String {
        let mut context = ring::digest::Context::new(&ring::digest::SHA256);
        for file in self.requirements.iter().chain(&self.schemas).chain(&self.scenarios) {
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
    /// The schemas of protocol bodies.
    pub schemas: Arc<Schemas>,
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
}

/// Loads the scenarios whose id is `wanted`; every mistake in any of them is reported.
pub fn load(
    files: &SuiteFiles,
    wanted: &dyn Fn(&str) -> bool,
    sources: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Suite {
    let mut of_registries = Vec::new();
    let registries: Vec<Registry> = files
        .requirements
        .iter()
        .filter_map(|file| {
            let (source, text) = decode(&file.name, &file.bytes, sources, &mut of_registries)?;
            requirement::parse(source, &text, &mut of_registries)
        })
        .collect();
    let lacks_rows = has_errors(&of_registries);
    diagnostics.extend(of_registries);
    let schemas = Arc::new(schemas(files, sources, diagnostics));
    let mut programs = Vec::new();
    for file in files.scenarios.iter().filter(|file| wanted(scenario::id_of(&file.path))) {
        let Some((source, text)) = decode(&file.name, &file.bytes, sources, diagnostics) else { continue };
        let mut mistakes = Vec::new();
        programs.extend(program(file, (source, &text), &registries, &schemas, &mut mistakes).map(Arc::new));
        diagnostics.extend(without_echoes(mistakes, lacks_rows));
    }
    Suite { registries, schemas, programs, scenarios: files.scenarios.len(), digest: files.digest() }
}

fn program(
    file: &SuiteFile,
    (source, text): (SourceId, &str),
    registries: &[Registry],
    schemas: &Arc<Schemas>,
    mistakes: &mut Vec<Diagnostic>,
) -> Option<Program> {
    let scenario = scenario::parse(scenario::id_of(&file.path), source, text, mistakes)?;
    let registry = registry_of(&scenario, registries, mistakes)?;
    compile(&Arc::new(scenario), registry, schemas, mistakes)
}

/// What a scenario seems to get wrong where a registry cannot be read as a whole.
const OF_THE_REGISTRY: [&str; 5] =
    ["unknown-requirement", "unknown-policy", "unknown-answer", "unknown-capability", "unknown-profile"];

/// The mistakes of one scenario; where a key is unknown, a name that seems to have no value may well get it there, and
/// what a registry with mistakes of its own seems not to have may well be among them.
fn without_echoes(mut mistakes: Vec<Diagnostic>, lacks_rows: bool) -> Vec<Diagnostic> {
    if lacks_rows {
        mistakes.retain(|mistake| !OF_THE_REGISTRY.contains(&mistake.code));
    }
    if mistakes.iter().any(|mistake| mistake.code == "unknown-key") {
        mistakes.retain(|mistake| mistake.code != "unbound-name");
    }
    mistakes
}

/// Reads every schema, and builds those that came with a suite of its own: one that is broken is told before anything
/// is sent. Those in the program were built when it was tested.
fn schemas(files: &SuiteFiles, sources: &mut SourceMap, diagnostics: &mut Vec<Diagnostic>) -> Schemas {
    let (mut read, mut own) = (Vec::new(), BTreeSet::new());
    for file in &files.schemas {
        let Some(name) = file.path.strip_suffix(".json") else { continue };
        own.extend(matches!(file.bytes, Cow::Owned(_)).then_some(name));
        read.extend(
            decode(&file.name, &file.bytes, sources, diagnostics).map(|(source, text)| (name, source, text)),
        );
    }
    let named = read.iter().map(|(name, source, text)| (*name, *source, text.as_str()));
    let (schemas, mistakes) = Schemas::compile(named);
    diagnostics.extend(mistakes);
    diagnostics.extend(schemas.verify(|name| own.contains(name)));
    schemas
}

fn registry_of<'a>(
    scenario: &scenario::Scenario,
    registries: &'a [Registry],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'a Registry> {
    let wanted = &scenario.profile;
    let found = registries.iter().find(|registry| registry.profile == wanted.value);
    if found.is_none() {
        let message = format!("no registry of requirements is for the profile `{}`", wanted.value);
        let names = registries.iter().map(|registry| registry.profile.as_str());
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
