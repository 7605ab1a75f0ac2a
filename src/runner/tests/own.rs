//! Suites of their own: ways that a server may take, fragments, redirects as HTTP has them, and steps as requirements.

use rstest::rstest;

use super::script::{Reply, answer, because, file, run_suite, verdict};
use crate::outcome::{CaseOutcome, Verdict};
use crate::plan::SuiteFiles;

fn run(
    steps: &str,
    fragments: &[(&str, &str)],
    script: impl Fn(&str, usize) -> Reply + Send + Sync + 'static,
) -> (CaseOutcome, Vec<String>) {
    let scenario = format!("title: a test\nprofile: http\nsteps:\n{steps}");
    let files = SuiteFiles {
        scenarios: vec![file("own/test.yaml", &scenario)],
        fragments: fragments.iter().map(|(path, text)| file(path, text)).collect(),
        ..SuiteFiles::default()
    };
    run_suite(&files, script)
}

const EITHER: &str = r"
  - name: order
    request: { post: /jobs, headers: { Prefer: respond-async } }
    expect: [ { status: [200, 202] } ]
    capture: { code: status }
  - name: whichever way
    either:
      - when: { code: 202 }
        steps:
          - { name: ask, request: { get: /jobs/1 }, expect: [ { status: 200 } ] }
      - when: { code: 200 }
        steps:
          - { name: result, request: { get: /results/1 }, expect: [ { status: 200 } ] }
";

#[rstest]
#[case(202, "own/test: ask", "own/test: result", "GET /api/jobs/1 ")]
#[case(200, "own/test: result", "own/test: ask", "GET /api/results/1 ")]
fn the_way_that_the_server_took_is_judged_and_nothing_else(
    #[case] status: u16,
    #[case] taken: &str,
    #[case] other: &str,
    #[case] second: &str,
) {
    let (case, sent) =
        run(EITHER, &[], move |_, before| answer(if before == 0 { status } else { 200 }, "", ""));
    assert_eq!((verdict(&case, taken), verdict(&case, other)), (Verdict::Pass, Verdict::Unsupported));
    assert_eq!(because(&case, other), "the server took another way");
    assert!(sent[0].starts_with("POST /api/jobs ") && sent[1].starts_with(second), "{sent:?}");
}

#[test]
fn a_server_that_takes_none_of_the_ways_is_told() {
    let (case, sent) = run(EITHER, &[], |_, _| answer(500, "", ""));
    assert_eq!((verdict(&case, "own/test: order"), sent.len()), (Verdict::Fail, 1));
    let because = because(&case, "own/test: ask");
    let expected = "the server took none of the 2 ways of step 2, \"whichever way\": way 1: `code` is 500 and not \
                    202; way 2: `code` is 500 and not 200";
    assert_eq!(because, expected);
    assert_eq!(verdict(&case, "own/test: ask"), Verdict::Inconclusive);
}

const START: (&str, &str) = (
    "jobs/start.yaml",
    r#"
title: a job is started
inputs: { size: { type: integer, default: 3 }, of: { type: text } }
outputs: { uri: url }
steps:
  - name: post
    request: { post: /jobs, json: { size: "${{ input.size }}", of: "${{ input.of }}" } }
    expect: [ { status: 202 } ]
    capture: { uri: location, inner: status }
"#,
);

const USES: &str = r#"
  - name: start
    use: jobs/start
    with: { of: "a ${{ unknown.uuid }}" }
    outputs: { job: uri }
  - name: look
    request: { get: "${{ job }}" }
    expect: [ { status: 200 } ]
"#;

#[test]
fn a_fragment_is_given_its_inputs_and_gives_back_its_outputs() {
    let (case, sent) = run(USES, &[START], |_, before| match before {
        0 => answer(202, "location: 17\r\n", ""),
        _ => answer(200, "", ""),
    });
    assert_eq!(verdict(&case, "own/test: start"), Verdict::Pass);
    assert!(sent[0].contains("{\"size\":3,\"of\":\"a "), "{sent:?}");
    assert!(sent[1].starts_with("GET /api/17 "), "{sent:?}");
    assert_eq!(case.exchanges[0].step, "2, \"post\"");
}

#[test]
fn an_output_that_was_not_captured_is_missed_by_those_who_need_it() {
    let (case, sent) = run(USES, &[START], |_, _| answer(202, "", ""));
    assert_eq!(sent.len(), 1);
    let expected = "`job` was not captured in step 2, \"post\": the answer (HTTP 202) has no location";
    assert_eq!(because(&case, "own/test: look"), expected);
}

