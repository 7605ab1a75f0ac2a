//! Which calls a fault could meet.

use std::sync::Arc;

use super::subject::Subject;
use crate::mock::protocol::Operation;
use crate::pattern::fits;

/// A kind of calls; everything that is given must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Calls {
    /// What they are about; anything, if nothing is said.
    pub(super) operations: Vec<Operation>,
    /// Their path, where `*` stands for any characters.
    pub(super) path: Option<String>,
    /// Their method.
    pub(super) method: Option<String>,
    /// Their header fields and the values of these, where `*` stands for any characters.
    pub(super) headers: Vec<(String, String)>,
    /// The trigger or process of their job.
    pub(super) fixture: Option<Arc<str>>,
}

impl Calls {
    /// Why a call is none of these; nothing, if it is one.
    pub(super) fn objection(&self, subject: &Subject<'_>) -> Option<String> {
        let request = subject.request;
        if !self.takes(subject.operation) {
            return Some(format!("it is for {}", self.words()));
        }
        if let Some(path) = self.path.as_ref().filter(|path| !fits(path, &request.path)) {
            return Some(format!("it is for the path `{path}`"));
        }
        if let Some(method) =
            self.method.as_ref().filter(|own| !own.eq_ignore_ascii_case(request.method.as_str()))
        {
            return Some(format!("it is for the method {method}"));
        }
        if let Some(fixture) = self.fixture.as_ref().filter(|own| subject.fixture.as_ref() != Some(own)) {
            return Some(format!("it is for jobs of `{fixture}`"));
        }
        let missing = self.headers.iter().find(|(name, value)| !has_header(subject, name, value));
        missing.map(|(name, value)| format!("it is for calls with the header `{name}: {value}`"))
    }

    /// Whether calls about this are among them.
    pub(super) fn takes(&self, operation: Operation) -> bool {
        self.operations.is_empty() || self.operations.contains(&operation)
    }

    /// Whether each of the others is one of these.
    pub(super) fn contain(&self, others: &Self) -> bool {
        let takes = |operation: &Operation| self.operations.contains(operation);
        let everything = self.operations.is_empty();
        (everything || !others.operations.is_empty() && others.operations.iter().all(takes))
            && (self.path.is_none() || self.path == others.path)
            && (self.method.is_none() || self.method == others.method)
            && (self.fixture.is_none() || self.fixture == others.fixture)
            && self.headers.iter().all(|own| others.headers.contains(own))
    }

    /// What they are about, in words.
    pub(super) fn words(&self) -> String {
        if self.operations.is_empty() {
            return ANY.to_owned();
        }
        self.operations.iter().map(|operation| operation.word()).collect::<Vec<_>>().join(", ")
    }
}

/// The word for calls about anything.
pub(super) const ANY: &str = "any";

fn has_header(subject: &Subject<'_>, name: &str, pattern: &str) -> bool {
    let values = subject.request.headers.get_all(name).iter();
    values.filter_map(|value| value.to_str().ok()).any(|value| fits(pattern, value))
}
