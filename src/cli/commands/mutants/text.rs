//! The kill matrix for people: what is wrong first, the exact counts last.

use std::fmt::Write as _;

use anstyle::Style;

use crate::mutation::{Broken, Fate, Kill, KillMatrix, Mutant, Score, Totals};
use crate::outcome::phrase::{count, first_of};
use crate::report::Palette;
use crate::report::palette::paint;
use crate::requirement::RequirementId;

/// The mutants that were not killed rightly, or `all` of them, and what the matrix comes to.
pub(super) fn render(matrix: &KillMatrix, all: bool, palette: &Palette) -> String {
    let mut text = String::new();
    let shown = matrix.mutants.iter().filter(|mutant| all || mutant.fate() != Fate::Killed);
    shown.for_each(|mutant| text.push_str(&entry(mutant, palette)));
    if !text.is_empty() {
        text.push('\n');
    }
    if matrix.whole {
        text.push_str(&listed("MUSTs without a defect", &without_defect(matrix)));
        let idle: Vec<String> = matrix.idle().map(idle).collect();
        text.push_str(&listed("scenarios without which the same mutants die", &idle));
    }
    text.push_str(&summary(matrix, palette));
    text
}

fn entry(mutant: &Mutant, palette: &Palette) -> String {
    let fate = mutant.fate();
    let mut text = format!("{}  {}\n", paint(style(fate, palette), fate.words()), mutant.defect.id);
    let mut line = |line: &str| {
        let _ = writeln!(text, "    {line}");
    };
    match fate {
        Fate::Killed => line(&by(mutant)),
        Fate::Equivalent(reason) => line(reason),
        Fate::Survived | Fate::WrongReason => {
            line(mutant.defect.sentence);
            line(&format!("breaks {}", mutant.defect.requirements.join(", ")));
            mutant.strays.iter().take(SHOWN_STRAYS).for_each(|stray| line(&violated(stray)));
            line(&format!("tried in {}", count(mutant.tried, "case")));
        }
    }
    text
}

const SHOWN_STRAYS: usize = 3;

/// `ELMA-CANCEL-03 at result, in elma/cancel/foreign and 2 more`.
fn by(mutant: &Mutant) -> String {
    let Some(first) = mutant.kills.first() else { return String::new() };
    format!("{} at {}, in {}", ids(first), first.place, first_of(&mutant.killers(), 1))
}

fn violated(kill: &Kill) -> String {
    format!("violated instead: {} at {}, in {}", ids(kill), kill.place, kill.case)
}

fn ids(kill: &Kill) -> String {
    let ids: Vec<&str> = kill.requirements.iter().map(RequirementId::as_str).collect();
    if ids.is_empty() { "a control".to_owned() } else { ids.join(", ") }
}

fn style(fate: Fate, palette: &Palette) -> Style {
    match fate {
        Fate::Killed => palette.good,
        Fate::Equivalent(_) => palette.faint,
        Fate::Survived | Fate::WrongReason => palette.bad,
    }
}

fn without_defect(matrix: &KillMatrix) -> Vec<String> {
    let bare = |own: &&Broken| own.is_testable_must() && own.defects.is_empty();
    matrix.requirements.iter().filter(bare).map(|own| own.id.to_string()).collect()
}

fn idle(score: &Score) -> String {
    match score.kills.as_slice() {
        [] => format!("{}: kills nothing", score.id),
        kills => format!("{}: kills only {}, which die before it runs", score.id, first_of(kills, 3)),
    }
}

fn listed(heading: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    format!("{heading}:\n{lines}\n")
}

fn summary(matrix: &KillMatrix, palette: &Palette) -> String {
    let Totals { mutants, killed, wrong_reason, survived, equivalent } = matrix.totals();
    let style = if matrix.is_satisfied() { palette.good } else { palette.bad };
    let first = format!(
        "{killed} of {} killed, {wrong_reason} for the wrong reason, {survived} survived, {equivalent} equivalent",
        count(mutants, "mutant")
    );
    let mut text = format!("{}\n", paint(style, &first));
    if matrix.interrupted {
        text.push_str("incomplete: the measurement was interrupted\n");
    }
    if matrix.whole {
        text.push_str(&goals(matrix));
    }
    text
}

/// What only the whole matrix can say.
fn goals(matrix: &KillMatrix) -> String {
    let musts = || matrix.requirements.iter().filter(|own| own.is_testable_must());
    let broken = musts().filter(|own| !own.defects.is_empty()).count();
    let (scenarios, idle) = (matrix.scenarios.len(), matrix.idle().count());
    format!(
        "{broken} of {} with a defect\n{} of {} with a mutant that nothing before it kills\n",
        count(musts().count(), "MUST"),
        scenarios - idle,
        count(scenarios, "scenario")
    )
}
