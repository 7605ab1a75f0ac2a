//! The call modes of API triggers as a client's traffic shows them.

use serde_json::{Value, json};

use super::{Concerned, Dialect, Phrase, Scene, covering, creates};
use crate::profile::{Operation, Reading};
use crate::record::fold::{ActKind, is_redirect};
use crate::record::line::Line;
use crate::record::need::{Limit, Side};
use crate::requirement::Policies;
use crate::target::JobKind;

/// The status of an invoke that is to be polled.
const ACCEPTED: u16 = 202;
/// The status of a poll while the job goes on.
const RUNNING: u16 = 200;
/// The policy's codes, as an expression.
const REDIRECT: &str = "${{ policy.redirect_codes }}";

/// A run may meet more redirects than the recording: it polls at its own pace, and jobs take their time.
const FEWEST_HOPS: usize = 40;

/// The protocol.
pub(super) struct Uipath;

impl Dialect for Uipath {
    fn profile(&self) -> &'static str {
        "uipath"
    }

    /// Reads of the URI that an accepted call gave.
    fn asks(&self, lines: &[Line<'_>], at: usize) -> bool {
        let (before, line) = (&lines[..at], &lines[at]);
        let uri = line.word("get").filter(|_| line.operation() == Operation::Get);
        let is_accepted = |line: &&Line<'_>| creates(line) && line.response.status == ACCEPTED;
        uri.is_some_and(|uri| {
            before.iter().filter(is_accepted).any(|line| line.location().as_deref() == Some(uri))
        })
    }

    fn goes_on(&self, line: &Line<'_>) -> bool {
        line.response.status == RUNNING
    }

    fn phrase(&self, scene: &Scene<'_>) -> Phrase {
        match (scene.act.kind, creates(scene.first())) {
            (ActKind::BrokenPoll, _) => broken_poll(scene),
            (ActKind::Poll, _) => poll(scene),
            (ActKind::Follow, is_invoke) => {
                follow(scene, if is_invoke { "invoke and follow" } else { "read and follow" })
            }
            (ActKind::Once, true) => invoke(scene),
            (ActKind::Once, false) => read(scene),
        }
    }
}

fn policies<'a>(scene: &'a Scene<'_>) -> &'a Policies {
    &scene.protocol.policies
}

fn invoke(scene: &Scene<'_>) -> Phrase {
    let (line, status) = (scene.last(), scene.last().response.status);
    let is_proper = line.word("method").is_none();
    match line.word("mode") {
        _ if scene.is_for_lack_of_credentials() => refused_to_nobody(scene),
        Some("AsyncRequestReply") if status == ACCEPTED => accepted(scene),
        Some("FireAndForget") if status == 200 => {
            let expect = vec![covering(&["UIP-FNF-01"], &json!({ "status": 200 }))];
            Phrase { name: "invoke", expect, snapshot: Some("answer"), ..Phrase::default() }
        }
        _ if is_held(scene) && scene.reading() != Reading::Refused => held_once(scene),
        _ => Phrase {
            name: "invoke",
            expect: vec![scene.plain(if is_proper { &["UIP-GEN-01"] } else { &[] })],
            ..Phrase::default()
        },
    }
}

fn refused_to_nobody(scene: &Scene<'_>) -> Phrase {
    let expect = vec![covering(&["UIP-GEN-02"], &scene.plain(&[]))];
    Phrase { name: "invoke without a valid token", expect, ..Phrase::default() }
}

fn accepted(scene: &Scene<'_>) -> Phrase {
    let mut expect = vec![covering(&["UIP-ASYNC-02"], &json!({ "status": ACCEPTED }))];
    expect.extend(leads_on(scene, "UIP-ASYNC-03"));
    Phrase { name: "invoke", expect, ..Phrase::default() }
}

/// That the answer names a place in its `Location`, if it does.
fn leads_on(scene: &Scene<'_>, requirement: &str) -> Option<Value> {
    let block = json!({ "headers": { "location": { "is": "uri-reference" } } });
    scene.last().location().map(|_| covering(&[requirement], &block))
}

/// A held call that was answered at once, or whose redirect nobody followed.
fn held_once(scene: &Scene<'_>) -> Phrase {
    let hold = scene.protocol.hold;
    if is_redirect(scene.last().response.status, policies(scene)) {
        let mut expect = vec![covering(&["UIP-SYNC-06"], &json!({ "status": REDIRECT }))];
        expect.extend(leads_on(scene, "UIP-SYNC-06"));
        let limit = scene.limit(Side::Longer, "target.hold.at_most", hold.map(|hold| hold.at_most));
        return Phrase {
            name: "invoke",
            expect,
            hold: limit.is_some(),
            limits: limit.into_iter().collect(),
            ..Phrase::default()
        };
    }
    let length = hold.map(|hold| hold.at_least.mul_f64(0.7));
    match scene.limit(Side::Shorter, "target.hold.at_least * 0.7", length) {
        None => follow(scene, "invoke and follow"),
        Some(limit) => {
            let (block, remark) = scene.result(&["UIP-SYNC-03"], &["UIP-SYNC-05"]);
            let (limits, snapshot) = (vec![limit], Some("result"));
            Phrase {
                name: "invoke",
                expect: vec![block],
                limits,
                hold: true,
                snapshot,
                remark,
                ..Phrase::default()
            }
        }
    }
}

