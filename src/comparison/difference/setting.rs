//! What two runs were judged by: a verdict may differ because the question does.

use std::collections::{BTreeMap, BTreeSet};

use crate::outcome::baseline::Applied;
use crate::outcome::{RunOutcome, Selection, gate};

/// Something that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// What it is: `suite`, `policy elma.http_status`.
    pub name: String,
    /// In the older run, if it was there.
    pub old: Option<String>,
    /// In the newer run, if it is there.
    pub new: Option<String>,
}

/// Whatever differs, by name within its section.
pub(in crate::comparison) fn settings(old: &RunOutcome, new: &RunOutcome) -> Vec<Setting> {
    let mut settings = differing(&general(old), &general(new));
    settings.extend(differing(&policies(old), &policies(new)));
    settings.extend(differing(&capabilities(old), &capabilities(new)));
    settings
}

fn differing(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<Setting> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differing = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
    differing
        .map(|name| Setting { name: name.clone(), old: old.get(name).cloned(), new: new.get(name).cloned() })
        .collect()
}

fn general(outcome: &RunOutcome) -> BTreeMap<String, String> {
    let Selection { filters, shard, .. } = &outcome.selection;
    let rows = [
        ("baseline", outcome.baseline.as_ref().map(tolerated)),
        ("gate", Some(rules(&outcome.gate.options))),
        ("interrupted", outcome.interrupted.then(|| "yes".to_owned())),
        ("selection", (!filters.is_empty()).then(|| filters.join(" "))),
        ("shard", shard.clone()),
        ("suite", Some(outcome.suite_digest.clone())),
        ("target", Some(outcome.target.identity.clone())),
    ];
    rows.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn tolerated(baseline: &Applied) -> String {
    let number = match baseline.entries.len() {
        1 => "1 entry".to_owned(),
        number => format!("{number} entries"),
    };
    format!("{} with {number}", baseline.file)
}

/// What besides a violated obligation closes the gate.
fn rules(options: &gate::Options) -> String {
    let flags = [("warn", options.fail_on_warn), ("full", options.full)];
    let flags = flags.into_iter().filter(|(_, on)| *on).map(|(name, _)| name.to_owned());
    let snapshots = options.refused_snapshots.iter().map(|state| format!("{state} snapshot"));
    flags.chain(snapshots).collect::<Vec<_>>().join(", ")
}

fn policies(outcome: &RunOutcome) -> BTreeMap<String, String> {
    called("policy", &outcome.target.policies)
}

fn capabilities(outcome: &RunOutcome) -> BTreeMap<String, String> {
    called("capability", &outcome.target.capabilities)
}

fn called(section: &str, rows: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    rows.iter().map(|(key, value)| (format!("{section} {key}"), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::sample;
    use crate::outcome::Verdict;

    fn setting(name: &str, old: Option<&str>, new: Option<&str>) -> Setting {
        Setting { name: name.to_owned(), old: old.map(str::to_owned), new: new.map(str::to_owned) }
    }

    #[test]
    fn whatever_the_question_depends_on_is_compared() {
        let old = sample::run(&[Verdict::Pass]);
        let mut new = old.clone();
        assert_eq!(settings(&old, &new), []);
        new.suite_digest = "sha256:1111".to_owned();
        new.target.policies.insert("tst.fault_status".to_owned(), "2xx".to_owned());
        new.target.capabilities.clear();
        new.selection.filters = vec!["tst/**".to_owned()];
        new.target.bases.clear();
        let expected = [
            setting("selection", None, Some("tst/**")),
            setting("suite", Some("sha256:0000"), Some("sha256:1111")),
            setting("policy tst.fault_status", Some("any"), Some("2xx")),
            setting("capability tst.versions", Some("no"), None),
        ];
        assert_eq!(settings(&old, &new), expected);
    }
}
