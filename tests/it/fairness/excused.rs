//! What even a fair judge cannot decide, with the reason.

use orchspec::outcome::{CaseOutcome, CaseVerdict};

/// Cases that a conformant server may leave undecided, the beginning of the judge's own words for it, and why nothing
/// better can be said.
const UNDECIDED: [(&str, &str, &str); 3] = [
    (
        "uipath/sync/hanging-up-at-first-leaves-the-job-running",
        "control 4, \"look at the job\" showed nothing",
        "a call that was given up may have been lost on its way; then there is no job to look at",
    ),
    (
        "uipath/sync/hanging-up-at-first-leaves-the-job-running",
        "the step's `when` does not apply",
        "the same, for the check that looks at the job",
    ),
    (
        "uipath/general/malformed-body-starts-nothing",
        "the case started over, and it counts jobs that carry no mark",
        "UIP-GEN-17: after a 502 nobody knows whether a job exists, and a malformed body carries no mark to tell it by",
    ),
];

/// Ways of a conformant server that make a defect invisible: the defect, the beginning of a word of the draw, and why.
const HIDDEN: [(&str, &str, &str); 36] = [
    (
        "ELMA-CREATE-18/metrics-before-the-run",
        "zero_dates=zero",
        "a time before the run that is the zero date is none",
    ),
    ("ELMA-CREATE-21/local-time-as-utc", "time_zone=utc", "the server's local time is UTC, and it says so"),
    (
        "ELMA-CREATE-21/local-time-as-utc",
        "time_zone=+00:00",
        "the server's local time is UTC, and it says so",
    ),
    ("ELMA-STATUS-20/end-before-start", "zero_dates=zero", "two zero dates are in no order"),
    ("ELMA-STATUS-20/start-before-creation", "zero_dates=zero", "the zero date stands for no time at all"),
    ("ELMA-STATUS-20/end-after-update", "zero_dates=zero", "the zero date stands for no time at all"),
    ("ELMA-STATUS-20/end-moves-with-each-read", "zero_dates=zero", "the zero date does not move"),
    ("ELMA-STATUS-28/stale-read", "latency", "by the time a read arrives, the task can be read"),
    ("ELMA-AUTH-04/foreign-read-is-a-fault", "foreign_read=deny", "it breaks foreign reads that are allowed"),
    (
        "ELMA-DL-07/foreign-download-is-a-fault",
        "foreign_read=deny",
        "it breaks foreign downloads that are allowed",
    ),
    ("ELMA-CREATE-15/system-of-reader", "foreign_read=deny", "no other system can read the record"),
    ("ELMA-CREATE-13/id-reuse-under-load", "instant-jobs", "no two jobs are under way at the same time"),
    ("ELMA-CREATE-06/inputs-mixed-up", "instant-jobs", "no three tasks are under way at the same time"),
    ("ELMA-CANCEL-03/refused-but-stopped", "instant-jobs", "a task that takes no time never runs"),
    ("ELMA-AUTH-01/refused-but-stopped", "instant-jobs", "a task that takes no time never runs"),
    ("ELMA-AUTH-02/refused-but-stopped", "instant-jobs", "a task that takes no time never runs"),
    ("ELMA-GEN-12/unknown-process-says-200", "refusal_body=", "without an envelope only HTTP says 200"),
    ("UIP-GEN-09/unknown-mode-sticks", "unknown_call_mode=default-mode", "no unknown mode is refused"),
    ("UIP-GEN-19/quick-repetition-refused", "latency", "no repetition arrives so quickly"),
    ("UIP-GEN-19/waited-result-consumed", "output_status=", "it consumes results that are answered 200"),
    ("UIP-ASYNC-18/running-status-open", "job_name=query", "it knows jobs by the path alone"),
    ("UIP-SYNC-17/start-counts-as-the-end", "instant-jobs", "a job that takes no time ends when it starts"),
    ("ELMA-CANCEL-08/cancelled-starts-on-time", "after_cancel=gone", "the task is gone either way"),
    ("ELMA-CANCEL-09/flickers", "after_cancel=gone", "the task is gone either way"),
    ("ELMA-STATUS-07/cancelled", "after_cancel=gone", "a task that is gone is in no state"),
    ("ELMA-CANCEL-11/second-cancel-500", "after_cancel=gone", "a second cancel finds no task to break on"),
    (
        "ELMA-CREATE-12/id-as-text",
        "elma.policy.id_form=integer-or-digits",
        "the target file says that ids may be written so",
    ),
    ("UIP-SYNC-24/cross-wired-waiters", "instant-jobs", "nobody waits for a job that takes no time"),
    ("UIP-SYNC-24/one-waiter-at-a-time", "instant-jobs", "nobody waits for a job that takes no time"),
    ("UIP-SYNC-24/lost-wakeup", "instant-jobs", "nobody waits for a job that takes no time"),
    (
        "ELMA-CANCEL-03/refused-but-priority-changed",
        "priority=EMPTY_P",
        "AMB-E18: a priority that stands for none may be filled in later",
    ),
    (
        "ELMA-CANCEL-10/running-is-corrupted",
        "cancel_running=ignore",
        "it breaks tasks whose cancel is refused; here none is",
    ),
    (
        "ELMA-CANCEL-10/running-is-corrupted",
        "cancel_running=abort",
        "it breaks tasks whose cancel is refused; here none is",
    ),
    (
        "UIP-ASYNC-09/result-in-running-200",
        "extra-members",
        "the mock adds its members to the leaked result too, and what is more than the result is not the result",
    ),
    (
        "UIP-GEN-19/502-poisons-job",
        "client_mistake=",
        "a job that failed with its caller may give any error; only 404 and 410 say that its URI is gone",
    ),
    (
        "UIP-SYNC-24/lost-wakeup",
        "bad-gateway",
        "the one call that is not woken may be one whose answer the gateway loses: then its case starts over",
    ),
];

/// Whether the verdict is inconclusive for such a cause.
pub(crate) fn is_excused(case: &CaseOutcome, verdict: &CaseVerdict) -> bool {
    let because = verdict.because.as_deref().unwrap_or_default();
    UNDECIDED.iter().any(|(own, cause, _)| case.id.starts_with(own) && because.starts_with(cause))
}

/// Whether the draw makes the defect invisible.
pub(crate) fn is_hidden(defect: &str, words: &[String]) -> bool {
    HIDDEN.iter().any(|(own, word, _)| *own == defect && words.iter().any(|drawn| drawn.starts_with(word)))
}
