//! `--set KEY=VALUE`: one scalar of the target file, changed in the tree before it is decoded.

use super::place;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span, Spanned};
use crate::yaml::{Kind, Node, Value};

/// A scalar that replaces one of the target file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    key: String,
    value: String,
    span: Span,
}

impl Setting {
    /// Reads `KEY=VALUE`, which is the text of `source`; the key is a dotted path (`timing.poll`).
    pub fn parse(source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        let span = |end| Span::new(source, 0..end);
        let Some((key, value)) = text.split_once('=').filter(|(key, _)| !key.is_empty()) else {
            let help = "write a dotted path and one value: timing.poll=50ms";
            let diagnostic = Diagnostic::error("setting", format!("`{text}` is not `KEY=VALUE`"));
            diagnostics.push(diagnostic.at(span(text.len()), "").help(help));
            return None;
        };
        Some(Self { key: key.to_owned(), value: value.to_owned(), span: span(key.len()) })
    }
}

/// Changes the tree by each setting in turn.
pub(super) fn apply(root: &mut Node, shape: &Value, settings: &[Setting], diagnostics: &mut Vec<Diagnostic>) {
    for setting in settings {
        let parts: Vec<&str> = setting.key.split('.').collect();
        diagnostics.extend(change(root, shape, &parts, setting).err().map(|diagnostic| *diagnostic));
    }
}

fn change(node: &mut Node, value: &Value, parts: &[&str], setting: &Setting) -> Result<(), Box<Diagnostic>> {
    let Some((part, rest)) = parts.split_first() else {
        return replace(node, value, setting);
    };
    match (position(node, part), place::keys(value).contains(part)) {
        (Some(at), _) => descend(node, value, at, rest, setting),
        (None, true) => {
            let before = node.clone();
            let at = insert(node, part, setting.span);
            descend(node, value, at, rest, setting).inspect_err(|_| *node = before)
        }
        (None, false) => Err(Box::new(unknown(node, value, part, setting))),
    }
}

fn descend(
    node: &mut Node,
    value: &Value,
    at: usize,
    rest: &[&str],
    setting: &Setting,
) -> Result<(), Box<Diagnostic>> {
    let Kind::Mapping(entries) = &mut node.kind else { return Ok(()) };
    let (key, child) = &mut entries[at];
    match place::member(value, &key.value) {
        Some(value) => change(child, value, rest, setting),
        None => Ok(()),
    }
}

fn replace(node: &mut Node, value: &Value, setting: &Setting) -> Result<(), Box<Diagnostic>> {
    if !place::takes_scalar(value) {
        let message = format!("`{}` is no single value, so that `--set` cannot change it", setting.key);
        let diagnostic = Diagnostic::error("setting", message).at(setting.span, "no single value");
        return Err(Box::new(match place::keys(value).first() {
            Some(first) => diagnostic.help(format!("name a key below it, such as `{}.{first}`", setting.key)),
            None => diagnostic.help("change it in the target file"),
        }));
    }
    *node = Node { span: setting.span, kind: place::scalar(value, &setting.value) };
    Ok(())
}

fn position(node: &Node, key: &str) -> Option<usize> {
    let Kind::Mapping(entries) = &node.kind else { return None };
    entries.iter().position(|(own, _)| own.value == key)
}

/// Adds a key that may stand here but does not yet; whatever else stood here gives way.
fn insert(node: &mut Node, key: &str, span: Span) -> usize {
    if !matches!(node.kind, Kind::Mapping(_)) {
        *node = Node { span, kind: Kind::Mapping(Vec::new()) };
    }
    let Kind::Mapping(entries) = &mut node.kind else { return 0 };
    entries.push((Spanned::new(key.to_owned(), span), Node { span, kind: Kind::Null }));
    entries.len() - 1
}

fn unknown(node: &Node, value: &Value, part: &str, setting: &Setting) -> Diagnostic {
    let mut names: Vec<&str> = place::keys(value);
    if let (true, Kind::Mapping(entries)) = (names.is_empty(), &node.kind) {
        names = entries.iter().map(|(key, _)| key.value.as_str()).collect();
    }
    let message = format!("the target file has no key `{}`", setting.key);
    let diagnostic = Diagnostic::error("unknown-setting", message);
    diagnostic.at(setting.span, format!("`{part}` is unknown")).suggest(part, names)
}

#[cfg(test)]
mod tests {
    use crate::target::testing::{Machine, read};
    use crate::target::{Hooks, Principal, Target, template};
    use std::time::Duration;

