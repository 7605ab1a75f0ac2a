//! The body of an answer of the control API: as it is, and until its end no further request is awaited.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

use super::progress::Progress;
use crate::mock::control;

/// A body after whose end the next request is awaited.
pub(super) struct Followed {
    body: control::Body,
    progress: Progress,
}

impl Followed {
    pub(super) fn new(body: control::Body, progress: Progress) -> Self {
        Self { body, progress }
    }
}

/// The HTTP library lets go of a body once it has written all of it, or never will.
impl Drop for Followed {
    fn drop(&mut self) {
        self.progress.await_next();
    }
}

impl Body for Followed {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