#[test]
fn an_input_of_another_type_keeps_the_fragment_from_being_done() {
    let steps = r#"
  - name: first
    request: { get: /a }
    expect: [ { status: 200 } ]
    capture: { text: body.text }
  - name: start
    use: jobs/start
    with: { size: "${{ text }}", of: a }
"#;
    let (case, sent) = run(steps, &[START], |_, _| answer(200, "", "many"));
    assert_eq!((sent.len(), verdict(&case, "own/test: start")), (1, Verdict::Inconclusive));
    let expected = "the input `size` of the fragment `jobs/start` is of the type integer, not \"many\"";
    assert_eq!(because(&case, "own/test: start"), expected);
}

#[rstest]
#[case(303, "GET /api/there ")]
#[case(301, "GET /api/there ")]
#[case(307, "")]
fn a_redirect_of_a_post_is_followed_by_a_read_where_http_says_so(#[case] status: u16, #[case] second: &str) {
    let steps = r"
  - name: order
    request: { post: /jobs }
    follow: { max: 3, within: 10s }
    expect: [ { status: 200 } ]
";
    let (_, sent) = run(steps, &[], move |_, before| match before {
        0 => answer(status, "location: there\r\n", ""),
        _ => answer(200, "", ""),
    });
    assert_eq!(sent.get(1).map_or("", |sent| &sent[..15.min(sent.len())]), second);
}

/// `location` is what every redirect says.
#[rstest]
#[case::no_location(303, "", "not followed: it has no Location")]
#[case::two(303, "location: a\r\nlocation: b\r\n", "not followed: it has several Locations")]
#[case::elsewhere(
    303,
    "location: ftp://server/a\r\n",
    "not followed: its Location \"ftp://server/a\" is neither http nor https"
)]
#[case::too_many(302, "location: on\r\n", "not followed: `max` (3 redirects) is reached")]
#[case::same_again(
    307,
    "location: on\r\n",
    "not followed: it asks for the same POST once more, and a read follows reads"
)]
fn where_redirects_are_not_followed_the_finding_says_why(
    #[case] status: u16,
    #[case] location: &'static str,
    #[case] expected: &str,
) {
    let steps = r"
  - name: order
    request: { post: /jobs }
    follow: { max: 3, within: 10s }
    expect: [ { status: 200 }, { body: { at: { /a: 1 } } } ]
";
    let (case, _) = run(steps, &[], move |_, _| answer(status, location, ""));
    let finding = &case.findings[0];
    assert_eq!(finding.actual, format!("{status}; {expected}"));
    assert!(finding.signature.ends_with(&format!("|200|{status}")), "{}", finding.signature);
}

#[test]
fn a_budget_that_has_run_out_is_why_a_redirect_is_not_followed() {
    let steps = r"
  - name: order
    request: { get: /jobs }
    follow: { max: 9, within: 3s }
    expect: [ { status: 200 } ]
";
    let (case, sent) = run(steps, &[], |_, _| match answer(302, "location: on\r\n", "") {
        Reply::Answer(_, text) => Reply::Answer(std::time::Duration::from_secs(2), text),
        close @ Reply::Close => close,
    });
    assert_eq!(
        (sent.len(), case.findings[0].actual.as_str()),
        (2, "302; not followed: `within` (3s) has run out")
    );
}

#[test]
fn an_answer_may_be_held_as_long_as_the_request_says() {
    let steps = r"
  - name: wait
    request: { get: /next, query: { wait: 60s }, hold: 60s }
    expect: [ { status: 200 }, { timing: { held: { at_least: 50s } } } ]
";
    let (case, _) = run(steps, &[], |_, _| match answer(200, "", "") {
        Reply::Answer(_, text) => Reply::Answer(std::time::Duration::from_secs(55), text),
        close @ Reply::Close => close,
    });
    assert_eq!(verdict(&case, "own/test: wait"), Verdict::Pass);
}

const LONG_ID: &str = r#"{"id": 18446744073709551616}"#;

/// A job is ordered, and its id taken in this way.
fn with_id(capture: &str) -> String {
    format!(
        r#"
  - name: order
    request: {{ post: /jobs }}
    expect: [ {{ status: 202 }} ]
    capture: {{ id: {capture} }}
  - name: look
    request: {{ get: "/jobs/${{{{ id }}}}" }}
    expect: [ {{ status: 202 }} ]
"#
    )
}

/// What the harness cannot keep would be sent back changed: that is no fault of the server's.
#[test]
fn an_id_that_is_too_long_for_a_number_is_not_sent_back() {
    let (case, sent) = run(&with_id("/id"), &[], |_, _| answer(202, "", LONG_ID));
    assert_eq!((verdict(&case, "own/test: look"), sent.len()), (Verdict::Inconclusive, 1));
    let expected = "`id` was not captured in step 1, \"order\", where it is a number with more digits than can be \
                    kept: `{ from: body.text, matches: … }` takes it as text";
    assert_eq!(because(&case, "own/test: look"), expected);
}

