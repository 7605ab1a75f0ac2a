//! The journal as server-sent events: each is an entry, and its id is the cursor behind it.
//!
//! Nothing is made before the listener takes it, so that one who is slow costs no memory: what the journal has dropped
//! meanwhile he is told.

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use serde_json::json;
use tokio::time::timeout;

use super::reply::Body;
use crate::mock::journal::{Entry, Page};
use crate::mock::server::Session;

/// Events from the cursor on, until the session ends.
pub(super) fn body(session: Session, since: u64) -> Body {
    StreamBody::new(texts(session, since).map(|text| Ok::<_, Infallible>(Frame::data(Bytes::from(text)))))
        .boxed_unsync()
}

fn texts(session: Session, since: u64) -> impl Stream<Item = String> + Send {
    let pages = stream::unfold((session, since), async |(session, since)| {
        let (text, next) = next(&session, since).await?;
        Some((text, (session, next)))
    });
    // The head goes out at once, so that whoever listens knows that he does; whoever is cut off comes again soon.
    stream::once(async { "retry: 1000\n: listening\n\n".to_owned() }).chain(pages)
}

/// What comes next, and the cursor behind it; nothing once the session has ended and everything was told.
async fn next(session: &Session, since: u64) -> Option<(String, u64)> {
    const AT_ONCE: usize = 100;
    /// Proxies and browsers hang up on a connection that is silent for long.
    const SILENCE: Duration = Duration::from_secs(15);
    if timeout(SILENCE, session.journal_grows(since)).await.is_err() {
        return Some((": nothing new\n\n".to_owned(), since));
    }
    let page = session.journal(since, AT_ONCE);
    if page.entries.is_empty() && session.has_ended() {
        return None;
    }
    Some((written(&page, since), page.next))
}

fn written(page: &Page, since: u64) -> String {
    let entry = |entry: &Entry| format!("id: {}\ndata: {}\n\n", entry.number, entry.to_json());
    let entries: String = page.entries.iter().map(entry).collect();
    if page.truncated {
        let missing = json!({ "since": since, "next": page.entries.first().map(|first| first.number) });
        format!("event: truncated\ndata: {missing}\n\n{entries}")
    } else {
        entries
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use super::*;
    use crate::mock::server::Kept;
    use crate::mock::{ClockMode, Configuration, Limits};

    fn session(journal: usize) -> Session {
        let limits = Limits { journal, ..Limits::default() };
        let kept = Kept { limits: &limits, outlet: None, control_token: None };
        Session::journalled("default", Configuration::quick(), ClockMode::Real, kept)
    }

    #[tokio::test(start_paused = true)]
    async fn entries_come_in_order_and_silence_is_filled() {
        let session = session(10);
        let mut texts = pin!(texts(session.clone(), 0));
        assert_eq!(texts.next().await.unwrap(), "retry: 1000\n: listening\n\n");
        assert_eq!(texts.next().await.unwrap(), ": nothing new\n\n");
        session.set_defects(&[]).unwrap();
        let event = texts.next().await.unwrap();
        assert!(event.starts_with("id: 1\ndata: {\"number\":1,") && event.ends_with("}\n\n"), "{event}");
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_is_too_slow_is_told_what_he_missed() {
        let session = session(2);
        (0..5).for_each(|_| session.set_defects(&[]).unwrap());
        let (text, next) = next(&session, 1).await.unwrap();
        assert!(text.starts_with("event: truncated\ndata: {\"since\":1,\"next\":4}\n\nid: 4\n"), "{text}");
        assert_eq!(next, 5);
    }

    #[tokio::test(start_paused = true)]
    async fn the_end_of_a_session_is_the_end_of_its_events() {
        let session = session(2);
        session.close();
        assert_eq!(next(&session, 0).await, None);
    }
}
