//! `--set KEY=VALUE`: one value of the target file, changed in the tree before it is decoded.

use super::place;
use super::shape::NONE;
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
    match position(node, part) {
        Some(at) => descend(node, value, at, rest, setting),
        None if may_be_added(value, part, rest) => {
            let before = node.clone();
            let at = insert(node, part, setting)?;
            descend(node, value, at, rest, setting).inspect_err(|_| *node = before)
        }
        None => Err(Box::new(unknown(node, value, part, setting))),
    }
}

/// Whether a key that is not written yet may be: one of a closed set, or a free one that takes a single value.
fn may_be_added(value: &Value, part: &str, rest: &[&str]) -> bool {
    let keys = place::keys(value);
    let is_free = || rest.is_empty() && place::member(value, part).is_some_and(place::takes_scalar);
    keys.contains(&part) || (keys.is_empty() && is_free())
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
    let kind = written(value, setting).ok_or_else(|| Box::new(no_single_value(value, setting)))?;
    *node = Node { span: setting.span, kind };
    Ok(())
}

/// The value as it belongs here: a scalar, or a list whose items stand apart by commas.
fn written(value: &Value, setting: &Setting) -> Option<Kind> {
    let text = setting.value.as_str();
    let bracketed = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match (place::item(value), bracketed) {
        (Some(item), Some(items)) => Some(list(item, items, setting.span)),
        _ if place::takes_scalar(value) => Some(place::scalar(value, text)),
        (Some(item), None) if place::takes_scalar(item) => Some(list(item, text, setting.span)),
        _ => None,
    }
}

fn list(item: &Value, items: &str, span: Span) -> Kind {
    let items = items.split(',').map(str::trim).filter(|text| !text.is_empty());
    Kind::Sequence(items.map(|text| Node { span, kind: place::scalar(item, text) }).collect())
}

fn no_single_value(value: &Value, setting: &Setting) -> Diagnostic {
    let message = format!("`{}` is no single value, so that `--set` cannot change it", setting.key);
    let diagnostic = Diagnostic::error("setting", message).at(setting.span, "no single value");
    match place::keys(value).first() {
        Some(first) => diagnostic.help(format!("name a key below it, such as `{}.{first}`", setting.key)),
        None => diagnostic.help("change it in the target file"),
    }
}

fn position(node: &Node, key: &str) -> Option<usize> {
    let Kind::Mapping(entries) = &node.kind else { return None };
    entries.iter().position(|(own, _)| own.value == key)
}

/// Adds a key that may stand here but does not yet; `none` gives way, any other single value would be lost.
fn insert(node: &mut Node, key: &str, setting: &Setting) -> Result<usize, Box<Diagnostic>> {
    let span = setting.span;
    match &node.kind {
        Kind::Mapping(_) => {}
        Kind::Null => node.kind = Kind::Mapping(Vec::new()),
        Kind::Text(word) if word == NONE => node.kind = Kind::Mapping(Vec::new()),
        _ => return Err(Box::new(in_the_way(node, key, setting))),
    }
    let Kind::Mapping(entries) = &mut node.kind else { return Ok(0) };
    entries.push((Spanned::new(key.to_owned(), span), Node { span, kind: Kind::Null }));
    Ok(entries.len() - 1)
}

fn in_the_way(node: &Node, key: &str, setting: &Setting) -> Diagnostic {
    let found = node.describe();
    let message = format!("`{}` cannot be set: {found} stands where the key `{key}` would", setting.key);
    Diagnostic::error("setting", message)
        .at(setting.span, "no place for it")
        .related(node.span, "this would be lost")
        .help("write a mapping there in the target file")
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
    use crate::target::{Hooks, JobKind, Principal, Target, template};
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
        assert!(matches!(target.hooks, Hooks::Url(..)));
        let elma = target.protocol("elma").unwrap();
        assert_eq!(elma.jobs.get("slow").unwrap().runs.at_most, Duration::from_secs(7));
        assert_eq!(elma.policies.text("http_status"), Some("mirror"));
        let owner = elma.principal("owner");
        assert!(matches!(owner, Some(Principal::Known(secret)) if secret.expose() == "another-token"));
    }

    #[test]
    fn a_key_that_is_not_written_yet_can_be_set() {
        let settings = [
            "timing.lag=9s",
            "limits.origins=http://b,http://c",
            "elma.policy.http_status=mirror",
            "elma.capabilities.versions=no",
            "elma.jobs.queue=none",
            "disturbances.on=[502, 503]",
        ];
        let (target, messages) = read(BARE, &settings, &Machine::default());
        assert_eq!(messages, "");
        let target = target.unwrap();
        assert_eq!(target.timing.lag, Duration::from_secs(9));
        assert_eq!((target.limits.origins.len(), target.disturbances.on.as_slice()), (2, &[502, 503][..]));
        let elma = target.protocol("elma").unwrap();
        assert_eq!(elma.policies.text("http_status"), Some("mirror"));
        assert_eq!(elma.capability("versions"), Some(false));
        assert_eq!(elma.jobs.absent, [JobKind::Queue]);
    }

    #[test]
    fn what_a_setting_would_take_away_is_named() {
        let preset = BARE.replace("elma: {", "elma: { policy: strict,");
        insta::assert_snapshot!(read(&preset, &["elma.policy.http_status=any"], &Machine::default()).1, @r#"
        error[setting]: `elma.policy.http_status` cannot be set: "strict" stands where the key `http_status` would
         --> --set:1:1
          |
        1 | elma.policy.http_status=any
          | ^^^^^^^^^^^^^^^^^^^^^^^ no place for it
          |
         ::: targets/a.yaml:3:17
          |
        3 | elma: { policy: strict, base: "http://a" }
          |                 ------ this would be lost
          |
          = help: write a mapping there in the target file
        "#);
    }

    const BARE: &str = "target: 1\nidentity: { organization: A, product: B }\nelma: { base: \"http://a\" }\n";

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
            "elma.policy.http_stat=any",
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
        error[unknown-policy]: elma has no policy key `http_stat`
         --> --set:1:1
          |
        1 | elma.policy.http_stat=any
          | ^^^^^^^^^^^^^^^^^^^^^ unknown name
          |
          = help: did you mean `http_status`?
        error[wrong-type]: expected a duration such as `100ms` or `1m30s`, found "soon"
         --> --set:1:1
          |
        1 | timing.poll=soon
          | ^^^^^^^^^^^
        error[url]: "a" is not an absolute URL (RFC 3986)
         --> --set:1:1
          |
        1 | limits.origins=a
          | ^^^^^^^^^^^^^^
          |
          = help: write one such as "http://127.0.0.1:48080"
        "#);
    }
}
