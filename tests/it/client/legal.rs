//! Whatever the documents leave to a client is held against none.

use super::judged::{for_each_variant, found, judge, rules};

#[test]
fn no_style_is_a_mistake() {
    for_each_variant("styles.py", |style, difference, command| {
        let (ended, report) = judge(&format!("style_{style}"), &[], command);
        let (found, unknown) = (found(&report), rules(&report, &["inconclusive"]));
        let is_right = ended.code == 0 && found.is_empty() && unknown.is_empty();
        (!is_right).then(|| format!("{found:?} {unknown:?}, although only {difference}\n{ended}"))
    });
}
