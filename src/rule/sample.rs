//! Short ways to write courses down, for the tests of rules.

use std::time::Duration;

use super::Judgement;
use super::course::{Answer, Course, End, Exchange, Operation, Report, Task};
use crate::outcome::CheckOutcome;

/// What stands in the journal for the client's credential.
pub(crate) const MASK: &str = "[uipath.owner.bearer]";
const HOST: &str = "orchestrator.example";
/// The status URI of the one job.
pub(crate) const STATUS: &str = "/t/jobs/5d5ec66f357d4c2d/status";
const OUTPUT: &str = "/t/jobs/5d5ec66f357d4c2d/output";

/// An exchange that is being written down; what is not said of it is as a right client does it.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    exchange: Exchange,
    at: Option<Duration>,
}

/// What a rule is to find.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expect {
    /// Nothing to look at.
    Vacuous,
    /// So many looks, and all of them right.
    Held(u64),
    /// At least one deviation.
    Violated,
    /// Something that cannot be told.
    Doubtful,
}

impl Expect {
    pub(crate) fn of(self, judgement: &Judgement) {
        match self {
            Self::Vacuous => assert_eq!(judgement.outcome(), CheckOutcome::Vacuous, "{judgement:?}"),
            Self::Doubtful => assert_eq!(judgement.outcome(), CheckOutcome::NotReached, "{judgement:?}"),
            Self::Violated => assert_eq!(judgement.outcome(), CheckOutcome::Violated, "{judgement:?}"),
            Self::Held(looks) => {
                assert_eq!(
                    (judgement.outcome(), judgement.exercised),
                    (CheckOutcome::Held, looks),
                    "{judgement:?}"
                );
            }
        }
    }
}

/// A course of these exchanges, a tenth of a second apart.
pub(crate) fn course(samples: Vec<Sample>) -> Course {
    let number = |(index, sample): (usize, Sample)| {
        let at = sample.at.unwrap_or(Duration::from_millis(100) * u32::try_from(index).unwrap());
        let number = u64::try_from(index).unwrap() + 1;
        let answered = sample.exchange.answered.or(Some(at));
        Exchange { number, at, answered, ..sample.exchange }
    };
    let task = Task {
        credential: MASK.to_owned(),
        redirects_need_credential: true,
        interval: Duration::from_millis(50),
        ..Task::default()
    };
    let end = End { report: Report::Failure, output: String::new() };
    Course {
        exchanges: samples.into_iter().enumerate().map(number).collect(),
        end,
        task,
        ..Course::default()
    }
}

fn sample(operation: Option<Operation>, method: &str, target: &str) -> Sample {
    let headers =
        vec![("host".to_owned(), HOST.to_owned()), ("authorization".to_owned(), format!("Bearer {MASK}"))];
    let exchange = Exchange {
        connection: 1,
        method: method.to_owned(),
        target: target.to_owned(),
        headers,
        operation,
        job: operation.map(|_| 1),
        ..Exchange::default()
    };
    Sample { exchange, at: None }
}

pub(crate) fn invoke() -> Sample {
    sample(Some(Operation::Invoke), "POST", "/t/echo").with("content-type", "application/json").body("{}")
}

pub(crate) fn poll() -> Sample {
    sample(Some(Operation::Poll), "GET", STATUS)
}

pub(crate) fn output() -> Sample {
    sample(Some(Operation::Output), "GET", OUTPUT)
}

pub(crate) fn wait(hop: u32) -> Sample {
    sample(Some(Operation::Wait), "GET", &format!("/t/jobs/1/wait?hop={hop}"))
}

/// A call to where nothing is served.
pub(crate) fn nowhere(target: &str) -> Sample {
    sample(None, "GET", target)
}

/// A call to another origin.
pub(crate) fn elsewhere(target: &str) -> Sample {
    let mut sample = sample(None, "GET", target).with("host", "elsewhere.example");
    sample.exchange.elsewhere = true;
    sample
}

/// A call of the task queue.
pub(crate) fn task(operation: Operation, body: &str) -> Sample {
    sample(Some(operation), "POST", "/v1/orchestra/task").bare("authorization").body(body)
}

