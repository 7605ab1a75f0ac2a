//! Small runs to compare: a MUST, a SHOULD and a derived MUST, each judged by a case of its own.

use std::time::Duration;

use crate::outcome::gate::{self, Options};
use crate::outcome::{
    CaseOutcome, RunOutcome, Selection, TargetSummary, Verdict, Volatile, sample as rows, totals,
};
use crate::requirement::Level;

/// A run in which the requirements come to these verdicts; those without one are in no case.
pub(crate) fn run(verdicts: &[Verdict]) -> RunOutcome {
    let registry = rows::registry(&[Level::Must, Level::Should, Level::DerivedMust]);
    let cases: Vec<CaseOutcome> = registry
        .requirements
        .iter()
        .zip(verdicts)
        .map(|(requirement, verdict)| {
            let id = format!("tst/main/{}", requirement.id.as_str().to_lowercase());
            let findings =
                if *verdict == Verdict::Fail { vec![rows::finding(&requirement.id)] } else { Vec::new() };
            CaseOutcome { id, findings, ..rows::case(&requirement.id, *verdict) }
        })
        .collect();
    let requirements = totals::requirements(&[&registry], &cases);
    RunOutcome {
        suite_digest: "sha256:0000".to_owned(),
        target: target(),
        selection: Selection { filters: Vec::new(), shard: None, complete: true, cases: cases.len() },
        gate: gate::close(&cases, &requirements, None, &Options::default()),
        baseline: None,
        counts: totals::counts(&requirements, &cases),
        requirements,
        cases,
        unreferenced: Vec::new(),
        interrupted: false,
        volatile: Volatile {
            started: jiff::Timestamp::UNIX_EPOCH,
            duration: Duration::from_secs(1),
            seed: 0,
            rerun: Vec::new(),
        },
    }
}

fn target() -> TargetSummary {
    let entry = |key: &str, value: &str| [(key.to_owned(), value.to_owned())].into();
    TargetSummary {
        identity: "Acme Orchestrator 4.2".to_owned(),
        bases: entry("tst", "http://127.0.0.1:8080"),
        policies: entry("tst.fault_status", "any"),
        capabilities: entry("tst.versions", "no"),
        bindings: entry("tst/main/tst-main-01: job", "quick"),
    }
}
