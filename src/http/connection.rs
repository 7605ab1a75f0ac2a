//! One HTTP/1.1 connection. It has no task of its own: whoever waits for an answer drives it, and dropping it closes it.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::time::Instant;

use super::head;
use super::message::{Failure, Oddity};
use super::outgoing::Outgoing;
use super::wire::{Recorded, Recording, Stream};

/// The smallest read buffer the HTTP library accepts.
const SMALLEST_BUFFER: usize = 8 * 1024;

/// A connection, and what its stream remembers.
pub(super) struct Connection {
    sender: http1::SendRequest<Full<Bytes>>,
    /// None once the connection has ended. It is let go of at once: a request that was handed over and not yet taken
    /// stays in it, and nobody would hear that it never left.
    driver: Option<http1::Connection<TokioIo<Recorded>, Full<Bytes>>>,
    recording: Recording,
    /// Whether something was left over when it ended.
    surplus: bool,
}

impl Connection {
    /// Begins HTTP on a stream; nothing is written yet.
    pub(super) async fn begin(stream: Box<dyn Stream>, longest_head: usize) -> Result<Self, Failure> {
        let buffer = longest_head.max(SMALLEST_BUFFER);
        let (stream, recording) = Recorded::new(stream, buffer);
        let (sender, driver) = http1::Builder::new()
            .max_headers(head::MOST_LINES)
            .max_header_size(buffer)
            .max_buf_size(buffer)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|error| Failure::Unreachable { reason: error.to_string() })?;
        Ok(Self { sender, driver: Some(driver), recording, surplus: false })
    }

    /// Hands over a request; the answer comes while the connection is [driven](Self::drive).
    pub(super) fn start(
        &mut self,
        request: Outgoing,
    ) -> impl Future<Output = hyper::Result<http::Response<hyper::body::Incoming>>> + use<> {
        self.recording.restart();
        self.sender.send_request(request)
    }

    /// Waits for a future while moving bytes for it.
    pub(super) async fn drive<F: Future>(&mut self, future: F) -> F::Output {
        let mut future = pin!(future);
        std::future::poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(output);
            }
            self.advance(context);
            future.as_mut().poll(context)
        })
        .await
    }

    /// What came since the last request.
    pub(super) fn recording(&self) -> &Recording {
        &self.recording
    }

    /// When the first byte of the final answer came.
    pub(super) fn first_byte(&self) -> Option<Instant> {
        let start = self.recording.read(head::start);
        self.recording.arrival(start)
    }

    /// Whether not a byte came since the last request.
    pub(super) fn is_unanswered(&self) -> bool {
        self.recording.read(<[u8]>::is_empty)
    }

    /// Whether it ended before anything of the last request was written, so that the peer cannot have seen it.
    pub(super) fn has_ended_unasked(&self) -> bool {
        self.driver.is_none() && !self.recording.is_asked()
    }

    /// Whether another request may go over it, as far as can be known without asking the peer.
    pub(super) fn is_idle(&mut self) -> bool {
        self.advance(&mut Context::from_waker(Waker::noop()));
        self.driver.is_some() && self.sender.is_ready()
    }

    /// After an answer: the connection if it can carry another request, else what is odd about its end.
    pub(super) fn settle(mut self) -> Result<Self, Option<Oddity>> {
        if self.is_idle() {
            return Ok(self);
        }
        Err(self.surplus.then_some(Oddity::BytesAfterBody))
    }

    fn advance(&mut self, context: &mut Context<'_>) {
        let ended =
            self.driver.as_mut().is_some_and(|driver| driver.poll_without_shutdown(context).is_ready());
        if ended {
            let rest = self.driver.take().map(|driver| driver.into_parts().read_buf);
            self.surplus = rest.is_some_and(|rest| !rest.is_empty());
        }
    }
}
