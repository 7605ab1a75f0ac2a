//! What a stored report says was to be tolerated.

use crate::outcome::baseline::{Applied, Entry, Judged};
use crate::report::json::form;
use crate::requirement::RequirementId;

pub(super) fn applied(baseline: form::Baseline) -> Applied {
    Applied { file: baseline.file, entries: baseline.entries.into_iter().map(judged).collect() }
}

fn judged(own: form::Entry) -> Judged {
    let entry = Entry {
        case: own.case,
        requirement: RequirementId::new(&own.requirement),
        expect: own.expect.0,
        signature: own.signature,
        reason: own.reason,
        issue: own.issue,
        expires: own.expires,
    };
    Judged { entry, standing: own.standing.0 }
}