/// A task that is created with this context.
pub(crate) fn create(context: &str) -> Sample {
    let body = format!(r#"{{"task":{{"ctx":{context}}}}}"#);
    task(Operation::Create, &body).answered(200).replying(r#"{"status":201,"task":{"id":955}}"#)
}

impl Sample {
    pub(crate) fn on_connection(mut self, connection: u64) -> Self {
        self.exchange.connection = connection;
        self
    }

    /// It names a job that there never was.
    pub(crate) fn inventing(mut self) -> Self {
        self.exchange.invents_job = true;
        self
    }

    pub(crate) fn at(self, milliseconds: u64) -> Self {
        Self { at: Some(Duration::from_millis(milliseconds)), ..self }
    }

    pub(crate) fn method(mut self, method: &str) -> Self {
        method.clone_into(&mut self.exchange.method);
        self
    }

    pub(crate) fn target(mut self, target: &str) -> Self {
        target.clone_into(&mut self.exchange.target);
        self
    }

    pub(crate) fn bare(mut self, header: &str) -> Self {
        self.exchange.headers.retain(|(name, _)| name != header);
        self
    }

    pub(crate) fn with(self, header: &str, value: &str) -> Self {
        let mut sample = self.bare(header);
        sample.exchange.headers.push((header.to_owned(), value.to_owned()));
        sample
    }

    pub(crate) fn body(mut self, body: &str) -> Self {
        (self.exchange.body, self.exchange.length) = (body.to_owned(), body.len());
        self
    }

    pub(crate) fn answered(mut self, status: u16) -> Self {
        self.answer().status = status;
        self
    }

    pub(crate) fn saying(mut self, header: &str, value: &str) -> Self {
        self.answer().headers.push((header.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn replying(mut self, body: &str) -> Self {
        let answer = self.answer();
        (answer.body, answer.length) = (body.to_owned(), body.len());
        self
    }

    pub(crate) fn leading_to(self, reference: &str) -> Self {
        self.saying("location", reference)
    }

    pub(crate) fn advising(self, advice: &str) -> Self {
        self.saying("retry-after", advice)
    }

    pub(crate) fn accepted(self) -> Self {
        self.answered(202).leading_to(&format!("http://{HOST}{STATUS}"))
    }

    pub(crate) fn done(self) -> Self {
        self.answered(303).leading_to(&format!("http://{HOST}{OUTPUT}"))
    }

    pub(crate) fn hop(self, hop: u32) -> Self {
        self.answered(303).leading_to(&format!("http://{HOST}/t/jobs/1/wait?hop={hop}"))
    }

    pub(crate) fn bad_gateway(mut self) -> Self {
        self.exchange.fault = Some("edge".to_owned());
        self.answered(502)
    }

    /// No byte of an answer came.
    pub(crate) fn lost(mut self) -> Self {
        (self.exchange.fault, self.exchange.answer) = (Some("drop".to_owned()), None);
        self
    }

    /// The answer came in part.
    pub(crate) fn cut(mut self) -> Self {
        self.answer().whole = false;
        self.exchange.fault = Some("cut".to_owned());
        self
    }

    /// Its answer was decided so many milliseconds after the beginning.
    pub(crate) fn answering(mut self, milliseconds: u64) -> Self {
        self.exchange.answered = Some(Duration::from_millis(milliseconds));
        self
    }

    /// The mock itself was wrong.
    pub(crate) fn misled(mut self) -> Self {
        self.exchange.misled = true;
        self
    }

    pub(crate) fn job(mut self, job: u64) -> Self {
        self.exchange.job = Some(job);
        self
    }

    pub(crate) fn jobless(mut self) -> Self {
        self.exchange.job = None;
        self
    }

    fn answer(&mut self) -> &mut Answer {
        self.exchange.answer.get_or_insert_with(|| Answer {
            status: 200,
            headers: Vec::new(),
            body: String::new(),
            length: 0,
            whole: true,
        })
    }
}
