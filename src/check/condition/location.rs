//! `location: "${{ status_uri }}"` — where the answer points to, resolved against the request's URL.

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
    name: "location",
    doc: "The `Location` resolved against the request's URL; absent if there is none or more than one.",
    only: Some(Side::Answer),
    example: "\"${{ status_uri }}\"",
    value: ARGUMENT,
    compile,
};

#[derive(Debug)]
struct Location(Matchers);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    Some(Box::new(Location(Matchers::compile(node, compiler))))
}

impl Condition for Location {
    fn judge(&self, view: &View<'_>, tally: &mut Tally) {
        let found = match view.response() {
            Ok(_) => self.0.judge_in(Subject::of(view.location().map(Json::from).as_ref()), view, "location"),
            Err(reason) => self.0.judge_in(Subject::Hidden(&reason), view, "location"),
        };
        tally.add(found);
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0.names()
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{answer, judge};
    use rstest::rstest;

    #[rstest]
    #[case(&["b?c"], r#"{ location: "http://mock/t/b?c" }"#, "held")]
    #[case(&["/b"], r#"{ location: { not_equals: "http://mock/b" } }"#, "location: expected anything but \"http://mock/b\", actual \"http://mock/b\"")]
    #[case(&[], "{ location: { is: absent } }", "held")]
    #[case(&["/b", "/b"], "{ location: { is: present } }", "location: expected present, actual absent")]
    #[case(&["not a reference"], "{ location: { is: present } }", "location: expected present, actual absent")]
    fn looks_at_what_it_resolves_to(#[case] lines: &[&str], #[case] block: &str, #[case] expected: &str) {
        let headers: Vec<(&str, &str)> = lines.iter().map(|line| ("Location", *line)).collect();
        assert_eq!(judge(block, &answer(303, &headers, "")), expected);
    }
}
