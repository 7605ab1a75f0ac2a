//! Mistakes in where a request goes: its path or URL, and the gaps in it.

use serde_json::Value as Json;

use crate::diagnostic::Diagnostic;
use crate::http::message::Url;
use crate::profile::http::place;
use crate::source::Spanned;
use crate::yaml::{Kind, Node};

/// Stands where an expression, or what fills a gap, will stand.
const FILLED: &str = "0";

/// Reports a place that leads nowhere, and gaps and entries of `path` that do not belong together.
pub(super) fn examine(words: &Node, action: &str, diagnostics: &mut Vec<Diagnostic>) {
    let Some(node) = words.get(action) else { return };
    let Some((outline, is_constant)) = node.as_text().and_then(outline) else { return };
    let gaps: Vec<&str> = place::gaps(&outline).collect();
    if let Some(fillers) = fillers(words) {
        let is_filled = |gap: &str| fillers.iter().any(|(name, _)| name.value == gap);
        diagnostics
            .extend(gaps.iter().filter(|gap| !is_filled(gap)).map(|gap| unfilled(gap).at(node.span, "")));
        // An expression may come to a place that has gaps.
        let stray = fillers.iter().map(|(name, _)| name).filter(|name| !gaps.contains(&name.value.as_str()));
        diagnostics.extend(stray.filter(|_| is_constant).map(|name| without_gap(name, &outline)));
    }
    let filled = gaps.iter().fold(outline.clone(), |text, gap| text.replace(&format!("{{{gap}}}"), FILLED));
    let reason = unusable(&filled, node.as_text().is_some_and(|text| text.starts_with("${{")), is_constant);
    diagnostics.extend(reason.map(|mistake| mistake.at(node.span, "")));
}

/// A text with something in the place of each expression, and whether there was none; nothing where that cannot be
/// told.
fn outline(text: &str) -> Option<(String, bool)> {
    let (mut outline, mut rest) = (String::new(), text);
    while let Some((before, inside)) = rest.split_once("${{") {
        let (_, behind) = inside.split_once("}}").filter(|_| !before.ends_with('$'))?;
        outline.extend([before, FILLED]);
        rest = behind;
    }
    Some((outline + rest, rest.len() == text.len()))
}

/// The entries of `path`; none if an expression gives them.
fn fillers(words: &Node) -> Option<&[(Spanned<String>, Node)]> {
    match words.get("path").map(|node| &node.kind) {
        None => Some(&[]),
        Some(Kind::Mapping(entries)) => Some(entries),
        Some(_) => None,
    }
}

fn unfilled(gap: &str) -> Diagnostic {
    let help = format!("write what stands there beside it: `path: {{ {gap}: … }}`");
    Diagnostic::error("gap", format!("nothing fills `{{{gap}}}`")).help(help)
}

fn without_gap(name: &Spanned<String>, place: &str) -> Diagnostic {
    let Spanned { value: name, span } = name;
    let message = format!("`path` has a value for `{name}`, and {} has no `{{{name}}}`", Json::from(place));
    let help = format!("write `{{{name}}}` where it belongs, or take it away");
    Diagnostic::error("gap", message).at(*span, "").help(help)
}

/// Why a place, its gaps filled, leads nowhere.
fn unusable(place: &str, begins_unknown: bool, is_constant: bool) -> Option<Diagnostic> {
    let is_url = place.starts_with("http://") || place.starts_with("https://");
    if !is_url && !begins_unknown && !place.starts_with('/') {
        let message = format!("{} is neither a path nor a URL", Json::from(place));
        let help = "a path begins with `/`, and a URL with `http://` or `https://`";
        return Some(Diagnostic::error("place", message).help(help));
    }
    if let Some(stray) = place.chars().find(|letter| !may_stand(*letter)) {
        return Some(stray_letter(place, stray));
    }
    let url = if is_url { place.to_owned() } else { format!("http://host{place}") };
    let reason = Url::parse(&url).err().filter(|_| is_constant)?;
    let reason = if is_url { reason } else { "cannot stand in a URL (RFC 3986)" };
    let help = "write a path below the base, such as `/jobs`, or a URL; `%` begins two hexadecimal digits";
    Some(Diagnostic::error("place", format!("{} {reason}", Json::from(place))).help(help))
}

fn stray_letter(place: &str, stray: char) -> Diagnostic {
    let message =
        format!("{} cannot stand in a URL, as in {}", Json::from(stray.to_string()), Json::from(place));
    let help = match stray {
        '{' | '}' => "a gap is written `{name}`, and filled by `path: { name: … }`",
        _ => "put what is not a part of the URL itself into `path` or `query`, which encode it",
    };
    Diagnostic::error("place", message).help(help)
}

/// RFC 3986 §2.2, §2.3, and `%`.
fn may_stand(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(letter)
}
