//! Counters and gauges of a mock in the text form of Prometheus.

use std::fmt::Write as _;

use super::Steering;
use crate::mock::engine::State;
use crate::mock::server::Session;

/// What such a text is.
pub(super) const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// One metric: its name, whether it only grows, what it says, and its values for a session.
struct Metric {
    name: &'static str,
    kind: &'static str,
    help: &'static str,
    values: fn(&Session) -> Vec<(Labels, f64)>,
}

type Labels = Vec<(&'static str, String)>;

const METRICS: &[Metric] = &[
    Metric {
        name: "requests_total",
        kind: "counter",
        help: "Requests to the protocols that were answered, by operation and status code.",
        values: requests,
    },
    Metric {
        name: "foreign_requests_total",
        kind: "counter",
        help: "Requests to the origin that no credential may be sent to.",
        values: |session| one(session.count().foreign),
    },
    Metric {
        name: "journal_dropped_total",
        kind: "counter",
        help: "Entries that the journal has dropped because it was full.",
        values: |session| one(session.finished().dropped),
    },
    Metric {
        name: "faults_fired_total",
        kind: "counter",
        help: "Calls that met a fault, by rule of the fault plan.",
        values: faults,
    },
    Metric {
        name: "parked_calls",
        kind: "gauge",
        help: "Calls that wait for a job.",
        values: |session| one(session.count().parked as u64),
    },
    Metric { name: "jobs", kind: "gauge", help: "Jobs that are remembered, by state.", values: jobs },
    Metric {
        name: "clock_seconds",
        kind: "gauge",
        help: "Where the mock's clock stands.",
        values: |session| vec![(Vec::new(), session.now().as_secs_f64())],
    },
];

/// The whole text.
pub(super) fn text(steering: &Steering) -> String {
    let names = steering.sessions.names();
    let sessions: Vec<(&str, Session)> =
        names.iter().filter_map(|name| Some((name.as_str(), steering.sessions.find(name)?))).collect();
    let mut text = String::new();
    head(&mut text, "connections", "gauge", "Connections that are open, to all listeners.");
    sample(&mut text, "connections", &Vec::new(), number(steering.room.taken() as u64));
    for metric in METRICS {
        head(&mut text, metric.name, metric.kind, metric.help);
        for (name, session) in &sessions {
            for (mut labels, value) in (metric.values)(session) {
                labels.insert(0, ("session", (*name).to_owned()));
                sample(&mut text, metric.name, &labels, value);
            }
        }
    }
    text
}

fn requests(session: &Session) -> Vec<(Labels, f64)> {
    let answers = session.answers().into_iter();
    answers
        .map(|((operation, status), count)| {
            let operation = operation.unwrap_or("none").to_owned();
            (vec![("operation", operation), ("status", status.to_string())], number(count))
        })
        .collect()
}

fn faults(session: &Session) -> Vec<(Labels, f64)> {
    let counts = session.faults().into_iter();
    counts.map(|count| (vec![("rule", count.name.to_string())], number(count.fired))).collect()
}

fn jobs(session: &Session) -> Vec<(Labels, f64)> {
    let states = session.states();
    let count = |word: &str| states.iter().filter(|state| state.word() == word).count() as u64;
    State::WORDS.iter().map(|(word, _)| (vec![("state", (*word).to_owned())], number(count(word)))).collect()
}

fn one(value: u64) -> Vec<(Labels, f64)> {
    vec![(Vec::new(), number(value))]
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a metric is a float, and nobody counts up to where that loses anything"
)]
fn number(value: u64) -> f64 {
    value as f64
}

/// Writing to a text cannot fail.
fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP orchspec_mock_{name} {help}\n# TYPE orchspec_mock_{name} {kind}");
}

/// A value as it stands between quotation marks: the name of a rule may be any text.
fn escaped(value: &str) -> String {
    value.replace('\\', r"\\").replace('"', r#"\""#).replace('\n', r"\n")
}

fn sample(text: &mut String, name: &str, labels: &Labels, value: f64) {
    let labels: Vec<String> =
        labels.iter().map(|(label, value)| format!("{label}=\"{}\"", escaped(value))).collect();
    let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
    let _ = writeln!(text, "orchspec_mock_{name}{labels} {value}");
}
