//! What a scenario file says, word for word.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::{Await, CallbackAddress, Template};
use crate::source::{Span, Spanned};
use crate::yaml::Node;

/// One behaviour of a protocol.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its path below `scenarios/`, without `.yaml`.
    pub id: String,
    /// What is so.
    pub title: String,
    /// The protocol.
    pub profile: Spanned<String>,
    /// Words to select it by.
    pub tags: Vec<String>,
    /// What the target must offer.
    pub needs: Needs,
    /// Where the server may call.
    pub callbacks: Vec<CallbackAddress>,
    /// Its rows; one without a name if the file has no `cases`.
    pub cases: Vec<CaseRow>,
    /// What is done and judged.
    pub steps: Vec<Step>,
    /// What is done at the end, whatever happened.
    pub cleanup: Vec<Step>,
    /// The place of the whole.
    pub span: Span,
}

/// One row of `cases`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CaseRow {
    /// Its name; empty if the scenario has no `cases`.
    pub name: String,
    /// What `case.X` stands for.
    pub values: BTreeMap<String, Value>,
    /// Where each of these values stands.
    pub places: BTreeMap<String, Span>,
}

/// What the target must offer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Needs {
    /// Prepared jobs, each under an alias.
    pub jobs: Vec<JobAsk>,
    /// Capabilities that must be declared on, or off.
    pub capabilities: Vec<(Spanned<String>, bool)>,
    /// The hold timeout must be declared.
    pub hold: bool,
    /// The longest duration of a held job must be declared.
    pub cap: bool,
    /// The value of the tenant's switch.
    pub redirect_auth: Option<Template>,
    /// Every echo job must say what it gives back.
    pub echoes: bool,
}

/// A job that a scenario asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct JobAsk {
    /// The name by which steps call it.
    pub alias: Spanned<String>,
    /// Its kind.
    pub kind: Template,
    /// The verb that starts it.
    pub verb: Option<Template>,
    /// A mode in which it can be started.
    pub mode: Option<Template>,
    /// The mode it is configured with.
    pub default_mode: Option<Template>,
    /// Bounds of its running time: longer than, shorter than.
    pub runs: (Option<Template>, Option<Template>),
    /// Bounds of its waiting time: longer than, shorter than.
    pub queued: (Option<Template>, Option<Template>),
    /// Bounds of both together: longer than, shorter than.
    pub ends: (Option<Template>, Option<Template>),
    /// It waits until a hook releases it.
    pub release_by_hook: bool,
    /// It has more than one version.
    pub versions: bool,
    /// Its calls carry no mark, so that all jobs of its entry are counted and the case runs alone.
    pub unmarked: bool,
    /// The place.
    pub span: Span,
}

/// Something that is done, and what is expected of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its name.
    pub name: Spanned<String>,
    /// Who does it.
    pub principal: Spanned<String>,
    /// Whether it shows that the server can tell two cases apart.
    pub control: bool,
    /// When it is done at all.
    pub when: Option<Node>,
    /// What is done.
    pub action: Action,
    /// Expectation blocks.
    pub expect: Vec<Node>,
    /// Names and what of the answer they get.
    pub capture: Vec<(Spanned<String>, Node)>,
    /// The snapshot taken of the answer.
    pub snapshot: Option<SnapshotWord>,
    /// What the harness does to the exchange.
    pub disturb: Option<Disturb>,
    /// The place of the whole.
    pub span: Span,
    /// The whole with every short form written out.
    pub written_out: Node,
}

/// The snapshot of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotWord {
    /// Its name within the scenario.
    pub name: Spanned<String>,
    /// Whether it keeps the whole flow: every answer of the case up to this one.
    pub trace: bool,
    /// What of it is not kept, besides what never is.
    pub redact: Vec<RedactWord>,
}

/// Something that a snapshot does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactWord {
    /// What it is.
    pub part: RedactedPart,
    /// As written.
    pub text: Spanned<String>,
    /// What stands in its place, in brackets.
    pub placeholder: Option<Spanned<String>>,
}

/// What a [`RedactWord`] speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedactedPart {
    /// A place in a JSON body: a JSON Pointer in which `*` is every member or item.
    Place,
    /// The value of a header.
    Header,
    /// Whatever fits a regular expression, in texts.
    Pattern,
}

