//! What a fault does to a call: another answer, damage on the wire, a delay; and where on its way each can meet it.

use std::time::Duration;

use serde_json::Value;

use super::Phase;
use super::damage::{Amount, Damage, KINDS, Part, Place};

/// What a fault does to a call besides keeping it back.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::mock) enum Effect {
    /// Somebody else answers in the server's stead.
    Answer(Substitute),
    /// The answer is damaged on the wire.
    Wire(Damage),
}

/// The answer of somebody else.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::mock) struct Substitute {
    pub(in crate::mock) status: u16,
    /// A text, or anything else as JSON; a gateway's page, if nothing is said.
    pub(in crate::mock) body: Option<Value>,
    /// When the caller is told to come again.
    pub(in crate::mock) retry_after: Option<Advice>,
}

/// When to come again, in one of the forms of `Retry-After` (RFC 9110, 10.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mock) enum Advice {
    /// In whole seconds, after so much of the mock's time.
    Seconds(Duration),
    /// As a date, which is so much of the mock's time away.
    Date(Duration),
}

/// A kind of thing that a fault can do.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// Its word in a plan: a key of `do`, or a word behind `wire`.
    pub word: &'static str,
    /// What it does, one sentence.
    pub doc: &'static str,
    /// Where it can meet a call; what it does where nothing is said stands first.
    pub phases: &'static [Phase],
}

/// The word for another answer.
pub(super) const STATUS: &str = "status";
/// The word for a delay.
pub(super) const DELAY: &str = "delay";

/// Everything that a fault can do.
pub fn actions() -> Vec<Action> {
    let answer = Action {
        word: STATUS,
        doc: "A gateway answers with this status in the server's stead.",
        phases: &[Phase::AfterCommit, Phase::BeforeCommit],
    };
    let delay = Action {
        word: DELAY,
        doc: "The call is kept back, by the mock's own clock.",
        phases: &[Phase::AfterCommit, Phase::Accept, Phase::BeforeCommit],
    };
    let wire = KINDS.iter().map(|kind| Action { word: kind.word, doc: kind.doc, phases: phases(kind.usual) });
    [answer, delay].into_iter().chain(wire).collect()
}

/// The action of this word.
pub fn action(word: &str) -> Option<Action> {
    actions().into_iter().find(|action| action.word == word)
}

/// Where this damage can meet a call, the usual place first.
fn phases(damage: Damage) -> &'static [Phase] {
    use Phase::{Accept, AfterBody, AfterCommit, AfterHeaders, BeforeCommit, MidBody};
    match damage {
        Damage::Empty | Damage::Garbage => &[AfterCommit, Accept, BeforeCommit],
        Damage::Reset { .. } | Damage::Hang { .. } => {
            &[AfterCommit, Accept, BeforeCommit, AfterHeaders, MidBody, AfterBody]
        }
        Damage::Finish { .. } => &[AfterHeaders, Accept, BeforeCommit, AfterCommit, MidBody, AfterBody],
        Damage::Truncate { .. } => &[MidBody, AfterHeaders],
        Damage::BadChunk => &[MidBody],
        Damage::ConflictingLength => &[AfterCommit],
        Damage::EarlyHintThenDrop { .. } => &[AfterCommit, BeforeCommit],
        Damage::ExtraBytes | Damage::CloseAfter | Damage::StaleKeepalive { .. } => &[AfterBody],
        Damage::Dribble { .. } => &[MidBody, AfterCommit],
    }
}

/// Where this damage meets a call by itself.
pub(super) fn phase_of(damage: Damage) -> Phase {
    match damage {
        Damage::Reset { at } | Damage::Finish { at } | Damage::Hang { at, .. } => match at {
            Place::Start => Phase::AfterCommit,
            Place::Head => Phase::AfterHeaders,
            Place::Body(_) => Phase::MidBody,
            Place::End => Phase::AfterBody,
        },
        Damage::Dribble { part: Part::Head, .. } => Phase::AfterCommit,
        _ => phases(damage)[0],
    }
}

/// The same damage at this phase.
pub(super) fn moved(damage: Damage, phase: Phase) -> Damage {
    if phase_of(damage) == phase {
        return damage;
    }
    let place = match phase {
        Phase::Accept | Phase::BeforeCommit | Phase::AfterCommit => Place::Start,
        Phase::AfterHeaders => Place::Head,
        Phase::MidBody => Place::Body(Amount::Percent(50)),
        Phase::AfterBody => Place::End,
    };
    damage.at(place).unwrap_or(damage)
}

impl Effect {
    /// Whether the call fails by it, or only takes longer.
    pub(super) fn is_loss(&self) -> bool {
        !matches!(self, Self::Wire(Damage::Dribble { .. }))
    }

    /// The word for it.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Answer(_) => STATUS,
            Self::Wire(damage) => damage.word(),
        }
    }

    /// Where it meets a call by itself.
    pub(super) fn phase(&self) -> Phase {
        match self {
            Self::Answer(_) => Phase::AfterCommit,
            Self::Wire(damage) => phase_of(*damage),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_kind_usually_does_is_at_the_first_of_its_phases() {
        for kind in &KINDS {
            assert_eq!(phase_of(kind.usual), phases(kind.usual)[0], "{}", kind.word);
        }
    }

    #[test]
    fn damage_moves_to_every_phase_that_it_can_be_at() {
        for kind in &KINDS {
            for phase in phases(kind.usual) {
                let moved = moved(kind.usual, *phase);
                let at = phase_of(moved);
                assert!(
                    at == *phase
                        || phase.is_before_commit()
                        || matches!(moved, Damage::Truncate { .. } | Damage::Dribble { .. }),
                    "{} at {phase:?} is at {at:?}",
                    kind.word
                );
            }
        }
    }
}
