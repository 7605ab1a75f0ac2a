//! What a target file may hold: one table for the decoder, its messages, `--set` and the editors' schema.

mod network;
mod rules;

pub(super) use self::network::{CALLBACK, CLIENT_CERTIFICATE, PROXY, TLS};
pub use self::rules::rules;

use super::{JobKind, RedirectAuth};
use crate::requirement::Preset;
use crate::yaml::{Key, POSITIVE, Shape, Value, words};

/// The word for whatever is declared absent.
pub(super) const NONE: &str = "none";

/// The word for the proxies that the environment names.
pub(super) const ENVIRONMENT: &str = "environment";

const ABSENT: Value = Value::Choice(&[NONE]);

/// A whole target file.
pub static SHAPE: Shape = Shape {
    name: "a target file",
    doc: "Everything that differs from one server to the next.",
    keys: &[
        Key::required("target", Value::Between(1, 1), "The version of this form: 1.").like("1"),
        Key::optional("identity", Value::Object(&IDENTITY), "Who made the server.").or("{}").like("{ organization: Acme, product: Orchestrator, version: \"4.2\" }"),
        Key::optional("elma", Value::Object(&ELMA), "The ELMA RPA task queue, if the server speaks it.").like("{ base: \"http://127.0.0.1:48080\", principals: { owner: { token: { env: ELMA_OWNER } } } }"),
        Key::optional("uipath", Value::Object(&UIPATH), "The call modes of API triggers, if it speaks them.").like("{ base: \"https://orchestrator.example/acme/prod/orchestrator_\", principals: { owner: { bearer: { env: UIP_TOKEN } } } }"),
        Key::optional(
            "http",
            Value::Object(&HTTP),
            "Any other asynchronous HTTP API, for a suite of its own.",
        ).like("{ base: { env: JOBS_URL, default: \"http://127.0.0.1:8080\" } }"),
        Key::optional("tls", Value::Object(&TLS), "How TLS connections are made.").or("{}").like("{ ca: ca.pem }"),
        Key::optional(
            "proxy",
            Value::AnyOf(&[Value::Choice(&[ENVIRONMENT, NONE]), Value::Object(&PROXY)]),
            "The proxies on the way: those of the environment, `none`, or one's own.",
        ).like("none"),
        Key::optional("timing", Value::Object(&TIMING), "Paces and tolerances.").or("{}").like("{ poll: 250ms, prompt: 1s }"),
        Key::optional("callback", Value::Object(&CALLBACK), "Where the harness listens for call-backs.").or("{}").like("{ port: 8099 }"),
        Key::optional("limits", Value::Object(&LIMITS), "What a run may ask of the server at most.").or("{}").like("{ concurrency: 2, jobs: 100 }"),
        Key::optional(
            "disturbances",
            Value::Object(&DISTURBANCES),
            "Answers of the infrastructure that are tolerated.",
        ).or("{}").like("{ on: [502, 503], max_per_case: 2 }"),
        Key::optional(
            "hooks",
            Value::AnyOf(&[ABSENT, Value::Object(&HOOKS)]),
            "How the harness puts the server into a state.",
        ).or("none").like("{ command: [./adapter] }"),
    ],
};

pub(super) static IDENTITY: Shape = Shape {
    name: "an identity",
    doc: "Who made the server.",
    keys: &[
        Key::optional("organization", Value::Text, "The organization.").like("Acme"),
        Key::optional("product", Value::Text, "The product; also the name of its snapshots' folder.")
            .like("Orchestrator"),
        Key::optional("version", Value::Text, "The version.").like("\"4.2\""),
    ],
};

pub(super) static ELMA: Shape = Shape {
    name: "the elma block",
    doc: "The ELMA RPA task queue of this server.",
    keys: &[
        BASE,
        Key::optional("principals", Value::Object(&ELMA_PRINCIPALS), "The external systems that may call.")
            .like("{ owner: { token: { env: ELMA_OWNER } }, stranger: none }"),
        jobs(
            &Value::AnyOf(&[ABSENT, Value::Object(&ELMA_JOB)]),
            "{ short: { process: report-1, kind: sleep, runs: { at_least: 3s, at_most: 4s } }, queue: none }",
        ),
        CAPABILITIES,
        POLICY,
    ],
};

