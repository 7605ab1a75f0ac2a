//! What two runs were judged by: a verdict may differ because the question does.

use std::collections::{BTreeMap, BTreeSet};

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
pub(super) fn settings(old: &RunOutcome, new: &RunOutcome) -> Vec<Setting> {
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
    let gate::Options { fail_on_warn, full, .. } = outcome.gate.options;
    let rows = [
        ("suite", Some(outcome.suite_digest.clone())),
        ("target", Some(outcome.target.identity.clone())),
        ("shard", shard.clone()),
        ("gate fails on warnings", fail_on_warn.then(|| "yes".to_owned())),
        ("gate is full", full.then(|| "yes".to_owned())),
        ("interrupted", outcome.interrupted.then(|| "yes".to_owned())),
        ("selection", (!filters.is_empty()).then(|| filters.join(" "))),
    ];
    rows.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
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
