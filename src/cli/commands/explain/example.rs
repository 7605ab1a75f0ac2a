//! A passing and a failing exchange, from a run of the mock with a defect.

use std::fmt::Write as _;

use super::Asked;
use crate::mock::Defect;
use crate::mutation::{Baseline, Example, example};
use crate::outcome::{Finding, Recorded, RecordedAnswer, RecordedExchange};
use crate::report::describe::{self, shortened};
use crate::runner::Interrupt;

const SHOWN_CHARACTERS: usize = 320;

/// The first wanted violation that one of these defects leads to, beside what is right; nothing if none does.
pub(super) fn render<'d>(
    asked: &Asked<'_>,
    defects: impl IntoIterator<Item = &'d &'static Defect>,
    wanted: &dyn Fn(&Finding) -> bool,
) -> String {
    let mut defects = defects.into_iter().peekable();
    if defects.peek().is_none() {
        return String::new();
    }
    let bench = asked.stand.bench(Interrupt::new().1);
    let Ok(baseline) = Baseline::take(&bench) else { return String::new() };
    let found = defects.find_map(|defect| {
        let example = example(&bench, &baseline, defect, wanted).ok().flatten()?;
        Some(page(defect, &example))
    });
    found.unwrap_or_default()
}

fn page(defect: &Defect, example: &Example) -> String {
    let Example { case, finding, failing, passing } = example;
    let mut text = format!("  example, from {case}, step {}:\n", finding.step);
    if let Some(passing) = passing {
        let _ = write!(text, "    passes\n{}", written(passing));
    }
    let _ = write!(text, "    fails with {}\n{}", defect.id, written(failing));
    let Finding { place, expected, actual, .. } = finding;
    let _ = writeln!(text, "      at {place}: expected {expected}, actual {actual}");
    text
}

/// An exchange as it stands on the wire, but for what is masked and cut.
fn written(exchange: &RecordedExchange) -> String {
    let mut text = format!("      > {} {}\n", exchange.method, describe::path(&exchange.url));
    text.push_str(&message('>', &exchange.request));
    match &exchange.answer {
        RecordedAnswer::Response { status, message: answer } => {
            let took = describe::time(exchange.complete.saturating_sub(exchange.sent));
            let _ = writeln!(text, "      < {status}, in {took}");
            text.push_str(&message('<', answer));
        }
        RecordedAnswer::None(reason) => {
            let _ = writeln!(text, "      < no answer: {reason}");
        }
    }
    text
}

fn message(sign: char, message: &Recorded) -> String {
    let mut text = String::new();
    for (name, value) in &message.headers {
        let _ = writeln!(text, "      {sign} {name}: {value}");
    }
    if message.body_length > 0 {
        let _ = writeln!(text, "      {sign} {}", shortened(&message.body, SHOWN_CHARACTERS));
    }
    text
}
