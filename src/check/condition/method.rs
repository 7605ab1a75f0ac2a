//! `method: POST` — the method by which the server calls back.

use serde_json::Value as Json;

use super::{Condition, ConditionDefinition, Side};
use crate::check::block::Compiler;
use crate::check::conjunction::Matchers;
use crate::check::judgement::Tally;
use crate::check::matcher::ARGUMENT;
use crate::check::subject::Subject;
use crate::check::view::View;
use crate::source::Span;
use crate::yaml::Node;

pub(super) const DEFINITION: ConditionDefinition = ConditionDefinition {
    name: "method",
    doc: "The method of a call-back, in the spelling in which it came.",
    only: Some(Side::CallBack),
    example: "POST",
    value: ARGUMENT,
    compile,
};

#[derive(Debug)]
struct Method(Matchers);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    Some(Box::new(Method(Matchers::compile(node, compiler))))
}

impl Condition for Method {
    fn judge(&self, view: &View<'_>, tally: &mut Tally) {
        let method = Json::from(view.exchange.request.method.as_str());
        let missing = view.response().err();
        let subject = missing.as_deref().map_or(Subject::Json(&method), Subject::Hidden);
        tally.add(self.0.judge_in(subject, view, "method"));
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0.names()
    }
}
