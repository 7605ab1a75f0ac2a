//! A stream that remembers what the HTTP library throws away: the bytes of the answer's head and when they came.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

/// Whatever carries bytes both ways.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// A stream that writes a [`Recording`] of what is read from it.
pub(super) struct Recorded {
    stream: Box<dyn Stream>,
    recording: Recording,
}

/// What came over a connection since the last request; its clones see the same.
#[derive(Clone)]
pub(super) struct Recording(Arc<Mutex<Tape>>);

#[derive(Default)]
struct Tape {
    bytes: Vec<u8>,
    /// Up to where the bytes reached at which instant.
    arrivals: Vec<(usize, Instant)>,
    running: bool,
    /// How many bytes of the request were written.
    written: usize,
    overrun: bool,
    reset: bool,
    /// The longest head, in bytes.
    longest_head: usize,
}

impl Recorded {
    /// Wraps a stream; at most twice the longest head is recorded per answer, interim ones included, then reading fails.
    pub(super) fn new(stream: Box<dyn Stream>, longest_head: usize) -> (Self, Recording) {
        let recording = Recording(Arc::new(Mutex::new(Tape { longest_head, ..Tape::default() })));
        (Self { stream, recording: recording.clone() }, recording)
    }
}

impl Recording {
    /// Starts anew, for the answer to the next request.
    pub(super) fn restart(&self) {
        let mut tape = self.tape();
        tape.bytes.clear();
        tape.arrivals.clear();
        tape.running = true;
        tape.written = 0;
    }

    /// Stops recording: the head is complete and the rest is the body's business.
    pub(super) fn stop(&self) {
        self.tape().running = false;
    }

    /// Shows the recorded bytes.
    pub(super) fn read<T>(&self, reader: impl FnOnce(&[u8]) -> T) -> T {
        reader(&self.tape().bytes)
    }

    /// When the byte at an offset came.
    pub(super) fn arrival(&self, offset: usize) -> Option<Instant> {
        let tape = self.tape();
        tape.arrivals.iter().find(|(end, _)| *end > offset).map(|(_, instant)| *instant)
    }

    /// Whether anything of the request was written, be it to a peer who no longer listens.
    pub(super) fn is_asked(&self) -> bool {
        self.tape().written > 0
    }

    /// Whether more came than is read before the end of a head.
    pub(super) fn is_overrun(&self) -> bool {
        self.tape().overrun
    }

    /// The longest head, in bytes.
    pub(super) fn longest_head(&self) -> usize {
        self.tape().longest_head
    }

    /// Whether the peer reset the connection rather than closing it.
    pub(super) fn is_reset(&self) -> bool {
        self.tape().reset
    }

    fn tape(&self) -> MutexGuard<'_, Tape> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tape {
    fn record(&mut self, bytes: &[u8]) -> io::Result<()> {
        if !self.running || bytes.is_empty() {
            return Ok(());
        }
        if self.bytes.len() + bytes.len() > 2 * self.longest_head {
            self.overrun = true;
            return Err(io::Error::other("the head of the answer does not end"));
        }
        self.bytes.extend_from_slice(bytes);
        self.arrivals.push((self.bytes.len(), Instant::now()));
        Ok(())
    }
}

impl Recorded {
    /// Remembers whether the peer reset the connection.
    fn noting<T>(&self, result: io::Result<T>) -> io::Result<T> {
        use io::ErrorKind::{ConnectionAborted, ConnectionReset};
        result.inspect_err(|error| {
            self.recording.tape().reset |= matches!(error.kind(), ConnectionAborted | ConnectionReset);
        })
    }

    /// Takes a write that nobody reads for done: an answer sent before the close may still be there to be read, and
    /// if there is none, reading tells so.
    fn regardless<T>(&self, result: io::Result<T>, done: T) -> io::Result<T> {
        use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
        self.noting(result).or_else(|error| match error.kind() {
            BrokenPipe | ConnectionAborted | ConnectionReset => Ok(done),
            _ => Err(error),
        })
    }
}

impl AsyncRead for Recorded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let result = ready!(Pin::new(&mut self.stream).poll_read(context, buffer));
        self.noting(result)?;
        Poll::Ready(self.recording.tape().record(&buffer.filled()[before..]))
    }
}

impl AsyncWrite for Recorded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let result = ready!(Pin::new(&mut self.stream).poll_write(context, bytes));
        Poll::Ready(
            self.regardless(result, bytes.len()).inspect(|count| self.recording.tape().written += count),
        )
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = ready!(Pin::new(&mut self.stream).poll_flush(context));
        Poll::Ready(self.regardless(result, ()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = ready!(Pin::new(&mut self.stream).poll_write_vectored(context, slices));
        let length = slices.iter().map(|slice| slice.len()).sum();
        Poll::Ready(self.regardless(result, length).inspect(|count| self.recording.tape().written += count))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
