//! What a fault does to a call.

use super::damage::{Amount, Damage, End};

/// What a fault does to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A gateway answers 502, and the server never hears of the call.
    LostCall,
    /// A gateway answers 502 although the server did what it was asked for.
    LostAnswer,
    /// The answer comes to harm on the wire.
    Wire(Damage),
    /// The server is busy, and says after how many seconds to come again.
    Busy(u64),
    /// What the call is about cannot be found.
    Gone,
}

impl Action {
    /// The words of those that need no number.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("lost-call", Self::LostCall),
        ("lost-answer", Self::LostAnswer),
        ("drop", Self::Wire(Damage::Empty)),
        ("truncate", Self::Wire(Damage::Truncate { at: Amount::Percent(50), end: End::Fin })),
        ("gone", Self::Gone),
    ];
}
