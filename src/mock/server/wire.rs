//! The stream under a connection, where answers are respelt and cut into packets. It knows no request.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::sleep;

use super::delivery::Delivery;
use super::progress::Progress;

/// Where the next answer's delivery is left for the stream.
#[derive(Debug, Clone, Default)]
pub(super) struct Orders(Arc<Mutex<Option<Delivery>>>);

impl Orders {
    /// Says how the answer that is about to be written goes out. The answer before it has left by now, for nobody
    /// here sends a request before the last one was answered.
    pub(super) fn leave(&self, delivery: &Delivery) {
        let delivery = Some(delivery).filter(|delivery| !delivery.is_plain()).cloned();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = delivery;
    }

    fn are_left(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    fn take(&self) -> Option<Delivery> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A stream that sends answers as ordered.
pub(super) struct Wire<I> {
    stream: I,
    /// What was read of a request that the HTTP library has not seen.
    ahead: BytesMut,
    /// Nothing is ever ordered without it, and everything goes straight through.
    progress: Option<Progress>,
    orders: Orders,
    delivery: Option<Delivery>,
    waiting: Vec<Bytes>,
    sent: usize,
    pause: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl<I> Wire<I> {
    pub(super) fn new(stream: I, orders: Orders, progress: Option<Progress>) -> Self {
        Self {
            stream,
            ahead: BytesMut::new(),
            progress,
            orders,
            delivery: None,
            waiting: Vec::new(),
            sent: 0,
            pause: None,
        }
    }

    /// The stream itself, and what was read of a request ahead of its time.
    pub(super) fn parts(&mut self) -> (&mut I, &mut BytesMut) {
        (&mut self.stream, &mut self.ahead)
    }

    /// Whether these bytes do not go out as they are.
    fn is_ordered(&self) -> bool {
        self.delivery.is_some() || !self.waiting.is_empty() || self.orders.are_left()
    }

    fn accept(&mut self, bytes: &[u8]) {
        let bytes = match self.orders.take() {
            None => Bytes::copy_from_slice(bytes),
            Some(mut delivery) => {
                let rewritten = delivery.rewrite(bytes);
                (self.delivery, self.sent) = (Some(delivery), 0);
                rewritten
            }
        };
        self.waiting.push(bytes);
    }
}

/// Whatever was not sent by now never will be.
impl<I> Drop for Wire<I> {
    fn drop(&mut self) {
        if let Some(progress) = &self.progress {
            progress.end();
        }
    }
}

impl<I: AsyncWrite + Unpin> Wire<I> {
    /// Sends what waits, packet by packet.
    fn drain(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(first) = self.waiting.first_mut() {
            if let Some(pause) = &mut self.pause {
                ready!(pause.as_mut().poll(context));
                self.pause = None;
            }
            let packet = self.delivery.as_mut().and_then(|delivery| delivery.packet(self.sent));
            let size = packet.unwrap_or(usize::MAX).min(first.len());
            let written = ready!(Pin::new(&mut self.stream).poll_write(context, &first[..size]))?;
            first.advance(written);
            self.sent += written;
            if first.is_empty() {
                self.waiting.remove(0);
            }
            if packet.is_some() {
                ready!(Pin::new(&mut self.stream).poll_flush(context))?;
                let pause = self.delivery.as_ref().and_then(|own| own.packets.as_ref()).map(|own| own.1);
                self.pause = pause.map(|pause| Box::pin(rest(pause)) as _);
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// Lets the other side read what there is.
async fn rest(pause: Duration) {
    if pause.is_zero() {
        tokio::task::yield_now().await;
    } else {
        sleep(pause).await;
    }
}

impl<I: AsyncRead + Unpin> AsyncRead for Wire<I> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.ahead.is_empty() {
            return Pin::new(&mut self.stream).poll_read(context, buffer);
        }
        let ahead = self.ahead.len().min(buffer.remaining());
        buffer.put_slice(&self.ahead.split_to(ahead));
        Poll::Ready(Ok(()))
    }
}

impl<I: AsyncWrite + Unpin> AsyncWrite for Wire<I> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Some(progress) = self.progress.clone() else {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        };
        let written = if self.is_ordered() {
            self.accept(bytes);
            bytes.len()
        } else {
            ready!(Pin::new(&mut self.stream).poll_write(context, bytes))?
        };
        progress.wrote(written);
        Poll::Ready(Ok(written))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.progress.is_none() {
            return Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        }
        let first = slices.iter().find(|slice| !slice.is_empty());
        self.poll_write(context, first.map_or(&[], |slice| slice))
    }

    /// A head must come in one piece to be respelt.
    fn is_write_vectored(&self) -> bool {
        self.progress.is_none() && self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.drain(context))?;
        ready!(Pin::new(&mut self.stream).poll_flush(context))?;
        if let Some(progress) = &self.progress {
            progress.flushed();
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.drain(context))?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
