//! Where on a call's way a fault meets it.

/// Where on a call's way a fault meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Before anybody reads the call.
    Accept,
    /// At a gateway before the server.
    BeforeCommit,
    /// Behind the server, before the first byte of the answer.
    AfterCommit,
    /// Between head and body of the answer.
    AfterHeaders,
    /// Within the body of the answer.
    MidBody,
    /// Behind the last byte of the answer.
    AfterBody,
}

impl Phase {
    /// The word for each.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("accept", Self::Accept),
        ("before_commit", Self::BeforeCommit),
        ("after_commit", Self::AfterCommit),
        ("after_headers", Self::AfterHeaders),
        ("mid_body", Self::MidBody),
        ("after_body", Self::AfterBody),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// What is so for the call, in one sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Accept => "before anybody reads the call: the server never hears of it",
            Self::BeforeCommit => "at a gateway before the server, which never hears of the call",
            Self::AfterCommit => "behind the server, which did what it was asked for: its answer is lost",
            Self::AfterHeaders => "between the head and the body of the server's answer",
            Self::MidBody => "within the body of the server's answer",
            Self::AfterBody => "behind the server's whole answer",
        }
    }

    /// Whether the server never hears of the call.
    pub fn is_before_commit(self) -> bool {
        self <= Self::BeforeCommit
    }
}
