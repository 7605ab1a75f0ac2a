//! `invariant:` — what must hold across the attempts of a poll.

mod rule;

use std::time::Duration;

use serde_json::Value as Json;

use self::rule::{Look, Rule};
use super::block::Compiler;
use super::covers;
use super::judgement::{Judgement, Mismatch};
use super::place::Place;
use super::view::View;
use super::when::When;
use crate::diagnostic::Diagnostic;
use crate::requirement::RequirementId;
use crate::scenario::{Lookup, PLACE};
use crate::source::Span;
use crate::yaml::{Fields, Key, Node, Shape, Value, boolean, list_or_one, mapping, text};

/// Something that holds across the attempts of a poll.
#[derive(Debug, Clone)]
pub struct Invariant {
    /// The requirements that it stands for.
    pub covers: Vec<RequirementId>,
    /// When it is looked at.
    pub when: When,
    /// What is followed.
    pub place: Place,
    /// Where it stands.
    pub span: Span,
    is_optional: bool,
    rule: Rule,
}

/// What one attempt showed.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// What stood at the invariant's place.
    pub value: Option<Json>,
    /// What stood at the place that it goes along with, if it does with any.
    pub companion: Option<Json>,
    /// When the attempt's answer was complete.
    pub at: Duration,
    /// The number of the attempt's exchange in the record of its case.
    pub exchange: usize,
}

/// What a rule says of all attempts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// What came of it.
    pub judgement: Judgement,
    /// The exchange by which it was broken, if it was.
    pub exchange: Option<usize>,
}

impl From<Judgement> for Sequence {
    fn from(judgement: Judgement) -> Self {
        Self { judgement, exchange: None }
    }
}

/// What an invariant looks like.
pub static SHAPE: Shape = Shape {
    name: "an invariant",
    doc: "One rule for what stands at a place of every answer of a poll.",
    keys: &[
        Key::optional(
            "covers",
            Value::OneOrMore(&Value::Text),
            "The requirements that are violated if this is not so.",
        ).or("[]").like("[JOB-POLL-02]"),
        Key::optional(
            "when",
            Value::Map(&Value::OneOrMore(&Value::Any)),
            "Policies and captured values under which this is looked at.",
        ).like("{ policy.key_case: exact }"),
        Key::required("at", PLACE, "The place that is followed, as in `capture`.").like("/state"),
        Key::optional("stable", Value::Bool, "It never changes.").or("no").like("yes"),
        Key::optional("nondecreasing", Value::Bool, "It never gets smaller or earlier.").or("no").like("yes"),
        Key::optional(
            "allowed_moves",
            Value::Map(&Value::OneOrMore(&Value::Any)),
            "From each value, the values that may come next; staying is always allowed.",
        ).like("{ queued: [running, failed], running: [done, failed] }"),
        Key::optional(
            "advances_with",
            PLACE,
            "The place with which it must grow: a change there without growth here is wrong, unless the two changes lie too close to tell.",
        ).like("/updated"),
        Key::optional(
            "optional",
            Value::Bool,
            "The place may be missing: where fewer than two answers have it, nothing is asked. Without this nothing can be told then.",
        ).or("no").like("yes"),
    ],
};

