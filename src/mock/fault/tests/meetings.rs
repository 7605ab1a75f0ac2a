//! Which calls meet which faults, whatever else is called and in whatever order.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use hyper::{HeaderMap, Method};
use proptest::prelude::*;

use crate::mock::caller::{Caller, OWNER, TRIGGERS, path};
use crate::mock::fault::meeting::Meetings;
use crate::mock::fault::{Budget, CountBy, Fault, FaultPlan, Subject};
use crate::mock::server::message::Request;
use crate::mock::{Configuration, Operation};

/// What the calls of some jobs meet, when they come in this order; each job stands for a call that names it.
fn met(plan: &FaultPlan, order: &[usize]) -> BTreeMap<usize, Vec<bool>> {
    let mut meetings = Meetings::new(plan.clone(), "default", 7);
    let mut met: BTreeMap<usize, Vec<bool>> = BTreeMap::new();
    for job in order {
        let request = request(*job);
        let subject = Subject { operation: Operation::Poll, request: &request, fixture: None, job: None };
        let encounter = meetings.meet(&subject, 1, Duration::ZERO);
        met.entry(*job).or_default().push(encounter.struck.is_some());
    }
    met
}

fn request(job: usize) -> Request {
    let uri = format!("/jobs/{job}").parse().unwrap();
    Request::new(Method::GET, &uri, HeaderMap::new(), Bytes::new())
}

fn by_chance() -> Fault {
    Fault::on(Operation::Poll).probability(0.4).status(502)
}

fn plan(rules: impl IntoIterator<Item = Fault>) -> FaultPlan {
    FaultPlan::new(rules).unwrap()
}

/// Calls of six jobs in an order.
fn orders() -> impl Strategy<Value = (Vec<usize>, Vec<usize>)> {
    let calls: Vec<usize> = (0..6).flat_map(|job| std::iter::repeat_n(job, 8)).collect();
    (Just(calls.clone()).prop_shuffle(), Just(calls).prop_shuffle())
}

proptest! {
    #[test]
    fn the_order_of_other_jobs_does_not_matter((one, other) in orders()) {
        let budget = Budget { max_consecutive: Some(2), max_per_job: Some(3) };
        let plan = plan([by_chance()]).with_budget(budget);
        prop_assert_eq!(met(&plan, &one), met(&plan, &other));
    }

    #[test]
    fn another_rule_does_not_change_the_lots((one, _) in orders(), name in "[a-z]{1,9}") {
        let other = Fault::on(Operation::Output).named(&name).probability(0.5).status(502);
        prop_assume!(name != "poll");
        prop_assert_eq!(met(&plan([by_chance()]), &one), met(&plan([other, by_chance()]), &one));
    }

    #[test]
    fn no_job_fails_more_often_by_chance_than_the_budget_allows((one, _) in orders(), seed: u64) {
        let budget = Budget { max_consecutive: Some(1), max_per_job: Some(2) };
        for met in met(&plan([by_chance()]).with_seed(seed).with_budget(budget), &one).values() {
            prop_assert!(met.iter().filter(|own| **own).count() <= 2);
            prop_assert!(met.windows(2).all(|pair| pair != [true, true]));
        }
    }
}

#[test]
fn another_seed_another_name_and_another_session_draw_other_lots() {
    let order: Vec<usize> = std::iter::repeat_n(0, 64).collect();
    let drawn = met(&plan([by_chance()]), &order);
    assert_ne!(drawn, met(&plan([by_chance()]).with_seed(8), &order));
    assert_ne!(drawn, met(&plan([by_chance().named("other")]), &order));
    let share = drawn[&0].iter().filter(|own| **own).count();
    assert!((13..=39).contains(&share), "{share} of 64 at 0.4");
}

#[test]
fn the_first_rule_that_meets_a_call_is_the_only_one_and_all_of_them_count() {
    let first = Fault::on(Operation::Poll).named("first").nth(1).status(502);
    let second = Fault::on(Operation::Poll).named("second").nth(1).nth(2).status(503);
    let mut meetings = Meetings::new(plan([first, second]), "default", 7);
    let request = request(1);
    let subject = Subject { operation: Operation::Poll, request: &request, fixture: None, job: None };
    let mut names = Vec::new();
    for _ in 0..3 {
        let considered = meetings.explain(&subject, 1, Duration::ZERO);
        let encounter = meetings.meet(&subject, 1, Duration::ZERO);
        let foretold = considered.into_iter().find(|own| own.fires).map(|own| own.name);
        assert_eq!(foretold, encounter.fault());
        names.push(encounter.fault().map(|name| name.to_string()));
    }
    assert_eq!(names, [Some("first".to_owned()), Some("second".to_owned()), None]);
    let counts: Vec<_> = meetings.counts().iter().map(|own| (own.eligible, own.fired)).collect();
    assert_eq!(counts, [(3, 1), (3, 1)]);
}

