//! `result: refused` — how the profile reads the answer.

use super::{Condition, ConditionDefinition, Side};
use crate::check::block::{Compiler, Constant};
use crate::check::judgement::{Mismatch, Tally, Unreached};
use crate::check::subject::Found;
use crate::check::view::View;
use crate::http::message::Response;
use crate::profile::{Difference, Judged, Profile, Reading};
use crate::source::{Span, Spanned};
use crate::yaml::{Node, Value, choice, words};

pub(super) const DEFINITION: ConditionDefinition = ConditionDefinition {
    name: "result",
    doc: "How the protocol reads the answer: success, a refusal, the declared output, the declared fault, or anything but success. With the profile `http` 2xx is success and 4xx a refusal; anything else is neither.",
    only: Some(Side::Answer),
    example: "refused",
    value: Value::Choice(&words(&WORDS)),
    compile,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Success,
    Refused,
    Output,
    Fault,
    NotSuccess,
}

const WORDS: [(&str, Wanted); 5] = [
    ("success", Wanted::Success),
    ("refused", Wanted::Refused),
    ("output", Wanted::Output),
    ("fault", Wanted::Fault),
    ("not-success", Wanted::NotSuccess),
];

impl Wanted {
    const fn word(self) -> &'static str {
        WORDS[self as usize].0
    }
}

#[derive(Debug)]
struct ResultIs(Spanned<Wanted>);

fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Option<Box<dyn Condition>> {
    let wanted = choice(node, &WORDS, compiler.diagnostics)?;
    Some(Box::new(ResultIs(wanted)))
}

impl Condition for ResultIs {
    fn judge(&self, view: &View<'_>, tally: &mut Tally) {
        let response = match view.response() {
            Ok(response) => response,
            Err(reason) => return tally.add(Ok(vec![self.mismatch(reason)])),
        };
        let reading = view.reader.profile.read(response, view.reader.judged);
        // JSON that is not read may hold what would make the answer readable.
        let unread = if reading == Reading::Unreadable { view.unread_json() } else { Ok(()) };
        if let Err(unreached) = view.undecoded().and(unread) {
            return tally.add(Err(unreached));
        }
        let seen = view.reader.profile.summarize(response, view.reader.judged);
        match (self.0.value, reading) {
            (Wanted::Output, _) => tally.add(self.compare(response, view, |profile, response, judged| {
                profile.compare_output(response, judged)
            })),
            (Wanted::Fault, _) => tally.add(self.compare(response, view, |profile, response, judged| {
                profile.compare_fault(response, judged)
            })),
            (Wanted::Success, Reading::Success) | (Wanted::Refused, Reading::Refused) => {}
            (Wanted::NotSuccess, reading) if reading != Reading::Success => {}
            (Wanted::Refused, Reading::Broken) if any_error_counts(view) => {
                tally
                    .warn(format!("{seen} counts as a refusal only under policy.client_mistake = any-error"));
            }
            _ => tally.add(Ok(vec![self.mismatch(seen)])),
        }
    }

    fn names(&self) -> Vec<(&str, Span)> {
        Vec::new()
    }

    fn constant(&self) -> Option<Constant> {
        match self.0.value {
            Wanted::Success => Some(Constant::Reading(Reading::Success)),
            Wanted::Refused | Wanted::NotSuccess => Some(Constant::Reading(Reading::Refused)),
            Wanted::Output | Wanted::Fault => None,
        }
    }
}

