//! A session's exchanges taken apart: a course for each initial call, with everything that followed from it.
//!
//! Clients and jobs that have nothing to do with each other share no course, so that no rule sees one beside the other.
//! What cannot be told apart for certain belongs to none.

use std::collections::BTreeMap;

use super::credential::credential;
use super::index::{Index, is_initial};
use super::repetition::{Repetition, repetitions};
use crate::rule::course::{Course, Exchange, Operation, Task};

/// What a session's exchanges are taken apart into.
#[derive(Debug, Default)]
pub(super) struct Flows {
    /// The courses, each with its initial call, and requests to where nothing is served.
    pub(super) courses: Vec<Course>,
    /// How many exchanges belong to none of them.
    pub(super) strays: u64,
    /// How many were left out because their course was too long.
    pub(super) cut: u64,
}

/// Takes exchanges apart, which are in the order of arrival; `blank` is what is known of every client.
pub(super) fn flows(exchanges: Vec<Exchange>, blank: Course) -> Flows {
    let mut taking = Taking { blank, repetitions: repetitions(&exchanges), ..Taking::default() };
    // What is still under way is nobody's yet.
    for exchange in exchanges.into_iter().filter(|exchange| exchange.answered.is_some()) {
        taking.take(exchange);
    }
    taking.flows
}

#[derive(Debug, Default)]
struct Taking {
    blank: Course,
    repetitions: BTreeMap<u64, Repetition>,
    index: Index,
    flows: Flows,
    /// The course of each initial call.
    of_call: BTreeMap<u64, usize>,
}

impl Taking {
    fn take(&mut self, exchange: Exchange) {
        let course = if is_initial(&exchange) {
            Some(self.begun(&exchange))
        } else {
            self.index.find(&exchange).filter(|found| self.is_of_its_client(*found, &exchange))
        };
        match course {
            Some(course) => {
                self.index.learn(course, &exchange);
                let kept = self.flows.courses.get_mut(course).is_some_and(|course| append(course, exchange));
                self.flows.cut += u64::from(!kept);
            }
            None if exchange.is_unserved() || exchange.invents_job => {
                let course = self.empty(&exchange);
                self.flows.courses.push(Course { exchanges: vec![alone(exchange)], ..course });
            }
            None => self.flows.strays += 1,
        }
    }

    /// The course of an initial call: a new one, unless it is a repetition.
    fn begun(&mut self, call: &Exchange) -> usize {
        let repetition = self.repetitions.get(&call.number).copied();
        let course_of = |number| self.of_call.get(&number).copied();
        let course = match repetition {
            Some(Repetition::Of(first)) => course_of(first),
            Some(Repetition::Perhaps(first)) => {
                if let Some(earlier) = course_of(first).and_then(|course| self.flows.courses.get_mut(course))
                {
                    earlier.lookalikes.push(call.number);
                }
                None
            }
            None => None,
        };
        let course = course.unwrap_or_else(|| {
            self.flows.courses.push(self.empty(call));
            self.flows.courses.len() - 1
        });
        self.of_call.insert(call.number, course);
        course
    }

    /// A course of the client that sends this, without any exchange.
    fn empty(&self, first: &Exchange) -> Course {
        let credential = credential(first).unwrap_or_default();
        Course { task: Task { credential, ..self.blank.task.clone() }, ..self.blank.clone() }
    }

    /// Who shows another credential is somebody else; who shows none has lost it.
    fn is_of_its_client(&self, course: usize, exchange: &Exchange) -> bool {
        let own = self.flows.courses.get(course).map(|course| &course.task.credential);
        credential(exchange).is_none_or(|shown| own == Some(&shown))
    }
}

/// An exchange that belongs to no job: what it should have been about is nobody's knowledge.
fn alone(exchange: Exchange) -> Exchange {
    Exchange { operation: None, ..exchange }
}

/// Adds an exchange, if there is room. Of many looks in a row that brought nothing new, two are as good as all.
fn append(course: &mut Course, exchange: Exchange) -> bool {
    const MANY: usize = 1000;
    if course.exchanges.len() >= MANY {
        let uneventful = |own: &Exchange| is_uneventful(own, &exchange);
        match course.exchanges.as_mut_slice() {
            [.., earlier, last] if uneventful(earlier) && uneventful(last) => {
                *last = exchange;
                return true;
            }
            all if all.len() >= 2 * MANY => return false,
            _ => {}
        }
    }
    course.exchanges.push(exchange);
    true
}

