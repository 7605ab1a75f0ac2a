//! What a target file may hold: one table for the decoder, its messages, `--set` and the editors' schema.

use super::{JobKind, RedirectAuth};
use crate::requirement::Preset;
use crate::yaml::{Key, Shape, Value, words};

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
        Key::required("target", Value::Integer, "The version of this form: 1."),
        Key::optional("identity", Value::Object(&IDENTITY), "Who made the server."),
        Key::optional("elma", Value::Object(&ELMA), "The ELMA RPA task queue, if the server speaks it."),
        Key::optional("uipath", Value::Object(&UIPATH), "The call modes of API triggers, if it speaks them."),
        Key::optional(
            "http",
            Value::Object(&HTTP),
            "Any other asynchronous HTTP API, for a suite of its own.",
        ),
        Key::optional("tls", Value::Object(&TLS), "How TLS connections are made."),
        Key::optional(
            "proxy",
            Value::AnyOf(&[Value::Choice(&[ENVIRONMENT, NONE]), Value::Object(&PROXY)]),
            "The proxies on the way: those of the environment, `none`, or one's own.",
        ),
        Key::optional("timing", Value::Object(&TIMING), "Paces and tolerances."),
        Key::optional("callback", Value::Object(&CALLBACK), "Where the harness listens for call-backs."),
        Key::optional("limits", Value::Object(&LIMITS), "What a run may ask of the server at most."),
        Key::optional(
            "disturbances",
            Value::Object(&DISTURBANCES),
            "Answers of the infrastructure that are tolerated.",
        ),
        Key::optional(
            "hooks",
            Value::AnyOf(&[ABSENT, Value::Object(&HOOKS)]),
            "How the harness puts the server into a state.",
        ),
    ],
};

pub(super) static IDENTITY: Shape = Shape {
    name: "an identity",
    doc: "Who made the server.",
    keys: &[
        Key::optional("organization", Value::Text, "The organization."),
        Key::optional("product", Value::Text, "The product; also the name of its snapshots' folder."),
        Key::optional("version", Value::Text, "The version."),
    ],
};

pub(super) static ELMA: Shape = Shape {
    name: "the elma block",
    doc: "The ELMA RPA task queue of this server.",
    keys: &[
        BASE,
        Key::optional("principals", Value::Object(&ELMA_PRINCIPALS), "The external systems that may call."),
        jobs(&Value::AnyOf(&[ABSENT, Value::Object(&ELMA_JOB)])),
        CAPABILITIES,
        POLICY,
    ],
};

pub(super) static UIPATH: Shape = Shape {
    name: "the uipath block",
    doc: "The call modes of this server's API triggers.",
    keys: &[
        BASE,
        Key::optional("principals", Value::Object(&UIPATH_PRINCIPALS), "Who may call."),
        Key::optional(
            "redirect_auth",
            Value::OneOrMore(&Value::Choice(&words(&RedirectAuth::WORDS))),
            "What the redirects of a held call ask for.",
        ),
        Key::optional(
            "hold",
            Value::AnyOf(&[ABSENT, Value::Object(&WINDOW)]),
            "How long a call is held; `none` if it never is.",
        ),
        Key::optional("cap", Value::AnyOf(&[ABSENT, Value::Duration]), "The longest job of a held call."),
        jobs(&Value::AnyOf(&[ABSENT, Value::Object(&UIPATH_JOB)])),
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
        ),
        CAPABILITIES,
        POLICY,
    ],
};

const BASE: Key = Key::required("base", Value::Text, "The URL that the protocol's paths are appended to.");
const CAPABILITIES: Key =
    Key::optional("capabilities", Value::Map(&Value::Bool), "Optional parts: `yes` or `no`.");
const POLICY: Key = Key::optional(
    "policy",
    Value::AnyOf(&[Value::Choice(&words(&Preset::WORDS)), Value::Map(&Value::Any)]),
    "The readings by which the server is judged: a preset, or keys.",
);

const fn jobs(entry: &'static Value) -> Key {
    Key::optional("jobs", Value::Map(entry), "The prepared jobs; a kind with `none` says there is none.")
}

pub(super) static ELMA_PRINCIPALS: Shape = Shape {
    name: "the principals block of elma",
    doc: "The external systems that may call.",
    keys: &[
        Key::optional("owner", TOKEN_OR_NONE, "The system that creates tasks."),
        Key::optional("stranger", TOKEN_OR_NONE, "Another valid system."),
        Key::optional("locked", TOKEN_OR_NONE, "A system that is blocked."),
    ],
};

pub(super) static UIPATH_PRINCIPALS: Shape = Shape {
    name: "the principals block of uipath",
    doc: "Who may call.",
    keys: &[
        Key::optional("owner", BEARER_OR_NONE, "Somebody who may start jobs and view them."),
        Key::optional("noview", BEARER_OR_NONE, "Somebody who may start jobs, but not view them."),
    ],
};

