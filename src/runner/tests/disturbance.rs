//! 502 answers within and beyond the budget, and what the harness itself does to exchanges.

use super::script::{Reply, answer, because, run, verdict};
use crate::outcome::Verdict;

const INVOKE_AND_READ: &str = r#"
needs: { jobs: { job: { kind: echo } } }
steps:
  - name: invoke
    request: { invoke: job }
    expect: [ { covers: [UIP-ASYNC-02], status: 202 } ]
    capture: { status_uri: location }
  - name: read the status
    request: { get: "${{ status_uri }}" }
    expect: [ { covers: [UIP-ASYNC-11], status: 303 } ]
"#;

fn accepted() -> Reply {
    answer(202, "location: /status\r\n", "")
}

#[test]
fn a_502_to_a_read_is_sent_again_before_any_check_sees_it() {
    let (case, sent) = run(INVOKE_AND_READ, |_, before| match before {
        0 => accepted(),
        1 | 2 => answer(502, "", "Bad Gateway"),
        _ => answer(303, "location: /output\r\n", ""),
    });
    assert_eq!(case.verdict(), Verdict::Pass);
    assert_eq!((sent.len(), case.disturbances), (4, 2));
}

#[test]
fn beyond_the_budget_a_502_is_an_ordinary_answer() {
    let (case, sent) =
        run(
            INVOKE_AND_READ,
            |_, before| if before == 0 { accepted() } else { answer(502, "", "Bad Gateway") },
        );
    assert_eq!(verdict(&case, "UIP-ASYNC-11"), Verdict::Fail);
    assert_eq!(sent.len(), 4);
}

#[test]
fn a_502_to_the_call_that_creates_a_job_starts_the_case_over() {
    let (case, sent) = run(INVOKE_AND_READ, |request, before| match before {
        0 => answer(502, "", "Bad Gateway"),
        _ if request.starts_with("POST") => accepted(),
        _ => answer(303, "location: /output\r\n", ""),
    });
    assert_eq!(case.verdict(), Verdict::Pass);
    let methods: Vec<&str> = sent.iter().map(|request| request.split(' ').next().unwrap()).collect();
    assert_eq!(methods, ["POST", "POST", "GET"]);
    assert_eq!(case.jobs_created, 2);
}

/// RFC 9112 §9.5: a server may close a kept-alive connection at any time, also under a request.
#[test]
fn a_call_that_was_lost_with_a_used_connection_starts_the_case_over() {
    let steps = r"
needs: { jobs: { job: { kind: echo } } }
steps:
  - name: look first
    request: { raw: /elsewhere }
    expect: [ { covers: [UIP-GEN-02], status: 200 } ]
  - name: invoke
    request: { invoke: job }
    expect: [ { covers: [UIP-ASYNC-02], status: 202 } ]
";
    let (case, sent) = run(steps, |request, before| match before {
        1 => Reply::Close,
        _ if request.starts_with("POST") => accepted(),
        _ => answer(200, "", ""),
    });
    assert_eq!(case.verdict(), Verdict::Pass, "{case:?}");
    let methods: Vec<&str> = sent.iter().map(|request| request.split(' ').next().unwrap()).collect();
    assert_eq!(methods, ["GET", "POST", "GET", "POST"]);
    assert!(case.exchanges[1].note.as_ref().unwrap().starts_with("lost"));
}

#[test]
fn a_call_without_an_answer_on_a_new_connection_is_a_finding() {
    let (case, sent) = run(INVOKE_AND_READ, |_, _| Reply::Close);
    assert_eq!(verdict(&case, "UIP-ASYNC-02"), Verdict::Fail);
    assert_eq!(sent.len(), 1);
}

#[test]
fn of_many_rounds_at_once_only_the_one_that_met_a_502_starts_over() {
    let steps = r"
needs: { jobs: { job: { kind: echo } } }
steps:
  - name: look first
    request: { raw: /elsewhere }
    expect: [ { covers: [UIP-GEN-02], status: 200 } ]
  - name: rounds
    repeat: { times: 1, at_once: true }
    steps:
      - name: invoke
        request: { invoke: job }
        expect: [ { covers: [UIP-ASYNC-02], status: 202 } ]
";
    let (case, sent) = run(steps, |_, before| match before {
        0 => answer(200, "", ""),
        1 => answer(502, "", "Bad Gateway"),
        _ => accepted(),
    });
    assert_eq!(case.verdict(), Verdict::Pass, "{case:?}");
    let methods: Vec<&str> = sent.iter().map(|request| request.split(' ').next().unwrap()).collect();
    assert_eq!(methods, ["GET", "POST", "POST"]);
}

#[test]
fn a_case_that_starts_over_creates_no_more_jobs_than_the_run_may() {
    let (case, sent) = run(INVOKE_AND_READ, |_, _| answer(502, "", "Bad Gateway"));
    assert_eq!(verdict(&case, "UIP-ASYNC-02"), Verdict::Inconclusive);
    assert!(because(&case, "UIP-ASYNC-02").contains("limits.jobs (2) is used up"), "{case:?}");
    assert_eq!((sent.len(), case.jobs_created), (2, 2));
}

#[test]
fn an_answer_that_the_harness_hides_gives_no_names() {
    let steps = r#"
needs: { jobs: { job: { kind: echo } } }
steps:
  - name: invoke
    request: { invoke: job }
    capture: { status_uri: location }
  - name: lose the answer
    request: { get: "${{ status_uri }}" }
    disturb: { lose_response: 502 }
  - name: read again
    request: { get: "${{ status_uri }}" }
    expect: [ { covers: [UIP-GEN-19], status: 303 } ]
"#;
    let (case, sent) = run(steps, |_, before| match before {
        0 => accepted(),
        1 => answer(303, "location: /output\r\n", ""),
        _ => answer(404, "", ""),
    });
    assert_eq!(verdict(&case, "UIP-GEN-19"), Verdict::Fail);
    assert_eq!(sent.len(), 3);
    assert!(case.exchanges[1].note.as_ref().unwrap().contains("hidden"));
}

#[test]
fn a_connection_that_the_harness_cuts_is_no_finding() {
    let steps = r"
needs: { jobs: { job: { kind: sleep, mode: LongPolling } } }
steps:
  - name: invoke and hang up
    request: { invoke: job, mode: LongPolling }
    disturb: { cut: 300ms }
  - name: invoke again
    request: { invoke: job, mode: LongPolling }
    expect: [ { covers: [UIP-SYNC-03], result: output } ]
";
    let (case, _) = run(steps, |_, before| match before {
        0 => Reply::Answer(std::time::Duration::from_hours(1), String::new()),
        _ => answer(200, "", r#"{"ok":true}"#),
    });
    assert_eq!(case.verdict(), Verdict::Pass);
    assert_eq!(because(&case, "UIP-SYNC-03"), "");
}