pub(super) static UIPATH: Shape = Shape {
    name: "the uipath block",
    doc: "The call modes of this server's API triggers.",
    keys: &[
        BASE,
        Key::optional("principals", Value::Object(&UIPATH_PRINCIPALS), "Who may call.")
            .like("{ owner: { bearer: { env: UIP_TOKEN } }, noview: none }"),
        Key::optional(
            "redirect_auth",
            Value::OneOrMore(&Value::Choice(&words(&RedirectAuth::WORDS))),
            "What the redirects of a held call ask for: `required`, a bearer like every call, `initial-only`, none. A \
             server has one of them; both may be named where the program starts a server for each case, as the \
             built-in mock.",
        )
        .like("required"),
        Key::optional(
            "hold",
            Value::AnyOf(&[ABSENT, Value::Object(&WINDOW)]),
            "How long a call is held; `none` if it never is.",
        )
        .like("{ at_least: 20s, at_most: 30s }"),
        Key::optional("cap", Value::AnyOf(&[ABSENT, Value::Duration]), "The longest job of a held call.")
            .like("15m"),
        jobs(
            &Value::AnyOf(&[ABSENT, Value::Object(&UIPATH_JOB)]),
            "{ short: { path: /t/short, verb: POST, mode: LongPolling, kind: sleep }, queue: none }",
        ),
        CAPABILITIES,
        POLICY,
    ],
};

pub(super) static HTTP: Shape = Shape {
    name: "the http block",
    doc: "An asynchronous HTTP API that a suite of its own judges.",
    keys: &[
        BASE,
        Key::optional(
            "principals",
            Value::Map(&Value::AnyOf(&[ABSENT, Value::Object(&HTTP_PRINCIPAL)])),
            "Who may call, under any names; without this key nobody needs a credential.",
        ).like("{ owner: { bearer: { env: JOBS_TOKEN } }, other: { query: { name: key, value: { file: key.txt } } } }"),
        CAPABILITIES,
        POLICY,
    ],
};

const BASE: Key = Key::required("base", Value::Text, "The URL that the protocol's paths are appended to.")
    .like("\"http://127.0.0.1:8080/api\"");
const CAPABILITIES: Key =
    Key::optional("capabilities", Value::Map(&Value::Bool), "Optional parts: `yes` or `no`.")
        .or("{}")
        .like("{ cancel: yes, versions: no }");
const POLICY: Key = Key::optional(
    "policy",
    Value::AnyOf(&[Value::Choice(&words(&Preset::WORDS)), Value::Map(&Value::Any)]),
    "The readings by which the server is judged: a preset, or keys.",
)
.or("{}")
.like("{ after_cancel: gone }");

const fn jobs(entry: &'static Value, example: &'static str) -> Key {
    Key::optional("jobs", Value::Map(entry), "The prepared jobs; a kind with `none` says there is none.")
        .or("{}")
        .like(example)
}

pub(super) static ELMA_PRINCIPALS: Shape = Shape {
    name: "the principals block of elma",
    doc: "The external systems that may call.",
    keys: &[
        Key::optional("owner", TOKEN_OR_NONE, "The system that creates tasks.")
            .like("{ token: { env: ELMA_OWNER } }"),
        Key::optional("stranger", TOKEN_OR_NONE, "Another valid system.")
            .like("{ token: { file: stranger.txt } }"),
        Key::optional("locked", TOKEN_OR_NONE, "A system that is blocked.").like("none"),
    ],
};

pub(super) static UIPATH_PRINCIPALS: Shape = Shape {
    name: "the principals block of uipath",
    doc: "Who may call.",
    keys: &[
        Key::optional("owner", BEARER_OR_NONE, "Somebody who may start jobs and view them.")
            .like("{ bearer: { env: UIP_TOKEN } }"),
        Key::optional("noview", BEARER_OR_NONE, "Somebody who may start jobs, but not view them.")
            .like("none"),
    ],
};

const TOKEN_OR_NONE: Value = Value::AnyOf(&[ABSENT, Value::Object(&TOKEN)]);
const BEARER_OR_NONE: Value = Value::AnyOf(&[ABSENT, Value::Object(&BEARER)]);

pub(super) static TOKEN: Shape = Shape {
    name: "a principal of elma",
    doc: "An external system.",
    keys: &[Key::required("token", SECRET, "The token that calls carry as `auth_tkn`.")
        .like("{ env: ELMA_OWNER }")],
};

