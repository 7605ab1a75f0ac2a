//! `value: { id: { is: integer } }` — captured values.

use super::{Condition, ConditionDefinition};
use crate::check::block::Compiler;
use crate::check::judgement::{Tally, Unreached};
use crate::check::matcher::{ARGUMENT, Matchers};
use crate::check::subject::{Found, Subject};
use crate::check::view::View;
use crate::scenario::Datum;
use crate::source::{Span, Spanned};
use crate::yaml::{Node, Value, mapping};

pub(super) const DEFINITION: ConditionDefinition = ConditionDefinition {
    name: "value",
    doc: "Captured values by name.",
    value: Value::Map(&ARGUMENT),
    compile,
};

#[derive(Debug)]
struct Values(Vec<(Spanned<String>, Matchers)>);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    let entries = mapping(node, compiler.diagnostics).iter();
    let values = entries.map(|(name, value)| (name.clone(), Matchers::compile(value, compiler)));
    Some(Box::new(Values(values.collect())))
}

impl Condition for Values {
    fn judge(&self, view: &View<'_>, tally: &mut Tally) {
        for (name, matchers) in &self.0 {
            tally.add(judge(&name.value, matchers, view));
        }
    }

    fn names(&self) -> Vec<(&str, Span)> {
        let own = self.0.iter().map(|(name, _)| (name.value.as_str(), name.span));
        own.chain(self.0.iter().flat_map(|(_, matchers)| matchers.names())).collect()
    }
}

fn judge(name: &str, matchers: &Matchers, view: &View<'_>) -> Found {
    let place = format!("value {name}");
    if let Err(reason) = view.response() {
        return matchers.judge_in(Subject::Hidden(&reason), view, &place);
    }
    match view.lookup.look_up(name).ok_or_else(|| Unreached::uncaptured(name))? {
        Datum::Json(value) => matchers.judge_in(Subject::Json(&value), view, &place),
        Datum::Duration(duration) => matchers.judge_in(Subject::Duration(duration), view, &place),
    }
}
