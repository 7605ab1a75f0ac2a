//! How an answer of an API trigger reads: by its status code alone.

use crate::http::message::Response;
use crate::profile::{Difference, Judged, Profile, Reading, fault};

/// Reads an answer. Where a 502 is tolerated the request was sent again, so that one seen here counts.
pub(super) fn read(response: &Response) -> Reading {
    match response.status / 100 {
        2 => Reading::Success,
        4 => Reading::Refused,
        5 => Reading::Broken,
        _ => Reading::Unreadable,
    }
}

/// How the answer differs from a failed job's result, its status included (policy `fault_status`).
pub(super) fn compare_fault(
    profile: &dyn Profile,
    response: &Response,
    judged: Judged<'_>,
) -> Vec<Difference> {
    let reading = read(response);
    let (fits, expected) = match judged.policies.text("fault_status") {
        Some("2xx") => (reading == Reading::Success, "2xx"),
        Some("error") => (reading != Reading::Success, "4xx or 5xx"),
        _ => (true, ""),
    };
    let mut differences = fault::compare(profile, response, judged);
    if !fits {
        differences.push(Difference::new("status", expected, response.status.to_string()));
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Operation;
    use crate::profile::sample;
    use crate::profile::uipath::Uipath;
    use crate::requirement::Policies;
    use crate::target::{Entry, Job};
    use rstest::rstest;
    use serde_json::{Map, json};

    #[rstest]
    #[case(200, Reading::Success)]
    #[case(202, Reading::Success)]
    #[case(299, Reading::Success)]
    #[case(400, Reading::Refused)]
    #[case(499, Reading::Refused)]
    #[case(500, Reading::Broken)]
    #[case(502, Reading::Broken)]
    #[case(101, Reading::Unreadable)]
    #[case(302, Reading::Unreadable)]
    #[case(303, Reading::Unreadable)]
    #[case(600, Reading::Unreadable)]
    fn answers_read(#[case] status: u16, #[case] expected: Reading) {
        assert_eq!(read(&sample::answer(status, r#"{"status":404}"#)), expected);
    }

    #[rstest]
    #[case::in_success("any", 200, "boom", &[])]
    #[case::in_refusal("any", 400, r#"{"error":"a boom"}"#, &[])]
    #[case::in_breakdown("any", 500, "boom", &[])]
    #[case::redirected("any", 303, "boom", &["result: fault / unreadable (HTTP 303)"])]
    #[case::silent("any", 500, "bang", &["body: text that contains \"boom\" / \"bang\""])]
    #[case::the_output("any", 200, r#"{"ok":true,"x":"boom"}"#, &["result: fault / the declared output"])]
    #[case::must_succeed("2xx", 200, "boom", &[])]
    #[case::must_succeed_but("2xx", 500, "boom", &["status: 2xx / 500"])]
    #[case::must_fail("error", 500, "boom", &[])]
    #[case::must_fail_but("error", 200, "boom", &["status: 4xx or 5xx / 200"])]
    fn faults_are_compared(
        #[case] policy: &str,
        #[case] status: u16,
        #[case] body: &'static str,
        #[case] expected: &[&str],
    ) {
        let entry = Entry::Trigger { path: "/t".to_owned(), verb: "POST".to_owned(), mode: String::new() };
        let job = Job {
            output: Some(json!({ "ok": true })),
            error_contains: Some("boom".to_owned()),
            ..sample::job(entry)
        };
        let mut policies = Policies::default();
        policies.set("fault_status", json!(policy));
        let sent = Map::new();
        let judged = sample::judged(Operation::Get, &job, &policies, &sent);
        let found = compare_fault(&Uipath, &sample::answer(status, body), judged);
        let found: Vec<_> = found
            .iter()
            .map(|found| format!("{}: {} / {}", found.place, found.expected, found.actual))
            .collect();
        assert_eq!(found, expected);
    }
}
