//! An answer that meets damage: the connection is taken from the HTTP library, and its bytes are written here.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

use super::mangle::{Act, SURPLUS, acts};
use super::message::Answer;
use crate::mock::clock::{Clock, Parked};
use crate::mock::fault::Damage;
use crate::mock::fault::damage::End;

/// An answer that is not left to the HTTP library.
pub(super) struct Takeover {
    pub(super) answer: Answer,
    pub(super) damage: Damage,
    /// What the pauses are measured by.
    pub(super) clock: Clock,
    /// Whether the caller wants to send more on this connection.
    pub(super) persistent: bool,
    /// Whether the caller asked for a head alone.
    pub(super) bodiless: bool,
}

/// What has become of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// The next request is read.
    GoesOn,
    /// It breaks when the next request comes.
    Stale(End),
    /// It was or is broken.
    Broken(End),
    /// It was closed as connections are.
    Closed,
    /// The caller has left.
    Left,
}

/// What has left of an answer, and what has become of its connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) bytes: u64,
    pub(super) whole: bool,
    pub(super) fate: Fate,
}

/// How long a connection hangs at most, in our own time.
const LONGEST_HANG: Duration = Duration::from_mins(10);

/// How much a caller may send ahead while his answer is on its way.
const MOST_AHEAD: usize = 64 << 10;

impl Takeover {
    /// Sends the answer with its damage; what the caller sends meanwhile is kept in `ahead`.
    pub(super) async fn carry_out<I>(self, stream: &mut I, ahead: &mut BytesMut) -> Sent
    where
        I: AsyncRead + AsyncWrite + Unpin,
    {
        let acts = acts(self.damage, &self.answer, self.bodiless, self.persistent);
        let all = acts.iter().map(Act::bytes).sum::<u64>();
        let mut player = Player { stream, ahead, clock: self.clock, bytes: 0 };
        let mut fate = Ok(if self.persistent { Fate::GoesOn } else { Fate::Closed });
        for act in acts {
            match player.play(act).await {
                Ok(None) => {}
                Ok(Some(end)) => fate = Ok(end),
                Err(left) => {
                    fate = Err(left);
                    break;
                }
            }
        }
        let whole = self.damage.spares_answer() && player.bytes == all;
        let fate = fate.unwrap_or(Fate::Left);
        if fate == Fate::Closed {
            // Whoever has left has left.
            let _ = player.stream.shutdown().await;
        }
        Sent { bytes: player.bytes, whole, fate }
    }
}

/// Waits until the next request comes, or nobody will send one.
pub(super) async fn next_request<I>(stream: &mut I, ahead: &BytesMut, patience: Option<Duration>)
where
    I: AsyncRead + Unpin,
{
    if !ahead.is_empty() {
        return;
    }
    // All of it is taken in: a connection with something left unread would end as a reset.
    let mut request = BytesMut::with_capacity(MOST_AHEAD);
    let arrival = stream.read_buf(&mut request);
    // Whether it came, did not come or cannot come: the connection ends.
    match patience {
        Some(patience) => drop(timeout(patience, arrival).await),
        None => drop(arrival.await),
    }
}

/// The caller has left.
struct Left;

struct Player<'a, I> {
    stream: &'a mut I,
    ahead: &'a mut BytesMut,
    clock: Clock,
    bytes: u64,
}

impl<I: AsyncRead + AsyncWrite + Unpin> Player<'_, I> {
    async fn play(&mut self, act: Act) -> Result<Option<Fate>, Left> {
        match act {
            Act::Send(bytes) => self.send(&bytes).await?,
            Act::Overfill(bytes) => {
                self.write(&[&bytes, SURPLUS].concat()).await?;
                self.bytes += bytes.len() as u64;
            }
            Act::Insert(bytes) => self.write(bytes).await?,
            Act::Dribble { bytes, piece, every } => self.dribble(bytes, piece, every).await?,
            Act::Silence(time) => self.silence(time).await?,
            Act::End(fate) => return Ok(Some(fate)),
        }
        Ok(None)
    }

    async fn send(&mut self, bytes: &[u8]) -> Result<(), Left> {
        self.write(bytes).await?;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Left> {
        self.stream.write_all(bytes).await.map_err(|_| Left)?;
        self.stream.flush().await.map_err(|_| Left)
    }

    async fn dribble(&mut self, mut bytes: Bytes, piece: usize, every: Duration) -> Result<(), Left> {
        while !bytes.is_empty() {
            let piece = bytes.split_to(piece.clamp(1, bytes.len()));
            self.send(&piece).await?;
            if !bytes.is_empty() {
                self.silence(Some(every)).await?;
            }
        }
        Ok(())
    }

    /// Says nothing for this much of the mock's time, or for as long as a connection may hang.
    async fn silence(&mut self, time: Option<Duration>) -> Result<(), Left> {
        let mut parked = self.park(time);
        tokio::select! {
            biased;
            Left = listen(self.stream, self.ahead) => Err(Left),
            _ = timeout(LONGEST_HANG, parked.woken()) => Ok(()),
        }
    }

    fn park(&self, time: Option<Duration>) -> Parked {
        self.clock.park(time.map(|time| self.clock.now().saturating_add(time)))
    }
}

/// Keeps what the caller sends; returns when he leaves.
async fn listen<I: AsyncRead + Unpin>(stream: &mut I, ahead: &mut BytesMut) -> Left {
    while ahead.len() < MOST_AHEAD {
        match stream.read_buf(ahead).await {
            Ok(0) | Err(_) => return Left,
            Ok(_) => {}
        }
    }
    std::future::pending().await
}
