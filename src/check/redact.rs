//! What changes from run to run, replaced by its class; ids are numbered, so that equal ones stay equal and different
//! ones different. Knows texts and JSON values, nothing of answers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::instant::Instant;
use super::omission::{Omissions, Uses};
use crate::http::message::Url;
use crate::target::Masks;

/// Forms that differ from run to run, whatever stands around them, and their classes; the longer forms come first.
const CLASSES: [(&str, &str); 2] = [
    (r"\b\d{4}[-/]\d\d[-/]\d\d[Tt ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:[Zz]|[+-]\d\d:?\d\d\b)?", "[instant]"),
    (
        r"\b(?:\d+:\d\d:\d\d(?:[.,]\d+)?|(?:\d+(?:\.\d+)? ?(?:hours?|h|minutes?|min|seconds?|sec|ms|m|s)\b ?)*\d+(?:\.\d+)? ?(?:hours?|h|minutes?|min|seconds?|sec|ms|m|s))\b",
        "[duration]",
    ),
];

static PATTERNS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(pattern, class)| Some((Regex::new(pattern).ok()?, *class))).collect()
});

/// From this length on a word with a digit is taken for an id.
const OPAQUE_LENGTH: usize = 16;

/// The redaction of one case: an id keeps its number from its first appearance on.
pub struct Redaction<'a> {
    masks: &'a Masks,
    known: Vec<(String, &'static str)>,
    ids: Ids,
    own: &'a Omissions,
    uses: Uses,
    /// The names and numbers that lead to the value that is being written.
    path: Vec<String>,
}

/// The ids that were seen, and their numbers.
pub(super) type Ids = BTreeMap<String, usize>;

static NONE: LazyLock<Omissions> = LazyLock::new(Omissions::default);