/// What the harness does to an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disturb {
    /// Lets it finish and hides the answer.
    LoseResponse,
    /// Drops the connection after this long.
    Cut(Duration),
}

/// What a step does.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Sends one request, and perhaps follows where it leads.
    Request {
        /// The words of the request.
        words: Words,
        /// Whether and how redirects are followed.
        follow: Option<Follow>,
    },
    /// Sends a request again and again until something is so.
    Poll(Box<Poll>),
    /// Asks the target's hooks for something.
    Hook(HookCall),
    /// Lets time pass.
    Wait(Template),
    /// Waits for calls of the server.
    Await(Await),
    /// Does steps several times.
    Repeat(Repeat),
    /// Does several lists of steps at the same time.
    Parallel(Vec<(Spanned<String>, Vec<Step>)>),
    /// Does the steps of the first way that applies.
    Either(Vec<Way>),
    /// Does the steps of a fragment.
    Use(Use),
}

/// One of several ways that a server may take.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// When it is this one.
    pub when: Node,
    /// What is done then.
    pub steps: Vec<Step>,
    /// The place.
    pub span: Span,
}

/// A fragment in the place of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// Its name: its path below `fragments/`, without `.yaml`.
    pub fragment: Spanned<String>,
    /// What its inputs are.
    pub inputs: Vec<(Spanned<String>, Template)>,
    /// Names here, and the outputs whose values they get.
    pub outputs: Vec<(Spanned<String>, Spanned<String>)>,
}

/// The words of a request, in the vocabulary of a profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// As written.
    pub node: Node,
    /// Ready to be evaluated.
    pub template: Template,
}

/// How redirects are followed.
#[derive(Debug, Clone, PartialEq)]
pub struct Follow {
    /// No more redirects than this.
    pub max: u32,
    /// No longer than this.
    pub within: Template,
    /// Who follows, if it is another principal.
    pub principal: Option<Spanned<String>>,
    /// What is expected of every redirect.
    pub each: Vec<Node>,
    /// What the statuses must be.
    pub trace: Option<TraceWord>,
}

/// A demand on a sequence of status codes.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceWord {
    /// The whole block.
    pub node: Node,
}

/// A request that is sent until something is so.
#[derive(Debug, Clone, PartialEq)]
pub struct Poll {
    /// The words of the request.
    pub words: Words,
    /// The alias of the job that is polled.
    pub job: Option<Spanned<String>>,
    /// The pause between attempts.
    pub every: Option<Template>,
    /// Names that an answer which is not yet the last gives anew, and what of it they get.
    pub carry: Vec<(Spanned<String>, Node)>,
    /// The budget of the step.
    pub within: Template,
    /// What an answer looks like while the job goes on.
    pub pending: Option<Node>,
    /// How many such answers must be seen, if the scenario says so.
    pub seen: Option<u64>,
    /// What the answer looks like that ends the poll.
    pub until: Node,
    /// What an answer looks like after which polling is pointless.
    pub fail_when: Option<Node>,
    /// What the statuses must be.
    pub trace: Option<TraceWord>,
    /// What must stay true from attempt to attempt.
    pub invariants: Vec<Node>,
}

/// A call of the target's hooks.
#[derive(Debug, Clone, PartialEq)]
pub struct HookCall {
    /// What is asked for.
    pub op: Spanned<String>,
    /// The alias of the job.
    pub job: Spanned<String>,
    /// Names one job: a task id or a status URI.
    pub handle: Option<Template>,
}

/// Steps that are done several times.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeat {
    /// How many times.
    pub times: u32,
    /// Whether all rounds run at the same time.
    pub at_once: bool,
    /// The pause between rounds.
    pub every: Option<Template>,
    /// The steps of a round.
    pub steps: Vec<Step>,
    /// Demands on the rounds' values of a name.
    pub quantifiers: Vec<Quantifier>,
}

/// A demand on the values that a name got in all rounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantifier {
    /// `true`: no two are equal; `false`: all are equal.
    pub distinct: bool,
    /// The name.
    pub value: Spanned<String>,
    /// The requirements at stake.
    pub covers: Node,
    /// The place.
    pub span: Span,
}
