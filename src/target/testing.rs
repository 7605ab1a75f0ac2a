//! A machine for tests: what is set and what files there are stands in the test.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::{Input, Protocol, Setting, Target, parse};
use crate::diagnostic::{Diagnostic, render};
use crate::requirement::{self, Registry};
use crate::source::SourceMap;
use crate::system::{Child, System, SystemFuture};

/// A machine with these variables and files.
#[derive(Default)]
pub(crate) struct Machine {
    pub(super) variables: BTreeMap<&'static str, &'static str>,
    pub(super) files: BTreeMap<&'static str, &'static str>,
}

impl System for Machine {
    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).map(|value| (*value).to_owned())
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let found = path.to_str().and_then(|path| self.files.get(path));
        found.map(|text| text.as_bytes().to_owned()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }

    fn spawn<'a>(&'a self, _: &'a [String], _: &'a Path) -> SystemFuture<'a, io::Result<Child>> {
        Box::pin(async { Err(io::ErrorKind::Unsupported.into()) })
    }
}

/// The registries of this repository.
pub(crate) fn registries() -> Vec<Registry> {
    let texts =
        [include_str!("../../requirements/elma.yaml"), include_str!("../../requirements/uipath.yaml")];
    let mut sources = SourceMap::default();
    let read = |text| requirement::parse(sources.add("registry", text), text, &mut Vec::new());
    texts.into_iter().filter_map(read).collect()
}

/// Reads a target file in the folder `targets` on this machine; the second part is what is wrong with it.
pub(crate) fn read(text: &str, settings: &[&str], machine: &Machine) -> (Option<Target>, String) {
    let mut sources = SourceMap::default();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let source = sources.add("targets/a.yaml", text);
    let add = |text: &&str| Setting::parse(sources.add("--set", *text), text, &mut diagnostics);
    let settings: Vec<Setting> = settings.iter().filter_map(add).collect();
    let input = Input {
        source,
        text,
        folder: Path::new("targets"),
        settings: &settings,
        registries: &registries(),
        system: machine,
    };
    let target = parse(&input, &mut diagnostics);
    let messages: Vec<String> = diagnostics.iter().map(|found| render(found, &sources, false)).collect();
    (target, messages.join("\n"))
}

/// How every target file begins.
pub(super) const HEAD: &str = "target: 1\nidentity: { organization: Acme, product: Orchestrator }\n";

/// The least that a protocol needs.
pub(super) const ELMA: &str = "elma:\n  base: \"http://127.0.0.1:48080/\"\n";

/// What is wrong with a file that holds this below its head.
pub(super) fn messages(rest: &str) -> String {
    read(&format!("{HEAD}{rest}"), &[], &Machine::default()).1
}

/// A protocol at `http://host/base` with these entries of `jobs`.
pub(crate) fn protocol(profile: &str, jobs: &str) -> Protocol {
    let text = format!("{HEAD}{profile}:\n  base: \"http://host/base\"\n  jobs:{jobs}");
    let (target, messages) = read(&text, &[], &Machine::default());
    target.unwrap_or_else(|| panic!("{messages}")).protocols.remove(0)
}