impl<'a> Redaction<'a> {
    /// Nothing was seen yet; `known` are texts of this run, and what stands for them.
    pub fn new(masks: &'a Masks, base: &Url, known: Vec<(String, &'static str)>) -> Self {
        let mut all = vec![(base.as_str().to_owned(), "[base]")];
        let origin = base.as_str().strip_suffix(&base.request_target()).unwrap_or(base.as_str());
        all.push((origin.to_owned(), "[origin]"));
        all.extend(known);
        all.retain(|(text, _)| !text.is_empty());
        Self { masks, known: all, ids: Ids::new(), own: &NONE, uses: Uses::new(), path: Vec::new() }
    }

    /// From here on this is not kept either.
    pub fn leave_out(&mut self, own: &'a Omissions) {
        (self.own, self.uses) = (own, Uses::new());
    }

    /// Which of that nothing fitted.
    pub fn unused(&self) -> Vec<String> {
        self.own.unused(&self.uses)
    }

    /// The ids that were seen so far.
    pub(super) fn ids(&self) -> Ids {
        self.ids.clone()
    }

    /// Forgets the ids that came behind these, and gives those that it knew.
    pub(super) fn go_back(&mut self, ids: Ids) -> Ids {
        std::mem::replace(&mut self.ids, ids)
    }

    /// A header's value.
    pub fn header(&mut self, name: &str, value: &str) -> String {
        match self.own.header(name, &mut self.uses) {
            Some(placeholder) => placeholder.to_owned(),
            None if name == "location" => self.reference(value),
            None => self.text(value),
        }
    }

    /// A text for people, or a value of unknown form.
    pub fn text(&mut self, text: &str) -> String {
        let text = self.classes(text);
        let is_reference = text.starts_with("[base]") || text.starts_with("[origin]");
        self.words(&text, is_reference)
    }

    /// A URI reference: a number between its slashes is an id, too.
    pub fn reference(&mut self, text: &str) -> String {
        let text = self.classes(text);
        self.words(&text, true)
    }

    /// A JSON value over several lines, members in the order of their names. An id that is a number stays without
    /// quotes.
    pub fn json(&mut self, value: &Value) -> String {
        let mut out = String::new();
        self.path.clear();
        self.value(&mut out, ("", value), 0);
        out
    }

    /// Secrets first, so that no pattern leaves half of one; then what the step leaves out, known texts, instants and
    /// durations.
    fn classes(&mut self, text: &str) -> String {
        let mut text = self.own.text(self.masks.mask(text), &mut self.uses);
        for (known, class) in &self.known {
            text = text.replace(known, class);
        }
        for (pattern, class) in PATTERNS.iter() {
            let replaced = pattern.replace_all(&text, |found: &regex::Captures<'_>| {
                if is_zero_date(&found[0]) { found[0].to_owned() } else { (*class).to_owned() }
            });
            text = replaced.into_owned();
        }
        text
    }

    /// The ids among the words of a text, numbered.
    fn words(&mut self, text: &str, is_reference: bool) -> String {
        let mut out = String::new();
        for piece in text.split_inclusive(|letter| !is_part(letter)) {
            let word = piece.trim_end_matches(|letter| !is_part(letter));
            if word.is_empty() || !self.is_id(word, is_reference) {
                out.push_str(piece);
            } else {
                let _ = write!(out, "{}{}", self.number(word), &piece[word.len()..]);
            }
        }
        out
    }

    fn is_id(&self, word: &str, is_reference: bool) -> bool {
        let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let is_opaque = word.len() >= OPAQUE_LENGTH && has_digit;
        is_opaque || is_number && (is_reference || word.len() > 3 && self.ids.contains_key(word))
    }

    fn number(&mut self, id: &str) -> String {
        let next = self.ids.len() + 1;
        format!("[id-{}]", self.ids.entry(id.to_ascii_lowercase()).or_insert(next))
    }

    fn value(&mut self, out: &mut String, (name, value): (&str, &Value), depth: usize) {
        if let Some(placeholder) = self.own.at(&self.path, &mut self.uses) {
            out.push_str(placeholder);
            return;
        }
        match value {
            Value::Object(members) if !members.is_empty() => self.object(out, members, depth),
            Value::Array(items) if !items.is_empty() => self.list(out, (name, items), depth),
            Value::String(text) => {
                let text = if names_id(name) && is_plain(text) { self.id(text) } else { self.text(text) };
                out.push_str(&Value::from(text).to_string());
            }
            Value::Number(number) if names_id(name) && number.as_u64().is_some_and(|id| id > 0) => {
                let id = self.id(&number.to_string());
                out.push_str(&id);
            }
            Value::Number(number) => out.push_str(&self.masks.mask(&number.to_string())),
            other => out.push_str(&other.to_string()),
        }
    }

    /// A whole value that is an id: of this run's own making, or numbered.
    fn id(&mut self, text: &str) -> String {
        let known = self.known.iter().find(|(known, _)| known == text).map(|(_, class)| (*class).to_owned());
        known.unwrap_or_else(|| self.number(text))
    }

    fn object(&mut self, out: &mut String, members: &Map<String, Value>, depth: usize) {
        let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
        sorted.sort_unstable_by_key(|(name, _)| *name);
        out.push('{');
        for (index, (name, value)) in sorted.into_iter().enumerate() {
            break_line(out, index, depth + 1);
            let shown = Value::from(self.text(name));
            let _ = write!(out, "{shown}: ");
            self.path.push(name.clone());
            self.value(out, (name, value), depth + 1);
            self.path.pop();
        }
        break_line(out, 0, depth);
        out.push('}');
    }

    fn list(&mut self, out: &mut String, (name, items): (&str, &[Value]), depth: usize) {
        out.push('[');
        for (index, item) in items.iter().enumerate() {
            break_line(out, index, depth + 1);
            self.path.push(index.to_string());
            self.value(out, (name, item), depth + 1);
            self.path.pop();
        }
        break_line(out, 0, depth);
        out.push(']');
    }
}

fn break_line(out: &mut String, index: usize, depth: usize) {
    if index > 0 {
        out.push(',');
    }
    let _ = write!(out, "\n{:indent$}", "", indent = depth * 2);
}

fn is_part(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'
}

/// A date by which some servers say that nothing is set is the same on every run, and says something.
fn is_zero_date(text: &str) -> bool {
    Instant::parse(text).is_some_and(Instant::is_zero)
}

/// `id`, `taskId`, `task_id`; not `valid`.
fn names_id(name: &str) -> bool {
    let is_whole = name.eq_ignore_ascii_case("id");
    is_whole || ["Id", "ID", "_id", "-id"].iter().any(|ending| name.ends_with(ending))
}

