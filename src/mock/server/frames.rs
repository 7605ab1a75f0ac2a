//! The body of an answer: of a known length, or in frames whose number nobody tells beforehand.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

use super::progress::Progress;

/// A body, sent in frames.
pub(super) struct Frames {
    rest: Bytes,
    size: Option<usize>,
    progress: Option<Progress>,
}

impl Frames {
    /// A body in frames of `size` bytes; without one it has a length and goes at once.
    pub(super) fn new(body: Bytes, size: Option<usize>, progress: Option<Progress>) -> Self {
        Self { rest: body, size: size.map(|size| size.max(1)), progress }
    }
}

/// The HTTP library lets go of a body once it has written all of it, or never will.
impl Drop for Frames {
    fn drop(&mut self) {
        if let Some(progress) = &self.progress {
            progress.answered();
        }
    }
}

impl Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let size = self.size.unwrap_or(usize::MAX).min(self.rest.len());
        let piece = self.rest.split_to(size);
        Poll::Ready((!piece.is_empty()).then(|| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.size.is_none() && self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        match self.size {
            None => SizeHint::with_exact(self.rest.len() as u64),
            Some(_) => SizeHint::default(),
        }
    }
}
