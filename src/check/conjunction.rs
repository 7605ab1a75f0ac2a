//! Matchers that must all hold, as they are written wherever a value is judged.

use serde_json::Value as Json;

use super::block::Compiler;
use super::matcher::{MATCHERS, Matcher, equals, r#in};
use super::subject::{Found, Scope, Subject};
use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::yaml::{Key, Kind, Node, mapping};

/// Matchers that must all hold, each with its place in the scenario.
#[derive(Debug)]
pub(super) struct Matchers(Vec<Spanned<Box<dyn Matcher>>>);

impl Matchers {
    /// Compiles whatever stands where a value is judged.
    pub(super) fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Self {
        let matcher = match &node.kind {
            Kind::Mapping(entries) => {
                return Self::compile_entries(node.span, &entries.iter().collect::<Vec<_>>(), &[], compiler);
            }
            Kind::Sequence(_) => r#in::compile(node, compiler),
            _ => equals::compile_plain(node, compiler),
        };
        Self(matcher.map(|matcher| Spanned::new(matcher, node.span)).into_iter().collect())
    }

    /// Compiles a mapping of free names to whatever is judged under each.
    pub(super) fn compile_named(node: &Node, compiler: &mut Compiler<'_>) -> Vec<(Spanned<String>, Self)> {
        let entries = mapping(node, compiler.diagnostics);
        if matches!(&node.kind, Kind::Mapping(entries) if entries.is_empty()) {
            let message = "nothing is named here, so anything would do";
            let empty = Diagnostic::error("no-name", message).at(node.span, "");
            compiler.report(empty.help("write what is judged, and by what: `{ location: { is: present } }`"));
        }
        entries.iter().map(|(name, value)| (name.clone(), Self::compile(value, compiler))).collect()
    }

    /// Compiles some entries of the mapping at `span`; `beside` may stand there too and is the caller's.
    pub(super) fn compile_entries(
        span: Span,
        entries: &[&(Spanned<String>, Node)],
        beside: &[Key],
        compiler: &mut Compiler<'_>,
    ) -> Self {
        if entries.is_empty() {
            let message = "no matcher stands here, so anything would do";
            compiler.report(Diagnostic::error("no-matcher", message).at(span, "").help(listing(beside)));
        }
        let mut matchers = Vec::new();
        for (name, argument) in entries {
            match MATCHERS.iter().find(|known| known.name == name.value) {
                Some(known) => {
                    let matcher = (known.compile)(argument, compiler);
                    matchers
                        .extend(matcher.map(|matcher| Spanned::new(matcher, name.span.to(argument.span))));
                }
                None => compiler.report(unknown(name, beside)),
            }
        }
        Self(matchers)
    }

    /// Looks at a subject with every matcher.
    pub(super) fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let mut mismatches = Vec::new();
        for matcher in &self.0 {
            mismatches.extend(matcher.value.judge(subject, scope.at(matcher.span))?);
        }
        Ok(mismatches)
    }

    /// Looks at something that stands at `place` of an exchange.
    pub(super) fn judge_in(&self, subject: Subject<'_>, view: &View<'_>, place: &str) -> Found {
        let Some(first) = self.0.first() else { return Ok(Vec::new()) };
        let found = self.judge(subject, Scope::of(view, first.span))?;
        Ok(found.into_iter().map(|mismatch| mismatch.below(place)).collect())
    }

    /// Every name they use.
    pub(super) fn names(&self) -> Vec<(&str, Span)> {
        self.0.iter().flat_map(|matcher| matcher.value.names()).collect()
    }

    /// The one value that they accept, if there is only one and it is always the same.
    pub(super) fn constant(&self) -> Option<&Json> {
        match self.0.as_slice() {
            [matcher] => matcher.value.constant(),
            _ => None,
        }
    }
}

fn unknown(name: &Spanned<String>, beside: &[Key]) -> Diagnostic {
    let message = format!("no matcher is called `{}`", name.value);
    Diagnostic::error("unknown-matcher", message)
        .at(name.span, "unknown name")
        .suggest(&name.value, names(beside))
}

fn listing(beside: &[Key]) -> String {
    format!("one of: {}", names(beside).collect::<Vec<_>>().join(", "))
}

fn names(beside: &[Key]) -> impl Iterator<Item = &'static str> {
    beside.iter().map(|key| key.name).chain(MATCHERS.iter().map(|known| known.name))
}