/// One word without blanks is an id; a sentence under such a name is none.
fn is_plain(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::Secret;
    use rstest::rstest;
    use serde_json::json;

    fn masks() -> Masks {
        Masks::new([&Secret::new("uipath.owner.bearer", "owner-of-everything")])
    }

    fn redaction(masks: &Masks) -> Redaction<'_> {
        let base = Url::parse("https://host:8443/acme/prod").unwrap();
        Redaction::new(
            masks,
            &base,
            vec![("m-0a1b2c3d4e5f".into(), "[mark]"), ("2000000007".into(), "[unknown]")],
        )
    }

    #[test]
    fn every_class_has_a_pattern_that_compiles() {
        assert_eq!(PATTERNS.len(), CLASSES.len());
    }

    #[rstest]
    #[case::plain("the job is not known", "the job is not known")]
    #[case::base("see https://host:8443/acme/prod/t/jobs", "see [base]/t/jobs")]
    #[case::another_path("https://host:8443/other", "[origin]/other")]
    #[case::another_host("https://elsewhere/acme/prod/t", "https://elsewhere/acme/prod/t")]
    #[case::uuid("task 5d5ec66f-357d-4c2d-bbc1-2012278d2361.", "task [id-1].")]
    #[case::equal_ids(
        "5d5ec66f-357d-4c2d-bbc1-2012278d2361=5D5EC66F-357D-4C2D-BBC1-2012278D2361",
        "[id-1]=[id-1]"
    )]
    #[case::opaque("ticket 9f86d081884c7d65 or 60303ae22b998861", "ticket [id-1] or [id-2]")]
    #[case::long_name("asynchronous-request-reply", "asynchronous-request-reply")]
    #[case::instant("at 2026-11-22T01:17:01.5Z", "at [instant]")]
    #[case::offset("2026-11-22T01:17:01+04:00", "[instant]")]
    #[case::log("[INF] 2026/11/22 01:17:01 | done", "[INF] [instant] | done")]
    #[case::zero_date("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    #[case::duration("took 1.5s, then 250 ms", "took [duration], then [duration]")]
    #[case::span("took 00:00:05.123", "took [duration]")]
    #[case::count("7 tasks, 3 more", "7 tasks, 3 more")]
    #[case::mark("mark m-0a1b2c3d4e5f-job", "mark [mark]-job")]
    #[case::unknown("there is no task 2000000007", "there is no task [unknown]")]
    #[case::secret("Bearer owner-of-everything", "Bearer [uipath.owner.bearer]")]
    fn only_what_changes_is_replaced(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(redaction(&masks()).text(text), expected);
    }

    #[rstest]
    #[case("/t/jobs/17/status", "/t/jobs/[id-1]/status")]
    #[case("https://host:8443/acme/prod/t/jobs(17)?of=18", "[base]/t/jobs([id-1])?of=[id-2]")]
    #[case("v2/jobs/9f86d081884c7d659a2feaa0c55ad015", "v2/jobs/[id-1]")]
    #[case("next", "next")]
    fn a_number_in_a_reference_is_an_id(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(redaction(&masks()).reference(text), expected);
    }

    #[rstest]
    #[case::number(json!({"id": 104_233}), r#"{ "id": [id-1] }"#)]
    #[case::text(json!({"taskId": "104233"}), r#"{ "taskId": "[id-1]" }"#)]
    #[case::nothing(json!({"id": 0, "job_id": null, "ID": ""}), r#"{ "ID": "", "id": 0, "job_id": null }"#)]
    #[case::no_id(json!({"valid": 17, "id": "not a known task"}), r#"{ "id": "not a known task", "valid": 17 }"#)]
    #[case::list(json!({"ids": [], "taskId": [7, 8, 7]}), r#"{ "ids": [], "taskId": [ [id-1], [id-2], [id-1] ] }"#)]
    #[case::unknown(json!({"id": 2_000_000_007}), r#"{ "id": [unknown] }"#)]
    #[case::later(json!({"id": 104_233, "text": "task 104233"}), r#"{ "id": [id-1], "text": "task [id-1]" }"#)]
    #[case::kinds(json!([1, "1", 1.5, true, {}]), r#"[ 1, "1", 1.5, true, {} ]"#)]
    fn ids_in_json_are_known_by_their_names(#[case] value: Value, #[case] expected: &str) {
        let lines = redaction(&masks()).json(&value);
        let joined: Vec<&str> = lines.split_whitespace().collect();
        assert_eq!(joined.join(" "), expected);
    }

    #[test]
    fn an_id_keeps_its_number_throughout_a_case() {
        let masks = masks();
        let mut redaction = redaction(&masks);
        assert_eq!(redaction.reference("/jobs/9f86d081884c7d65/status"), "/jobs/[id-1]/status");
        assert_eq!(redaction.text("60303ae22b998861"), "[id-2]");
        assert_eq!(redaction.json(&json!({ "jobId": "9f86d081884c7d65" })), "{\n  \"jobId\": \"[id-1]\"\n}");
    }

    #[test]
    fn members_are_shown_in_the_order_of_their_names() {
        let masks = masks();
        let one = redaction(&masks).json(&json!({"b": 1, "a": {"d": 1, "c": 2}}));
        assert_eq!(one, redaction(&masks).json(&json!({"a": {"c": 2, "d": 1}, "b": 1})));
    }
}
