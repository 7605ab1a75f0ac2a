//! Taking connections: as many at once as there may be, each in a task of its own, until the mock ends.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio_rustls::TlsAcceptor;

use super::patience::Patient;
use super::{Room, Sessions};
use crate::mock::control;
use crate::mock::server::message::Request;
use crate::mock::server::{Front, Link, Listener, Session, Stop, Terms, serve};

/// What a socket is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Serve(Listener),
    Control,
}

/// What all sockets of a mock share.
#[derive(Clone)]
pub(super) struct Reception {
    pub(super) sessions: Arc<Sessions>,
    pub(super) steering: Arc<control::Steering>,
    /// Whether it is steered below a prefix of the protocols.
    pub(super) steered_below: bool,
    pub(super) acceptor: Option<TlsAcceptor>,
    pub(super) room: Room,
    pub(super) stop: watch::Receiver<bool>,
}

impl Reception {
    /// Takes connections until the mock ends.
    pub(super) async fn accept(self, socket: TcpListener, purpose: Purpose) {
        let mut stop = self.stop.clone();
        loop {
            let accepted = tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                accepted = socket.accept() => accepted,
            };
            match (accepted, self.room.enter()) {
                (Ok((stream, _)), Some(permit)) => {
                    tokio::spawn(self.clone().receive(stream, purpose, permit));
                }
                // Whoever comes when there is no room is told so by the end of his connection.
                (Ok(_), None) => {}
                // This machine has no room for a further connection; it will have, once one of the others ends.
                (Err(_), _) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    async fn receive(self, stream: TcpStream, purpose: Purpose, permit: OwnedSemaphorePermit) {
        // Answers go out at once; where a system cannot do that, they go out all the same.
        let _ = stream.set_nodelay(true);
        let patience = self.sessions.limits().patience;
        if let (Some(acceptor), Purpose::Serve(_)) = (&self.acceptor, purpose) {
            // In boxes, so that a connection without TLS has not to take the room for all of it.
            let handshake = Box::pin(acceptor.accept(stream));
            if let Ok(Ok(stream)) = tokio::time::timeout(patience, handshake).await {
                let stream = Patient::new(Box::new(stream), patience);
                let link = Link { stream, reset: |stream| reset(stream.stream().get_ref().0) };
                self.talk(link, purpose, "https").await;
            }
        } else {
            let stream = Patient::new(stream, patience);
            let link = Link { stream, reset: |stream| reset(stream.stream()) };
            self.talk(link, purpose, "http").await;
        }
        drop(permit);
    }

    async fn talk<I>(&self, link: Link<I>, purpose: Purpose, scheme: &'static str)
    where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let mut stop = self.stop.clone();
        let stop: Stop = Box::pin(async move {
            let _ = stop.wait_for(|stop| *stop).await;
        });
        match purpose {
            Purpose::Control => Box::pin(control::serve(link.stream, &self.steering, stop)).await,
            Purpose::Serve(listener) => {
                let limits = Some(*self.sessions.limits());
                let terms = Terms { listener, quiet: false, limits, scheme };
                let is_steered = self.steered_below && listener == Listener::Protocol;
                let steering = is_steered.then_some(&*self.steering);
                serve(link, &Door { sessions: &self.sessions, steering }, &terms, stop).await;
            }
        }
    }
}

/// Makes the end of this connection a reset. Where a system cannot do that, it ends all the same.
fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}

/// Where requests to the protocols lead: to sessions, and to the control API where that has no door of its own.
struct Door<'a> {
    sessions: &'a Sessions,
    steering: Option<&'a control::Steering>,
}

impl Front for Door<'_> {
    fn session(&self, request: &mut Request) -> Session {
        self.sessions.lead(request)
    }

    fn steering(&self) -> Option<&control::Steering> {
        self.steering
    }
}
