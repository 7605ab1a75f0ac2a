//! One block of an `expect:` list, compiled; and the two-sided `pending:` of a poll.

use std::sync::Arc;

use super::condition::{CONDITIONS, Condition, compile_all, keys};
use super::covers;
use super::judgement::{Judgement, Tally};
use super::schema::Schemas;
use super::view::View;
use super::when::When;
use crate::diagnostic::Diagnostic;
use crate::profile::Reading;
use crate::requirement::{Registry, RequirementId};
use crate::source::Span;
use crate::yaml::{Fields, Key, Node, Shape, Value, integer, text};

/// What an expectation is compiled with.
pub struct Compiler<'a> {
    /// The requirements and policies of the scenario's protocol.
    pub registry: &'a Registry,
    /// The schemas of the suite.
    pub schemas: &'a Schemas,
    /// Where mistakes go.
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl Compiler<'_> {
    /// Reports a mistake.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// An expectation, ready to be held against an exchange; cheap to clone.
#[derive(Debug, Clone)]
pub struct Check {
    /// The requirements that it stands for.
    pub covers: Vec<RequirementId>,
    /// When it is looked at.
    pub when: When,
    /// The alias of the job that the answer concerns, if the block names one.
    pub job: Option<String>,
    /// Where the block stands.
    pub span: Span,
    conditions: Arc<[Box<dyn Condition>]>,
}

/// What a poll accepts as "not yet", and how often it must have been seen.
#[derive(Debug, Clone)]
pub struct Pending {
    /// What such an answer is like.
    pub check: Check,
    /// How many of them make the check more than vacuous.
    pub seen: u64,
}

/// The one constant that a check is satisfied with, if a single one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// This HTTP status and nothing else.
    Status(u16),
    /// This reading and nothing else.
    Reading(Reading),
}

const OWN: [Key; 3] = [
    Key::optional(
        "covers",
        Value::OneOrMore(&Value::Text),
        "The requirements that are violated if this is not so.",
    ),
    Key::optional(
        "when",
        Value::Map(&Value::OneOrMore(&Value::Any)),
        "Policies and captured values under which this is looked at.",
    ),
    Key::optional(
        "job",
        Value::Text,
        "The alias of the job that the answer concerns, if it is not the last one created.",
    ),
];
const SEEN: [Key; 1] =
    [Key::optional("seen", Value::Integer, "How many such answers there must be; 1 if left out.")];
const KEYS: [Key; OWN.len() + CONDITIONS.len()] = keys(&[&OWN]);
const PENDING_KEYS: [Key; OWN.len() + SEEN.len() + CONDITIONS.len()] = keys(&[&OWN, &SEEN]);

/// What an expectation looks like.
pub static SHAPE: Shape = Shape {
    name: "an expectation",
    doc: "What must be so, and for which requirements that counts; all conditions must hold.",
    keys: &KEYS,
};

/// What the `pending` of a poll looks like.
pub static PENDING_SHAPE: Shape = Shape {
    name: "`pending`",
    doc: "What an answer is like as long as the poll goes on.",
    keys: &PENDING_KEYS,
};

/// Compiles one block; mistakes are reported and what is left of the block is used.
pub fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Check {
    compile_as(&SHAPE, node, compiler)
}

/// Compiles the `pending` of a poll.
pub fn compile_pending(node: &Node, compiler: &mut Compiler<'_>) -> Pending {
    let check = compile_as(&PENDING_SHAPE, node, compiler);
    let seen = node.get("seen").and_then(|seen| integer(seen, compiler.diagnostics));
    Pending { check, seen: seen.map_or(1, |seen| seen.value) }
}

fn compile_as(shape: &Shape, node: &Node, compiler: &mut Compiler<'_>) -> Check {
    let fields = Fields::open(node, shape, compiler.diagnostics);
    let get = |key: &str| fields.and_then(|fields| fields.get(key));
    let conditions = compile_all(node, compiler);
    if fields.is_some() && conditions.is_empty() {
        let names: Vec<&str> = CONDITIONS.iter().map(|condition| condition.name).collect();
        let empty = Diagnostic::error("no-condition", format!("{} demands nothing", shape.name));
        compiler.report(empty.at(node.span, "").help(format!("one of: {}", names.join(", "))));
    }
    Check {
        covers: covers::compile(get("covers"), compiler),
        when: get("when").map(|when| When::compile(when, compiler)).unwrap_or_default(),
        job: get("job").and_then(|job| text(job, compiler.diagnostics)).map(|job| job.value),
        span: node.span,
        conditions: conditions.into(),
    }
}

impl Check {
    /// Every name it uses, with the place of the text that uses it.
    pub fn names(&self) -> Vec<(&str, Span)> {
        let conditions = self.conditions.iter().flat_map(|condition| condition.names());
        self.when.names().into_iter().chain(conditions).collect()
    }

    /// The one constant status or reading that satisfies it, if it asks for nothing else.
    pub fn expects(&self) -> Option<Constant> {
        match &*self.conditions {
            [condition] => condition.constant(),
            _ => None,
        }
    }

    /// Holds the check against an exchange.
    pub fn judge(&self, view: &View<'_>) -> Judgement {
        match self.when.holds(view.lookup) {
            None => {
                return Judgement::NotReached(format!(
                    "`when` uses what was not captured: {}",
                    self.when.describe()
                ));
            }
            Some(false) => {
                return Judgement::Vacuous(format!("`when` does not apply: {}", self.when.describe()));
            }
            Some(true) => {}
        }
        if let Some(reason) = view.out_of_reach() {
            return Judgement::NotReached(reason);
        }
        let mut tally = Tally::default();
        for condition in &*self.conditions {
            condition.judge(view, &mut tally);
        }
        tally.judgement()
    }
}
