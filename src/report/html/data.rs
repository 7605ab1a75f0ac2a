//! What the scripts draw from, as JSON in the page: a block for each case, read only when the case is opened.

use std::collections::BTreeMap;
use std::fmt::Write;

use askama::Template;
use serde::Serialize;

use super::article::Article;
use crate::outcome::{CaseOutcome, Finding, RunOutcome, verdict};
use crate::report::json::form::Exchange;
use crate::report::json::write;
use crate::report::visible::harmless;
use crate::requirement::RequirementId;
use crate::source::SourceMap;

/// A case: its article as markup, and what its diagram is drawn from.
#[derive(Serialize)]
struct Case<'a> {
    article: String,
    marks: Vec<Mark<'a>>,
    exchanges: Vec<Exchange>,
}

/// An exchange that was found wanting.
#[derive(Serialize)]
struct Mark<'a> {
    exchange: usize,
    verdict: &'static str,
    requirements: Vec<&'a str>,
}

/// What one case says of a requirement; `case` is its place in the run.
#[derive(Serialize)]
struct Judged<'a> {
    case: usize,
    verdict: &'static str,
    because: Option<&'a str>,
    policy: Option<&'a str>,
}

/// All blocks, as elements that no browser runs.
pub(super) fn scripts(outcome: &RunOutcome, sources: &SourceMap) -> String {
    let mut text = block("requirements-data", &judged(outcome));
    for (index, case) in outcome.cases.iter().enumerate() {
        text.push_str(&block(&format!("case-data-{index}"), &data(case, outcome, sources)));
    }
    text
}

fn block(id: &str, value: &impl Serialize) -> String {
    // Plain structs with text keys: there is nothing in them that JSON could not say.
    let json = serde_json::to_string(value).unwrap_or_default();
    // JSON has `<` only in texts, where it may be escaped: nothing in them can end the element or open a comment.
    let json = json.replace('<', "\\u003c");
    let mut text = String::with_capacity(json.len() + 64);
    _ = writeln!(text, r#"<script type="application/json" id="{id}">{json}</script>"#);
    text
}

fn judged(outcome: &RunOutcome) -> BTreeMap<&str, Vec<Judged<'_>>> {
    let mut rows: BTreeMap<&str, Vec<Judged<'_>>> = BTreeMap::new();
    for (index, case) in outcome.cases.iter().enumerate() {
        for own in &case.verdicts {
            rows.entry(own.requirement.as_str()).or_default().push(Judged {
                case: index,
                verdict: own.verdict.word(),
                because: own.because.as_deref().or(case.not_run.as_deref()),
                policy: own.policy.as_deref(),
            });
        }
    }
    rows
}

fn data<'a>(case: &'a CaseOutcome, outcome: &'a RunOutcome, sources: &'a SourceMap) -> Case<'a> {
    // Writing to memory cannot fail, and nothing else in the template can.
    let article = Article { case, outcome, sources }.render().unwrap_or_default();
    Case { article: harmless(&article, &[]), marks: marks(case), exchanges: write::exchanges(case) }
}

/// One for each exchange that a finding is about.
fn marks(case: &CaseOutcome) -> Vec<Mark<'_>> {
    let mut found: BTreeMap<usize, Vec<&Finding>> = BTreeMap::new();
    for finding in &case.findings {
        if let Some(exchange) = finding.exchange {
            found.entry(exchange).or_default().push(finding);
        }
    }
    found.into_iter().map(|(exchange, findings)| mark(exchange, &findings, case)).collect()
}

fn mark<'a>(exchange: usize, findings: &[&'a Finding], case: &CaseOutcome) -> Mark<'a> {
    let mut ids: Vec<&RequirementId> = findings.iter().flat_map(|finding| &finding.requirements).collect();
    ids.sort();
    ids.dedup();
    Mark {
        exchange,
        verdict: verdict::roll_up(ids.iter().filter_map(|id| case.verdict_on(id))).word(),
        requirements: ids.into_iter().map(RequirementId::as_str).collect(),
    }
}
