//! Whether shards are all of a run: no number missing, none twice, and neither is a case.

use std::collections::BTreeMap;

use crate::comparison::Run;
use crate::diagnostic::Diagnostic;
use crate::outcome::phrase;

/// How many names a message gives.
const SHOWN: usize = 10;

/// There is nothing to put together.
pub(super) fn nothing() -> Diagnostic {
    Diagnostic::error("no-shard", "there is no shard to merge").help(ALL_OF_A_RUN)
}

const ALL_OF_A_RUN: &str =
    "give the reports of all shards of one run: `orchspec run --shard 1/2 --report json=1.json`, and so on";

/// Each shard has its number, and every number is there.
pub(super) fn check_numbers(shards: &[Run<'_>]) -> Result<(), Diagnostic> {
    let mut names: BTreeMap<usize, &str> = BTreeMap::new();
    let mut number_of_shards = None;
    for shard in shards {
        let (number, of) = numbers(shard)?;
        let (_, all) = *number_of_shards.get_or_insert((shard.name, of));
        if of != all {
            return Err(other_number(shard, of, (shards[0].name, all)));
        }
        if let Some(first) = names.insert(number, shard.name) {
            let message = format!("`{first}` and `{}` are both shard {number}/{of}", shard.name);
            return Err(Diagnostic::error("shard-overlap", message).help("give each shard once"));
        }
    }
    let of = number_of_shards.map_or(0, |(_, of)| of);
    let missing: Vec<String> = (1..=of)
        .filter(|number| !names.contains_key(number))
        .map(|number| format!("{number}/{of}"))
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(gap(&missing)) }
}

/// `2/3` as numbers; more of them than there are cases cannot be.
fn numbers(shard: &Run<'_>) -> Result<(usize, usize), Diagnostic> {
    let parsed = shard.outcome.selection.shard.as_deref().and_then(|text| text.split_once('/'));
    let numbers = parsed.and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    numbers.filter(|(number, of)| (1..=*of).contains(number) && *of <= MOST).ok_or_else(|| {
        let message = format!("`{}` is no shard, but the report of a whole run", shard.name);
        Diagnostic::error("no-shard", message).help(ALL_OF_A_RUN)
    })
}

/// No run has more shards; a report that says so makes nobody count to there.
const MOST: usize = 1000;

fn other_number(shard: &Run<'_>, of: usize, (first, all): (&str, usize)) -> Diagnostic {
    let message = format!("`{}` is one of {of} shards, and `{first}` one of {all}", shard.name);
    Diagnostic::error("shard-gap", message).help(ALL_OF_A_RUN)
}

fn gap(missing: &[String]) -> Diagnostic {
    let names: Vec<&str> = missing.iter().map(String::as_str).collect();
    let (names, are) = (phrase::first_of(&names, SHOWN), if names.len() == 1 { "is" } else { "are" });
    Diagnostic::error("shard-gap", format!("shard {names} {are} missing"))
        .help("give the reports of all shards; one that did not end has to run again")
}

/// No case is in two of them, and together they are as many as the run had.
pub(super) fn check_cases(shards: &[Run<'_>]) -> Result<(), Diagnostic> {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for shard in shards {
        for case in &shard.outcome.cases {
            if let Some(first) = owners.insert(&case.id, shard.name) {
                let message = format!("`{first}` and `{}` both have the case {}", shard.name, case.id);
                return Err(
                    Diagnostic::error("shard-overlap", message).help("take shards of one run by one version")
                );
            }
        }
    }
    let expected = shards.iter().map(|shard| shard.outcome.selection.cases).max().unwrap_or_default();
    if owners.len() == expected {
        return Ok(());
    }
    let message =
        format!("the shards have {} in all, and the run had {expected}", phrase::count(owners.len(), "case"));
    Err(Diagnostic::error("shard-gap", message).help("take shards of one run by one version"))
}
