//! Every call of the control API, one line each.

use hyper::Method;

use super::calls::{Run, clock, jobs, journal, program, sessions, settings};
use crate::yaml::{Key, Shape, Value};

/// One call.
#[derive(Clone, Copy)]
pub(super) struct Call {
    pub(super) method: &'static str,
    /// Its path; `{id}` stands for one part of it.
    pub(super) path: &'static str,
    /// What it does, one sentence.
    pub(super) doc: &'static str,
    /// Whether `/s/NAME` may stand before its path.
    pub(super) of_session: bool,
    /// The members of its body.
    pub(super) takes: Option<&'static Shape>,
    /// The entries of its query.
    pub(super) query: &'static [(&'static str, &'static str)],
    pub(super) run: Run,
}

const fn call(method: &'static str, path: &'static str, doc: &'static str, run: Run) -> Call {
    Call { method, path, doc, of_session: true, takes: None, query: &[], run }
}

const fn taking(call: Call, shape: &'static Shape) -> Call {
    Call { takes: Some(shape), ..call }
}

const fn asking(call: Call, query: &'static [(&'static str, &'static str)]) -> Call {
    Call { query, ..call }
}

const fn of_program(call: Call) -> Call {
    Call { of_session: false, ..call }
}

const GET: &str = "GET";
const POST: &str = "POST";
const PUT: &str = "PUT";
const DELETE: &str = "DELETE";

/// Every call, in the order in which they are documented.
pub(super) static CALLS: &[Call] = &[
    of_program(call(GET, "/", "A page that shows jobs and journal as they are.", program::page)),
    of_program(call(GET, "/ready", "Says that the mock can be used.", program::ready)),
    of_program(call(GET, "/version", "The program's version.", program::version)),
    of_program(call(GET, "/openapi.json", "This description.", program::openapi)),
    of_program(call(GET, "/sessions", "The names of all sessions.", sessions::list)),
    of_program(taking(
        call(POST, "/sessions", "Creates a session, served below `/s/NAME`.", sessions::create),
        &SESSION,
    )),
    of_program(call(
        DELETE,
        "/sessions/{id}",
        "Answers who waits in a session, and ends it.",
        sessions::delete,
    )),
    call(POST, "/hooks", "One message of a harness, as a target file's `hooks.url` gets it.", program::hook),
    call(GET, "/jobs", "Every job, the oldest first.", jobs::list),
    call(GET, "/jobs/{id}", "One job.", jobs::show),
    call(POST, "/jobs/{id}/hold", "Stops a job's own time.", jobs::hold),
    call(POST, "/jobs/{id}/release", "Lets a held job's time go on.", jobs::release),
    taking(call(POST, "/jobs/{id}/complete", "Ends a job now.", jobs::complete), &COMPLETION),
    taking(call(POST, "/jobs/{id}/fail", "Ends a job now with an error.", jobs::fail), &FAILURE),
    call(POST, "/jobs/{id}/forget", "Forgets a job, as if it had never been.", jobs::forget),
    call(GET, "/clock", "How time passes, and where it stands.", clock::show),
    taking(
        call(
            POST,
            "/clock/advance",
            "Moves a clock that moves in steps, and answers whom that wakes.",
            clock::advance,
        ),
        &ADVANCE,
    ),
    call(GET, "/defects", "The deliberate violations that are armed.", settings::show),
    taking(call(PUT, "/defects", "Arms these violations and no others.", settings::arm), &DEFECTS),
    asking(
        call(GET, "/journal", "What happened, behind a cursor.", journal::page),
        &[
            ("since", "The cursor: `next` of the page before; 0 at first."),
            ("limit", "How many entries at most."),
            ("job", "Only what is about this job."),
        ],
    ),
    asking(
        call(
            GET,
            "/events",
            "The same as server-sent events, from now on or from a cursor on.",
            journal::events,
        ),
        &[("since", "The cursor; `Last-Event-ID` counts as well.")],
    ),
    call(GET, "/count", "Jobs, parked calls and requests.", journal::count),
    taking(call(POST, "/wait", "Returns once everything that is given is so.", journal::wait), &AWAITED),
    call(POST, "/reset", "Forgets every job; settings, clock and journal stay.", settings::reset),
];

