//! Every call of the control API, one entry each.

use super::call::{Call, call};
use super::calls::{clock, faults, jobs, journal, program, sessions, settings, verdicts};
use super::shape;
use crate::mock::{setup, verdict};

const GET: &str = "GET";
const POST: &str = "POST";
const PUT: &str = "PUT";
const DELETE: &str = "DELETE";

/// Every call, in the order in which they are documented.
pub(super) static CALLS: &[Call] = &[
    call(GET, "/", "A page that shows verdicts, jobs and journal as they are.", program::page)
        .of_program()
        .gives_text("text/html"),
    call(GET, "/ready", "Says that the mock can be used.", program::ready).of_program().gives(&shape::READY),
    call(GET, "/version", "The program's version.", program::version).of_program().gives(&shape::VERSION),
    call(GET, "/openapi.json", "This description.", program::openapi).of_program().gives(&shape::DESCRIPTION),
    call(
        GET,
        "/metrics",
        "Counters and gauges of all sessions, in the form of Prometheus.",
        program::metrics,
    )
    .of_program()
    .gives_text("text/plain"),
    call(GET, "/sessions", "The names of all sessions.", sessions::list).of_program().gives(&shape::SESSIONS),
    call(POST, "/sessions", "Creates a session, served below `/s/NAME`.", sessions::create)
        .of_program()
        .takes(&shape::SESSION, r#"{"name":"checkout","clock":"auto","policy":{"redirect_codes":"302"}}"#)
        .creates(&shape::CREATED)
        .refuses(&[
            (409, "There is a session of this name."),
            (429, "There are as many sessions as there may be."),
        ]),
    call(DELETE, "/sessions/{session}", "Answers who waits in a session, and ends it.", sessions::delete)
        .of_program()
        .gives(&shape::DELETED)
        .refuses(&[(404, "There is no such session, or it is the default one.")]),
    call(POST, "/hooks", "One message of a harness, as a target file's `hooks.url` gets it.", program::hook)
        .takes_anything(r#"{"id":1,"op":"count","job":"short"}"#)
        .gives(&shape::HOOKED),
    call(GET, "/jobs", "Every job, the oldest first.", jobs::list).gives(&shape::JOBS),
    call(GET, "/jobs/next", "The scripts for jobs to come, and how many jobs each has had.", jobs::scripts)
        .gives(&shape::SCRIPTS),
    call(POST, "/jobs/next", "Says what the next jobs that fit are to do.", jobs::script)
        .takes(
            &setup::SCRIPT,
            r#"{"fixture":"short","arguments":{"customer":7},"runs":{"polls":3},"output":{"rows":12}}"#,
        )
        .creates(&shape::SCRIPT)
        .refuses(&[(429, "There are as many scripts as there may be.")]),
    call(DELETE, "/jobs/next", "Forgets every script for jobs to come.", jobs::clear_scripts)
        .gives(&shape::SCRIPTS),
    call(GET, "/jobs/{job}", "One job.", jobs::show).gives(&shape::JOB).refuses(&[NO_JOB, TWO_JOBS]),
    call(POST, "/jobs/{job}/hold", "Stops a job's own time.", jobs::hold)
        .at_a_version()
        .gives(&shape::JOB)
        .refuses(&[NO_JOB, ENDED, MOVED]),
    call(POST, "/jobs/{job}/release", "Lets a held job's time go on.", jobs::release)
        .at_a_version()
        .gives(&shape::JOB)
        .refuses(&[NO_JOB, ENDED, MOVED]),
    call(POST, "/jobs/{job}/complete", "Ends a job now.", jobs::complete)
        .at_a_version()
        .takes(&shape::COMPLETION, r#"{"output":{"rows":12}}"#)
        .gives(&shape::JOB)
        .refuses(&[NO_JOB, ENDED, MOVED]),
    call(POST, "/jobs/{job}/fail", "Ends a job now with an error.", jobs::fail)
        .at_a_version()
        .takes(&shape::FAILURE, r#"{"message":"no such customer"}"#)
        .gives(&shape::JOB)
        .refuses(&[NO_JOB, ENDED, MOVED]),
    call(POST, "/jobs/{job}/forget", "Forgets a job, as if it had never been.", jobs::forget)
        .gives(&shape::FORGOTTEN)
        .refuses(&[NO_JOB, TWO_JOBS]),
    call(GET, "/clock", "How time passes, and where it stands.", clock::show).gives(&shape::CLOCK),
    call(
        POST,
        "/clock/advance",
        "Moves a clock that moves in steps, and answers whom that wakes.",
        clock::advance,
    )
    .takes(&shape::ADVANCE, r#"{"by":"15m"}"#)
    .gives(&shape::ADVANCED)
    .refuses(&[NO_JOB, (409, "The clock flows by itself, or nothing is due.")]),
    call(GET, "/defects", "The deliberate violations that are armed.", settings::show).gives(&shape::ARMED),
    call(PUT, "/defects", "Arms these violations and no others.", settings::arm)
        .takes(&shape::DEFECTS, r#"{"defects":["UIP-ASYNC-12/no-location@nth:2"]}"#)
        .gives(&shape::ARMED),
    call(GET, "/faults", "The fault plan, and how often each of its rules came into its own.", faults::show)
        .gives(&shape::PLANNED),
    call(PUT, "/faults", "Lets this happen to calls from now on; counters begin anew. What `GET /faults` gives can be given \
         back.", faults::plan)
        .takes(&shape::FAULTS, r#"{"faults":"gentle-502"}"#)
        .gives(&shape::PLANNED),
    call(
        POST,
        "/faults/explain",
        "Which rule would meet a call that came now, and why the others would not.",
        faults::explain,
    )
    .takes(&shape::SKETCH, r#"{"op":"poll","job":1}"#)
    .gives(&shape::EXPLAINED),
    call(GET, "/journal", "What happened, behind a cursor.", journal::page)
        .asks(&[
            ("since", "The cursor: `next` of the page before; 0 at first."),
            ("limit", "How many entries at most: 100 if not given, and never more than 1000."),
            ("job", "Only exchanges about this job; the cursor still counts all entries."),
        ])
        .gives(&shape::JOURNAL),
    call(GET, "/events", "The same as server-sent events, from now on or from a cursor on.", journal::events)
        .asks(&[("since", "The cursor; `Last-Event-ID` counts as well.")])
        .gives_text("text/event-stream"),
    call(GET, "/count", "Jobs, parked calls and requests.", journal::count).gives(&shape::COUNT),
    call(POST, "/wait", "Returns once everything that is given is so.", journal::wait)
        .takes(&shape::AWAITED, r#"{"exchanges":0,"within":"5s"}"#)
        .gives(&shape::COUNT)
        .refuses(&[(408, "It did not come so within the time.")]),
    call(GET, "/verdicts", "The verdicts on the clients, by what they did so far.", verdicts::live)
        .gives(&verdict::SHAPE),
    call(
        POST,
        "/verdicts/close",
        "The verdicts at the end: a planned fault that met nobody leaves them in doubt.",
        verdicts::close,
    )
    .gives(&verdict::SHAPE),
    call(
        POST,
        "/reset",
        "Forgets jobs, journal and counters; settings, seed, files and clock stay. `GET /verdicts` begins anew; what was \
         found before counts in the verdicts at the end of the program, its reports and its exit code.",
        settings::reset,
    )
    .gives(&shape::RESET),
];

const NO_JOB: (u16, &str) = (404, "There is no such job.");
const TWO_JOBS: (u16, &str) =
    (409, "It is the id of one job and the number of another: `id:7` and `number:7` say which is meant.");
const ENDED: (u16, &str) = (
    409,
    "The job has ended, and stays as it is; or the name is the id of one job and the number of another: `id:7` and \
     `number:7` say which is meant.",
);
const MOVED: (u16, &str) = (412, "The job has moved since: its version is not that of `If-Match`.");