#[test]
fn delays_that_combine_stack_and_the_next_rule_still_meets_the_call() {
    let seconds = Duration::from_secs;
    let slow = Fault::on_any().delay(seconds(1)).combine();
    let slower = Fault::on(Operation::Poll).named("slower").delay(seconds(2)).combine();
    let lost = Fault::on(Operation::Poll).named("lost").status(502);
    let mut meetings = Meetings::new(plan([slow, slower, lost]), "default", 7);
    let request = request(1);
    let subject = Subject { operation: Operation::Poll, request: &request, fixture: None, job: None };
    let encounter = meetings.meet(&subject, 1, Duration::ZERO);
    assert_eq!((encounter.before, encounter.after), (Duration::ZERO, seconds(3)));
    assert_eq!(encounter.fault().as_deref(), Some("lost"));
}

#[test]
fn a_repetition_is_a_second_attempt_and_what_is_spent_is_told() {
    let first_attempts = by_chance().probability(1.0).attempt(1).max(2);
    let drawn = met(&plan([first_attempts.clone()]), &[0, 0, 0, 0, 0, 0]);
    assert_eq!(drawn[&0], [true, false, true, false, false, false]);
    let mut meetings = Meetings::new(plan([first_attempts]), "default", 7);
    let request = request(0);
    let subject = Subject { operation: Operation::Poll, request: &request, fixture: None, job: None };
    for _ in 0..6 {
        meetings.meet(&subject, 1, Duration::ZERO);
    }
    let count = &meetings.counts()[0];
    assert_eq!((count.eligible, count.fired, count.exhausted, count.is_missed()), (6, 2, 2, false));
}

/// The faults that all calls of one job met: its start, and five polls; 0 is none.
async fn flow(caller: Caller, mark: usize) -> (usize, Vec<u16>) {
    let body = format!("{{\"mark\":{mark}}}");
    let mut statuses = Vec::new();
    let location = loop {
        let reply = caller.call("POST", &format!("{TRIGGERS}echo-post"), OWNER, &body).await;
        statuses.push(met_by(reply.status));
        if let Some(location) = reply.header("location") {
            break path(location).to_owned();
        }
    };
    for _ in 0..5 {
        statuses.push(met_by(caller.call("GET", &location, OWNER, "").await.status));
    }
    (mark, statuses)
}

fn met_by(status: u16) -> u16 {
    if [502, 503].contains(&status) { status } else { 0 }
}

fn disturbed() -> Caller {
    let lost = |name: &str, operation| Fault::on(operation).named(name).probability(0.4).status(502);
    let rules = [lost("start", Operation::Invoke), lost("poll", Operation::Poll)];
    let per_job = Fault::on(Operation::Poll).named("second").nth(2).status(503).count_by(CountBy::Job);
    let plan = plan([rules[0].clone(), per_job, rules[1].clone()]);
    let budget = Budget { max_consecutive: Some(2), max_per_job: None };
    Caller::new(Configuration::embedded().with_faults(plan.with_budget(budget)).with_seed(3))
}

/// Sixty-four callers at once, each with its own job, meet the same faults as they do one after the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_at_the_same_time_meet_the_same_faults() {
    const CALLERS: usize = 64;
    let (alone, together) = (disturbed(), disturbed());
    let mut one_by_one = BTreeMap::new();
    for mark in 0..CALLERS {
        one_by_one.extend([flow(alone.clone(), mark).await]);
    }
    let tasks: Vec<_> = (0..CALLERS).rev().map(|mark| tokio::spawn(flow(together.clone(), mark))).collect();
    let mut at_once = BTreeMap::new();
    for task in tasks {
        at_once.extend([task.await.unwrap()]);
    }
    assert_eq!(at_once, one_by_one);
    let codes: std::collections::BTreeSet<u16> = at_once.into_values().flatten().collect();
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), [0, 502, 503]);
}