static SESSION: Shape = Shape {
    name: "a session",
    doc: "A mock of its own; what is not given is as in the default session.",
    keys: &[
        Key::required("name", Value::Text, "Its name, which stands in its paths."),
        Key::optional("clock", Value::Text, "`real`, `scale:N`, `virtual` or `auto`."),
        Key::optional("seed", Value::Integer, "Where ids and chances come from."),
        Key::optional("hold", Value::Duration, "How long a waiting call is held."),
        Key::optional("cap", Value::Duration, "The longest life of a job that a caller waits for."),
        Key::optional("policy", Value::Map(&Value::Text), "Open choices and how they are settled."),
        Key::optional("defects", Value::List(&Value::Text), "Deliberate violations."),
        Key::optional("noises", Value::List(&Value::Text), "Harmless differences."),
    ],
};

static COMPLETION: Shape = Shape {
    name: "a completion",
    doc: "How a job ends.",
    keys: &[Key::optional("output", Value::Any, "Its output instead of its own.")],
};

static FAILURE: Shape = Shape {
    name: "a failure",
    doc: "How a job fails.",
    keys: &[Key::optional("message", Value::Text, "The text of the error.")],
};

static ADVANCE: Shape = Shape {
    name: "a step of the clock",
    doc: "How far: exactly one of these.",
    keys: &[
        Key::optional("by", Value::Duration, "By this much."),
        Key::optional("until", Value::Text, "`next`: to the next event."),
        Key::optional("job", Value::Integer, "To the end of this job."),
    ],
};

static DEFECTS: Shape = Shape {
    name: "the armed defects",
    doc: "Deliberate violations.",
    keys: &[Key::required("defects", Value::List(&Value::Text), "`ID`, `ID@nth:3` or `ID@chance:0.02`.")],
};

static AWAITED: Shape = Shape {
    name: "what is awaited",
    doc: "Everything that is given must be so.",
    keys: &[
        Key::optional("parked", Value::Integer, "At least so many calls wait for a job."),
        Key::optional("jobs", Value::Integer, "At least so many jobs were created."),
        Key::optional("exchanges", Value::Integer, "At least so many requests came."),
        Key::optional("ended", Value::Integer, "This job has ended."),
        Key::optional("within", Value::Duration, "How long to wait, in real time; 10s if not given."),
    ],
};

/// The call at this path, with what stands for `{id}`; the methods that the path has, if not this one.
pub(super) fn find<'a>(
    method: &Method,
    path: &'a str,
    in_session: bool,
) -> Result<(&'static Call, Option<&'a str>), Vec<&'static str>> {
    let fitting = CALLS.iter().filter(|call| call.of_session || !in_session);
    let fitting: Vec<_> = fitting.filter_map(|call| fit(call.path, path).ok().map(|id| (call, id))).collect();
    let methods = fitting.iter().map(|(call, _)| call.method).collect();
    fitting.into_iter().find(|(call, _)| method == call.method).ok_or(methods)
}

/// A path does not fit a pattern.
struct Unfit;

/// What stands for `{id}` in a path that fits a pattern.
fn fit<'a>(pattern: &str, path: &'a str) -> Result<Option<&'a str>, Unfit> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut id = None;
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Ok(id),
            (Some("{id}"), Some(part)) if !part.is_empty() => id = Some(part),
            (Some(wanted), Some(part)) if wanted == part => {}
            _ => return Err(Unfit),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("GET", "/jobs/7", false, Ok(("/jobs/{id}", Some("7"))))]
    #[case("GET", "/", false, Ok(("/", None)))]
    #[case("POST", "/jobs/7/hold", true, Ok(("/jobs/{id}/hold", Some("7"))))]
    #[case("DELETE", "/jobs", false, Err(vec!["GET"]))]
    #[case("GET", "/jobs/", false, Err(vec![]))]
    #[case("GET", "/sessions", true, Err(vec![]))]
    fn paths_lead_to_calls(
        #[case] method: &str,
        #[case] path: &str,
        #[case] in_session: bool,
        #[case] expected: Result<(&str, Option<&str>), Vec<&str>>,
    ) {
        let found = find(&method.parse().unwrap(), path, in_session).map(|(call, id)| (call.path, id));
        assert_eq!(found, expected);
    }
}
