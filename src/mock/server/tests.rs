//! Many callers at once: nobody sees a job go back, nobody is forgotten, and nobody is answered too early.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::runtime;
use tokio::task::JoinSet;

use super::{Kept, Limits, Session};
use crate::mock::caller::{Caller, SYSTEM};
use crate::mock::{Awaited, ClockMode, Configuration, Until};

fn caller(configuration: Configuration, clock: ClockMode) -> Caller {
    let kept = Kept { limits: &Limits::default(), outlet: None, control_token: None };
    Caller { mock: Session::journalled("many", configuration, clock, kept) }
}

/// Runs on several threads.
fn run(test: impl Future<Output = ()>) {
    runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap().block_on(test);
}

/// What somebody learnt about a task.
#[derive(Debug, Clone, PartialEq)]
enum Learnt {
    Shown(String),
    /// Whether it was taken out of the queue.
    Cancelled(bool),
}

/// One call as its caller saw it: between two ticks of a clock that ticks with every question and every answer.
#[derive(Debug, Clone)]
struct Call {
    begun: u64,
    ended: u64,
    learnt: Learnt,
}

#[derive(Clone)]
struct Watched {
    caller: Caller,
    ticks: Arc<AtomicU64>,
    id: Value,
}

impl Watched {
    fn tick(&self) -> u64 {
        self.ticks.fetch_add(1, Ordering::SeqCst)
    }

    async fn look(&self) -> Call {
        let begun = self.tick();
        let shown = self.caller.status(&self.id).await.at("/task/status");
        let learnt = Learnt::Shown(shown.as_str().unwrap().to_owned());
        Call { begun, ended: self.tick(), learnt }
    }

    async fn cancel(&self) -> Call {
        let begun = self.tick();
        let answer = self.caller.elma("cancel", &json!({ "auth_tkn": SYSTEM, "id": self.id })).await;
        // A task that has ended already is answered, too, and stays as it is.
        let cancelled = answer.status == 200 && answer.at("/task/status") != "DONE";
        Call { begun, ended: self.tick(), learnt: Learnt::Cancelled(cancelled) }
    }

    async fn poll(self) -> Vec<Call> {
        let mut calls = vec![self.look().await];
        while !calls.last().is_some_and(Call::is_last) {
            assert!(calls.len() < 10_000, "the task never ends: {:?}", calls.last());
            calls.push(self.look().await);
        }
        calls
    }

    async fn release(&self) {
        self.caller.hook(&json!({ "op": "release", "handle": self.id })).await;
    }
}

impl Call {
    fn is_last(&self) -> bool {
        self.place() >= 3
    }

    /// Where in a life the call found the task; a cancel that was refused found it running at least.
    fn place(&self) -> usize {
        match &self.learnt {
            Learnt::Shown(state) => {
                let places = [&["PREPARE"][..], &["QUEUE"], &["EXECUTING"], &["DONE", "ERROR"]];
                places.iter().position(|words| words.contains(&state.as_str())).unwrap()
            }
            Learnt::Cancelled(true) => 3,
            Learnt::Cancelled(false) => 2,
        }
    }

    fn shows(&self, states: &[&str]) -> bool {
        matches!(&self.learnt, Learnt::Shown(state) if states.contains(&state.as_str()))
    }
}

/// One held task that somebody lets go and somebody cancels while eight others look at it.
async fn history(caller: Caller, number: usize) -> Vec<Call> {
    let id = caller.create(5, &json!({})).await.at("/task/id");
    let watched = Watched { caller, ticks: Arc::default(), id };
    let mut watchers = JoinSet::new();
    (0..8).for_each(|_| _ = watchers.spawn(watched.clone().poll()));
    let cancelled = if number.is_multiple_of(2) {
        tokio::join!(watched.cancel(), watched.release()).0
    } else {
        tokio::join!(watched.release(), watched.cancel()).1
    };
    let mut calls: Vec<Call> = watchers.join_all().await.into_iter().flatten().collect();
    calls.push(cancelled);
    calls
}