const TOKEN_OR_NONE: Value = Value::AnyOf(&[ABSENT, Value::Object(&TOKEN)]);
const BEARER_OR_NONE: Value = Value::AnyOf(&[ABSENT, Value::Object(&BEARER)]);

pub(super) static TOKEN: Shape = Shape {
    name: "a principal of elma",
    doc: "An external system.",
    keys: &[Key::required("token", SECRET, "The token that calls carry as `auth_tkn`.")],
};

pub(super) static BEARER: Shape = Shape {
    name: "a principal of uipath",
    doc: "Somebody with a bearer token.",
    keys: &[Key::required("bearer", SECRET, "The token behind `Authorization: Bearer`.")],
};

/// The ways in which a credential can travel, each under its key.
pub(super) static HTTP_PRINCIPAL: Shape = Shape {
    name: "a principal of http",
    doc: "Somebody with a credential, and where requests carry it: one of these keys.",
    keys: &[
        Key::optional("bearer", SECRET, "The token behind `Authorization: Bearer`."),
        Key::optional("basic", Value::Object(&BASIC), "Name and password behind `Authorization: Basic`."),
        Key::optional("header", Value::Object(&NAMED_SECRET), "A header of any name."),
        Key::optional("query", Value::Object(&NAMED_SECRET), "An entry of the query."),
        Key::optional("json", Value::Object(&NAMED_SECRET), "A member of the JSON body, where there is one."),
        Key::optional(
            "token",
            SECRET,
            "A text that scenarios put where it belongs, as `${{ principal.token }}`.",
        ),
    ],
};

pub(super) static BASIC: Shape = Shape {
    name: "a name with a password",
    doc: "What basic authentication sends (RFC 7617).",
    keys: &[
        Key::required("user", Value::Text, "The name; it must not hold a colon."),
        Key::required("password", SECRET, "The password."),
    ],
};

pub(super) static NAMED_SECRET: Shape = Shape {
    name: "a named credential",
    doc: "A credential under a name.",
    keys: &[
        Key::required("name", Value::Text, "The name of the header, the entry or the member."),
        Key::required("value", SECRET, "What it holds."),
    ],
};

const SECRET: Value = Value::AnyOf(&[Value::Text, Value::Object(&SECRET_FILE)]);

pub(super) static SECRET_FILE: Shape = Shape {
    name: "a secret's file",
    doc: "A secret that stands in a file of its own.",
    keys: &[Key::required("file", Value::Text, "The file, below the target file's folder.")],
};

pub(super) static WINDOW: Shape = Shape {
    name: "a length of time",
    doc: "A length of time, as far as it is known.",
    keys: &[
        Key::required("at_least", Value::Duration, "Never shorter."),
        Key::required("at_most", Value::Duration, "Never longer."),
    ],
};

pub(super) static TLS: Shape = Shape {
    name: "the tls block",
    doc: "How TLS connections are made.",
    keys: &[
        Key::optional(
            "ca",
            Value::Text,
            "A PEM file of certificates to trust besides the system's, or the PEM text itself; or `none`.",
        ),
        Key::optional(
            "client_cert",
            Value::AnyOf(&[ABSENT, Value::Object(&CLIENT_CERTIFICATE)]),
            "What the client shows.",
        ),
        Key::optional("insecure", Value::Bool, "Takes any certificate."),
    ],
};

pub(super) static CLIENT_CERTIFICATE: Shape = Shape {
    name: "a client certificate",
    doc: "What the client shows.",
    keys: &[
        Key::required(
            "cert",
            Value::Text,
            "A PEM file of the certificate and its chain, or the PEM text itself.",
        ),
        Key::required(
            "key",
            Value::Text,
            "A PEM file of the private key, or the PEM text itself, as from a variable.",
        ),
    ],
};

pub(super) static PROXY: Shape = Shape {
    name: "the proxy block",
    doc: "The proxies on the way to the server; what is left out is as the environment says.",
    keys: &[
        Key::optional(
            "url",
            Value::Text,
            "The proxy for all requests, such as `http://proxy.example:3128`; without it `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY` name it.",
        ),
        Key::optional(
            "credentials",
            Value::Object(&BASIC),
            "What a proxy is shown that asks for credentials.",
        ),
        Key::optional(
            "no_proxy",
            Value::OneOrMore(&Value::Text),
            "What is reached directly, written as in `NO_PROXY`: `host`, `.domain`, `10.0.0.0/8`, `*`.",
        ),
        Key::optional(
            "loopback",
            Value::Bool,
            "Whether even this machine itself is reached through a proxy.",
        ),
    ],
};

