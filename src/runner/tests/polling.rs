//! Which branch of a poll an answer fits, and when.

use std::time::Duration;

use super::script::{Reply, answer, because, run, verdict};
use crate::outcome::Verdict;

/// A poll of a job that ends between 5 s and 6 s, on a server whose answers to its reads a test gives by their number.
const POLL: &str = r#"
needs: { jobs: { job: { kind: sleep } } }
steps:
  - name: invoke
    request: { invoke: job }
    capture: { status_uri: location }
  - name: poll
    poll: "${{ status_uri }}"
    within: "${{ job.latest_end + target.lag + target.margin }}"
    pending: { covers: [UIP-ASYNC-09], seen: 2, status: 200 }
    until: { covers: [UIP-ASYNC-11], status: 303 }
    trace: { covers: [UIP-ASYNC-15], codes: "200+ redirect" }
    expect: [ { covers: [UIP-ASYNC-12], headers: { location: { is: uri-reference } } } ]
"#;

fn poll(read: impl Fn(usize) -> Reply + Send + Sync + 'static) -> crate::outcome::CaseOutcome {
    let script = move |_: &str, before: usize| match before {
        0 => answer(202, "location: /status\r\n", ""),
        reads => read(reads),
    };
    run(POLL, script).0
}

fn redirect() -> Reply {
    answer(303, "location: /output\r\n", "")
}

#[test]
fn a_job_that_ends_in_its_time_holds_everything() {
    let case = poll(|reads| if reads <= 5 { answer(200, "", "") } else { redirect() });
    assert_eq!(case.verdict(), Verdict::Pass);
    assert_eq!(case.duration, Duration::from_secs(5));
}

#[test]
fn an_end_before_the_job_can_have_ended_is_a_finding_of_pending() {
    let case = poll(|reads| if reads <= 2 { answer(200, "", "") } else { redirect() });
    assert_eq!(verdict(&case, "UIP-ASYNC-09"), Verdict::Fail);
    assert_eq!(verdict(&case, "UIP-ASYNC-11"), Verdict::Pass);
}

#[test]
fn a_misfit_before_the_end_is_a_finding_of_pending_alone() {
    let case = poll(|_| answer(404, "", ""));
    assert_eq!(verdict(&case, "UIP-ASYNC-09"), Verdict::Fail);
    assert_eq!(verdict(&case, "UIP-ASYNC-11"), Verdict::Inconclusive);
    assert_eq!(verdict(&case, "UIP-ASYNC-12"), Verdict::Inconclusive);
}

#[test]
fn a_misfit_after_the_end_and_the_lag_is_a_finding_of_until_alone() {
    let case = poll(|reads| if reads <= 8 { answer(200, "", "") } else { answer(404, "", "") });
    assert_eq!(verdict(&case, "UIP-ASYNC-09"), Verdict::Pass);
    assert_eq!(verdict(&case, "UIP-ASYNC-11"), Verdict::Fail);
}

#[test]
fn a_misfit_in_between_is_a_finding_of_both() {
    let case = poll(|reads| if reads <= 6 { answer(200, "", "") } else { answer(404, "", "") });
    assert_eq!(verdict(&case, "UIP-ASYNC-09"), Verdict::Fail);
    assert_eq!(verdict(&case, "UIP-ASYNC-11"), Verdict::Fail);
}

#[test]
fn a_poll_that_never_ends_is_a_finding_of_until() {
    let case = poll(|_| answer(200, "", ""));
    assert_eq!(verdict(&case, "UIP-ASYNC-11"), Verdict::Fail);
    assert_eq!(case.findings[0].expected, "an answer that fits `until` within 8s");
}

#[test]
fn too_few_pending_answers_tell_nothing() {
    let case = poll(|reads| match reads {
        1 => Reply::Answer(Duration::from_secs(5), "HTTP/1.1 200 X\r\ncontent-length: 0\r\n\r\n".to_owned()),
        _ => redirect(),
    });
    assert_eq!(verdict(&case, "UIP-ASYNC-09"), Verdict::Inconclusive);
    assert_eq!(because(&case, "UIP-ASYNC-09"), "1 pending answer seen, at least 2 needed");
    assert_eq!(verdict(&case, "UIP-ASYNC-11"), Verdict::Pass);
}

#[test]
fn a_pending_answer_may_ask_for_a_longer_pause() {
    let case = poll(|reads| if reads <= 2 { answer(200, "retry-after: 3\r\n", "") } else { redirect() });
    assert_eq!(case.verdict(), Verdict::Pass);
    assert_eq!(case.duration, Duration::from_secs(6));
}
