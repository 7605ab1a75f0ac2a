//! What a call meets on its way through the network and a gateway, and what it comes to there.

use std::time::Duration;

use hyper::header::{DATE, RETRY_AFTER};
use hyper::{Method, StatusCode};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde_json::Value;

use super::message::{Answer, Request};
use super::passage::Remark;
use super::session::Shared;
use super::world::World;
use crate::mock::clock::ClockMode;
use crate::mock::engine::JobKey;
use crate::mock::fault::{Advice, Effect, Encounter, Struck, Subject, Substitute};
use crate::mock::noise::{Noises, Scene};
use crate::mock::protocol::{self, Operation};

/// A call on its way: what it meets, and what it says, for the case that it starts a job.
struct Way {
    encounter: Encounter,
    content: Option<u64>,
}

impl Shared {
    /// Lets a call pass the faults of the plan.
    pub(super) async fn past_faults(
        &self,
        operation: Operation,
        request: Box<Request>,
        noises: &mut Noises,
    ) -> (Scene, Answer, Remark) {
        let Some(Way { encounter, content }) = self.way(operation, &request) else {
            return self.through_gateway(operation, request, noises).await;
        };
        self.clock().sleep(encounter.before).await;
        let struck = encounter.struck.as_ref();
        let (scene, answer, mut remark) = match struck {
            Some(struck) if struck.phase.is_before_commit() => unheard(operation),
            Some(_) => self.exchange(operation, request, noises).await,
            None => self.through_gateway(operation, request, noises).await,
        };
        if let (Some(content), Some((job, _))) = (content, remark.job) {
            self.lock().meetings.started(content, job);
        }
        self.clock().sleep(encounter.after).await;
        let answer = match struck {
            Some(struck) => befallen(answer, struck, self.time()),
            None => answer,
        };
        remark.operation = Some(operation);
        remark.encounter = encounter;
        (scene, answer, remark)
    }

    /// What time callers believe it to be.
    fn time(&self) -> Time {
        let (elapsed, _) = self.clock().elapsed_and_now();
        let wall = self.configuration().epoch.saturating_add(elapsed);
        Time { mode: self.clock().mode(), wall: wall.unwrap_or(self.configuration().epoch) }
    }

    /// What this call meets; nothing, where nothing can happen to any call, or where somebody only asks which methods
    /// there are.
    fn way(&self, operation: Operation, request: &Request) -> Option<Way> {
        let mut world = self.lock();
        if world.meetings.plan().is_empty() || request.method == Method::OPTIONS {
            return None;
        }
        let job = protocol::job_of(&world, operation, request);
        let subject = subject(self, &world, (operation, request), job);
        let content = operation.starts_job().then(|| subject.content());
        let encounter = world.meetings.meet(&subject, request.connection, self.now());
        Some(Way { encounter, content })
    }
}

/// A call about this job, or about none, as faults see it.
pub(in crate::mock) fn subject<'a>(
    shared: &Shared,
    world: &World,
    (operation, request): (Operation, &'a Request),
    job: Option<JobKey>,
) -> Subject<'a> {
    let of_job = world.job(job).map(|job| job.order.label.clone());
    Subject {
        operation,
        request,
        fixture: of_job.or_else(|| protocol::fixture_of(shared.configuration(), operation, request)),
        job: job.map(JobKey::number),
    }
}

/// A call that the server never hears of.
fn unheard(operation: Operation) -> (Scene, Answer, Remark) {
    let scene = Scene { operation: Some(operation), ..Scene::NOWHERE };
    (scene, gateway_page(StatusCode::BAD_GATEWAY), Remark::default())
}

/// How time passes for callers, and what their clocks show.
#[derive(Debug, Clone, Copy)]
struct Time {
    mode: ClockMode,
    wall: Timestamp,
}

/// The answer as it comes out of a fault.
fn befallen(mut answer: Answer, struck: &Struck, time: Time) -> Answer {
    match &struck.effect {
        Effect::Answer(substitute) => substituted(substitute, time),
        Effect::Wire(damage) => {
            answer.delivery.damage = Some(*damage);
            answer
        }
    }
}

/// The answer of somebody else in the server's stead.
fn substituted(substitute: &Substitute, now: Time) -> Answer {
    let status = StatusCode::from_u16(substitute.status).unwrap_or(StatusCode::BAD_GATEWAY);
    let answer = match &substitute.body {
        None => gateway_page(status),
        Some(Value::String(text)) => Answer::text(status, "text/plain; charset=utf-8", text.clone()),
        Some(body) => Answer::json(status, body),
    };
    match substitute.retry_after {
        Some(Advice::Seconds(time)) => answer.with(RETRY_AFTER, &seconds(time, now.mode).to_string()),
        Some(Advice::Date(time)) => dated(answer, now.wall, seconds(time, now.mode)),
        None => answer,
    }
}

/// So much of the mock's time in whole seconds of the caller's.
fn seconds(time: Duration, clock: ClockMode) -> u64 {
    match clock {
        ClockMode::Scale(factor) => time.as_secs().div_ceil(u64::from(factor.max(1))),
        ClockMode::Real | ClockMode::Virtual | ClockMode::Auto => time.as_secs(),
    }
}

/// The answer with a date to come again, at least so many seconds away: dates are of whole seconds.
fn dated(answer: Answer, now: Timestamp, seconds: u64) -> Answer {
    let printer = rfc2822::DateTimePrinter::new();
    let date = |at: Timestamp| printer.timestamp_to_rfc9110_string(&at).unwrap_or_default();
    let then = now.saturating_add(Duration::from_secs(seconds) + Duration::from_millis(999)).unwrap_or(now);
    answer.with(DATE, &date(now)).with(RETRY_AFTER, &date(then))
}

/// What a gateway says when the server behind it is not heard.
pub(super) fn gateway_page(status: StatusCode) -> Answer {
    let page = format!("<html><head><title>{status}</title></head><body>nginx</body></html>");
    Answer::text(status, "text/html", page)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(ClockMode::Real, 90)]
    #[case(ClockMode::Auto, 90)]
    #[case(ClockMode::Scale(60), 2)]
    #[case(ClockMode::Scale(1000), 1)]
    fn advice_is_in_the_callers_time(#[case] clock: ClockMode, #[case] expected: u64) {
        assert_eq!(seconds(Duration::from_secs(90), clock), expected);
    }

    #[test]
    fn a_date_is_no_nearer_than_it_should_be() {
        let now = Timestamp::from_millisecond(1_700).unwrap();
        let answer = dated(Answer::empty(StatusCode::SERVICE_UNAVAILABLE), now, 1);
        assert_eq!(answer.headers[DATE], "Thu, 01 Jan 1970 00:00:01 GMT");
        assert_eq!(answer.headers[RETRY_AFTER], "Thu, 01 Jan 1970 00:00:03 GMT");
    }
}
