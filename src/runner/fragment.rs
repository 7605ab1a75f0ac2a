//! A fragment in the place of a step: it knows its inputs and nothing else of the scenario, and gives back its outputs.

use std::collections::BTreeMap;

use super::context::Context;
use super::exchange::Unsent;
use super::scope::{Names, Scope};
use super::step::perform_all;
use crate::plan::{InputAct, Instruction, UseAct};
use crate::scenario::Datum;

/// Does the steps of a fragment.
pub(super) async fn perform(
    context: &Context<'_>,
    scope: &mut Scope,
    step: &Instruction,
    fragment: &UseAct,
) -> Result<(), Unsent> {
    let inputs = inputs(context, scope, step, fragment)?;
    let mut inner =
        Scope { captured: BTreeMap::new(), missing: BTreeMap::new(), index: None, inputs, ..scope.clone() };
    let performed = perform_all(context, &mut inner, &fragment.steps).await;
    scope.budget = inner.budget;
    give_back(scope, &inner, step, fragment);
    Ok(performed?)
}

fn inputs(
    context: &Context<'_>,
    scope: &Scope,
    step: &Instruction,
    fragment: &UseAct,
) -> Result<BTreeMap<String, Datum>, Unsent> {
    let names = Names { context, scope, principal: &step.principal };
    let input = |input: &InputAct| {
        let InputAct { name, kind, value } = input;
        let value = value.evaluate(&names).map_err(|unbound| Unsent::NotReached(scope.explain(&unbound)))?;
        let json = value.clone().into_json();
        if kind.accepts(&json) {
            return Ok((name.clone(), value));
        }
        let of = format!("the input `{name}` of the fragment `{}`", fragment.fragment);
        Err(Unsent::NotReached(format!("{of} is of the type {}, not {json}", kind.word())))
    };
    fragment.inputs.iter().map(input).collect()
}

/// An output that was not captured, or is of another type than the fragment says, leaves its name without a value.
fn give_back(scope: &mut Scope, inner: &Scope, step: &Instruction, fragment: &UseAct) {
    for (local, name, kind) in &fragment.outputs {
        if let Some(value) = inner.captured.get(name).filter(|value| kind.accepts(value)) {
            scope.missing.remove(local);
            scope.captured.insert(local.clone(), value.clone());
        } else {
            let culprit = inner.missing.get(name).unwrap_or(&step.label);
            scope.captured.remove(local);
            scope.missing.insert(local.clone(), culprit.clone());
        }
    }
}
