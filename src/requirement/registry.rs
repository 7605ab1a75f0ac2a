//! One protocol's requirements, policy keys and capability names, with look-ups.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Level, Policies, PolicyKey, RequirementId};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};

/// Whom a requirement binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Who {
    /// A server under test.
    Server,
    /// A client under test.
    Client,
    /// The harness itself.
    Harness,
}

impl Who {
    /// The letter that registry files write for each.
    pub const WORDS: [(&'static str, Self); 3] =
        [("S", Self::Server), ("C", Self::Client), ("H", Self::Harness)];

    /// The letter that registry files write.
    pub const fn letter(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// Whether a violation is only recorded, never held against the server.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Record {
    /// It counts by its level.
    #[default]
    Never,
    /// It is only recorded.
    Always,
    /// It is only recorded unless one of these policies has one of these values.
    Unless(BTreeMap<String, Vec<Value>>),
}

/// One numbered demand.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// Its id.
    pub id: RequirementId,
    /// How binding it is.
    pub level: Level,
    /// Whom it binds.
    pub who: Vec<Who>,
    /// What must be so, in one sentence.
    pub statement: String,
    /// Where it stands in the source.
    pub clause: String,
    /// Whether a violation is only recorded.
    pub record: Record,
    /// The policy keys that influence how it is judged.
    pub policy: Vec<String>,
    /// The capability without which it does not apply.
    pub capability: Option<String>,
    /// Why no run can judge it, if none can.
    pub untested: Option<String>,
    /// Where the entry stands.
    pub span: Span,
}

impl Requirement {
    /// Whether a violation is only recorded under the policies in force.
    pub fn is_recorded(&self, policies: &Policies) -> bool {
        match &self.record {
            Record::Never => false,
            Record::Always => true,
            Record::Unless(conditions) => !conditions
                .iter()
                .any(|(key, values)| policies.get(key).is_some_and(|value| values.contains(value))),
        }
    }

    /// Whether it binds `who`.
    pub fn binds(&self, who: Who) -> bool {
        self.who.contains(&who)
    }
}

/// Something that a server may offer or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capability {
    /// The name in the target file.
    pub name: String,
    /// What it means to have it.
    pub summary: String,
}

/// Everything that one protocol demands and leaves open.
#[derive(Debug, Clone, PartialEq)]
pub struct Registry {
    /// The protocol's name, as scenarios write it behind `profile`.
    pub profile: String,
    /// What the protocol is called by people.
    pub title: String,
    /// The document that the requirements come from.
    pub source: String,
    /// Whether no file holds it: its requirements are the steps of the scenarios.
    pub is_implied: bool,
    /// The open questions, in file order.
    pub policies: Vec<PolicyKey>,
    /// The optional parts, in file order.
    pub capabilities: Vec<Capability>,
    /// The requirements, in file order.
    pub requirements: Vec<Requirement>,
    /// Where its profile is named.
    pub span: Span,
}

impl Registry {
    /// The requirement of this id.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements.iter().find(|requirement| requirement.id.as_str() == id)
    }

    /// The policy key of this name.
    pub fn policy(&self, name: &str) -> Option<&PolicyKey> {
        self.policies.iter().find(|key| key.name == name)
    }

    /// The capability of this name.
    pub fn capability(&self, name: &str) -> Option<&Capability> {
        self.capabilities.iter().find(|capability| capability.name == name)
    }

    /// The requirements that bind `who`, in file order.
    pub fn binding(&self, who: Who) -> impl Iterator<Item = &Requirement> {
        self.requirements.iter().filter(move |requirement| requirement.binds(who))
    }

    /// The message for a policy key that does not exist.
    pub fn unknown_policy(&self, name: &Spanned<String>) -> Diagnostic {
        let message = format!("{} has no policy key `{}`", self.profile, name.value);
        let known = self.policies.iter().map(|key| key.name.as_str());
        Diagnostic::error("unknown-policy", message).at(name.span, "unknown name").suggest(&name.value, known)
    }

    /// The message for a capability that does not exist.
    pub fn unknown_capability(&self, name: &Spanned<String>) -> Diagnostic {
        let message = format!("{} has no capability `{}`", self.profile, name.value);
        let known = self.capabilities.iter().map(|capability| capability.name.as_str());
        let diagnostic = Diagnostic::error("unknown-capability", message).at(name.span, "unknown name");
        diagnostic.suggest(&name.value, known)
    }
}