/// A chain of redirects. Where the job may also end within the first hold none need come, and only the result counts.
fn follow(scene: &Scene<'_>, name: &'static str) -> Phrase {
    let hold = scene.protocol.hold.map(|hold| hold.at_most);
    let redirects = scene.act.lines.len() - 1;
    let limit =
        scene.limit(Side::Longer, "target.hold.at_most", hold).filter(|_| redirects > 0 && is_held(scene));
    let mut way = json!({ "max": (redirects * 2).max(FEWEST_HOPS), "within": scene.within() });
    if limit.is_some() {
        let leads_on = json!({ "headers": { "location": { "is": "uri-reference" } } });
        way["trace"] =
            covering(&["UIP-SYNC-06"], &json!({ "codes": format!("redirect+ {}", end_of(scene)) }));
        way["each"] = json!([covering(&["UIP-SYNC-06"], &leads_on)]);
    }
    let other = scene.act.lines.get(1).map(|at| scene.lines[*at].principal.as_str());
    if let Some(other) = other.filter(|other| *other != scene.first().principal) {
        way["as"] = other.into();
    }
    let result = if limit.is_some() { "UIP-SYNC-16" } else { "UIP-SYNC-01" };
    let is_held = is_held(scene);
    let (block, remark) = if is_held { scene.result(&[result], &[result]) } else { (scene.plain(&[]), None) };
    Phrase {
        name,
        beside: vec![("follow", way)],
        expect: vec![block],
        snapshot: Some("result"),
        hold: limit.is_some(),
        limits: limit.into_iter().collect(),
        remark,
    }
}

/// The status at the end of a chain, as a trace has it: of successes any will do.
fn end_of(scene: &Scene<'_>) -> String {
    let status = scene.last().response.status;
    if status / 100 == 2 { "2xx".to_owned() } else { status.to_string() }
}

/// Whether the job that the act concerns was created by a call that is held.
fn is_held(scene: &Scene<'_>) -> bool {
    let held = |own: Concerned<'_>| scene.profile.is_held(own.creation.word("mode"), own.job);
    scene.job.is_some_and(held)
}

fn poll(scene: &Scene<'_>) -> Phrase {
    let limit = scene.outlives_polls();
    let pending = json!({ "seen": u64::from(limit.is_some()), "status": RUNNING });
    match (is_redirect(scene.last().response.status, policies(scene)), scene.act.lines.len()) {
        (false, 1) => read(scene),
        (false, _) => scene.broken_off("poll", pending),
        (true, _) => poll_to_the_end(scene, &pending, limit),
    }
}

fn poll_to_the_end(scene: &Scene<'_>, pending: &Value, limit: Option<Limit>) -> Phrase {
    let fails = scene.job.is_some_and(|Concerned { job, .. }| job.kind == JobKind::Fault);
    let end = if fails { "UIP-ASYNC-15" } else { "UIP-ASYNC-11" };
    let pending = covering(&["UIP-ASYNC-09"], pending);
    let until = covering(&[end], &json!({ "status": REDIRECT }));
    Phrase {
        name: "poll until the job ends",
        beside: scene.polling(pending, until),
        expect: leads_on(scene, "UIP-ASYNC-12").into_iter().collect(),
        limits: limit.into_iter().collect(),
        ..Phrase::default()
    }
}

/// Whether the job has ended by the time of a replay is not known.
fn broken_poll(_: &Scene<'_>) -> Phrase {
    let either = json!({ "any_of": [{ "status": RUNNING }, { "status": REDIRECT }] });
    Phrase { name: "read how the job stands", expect: vec![either], ..Phrase::default() }
}

fn read(scene: &Scene<'_>) -> Phrase {
    if scene.reads_output && scene.reading() != Reading::Refused {
        let (block, remark) = scene.result(&["UIP-ASYNC-13"], &["UIP-ASYNC-15"]);
        return Phrase {
            name: "read the output",
            expect: vec![block],
            snapshot: Some("output"),
            remark,
            ..Phrase::default()
        };
    }
    let covers: &[&str] = if scene.is_for_lack_of_credentials() { &["UIP-ASYNC-18"] } else { &[] };
    let is_of_a_poll = scene.reads_output || scene.act.kind == ActKind::Poll;
    let block = covering(if is_of_a_poll { covers } else { &[] }, &scene.plain(&[]));
    Phrase { name: "read the address", expect: vec![block], ..Phrase::default() }
}
