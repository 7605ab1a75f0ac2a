//! What can happen to one answer on the wire. Plain data: a plan says it, the server carries it out.

use std::mem::discriminant;
use std::time::Duration;

/// What happens to one answer on the wire. The server has done by then what it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The connection ends before the first byte of the answer.
    Empty,
    /// The connection is reset.
    Reset {
        /// Behind what has left.
        at: Place,
    },
    /// The connection ends without a word.
    Finish {
        /// Behind what has left.
        at: Place,
    },
    /// The connection breaks within the body.
    Truncate {
        /// How much of the body has left.
        at: Amount,
        /// How the connection breaks.
        end: End,
    },
    /// The body comes in chunks, one of which has no size.
    BadChunk,
    /// Bytes come instead of the answer that are no HTTP.
    Garbage,
    /// Nothing comes any more, and the connection stays open.
    Hang {
        /// Behind what has left.
        at: Place,
        /// After how much of the mock's time the connection ends; until the caller leaves, if nothing is said.
        time: Option<Duration>,
    },
    /// More bytes come than the head announced.
    ExtraBytes,
    /// The head announces two lengths of the body.
    ConflictingLength,
    /// Interim answers come, and then the connection breaks.
    EarlyHintThenDrop {
        /// How the connection breaks.
        end: End,
    },
    /// The connection ends after the answer, which did not say so.
    CloseAfter,
    /// The connection breaks when the next request comes on it.
    StaleKeepalive {
        /// How the connection breaks.
        end: End,
    },
    /// A part of the answer comes in small pieces.
    Dribble {
        /// Which part.
        part: Part,
        /// How many bytes a piece has.
        bytes: usize,
        /// How much of the mock's time lies between two pieces.
        every: Duration,
    },
}

/// A place in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before its first byte.
    Start,
    /// Behind its head.
    Head,
    /// Within its body.
    Body(Amount),
    /// Behind its last byte.
    End,
}

/// How much of a body; never more than there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// So many of a hundred parts.
    Percent(u8),
    /// So many bytes.
    Bytes(usize),
}

/// How a connection breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It ends as if nothing more were to come; by TLS without the notice of its end.
    Fin,
    /// It is reset.
    Rst,
}

/// A part of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Status line and header lines.
    Head,
    /// What comes behind them.
    Body,
}

/// A kind of [`Damage`].
#[derive(Debug)]
pub struct Kind {
    /// Its word in a plan.
    pub word: &'static str,
    /// What it does, one sentence.
    pub doc: &'static str,
    /// What it is where nothing else is said.
    pub usual: Damage,
}

impl Kind {
    const fn new(word: &'static str, usual: Damage, doc: &'static str) -> Self {
        Self { word, doc, usual }
    }
}

const HALF: Amount = Amount::Percent(50);
const PAUSE: Duration = Duration::from_millis(100);

/// Every kind.
pub static KINDS: [Kind; 13] = [
    Kind::new("empty", Damage::Empty, "The connection ends before the first byte of the answer."),
    Kind::new("rst", Damage::Reset { at: Place::Start }, "The connection is reset (TCP RST)."),
    Kind::new(
        "fin",
        Damage::Finish { at: Place::Head },
        "The connection ends without a word, by TLS without `close_notify`.",
    ),
    Kind::new(
        "truncate",
        Damage::Truncate { at: HALF, end: End::Fin },
        "The connection breaks within the body.",
    ),
    Kind::new("bad-chunk", Damage::BadChunk, "The body comes in chunks, one of which has no size."),
    Kind::new("garbage", Damage::Garbage, "Bytes come instead of the answer that are no HTTP."),
    Kind::new(
        "hang",
        Damage::Hang { at: Place::Start, time: None },
        "Nothing comes any more, and the connection stays open.",
    ),
    Kind::new("extra-bytes", Damage::ExtraBytes, "More bytes come than the head announced."),
    Kind::new(
        "conflicting-length",
        Damage::ConflictingLength,
        "The head announces two different lengths of the body.",
    ),
    Kind::new(
        "early-hint-then-drop",
        Damage::EarlyHintThenDrop { end: End::Fin },
        "The interim answers 100 and 103 come, and then the connection breaks.",
    ),
    Kind::new(
        "close-after",
        Damage::CloseAfter,
        "The connection ends after the whole answer, which did not announce it.",
    ),
    Kind::new(
        "stale-keepalive",
        Damage::StaleKeepalive { end: End::Rst },
        "The answer comes whole; the connection breaks when the next request comes on it.",
    ),
    Kind::new(
        "dribble",
        Damage::Dribble { part: Part::Body, bytes: 1, every: PAUSE },
        "Head or body comes in small pieces, with pauses between them.",
    ),
];

