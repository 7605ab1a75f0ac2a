//! Policies: where a protocol's text is open, the legal readings of it and the one in force.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::yaml::Node;

/// A question that the source leaves open, and its legal answers.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyKey {
    /// The name in the target file (`redirect_codes`).
    pub name: String,
    /// The row of the table of ambiguities.
    pub row: String,
    /// The legal answers; the first is the default.
    pub values: Vec<Value>,
    /// What a literal reading asserts, where it differs from the default.
    pub strict: Option<Value>,
    /// What a lenient reading tolerates, where it differs from the default.
    pub lenient: Option<Value>,
    /// What the question is.
    pub summary: String,
}

impl PolicyKey {
    /// The answer that holds if nothing is said.
    pub fn default(&self) -> &Value {
        self.values.first().unwrap_or(&Value::Null)
    }

    /// Whether `value` is one of the legal answers.
    pub fn allows(&self, value: &Value) -> bool {
        self.values.contains(value)
    }

    /// The legal answer that this is; a text may be written as it looks, also where it looks like a number (`200`).
    pub fn answer(&self, written: &Node) -> Option<Value> {
        let value = written.to_json();
        let as_text = || match &value {
            Value::Number(_) | Value::Bool(_) => Some(Value::String(value.to_string())),
            _ => None,
        };
        if self.allows(&value) {
            return Some(value);
        }
        as_text().filter(|text| self.allows(text))
    }

    /// The message for an answer that is not legal.
    pub fn refusal(&self, answer: &Node) -> Diagnostic {
        let legal: Vec<String> = self.values.iter().map(Value::to_string).collect();
        let message = format!("the policy key `{}` has no answer {}", self.name, answer.describe());
        let help = format!("one of: {}", legal.join(", "));
        Diagnostic::error("unknown-answer", message).at(answer.span, "not a legal answer").help(help)
    }

    /// The answer under a preset.
    pub fn under(&self, preset: Preset) -> &Value {
        let chosen = match preset {
            Preset::Strict => &self.strict,
            Preset::Lenient => &self.lenient,
        };
        chosen.as_ref().unwrap_or_else(|| self.default())
    }
}

/// A named choice for all keys at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// The literal reading.
    Strict,
    /// The tolerant reading.
    Lenient,
}

impl Preset {
    /// How target files write each.
    pub const WORDS: [(&'static str, Self); 2] = [("strict", Self::Strict), ("lenient", Self::Lenient)];
}

/// The answers in force, one for each key of a registry.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Policies(BTreeMap<String, Value>);

impl Policies {
    /// Every key's default.
    pub fn defaults(keys: &[PolicyKey]) -> Self {
        Self(keys.iter().map(|key| (key.name.clone(), key.default().clone())).collect())
    }

    /// Every key's answer under a preset.
    pub fn preset(keys: &[PolicyKey], preset: Preset) -> Self {
        Self(keys.iter().map(|key| (key.name.clone(), key.under(preset).clone())).collect())
    }

    /// Puts an answer in force; whether it is legal is the caller's question to [`PolicyKey::allows`].
    pub fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// The answer in force.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The answer in force, if it is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// All answers, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn keys() -> Vec<PolicyKey> {
        let key = |name: &str, values: Vec<Value>, strict| PolicyKey {
            name: name.to_owned(),
            row: "AMB-E01".to_owned(),
            values,
            strict,
            lenient: None,
            summary: String::new(),
        };
        vec![
            key("http_status", vec![json!("any"), json!("mirror")], Some(json!("mirror"))),
            key("redirect_codes", vec![json!([303]), json!([302, 303])], None),
        ]
    }

    #[test]
    fn a_preset_keeps_the_default_where_it_says_nothing() {
        let policies = Policies::preset(&keys(), Preset::Strict);
        assert_eq!(policies.text("http_status"), Some("mirror"));
        assert_eq!(policies.get("redirect_codes"), Some(&json!([303])));
        assert_eq!(Policies::preset(&keys(), Preset::Lenient), Policies::defaults(&keys()));
    }

    #[test]
    fn an_answer_is_found_by_how_it_looks() {
        let key = PolicyKey { values: vec![json!("any"), json!("200"), json!(303)], ..keys().remove(0) };
        let written = |text: &str| {
            let source = crate::source::SourceMap::default().add("a.yaml", text);
            key.answer(&crate::yaml::parse(source, text, &mut Vec::new()).unwrap())
        };
        assert_eq!(written("200"), Some(json!("200")));
        assert_eq!(written("\"200\""), Some(json!("200")));
        assert_eq!(written("303"), Some(json!(303)));
        assert_eq!(written("\"303\""), None);
        assert_eq!(written("404"), None);
    }

    #[test]
    fn a_later_answer_replaces_an_earlier_one() {
        let mut policies = Policies::defaults(&keys());
        policies.set("redirect_codes", json!([302, 303]));
        assert_eq!(policies.get("redirect_codes"), Some(&json!([302, 303])));
        assert_eq!(policies.get("unheard_of"), None);
    }
}
