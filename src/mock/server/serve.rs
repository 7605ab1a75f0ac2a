//! The life of one connection: the HTTP library talks until an answer meets damage, and goes on after it.

use std::pin::Pin;

use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};

use super::connection::{Front, Line, Terms};
use super::limits::Limits;
use super::takeover::{Fate, Takeover, next_request};
use super::wire::Wire;
use crate::mock::fault::damage::End;

/// A stream, and what makes its end a reset where there is such a thing.
pub(in crate::mock) struct Link<I> {
    pub(in crate::mock) stream: I,
    pub(in crate::mock) reset: fn(&I),
}

/// What ends a connection. In a box, since every layer of a connection would have room for it.
pub(in crate::mock) type Stop = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Serves one connection until it closes; after `stop` only the call that is under way is answered.
pub(in crate::mock) async fn serve<I>(link: Link<I>, front: &dyn Front, terms: &Terms, mut stop: Stop)
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let line = Line::new(front, terms);
    let mut wire = Box::new(line.wire(link.stream));
    loop {
        let Some((takeover, taken)) = talk(&line, wire, &mut stop).await else { return };
        wire = taken;
        let (stream, ahead) = wire.parts();
        // In boxes, as both seldom happen, and every connection would have the room for them.
        let sent = tokio::select! {
            biased;
            () = &mut stop => return,
            sent = Box::pin(takeover.carry_out(stream, ahead)) => sent,
        };
        line.progress.sent(sent);
        if let Fate::Stale(_) = sent.fate {
            tokio::select! {
                () = &mut stop => {}
                () = Box::pin(next_request(stream, ahead, terms.limits.map(|limits| limits.patience))) => {}
            }
        }
        match sent.fate {
            Fate::GoesOn => {}
            Fate::Broken(End::Rst) | Fate::Stale(End::Rst) => return (link.reset)(stream),
            Fate::Broken(End::Fin) | Fate::Stale(End::Fin) | Fate::Closed | Fate::Left => return,
        }
    }
}

/// Answers requests until the connection closes, or until an answer is taken from the HTTP library.
async fn talk<I>(
    line: &Line<'_>,
    wire: Box<Wire<I>>,
    stop: &mut Stop,
) -> Option<(Box<Takeover>, Box<Wire<I>>)>
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(|request| line.respond(request));
    let mut connection = builder(line.limits()).serve_connection(TokioIo::new(wire), service);
    // A connection that ends badly ends all the same: the caller sees it, nobody here does.
    tokio::select! {
        biased;
        _ = &mut connection => {}
        () = line.overdue() => return None,
        () = stop => {
            Pin::new(&mut connection).graceful_shutdown();
            // Not moved, or there would be room for it twice.
            let _ = (&mut connection).await;
            return None;
        }
    }
    let takeover = line.taken_over()?;
    let parts = connection.into_parts();
    let mut wire = parts.io.into_inner();
    wire.parts().1.extend_from_slice(&parts.read_buf);
    Some((takeover, wire))
}

/// The HTTP library within these bounds, but for time.
pub(in crate::mock) fn builder(limits: Option<Limits>) -> Builder {
    let mut builder = Builder::new();
    builder.auto_date_header(false).half_close(false).header_read_timeout(None);
    if let Some(limits) = limits {
        builder.max_buf_size(limits.head.max(SMALLEST_BUFFER));
    }
    // The library's own limit costs nothing; for any other it prepares room with every request.
    if let Some(limits) = limits.filter(|limits| limits.headers != USUAL_HEADERS) {
        builder.max_headers(limits.headers);
    }
    builder
}

/// How many header lines the HTTP library takes if nothing is said.
const USUAL_HEADERS: usize = 100;

/// The HTTP library takes no smaller one.
const SMALLEST_BUFFER: usize = 8 << 10;