impl Damage {
    /// The kind of this word, as it usually is.
    pub fn of(word: &str) -> Option<Self> {
        KINDS.iter().find(|kind| kind.word == word).map(|kind| kind.usual)
    }

    /// The word of its kind.
    pub fn word(self) -> &'static str {
        let own = |kind: &&Kind| discriminant(&kind.usual) == discriminant(&self);
        KINDS.iter().find(own).map_or("", |kind| kind.word)
    }

    /// Whether all of the answer leaves nevertheless.
    pub fn spares_answer(self) -> bool {
        match self {
            Self::Reset { at } | Self::Finish { at } | Self::Hang { at, .. } => at == Place::End,
            Self::ExtraBytes
            | Self::ConflictingLength
            | Self::CloseAfter
            | Self::StaleKeepalive { .. }
            | Self::Dribble { .. } => true,
            Self::Empty
            | Self::Truncate { .. }
            | Self::BadChunk
            | Self::Garbage
            | Self::EarlyHintThenDrop { .. } => false,
        }
    }

    /// The same at this place; nothing, if its kind knows no such place.
    pub fn at(self, place: Place) -> Option<Self> {
        match (self, place) {
            (Self::Reset { .. }, at) => Some(Self::Reset { at }),
            (Self::Finish { .. }, at) => Some(Self::Finish { at }),
            (Self::Hang { time, .. }, at) => Some(Self::Hang { at, time }),
            (Self::Truncate { end, .. }, Place::Body(at)) => Some(Self::Truncate { at, end }),
            (Self::Truncate { end, .. }, Place::Head) => Some(Self::Truncate { at: Amount::Percent(0), end }),
            _ => None,
        }
    }

    /// The same with this end of the connection; nothing, if its kind has an end of its own or none.
    pub fn ending(self, end: End) -> Option<Self> {
        match self {
            Self::Truncate { at, .. } => Some(Self::Truncate { at, end }),
            Self::EarlyHintThenDrop { .. } => Some(Self::EarlyHintThenDrop { end }),
            Self::StaleKeepalive { .. } => Some(Self::StaleKeepalive { end }),
            _ => None,
        }
    }

    /// The same for this much of the mock's time; nothing, if its kind takes no time.
    pub fn lasting(self, time: Duration) -> Option<Self> {
        match self {
            Self::Hang { at, .. } => Some(Self::Hang { at, time: Some(time) }),
            _ => None,
        }
    }
}

impl Amount {
    /// Reads `50%`, or `120` for so many bytes.
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_suffix('%') {
            Some(percent) => percent.parse().ok().filter(|percent| *percent <= 100).map(Self::Percent),
            None => text.parse().ok().map(Self::Bytes),
        }
    }

    /// How many bytes of `all` that is.
    pub fn of(self, all: usize) -> usize {
        match self {
            Self::Percent(percent) => {
                all / 100 * usize::from(percent) + all % 100 * usize::from(percent) / 100
            }
            Self::Bytes(bytes) => bytes,
        }
        .min(all)
    }
}

impl End {
    /// The words for them.
    pub const WORDS: [(&'static str, Self); 2] = [("fin", Self::Fin), ("rst", Self::Rst)];

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, end)| *end == self).map_or("", |(word, _)| word)
    }
}

impl Part {
    /// The words for them.
    pub const WORDS: [(&'static str, Self); 2] = [("head", Self::Head), ("body", Self::Body)];

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn every_kind_has_a_word_of_its_own() {
        for kind in &KINDS {
            assert_eq!((Damage::of(kind.word), kind.usual.word()), (Some(kind.usual), kind.word));
        }
    }

    #[rstest]
    #[case("50%", Some(5))]
    #[case("0%", Some(0))]
    #[case("100%", Some(10))]
    #[case("101%", None)]
    #[case("-1%", None)]
    #[case("3", Some(3))]
    #[case("300", Some(10))]
    #[case("half", None)]
    fn an_amount_is_of_what_there_is(#[case] text: &str, #[case] of_ten: Option<usize>) {
        assert_eq!(Amount::parse(text).map(|amount| amount.of(10)), of_ten);
    }

    #[test]
    fn an_amount_of_a_long_body_does_not_overflow() {
        assert_eq!(Amount::Percent(100).of(usize::MAX), usize::MAX);
    }
}
