//! The schemas of a suite's protocol bodies, and which of them a scenario sees.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::suite::{SuiteFiles, decode};
use crate::check::Schemas;
use crate::diagnostic::Diagnostic;
use crate::profile;
use crate::source::SourceMap;

/// The schemas of protocol bodies.
#[derive(Debug)]
pub struct BodySchemas {
    all: Schemas,
    none: Schemas,
    /// Whether they came with a suite of its own.
    are_own: bool,
}

impl BodySchemas {
    /// Reads every schema, and builds those that came with a suite of its own: one that is broken is told before
    /// anything is sent. Those in the program were built when it was tested.
    pub(super) fn read(
        files: &SuiteFiles,
        sources: &mut SourceMap,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let (mut read, mut own) = (Vec::new(), BTreeSet::new());
        for file in &files.schemas {
            let Some(name) = file.path.strip_suffix(".json") else { continue };
            own.extend(matches!(file.bytes, Cow::Owned(_)).then_some(name));
            let decoded = decode(&file.name, &file.bytes, sources, diagnostics);
            read.extend(decoded.map(|(source, text)| (name, source, text)));
        }
        let named = read.iter().map(|(name, source, text)| (*name, *source, text.as_str()));
        let (all, mistakes) = Schemas::compile(named);
        diagnostics.extend(mistakes);
        diagnostics.extend(all.verify(|name| own.contains(name)));
        Self { all, none: Schemas::default(), are_own: !own.is_empty() }
    }

    /// All of them.
    pub fn all(&self) -> &Schemas {
        &self.all
    }

    /// Those that scenarios of a protocol see. The schemas in the program are of its own protocols: a scenario of
    /// another one refers to what lies in its suite, and to nothing else.
    pub fn visible_to(&self, profile: &str) -> &Schemas {
        if self.are_own || profile::has_prepared_jobs(profile) { &self.all } else { &self.none }
    }
}
