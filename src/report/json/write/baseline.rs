//! What was to be tolerated, into the form of a report.

use crate::outcome::baseline::{Applied, Judged};
use crate::report::json::form::{Baseline, Entry, Word};

pub(in crate::report) fn baseline(applied: &Applied) -> Baseline {
    Baseline { file: applied.file.clone(), entries: applied.entries.iter().map(entry).collect() }
}

fn entry(Judged { entry, standing }: &Judged) -> Entry {
    let own = entry.clone();
    Entry {
        case: own.case,
        requirement: own.requirement.to_string(),
        expect: Word(own.expect),
        signature: own.signature,
        reason: own.reason,
        issue: own.issue,
        expires: own.expires,
        standing: Word(*standing),
    }
}
