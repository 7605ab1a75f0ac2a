//! What a client did for one job, from its first request to its end. Data and look-ups; it judges nothing.

use std::sync::OnceLock;
use std::time::Duration;

use serde_json::Value;

use crate::http::url::Url;

/// Everything that is known of one client and one job.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// What it asked for, in the order of arrival.
    pub exchanges: Vec<Exchange>,
    /// How it ended.
    pub end: End,
    /// What it was told beforehand.
    pub task: Task,
    /// Initial calls just like a disturbed one of this course, which may be repetitions of it or other jobs' own.
    pub lookalikes: Vec<u64>,
    /// Whether the time of the mock is its own, so that pauses by the wall clock mean nothing.
    pub timeless: bool,
}

/// What a client was told, as far as rules hold it to that. What nobody knows is empty or zero.
#[derive(Debug, Clone, Default)]
pub struct Task {
    /// The mask that stands in the journal where the client's own credential was sent.
    pub credential: String,
    /// The arguments of the job; null where nobody knows them.
    pub arguments: Value,
    /// Whether the job ends in an error.
    pub fails: bool,
    /// Whether the job never ends.
    pub endless: bool,
    /// Whether calls that follow a redirect need the credential, too.
    pub redirects_need_credential: bool,
    /// The shortest pause between two looks at a job, by the client's own clock.
    pub interval: Duration,
}

/// How a client ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct End {
    /// What it said of itself.
    pub report: Report,
    /// What it wrote to its standard output.
    pub output: String,
}

/// What a client says of itself when it ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Report {
    /// The job has its result.
    Success,
    /// It has not, or the client does not know.
    Failure,
    /// Nothing: it had to be stopped.
    Stopped,
    /// Nobody saw it end: it may go on, and what it makes of an answer is its own affair.
    #[default]
    Unseen,
}

impl End {
    /// Whether somebody saw it, so that what the client did not do by then is known, too.
    pub fn is_seen(&self) -> bool {
        self.report != Report::Unseen
    }
}

/// What a call was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Start a job by its trigger.
    Invoke,
    /// Ask whether an asynchronous job has ended.
    Poll,
    /// Wait on for a job after a redirect.
    Wait,
    /// Fetch the result of an asynchronous job.
    Output,
    /// Create a task.
    Create,
    /// Read a task.
    Status,
    /// Cancel a task.
    Cancel,
    /// Fetch a file of a completed task.
    Download,
}

impl Operation {
    /// Whether it follows a job that exists already.
    pub fn follows(self) -> bool {
        matches!(self, Self::Poll | Self::Wait | Self::Output)
    }
}

/// One request and its answer.
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each of them a look of some rule")]
#[derive(Debug, Clone, Default)]
pub struct Exchange {
    /// Its number in the journal.
    pub number: u64,
    /// Whether it came to another origin than the one the client was given.
    pub elsewhere: bool,
    /// When it came, by the wall clock, from the beginning of the situation.
    pub at: Duration,
    /// When its answer was decided.
    pub answered: Option<Duration>,
    /// The connection.
    pub connection: u64,
    /// Whether it came by TLS.
    pub secure: bool,
    /// The method.
    pub method: String,
    /// Path and query, as sent.
    pub target: String,
    /// The header lines, in wire order.
    pub headers: Vec<(String, String)>,
    /// The body, or its beginning.
    pub body: String,
    /// How long the whole body is.
    pub length: usize,
    /// What it was about, if anything is served there.
    pub operation: Option<Operation>,
    /// The job that it created or named.
    pub job: Option<u64>,
    /// Whether it names a job that there never was.
    pub invents_job: bool,
    /// What was answered; nothing if no byte of an answer was sent.
    pub answer: Option<Answer>,
    /// The disturbance that met it.
    pub fault: Option<String>,
    /// Whether the mock violated the protocol itself in its answer.
    pub misled: bool,
    /// What was found out about it.
    pub memo: Memo,
}

