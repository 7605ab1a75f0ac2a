//! The engine's invariants, by example and by random histories.

use std::collections::BTreeSet;
use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Map, json};

use crate::mock::fixture::Ends;

use super::{Cause, Ending, Engine, JobKey, Order, Room, Script, State};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn order(engine: &Engine, script: Script) -> Order {
    Order {
        files: None,
        label: "job".into(),
        number: engine.next_number(),
        owner: "owner".to_owned(),
        arguments: Map::new(),
        weight: 10,
        script,
        ending: Ending::Output(json!({})),
    }
}

fn create(engine: &mut Engine, script: Script, now: Duration) -> JobKey {
    let order = order(engine, script);
    engine.create(order, now)
}

fn state(engine: &Engine, key: JobKey) -> State {
    engine.read(key).unwrap().state
}

const SLOW: Script = Script {
    prepares: Some(Duration::from_secs(1)),
    queued: Duration::from_secs(2),
    held: false,
    runs: Duration::from_secs(3),
    ends: Ends::InTime,
    limit: None,
};

#[test]
fn a_life_has_its_moves_at_their_instants_however_late_one_looks() {
    let mut engine = Engine::default();
    let key = create(&mut engine, SLOW, seconds(10));
    engine.advance(seconds(100));
    let moves: Vec<_> = engine.read(key).unwrap().history.iter().map(|entry| (entry.to, entry.at)).collect();
    assert_eq!(
        moves,
        [(State::Queued, seconds(11)), (State::Running, seconds(13)), (State::Done, seconds(16))]
    );
}

#[test]
fn a_held_job_waits_and_goes_on_with_the_time_that_was_left() {
    let mut engine = Engine::default();
    let key = create(&mut engine, SLOW, seconds(0));
    engine.advance(seconds(4));
    engine.hold(key, seconds(4));
    engine.advance(seconds(50));
    assert_eq!(state(&engine, key), State::Running);
    assert!(engine.release(key, seconds(50)));
    assert_eq!(engine.due(key), Some(seconds(52)));
    assert!(!engine.release(key, seconds(50)));
}

#[test]
fn a_started_job_runs_at_once_whatever_it_waited_for() {
    let mut engine = Engine::default();
    let key = create(&mut engine, Script { held: true, ..SLOW }, seconds(0));
    engine.start(key, seconds(0));
    assert_eq!((state(&engine, key), engine.due(key)), (State::Running, Some(seconds(3))));
    engine.start(key, seconds(2));
    assert_eq!(engine.due(key), Some(seconds(3)));
}

#[test]
fn a_limit_ends_even_a_held_job() {
    let mut engine = Engine::default();
    let key = create(&mut engine, Script { held: true, limit: Some(seconds(9)), ..SLOW }, seconds(0));
    engine.advance(seconds(20));
    let job = engine.read(key).unwrap();
    assert_eq!(
        (job.state, job.ended, job.end_cause()),
        (State::Failed, Some(seconds(9)), Some(Cause::Limit))
    );
}

#[test]
fn only_a_waiting_job_is_cancelled_and_it_stays_so() {
    let mut engine = Engine::default();
    let (early, late) = (create(&mut engine, SLOW, seconds(0)), create(&mut engine, SLOW, seconds(0)));
    assert!(engine.cancel(early, seconds(1)));
    assert!(!engine.cancel(early, seconds(1)));
    engine.advance(seconds(4));
    assert!(!engine.cancel(late, seconds(4)));
    engine.release(early, seconds(5));
    engine.fail(early, "no", seconds(5));
    engine.advance(seconds(100));
    assert_eq!((state(&engine, early), state(&engine, late)), (State::Cancelled, State::Done));
}

#[test]
fn a_failure_from_outside_says_why() {
    let mut engine = Engine::default();
    let key = create(&mut engine, SLOW, seconds(0));
    engine.fail(key, "stopped", seconds(1));
    assert_eq!(engine.read(key).unwrap().order.ending, Ending::Fault("stopped".to_owned()));
    assert_eq!(engine.due(key), None);
}