type Compare = fn(&dyn Profile, &Response, Judged<'_>) -> Vec<Difference>;

impl ResultIs {
    fn compare(&self, response: &Response, view: &View<'_>, compare: Compare) -> Found {
        if view.reader.judged.job.is_none() {
            return Err(Unreached("no job is known whose declared output the answer could have".to_owned()));
        }
        let differences = compare(view.reader.profile, response, view.reader.judged);
        // No output is expected of what is no success, whatever its body holds.
        let is_decided = self.0.value == Wanted::Output && view.reading() != Some(Reading::Success);
        if !differences.is_empty() && !is_decided {
            view.unread_json()?;
            // The words of an error may stand in a text.
            if self.0.value == Wanted::Fault {
                view.unread_text()?;
            }
        }
        let at = |found: Difference| Mismatch {
            place: found.place,
            expected: found.expected,
            actual: found.actual,
            span: self.0.span,
        };
        Ok(differences.into_iter().map(at).collect())
    }

    fn mismatch(&self, actual: String) -> Mismatch {
        let expected = self.0.value.word().to_owned();
        Mismatch { place: "result".to_owned(), expected, actual, span: self.0.span }
    }
}

fn any_error_counts(view: &View<'_>) -> bool {
    view.reader.judged.policies.text("client_mistake") == Some("any-error")
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{answer, check, job, judge, mistakes, say, snapshot, view_of, view_under};
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case("success", 200, "held")]
    #[case("success", 404, "result: expected success, actual refused (HTTP 404)")]
    #[case("refused", 404, "held")]
    #[case("refused", 200, "result: expected refused, actual success (HTTP 200)")]
    #[case("refused", 500, "result: expected refused, actual broken (HTTP 500)")]
    #[case("refused", 303, "result: expected refused, actual unreadable (HTTP 303)")]
    #[case("not-success", 404, "held")]
    #[case("not-success", 500, "held")]
    #[case("not-success", 303, "held")]
    #[case("not-success", 200, "result: expected not-success, actual success (HTTP 200)")]
    #[case("output", 200, "not reached: no job is known whose declared output the answer could have")]
    fn goes_by_the_reading(#[case] word: &str, #[case] status: u16, #[case] expected: &str) {
        assert_eq!(judge(&format!("{{ result: {word} }}"), &answer(status, &[], "{}")), expected);
    }

    #[rstest]
    #[case("output", r#"{"ok": true, "more": 1}"#, "held")]
    #[case("output", r#"{"ok": false}"#, "/ok: expected true, actual false")]
    fn output_is_what_the_job_declares(
        #[case] word: &str,
        #[case] body: &'static str,
        #[case] expected: &str,
    ) {
        let job = job(json!({"ok": true}));
        let check = check(&format!("{{ result: {word} }}"));
        let said = view_of(&job, &answer(200, &[], body), |view| say(&check.judge(view)));
        assert_eq!(said, expected);
    }

    /// The status of an answer can be told without its body.
    #[rstest]
    #[case("success", 200, "held")]
    #[case("success", 404, "result: expected success, actual refused (HTTP 404)")]
    #[case("output", 404, "result: expected success, actual refused (HTTP 404)")]
    #[case("output", 200, UNREAD)]
    #[case("not-success", 303, UNREAD)]
    fn json_beyond_the_parser_may_hold_what_is_wanted(
        #[case] word: &str,
        #[case] status: u16,
        #[case] expected: &str,
    ) {
        let exchange = answer(status, &[], format!("{}{}", "[".repeat(128), "]".repeat(128)));
        let check = check(&format!("{{ result: {word} }}"));
        let said = view_of(&job(json!({"ok": true})), &exchange, |view| say(&check.judge(view)));
        assert_eq!(said, expected);
    }

    const UNREAD: &str = "not reached: the body is JSON that is nested deeper than 127 levels, which is as deep as orchspec reads";

    #[test]
    fn an_error_of_the_server_is_a_refusal_only_for_lenient_targets() {
        let check = check("{ result: refused }");
        let lenient = ("client_mistake", "any-error");
        let said = view_under(lenient, &answer(500, &[], ""), |view| say(&check.judge(view)));
        let warning =
            "held, but broken (HTTP 500) counts as a refusal only under policy.client_mistake = any-error";
        assert_eq!(said, warning);
    }

    #[test]
    fn other_words_are_refused() {
        snapshot("condition-result", &mistakes(&["{ result: refuse }", "{ result: 200 }"]));
    }
}
