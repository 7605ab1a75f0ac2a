//! Which branch of a poll an answer fits, and when.

use std::time::Duration;

use rstest::rstest;

use super::script::{Reply, answer, because, file, run, run_suite, verdict};
use crate::outcome::Verdict;
use crate::plan::SuiteFiles;

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

#[test]
fn a_poll_that_may_not_wait_as_long_as_it_is_asked_says_so() {
    let case = poll(|_| answer(200, "retry-after: 30\r\n", ""));
    assert_eq!(verdict(&case, "UIP-ASYNC-11"), Verdict::Fail);
    let said = "none of 2 answers does; `Retry-After` asked for 30s, more than was left";
    assert_eq!(case.findings[0].actual, said);
}

#[test]
fn an_answer_that_fits_fail_when_ends_no_poll_well() {
    let steps = POLL.replace(
        "    until:",
        "    fail_when: { covers: [UIP-ASYNC-18], body: { has: { state: failed } } }\n    until:",
    );
    let case = run(&steps, |_, before| match before {
        0 => answer(202, "location: /status\r\n", ""),
        1..=5 => answer(200, "", ""),
        _ => answer(303, "location: /output\r\n", "{\"state\":\"failed\"}"),
    })
    .0;
    assert_eq!(verdict(&case, "UIP-ASYNC-11"), Verdict::Inconclusive);
    assert_eq!(because(&case, "UIP-ASYNC-11"), "the job ended as `fail_when` says");
    assert_eq!(case.findings[0].expected, "no answer that fits `fail_when`");
}

/// What holds after it holds; what does not may come of the same mistake.
#[test]
fn after_a_poll_that_did_not_end_nobody_is_blamed_for_the_rest() {
    let steps = format!(
        "{POLL}  - name: look
    request: {{ get: \"${{{{ status_uri }}}}\" }}
    expect: [ {{ covers: [UIP-ASYNC-01], status: [200, 303] }}, {{ covers: [UIP-ASYNC-02], status: 404 }} ]
"
    );
    let statuses = |ends: bool| {
        let script = move |_: &str, before: usize| match before {
            0 => answer(202, "location: /status\r\n", ""),
            reads if ends && reads > 5 => redirect(),
            _ => answer(200, "", ""),
        };
        let case = run(&steps, script).0;
        ["UIP-ASYNC-11", "UIP-ASYNC-01", "UIP-ASYNC-02"].map(|id| (verdict(&case, id), because(&case, id)))
    };
    let of = |verdicts: &[(Verdict, String); 3]| verdicts.each_ref().map(|(verdict, _)| *verdict);
    let ended = statuses(true);
    assert_eq!(of(&ended), [Verdict::Pass, Verdict::Pass, Verdict::Fail], "{ended:?}");
    let unended = statuses(false);
    assert_eq!(of(&unended), [Verdict::Fail, Verdict::Pass, Verdict::Inconclusive], "{unended:?}");
    assert_eq!(unended[2].1, "it is not so, but the poll of step 2, \"poll\" had not ended as it should");
}

/// The state of a job tells the branches apart; what else is asked for is told of the branch that it fits.
#[rstest]
#[case::ended(
    r#"{"state":"done","percent":"100"}"#,
    ["/percent", r#""100"; held against `until`, which it comes nearest to; `pending`: /state is "done" and not one of "queued", "running""#]
)]
#[case::goes_on(
    r#"{"state":"running","percent":"1"}"#,
    ["/percent", r#""1"; held against `pending`, which it comes nearest to; `until`: /state is "running" and not "done""#]
)]
#[case::neither(
    r#"{"state":"stuck","percent":100}"#,
    ["/state", r#""stuck"; held against `pending`; it fits no other branch of the poll"#]
)]
fn a_misfit_is_explained_by_the_branch_that_it_comes_nearest_to(
    #[case] body: &'static str,
    #[case] expected: [&str; 2],
) {
    let steps = "steps:
  - name: poll
    poll: { get: /job }
    within: 5s
    pending: { status: 200, body: { at: { /state: [queued, running], /percent: { is: number } } } }
    until: { status: 200, body: { at: { /state: done, /percent: 100 } } }
";
    let scenario = format!("title: a test\nprofile: http\n{steps}");
    let files = SuiteFiles { scenarios: vec![file("own/test.yaml", &scenario)], ..SuiteFiles::default() };
    let (case, _) = run_suite(&files, move |_, _| answer(200, "", body));
    let first = &case.findings[0];
    assert_eq!([first.place.as_str(), first.actual.as_str()], expected);
    assert!(!first.signature.contains("held against"), "{}", first.signature);
}

/// Before the job can have ended the finding is one of `pending`, and tells that the answer was meant for the end.
#[test]
fn a_misfit_before_the_end_tells_the_branch_that_it_comes_nearer_to() {
    let until = "status: 303, headers: { location: { is: present } } }";
    let steps = POLL.replace("status: 303 }", until);
    let (case, _) = run(&steps, |_, before| match before {
        0 => answer(202, "location: /status\r\n", ""),
        _ => answer(303, "", ""),
    });
    let said: Vec<&str> = case.findings.iter().map(|finding| finding.actual.as_str()).collect();
    assert_eq!(
        said,
        [
            "303; held against `pending`; it comes nearer to `until`: header location is absent and not present"
        ]
    );
}
