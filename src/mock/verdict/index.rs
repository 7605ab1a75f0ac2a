//! Which course an exchange belongs to: by the reference it follows, the job it names, or what it was made of.

use std::collections::BTreeMap;

use super::credential::credential;
use crate::http::url::Url;
use crate::rule::course::{Answer, Exchange, Operation};
use crate::rule::tickets;

/// What leads to a course, by its place in the list of courses.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// References that were given.
    urls: BTreeMap<String, usize>,
    /// Their paths alone; nothing where jobs of several courses share one.
    paths: BTreeMap<String, Option<usize>>,
    /// Parts of references that name a job.
    tickets: BTreeMap<String, usize>,
    /// Jobs by the mock's own number.
    jobs: BTreeMap<u64, usize>,
    /// Tasks by the id that the client was given.
    tasks: BTreeMap<String, usize>,
    /// The newest initial call of somebody to a trigger.
    starts: BTreeMap<(Option<String>, String), usize>,
}

impl Index {
    /// Remembers what was learnt by an exchange of this course.
    pub(super) fn learn(&mut self, course: usize, exchange: &Exchange) {
        if is_initial(exchange) {
            self.start(course, exchange);
        }
        if let Some(led) = exchange.leads_to() {
            self.urls.insert(led.to_string(), course);
            let known = self.paths.entry(led.path().to_owned()).or_insert(Some(course));
            *known = known.filter(|known| *known == course);
        }
        let reference = exchange.reference().unwrap_or_default();
        self.tickets.extend(tickets(reference).map(|ticket| (ticket.to_owned(), course)));
    }

    fn start(&mut self, course: usize, exchange: &Exchange) {
        self.jobs.extend(exchange.job.map(|job| (job, course)));
        let answer = exchange.answer.as_ref().and_then(Answer::json);
        let id = answer.as_ref().and_then(|body| body.pointer("/task/id"));
        self.tasks.extend(id.map(|id| (plain(id), course)));
        if let Some(path) = exchange.url().map(Url::path) {
            self.starts.insert((credential(exchange), path.to_owned()), course);
        }
    }

    /// The course that an exchange belongs to, if that can be told.
    pub(super) fn find(&self, exchange: &Exchange) -> Option<usize> {
        let followed = exchange.url().and_then(|url| self.urls.get(url.as_str()));
        if exchange.elsewhere {
            return followed.copied();
        }
        followed
            .or_else(|| self.jobs.get(&exchange.job?))
            .or_else(|| self.tasks.get(&named_task(exchange)?))
            .or_else(|| self.paths.get(exchange.url()?.path())?.as_ref())
            .or_else(|| tickets(&exchange.target).find_map(|ticket| self.tickets.get(ticket)))
            .or_else(|| self.guessed(exchange))
            .copied()
    }

    /// A path that nobody gave, below that of a trigger which its caller had started.
    fn guessed(&self, exchange: &Exchange) -> Option<&usize> {
        let path = exchange.url().filter(|_| exchange.is_unserved())?.path();
        let caller = credential(exchange);
        let above = path.match_indices('/').map(|(end, _)| &path[..end]);
        above.rev().find_map(|start| self.starts.get(&(caller.clone(), start.to_owned())))
    }
}

/// Whether a course may begin with it.
pub(super) fn is_initial(exchange: &Exchange) -> bool {
    !exchange.elsewhere && matches!(exchange.operation, Some(Operation::Invoke | Operation::Create))
}

/// The task that a call names, in whichever member and form.
fn named_task(exchange: &Exchange) -> Option<String> {
    let body = exchange.operation.and_then(|_| exchange.json())?;
    body.get("id").or_else(|| body.get("taskid")).map(plain)
}

fn plain(id: &serde_json::Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
