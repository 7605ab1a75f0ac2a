//! `list`: what there is, one line each.

use std::path::Path;

use serde_json::Value;

use crate::check::MATCHERS;
use crate::cli::args::Listing;
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::cli::{suite, table};
use crate::mock::DEFECTS;
use crate::plan::{Program, Suite, load};

/// Prints a list as a table.
pub(crate) fn list(session: &mut Session, what: Listing, folder: Option<&Path>) -> Ending {
    let files = suite::files(folder);
    let files = session.settled(files)?;
    let wanted = |_: &str| what == Listing::Scenarios;
    let suite = load(&files, &wanted, &mut session.sources, &mut session.diagnostics);
    session.settle()?;
    session.show(&table::render(&rows(what, &suite)))?;
    Ok(Exit::Satisfied)
}

fn rows(what: Listing, suite: &Suite) -> Vec<Vec<String>> {
    match what {
        Listing::Scenarios => scenarios(suite),
        Listing::Requirements => requirements(suite),
        Listing::Policies => policies(suite),
        Listing::Matchers => {
            MATCHERS.iter().map(|matcher| vec![matcher.name.to_owned(), matcher.doc.to_owned()]).collect()
        }
        Listing::Defects => {
            DEFECTS.iter().map(|defect| vec![defect.id.to_owned(), defect.sentence.to_owned()]).collect()
        }
    }
}

fn scenarios(suite: &Suite) -> Vec<Vec<String>> {
    let row = |program: &Program| vec![program.scenario.id.clone(), program.scenario.title.clone()];
    suite.programs.iter().map(|program| row(program)).collect()
}

fn requirements(suite: &Suite) -> Vec<Vec<String>> {
    let all = suite.registries.iter().flat_map(|registry| &registry.requirements);
    all.map(|requirement| {
        let statement = match &requirement.untested {
            Some(reason) => format!("{} (not judged: {reason})", requirement.statement),
            None => requirement.statement.clone(),
        };
        vec![requirement.id.to_string(), requirement.level.to_string(), statement]
    })
    .collect()
}

fn policies(suite: &Suite) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for registry in &suite.registries {
        for key in &registry.policies {
            let values: Vec<String> = key.values.iter().map(written).collect();
            let name = format!("{}.policy.{}", registry.profile, key.name);
            rows.push(vec![name, values.join(" | "), key.summary.clone()]);
        }
    }
    rows
}

/// A value as it is written in a target file.
pub(super) fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
