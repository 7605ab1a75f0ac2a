//! `report merge`: the shards of one run put together.

use std::path::Path;

use crate::cli::args::MergeArguments;
use crate::cli::session::{Ending, Session};
use crate::cli::stored;
use crate::comparison;
use crate::report::{describe, json};
use crate::source::SourceMap;

/// Writes the report of the whole run; the command ends as that run would have ended, since no shard knows what the others
/// saw.
pub(crate) fn merge(session: &mut Session, arguments: &MergeArguments) -> Ending {
    let files: Vec<&Path> = arguments.files.iter().map(AsRef::as_ref).collect();
    let mut reports = stored::read_all(session, &files)?;
    let mut sources = SourceMap::default();
    for report in &mut reports {
        let own = sources.append(std::mem::take(&mut report.stored.sources));
        for case in &mut report.stored.outcome.cases {
            case.span = own(case.span);
            case.findings.iter_mut().for_each(|finding| finding.span = own(finding.span));
        }
    }
    let merged = comparison::merge(&stored::runs(&reports));
    let outcome = session.settled(merged)?;
    stored::publish(session, &arguments.output, &json::render(&outcome, &sources))?;
    session.console.note(&describe::gate(&outcome));
    Ok(outcome.gate.exit.into())
}
