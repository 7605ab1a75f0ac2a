//! What `at_least`, `at_most`, `more_than` and `less_than` have in common.

use std::cmp::Ordering;

use super::block::Compiler;
use super::judgement::Unreached;
use super::matcher::Matcher;
use super::subject::{Found, Scope, Subject, describe, duration_of};
use crate::scenario::{Datum, Template};
use crate::source::Span;
use crate::yaml::{Node, Value, wrong_type};

/// What may stand behind such a matcher.
pub(super) const BOUND: Value = Value::Scalar;

/// How a value must lie to its bound, in words and as an order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side {
    pub(super) words: &'static str,
    pub(super) holds: fn(Ordering) -> bool,
}

#[derive(Debug)]
struct Bound {
    side: Side,
    bound: Template,
}

pub(super) fn compile(node: &Node, side: Side, compiler: &mut Compiler<'_>) -> Option<Box<dyn Matcher>> {
    let bound = Template::parse(node, compiler.diagnostics);
    if let Some(constant) = bound.constant()
        && read(Datum::Json(constant.clone())).is_none()
    {
        let wrong = wrong_type(node, "a number or a duration");
        compiler.report(wrong.help("`instant` compares instants, `matches` looks into texts"));
        return None;
    }
    Some(Box::new(Bound { side, bound }))
}

impl Matcher for Bound {
    fn judge(&self, subject: Subject<'_>, scope: Scope<'_>) -> Found {
        let bound = self.bound.evaluate(scope.lookup)?;
        let words = describe(&bound);
        let bound =
            read(bound).ok_or_else(|| Unreached(format!("{words} is neither a number nor a duration")))?;
        let holds = subject.compare(&bound).is_some_and(self.side.holds);
        Ok(scope.demand(subject, holds, || format!("{} {}", self.side.words, describe(&bound))))
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.bound.names()
    }
}

/// A number, or a duration even where it is the text of one.
fn read(datum: Datum) -> Option<Datum> {
    match &datum {
        Datum::Json(value) if value.is_number() => Some(datum),
        _ => duration_of(&datum).map(Datum::Duration),
    }
}
