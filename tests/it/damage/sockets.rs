//! Every damage on the second request of a connection that is kept, on real sockets, with and without TLS.

use std::time::Duration;

use orchspec::mock::fault::Damage;
use orchspec::mock::fault::damage::{End, Place};
use orchspec::mock::{ClockMode, Closed, Event, Identity, Mock, Session, Until};
use rstest::rstest;
use tokio::time::timeout;

use super::caller::{Caller, Ended, configuration};
use super::cases::{Case, Fate, cases};

#[rstest]
#[case::plain(None)]
#[case::tls(Some(Identity::self_signed().unwrap()))]
#[tokio::test]
async fn damage_is_seen_and_written_down_and_harms_nobody_else(#[case] identity: Option<Identity>) {
    for case in cases() {
        let builder = Mock::builder().configuration(configuration(case.damage)).clock(ClockMode::Auto);
        let builder = match identity.clone() {
            Some(identity) => builder.tls(identity),
            None => builder,
        };
        let mock = builder.start().await.unwrap();
        let seen = timeout(Duration::from_mins(1), see(&mock, identity.as_ref(), &case));
        assert!(seen.await.is_ok(), "{:?} never ends", case.damage);
    }
}

async fn see(mock: &Mock, identity: Option<&Identity>, case: &Case) {
    let name = format!("{:?}", case.damage);
    let mut other = Caller::connect(mock.elma_url(), identity).await;
    let mut caller = Caller::connect(mock.elma_url(), identity).await;
    let clean = caller.answer().await;
    let expected = (case.left)(&clean.0, &clean.1);
    caller.call().await;
    let left = expected.len();
    let most = if matches!(case.fate, Fate::Breaks(_) | Fate::Closes) { usize::MAX } else { left };
    let (text, ended) = caller.read(most).await;
    assert_eq!(text, expected, "{name}");
    assert_eq!(ended, end(case.fate, identity.is_some()), "{name}");
    afterwards(&mut caller, case, &clean, identity.is_some()).await;
    assert_eq!(other.answer().await, clean, "{name}");
    drop(caller);
    let broken = if let Fate::Breaks(end) = case.fate { Some(end) } else { None };
    let whole = text.ends_with(&clean.1) || text.starts_with(&format!("{}{}", clean.0, clean.1));
    // What is none of the answer is not counted.
    let bytes = match case.damage {
        Damage::Garbage | Damage::EarlyHintThenDrop { .. } => 0,
        Damage::ExtraBytes => clean.0.len() + clean.1.len(),
        _ => left,
    };
    let expected = Closed { bytes: bytes as u64, whole, end: broken };
    assert_eq!(closed(mock.session(), 2).await, expected, "{name}");
}

/// What can be done with the connection then.
async fn afterwards(caller: &mut Caller, case: &Case, clean: &(String, String), tls: bool) {
    match case.fate {
        Fate::GoesOn => assert_eq!(&caller.answer().await, clean, "{:?}", case.damage),
        Fate::Hangs => assert!(caller.is_silent().await, "{:?}", case.damage),
        Fate::BreaksNext(end) => {
            caller.call().await;
            let seen = caller.read(usize::MAX).await;
            assert_eq!(seen, (String::new(), Some(broken(end, tls))), "{:?}", case.damage);
        }
        Fate::Breaks(_) | Fate::Closes => {}
    }
}

fn end(fate: Fate, tls: bool) -> Option<Ended> {
    match fate {
        Fate::Breaks(end) => Some(broken(end, tls)),
        Fate::Closes => Some(Ended::Closed),
        Fate::GoesOn | Fate::Hangs | Fate::BreaksNext(_) => None,
    }
}

fn broken(end: End, tls: bool) -> Ended {
    match end {
        End::Rst => Ended::Reset,
        End::Fin if tls => Ended::Torn,
        End::Fin => Ended::Closed,
    }
}

/// The end of this exchange, once it is written down.
async fn closed(session: &Session, exchange: u64) -> Closed {
    loop {
        let page = session.journal(0, 100);
        let ends = page.entries.iter().filter(|entry| entry.exchange == exchange);
        let mut ends = ends.filter_map(|entry| match entry.event {
            Event::Closed(closed) => Some(closed),
            _ => None,
        });
        match ends.next() {
            Some(closed) => return closed,
            None => session.journal_grows(page.next).await,
        }
    }
}

#[tokio::test]
async fn a_hang_ends_when_its_time_has_come() {
    let time = Some(Duration::from_mins(2));
    let damage = Damage::Hang { at: Place::Head, time };
    let builder = Mock::builder().configuration(configuration(damage)).clock(ClockMode::Virtual);
    let mock = builder.start().await.unwrap();
    let mut caller = Caller::connect(mock.elma_url(), None).await;
    let (head, _) = caller.answer().await;
    caller.call().await;
    assert_eq!(caller.read(head.len()).await, (head, None));
    let moved = mock.session().advance(Until::After(Duration::from_secs(119))).await.unwrap();
    assert!(moved.fired.is_empty(), "{moved:?}");
    assert!(caller.is_silent().await);
    let moved = mock.session().advance(Until::Next).await.unwrap();
    assert_eq!(moved.now, Duration::from_mins(2));
    assert_eq!(caller.read(usize::MAX).await, (String::new(), Some(Ended::Closed)));
}
