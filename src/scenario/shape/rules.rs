//! What the keys of a scenario's mappings have to do with each other, from the tables that the decoder reads.

use super::{CAPTURE, DISTURB, HOOK, HOOK_WORDS, REDACTED_PARTS, REDACTION, STEP};
use crate::scenario::ACTIONS;
use crate::scenario::callback::ANSWER;
use crate::yaml::{Rule, Shape, words};

/// The rules, each with its mapping.
pub fn rules() -> Vec<(&'static Shape, Rule)> {
    let one_of = |shape, words: &[&'static str]| (shape, Rule::ExactlyOne(words.to_vec()));
    let mut rules = vec![
        one_of(&STEP, &words(&ACTIONS)),
        (&STEP, Rule::Needs("poll", vec!["within", "until"])),
        (&STEP, Rule::Needs("repeat", vec!["steps"])),
        one_of(&CAPTURE, &["from", "link"]),
        one_of(&HOOK, &HOOK_WORDS),
        one_of(&DISTURB, &["lose_response", "cut"]),
        one_of(&REDACTION, &words(&REDACTED_PARTS)),
        (&ANSWER, Rule::AtMostOne(vec!["json", "text"])),
    ];
    rules.extend(STEP.keys.iter().filter_map(|key| Some((&STEP, belongs(key.name)?))));
    rules
}

/// With which actions a key goes; nothing of one that goes with all.
fn belongs(key: &'static str) -> Option<Rule> {
    let owners = ACTIONS.iter().filter(|(_, own)| own.contains(&key)).map(|(word, _)| *word);
    let owners: Vec<&'static str> = owners.collect();
    (!owners.is_empty()).then_some(Rule::OnlyWith(key, owners))
}
