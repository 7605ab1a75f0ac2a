//! The words that every format for people uses: exchanges, times, numbers of things, and how to repeat a case.

use std::time::Duration;

use super::curl::quote;
use super::known;
use crate::clock::format_duration;
use crate::outcome::{RecordedAnswer, RecordedExchange, RequirementOutcome, RunOutcome};

/// What stands above requirements that were not asked of the server; each reason says why.
pub const UNSUPPORTED: &str = "not asked of this server";

/// One exchange in a line: `POST /task/cancel answered 200 in 12 ms`.
pub fn exchange(exchange: &RecordedExchange) -> String {
    format!("{} {}", request(exchange), answer(exchange))
}

/// Method and path: `POST /v1/orchestra/task/cancel`.
pub fn request(exchange: &RecordedExchange) -> String {
    format!("{} {}", exchange.method, path(&exchange.url))
}

/// What came of a request: `answered 200 in 12 ms`, or in words why nothing did.
pub fn answer(exchange: &RecordedExchange) -> String {
    let took = exchange.complete.saturating_sub(exchange.sent);
    let answer = match &exchange.answer {
        RecordedAnswer::Response { status, .. } => format!("answered {status} in {}", time(took)),
        // Who gave up at once did not wait.
        RecordedAnswer::None(reason) if took.as_millis() == 0 => format!("got no answer: {reason}"),
        RecordedAnswer::None(reason) => format!("got no answer after {}: {reason}", time(took)),
    };
    let notes: Vec<&str> = exchange.note.iter().chain(&exchange.oddities).map(String::as_str).collect();
    if notes.is_empty() { answer } else { format!("{answer} ({})", notes.join(", ")) }
}

/// A URL without the part that is the same for the whole target.
pub fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or(url, |slash| &rest[slash..])
}

/// A duration as people say it: `12 ms`, `1.25 s`, `15m`.
pub fn time(duration: Duration) -> String {
    match duration.as_millis() {
        0 if duration.is_zero() => "0 ms".to_owned(),
        0 => "under 1 ms".to_owned(),
        milliseconds @ 1..1000 => format!("{milliseconds} ms"),
        1000..60_000 => format!("{:.2} s", duration.as_secs_f64()),
        _ => format_duration(Duration::from_secs(duration.as_secs())),
    }
}

/// A moment of a case, counted from its start: `+12 ms`. What is shorter than anybody notices is its start.
pub fn moment(since: Duration) -> String {
    let since = if since.as_millis() == 0 { Duration::ZERO } else { since };
    format!("+{}", time(since))
}

/// `ELMA-CANCEL-03 (MUST): a foreign cancel is refused and has no effect`.
pub fn requirement(requirement: &RequirementOutcome) -> String {
    format!("{} ({}): {}", requirement.id, requirement.level, statement(&requirement.statement))
}

/// A text in one line, cut to so many characters.
pub fn shortened(text: &str, characters: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// A registry's sentence the way messages are written: without its full stop.
pub fn statement(sentence: &str) -> &str {
    sentence.trim_end().trim_end_matches('.')
}

/// Who was judged, and what came of it: `Acme Orchestrator 4.2: violated`.
pub fn verdict(outcome: &RunOutcome) -> String {
    let identity = outcome.target.identity.trim();
    let whom = if identity.is_empty() { "a server without `identity`" } else { identity };
    format!("{whom}: {}", outcome.gate.exit.word())
}

/// The gate in a line: `gate violated: …`.
pub fn gate(outcome: &RunOutcome) -> String {
    let because: Vec<&str> = outcome.gate.because.iter().map(String::as_str).collect();
    let because = match because.len() {
        0 => held(outcome),
        1..=SHOWN_REASONS => because.join("; "),
        more => format!("{}; and {} more", because[..SHOWN_REASONS].join("; "), more - SHOWN_REASONS),
    };
    let part =
        outcome.selection.shard.as_ref().map(|shard| format!(" for shard {shard}")).unwrap_or_default();
    format!("gate {}{part}: {because}", outcome.gate.exit.word())
}

/// A number that can be judged, rather than praise: a run that shows little must look like it.
fn held(outcome: &RunOutcome) -> String {
    let musts = || outcome.counts.iter().filter(|(level, _)| level.is_must()).map(|(_, counts)| counts);
    let held: usize = musts().map(|counts| counts.held).sum();
    let attainable: usize = musts().map(|counts| counts.attainable).sum();
    match known::excused(outcome) {
        None => format!("{held} of {attainable} attainable MUSTs held, none is violated or undecided"),
        Some(excused) => {
            format!(
                "{held} of {attainable} attainable MUSTs held, {excused}, no other is violated or undecided"
            )
        }
    }
}

const SHOWN_REASONS: usize = 3;

/// The command that runs these cases again.
pub fn rerun(cases: &[&str], outcome: &RunOutcome) -> String {
    let is_of_client = outcome.is_of_client();
    // Who worked with a mock as he liked must do so again.
    if is_of_client && outcome.volatile.rerun.is_empty() {
        return "orchspec mock".to_owned();
    }
    let mut words = vec!["orchspec".to_owned(), if is_of_client { "client run" } else { "run" }.to_owned()];
    words.extend(cases.iter().map(|case| if is_of_client { option(case) } else { quote(case) }));
    words.extend(outcome.volatile.rerun.iter().map(|argument| quote(argument)));
    words.join(" ")
}

/// A situation, or a filter that is an option by itself.
fn option(case: &str) -> String {
    let (name, value) =
        case.split_once(' ').filter(|(name, _)| name.starts_with("--")).unwrap_or(("--situation", case));
    format!("{name} {}", quote(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "0 ms")]
    #[case(400, "under 1 ms")]
    #[case(12_000, "12 ms")]
    #[case(999_999, "999 ms")]
    #[case(1_250_000, "1.25 s")]
    #[case(900_400_000, "15m")]
    fn times_are_as_exact_as_anybody_needs(#[case] micros: u64, #[case] expected: &str) {
        assert_eq!(time(Duration::from_micros(micros)), expected);
    }

    #[rstest]
    #[case("http://127.0.0.1:80/v1/task", "/v1/task")]
    #[case("http://127.0.0.1:80", "http://127.0.0.1:80")]
    #[case("/relative", "/relative")]
    fn paths_leave_out_the_origin(#[case] url: &str, #[case] expected: &str) {
        assert_eq!(path(url), expected);
    }
}
