//! Verdicts in somebody's Rust tests: what is demanded of them, what they say, and a mock that speaks up by itself.

use std::panic::{AssertUnwindSafe, catch_unwind};

use orchspec::mock::{BlockingMock, Mock};
use rstest::rstest;

use crate::standalone::program::call;

const RIGHT: &str = "Content-Type: application/json\r\n";
const WRONG: &str = "Content-Type: text/plain\r\n";

fn mock() -> BlockingMock {
    Mock::builder().verify_on_drop().start_blocking().unwrap()
}

fn start_a_job(mock: &Mock, labelled: &str) {
    let bearer = mock.bearer("owner").unwrap();
    let headers = format!("Authorization: Bearer {bearer}\r\n{labelled}");
    let authority = mock.elma_url().trim_start_matches("http://");
    let reply = call(authority, "POST /acme/prod/orchestrator_/t/echo-fnf", &headers, r#"{"n":1}"#);
    assert!(reply.status > 0, "{reply:?}");
}

/// What a panic says.
fn said(act: impl FnOnce()) -> Option<String> {
    let payload = catch_unwind(AssertUnwindSafe(act)).err()?;
    let text = payload.downcast_ref::<String>().cloned();
    text.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
}

#[test]
fn a_right_client_is_clean() {
    let mock = mock();
    start_a_job(&mock, RIGHT);
    mock.finish().verdicts.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn in_an_asynchronous_test_it_is_the_same() -> Result<(), Box<dyn std::error::Error>> {
    let mock = Mock::builder().verify_on_drop().start().await?;
    tokio::task::block_in_place(|| start_a_job(&mock, RIGHT));
    mock.finish().await.verdicts.assert_clean();
    Ok(())
}

#[test]
fn nothing_exercised_is_not_clean() {
    let verdicts = mock().finish().verdicts;
    assert!(said(|| verdicts.assert_clean()).unwrap().contains("not clean"));
}

#[test]
fn a_violation_is_expected_by_its_id() {
    let mock = mock();
    start_a_job(&mock, WRONG);
    let verdicts = mock.finish().verdicts;
    assert_eq!(verdicts.expect_fail("CV-ARGS-1").judgement.exercised, 1);
    assert!(said(|| verdicts.assert_clean()).unwrap().contains("FAIL CV-ARGS-1"));
    let kept = said(|| _ = verdicts.expect_fail("CV-AUTH-1")).unwrap();
    assert!(kept.starts_with("CV-AUTH-1 is pass, but was expected to be broken"), "{kept}");
    let unknown = said(|| _ = verdicts.expect_fail("CV-ARG-1")).unwrap();
    assert_eq!(unknown, "there is no rule `CV-ARG-1`; did you mean `CV-ARGS-1`?");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/tests/verdicts");
    insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("broken", verdicts);
    });
}

#[rstest]
#[case::wrong(WRONG, true)]
#[case::right(RIGHT, false)]
fn a_mock_that_is_dropped_speaks_up(#[case] labelled: &str, #[case] expected: bool) {
    let mock = mock();
    start_a_job(&mock, labelled);
    let said = said(|| drop(mock));
    assert_eq!(said.is_some_and(|said| said.contains("CV-ARGS-1")), expected);
}

#[test]
fn verdicts_that_somebody_looked_at_pass_in_silence() {
    let mock = mock();
    start_a_job(&mock, WRONG);
    mock.verdicts().expect_fail("CV-ARGS-1");
    assert_eq!(said(|| drop(mock)), None);
}

#[test]
fn a_test_that_fails_already_says_so_alone() {
    let said = said(|| {
        let mock = mock();
        start_a_job(&mock, WRONG);
        panic!("the test's own reason");
    });
    assert_eq!(said.as_deref(), Some("the test's own reason"));
}