/// The way out that the message names.
#[test]
fn an_id_that_is_too_long_for_a_number_can_be_taken_as_text() {
    let capture = r#"{ from: body.text, matches: '"id": ([0-9]+)' }"#;
    let (case, sent) = run(&with_id(capture), &[], |_, _| answer(202, "", LONG_ID));
    assert_eq!(verdict(&case, "own/test: look"), Verdict::Pass);
    assert!(sent[1].starts_with("GET /api/jobs/18446744073709551616 "), "{}", sent[1]);
}

/// A value of an earlier step would be that of another job.
#[test]
fn a_fragment_that_is_left_out_leaves_its_outputs_without_a_value() {
    let steps = r#"
  - { name: first, use: jobs/start, with: { of: a }, outputs: { job: uri } }
  - { name: ask, request: { get: /a }, expect: [ { status: 200 } ], capture: { code: status } }
  - { name: second, when: { code: 500 }, use: jobs/start, with: { of: b }, outputs: { job: uri } }
  - { name: look, request: { get: "${{ job }}" }, expect: [ { status: 200 } ] }
"#;
    let (case, sent) = run(steps, &[START], |_, before| match before {
        0 => answer(202, "location: 17\r\n", ""),
        _ => answer(200, "", ""),
    });
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert_eq!(because(&case, "own/test: look"), "`job` was not captured in step 4, \"second\"");
}

/// A branch that only had a name from before does not take back what another one captured since.
#[test]
fn what_one_branch_captures_anew_stays() {
    let steps = r#"
  - { name: first, request: { post: /jobs }, capture: { job: location } }
  - name: both
    parallel:
      anew: [ { name: second, request: { post: /jobs }, capture: { job: location } } ]
      beside: [ { name: rest, wait: 10ms } ]
  - { name: look, request: { get: "${{ job }}" }, expect: [ { status: 200 } ] }
"#;
    let (_, sent) = run(steps, &[], |_, before| match before {
        0 => answer(202, "location: /jobs/1\r\n", ""),
        1 => answer(202, "location: /jobs/2\r\n", ""),
        _ => answer(200, "", ""),
    });
    assert!(sent.last().is_some_and(|last| last.contains("/jobs/2")), "{sent:?}");
}

/// The harness may not decide for the server that there was nothing to wait for.
#[rstest]
#[case::in_time(2, Verdict::Pass)]
#[case::at_once(0, Verdict::Inconclusive)]
fn pending_answers_that_must_be_seen_are_missed(#[case] pending: usize, #[case] expected: Verdict) {
    let steps = r"
  - name: ask
    poll: /jobs/1
    every: 1s
    within: 10s
    pending: { seen: 2, status: 404 }
    until: 200
";
    let (case, _) =
        run(steps, &[], move |_, before| answer(if before < pending { 404 } else { 200 }, "", ""));
    assert_eq!(verdict(&case, "own/test: ask"), expected);
    let because = because(&case, "own/test: ask");
    assert_eq!(because.is_empty(), expected == Verdict::Pass, "{because}");
}

/// What is said of all rounds is a demand of the step that has them, whatever the steps inside it are called.
#[rstest]
#[case::right("1", "1", Verdict::Pass)]
#[case::wrong("1", "2", Verdict::Fail)]
fn what_all_rounds_must_have_in_common_is_a_requirement_of_the_repetition(
    #[case] first: &'static str,
    #[case] second: &'static str,
    #[case] expected: Verdict,
) {
    let steps = r"
  - name: rounds
    repeat: { times: 2 }
    steps:
      - { name: ask, request: { get: /a }, expect: [ { status: 200 } ], capture: { id: body.text } }
    same: [ { value: id } ]
";
    let (case, _) =
        run(steps, &[], move |_, before| answer(200, "", if before == 0 { first } else { second }));
    assert_eq!(verdict(&case, "own/test: ask"), Verdict::Pass);
    assert_eq!(verdict(&case, "own/test: rounds"), expected);
}

#[test]
fn an_expression_that_is_none_is_sent_as_it_is_meant_in_every_place() {
    let steps = r"
  - { name: text, request: { post: /a, body: 'a $${{ b }}' }, expect: [ { status: 200 } ] }
  - { name: json, request: { post: /b, json: { k: ['$${{ c }}'], '$${{ d }}': 1 } }, expect: [ { status: 200 } ] }
";
    let (_, sent) = run(steps, &[], |_, _| answer(200, "", ""));
    let bodies: Vec<&str> = sent.iter().filter_map(|sent| Some(sent.split_once("\r\n\r\n")?.1)).collect();
    assert_eq!(bodies, ["a ${{ b }}", "{\"k\":[\"${{ c }}\"],\"${{ d }}\":1}"]);
}