type ReadRule = fn(&Node, &mut Compiler<'_>) -> Option<Rule>;

/// How each rule is read from its key.
const RULES: [(&str, ReadRule); 4] = [
    ("stable", |node, compiler| switched_on(node, Rule::Stable, compiler)),
    ("nondecreasing", |node, compiler| switched_on(node, Rule::Nondecreasing, compiler)),
    ("allowed_moves", |node, compiler| {
        let moves = mapping(node, compiler.diagnostics).iter();
        let targets = |node| list_or_one(node).iter().map(Node::to_json).collect();
        Some(Rule::AllowedMoves(moves.map(|(from, to)| (from.value.clone(), targets(to))).collect()))
    }),
    ("advances_with", |node, compiler| place(node, compiler).map(Rule::AdvancesWith)),
];

fn switched_on(node: &Node, rule: Rule, compiler: &mut Compiler<'_>) -> Option<Rule> {
    boolean(node, compiler.diagnostics)?.value.then_some(rule)
}

fn place(node: &Node, compiler: &mut Compiler<'_>) -> Option<Place> {
    let text = text(node, compiler.diagnostics)?;
    Place::parse(&text.value, text.span, compiler.diagnostics)
}

impl Invariant {
    /// Compiles one item of an `invariant:` list; mistakes are reported.
    pub fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Self> {
        let fields = Fields::open(node, &SHAPE, compiler.diagnostics)?;
        let written: Vec<_> = RULES.iter().filter_map(|(key, read)| Some((fields.get(key)?, read))).collect();
        if written.len() != 1 {
            let names: Vec<&str> = RULES.iter().map(|(key, _)| *key).collect();
            let wrong = Diagnostic::error("one-rule", "an invariant has exactly one rule").at(node.span, "");
            compiler.report(wrong.help(format!("one of: {}", names.join(", "))));
        }
        let covers = covers::compile(fields.get("covers"), compiler);
        let when = fields.get("when").map(|when| When::compile(when, compiler)).unwrap_or_default();
        let place = fields.get("at").and_then(|at| place(at, compiler));
        let rule = written.first().and_then(|(node, read)| read(node, compiler));
        let optional = fields.get("optional").and_then(|node| boolean(node, compiler.diagnostics));
        let is_optional = optional.is_some_and(|optional| optional.value);
        Some(Self { covers, when, place: place?, span: node.span, is_optional, rule: rule? })
    }

    /// Every name it uses.
    pub fn names(&self) -> Vec<(&str, Span)> {
        self.when.names()
    }

    /// Takes from one attempt what the rule needs.
    pub fn observe(&self, view: &View<'_>, exchange: usize) -> Observation {
        let companion = match &self.rule {
            Rule::AdvancesWith(place) => place.read(view),
            _ => None,
        };
        Observation { value: self.place.read(view), companion, at: view.exchange.timing.complete, exchange }
    }

    /// Holds the rule against all attempts, in their order; those without a value are skipped.
    pub fn judge(&self, observations: &[Observation], lookup: &dyn Lookup) -> Sequence {
        match self.when.holds(lookup) {
            None => {
                let because = format!("`when` uses what was not captured: {}", self.when.describe());
                return Judgement::NotReached(because).into();
            }
            Some(false) => {
                let because = format!("`when` does not apply: {}", self.when.describe());
                return Judgement::Vacuous(because).into();
            }
            Some(true) => {}
        }
        // One answer alone shows nothing; of several, so few with the place may mean that its name is mistaken.
        if let Some((place, having)) = self.rare(observations).filter(|_| observations.len() >= 2) {
            let answers = observations.len();
            let help = "where it may be missing, say `optional: yes`";
            return Judgement::NotReached(format!("{place}: {having} of {answers} answers has it; {help}"))
                .into();
        }
        match self.rule.look(observations) {
            Look::Kept => Judgement::Held.into(),
            Look::Nothing(reason) => Judgement::Vacuous(format!("{}: {reason}", self.place)).into(),
            Look::Broken { expected, actual, exchange } => {
                let place = self.place.to_string();
                let mismatch = Mismatch { place, expected, actual, span: self.span };
                Sequence { judgement: Judgement::Violated(vec![mismatch]), exchange: Some(exchange) }
            }
        }
    }

    /// Why there is nothing to ask for: the place may be missing, and is.
    pub fn not_asked(&self, observations: &[Observation]) -> Option<String> {
        let (place, having) = self.rare(observations).filter(|_| self.is_optional)?;
        Some(format!("{place}, which is optional: {having} of {} answers has it", observations.len()))
    }

    /// A place that fewer than two answers have, and how many have it.
    fn rare(&self, observations: &[Observation]) -> Option<(&Place, &'static str)> {
        let few = |read: fn(&Observation) -> &Option<Json>| match observations.iter().flat_map(read).count() {
            0 => Some("none"),
            1 => Some("one"),
            _ => None,
        };
        let own = few(|seen| &seen.value).map(|having| (&self.place, having));
        own.or_else(|| match &self.rule {
            Rule::AdvancesWith(companion) => few(|seen| &seen.companion).map(|having| (companion, having)),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::{answer, compile, names, say, snapshot, view};
    use rstest::rstest;

    fn judge(text: &str, bodies: &[&'static str]) -> String {
        let (invariant, mistakes) = compile(text, Invariant::compile);
        assert_eq!(mistakes, "");
        let invariant = invariant.unwrap();
        let observe = |(number, body): (usize, &&'static str)| {
            view(&answer(200, &[], *body), |view| invariant.observe(view, number))
        };
        let observations: Vec<Observation> = bodies.iter().enumerate().map(observe).collect();
        say(&invariant.judge(&observations, &names()).judgement)
    }

    #[test]
    fn a_place_is_followed_across_answers() {
        let stable = "{ covers: TST-MAIN-01, at: /id, stable: yes }";
        assert_eq!(judge(stable, &[r#"{"id": 1}"#, "{}", r#"{"id": 1.0}"#]), "held");
        assert_eq!(judge(stable, &[r#"{"id": 1}"#, r#"{"id": 2}"#]), "/id: expected 1, actual 2 after 1");
        assert_eq!(judge(stable, &["{}"]), "vacuous: /id: fewer than two answers have it");
    }

    #[test]
    fn a_place_that_never_comes_is_no_proof() {
        let never =
            "not reached: /idd: none of 2 answers has it; where it may be missing, say `optional: yes`";
        assert_eq!(judge("{ at: /idd, stable: yes }", &["{}", r#"{"id": 1}"#]), never);
        let companion = "{ at: /id, advances_with: /idd }";
        assert_eq!(judge(companion, &[r#"{"id": 1}"#, r#"{"id": 1}"#]), never);
        let once = judge("{ at: /id, stable: yes }", &["{}", r#"{"id": 1}"#]);
        assert!(once.starts_with("not reached: /id: one of 2 answers has it;"), "{once}");
    }

    #[rstest]
    #[case(&["{}", "{}"], Some("/id, which is optional: none of 2 answers has it"))]
    #[case(&[r#"{"id": 1}"#], Some("/id, which is optional: one of 1 answers has it"))]
    #[case(&[r#"{"id": 1}"#, "{}", r#"{"id": 2}"#], None)]
    fn nothing_is_asked_of_an_optional_place_that_is_missing(
        #[case] bodies: &[&'static str],
        #[case] expected: Option<&str>,
    ) {
        let compiled = |text| compile(text, Invariant::compile).0.unwrap();
        let optional = compiled("{ at: /id, stable: yes, optional: yes }");
        let observe = |body: &&'static str| view(&answer(200, &[], *body), |view| optional.observe(view, 0));
        let seen: Vec<Observation> = bodies.iter().map(observe).collect();
        assert_eq!(optional.not_asked(&seen).as_deref(), expected);
        assert_eq!(compiled("{ at: /id, stable: yes }").not_asked(&seen), None);
    }

    #[test]
    fn a_state_moves_only_where_it_may() {
        let moves = "{ at: /s, allowed_moves: { A: [B, C], B: C } }";
        assert_eq!(judge(moves, &[r#"{"s": "A"}"#, r#"{"s": "B"}"#, r#"{"s": "C"}"#]), "held");
        let back = judge(moves, &[r#"{"s": "B"}"#, r#"{"s": "A"}"#]);
        assert_eq!(back, r#"/s: expected "B" or one of "C" after "B", actual "A" after "B""#);
        let on = judge(moves, &[r#"{"s": "C"}"#, r#"{"s": "A"}"#]);
        assert_eq!(on, r#"/s: expected nothing but "C" after "C", actual "A" after "C""#);
    }

    #[test]
    fn an_invariant_counts_only_when_it_says() {
        let rule = "{ at: /id, stable: yes, when: { word: open } }";
        assert_eq!(judge(rule, &["{}"]), "vacuous: `when` does not apply: `word`");
    }

    #[test]
    fn every_mistake_is_named() {
        let texts = [
            "{ at: id, stable: yes }",
            "{ at: /id }",
            "{ at: /id, stable: yes, nondecreasing: yes }",
            "{ stable: maybe, coves: TST-MAIN-01 }",
            "{ at: /id, stable: yes, optional: perhaps }",
        ];
        let each: Vec<String> = texts.iter().map(|text| compile(text, Invariant::compile).1).collect();
        snapshot("invariants", &each.join("\n\n"));
    }
}