pub(super) static BEARER: Shape = Shape {
    name: "a principal of uipath",
    doc: "Somebody with a bearer token.",
    keys: &[Key::required("bearer", SECRET, "The token behind `Authorization: Bearer`.")
        .like("{ env: UIP_TOKEN }")],
};

/// The ways in which a credential can travel, each under its key.
pub(super) static HTTP_PRINCIPAL: Shape = Shape {
    name: "a principal of http",
    doc: "Somebody with a credential of 8 characters or more, and where requests carry it: one of these keys.",
    keys: &[
        Key::optional("bearer", SECRET, "The token behind `Authorization: Bearer`.")
            .like("{ env: JOBS_TOKEN }"),
        Key::optional("basic", Value::Object(&BASIC), "Name and password behind `Authorization: Basic`.")
            .like("{ user: ann, password: { env: PASSWORD } }"),
        Key::optional("header", Value::Object(&NAMED_SECRET), "A header of any name.")
            .like("{ name: X-Api-Key, value: { env: KEY } }"),
        Key::optional("query", Value::Object(&NAMED_SECRET), "An entry of the query.")
            .like("{ name: key, value: { env: KEY } }"),
        Key::optional("json", Value::Object(&NAMED_SECRET), "A member of the JSON body, where there is one.")
            .like("{ name: token, value: { env: KEY } }"),
        Key::optional(
            "token",
            SECRET,
            "A text that scenarios put where it belongs, as `${{ principal.token }}`.",
        )
        .like("{ env: KEY }"),
    ],
};

pub(super) static BASIC: Shape = Shape {
    name: "a name with a password",
    doc: "What basic authentication sends (RFC 7617).",
    keys: &[
        Key::required("user", Value::Text, "The name; it must not hold a colon.").like("ann"),
        Key::required("password", SECRET, "The password.").like("{ env: PASSWORD }"),
    ],
};

pub(super) static NAMED_SECRET: Shape = Shape {
    name: "a named credential",
    doc: "A credential under a name.",
    keys: &[
        Key::required("name", Value::Text, "The name of the header, the entry or the member.")
            .like("X-Api-Key"),
        Key::required("value", SECRET, "What it holds.").like("{ env: KEY }"),
    ],
};

const SECRET: Value = Value::AnyOf(&[Value::Text, Value::Object(&SECRET_FILE)]);

pub(super) static SECRET_FILE: Shape = Shape {
    name: "a secret's file",
    doc: "A secret that stands in a file of its own.",
    keys: &[Key::required("file", Value::Text, "The file, below the target file's folder.")
        .like("secrets/owner.txt")],
};

pub(super) static WINDOW: Shape = Shape {
    name: "a length of time",
    doc: "A length of time, as far as it is known.",
    keys: &[
        Key::required("at_least", Value::Duration, "Never shorter.").like("20s"),
        Key::required("at_most", Value::Duration, "Never longer.").like("30s"),
    ],
};

pub(super) static TIMING: Shape = Shape {
    name: "the timing block",
    doc: "Paces and tolerances.",
    keys: &[
        Key::optional("poll", Value::Duration, "The time between two polls.").or("100ms").like("250ms"),
        Key::optional("prompt", Value::Duration, "Within this an answer comes that waits for no job.")
            .or("2s")
            .like("1s"),
        Key::optional("lag", Value::Duration, "How late a status may follow the end of its job.")
            .or("2s")
            .like("5s"),
        Key::optional("skew", Value::Duration, "How far the server's clock may be off.").or("5s").like("1s"),
        Key::optional("margin", Value::Duration, "What is added to a hold before it counts as overdue.")
            .or("1s")
            .like("500ms"),
    ],
};

pub(super) static LIMITS: Shape = Shape {
    name: "the limits block",
    doc: "What a run may ask of the server at most.",
    keys: &[
        Key::optional("concurrency", POSITIVE, "Cases at once.").or("8").like("2"),
        Key::optional(
            "requests_per_second",
            Value::AnyOf(&[ABSENT, POSITIVE]),
            "Requests in one second, over all cases.",
        )
        .or("none")
        .like("50"),
        Key::optional("jobs", Value::Integer, "Jobs created by one run.").or("2000").like("100"),
        Key::optional("longest_case", Value::Duration, "The longest that one case may keep the server busy.")
            .or("5m")
            .like("10m"),
        Key::optional("body", Value::Size, "The longest body of an answer, such as `8MiB`.")
            .or("8MiB")
            .like("1MiB"),
        Key::optional("origins", Value::List(&Value::Text), "Other origins that requests may go to, with the credentials that they carry; a request to any further one is not sent.")
            .or("[]")
            .like("[\"https://files.example\"]"),
    ],
};

