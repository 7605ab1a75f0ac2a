//! One call of the control API as the table describes it: routing, checks and description read the same entry.

use super::calls::Run;
use crate::yaml::Shape;

/// One call.
#[derive(Clone, Copy)]
pub(super) struct Call {
    pub(super) method: &'static str,
    /// Its path; a name in braces stands for one part of it.
    pub(super) path: &'static str,
    /// What it does, one sentence.
    pub(super) doc: &'static str,
    /// Whether `/s/NAME` may stand before its path.
    pub(super) of_session: bool,
    pub(super) takes: Takes,
    /// The entries of its query, all of them numbers.
    pub(super) query: &'static [(&'static str, &'static str)],
    /// Whether `If-Match` may name the version of the job that the caller has seen.
    pub(super) at_a_version: bool,
    /// The status of its answer, and what is in it.
    pub(super) gives: (u16, Gives),
    /// Why it may be refused, besides a request that is wrong in itself.
    pub(super) refuses: &'static [(u16, &'static str)],
    pub(super) run: Run,
}

/// What the body of a call may hold, with an example.
#[derive(Clone, Copy)]
pub(super) enum Takes {
    Nothing,
    Members(&'static Shape, &'static str),
    /// Whoever carries the call out looks into it.
    Anything(&'static str),
}

/// What an answer holds.
#[derive(Clone, Copy)]
pub(super) enum Gives {
    Members(&'static Shape),
    /// A text of this media type.
    Text(&'static str),
}

/// A call without a body whose answer is not described yet.
pub(super) const fn call(method: &'static str, path: &'static str, doc: &'static str, run: Run) -> Call {
    Call {
        method,
        path,
        doc,
        of_session: true,
        takes: Takes::Nothing,
        query: &[],
        at_a_version: false,
        gives: (200, Gives::Text("text/plain")),
        refuses: &[],
        run,
    }
}

impl Call {
    pub(super) const fn of_program(self) -> Self {
        Self { of_session: false, ..self }
    }

    pub(super) const fn takes(self, shape: &'static Shape, example: &'static str) -> Self {
        Self { takes: Takes::Members(shape, example), ..self }
    }

    pub(super) const fn takes_anything(self, example: &'static str) -> Self {
        Self { takes: Takes::Anything(example), ..self }
    }

    pub(super) const fn asks(self, query: &'static [(&'static str, &'static str)]) -> Self {
        Self { query, ..self }
    }

    pub(super) const fn at_a_version(self) -> Self {
        Self { at_a_version: true, ..self }
    }

    pub(super) const fn gives(self, shape: &'static Shape) -> Self {
        Self { gives: (200, Gives::Members(shape)), ..self }
    }

    pub(super) const fn creates(self, shape: &'static Shape) -> Self {
        Self { gives: (201, Gives::Members(shape)), ..self }
    }

    pub(super) const fn gives_text(self, media_type: &'static str) -> Self {
        Self { gives: (200, Gives::Text(media_type)), ..self }
    }

    pub(super) const fn refuses(self, refusals: &'static [(u16, &'static str)]) -> Self {
        Self { refuses: refusals, ..self }
    }

    /// The name in braces in its path, if there is one.
    pub(super) fn variable(&self) -> Option<&'static str> {
        let (_, behind) = self.path.split_once('{')?;
        Some(behind.split('}').next().unwrap_or(behind))
    }
}
