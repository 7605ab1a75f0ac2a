//! One conformant server out of all that the documents allow: its open choices, its noise, its seed.

use std::fmt;

use orchspec::mock::{NOISES, POLICIES};
use proptest::prelude::*;

/// Values that the judge's own defaults rule out, so that no fair server of the default target plays them.
const NOT_BY_DEFAULT: [(&str, &str); 1] = [("redirect_codes", "302")];

/// What the target file must say of servers that play a value.
const SAID: [(&str, &str, &str); 2] = [
    ("prefix", "/gateway/v2", "elma.base=http://elma.mock/gateway/v2"),
    ("prefix", "/gateway/v2", "uipath.base=http://uipath.mock/gateway/v2/acme/prod/orchestrator_"),
];

/// What a strict target file may demand of servers that play a value.
const DEMANDED: [(&str, &str, &str); 23] = [
    ("http_status", "always_200", "elma.policy.http_status=always_200"),
    ("http_status", "mirror", "elma.policy.http_status=mirror"),
    ("foreign_read", "allow", "elma.policy.foreign_read=allow"),
    ("foreign_read", "deny", "elma.policy.foreign_read=deny"),
    ("envelope_code", "as-printed", "elma.policy.envelope_code=as-printed"),
    ("zero_dates", "real", "elma.policy.zero_dates=refuse"),
    ("waiting_state", "prepare-queue", "elma.policy.waiting_state=prepare-first"),
    ("waiting_state", "prepare-only", "elma.policy.waiting_state=prepare-first"),
    ("after_cancel", "kept", "elma.policy.after_cancel=kept"),
    ("after_cancel", "gone", "elma.policy.after_cancel=gone"),
    ("after_cancel", "error", "elma.policy.after_cancel=error"),
    ("key_case", "lower", "elma.policy.key_case=ignore"),
    ("id_form", "integer", "elma.policy.id_form=integer-or-digits"),
    ("ctx_object", "refuse", "elma.policy.ctx_object=refuse"),
    ("ctx_object", "accept", "elma.policy.ctx_object=accept"),
    ("fault_status", "200", "uipath.policy.fault_status=2xx"),
    ("fault_status", "400", "uipath.policy.fault_status=error"),
    ("fault_status", "500", "uipath.policy.fault_status=error"),
    ("location", "absolute", "uipath.policy.location=absolute"),
    ("cap_outcome", "504", "uipath.policy.cap_outcome=error"),
    ("unknown_call_mode", "refuse", "uipath.policy.unknown_call_mode=refuse"),
    ("unknown_call_mode", "default-mode", "uipath.policy.unknown_call_mode=default-mode"),
    ("fnf_body", "empty", "uipath.policy.fnf_body=empty"),
];

/// One conformant server.
#[derive(Clone)]
pub(crate) struct Draw {
    choices: Vec<usize>,
    noises: Vec<bool>,
    seed: u16,
    strict: bool,
}

impl Draw {
    /// The words behind `orchspec run` that give this server.
    pub(crate) fn words(&self) -> Vec<String> {
        let played: Vec<(&str, &str)> = self.played().collect();
        let is_played = |key: &str, value: &str| played.contains(&(key, value));
        let mut words = vec!["--mock-seed".to_owned(), self.seed.to_string()];
        let mut add = |name: &str, value: &str| words.extend([name.to_owned(), value.to_owned()]);
        for ((key, value), (_, values)) in played.iter().zip(POLICIES) {
            if *value != values[0] {
                add("--mock-policy", &format!("{key}={value}"));
            }
        }
        for (noise, _) in NOISES.iter().zip(&self.noises).filter(|(_, on)| **on) {
            add("--noise", noise.id);
        }
        let demanded = DEMANDED.iter().filter(|_| self.strict);
        for (_, _, setting) in SAID.iter().chain(demanded).filter(|(key, value, _)| is_played(key, value)) {
            add("--set", setting);
        }
        words
    }

    fn played(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        POLICIES.iter().zip(&self.choices).map(|((key, values), choice)| (*key, values[*choice]))
    }
}

impl fmt::Debug for Draw {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |word: String| if word.contains(['{', '/']) { format!("'{word}'") } else { word };
        let words: Vec<String> = self.words().into_iter().map(quoted).collect();
        write!(out, "orchspec run --snapshots off {}", words.join(" "))
    }
}

/// Any conformant server; it shrinks towards the quiet one with every default.
pub(crate) fn any() -> impl Strategy<Value = Draw> {
    let choices: Vec<_> = POLICIES.iter().map(|(key, values)| 0..fair(key, values)).collect();
    let noises = vec![proptest::bool::weighted(0.3); NOISES.len()];
    (choices, noises, any_seed(), proptest::bool::weighted(0.25))
        .prop_map(|(choices, noises, seed, strict)| Draw { choices, noises, seed, strict })
}

fn any_seed() -> std::ops::Range<u16> {
    0..u16::MAX
}

/// How many values, from the first, a fair server may play; those ruled out stand last.
fn fair(key: &str, values: &[&str]) -> usize {
    let is_fair = |value: &&&str| !NOT_BY_DEFAULT.contains(&(key, **value));
    values.iter().take_while(is_fair).count()
}

#[test]
fn what_is_said_of_values_is_said_of_values_that_are_played() {
    let is_played =
        |key: &str, value: &str| POLICIES.iter().any(|(own, values)| *own == key && values.contains(&value));
    let said = SAID.iter().chain(&DEMANDED).map(|(key, value, _)| (key, value));
    let ruled_out = NOT_BY_DEFAULT.iter().map(|(key, value)| (key, value));
    let unplayed: Vec<_> = said.chain(ruled_out).filter(|(key, value)| !is_played(key, value)).collect();
    assert!(unplayed.is_empty(), "{unplayed:?}");
}
