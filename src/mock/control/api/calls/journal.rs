//! Calls that watch: the journal, its events, counts, and waiting until something is so.

use std::time::Duration;

use hyper::StatusCode;
use serde_json::json;

use super::{Answering, Asked, at_once, wrong};
use crate::mock::Entry;
use crate::mock::control::Awaited;
use crate::mock::control::api::reply::Reply;

pub(in crate::mock::control::api) fn page(asked: Asked<'_>) -> Answering<'_> {
    const MOST: u64 = 1000;
    at_once(move || {
        let limit = asked.queried("limit").unwrap_or(100).min(MOST);
        let since = asked.queried("since").unwrap_or_default();
        let page = asked.session.journal(since, usize::try_from(limit).unwrap_or(usize::MAX));
        let about = asked.queried("job").map(|job| asked.session.exchanges_about(job));
        let wanted = |entry: &&Entry| about.as_ref().is_none_or(|about| about.contains(&entry.exchange));
        let entries: Vec<_> = page.entries.iter().filter(wanted).map(Entry::to_json).collect();
        Ok(Reply::ok(json!({ "entries": entries, "next": page.next, "truncated": page.truncated })))
    })
}

pub(in crate::mock::control::api) fn events(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || {
        let given = asked.queried("since").or(asked.given.last_event);
        let since = given.unwrap_or_else(|| asked.session.journal_end());
        Ok(Reply::Events(asked.session, since))
    })
}

pub(in crate::mock::control::api) fn count(asked: Asked<'_>) -> Answering<'_> {
    at_once(move || Ok(Reply::ok(counts(&asked))))
}

pub(in crate::mock::control::api) fn wait(asked: Asked<'_>) -> Answering<'_> {
    const LONGEST: Duration = Duration::from_mins(1);
    Box::pin(async move {
        let patience = match asked.duration("within") {
            Ok(patience) => patience.unwrap_or(Duration::from_secs(10)).min(LONGEST),
            Err(refused) => return refused,
        };
        let size = |name| asked.number(name).and_then(|number| usize::try_from(number).ok());
        let awaited = Awaited {
            parked: size("parked"),
            job: asked.number("job"),
            jobs: size("jobs"),
            exchanges: asked.number("exchanges"),
            ended: asked.number("ended"),
        };
        if awaited == (Awaited { job: awaited.job, ..Awaited::default() }) {
            return wrong(&"give at least one of `parked`, `jobs`, `exchanges` and `ended`");
        }
        if asked.session.wait(awaited, patience).await {
            Reply::ok(counts(&asked))
        } else {
            let message = format!("it did not come so within the time; it stands at {}", counts(&asked));
            Reply::refused(StatusCode::REQUEST_TIMEOUT, &message)
        }
    })
}

fn counts(asked: &Asked<'_>) -> serde_json::Value {
    let count = asked.session.count();
    json!({
        "jobs": count.jobs,
        "parked": count.parked,
        "exchanges": count.exchanges,
        "foreign": count.foreign,
        "dropped": asked.session.finished().dropped,
    })
}
