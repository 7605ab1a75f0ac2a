//! What the checks of a step see under a name that the step itself captures.

use rstest::rstest;

use super::script::{answer, file, run_suite, verdict};
use crate::outcome::{CaseOutcome, Verdict};
use crate::plan::SuiteFiles;

/// The server gives the ids of `given`, one after the other.
fn run(steps: &str, given: &'static [&str]) -> (CaseOutcome, Vec<String>) {
    let scenario = format!("title: a test\nprofile: http\nsteps:\n{steps}");
    let scenarios = vec![file("own/test.yaml", &scenario)];
    run_suite(&SuiteFiles { scenarios, ..SuiteFiles::default() }, move |_, before| {
        let id = given.get(before).or(given.last()).unwrap();
        answer(200, &format!("location: /{id}\r\n"), &format!("{{\"id\":\"{id}\"}}"))
    })
}

const REQUEST: &str = r#"
  - { name: first, request: { post: /a }, capture: { id: /id, next: location } }
  - name: look
    request: { patch: "${{ next }}" }
    expect: [ { body: { at: { /id: "${{ id }}" } } } ]
    capture: { id: /id, next: location }
  - { name: behind, request: { get: "${{ next }}" }, expect: [ { status: 200 } ] }
"#;

const POLL: &str = r#"
  - { name: first, request: { post: /a }, capture: { id: /id, next: location } }
  - name: look
    poll: "${{ next }}"
    within: 5s
    until: 200
    expect: [ { body: { at: { /id: "${{ id }}" } } } ]
    capture: { id: /id, next: location }
  - { name: behind, request: { get: "${{ next }}" }, expect: [ { status: 200 } ] }
"#;

const REPEATED: &str = r#"
  - { name: first, request: { post: /a }, capture: { id: /id, next: location } }
  - name: twice
    repeat: { times: 2 }
    steps:
      - name: look
        request: { get: "${{ next }}" }
        expect: [ { body: { at: { /id: "${{ id }}" } } } ]
        capture: { id: /id }
  - { name: behind, request: { get: "${{ next }}" }, expect: [ { status: 200 } ] }
"#;

#[rstest]
#[case::a_request(REQUEST, &["old", "old"], Verdict::Pass)]
#[case::a_request(REQUEST, &["old", "new"], Verdict::Fail)]
#[case::a_poll(POLL, &["old", "old"], Verdict::Pass)]
#[case::a_poll(POLL, &["old", "new"], Verdict::Fail)]
#[case::rounds(REPEATED, &["old", "old"], Verdict::Pass)]
#[case::rounds(REPEATED, &["old", "old", "new"], Verdict::Fail)]
fn checks_see_what_a_step_before_captured(
    #[case] steps: &str,
    #[case] given: &'static [&str],
    #[case] expected: Verdict,
) {
    let (case, _) = run(steps, given);
    assert_eq!(verdict(&case, "own/test: look"), expected);
}

/// An upload in pieces: each answer says where the next piece goes.
#[rstest]
#[case(&["1", "2"], Verdict::Pass)]
#[case(&["1", "1"], Verdict::Fail)]
fn a_new_value_may_be_compared_with_the_one_before(
    #[case] given: &'static [&str],
    #[case] expected: Verdict,
) {
    let steps = r#"
  - { name: begin, request: { post: /uploads }, capture: { next: location } }
  - name: send a piece
    request: { patch: "${{ next }}" }
    expect: [ { location: { not_equals: "${{ next }}" } } ]
    capture: { next: location }
  - { name: behind, request: { get: "${{ next }}" }, expect: [ { status: 200 } ] }
"#;
    let (case, sent) = run(steps, given);
    assert_eq!(verdict(&case, "own/test: send a piece"), expected);
    assert!(sent[2].starts_with(&format!("GET /{} ", given[1])), "{sent:?}");
}

/// A name that is new in the step can only mean its own answer: two places of one answer are compared in this way.
#[rstest]
#[case("id", Verdict::Pass)]
#[case("other", Verdict::Fail)]
fn a_name_that_no_step_before_captured_is_of_the_same_answer(#[case] place: &str, #[case] expected: Verdict) {
    let steps = format!(
        r#"
  - name: look
    request: {{ get: /a }}
    expect: [ {{ body: {{ at: {{ /{place}: "${{{{ id }}}}" }} }} }} ]
    capture: {{ id: /id }}
"#
    );
    assert_eq!(verdict(&run(&steps, &["old"]).0, "own/test: look"), expected);
}

/// The value that the step before failed to give is not replaced by the one that it should have been compared with.
#[test]
fn a_value_that_was_missed_before_is_missed_by_the_check() {
    let steps = r#"
  - { name: first, request: { post: /a }, capture: { id: /nothing } }
  - name: look
    request: { get: /a }
    expect: [ { body: { at: { /id: "${{ id }}" } } } ]
    capture: { id: /id }
  - { name: behind, request: { get: "/${{ id }}" }, expect: [ { status: 200 } ] }
"#;
    let (case, sent) = run(steps, &["old"]);
    assert_eq!(verdict(&case, "own/test: look"), Verdict::Inconclusive);
    assert!(sent[2].starts_with("GET /api/old "), "{sent:?}");
}
