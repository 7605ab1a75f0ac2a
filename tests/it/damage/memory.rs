//! Streams inside one process have no reset and no TLS: what has left is the same, and every break is an end.

use orchspec::mock::{Listener, Session};

use super::caller::{Caller, Ended, configuration};
use super::cases::{Fate, cases};

#[tokio::test(start_paused = true)]
async fn damage_is_seen_on_a_stream_in_memory() {
    for case in cases() {
        let name = format!("{:?}", case.damage);
        let (own, others) = tokio::io::duplex(64 << 10);
        let session = Session::new(configuration(case.damage));
        tokio::spawn(async move { session.serve(others, Listener::Protocol).await });
        let mut caller = Caller::on(own);
        let clean = caller.answer().await;
        let expected = (case.left)(&clean.0, &clean.1);
        caller.call().await;
        match case.fate {
            Fate::GoesOn => {
                assert_eq!(caller.read(expected.len()).await, (expected, None), "{name}");
                assert_eq!(caller.answer().await, clean, "{name}");
            }
            Fate::BreaksNext(_) => {
                assert_eq!(caller.read(expected.len()).await, (expected, None), "{name}");
                caller.call().await;
                assert_eq!(caller.read(usize::MAX).await, (String::new(), Some(Ended::Closed)), "{name}");
            }
            // Even what hangs ends one day, and here the day costs nothing.
            Fate::Hangs | Fate::Breaks(_) | Fate::Closes => {
                assert_eq!(caller.read(usize::MAX).await, (expected, Some(Ended::Closed)), "{name}");
            }
        }
    }
}