/// Where an exchange went and led to, once somebody asked.
#[derive(Debug, Clone, Default)]
pub struct Memo {
    url: OnceLock<Option<Url>>,
    led: OnceLock<Option<Url>>,
}

/// What a client was answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The header lines, in wire order.
    pub headers: Vec<(String, String)>,
    /// The body, or its beginning.
    pub body: String,
    /// How long the whole body is.
    pub length: usize,
    /// Whether all of it was sent.
    pub whole: bool,
}

impl Course {
    /// The exchanges with the orchestrator itself.
    pub fn here(&self) -> impl DoubleEndedIterator<Item = &Exchange> {
        self.exchanges.iter().filter(|exchange| !exchange.elsewhere)
    }

    /// The exchanges of one operation.
    pub fn of(&self, operation: Operation) -> impl DoubleEndedIterator<Item = &Exchange> {
        self.here().filter(move |exchange| exchange.operation == Some(operation))
    }

    /// The exchanges behind this one.
    pub fn after(&self, exchange: &Exchange) -> impl Iterator<Item = &Exchange> {
        self.exchanges[self.first_at(exchange)..]
            .iter()
            .skip_while(|other| other.number != exchange.number)
            .skip(1)
    }

    /// The exchanges before this one, the latest first.
    pub fn before(&self, exchange: &Exchange) -> impl Iterator<Item = &Exchange> {
        let until = self.exchanges.partition_point(|other| other.at <= exchange.at);
        self.exchanges[..until].iter().rev().skip_while(|other| other.number != exchange.number).skip(1)
    }

    /// Where the exchanges begin that came at the same instant as this one.
    fn first_at(&self, exchange: &Exchange) -> usize {
        self.exchanges.partition_point(|other| other.at < exchange.at)
    }

    /// The exchange that came next, wherever it went.
    pub fn next(&self, exchange: &Exchange) -> Option<&Exchange> {
        self.after(exchange).next()
    }

    /// Whether it is known how the client went on: it did, or somebody saw it end.
    pub fn is_told_after(&self, exchange: &Exchange) -> bool {
        self.end.is_seen() || self.next(exchange).is_some()
    }

    /// The latest reference that the client was given before this exchange.
    pub fn newest_reference(&self, exchange: &Exchange) -> Option<&Url> {
        self.before(exchange).find_map(Exchange::leads_to)
    }

    /// Whether some answer before this exchange led to where it went.
    pub fn was_led(&self, exchange: &Exchange) -> bool {
        let url = exchange.url();
        url.is_some() && self.before(exchange).any(|earlier| earlier.leads_to() == url)
    }

    /// Whether it is known how the client took an answer: somebody saw it end, or it went on for long since.
    pub fn is_settled_after(&self, exchange: &Exchange) -> bool {
        const LONG: usize = 3;
        self.end.is_seen() || self.after(exchange).count() >= LONG
    }

    /// The header value that shows the credential of this course; nothing if nobody knows that.
    pub fn bearer(&self) -> Option<String> {
        (!self.task.credential.is_empty()).then(|| format!("Bearer {}", self.task.credential))
    }

    /// Whether an exchange shows it as a bearer.
    pub fn has_bearer(&self, exchange: &Exchange) -> bool {
        exchange.bearer() == Some(&self.task.credential)
    }

    /// Whether a text shows the credential of this course.
    pub fn is_shown_in(&self, text: &str) -> bool {
        !self.task.credential.is_empty() && text.contains(&self.task.credential)
    }

    /// The answers that carry the result of a job, whole.
    pub fn results(&self) -> impl Iterator<Item = &Exchange> {
        self.here().filter(|exchange| exchange.carries_result())
    }
}

impl Exchange {
    /// The value of a header line.
    pub fn header(&self, name: &str) -> Option<&str> {
        value(&self.headers, name)
    }

