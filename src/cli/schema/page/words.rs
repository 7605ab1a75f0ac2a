//! What a page says besides the keys: how values are written, and the lists of words that go with a kind of file.

use super::{code, table};
use crate::cli::args::SchemaName;
use crate::mock::fault::{self, FaultPlan, PRESETS};
use crate::mock::{NOISES, Noise, POLICIES};
use crate::requirement::{PolicyKey, Preset, Registry};
use crate::scenario::{ACTIONS, ANY_STEP};
use crate::{check, plan};

const FORMS: &str = "The file is [YAML without anchors](suites.md#the-yaml-that-is-read). Durations are written as `250ms`, `3s`, `1m30s`; sizes as `64KiB`, `8MiB`. Keys that begin with `x-` are \
free in every mapping; any other unknown key is a mistake.";

/// What stands below the heading of a page.
pub(super) fn intro(name: SchemaName) -> String {
    let what = match name {
        SchemaName::Scenario | SchemaName::Fragment => {
            "A scenario is a file below `scenarios/` of a [suite](suites.md), a fragment one below `fragments/`."
        }
        SchemaName::Target => {
            "A target file goes with `--target`; `orchspec target init` writes one with comments. A secret has 8 characters or more \
             ([why](suites.md#credentials))."
        }
        SchemaName::Requirements => "A registry is a file below `requirements/` of a [suite](suites.md).",
        SchemaName::Baseline => {
            "A baseline goes with `--baseline`; `orchspec baseline write` proposes its entries."
        }
        SchemaName::Mock => "The configuration of a mock goes with `orchspec mock --config`.",
        SchemaName::Situation => {
            "Situations come with the program; `orchspec client run` starts a client once in each."
        }
        SchemaName::Faults => "A fault plan goes with `--faults` of `orchspec mock` and `orchspec run`.",
        _ => "Written by the program, for other programs.",
    };
    format!("{what} {FORMS}")
}

/// The lists of words that go with a kind of file.
pub(super) fn sections(name: SchemaName, registries: &[Registry]) -> String {
    match name {
        SchemaName::Scenario | SchemaName::Fragment => [actions(), names(), places()].concat(),
        SchemaName::Target => registries.iter().map(choices).collect(),
        SchemaName::Mock => [played(), noises()].concat(),
        SchemaName::Faults => [presets(), faults()].concat(),
        _ => String::new(),
    }
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| code(word)).collect::<Vec<_>>().join(", ")
}

fn actions() -> String {
    let rows: Vec<_> = ACTIONS.iter().map(|(word, own)| vec![code(word), list(own)]).collect();
    let intro = format!("A step has exactly one of these. Any step may have {}.", list(&ANY_STEP));
    table("Actions of a step", &intro, &["Action", "Keys that go with it"], &rows)
}

fn names() -> String {
    let rows: Vec<_> = plan::name_forms().into_iter().map(|(name, doc)| vec![code(&name), doc]).collect();
    let intro = "In any text `${{ … }}` stands for a value: a name, or a sum of names and durations such as \
                 `${{ target.prompt + 2s }}` and `${{ target.poll * 3 }}`. A text that is nothing else keeps the type of \
                 the value; `$${{` is a literal `${{`. Inside a longer text, a query, a header or a form a value is \
                 written as JSON writes it: null as `null`, 1.50 as `1.5`. These names have a value:";
    table("Names in expressions", intro, &["Name", "Value"], &rows)
}

fn places() -> String {
    let rows: Vec<_> =
        check::places().into_iter().map(|(place, doc)| vec![code(&place), doc.to_owned()]).collect();
    let intro = "What `capture` and `invariant` can look at:";
    table("Places of an answer", intro, &["Place", "What stands there"], &rows)
}

fn choices(registry: &Registry) -> String {
    let policies: Vec<_> = registry.policies.iter().map(policy).collect();
    let capabilities: Vec<_> = registry
        .capabilities
        .iter()
        .map(|capability| vec![code(&capability.name), capability.summary.clone()])
        .collect();
    let columns = ["Key", "Question", "Answers, the default first", "`strict`", "`lenient`"];
    let intro = "What the documents leave open; every legal answer passes unless the file narrows it.";
    let profile = &registry.profile;
    table(&format!("Policies of {profile}"), intro, &columns, &policies)
        + &table(
            &format!("Capabilities of {profile}"),
            "Optional parts of the protocol.",
            &["Name", "Meaning"],
            &capabilities,
        )
}

fn policy(key: &PolicyKey) -> Vec<String> {
    let written = |value: &serde_json::Value| code(value.as_str().unwrap_or(&value.to_string()));
    let values: Vec<String> = key.values.iter().map(written).collect();
    vec![
        code(&key.name),
        key.summary.clone(),
        values.join(", "),
        written(key.under(Preset::Strict)),
        written(key.under(Preset::Lenient)),
    ]
}

fn played() -> String {
    let rows: Vec<_> = POLICIES.iter().map(|(key, values)| vec![code(key), list(values)]).collect();
    table("Policies", "How the mock settles open questions.", &["Key", "Answers, the default first"], &rows)
}

fn noises() -> String {
    let row = |noise: &Noise| vec![code(noise.id), noise.sentence.to_owned(), noise.allowed_by.to_owned()];
    let rows: Vec<_> = NOISES.iter().map(row).collect();
    let columns = ["Noise", "What the mock does then", "Why every server may"];
    table("Noises", "Differences that no client may stumble over.", &columns, &rows)
}

fn presets() -> String {
    let row = |preset: &fault::Preset| {
        let plan = FaultPlan::preset(preset.name).unwrap_or_default();
        vec![code(preset.name), plan.title().unwrap_or_default().to_owned()]
    };
    let rows: Vec<_> = PRESETS.iter().map(row).collect();
    table("Presets", "Plans that come with the program, by name.", &["Name", "What it is for"], &rows)
}

fn faults() -> String {
    let row = |action: fault::Action| {
        let phases: Vec<&str> = action.phases.iter().map(|phase| phase.word()).collect();
        vec![code(action.word), action.doc.to_owned(), list(&phases)]
    };
    let rows: Vec<_> = fault::actions().into_iter().map(row).collect();
    let intro = "What can happen to a call, and at which phases of its way.";
    table("What a fault can do", intro, &["Word", "What happens", "Phases"], &rows)
}
