//! A right client with one mistake is found by the rule that is meant for it, and by no other, whatever the situation.

use std::collections::BTreeSet;

use super::judged::{for_each_variant, found, judge};

#[test]
fn every_mutant_is_found_by_its_rule_alone() {
    for_each_variant("mutants.py", |mutant, rule, command| {
        let (_, report) = judge(&format!("mutant_{mutant}"), situations(rule), command);
        let found = found(&report);
        (found != BTreeSet::from([rule])).then(|| format!("{found:?} instead of {rule}"))
    });
}

/// All situations of the protocol that the rule is about, or of both.
fn situations(rule: &str) -> &'static [&'static str] {
    match rule {
        "CV-ELMA-1" | "CV-ELMA-2" | "CV-CANCEL-1" => &["elma/*"],
        _ => &[],
    }
}
