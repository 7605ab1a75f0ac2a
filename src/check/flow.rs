//! The answers of a case as one golden copy. Two runs in which the same was answered give the same text, however often
//! somebody asked: how many times an answer is repeated, and which ids only repetitions bear, is not kept.

use super::redact::{Ids, Redaction};
use super::snapshot::{HEADERS, snapshot};
use crate::http::message::Response;

/// More different answers of one step than this are no form that could be compared.
const MOST_ANSWERS: usize = 50;

/// The answers of one step, in the order in which they came.
#[derive(Debug, Clone)]
pub struct Leg {
    label: String,
    /// Without repetitions; `None` where no answer came.
    earlier: Vec<Option<Response>>,
    last: Option<Response>,
    is_cut: bool,
}

impl Leg {
    /// The first answer of a step.
    pub fn new(label: &str, first: Option<Response>) -> Self {
        Self { label: label.to_owned(), earlier: Vec::new(), last: first, is_cut: false }
    }

    /// A further one.
    pub fn push(&mut self, answer: Option<Response>) {
        let before = std::mem::replace(&mut self.last, answer);
        if self.earlier.last().is_some_and(|known| are_alike(known.as_ref(), before.as_ref())) {
            return;
        }
        if self.earlier.len() < MOST_ANSWERS {
            self.earlier.push(before);
        } else {
            self.is_cut = true;
        }
    }

    /// `200 ×n, 303`: whatever came before the last answer came once or more often.
    fn statuses(&self) -> String {
        let mut words: Vec<String> =
            self.earlier.iter().map(|answer| format!("{} ×n", status(answer.as_ref()))).collect();
        words.dedup();
        words.push(status(self.last.as_ref()));
        words.join(", ")
    }
}

/// The golden copy of a flow.
pub fn flow(legs: &[&Leg], redaction: &mut Redaction<'_>) -> String {
    let legs: Vec<String> = legs.iter().map(|leg| written(leg, redaction)).collect();
    legs.join("\n\n")
}

fn written(leg: &Leg, redaction: &mut Redaction<'_>) -> String {
    let mut text = format!("step {}: {}", leg.label, leg.statuses());
    let mut shown: Vec<(Ids, String)> = Vec::new();
    for answer in leg.earlier.iter().chain([&leg.last]).flatten() {
        if shown.last().is_some_and(|last| repeats(last, answer, redaction)) {
            continue;
        }
        let before = redaction.ids();
        let content = snapshot(answer, redaction);
        if shown.iter().all(|(_, known)| *known != content) {
            text.push_str("\n\n");
            text.push_str(&indented(&content));
            shown.push((before, content));
        }
    }
    if leg.is_cut {
        text.push_str("\n\n  (further answers, each of them different: redact what changes)");
    }
    text
}

/// Whether an answer reads as the one before it would have, had it come in its place: ids of its own do not matter.
fn repeats((before, content): &(Ids, String), answer: &Response, redaction: &mut Redaction<'_>) -> bool {
    let now = redaction.go_back(before.clone());
    let repeats = snapshot(answer, redaction) == *content;
    redaction.go_back(now);
    repeats
}

fn are_alike(one: Option<&Response>, other: Option<&Response>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            let same_header = |name: &&str| one.headers.all(name).eq(other.headers.all(name));
            one.status == other.status && one.body == other.body && HEADERS.iter().all(same_header)
        }
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn status(answer: Option<&Response>) -> String {
    answer.map_or_else(|| "none".to_owned(), |response| response.status.to_string())
}

fn indented(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("  {line}") };
    text.trim_end().lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Omissions;
    use crate::http::message::{Headers, Url};
    use crate::scenario::{RedactWord, RedactedPart};
    use crate::source::{SourceMap, Span, Spanned};
    use crate::target::Masks;

    fn answer(status: u16, location: &str, body: &str) -> Option<Response> {
        let mut headers = Headers::default();
        if !location.is_empty() {
            headers.push("Location", location);
        }
        headers.push("Date", body);
        Some(Response { status, headers, body: body.to_owned().into(), oddities: Vec::new() })
    }

    fn poll(pending: &[&str]) -> Leg {
        let mut answers = pending.iter().map(|body| answer(200, "", body)).collect::<Vec<_>>();
        answers.push(answer(303, "/jobs/77/output", ""));
        let mut answers = answers.into_iter();
        let mut leg = Leg::new("2, \"poll\"", answers.next().unwrap());
        answers.for_each(|answer| leg.push(answer));
        leg
    }

    fn written(leg: &Leg, own: &Omissions) -> (String, Vec<String>) {
        let (masks, base) = (Masks::default(), Url::parse("http://host/base").unwrap());
        let mut redaction = Redaction::new(&masks, &base, Vec::new());
        redaction.leave_out(own);
        let first = Leg::new("1, \"invoke\"", answer(202, "/jobs/77", ""));
        (flow(&[&first, leg], &mut redaction), redaction.unused())
    }

    #[test]
    fn a_flow_shows_each_answer_once() {
        let text = written(&poll(&["{\"state\":1}", "{\"state\":1}"]), &Omissions::default()).0;
        insta::assert_snapshot!(text, @r#"
        step 1, "invoke": 202

          status: 202
          location: /jobs/[id-1]

          (no body)

        step 2, "poll": 200 ×n, 303

          status: 200

          {
            "state": 1
          }

          status: 303
          location: /jobs/[id-1]/output

          (no body)
        "#);
    }

    #[test]
    fn how_often_somebody_asked_does_not_matter() {
        let once = written(&poll(&["{\"requestId\":41}"]), &Omissions::default());
        let often = written(
            &poll(&["{\"requestId\":5}", "{\"requestId\":6}", "{\"requestId\":7}"]),
            &Omissions::default(),
        );
        assert_eq!(once, often);
        let other = written(&poll(&["{\"requestId\":5}", "{\"error\":6}"]), &Omissions::default());
        assert_ne!(once, other);
    }

    #[test]
    fn what_is_left_out_makes_answers_alike_and_what_fits_nothing_is_known() {
        let span = Span::new(SourceMap::default().add("a.yaml", ""), 0..0);
        let word = |part, text: &str| RedactWord {
            part,
            text: Spanned::new(text.to_owned(), span),
            placeholder: None,
        };
        let words = [word(RedactedPart::Place, "/at"), word(RedactedPart::Place, "/nope")];
        let own = Omissions::compile(&words, &mut Vec::new());
        let (text, unused) = written(&poll(&["{\"at\":1}", "{\"at\":2}"]), &own);
        assert_eq!(text, written(&poll(&["{\"at\":3}"]), &own).0);
        assert_eq!(text.matches("\"at\": [redacted]").count(), 1);
        assert_eq!(unused, ["place `/nope`"]);
    }

    #[test]
    fn answers_that_never_repeat_are_cut() {
        let bodies: Vec<String> = (0..200).map(|number| format!("{{\"at\":{number}}}")).collect();
        let leg = poll(&bodies.iter().map(String::as_str).collect::<Vec<_>>());
        let text = written(&leg, &Omissions::default()).0;
        assert!(text.contains("(further answers, each of them different: redact what changes)"));
        assert!(text.contains("status: 303"));
    }

    #[test]
    fn an_answer_that_did_not_come_is_none() {
        let mut leg = Leg::new("1, \"invoke\"", None);
        leg.push(answer(200, "", ""));
        assert_eq!(leg.statuses(), "none ×n, 200");
    }
}
