//! One block of an `expect:` list, compiled; the branches of a poll are such blocks too.

use std::sync::Arc;

use super::condition::{CONDITIONS, Condition, Side, compile_all, keys};
use super::covers;
use super::judgement::{Judgement, Tally};
use super::schema::Schemas;
use super::view::View;
use super::when::When;
use crate::diagnostic::Diagnostic;
use crate::profile::Reading;
use crate::requirement::{Registry, RequirementId};
use crate::source::Span;
use crate::yaml::{Key, Node, Shape, Value, text};

/// What an expectation is compiled with.
pub struct Compiler<'a> {
    /// The requirements and policies of the scenario's protocol.
    pub registry: &'a Registry,
    /// The schemas of the suite.
    pub schemas: &'a Schemas,
    /// What the expectation is held against.
    pub side: Side,
    /// Where mistakes go.
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl Compiler<'_> {
    /// Reports a mistake.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// An expectation, ready to be held against an exchange; cheap to clone.
#[derive(Debug, Clone)]
pub struct Check {
    /// The requirements that it stands for.
    pub covers: Vec<RequirementId>,
    /// When it is looked at.
    pub when: When,
    /// The alias of the job that the answer concerns, if the block names one.
    pub job: Option<String>,
    /// Where the block stands.
    pub span: Span,
    conditions: Arc<[Box<dyn Condition>]>,
}

/// The one constant that a check is satisfied with, if a single one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// This HTTP status and nothing else.
    Status(u16),
    /// This reading and nothing else.
    Reading(Reading),
}

const OWN: [Key; 3] = [
    Key::optional(
        "covers",
        Value::OneOrMore(&Value::Text),
        "The requirements that are violated if this is not so.",
    )
    .or("[]")
    .like("[JOB-START-01]"),
    Key::optional(
        "when",
        Value::Map(&Value::OneOrMore(&Value::Any)),
        "Policies and captured values under which this is looked at.",
    )
    .like("{ policy.after_cancel: gone }"),
    Key::optional(
        "job",
        Value::Text,
        "The alias of the job that the answer concerns, if it is not the last one created.",
    )
    .like("sleep"),
];
const SEEN: [Key; 1] =
    [Key::optional("seen", Value::Integer, "How many such answers must be seen; with fewer, nothing is decided of what the block covers. Left out, one is needed for what nothing else in the step shows.").like("2")];
const KEYS: [Key; OWN.len() + CONDITIONS.len()] = keys(&[&OWN]);
const PENDING_KEYS: [Key; OWN.len() + SEEN.len() + CONDITIONS.len()] = keys(&[&OWN, &SEEN]);

/// What an expectation looks like.
pub static SHAPE: Shape = Shape {
    name: "an expectation",
    doc: "What must be so, and for which requirements that counts; all conditions must hold.",
    keys: &KEYS,
};

/// What the `pending` of a poll looks like; how often it must be seen is for the poll to know.
pub static PENDING_SHAPE: Shape = Shape {
    name: "a pending expectation",
    doc: "What an answer is like as long as the poll goes on.",
    keys: &PENDING_KEYS,
};

/// Compiles one block; mistakes are reported and what is left of the block is used.
pub fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Check {
    let conditions = compile_all(node, &SHAPE, compiler);
    Check {
        covers: covers::compile(node.get("covers"), compiler),
        when: node.get("when").map(|when| When::compile(when, compiler)).unwrap_or_default(),
        job: node.get("job").and_then(|job| text(job, compiler.diagnostics)).map(|job| job.value),
        span: node.span,
        conditions: conditions.into(),
    }
}

impl Check {
    /// Every name it uses, with the place of the text that uses it.
    pub fn names(&self) -> Vec<(&str, Span)> {
        let conditions = self.conditions.iter().flat_map(|condition| condition.names());
        self.when.names().into_iter().chain(conditions).collect()
    }

    /// The one constant status or reading that satisfies it, if it asks for nothing else.
    pub fn expects(&self) -> Option<Constant> {
        match &*self.conditions {
            [condition] => condition.constant(),
            _ => None,
        }
    }