    fn machine() -> Machine {
        Machine {
            variables: [("ELMA_OWNER", "owner-token"), ("ELMA_STRANGER", "12345678")].into(),
            ..Machine::default()
        }
    }

    fn set(settings: &[&str]) -> (Target, String) {
        let (target, messages) = read(&template(&["elma"]), settings, &machine());
        (target.unwrap(), messages)
    }

    #[test]
    fn a_setting_changes_one_scalar() {
        let settings = [
            "timing.poll=50ms",
            "limits.concurrency=2",
            "limits.requests_per_second=10",
            "tls.insecure=yes",
            "hooks.url=http://127.0.0.1:9000/hooks",
            "elma.jobs.slow.runs.at_most=7s",
            "elma.policy.http_status=mirror",
            "elma.principals.owner.token=another-token",
        ];
        let (target, messages) = set(&settings);
        assert_eq!(messages, "");
        assert_eq!((target.timing.poll, target.limits.concurrency), (Duration::from_millis(50), 2));
        assert_eq!((target.limits.requests_per_second, target.tls.insecure), (Some(10), true));
        assert!(matches!(target.hooks, Hooks::Url(_)));
        let elma = target.protocol("elma").unwrap();
        assert_eq!(elma.jobs.get("slow").unwrap().runs.at_most, Duration::from_secs(7));
        assert_eq!(elma.policies.text("http_status"), Some("mirror"));
        let owner = elma.principal("owner");
        assert!(matches!(owner, Some(Principal::Known(secret)) if secret.expose() == "another-token"));
    }

    #[test]
    fn a_key_that_is_not_written_yet_can_be_set() {
        let text = "target: 1\nidentity: { organization: A, product: B }\nelma: { base: \"http://a\" }\n";
        let (target, messages) = read(text, &["timing.lag=9s", "elma.policy=strict"], &Machine::default());
        assert_eq!(messages, "");
        let target = target.unwrap();
        assert_eq!(target.timing.lag, Duration::from_secs(9));
        assert_eq!(target.protocol("elma").unwrap().policies.text("foreign_read"), Some("deny"));
    }

    #[test]
    fn a_token_of_digits_stays_text() {
        let (target, messages) = set(&[]);
        assert_eq!(messages, "");
        let stranger = target.protocol("elma").unwrap().principal("stranger");
        assert!(matches!(stranger, Some(Principal::Known(secret)) if secret.expose() == "12345678"));
    }

    #[test]
    fn mistakes_are_named() {
        let settings = [
            "limit.jobs=5",
            "timing.pol=5ms",
            "elma.jobs.slwo.kind=echo",
            "limits=5",
            "limits.origins=a",
            "timing.poll",
            "timing.poll=soon",
        ];
        insta::assert_snapshot!(set(&settings).1, @r#"
        error[setting]: `timing.poll` is not `KEY=VALUE`
         --> --set:1:1
          |
        1 | timing.poll
          | ^^^^^^^^^^^
          |
          = help: write a dotted path and one value: timing.poll=50ms
        error[unknown-setting]: the target file has no key `limit.jobs`
         --> --set:1:1
          |
        1 | limit.jobs=5
          | ^^^^^^^^^^ `limit` is unknown
          |
          = help: did you mean `limits`?
        error[unknown-setting]: the target file has no key `timing.pol`
         --> --set:1:1
          |
        1 | timing.pol=5ms
          | ^^^^^^^^^^ `pol` is unknown
          |
          = help: did you mean `poll`?
        error[unknown-setting]: the target file has no key `elma.jobs.slwo.kind`
         --> --set:1:1
          |
        1 | elma.jobs.slwo.kind=echo
          | ^^^^^^^^^^^^^^^^^^^ `slwo` is unknown
          |
          = help: did you mean `slow`?
        error[setting]: `limits` is no single value, so that `--set` cannot change it
         --> --set:1:1
          |
        1 | limits=5
          | ^^^^^^ no single value
          |
          = help: name a key below it, such as `limits.concurrency`
        error[setting]: `limits.origins` is no single value, so that `--set` cannot change it
         --> --set:1:1
          |
        1 | limits.origins=a
          | ^^^^^^^^^^^^^^ no single value
          |
          = help: change it in the target file
        error[wrong-type]: expected a duration such as `100ms` or `1m30s`, found "soon"
         --> --set:1:1
          |
        1 | timing.poll=soon
          | ^^^^^^^^^^^
        "#);
    }
}
