//! Digests over a report, by which damage is told from results: one over everything outside `volatile`, one over what is
//! in it. They do not depend on how the JSON is indented.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The member that holds a digest over its siblings.
pub(super) const DIGEST: &str = "digest";
/// The member that has a digest of its own.
pub(super) const VOLATILE: &str = "volatile";

/// Puts the digests into a report.
pub(super) fn seal(mut report: Map<String, Value>) -> Map<String, Value> {
    let volatile = report.remove(VOLATILE);
    report.insert(DIGEST.to_owned(), digest(&report).into());
    if let Some(Value::Object(mut volatile)) = volatile {
        volatile.insert(DIGEST.to_owned(), digest(&volatile).into());
        report.insert(VOLATILE.to_owned(), volatile.into());
    }
    report
}

/// Which part of a report is not what was sealed, if one is not.
pub(super) fn broken(report: &Map<String, Value>) -> Option<&'static str> {
    let is_broken = |part: &Map<String, Value>| part.get(DIGEST) != Some(&digest(part).into());
    if is_broken(report) {
        return Some("a part outside `volatile`");
    }
    let volatile = report.get(VOLATILE).and_then(Value::as_object);
    volatile.is_none_or(is_broken).then_some("the part `volatile`")
}

/// Over the members of an object in any order, but the digest itself and what has one of its own.
fn digest(part: &Map<String, Value>) -> String {
    let members: BTreeMap<&String, &Value> = part.iter().collect();
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    for (key, value) in members.into_iter().filter(|(key, _)| ![DIGEST, VOLATILE].contains(&key.as_str())) {
        // Both print as JSON that says where it ends, so that no two parts look alike.
        context.update(Value::from(key.as_str()).to_string().as_bytes());
        context.update(value.to_string().as_bytes());
    }
    let bytes = context.finish();
    let hex: String = bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn object(text: &str) -> Map<String, Value> {
        serde_json::from_str(text).unwrap()
    }

    fn sealed() -> String {
        let report = object(r#"{ "cases": [{ "verdict": "pass" }], "volatile": { "ms": 1.25, "seed": 7 } }"#);
        Value::Object(seal(report)).to_string()
    }

    #[rstest]
    #[case("", "", None)]
    #[case(":[", ":\n  [", None)]
    #[case("pass", "fail", Some("a part outside `volatile`"))]
    #[case("cases", "casez", Some("a part outside `volatile`"))]
    #[case("1.25", "1.26", Some("the part `volatile`"))]
    #[case("\"seed\"", "\"sead\"", Some("the part `volatile`"))]
    #[case("\"volatile\"", "\"violate\"", Some("a part outside `volatile`"))]
    fn a_changed_byte_is_found_and_white_space_is_none(
        #[case] right: &str,
        #[case] wrong: &str,
        #[case] expected: Option<&str>,
    ) {
        assert_eq!(broken(&object(&sealed().replacen(right, wrong, 1))), expected);
    }
}
