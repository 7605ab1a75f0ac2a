//! The name of a requirement, as it stands in the registry and behind `covers`.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A requirement's id (`UIP-ASYNC-11`); cheap to clone, ordered as text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequirementId(Arc<str>);

impl RequirementId {
    /// The id with this text; whether a registry knows it is another question.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text has the form of an id: capital words and a number of at least two digits, joined by hyphens.
    pub fn is_well_formed(text: &str) -> bool {
        Self::is_numbered(text) && text.rsplit_once('-').is_some_and(|(_, number)| number.len() >= 2)
    }

    /// Whether the text has the form of an id or of a rule for clients, whose numbers are short: `CV-AUTH-1`.
    pub fn is_numbered(text: &str) -> bool {
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        text.rsplit_once('-').is_some_and(|(area, number)| area.split('-').all(is_word) && is_number(number))
    }
}

/// What stands between scenario and step in the id of a step that is a requirement of its own.
const OF_A_STEP: &str = ": ";

impl RequirementId {
    /// The id of a step that is a requirement of its own, in a suite without a registry.
    pub fn of_step(scenario: &str, step: &str) -> Self {
        Self::new(&format!("{scenario}{OF_A_STEP}{step}"))
    }

    /// Whether the text could be such an id.
    pub fn may_be_of_step(text: &str) -> bool {
        text.contains(OF_A_STEP)
    }
}

impl fmt::Display for RequirementId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

impl Borrow<str> for RequirementId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for RequirementId {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("UIP-ASYNC-11", true)]
    #[case("ELMA-DL-02", true)]
    #[case("UIP-ASYNC", false)]
    #[case("uip-async-11", false)]
    #[case("UIP--11", false)]
    #[case("UIP-ASYNC-1", false)]
    #[case("", false)]
    fn knows_the_form_of_an_id(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(RequirementId::is_well_formed(text), expected);
    }

    #[rstest]
    #[case("UIP-ASYNC-11", true)]
    #[case("CV-AUTH-1", true)]
    #[case("CV-AUTH", false)]
    #[case("CV-AUTH-", false)]
    fn knows_the_form_of_a_rule(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(RequirementId::is_numbered(text), expected);
    }
}