    /// The bearer that it shows, or the mask in its place.
    pub fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }

    /// Where it went; nothing if the request names no host. A mask in it is no part of a URL as it stands.
    pub fn url(&self) -> Option<&Url> {
        self.memo.url.get_or_init(|| self.read_url()).as_ref()
    }

    /// A target may be a whole URL of its own (RFC 9112, 3.2.2).
    fn read_url(&self) -> Option<Url> {
        let target = self.target.replace('[', "%5B").replace(']', "%5D");
        if !target.starts_with('/') {
            return Url::parse(&target).ok();
        }
        let scheme = if self.secure { "https" } else { "http" };
        Url::parse(&format!("{scheme}://{}{target}", self.header("host")?)).ok()
    }

    /// The reference in its answer, as it is written.
    pub fn reference(&self) -> Option<&str> {
        self.answer.as_ref().and_then(|answer| answer.header("location"))
    }

    /// Where its answer leads to, without what is the client's own.
    pub fn leads_to(&self) -> Option<&Url> {
        let resolved = || Some(self.url()?.resolve(self.reference()?).ok()?.without_fragment());
        self.memo.led.get_or_init(resolved).as_ref()
    }

    /// Whether it was answered with this status code.
    pub fn got(&self, status: u16) -> bool {
        self.status() == Some(status)
    }

    /// The status code of its answer.
    pub fn status(&self) -> Option<u16> {
        self.answer.as_ref().map(|answer| answer.status)
    }

    /// Whether its answer was a redirect to follow.
    pub fn was_redirected(&self) -> bool {
        self.operation.is_some_and(|own| own != Operation::Invoke || !self.got(202))
            && matches!(self.status(), Some(302 | 303))
    }

    /// Whether the answer to it was lost on the way, wholly or in part.
    pub fn was_lost(&self) -> bool {
        self.fault.is_some() && self.answer.as_ref().is_none_or(|answer| !answer.whole)
    }

    /// Whether a gateway answered in the server's stead.
    pub fn met_bad_gateway(&self) -> bool {
        self.fault.is_some() && self.got(502)
    }

    /// Whether the journal kept the whole body of the request; of a long one it keeps the beginning.
    pub fn is_kept_whole(&self) -> bool {
        const KEPT: usize = 8 << 10;
        self.body.len() < KEPT
    }

    /// The body of the request, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok()
    }

    /// What its request was: `POST /acme/…`.
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }

    /// The same file read twice is two results; an answer that came in part is none.
    fn carries_result(&self) -> bool {
        let Some(answer) = self.answer.as_ref().filter(|answer| answer.whole) else { return false };
        match self.operation {
            _ if self.fault.is_some() && answer.status == 502 => false,
            Some(Operation::Output) => !matches!(answer.status, 401 | 403 | 404 | 405),
            Some(Operation::Wait | Operation::Invoke) => {
                !matches!(answer.status, 202 | 302 | 303 | 401..=405) && answer.body.starts_with(['{', '['])
            }
            Some(Operation::Download) => answer.status == 200 && answer.envelope_status().is_none(),
            Some(Operation::Status) => {
                answer.task_state().is_some_and(|state| ["DONE", "ERROR"].contains(&&*state))
            }
            _ => false,
        }
    }
}

impl Answer {
    /// The value of a header line.
    pub fn header(&self, name: &str) -> Option<&str> {
        value(&self.headers, name)
    }

    /// The body, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok()
    }

    /// The status code that stands in the envelope of a task.
    pub fn envelope_status(&self) -> Option<u64> {
        self.json()?.get("status")?.as_u64()
    }

    /// The output of the task in the envelope.
    pub fn task_output(&self) -> Option<Value> {
        serde_json::from_str(self.json()?.pointer("/task/outputCtx")?.as_str()?).ok()
    }

    /// The state of the task in the envelope.
    pub fn task_state(&self) -> Option<String> {
        self.json()?.pointer("/task/status")?.as_str().map(str::to_owned)
    }
}

fn value<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}
