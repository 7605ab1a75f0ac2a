//! Steps that are done several times, and steps that are done at the same time.

use futures_util::future::join_all;
use serde_json::Value;

use super::context::Context;
use super::exchange::{Stop, pause};
use super::ledger::Seen;
use super::scope::{Names, Scope};
use super::step::perform_all;
use crate::check::{Judgement, Mismatch};
use crate::plan::{Instruction, QuantifierAct, RepeatAct};

/// Does the rounds of a `repeat`, one after the other or all at once; each works on its own names.
pub(super) async fn repeat(context: &Context<'_>, scope: &mut Scope, repeat: &RepeatAct) -> Result<(), Stop> {
    let rounds = if repeat.at_once {
        all_rounds_at_once(context, scope, repeat).await?
    } else {
        round_after_round(context, scope, repeat).await?
    };
    for quantifier in &repeat.quantifiers {
        judge(context, quantifier, &rounds);
    }
    if let Some(last) = rounds.into_iter().next_back() {
        scope.jobs.extend(last.jobs);
        scope.last = last.last;
    }
    Ok(())
}

async fn all_rounds_at_once(
    context: &Context<'_>,
    scope: &Scope,
    repeat: &RepeatAct,
) -> Result<Vec<Scope>, Stop> {
    let rounds = (1..=repeat.times).map(|index| round(context, scope, repeat, index));
    join_all(rounds).await.into_iter().collect()
}

/// One of many rounds at once. It starts over alone where a call that creates a job was answered 502: the budget of
/// disturbances is its own, and the jobs of the others are none of its concern, unless the case counts them.
async fn round(context: &Context<'_>, scope: &Scope, repeat: &RepeatAct, index: u32) -> Result<Scope, Stop> {
    let counts = !context.case.program.counted.is_empty();
    let mut budget = scope.budget;
    loop {
        let mut round = Scope { index: Some(index), budget, ..scope.clone() };
        match perform_all(context, &mut round, &repeat.steps).await {
            Err(Stop::Restart) if !counts => budget = round.budget,
            ended => return ended.map(|()| round),
        }
    }
}

async fn round_after_round(
    context: &Context<'_>,
    scope: &mut Scope,
    repeat: &RepeatAct,
) -> Result<Vec<Scope>, Stop> {
    let names = Names { context, scope, principal: "" };
    let every = repeat.every.as_ref().and_then(|every| every.duration(&names).ok()).unwrap_or_default();
    let mut rounds: Vec<Scope> = Vec::new();
    for index in 1..=repeat.times {
        if index > 1 && !every.is_zero() {
            pause(context, every).await?;
        }
        let budget = rounds.last().map_or(scope.budget, |round| round.budget);
        let mut round = Scope { index: Some(index), budget, ..scope.clone() };
        perform_all(context, &mut round, &repeat.steps).await?;
        rounds.push(round);
    }
    scope.budget = rounds.last().map_or(scope.budget, |round| round.budget);
    Ok(rounds)
}

/// Does every branch of a `parallel` at the same time; afterwards the names of all of them have values.
pub(super) async fn parallel(
    context: &Context<'_>,
    scope: &mut Scope,
    branches: &[Vec<Instruction>],
) -> Result<(), Stop> {
    let before = scope.clone();
    let running = branches.iter().map(|steps| {
        let mut branch = before.clone();
        async move { perform_all(context, &mut branch, steps).await.map(|()| branch) }
    });
    let done: Result<Vec<Scope>, Stop> = join_all(running).await.into_iter().collect();
    done?.into_iter().for_each(|branch| scope.merge(branch, &before));
    Ok(())
}

/// Whether the values that a name got in all rounds all differ, or are all equal.
fn judge(context: &Context<'_>, quantifier: &QuantifierAct, rounds: &[Scope]) {
    let values: Vec<(usize, &Value)> = rounds
        .iter()
        .enumerate()
        .filter_map(|(index, round)| Some((index + 1, round.captured.get(&quantifier.value)?)))
        .collect();
    let judgement = if values.len() < rounds.len() {
        let missing = rounds.len() - values.len();
        let first = rounds.iter().find_map(|round| round.missing.get(&quantifier.value));
        let first = first.map(|step| format!(", first in step {step}")).unwrap_or_default();
        let of = rounds.len();
        Judgement::NotReached(format!(
            "`{}` was not captured in {missing} of {of} rounds{first}",
            quantifier.value
        ))
    } else {
        offending_pair(quantifier, &values).map_or(Judgement::Held, |pair| violated(quantifier, pair))
    };
    let info = &context.case.program.checks[quantifier.id.0];
    let mut ledger = context.ledger.borrow_mut();
    let exchange = ledger.next_exchange().checked_sub(1);
    ledger.judged(quantifier.id, info, judgement, Seen { masks: context.masks, exchange, aside: None });
}

type Pair<'v> = ((usize, &'v Value), (usize, &'v Value));

fn offending_pair<'v>(quantifier: &QuantifierAct, values: &[(usize, &'v Value)]) -> Option<Pair<'v>> {
    let mut pairs = values
        .iter()
        .enumerate()
        .flat_map(|(at, one)| values[at + 1..].iter().map(move |other| (*one, *other)));
    pairs.find(|(one, other)| (one.1 == other.1) == quantifier.distinct)
}

fn violated(quantifier: &QuantifierAct, ((first, one), (second, other)): Pair<'_>) -> Judgement {
    let expected =
        if quantifier.distinct { "another value in every round" } else { "the same value in every round" };
    Judgement::Violated(vec![Mismatch {
        place: format!("`{}` in all rounds", quantifier.value),
        expected: expected.to_owned(),
        actual: format!("{one} in round {first}, {other} in round {second}"),
        span: quantifier.span,
    }])
}
