//! What a case makes of failed controls, names without a value, foreign origins and a server that is not there.

use rstest::rstest;

use super::script::{Reply, answer, because, run, verdict};
use crate::outcome::Verdict;

const REFUSAL_WITH_TWIN: &str = r"
needs: { jobs: { job: { kind: echo } } }
steps:
  - name: invoke without a token
    as: anonymous
    request: { invoke: job }
    expect: [ { covers: [UIP-GEN-02], result: refused } ]
  - name: invoke with the token
    control: true
    request: { invoke: job }
    expect: [ { status: 202 } ]
";

#[test]
fn a_refusal_counts_only_beside_its_twin() {
    let (honest, _) =
        run(
            REFUSAL_WITH_TWIN,
            |_, before| if before == 0 { answer(401, "", "") } else { answer(202, "", "") },
        );
    assert_eq!(verdict(&honest, "UIP-GEN-02"), Verdict::Pass);
    let (constant, _) = run(REFUSAL_WITH_TWIN, |_, _| answer(401, "", ""));
    assert_eq!(verdict(&constant, "UIP-GEN-02"), Verdict::Inconclusive);
    assert_eq!(because(&constant, "UIP-GEN-02"), "control 2, \"invoke with the token\" failed");
}

/// A refusal whose control has this `when`, beside a step that captures what came.
fn with_control(when: &str, block: &str) -> String {
    format!(
        r"
needs: {{ jobs: {{ job: {{ kind: echo }} }} }}
steps:
  - name: invoke without a token
    as: anonymous
    request: {{ invoke: job }}
    expect: [ {{ covers: [UIP-GEN-02], result: refused }} ]
    capture: {{ code: status }}
  - name: invoke with the token
    control: true
    {when}
    request: {{ invoke: job }}
    expect: [ {{ {block} status: 202 }} ]
  - name: invoke again
    request: {{ invoke: job }}
    expect: [ {{ covers: [UIP-ASYNC-02], status: 202 }} ]
"
    )
}

/// Nothing passes beside a control that was not carried out, and it is not said to have failed.
#[rstest]
#[case("when: { code: 403 }", "", "the step's `when` does not apply")]
#[case("", "when: { code: 403 },", "its `when` does not apply")]
#[case(
    "",
    "when: { policy.client_mistake: any-error },",
    "its `when` does not apply under the policies of the target"
)]
fn a_control_that_is_left_out_shows_nothing(#[case] when: &str, #[case] block: &str, #[case] why: &str) {
    let honest = |_: &str, before| if before == 0 { answer(401, "", "") } else { answer(202, "", "") };
    let (case, _) = run(&with_control(when, block), honest);
    assert_eq!(verdict(&case, "UIP-GEN-02"), Verdict::Inconclusive);
    let expected = format!("control 2, \"invoke with the token\" showed nothing: {why}");
    assert_eq!(because(&case, "UIP-GEN-02"), expected);
    assert_eq!(case.failed_controls, [""; 0]);
}

#[test]
fn a_control_that_applies_is_carried_out() {
    let honest = |_: &str, before| if before == 0 { answer(401, "", "") } else { answer(202, "", "") };
    let (case, _) =
        run(&with_control("when: { code: 401 }", "when: { policy.client_mistake: 4xx },"), honest);
    assert_eq!(verdict(&case, "UIP-GEN-02"), Verdict::Pass);
}

#[test]
fn a_control_that_nobody_came_to_says_why() {
    let steps = with_control("", "").replace(
        "request: { invoke: job }\n    expect: [ {  status",
        "request: { get: \"${{ there }}\" }\n    expect: [ { status",
    );
    let steps = steps.replace("capture: { code: status }", "capture: { there: location }");
    let (case, _) = run(&steps, |_, before| answer(if before == 0 { 401 } else { 202 }, "", ""));
    assert_eq!(verdict(&case, "UIP-GEN-02"), Verdict::Inconclusive);
    let expected = "control 2, \"invoke with the token\" was not reached: `there` was not captured in step 1, \
                    \"invoke without a token\": the answer (HTTP 401) has no location";
    assert_eq!(because(&case, "UIP-GEN-02"), expected);
}

#[test]
fn a_violation_stands_whatever_the_controls_say() {
    let (case, _) = run(REFUSAL_WITH_TWIN, |_, _| answer(200, "", "{}"));
    assert_eq!(verdict(&case, "UIP-GEN-02"), Verdict::Fail);
}

const READ_ELSEWHERE: &str = r#"
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

#[test]
fn a_step_that_lacks_a_name_is_not_reached_and_names_the_culprit() {
    let (case, sent) = run(READ_ELSEWHERE, |_, _| answer(202, "", ""));
    assert_eq!(verdict(&case, "UIP-ASYNC-02"), Verdict::Pass);
    assert_eq!(verdict(&case, "UIP-ASYNC-11"), Verdict::Inconclusive);
    let expected =
        "`status_uri` was not captured in step 1, \"invoke\": the answer (HTTP 202) has no location";
    assert_eq!(because(&case, "UIP-ASYNC-11"), expected);
    assert_eq!(sent.len(), 1);
}

#[test]
fn an_origin_that_the_target_file_does_not_list_is_never_contacted() {
    let (case, sent) = run(READ_ELSEWHERE, |_, _| answer(202, "location: http://elsewhere/status\r\n", ""));
    assert_eq!(verdict(&case, "UIP-ASYNC-11"), Verdict::Inconclusive);
    assert!(
        because(&case, "UIP-ASYNC-11").contains("--set limits.origins=http://elsewhere"),
        "{}",
        because(&case, "UIP-ASYNC-11")
    );
    assert_eq!(sent.len(), 1);
}

#[test]
fn a_chain_that_leads_to_another_origin_is_not_judged_by_its_length() {
    let steps = r"
needs: { jobs: { job: { kind: echo } } }
steps:
  - name: invoke and follow
    request: { invoke: job }
    follow: { max: 5, within: 30s, trace: { covers: [UIP-SYNC-14], codes: redirect+ 2xx } }
";
    let (case, sent) = run(steps, |_, _| answer(303, "location: http://elsewhere/status\r\n", ""));
    assert_eq!(verdict(&case, "UIP-SYNC-14"), Verdict::Inconclusive);
    let because = because(&case, "UIP-SYNC-14");
    assert!(because.contains("--set limits.origins=http://elsewhere"), "{because}");
    assert_eq!(sent.len(), 1);
}

#[test]
fn a_closed_connection_violates_what_was_expected_of_the_answer() {
    let (case, _) = run(READ_ELSEWHERE, |_, _| Reply::Close);
    assert_eq!(verdict(&case, "UIP-ASYNC-02"), Verdict::Fail);
    assert_eq!(
        case.findings[0].actual,
        "no answer: the connection was closed before the first byte of an answer"
    );
}

#[test]
fn secrets_are_masked_in_everything_that_is_recorded() {
    let (case, sent) = run(READ_ELSEWHERE, |request, _| {
        let token = if request.contains("token-of-the-owner") { "token-of-the-owner" } else { "" };
        answer(418, &format!("x-token: {token}\r\n"), &format!("you are {token}"))
    });
    assert!(sent[0].contains("Bearer token-of-the-owner"));
    assert!(!format!("{case:?}").contains("token-of-the-owner"));
    assert!(format!("{case:?}").contains("[uipath.owner.bearer]"));
}