pub(super) static TIMING: Shape = Shape {
    name: "the timing block",
    doc: "Paces and tolerances.",
    keys: &[
        Key::optional("poll", Value::Duration, "The time between two polls."),
        Key::optional("prompt", Value::Duration, "Within this an answer comes that waits for no job."),
        Key::optional("lag", Value::Duration, "How late a status may follow the end of its job."),
        Key::optional("skew", Value::Duration, "How far the server's clock may be off."),
        Key::optional("margin", Value::Duration, "What is added to a hold before it counts as overdue."),
    ],
};

pub(super) static CALLBACK: Shape = Shape {
    name: "the callback block",
    doc: "Where the harness listens for calls of the server, over plain HTTP; only in runs whose scenarios wait for some.",
    keys: &[
        Key::optional("port", Value::Integer, "The port; any free one, if left out."),
        Key::optional(
            "address",
            Value::Text,
            "The IP address to listen at; 127.0.0.1, which only this machine reaches, if left out.",
        ),
        Key::optional(
            "url",
            Value::Text,
            "The URL by which the server reaches that, if it is another: behind a proxy, or from a container.",
        ),
    ],
};

pub(super) static LIMITS: Shape = Shape {
    name: "the limits block",
    doc: "What a run may ask of the server at most.",
    keys: &[
        Key::optional("concurrency", Value::Integer, "Cases at once."),
        Key::optional(
            "requests_per_second",
            Value::AnyOf(&[ABSENT, Value::Integer]),
            "Requests in one second, over all cases.",
        ),
        Key::optional("jobs", Value::Integer, "Jobs created by one run."),
        Key::optional("longest_case", Value::Duration, "The longest that one case may keep the server busy."),
        Key::optional("body", Value::Text, "The longest body of an answer, such as `8MiB`."),
        Key::optional("origins", Value::List(&Value::Text), "Other origins that may see credentials."),
    ],
};

pub(super) static DISTURBANCES: Shape = Shape {
    name: "the disturbances block",
    doc: "Answers of the infrastructure before the server that are tolerated.",
    keys: &[
        Key::optional("on", Value::List(&Value::Integer), "Their status codes."),
        Key::optional("max_per_case", Value::Integer, "How many a case may meet."),
    ],
};

pub(super) static HOOKS: Shape = Shape {
    name: "the hooks block",
    doc: "How the harness puts the server into a state: a command or a URL.",
    keys: &[
        Key::optional("command", Value::List(&Value::Text), "A program and its arguments."),
        Key::optional("url", Value::Text, "Where requests are sent to."),
        Key::optional("token", SECRET, "What requests to that URL show as their bearer."),
    ],
};

macro_rules! job_keys {
    ($($own:expr),* $(,)?) => {
        &[
            $($own,)*
            Key::required("kind", Value::Choice(&words(&JobKind::WORDS)), "What the job is for."),
            Key::optional("runs", Value::Object(&WINDOW), "How long it runs."),
            Key::optional("queued", Value::Object(&WINDOW), "How long it waits before it runs."),
            Key::optional("release", Value::Choice(&["hook"]), "It waits until a hook releases it."),
            Key::optional("output", Value::Any, "What it gives in the end."),
            Key::optional("mark", Value::Text, "The argument that takes a unique text."),
            Key::optional("error_contains", Value::Text, "A part of the error that it fails with."),
        ]
    };
}

pub(super) static ELMA_JOB: Shape = Shape {
    name: "a job of elma",
    doc: "A process that is prepared for the harness.",
    keys: job_keys![
        Key::required("process", Value::Text, "The id of the process."),
        Key::optional("echoes", Value::Map(&Value::Text), "Inputs that come back, each with its output."),
        Key::optional("files", Value::Map(&Value::Object(&FILE)), "The files that it leaves behind."),
        Key::optional("versions", Value::Map(&Value::Object(&VERSION)), "What its versions give."),
    ],
};

pub(super) static UIPATH_JOB: Shape = Shape {
    name: "a job of uipath",
    doc: "A trigger that is prepared for the harness.",
    keys: job_keys![
        Key::required("path", Value::Text, "The trigger's path, appended to `base`."),
        Key::required("verb", Value::Choice(VERBS), "The method that it is configured with."),
        Key::required("mode", Value::Choice(MODES), "The call mode that it is configured with."),
        Key::optional("echoes_at", Value::Text, "The JSON Pointer in the output where its arguments are."),
    ],
};

pub(super) const VERBS: &[&str] = &["GET", "POST", "PUT", "DELETE"];
pub(super) const MODES: &[&str] = &["AsyncRequestReply", "FireAndForget", "LongPolling"];

pub(super) static FILE: Shape = Shape {
    name: "a file",
    doc: "What is known of a file's bytes.",
    keys: &[
        Key::required("sha256", Value::Text, "Their SHA-256, in hexadecimal digits."),
        Key::optional("size", Value::Integer, "How many there are."),
    ],
};

pub(super) static VERSION: Shape = Shape {
    name: "a version",
    doc: "A version of a process.",
    keys: &[Key::required("output", Value::Any, "What it gives in the end.")],
};
