//! orchspec: a protocol conformance harness for task orchestrators.
//!
//! ```text
//! YAML text ─ scenario ─► Scenario ─ plan ─► TestCase ─ runner ─► Exchange ─ check ─► Finding ─ outcome ─► RunOutcome ─ report ─► text
//!                                    ▲                     │
//!                         target, requirement            http (sockets, TLS or streams in memory)
//!                                                          │
//!                                                        mock
//! ```
//!
//! # The modules, from the ground up
//!
//! - [`source`], [`diagnostic`]: places in files, and what is wrong there. A diagnostic is data; only `cli` prints it.
//! - [`clock`], [`system`]: time that can stand still, and everything else that the machine has. Nobody but `cli`
//!   implements [`system::System`].
//! - [`pattern`]: names with stars.
//! - [`json`], [`yaml`]: values and where they stand. Parsing gives a value *and* all diagnostics; it never gives up
//!   early and never panics. One table of keys serves decoder, messages and the editors' schemas.
//! - [`requirement`]: the numbered requirements, their levels, policies and capabilities.
//! - [`http`]: messages as plain data, a client that follows, repairs and hides nothing, and a listener for calls back.
//! - [`scenario`], [`target`]: the two kinds of files people write, decoded. Neither knows what comes of them.
//! - [`outcome`]: recorded results, already masked. [`outcome::verdict`] alone makes verdicts; nothing else looks at
//!   levels.
//! - [`profile`]: a protocol as the harness sees it: words to requests, answers to readings.
//! - [`check`]: expectations to judgements. A check sees one exchange, and does not know what is sent next.
//! - [`plan`]: everything that can be settled before the first request. Definitions never change afterwards.
//! - [`runner`]: sends, waits, judges. It prints nothing, writes nothing and never exits: it emits events and returns
//!   an outcome.
//! - [`comparison`]: several recorded runs beside each other: what differs, shards put together, vendors in columns.
//! - [`report`]: formats, as pure functions of outcome and sources.
//! - [`rule`]: the rules for clients. A rule sees what a client did, as data, and nothing else.
//! - [`mock`]: an orchestrator to be judged. It shares no code with the judge: if both used one encoder, one mistake
//!   would hide the other. Its engine is told the time. Embedded it is a session for each case; by itself it listens
//!   on sockets, with clocks, a journal and a control API, and judges its clients.
//! - [`client`]: the other side under judgement: situations, and an outcome of what the rules found there. It starts
//!   nothing.
//! - [`mutation`]: the mock with one defect after another, and which checks find it. It shows that the suite can fail.
//! - [`record`]: a real client's traffic through a proxy, written as a scenario. What the language cannot say is told,
//!   and no credential gets into a file.
//! - [`cli`]: arguments, files, printing, processes, exit codes. It alone may know everything.
//!
//! # Who may import what
//!
//! A module may name its own children and what its row lists; `tests/it/architecture.rs` reads this table.
//!
//! | module | may import |
//! |---|---|
//! | `source` | nothing |
//! | `json` | nothing |
//! | `clock` | nothing |
//! | `pattern` | nothing |
//! | `system` | nothing |
//! | `diagnostic` | `source` |
//! | `yaml` | `source`, `diagnostic`, `clock` |
//! | `requirement` | `source`, `diagnostic`, `yaml` |
//! | `http` | `clock` |
//! | `scenario` | `source`, `diagnostic`, `yaml`, `json`, `clock`, `requirement` |
//! | `target` | `source`, `diagnostic`, `yaml`, `json`, `clock`, `system`, `requirement`, `http::url`, `http::proxy` |
//! | `outcome` | `source`, `diagnostic`, `yaml`, `json`, `clock`, `requirement`, `http::message` |
//! | `profile` | `source`, `diagnostic`, `yaml`, `json`, `clock`, `requirement`, `target`, `http::message` |
//! | `check` | `source`, `diagnostic`, `yaml`, `json`, `clock`, `requirement`, `http::message`, `http::url`, `scenario`, `target`, `profile`, `outcome` |
//! | `plan` | `source`, `diagnostic`, `yaml`, `json`, `clock`, `pattern`, `requirement`, `http::message`, `scenario`, `target`, `profile`, `outcome`, `check` |
//! | `runner` | `source`, `diagnostic`, `json`, `clock`, `system`, `requirement`, `http`, `scenario`, `target`, `profile`, `outcome`, `check`, `plan` |
//! | `comparison` | `source`, `diagnostic`, `requirement`, `outcome` |
//! | `report` | `source`, `diagnostic`, `json`, `clock`, `requirement`, `http::message`, `outcome`, `comparison` |
//! | `rule` | `json`, `clock`, `requirement`, `http::url`, `outcome` |
//! | `mock` | `source`, `diagnostic`, `yaml`, `json`, `clock`, `pattern`, `requirement`, `http::message`, `http::url`, `outcome`, `rule` |
//! | `client` | `source`, `diagnostic`, `yaml`, `json`, `clock`, `requirement`, `http::url`, `outcome`, `rule`, `mock` |
//! | `mutation` | `system`, `requirement`, `http`, `target`, `outcome`, `plan`, `runner`, `mock` |
//! | `record` | `source`, `yaml`, `clock`, `requirement`, `http`, `scenario`, `target`, `profile`, `outcome`, `check` |
//! | `cli` | everything |

pub mod check;
pub mod cli;
pub mod client;
pub mod clock;
pub mod comparison;
pub mod diagnostic;
pub mod http;
pub mod json;
pub mod mock;
pub mod mutation;
pub mod outcome;
pub mod pattern;
pub mod plan;
pub mod profile;
pub mod record;
pub mod report;
pub mod requirement;
pub mod rule;
pub mod runner;
pub mod scenario;
pub mod source;
pub mod system;
pub mod target;
pub mod yaml;