#[test]
fn numbers_are_not_used_again_after_everything_was_forgotten() {
    let mut engine = Engine::default();
    let number = engine.next_number();
    create(&mut engine, SLOW, seconds(0));
    engine.clear();
    assert_eq!((engine.jobs().count(), engine.next_number()), (0, number + 1));
}

/// One thing that somebody does to the engine.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Create(Script),
    Cancel(usize),
    Hold(usize),
    Release(usize),
    Fail(usize),
    Pass(u64),
}

fn script() -> impl Strategy<Value = Script> {
    let short = || (0..5000u64).prop_map(Duration::from_millis);
    (proptest::option::of(short()), short(), any::<bool>(), short(), proptest::option::of(short())).prop_map(
        |(prepares, queued, held, runs, limit)| Script {
            prepares,
            queued,
            held,
            runs,
            limit,
            ends: Ends::InTime,
        },
    )
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        script().prop_map(Deed::Create),
        (0..8usize).prop_map(Deed::Cancel),
        (0..8usize).prop_map(Deed::Hold),
        (0..8usize).prop_map(Deed::Release),
        (0..8usize).prop_map(Deed::Fail),
        (0..3000u64).prop_map(Deed::Pass),
    ]
}

fn perform(engine: &mut Engine, keys: &mut Vec<JobKey>, now: &mut Duration, deed: Deed) {
    let at = |index: usize| keys.get(index).copied();
    match deed {
        Deed::Create(script) => keys.push(create(engine, script, *now)),
        Deed::Cancel(index) => at(index).into_iter().for_each(|key| _ = engine.cancel(key, *now)),
        Deed::Hold(index) => at(index).into_iter().for_each(|key| engine.hold(key, *now)),
        Deed::Release(index) => at(index).into_iter().for_each(|key| _ = engine.release(key, *now)),
        Deed::Fail(index) => at(index).into_iter().for_each(|key| engine.fail(key, "no", *now)),
        Deed::Pass(milliseconds) => *now += Duration::from_millis(milliseconds),
    }
    engine.advance(*now);
}

proptest! {
    #[test]
    fn histories_only_go_forward(deeds in proptest::collection::vec(deed(), 1..60)) {
        let (mut engine, mut keys, mut now) = (Engine::default(), Vec::new(), Duration::ZERO);
        for deed in deeds {
            perform(&mut engine, &mut keys, &mut now, deed);
            let numbers: BTreeSet<_> = engine.jobs().map(|(_, job)| job.order.number).collect();
            prop_assert_eq!(numbers.len(), keys.len());
            for (key, job) in engine.jobs() {
                prop_assert!(engine.due(key).is_none_or(|due| due > now), "overdue: {:?}", job);
                for entry in &job.history {
                    prop_assert!(entry.from < entry.to && entry.at <= now, "{:?}", job.history);
                }
                for pair in job.history.windows(2) {
                    prop_assert!(pair[0].to == pair[1].from && pair[0].at <= pair[1].at, "{:?}", job.history);
                    prop_assert_eq!(pair[0].version + 1, pair[1].version);
                }
                let cancelled = job.state == State::Cancelled;
                prop_assert!(!(cancelled && job.started.is_some()), "cancelled, yet it ran: {:?}", job);
            }
        }
    }
}

#[test]
fn what_has_ended_is_forgotten_for_the_room_that_it_takes() {
    let mut engine = Engine::default();
    let instant = Script::default();
    let keys: Vec<_> = (0..5).map(|_| create(&mut engine, instant, seconds(0))).collect();
    engine.advance(seconds(1));
    let room = Room { jobs: 100, weight: 30 };
    assert!(engine.exceeds(room));
    let mut forget = |room| engine.forget_oldest(room).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
    assert_eq!(forget(room), keys[..2]);
    assert_eq!(forget(Room { jobs: 1, weight: 100 }), keys[2..4]);
}
