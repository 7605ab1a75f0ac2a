//! `status: 202` — the HTTP status of the answer.

use serde_json::Value as Json;

use super::{Condition, ConditionDefinition};
use crate::check::block::{Compiler, Constant};
use crate::check::judgement::Tally;
use crate::check::matcher::{ARGUMENT, Matchers};
use crate::check::subject::Subject;
use crate::check::view::View;
use crate::source::Span;
use crate::yaml::Node;

pub(super) const DEFINITION: ConditionDefinition =
    ConditionDefinition { name: "status", doc: "The HTTP status.", value: ARGUMENT, compile };

#[derive(Debug)]
struct Status(Matchers);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    Some(Box::new(Status(Matchers::compile(node, compiler))))
}

impl Condition for Status {
    fn judge(&self, view: &View<'_>, tally: &mut Tally) {
        let found = match view.response() {
            Ok(response) => self.0.judge_in(Subject::Json(&Json::from(response.status)), view, "status"),
            Err(reason) => self.0.judge_in(Subject::Hidden(&reason), view, "status"),
        };
        tally.add(found);
    }

    fn names(&self) -> Vec<(&str, Span)> {
        self.0.names()
    }

    fn constant(&self) -> Option<Constant> {
        let status = self.0.constant()?.as_u64()?;
        u16::try_from(status).ok().map(Constant::Status)
    }
}
