//! JSON Lines as the one document that they are parts of: a header, the cases in the order they ended, a footer.

use serde_json::{Map, Value};

/// What keeps lines from being a document.
pub(super) enum Flaw {
    /// There is no footer, or its line is not complete.
    Cut(String),
    /// Something else.
    Broken(String),
}

/// The document; none if the text is not in lines at all.
pub(super) fn document(text: &str) -> Option<Result<Map<String, Value>, Flaw>> {
    let first: Map<String, Value> = serde_json::from_str(text.lines().next()?).ok()?;
    first.contains_key(TYPE).then(|| assembled(text))
}

const TYPE: &str = "type";

fn assembled(text: &str) -> Result<Map<String, Value>, Flaw> {
    let mut parts = Parts::default();
    for (index, line) in text.lines().enumerate() {
        let last = index + 1 == text.lines().count();
        let line: Map<String, Value> = serde_json::from_str(line).map_err(|error| {
            let what = format!("line {} is no JSON", index + 1);
            if last && error.is_eof() { Flaw::Cut(what) } else { Flaw::Broken(what) }
        })?;
        parts.take(line).map_err(|what| Flaw::Broken(format!("line {} {what}", index + 1)))?;
    }
    parts.into_document()
}

#[derive(Default)]
struct Parts {
    header: Map<String, Value>,
    cases: Vec<Map<String, Value>>,
    footer: Option<Map<String, Value>>,
}

impl Parts {
    fn take(&mut self, mut line: Map<String, Value>) -> Result<(), String> {
        if self.footer.is_some() {
            return Err("stands behind the footer".to_owned());
        }
        match line.shift_remove(TYPE).as_ref().and_then(Value::as_str) {
            Some("header") if self.header.is_empty() => self.header = line,
            Some("case") => self.cases.push(line),
            Some("footer") => self.footer = Some(line),
            _ => return Err("is neither a case nor the footer".to_owned()),
        }
        Ok(())
    }

    fn into_document(self) -> Result<Map<String, Value>, Flaw> {
        let Self { header: mut document, mut cases, footer } = self;
        let mut footer = footer.ok_or_else(|| Flaw::Cut("there is no footer".to_owned()))?;
        let is_cut_short = footer.shift_remove("complete") == Some(false.into());
        if let (true, Some(Value::Object(selection))) = (is_cut_short, document.get_mut("selection")) {
            selection.insert("complete".to_owned(), false.into());
        }
        document.extend(footer);
        cases.sort_by_key(id);
        let (mut courses, mut evidence) = (Map::new(), Map::new());
        for case in &mut cases {
            if let Some(Value::Object(mut course)) = case.shift_remove("volatile") {
                evidence.insert(id(case), course.shift_remove("evidence").unwrap_or_default());
                courses.insert(id(case), course.into());
            }
        }
        if let Some(Value::Object(volatile)) = document.get_mut("volatile") {
            volatile.insert("cases".to_owned(), courses.into());
            volatile.insert("evidence".to_owned(), evidence.into());
        }
        document.insert("cases".to_owned(), cases.into_iter().map(Value::from).collect());
        Ok(document)
    }
}

fn id(case: &Map<String, Value>) -> String {
    case.get("id").and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{json, jsonl, sample};
    use rstest::rstest;

    #[test]
    fn the_lines_in_any_order_of_cases_are_the_document() {
        let (outcome, sources) = sample::run();
        let text = jsonl::render(&outcome, &sources);
        let mut lines: Vec<&str> = text.lines().collect();
        let cases = lines.len() - 1;
        lines[1..cases].reverse();
        let Some(Ok(document)) = document(&lines.join("\n")) else { panic!("no document") };
        let whole: Map<String, Value> = serde_json::from_str(&json::render(&outcome, &sources)).unwrap();
        assert_eq!(document, whole);
    }

    #[rstest]
    #[case::no_footer(|lines: &mut Vec<String>| drop(lines.pop()), "there is no footer", true)]
    #[case::cut(|lines: &mut Vec<String>| lines.last_mut().unwrap().truncate(40), "line 12 is no JSON", true)]
    #[case::damaged(|lines: &mut Vec<String>| lines[3] = "}".to_owned(), "line 4 is no JSON", false)]
    #[case::twice(|lines: &mut Vec<String>| lines.insert(1, lines[0].clone()), "line 2 is neither", false)]
    #[case::longer(|lines: &mut Vec<String>| lines.push(lines[1].clone()), "line 13 stands behind", false)]
    fn what_is_no_whole_stream_is_told(
        #[case] bend: fn(&mut Vec<String>),
        #[case] expected: &str,
        #[case] is_cut: bool,
    ) {
        let (outcome, sources) = sample::run();
        let mut lines: Vec<String> = jsonl::render(&outcome, &sources).lines().map(str::to_owned).collect();
        bend(&mut lines);
        let (what, cut) = match document(&lines.join("\n")) {
            Some(Err(Flaw::Cut(what))) => (what, true),
            Some(Err(Flaw::Broken(what))) => (what, false),
            _ => panic!("a document"),
        };
        assert!(what.starts_with(expected), "{what}");
        assert_eq!(cut, is_cut);
    }
}