/// A life goes one way only, so that a history can be put in one order if, and only if, no call that began after the
/// end of another finds the task where it was before.
fn assert_linearizable(mut calls: Vec<Call>) -> bool {
    calls.sort_by_key(|call| call.begun);
    for later in &calls {
        let before = calls.iter().filter(|call| call.ended < later.begun).map(Call::place).max();
        assert!(before.is_none_or(|place| place <= later.place()), "{later:?} in {calls:?}");
    }
    let cancelled = calls.iter().any(|call| call.learnt == Learnt::Cancelled(true));
    let (ran, gone) = (&["EXECUTING", "DONE"][..], &["ERROR"][..]);
    let impossible = if cancelled { ran } else { gone };
    assert!(!calls.iter().any(|call| call.shows(impossible)), "cancelled: {cancelled}, and yet {calls:?}");
    cancelled
}

#[test]
fn a_thousand_jobs_go_one_way_whoever_looks_and_whoever_cancels() {
    let configuration = Configuration::embedded().with_policy("after_cancel", "error").unwrap();
    let caller = caller(configuration, ClockMode::Scale(100));
    run(async move {
        let mut jobs = JoinSet::new();
        (0..1_000).for_each(|number| _ = jobs.spawn(history(caller.clone(), number)));
        let cancelled = jobs.join_all().await.into_iter().map(assert_linearizable);
        let cancelled = cancelled.filter(|cancelled| *cancelled).count();
        assert!((1..1_000).contains(&cancelled), "one side won every time: {cancelled}");
    });
}

/// So many calls that wait for a job of this trigger each.
fn park(caller: &Caller, trigger: &'static str, count: usize) -> JoinSet<u16> {
    let mut waiting = JoinSet::new();
    for _ in 0..count {
        let caller = caller.clone();
        waiting.spawn(async move { caller.invoke(trigger, &json!({})).await.status });
    }
    waiting
}

/// How many calls there were of each answer.
async fn answers(waiting: JoinSet<u16>) -> BTreeMap<u16, usize> {
    let mut answers = BTreeMap::new();
    waiting.join_all().await.into_iter().for_each(|status| *answers.entry(status).or_default() += 1);
    answers
}

async fn all_are_parked(caller: &Caller, count: usize) {
    let awaited = Awaited { parked: Some(count), ..Awaited::default() };
    assert!(caller.mock.wait(awaited, Duration::from_mins(1)).await, "{:?}", caller.mock.count());
}

#[test]
fn two_thousand_calls_that_wait_are_answered_once_their_jobs_end() {
    let caller = caller(Configuration::embedded(), ClockMode::Real);
    run(async move {
        let waiting = park(&caller, "cap-below", 2_000);
        all_are_parked(&caller, 2_000).await;
        for job in caller.mock.jobs() {
            caller.mock.complete(job.id, None, None).unwrap();
        }
        assert_eq!(answers(waiting).await, BTreeMap::from([(200, 2_000)]));
        assert_eq!(caller.mock.count().parked, 0);
    });
}

#[test]
fn a_quarter_of_an_hour_passes_for_ten_thousand_calls_that_wait() {
    let hold = Duration::from_mins(20);
    let caller = caller(Configuration { hold, ..Configuration::embedded() }, ClockMode::Virtual);
    run(async move {
        let (ends, times_out) = (park(&caller, "cap-below", 5_000), park(&caller, "cap-above", 5_000));
        all_are_parked(&caller, 10_000).await;
        let passed = caller.mock.advance(Until::After(Duration::from_mins(15))).await.unwrap();
        assert_eq!(passed.now, Duration::from_mins(15));
        assert!(passed.fired.is_sorted() && !passed.fired.is_empty(), "{:?}", passed.fired);
        assert_eq!(answers(ends).await, BTreeMap::from([(200, 5_000)]));
        assert_eq!(answers(times_out).await, BTreeMap::from([(504, 5_000)]));
    });
}
