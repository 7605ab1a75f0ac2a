//! Secrets in what is written: references where the language has one, masks everywhere else.

use serde_json::{Map, Value};

use super::line::{Line, who};
use super::tape::Taped;
use crate::profile::Profile;
use crate::scenario::UNREGISTERED_PRINCIPALS;
use crate::target::{Masks, Principal, Protocol, Secret, Target};

/// The expression for the credential of whoever sends a request.
const OWN_TOKEN: &str = "${{ principal.token }}";

/// Knows every secret of the target file, and every other credential that was sent.
pub(super) struct Secrets<'a> {
    masks: Masks,
    protocol: &'a Protocol,
    profile: &'static dyn Profile,
    strange: Vec<Secret>,
}

/// Shorter texts would be found anywhere.
const SHORTEST: usize = 4;

impl<'a> Secrets<'a> {
    /// The secrets of the target file, and the credentials of whoever it does not know.
    pub(super) fn new(
        target: &'a Target,
        protocol: &'a Protocol,
        own: &[&Taped],
        profile: &'static dyn Profile,
    ) -> Self {
        let strange: Vec<Secret> = strange(own, profile, protocol);
        let masks = Masks::new(target.secrets().chain(&strange));
        Self { masks, protocol, profile, strange }
    }

    /// The credentials that the target file does not know.
    pub(super) fn strange(&self) -> &[Secret] {
        &self.strange
    }

    /// A text that is only read by people.
    pub(super) fn mask(&self, text: &str) -> String {
        self.masks.mask(text)
    }

    /// The words of a request: text as it is, secrets as references, and whatever is left of them masked.
    ///
    /// The second part tells whether something had to be masked: a replay then sends the mask.
    pub(super) fn write_words(
        &self,
        words: &Map<String, Value>,
        line: &Line<'_>,
    ) -> (Map<String, Value>, bool) {
        let own = self.token_of(&line.principal, line);
        let mut masked = false;
        let words =
            words.iter().map(|(name, value)| (name.clone(), self.write(value, own.as_deref(), &mut masked)));
        (words.collect(), masked)
    }

    fn write(&self, value: &Value, own: Option<&str>, masked: &mut bool) -> Value {
        match value {
            Value::String(text) => self.text(text, own, masked).into(),
            Value::Array(items) => items.iter().map(|item| self.write(item, own, masked)).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| (self.text(name, None, masked), self.write(value, own, masked)))
                .collect(),
            other => other.clone(),
        }
    }

    fn text(&self, text: &str, own: Option<&str>, masked: &mut bool) -> String {
        let literal = text.replace("${{", "$${{");
        let referring = own.map_or_else(|| literal.clone(), |own| literal.replace(own, OWN_TOKEN));
        let clean = self.masks.mask(&referring);
        *masked |= clean != referring;
        clean
    }

    fn token_of(&self, principal: &str, line: &Line<'_>) -> Option<String> {
        if let Some(Principal::Known(secret)) = self.protocol.principal(principal) {
            return Some(secret.expose().to_owned());
        }
        self.profile.credential(&line.taped.exchange.request)
    }
}

fn strange(own: &[&Taped], profile: &dyn Profile, protocol: &Protocol) -> Vec<Secret> {
    let [_, unknown] = UNREGISTERED_PRINCIPALS;
    let mut strange: Vec<Secret> = Vec::new();
    for taped in own {
        let (name, secret) = who(profile.credential(&taped.exchange.request), protocol);
        let secret = secret.filter(|secret| name == unknown && secret.expose().len() >= SHORTEST);
        strange.extend(secret.filter(|secret| !strange.contains(secret)));
    }
    strange
}
