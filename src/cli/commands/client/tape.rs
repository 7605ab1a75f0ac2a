//! What a client writes, as far as it is kept. It is read for as long as the client lives, so that nobody writes in vain.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// One of a client's streams.
pub(super) struct Tape {
    kept: Arc<Mutex<Vec<u8>>>,
    overflown: Arc<Notify>,
    reading: JoinHandle<()>,
}

/// Which part of a long text is kept.
#[derive(Clone, Copy)]
enum Part {
    Beginning,
    End,
}

impl Tape {
    /// Keeps so many bytes from the beginning.
    pub(super) fn of_beginning(stream: Option<impl AsyncRead + Unpin + Send + 'static>, most: usize) -> Self {
        Self::of(stream, most, Part::Beginning)
    }

    /// Keeps about so many bytes of the end.
    pub(super) fn of_end(stream: Option<impl AsyncRead + Unpin + Send + 'static>, most: usize) -> Self {
        Self::of(stream, most, Part::End)
    }

    fn of(stream: Option<impl AsyncRead + Unpin + Send + 'static>, most: usize, part: Part) -> Self {
        let (kept, overflown) = (Arc::<Mutex<Vec<u8>>>::default(), Arc::<Notify>::default());
        let (own, told) = (Arc::clone(&kept), Arc::clone(&overflown));
        let reading = tokio::spawn(async move {
            let Some(mut stream) = stream else { return };
            let mut chunk = vec![0; 16 << 10];
            // What was read until a stream broke off is all that there is.
            while let Ok(read @ 1..) = stream.read(&mut chunk).await {
                if keep(&own, &chunk[..read], most, part) {
                    told.notify_one();
                }
            }
        });
        Self { kept, overflown, reading }
    }

    /// Returns once more was written than is kept.
    pub(super) async fn overflow(&mut self) {
        self.overflown.notified().await;
    }

    /// What was written by a client that has ended; others who hold the stream open get a moment for last words.
    pub(super) async fn text(self) -> String {
        const LAST_WORDS: Duration = Duration::from_secs(1);
        let abort = self.reading.abort_handle();
        let _ = timeout(LAST_WORDS, self.reading).await;
        abort.abort();
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&kept).into_owned()
    }
}

/// Adds to what is kept; whether it was too much.
fn keep(kept: &Mutex<Vec<u8>>, chunk: &[u8], most: usize, part: Part) -> bool {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    kept.extend_from_slice(chunk);
    let surplus = kept.len().saturating_sub(most);
    match part {
        Part::Beginning => kept.truncate(most),
        Part::End => drop(kept.drain(..surplus)),
    }
    surplus > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"the beginning and the end";

    #[tokio::test]
    async fn what_fits_is_kept_as_it_is() {
        assert_eq!(Tape::of_beginning(Some(TEXT), TEXT.len()).text().await, "the beginning and the end");
    }

    #[tokio::test]
    async fn of_more_one_end_is_kept() {
        let mut beginning = Tape::of_beginning(Some(TEXT), 13);
        beginning.overflow().await;
        assert_eq!(beginning.text().await, "the beginning");
        assert_eq!(Tape::of_end(Some(TEXT), 7).text().await, "the end");
    }

    #[tokio::test(start_paused = true)]
    async fn who_never_ends_is_not_waited_for() {
        let (mut near, far) = tokio::io::duplex(64);
        tokio::io::AsyncWriteExt::write_all(&mut near, b"so far").await.unwrap();
        assert_eq!(Tape::of_beginning(Some(far), 64).text().await, "so far");
    }
}