pub(super) static DISTURBANCES: Shape = Shape {
    name: "the disturbances block",
    doc: "Answers of the infrastructure before the server that are tolerated.",
    keys: &[
        Key::optional("on", Value::List(&Value::Between(500, 599)), "Their status codes.")
            .or("[502]")
            .like("[502, 503]"),
        Key::optional("max_per_case", Value::Integer, "How many a case may meet.").or("3").like("1"),
    ],
};

pub(super) static HOOKS: Shape = Shape {
    name: "the hooks block",
    doc: "How the harness puts the server into a state: a command or a URL.",
    keys: &[
        Key::optional("command", Value::List(&Value::Text), "A program and its arguments.")
            .like("[./adapter, --quiet]"),
        Key::optional("url", Value::Text, "Where requests are sent to.")
            .like("\"http://127.0.0.1:9000/hooks\""),
        Key::optional("token", SECRET, "What requests to that URL show as their bearer.")
            .like("{ env: HOOKS_TOKEN }"),
    ],
};

macro_rules! job_keys {
    ($($own:expr),* $(,)?) => {
        &[
            $($own,)*
            Key::required("kind", Value::Choice(&words(&JobKind::WORDS)), "What the job is for.").like("sleep"),
            Key::optional("runs", Value::Object(&WINDOW), "How long it runs.").like("{ at_least: 3s, at_most: 4s }"),
            Key::optional("queued", Value::Object(&WINDOW), "How long it waits before it runs.").like("{ at_least: 2s, at_most: 3s }"),
            Key::optional("release", Value::Choice(&["hook"]), "It waits until a hook releases it.").like("hook"),
            Key::optional("output", Value::Any, "What it gives in the end.").like("{ rows: 12 }"),
            Key::optional("mark", Value::Text, "The argument that takes a unique text.").like("text_in"),
            Key::optional("error_contains", Value::Text, "A part of the error that it fails with.").like("no such customer"),
        ]
    };
}

pub(super) static ELMA_JOB: Shape = Shape {
    name: "a job of elma",
    doc: "A process that is prepared for the harness.",
    keys: job_keys![
        Key::required("process", Value::Text, "The id of the process.")
            .like("aaaaaaaa-0000-0000-0000-000000000001"),
        Key::optional("echoes", Value::Map(&Value::Text), "Inputs that come back, each with its output.")
            .or("{}")
            .like("{ text_in: text_out }"),
        Key::optional("files", Value::Map(&Value::Object(&FILE)), "The files that it leaves behind.")
            .or("{}")
            .like(
                "{ 12.txt: { sha256: \"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\" } }"
            ),
        Key::optional("versions", Value::Map(&Value::Object(&VERSION)), "What its versions give.")
            .or("{}")
            .like("{ \"1\": { output: { rows: 12 } } }"),
    ],
};

pub(super) static UIPATH_JOB: Shape = Shape {
    name: "a job of uipath",
    doc: "A trigger that is prepared for the harness.",
    keys: job_keys![
        Key::required("path", Value::Text, "The trigger's path, appended to `base`.").like("/t/short"),
        Key::required("verb", Value::Choice(VERBS), "The method that it is configured with.").like("POST"),
        Key::required("mode", Value::Choice(MODES), "The call mode that it is configured with.")
            .like("AsyncRequestReply"),
        Key::optional("echoes_at", Value::Text, "The JSON Pointer in the output where its arguments are.")
            .like("/echo"),
    ],
};

pub(super) const VERBS: &[&str] = &["GET", "POST", "PUT", "DELETE"];
pub(super) const MODES: &[&str] = &["AsyncRequestReply", "FireAndForget", "LongPolling"];

pub(super) static FILE: Shape = Shape {
    name: "a file",
    doc: "What is known of a file's bytes.",
    keys: &[
        Key::required("sha256", Value::Text, "Their SHA-256, in hexadecimal digits.")
            .like("\"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\""),
        Key::optional("size", Value::Integer, "How many there are.").like("1"),
    ],
};

pub(super) static VERSION: Shape = Shape {
    name: "a version",
    doc: "A version of a process.",
    keys: &[Key::required("output", Value::Any, "What it gives in the end.").like("{ rows: 12 }")],
};