    /// Holds the check against an exchange.
    pub fn judge(&self, view: &View<'_>) -> Judgement {
        match self.when.holds(view.lookup) {
            None => {
                return Judgement::NotReached(format!(
                    "`when` uses what was not captured: {}",
                    self.when.describe()
                ));
            }
            Some(false) => {
                return Judgement::Vacuous(format!("`when` does not apply: {}", self.when.describe()));
            }
            Some(true) => {}
        }
        if let Some(reason) = view.out_of_reach() {
            return Judgement::NotReached(reason);
        }
        let mut tally = Tally::default();
        for condition in &*self.conditions {
            condition.judge(view, &mut tally);
        }
        tally.judgement()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::{answer, check, compile, judge, mistakes, silence, snapshot, view};
    use crate::http::message::Failure;
    use rstest::rstest;
    use std::time::Duration;

    /// Otherwise a server that never answers could pass.
    #[rstest]
    #[case("{ status: 200 }", "status: expected 200")]
    #[case("{ headers: { a: { is: absent } } }", "header a: expected absent")]
    #[case("{ location: { is: absent } }", "location: expected absent")]
    #[case("{ result: not-success }", "result: expected not-success")]
    #[case("{ body: { optional: 1 } }", "body: expected 1")]
    #[case("{ body: { empty: yes } }", "body: expected empty")]
    #[case("{ body: { size: 0 } }", "body size: expected 0")]
    #[case("{ timing: { total: { at_least: 0s } } }", "total time: expected at least 0s")]
    #[case("{ value: { id: 955 } }", "value id: expected 955")]
    #[case("{ any_of: [ { result: not-success } ] }", "any_of: expected result not-success")]
    fn no_condition_holds_without_an_answer(#[case] block: &str, #[case] expected: &str) {
        let said = judge(block, &silence(Failure::Closed));
        assert!(said.starts_with(expected), "{said}");
        assert!(
            said.ends_with("no answer: the connection was closed before the first byte of an answer"),
            "{said}"
        );
    }

    #[rstest]
    #[case(Failure::CutByHarness)]
    #[case(Failure::BodyTooLarge { limit: 8 })]
    #[case(Failure::HeadTooLong { limit: 8 })]
    #[case(Failure::TooManyLines { limit: 8 })]
    #[case(Failure::Refused)]
    #[case(Failure::ConnectDeadline { after: Duration::from_secs(1) })]
    fn what_is_not_the_servers_doing_is_not_judged(#[case] failure: Failure) {
        assert!(judge("{ status: 200 }", &silence(failure)).starts_with("not reached: "));
    }

    #[test]
    fn a_silent_server_is_judged() {
        let silent = silence(Failure::Silence { after: Duration::from_secs(5), begun: false });
        let said = judge("{ status: 200 }", &silent);
        assert_eq!(
            said,
            "status: expected 200, actual no answer: timed out: no byte of an answer came within 5s"
        );
    }

    #[rstest]
    #[case("{ when: { word: done }, status: 200 }", "held")]
    #[case("{ when: { word: [open, done] }, status: 404 }", "status: expected 404, actual 200")]
    #[case("{ when: { word: open }, status: 404 }", "vacuous: `when` does not apply: `word`")]
    #[case("{ when: { lost: 1 }, status: 200 }", "not reached: `when` uses what was not captured: `lost`")]
    fn a_block_counts_only_when_it_says(#[case] block: &str, #[case] expected: &str) {
        assert_eq!(judge(block, &answer(200, &[], "")), expected);
    }

    #[test]
    fn every_condition_must_hold() {
        let said = judge("{ status: 201, body: { empty: yes } }", &answer(200, &[], "a"));
        assert_eq!(said, "status: expected 201, actual 200\nbody: expected empty, actual 1 byte");
    }

    #[test]
    fn a_block_names_what_it_covers_and_uses() {
        let check = check(
            r#"{ covers: [TST-MAIN-01, TST-MAIN-02], job: other, when: { a: 1 },
                 any_of: [ { value: { b: "${{ c }}" } }, { body: { at: { "/${{ d }}": { instant: { equals: "${{ e }}" } } } } } ] }"#,
        );
        let covers: Vec<&str> = check.covers.iter().map(RequirementId::as_str).collect();
        assert_eq!(covers, ["TST-MAIN-01", "TST-MAIN-02"]);
        assert_eq!(check.job.as_deref(), Some("other"));
        let names: Vec<&str> = check.names().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "b", "c", "d", "e"]);
    }

    /// Pieces of blocks, right and wrong, in any order.
    const PIECES: [&str; 24] = [
        "status: ",
        "body: ",
        "at: ",
        "{ ",
        " }",
        "[ ",
        " ]",
        ", ",
        "/a: ",
        "200",
        "\"${{ id }}\"",
        "\"${{ lost }}\"",
        "is: ",
        "text",
        "matches: ",
        "(",
        "any_of: ",
        "value: ",
        "timing: ",
        "when: ",
        "length: ",
        "instant: ",
        "schema: ",
        "covers: ",
    ];

    proptest::proptest! {
        #[test]
        fn any_block_is_compiled_and_judged_without_a_panic(
            pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..12),
        ) {
            let text = format!("{{ {} }}", pieces.concat());
            let mut mistakes = Vec::new();
            let source = crate::source::SourceMap::default().add("a.yaml", text.as_str());
            if crate::yaml::parse(source, &text, &mut mistakes).is_some() {
                let (check, _) = compile(&text, super::compile);
                view(&answer(200, &[("Location", "/a")], "{\"a\": [1, \"x\"]}"), |view| check.judge(view));
            }
        }
    }

    #[test]
    fn every_mistake_of_a_block_is_named() {
        let blocks = [
            "{ covers: [TST-MAIN-03, 7], statsu: 200, job: 1 }",
            "{ covers: ELMA-GEN-01 }",
            "{ when: { policy.redirects: 1, policy.client_mistake: any, not a name: 1 }, status: 200 }",
            "status",
        ];
        snapshot("blocks", &mistakes(&blocks));
    }
}
