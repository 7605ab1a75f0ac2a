//! The kill matrix as one JSON document, as `schemas/mutants.json` describes it.

use serde::Serialize;

use crate::mock::Defect;
use crate::mutation::{Broken, Fate, Kill, KillMatrix, Mutant, Score, Totals};
use crate::requirement::RequirementId;

/// What `schema` says in every document of this form.
const SCHEMA: &str = "orchspec/mutants/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool,
    suite: Suite<'a>,
    complete: bool,
    totals: Counted,
    mutants: Vec<Attempted<'a>>,
    scenarios: Vec<Scored<'a>>,
    cases: Vec<Scored<'a>>,
    requirements: Vec<Requirement<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Suite<'a> {
    digest: &'a str,
}

#[derive(Serialize)]
struct Counted {
    mutants: usize,
    killed: usize,
    wrong_reason: usize,
    survived: usize,
    equivalent: usize,
}

#[derive(Serialize)]
struct Attempted<'a> {
    defect: &'a str,
    sentence: &'a str,
    requirements: &'a [&'a str],
    provenance: Origin,
    fate: &'static str,
    because: Option<&'static str>,
    tried_in: usize,
    kills: Vec<Violated<'a>>,
    strays: Vec<Violated<'a>>,
}

#[derive(Serialize)]
struct Origin {
    kind: &'static str,
    source: Option<&'static str>,
}

#[derive(Serialize)]
struct Violated<'a> {
    case: &'a str,
    requirements: Vec<&'a str>,
    step: &'a str,
    place: &'a str,
}

#[derive(Serialize)]
struct Scored<'a> {
    id: &'a str,
    kills: &'a [&'a str],
    first: &'a [&'a str],
    alone: &'a [&'a str],
}

#[derive(Serialize)]
struct Requirement<'a> {
    id: &'a str,
    level: &'static str,
    testable: bool,
    defects: &'a [&'a str],
}

/// The document, indented, with a newline at its end.
pub(super) fn render(matrix: &KillMatrix, digest: &str) -> String {
    let document = Document {
        schema: SCHEMA,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        suite: Suite { digest },
        complete: matrix.whole && !matrix.interrupted,
        totals: counted(matrix.totals()),
        mutants: matrix.mutants.iter().map(attempted).collect(),
        scenarios: matrix.scenarios.iter().map(scored).collect(),
        cases: matrix.cases.iter().map(scored).collect(),
        requirements: matrix.requirements.iter().map(requirement).collect(),
    };
    // Plain structs with text keys: there is nothing in them that JSON could not say.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn counted(totals: Totals) -> Counted {
    let Totals { mutants, killed, wrong_reason, survived, equivalent } = totals;
    Counted { mutants, killed, wrong_reason, survived, equivalent }
}

fn attempted(mutant: &Mutant) -> Attempted<'_> {
    let Defect { id, sentence, requirements, provenance, .. } = mutant.defect;
    let fate = mutant.fate();
    Attempted {
        defect: id,
        sentence,
        requirements,
        provenance: Origin { kind: provenance.word(), source: provenance.source() },
        fate: word(fate),
        because: mutant.defect.equivalent(),
        tried_in: mutant.tried,
        kills: mutant.kills.iter().map(violated).collect(),
        strays: mutant.strays.iter().map(violated).collect(),
    }
}

fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::Killed => "killed",
        Fate::WrongReason => "wrong_reason",
        Fate::Survived => "survived",
        Fate::Equivalent(_) => "equivalent",
    }
}

fn violated(kill: &Kill) -> Violated<'_> {
    let Kill { case, requirements, step, place } = kill;
    Violated { case, requirements: requirements.iter().map(RequirementId::as_str).collect(), step, place }
}

fn scored(score: &Score) -> Scored<'_> {
    let Score { id, kills, first, alone } = score;
    Scored { id, kills, first, alone }
}

fn requirement(broken: &Broken) -> Requirement<'_> {
    let Broken { id, level, testable, defects } = broken;
    Requirement { id: id.as_str(), level: level.as_str(), testable: *testable, defects }
}