/// Whether an exchange is the same look with the same answer, and says nothing but that the job is under way.
fn is_uneventful(own: &Exchange, other: &Exchange) -> bool {
    let look = matches!(own.operation, Some(Operation::Poll | Operation::Status));
    let silent = own.reference().is_none() && own.fault.is_none() && own.got(200) && other.got(200);
    let same = (&own.method, &own.target, &own.body) == (&other.method, &other.target, &other.body);
    look && silent && same && own.headers == other.headers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::sample::{Sample, course, create, elsewhere, invoke, nowhere, output, poll, task};

    fn taken(samples: Vec<Sample>) -> (Vec<Vec<u64>>, u64) {
        let flows = flows(course(samples).exchanges, Course::default());
        let numbers = |course: &Course| course.exchanges.iter().map(|own| own.number).collect();
        (flows.courses.iter().map(numbers).collect(), flows.strays)
    }

    fn of(job: u64, sample: Sample) -> Sample {
        sample.job(job)
    }

    #[test]
    fn what_follows_from_a_call_is_with_it() {
        let exchanges =
            vec![invoke().accepted(), poll().answered(200), poll().done(), output().answered(200)];
        assert_eq!(taken(exchanges), (vec![vec![1, 2, 3, 4]], 0));
    }

    #[test]
    fn two_jobs_side_by_side_are_two_courses() {
        let led = |job: u64| format!("http://orchestrator.example/t/jobs/aaaaaaaaaaaaaaa{job}/status");
        let begun = |job: u64| of(job, invoke().answered(202).leading_to(&led(job)));
        let look = |job: u64| of(job, poll().target(&format!("/t/jobs/aaaaaaaaaaaaaaa{job}/status")));
        let exchanges = vec![begun(1), begun(2), look(2), look(1), look(1)];
        assert_eq!(taken(exchanges), (vec![vec![1, 4, 5], vec![2, 3]], 0));
    }

    #[test]
    fn another_client_that_looks_at_the_same_job_is_not_judged() {
        let other = || poll().with("authorization", "Bearer [uipath.stranger.bearer]").answered(200);
        let bare = poll().bare("authorization").answered(401);
        assert_eq!(taken(vec![invoke().accepted(), other(), bare]), (vec![vec![1, 3]], 1));
    }

    #[test]
    fn a_guess_is_with_the_call_that_it_guesses_from() {
        let guess = nowhere("/t/echo/status").answered(404);
        assert_eq!(taken(vec![invoke().accepted(), guess]), (vec![vec![1, 2]], 0));
        let other = nowhere("/t/short/status").answered(404);
        assert_eq!(taken(vec![invoke().accepted(), other]), (vec![vec![1], vec![2]], 0));
    }

    #[test]
    fn a_misread_reference_is_known_by_what_it_names() {
        let misread = nowhere("/t/echo/t/jobs/5d5ec66f357d4c2d/status").answered(404);
        assert_eq!(taken(vec![invoke().accepted(), misread]), (vec![vec![1, 2]], 0));
    }

    #[test]
    fn a_task_is_known_by_its_id_in_any_form() {
        let text = task(Operation::Status, r#"{"id":"955"}"#).jobless().answered(200);
        let unknown = task(Operation::Status, r#"{"id":7}"#).jobless().answered(200);
        assert_eq!(taken(vec![create(r#""""#), text, unknown]), (vec![vec![1, 2]], 1));
    }

    #[test]
    fn a_job_that_never_was_belongs_to_nobody() {
        let call = || task(Operation::Status, r#"{"id":7}"#).jobless().inventing().answered(200);
        let flows = flows(course(vec![call()]).exchanges, Course::default());
        assert_eq!((flows.courses.len(), flows.strays), (1, 0));
        assert!(flows.courses[0].exchanges[0].is_unserved());
    }

    #[test]
    fn another_origin_is_with_the_answer_that_led_there() {
        let led = invoke().answered(303).leading_to("http://elsewhere.example/jobs/1");
        assert_eq!(taken(vec![led, elsewhere("/jobs/1"), elsewhere("/")]), (vec![vec![1, 2]], 1));
    }

    #[test]
    fn a_repetition_is_with_the_call_that_it_repeats() {
        let call = || invoke().body(r#"{"mark":"a"}"#);
        assert_eq!(taken(vec![call().bad_gateway(), call().accepted()]), (vec![vec![1, 2]], 0));
        let split = vec![call().accepted(), call().bad_gateway(), call().accepted()];
        assert_eq!(taken(split), (vec![vec![1], vec![2], vec![3]], 0));
    }

    #[test]
    fn a_job_that_is_looked_at_for_ever_takes_no_memory() {
        let mut exchanges = vec![invoke().accepted()];
        exchanges.extend((0..5000).map(|_| poll().answered(200)));
        exchanges.push(poll().done());
        let (courses, _) = taken(exchanges);
        assert_eq!((courses.len(), courses[0].len(), courses[0].last()), (1, 1001, Some(&5002)));
    }
}
