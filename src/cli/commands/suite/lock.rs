//! `suite lock`: everything that the suite judges on the embedded mock, one line each, so that a change of the suite
//! shows which judgements came, went, or mean something else now.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::cli::bench::Stand;
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::plan::{Plan, TestCase};
use crate::profile::has_prepared_jobs;
use crate::requirement::RequirementId;
use crate::source::{SourceId, SourceMap};
use crate::yaml::{self, Kind, Node};

const HEAD: &str = "# Every judgement of the suite: case#requirement, level, and a digest of what is done and expected there.\n\
                    # Written by `orchspec suite lock`.\n";

/// How many digits of a digest tell two meanings apart.
const DIGITS: usize = 12;

/// Prints the lines in the order of cases and requirements.
pub(crate) fn lock(session: &mut Session, folder: Option<&Path>) -> Ending {
    let stand = Stand::of_any_suite(session, folder)?;
    let levels: BTreeMap<&str, &str> = levels(&stand);
    let lines = lines(&stand.prepared.plan, &levels, &session.sources);
    session.show_exactly(&format!("{HEAD}{lines}"))?;
    Ok(Exit::Satisfied)
}

fn levels(stand: &Stand) -> BTreeMap<&str, &str> {
    let all = stand.prepared.suite.registries.iter().flat_map(|registry| &registry.requirements);
    all.map(|requirement| (requirement.id.as_str(), requirement.level.as_str())).collect()
}

fn lines(plan: &Plan, levels: &BTreeMap<&str, &str>, sources: &SourceMap) -> String {
    let mut texts = Texts { sources, trees: BTreeMap::new() };
    let mut lines = String::new();
    for case in &plan.cases {
        for id in requirements(case) {
            let level = levels.get(id.as_str()).copied().unwrap_or_default();
            let digest = texts.digest(case, id);
            let _ = writeln!(lines, "{}#{id} {level} {digest}", case.id);
        }
    }
    lines
}

/// What a case judges; of a server that is not the mock nobody knows which policies it has, so that all of them count.
fn requirements(case: &TestCase) -> Vec<&RequirementId> {
    if has_prepared_jobs(case.profile()) {
        case.requirements()
    } else {
        case.program.requirements().into_iter().collect()
    }
}

/// The scenarios and fragments as they are written, each read once.
struct Texts<'a> {
    sources: &'a SourceMap,
    trees: BTreeMap<SourceId, Option<Node>>,
}

impl Texts<'_> {
    /// A digest over the needs and values of a case, over its steps that cite the requirement, and over the fragments
    /// that do.
    fn digest(&mut self, case: &TestCase, id: &RequirementId) -> String {
        let row: Value = case.row.values.clone().into_iter().collect();
        let scenario = &case.program.scenario;
        let own = scenario.profile.span.source;
        let mut text = self.tree(own).map(|tree| meaning(tree, &scenario.id, id)).unwrap_or_default();
        let citing = case.program.checks.iter().filter(|check| check.covers.contains(id));
        let fragments: BTreeSet<SourceId> =
            citing.map(|check| check.span.source).filter(|source| *source != own).collect();
        for source in fragments {
            text += &self.tree(source).map(yaml::emit).unwrap_or_default();
        }
        let digest = ring::digest::digest(&ring::digest::SHA256, format!("{row}\n{text}").as_bytes());
        let digits: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        digits[..DIGITS].to_owned()
    }

    fn tree(&mut self, source: SourceId) -> Option<&Node> {
        let sources = self.sources;
        let read = || yaml::parse(source, sources.text(source), &mut Vec::new());
        self.trees.entry(source).or_insert_with(read).as_ref()
    }
}

/// What the scenario needs and does where it cites the requirement, without comments and layout.
fn meaning(tree: &Node, scenario: &str, id: &RequirementId) -> String {
    let steps = tree.get("steps").map_or(&[][..], items);
    let citing = steps.iter().filter(|step| cites(step, scenario, id));
    let needs = tree.get("needs").map(yaml::emit);
    needs.into_iter().chain(citing.map(yaml::emit)).collect()
}

/// Whether the requirement is cited, or is the one of a step itself, where no registry gives any.
fn cites(node: &Node, scenario: &str, id: &RequirementId) -> bool {
    match &node.kind {
        Kind::Mapping(entries) => entries.iter().any(|(key, value)| {
            let is_it = || match key.value.as_str() {
                "covers" => items(value).iter().any(|item| item.as_text() == Some(id.as_str())),
                "name" => value.as_text().is_some_and(|name| RequirementId::of_step(scenario, name) == *id),
                _ => false,
            };
            is_it() || cites(value, scenario, id)
        }),
        Kind::Sequence(items) => items.iter().any(|item| cites(item, scenario, id)),
        _ => false,
    }
}

fn items(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::Sequence(items) => items,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const SCENARIO: &str = "
title: A title
needs: { jobs: { job: { kind: echo } } }
steps:
  - name: first
    expect: [ { covers: [UIP-ASYNC-02], status: 202 } ]
  - name: second
    poll: { pending: { covers: [UIP-ASYNC-09], status: 200 } }
";

    fn meaning_of(text: &str, id: &str) -> String {
        let mut sources = SourceMap::default();
        let source = sources.add("scenario.yaml", text);
        meaning(&yaml::parse(source, text, &mut Vec::new()).unwrap(), "a", &RequirementId::new(id))
    }

    #[rstest]
    #[case::another_title("A title", "Another title", true)]
    #[case::a_comment("  - name: first", "  # first things first\n  - name: first", true)]
    #[case::another_step("status: 200", "status: 204", true)]
    #[case::another_code("status: 202", "status: 201", false)]
    #[case::another_job("kind: echo", "kind: sleep", false)]
    fn only_what_is_judged_means_something(#[case] from: &str, #[case] to: &str, #[case] is_same: bool) {
        let changed = SCENARIO.replace(from, to);
        assert_ne!(changed, SCENARIO);
        let same = meaning_of(&changed, "UIP-ASYNC-02") == meaning_of(SCENARIO, "UIP-ASYNC-02");
        assert_eq!(same, is_same);
    }

    #[test]
    fn a_step_that_cites_deep_inside_is_found() {
        assert!(meaning_of(SCENARIO, "UIP-ASYNC-09").contains("second"));
        assert!(!meaning_of(SCENARIO, "UIP-ASYNC-09").contains("first"));
    }
}
