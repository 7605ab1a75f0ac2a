//! Whatever the documents leave to a client is held against none.

use std::collections::BTreeSet;

use super::judged::{fixture, for_each_variant, found, judge, rules};
use crate::packages;

#[test]
fn no_style_is_a_mistake() {
    for_each_variant("styles.py", |style, difference, command| {
        let (ended, report) = judge(&format!("style_{style}"), &[], command);
        let (found, unknown) = (found(&report), rules(&report, &["inconclusive"]));
        let is_right = ended.code == 0 && found.is_empty() && unknown.is_empty();
        (!is_right).then(|| format!("{found:?} {unknown:?}, although only {difference}\n{ended}"))
    });
}

#[test]
fn redirects_may_be_left_to_curl() {
    if !packages::are_there(&["curl", "jq"]) {
        return;
    }
    let (ended, report) = judge("client_curl", &["uipath/*"], &["bash", &fixture("following.sh")]);
    assert_eq!((ended.code, found(&report)), (0, BTreeSet::new()), "{ended}");
}
