//! A protocol's block: where it is, who may call, what it offers and by which reading it is judged.

use std::collections::BTreeMap;

use super::form::Form;
use super::job;
use super::reader::{Reader, is_none};
use crate::diagnostic::Diagnostic;
use crate::http::url::Url;
use crate::requirement::{Policies, Preset, Registry};
use crate::target::shape::SECRET_FILE;
use crate::target::{Cap, Principal, Protocol, RedirectAuth, Secret};
use crate::yaml::{self, Fields, Kind, Node};

/// The key in a policy block that names a preset.
const PRESET: &str = "preset";

pub(super) fn read(form: &Form, node: &Node, reader: &mut Reader<'_>) -> Option<Protocol> {
    let fields = reader.open(node, form.block)?;
    let registry = reader.input.registries.iter().find(|registry| registry.profile == form.profile);
    let base = fields.get("base").and_then(|node| base(node, reader));
    let protocol = Protocol {
        profile: form.profile.to_owned(),
        principals: principals(form, fields.get("principals"), reader),
        jobs: job::read(form, fields.get("jobs"), reader),
        capabilities: capabilities(fields.get("capabilities"), registry, reader),
        policies: policies(fields.get("policy"), registry, reader),
        redirect_auth: redirect_auth(fields, reader),
        hold: fields.get("hold").and_then(|node| reader.window(node)),
        cap: fields.get("cap").and_then(|node| cap(node, reader)),
        base: base?,
    };
    Some(protocol)
}

/// Paths begin with a slash, so that the base must not end with one.
fn base(node: &Node, reader: &mut Reader<'_>) -> Option<Url> {
    let url = reader.url(node)?;
    if url.as_str().contains(['?', '#']) {
        let message = format!("the base {} has a query or a fragment", node.describe());
        let help = "write only scheme, host, port and path";
        reader.report(Diagnostic::error("url", message).at(node.span, "").help(help));
    }
    Url::parse(url.as_str().trim_end_matches('/')).ok()
}

fn principals(form: &Form, node: Option<&Node>, reader: &mut Reader<'_>) -> Vec<(String, Principal)> {
    let Some(node) = node.filter(|node| reader.open(node, form.principals).is_some()) else {
        return Vec::new();
    };
    let mut principals = Vec::new();
    for (name, node) in yaml::mapping(node, reader.diagnostics) {
        if is_none(node) {
            principals.push((name.value.clone(), Principal::Absent));
        } else if let Some(secret) = credential(form, &name.value, node, reader) {
            principals.push((name.value.clone(), Principal::Known(secret)));
        }
    }
    principals
}

fn credential(form: &Form, principal: &str, node: &Node, reader: &mut Reader<'_>) -> Option<Secret> {
    let fields = reader.open(node, form.principal)?;
    let key = form.principal.keys.first()?.name;
    secret(&format!("{}.{principal}.{key}", form.profile), fields.get(key)?, reader)
}

/// What is wrong with a secret is said without showing it: such a message has no excerpt.
fn secret(name: &str, node: &Node, reader: &mut Reader<'_>) -> Option<Secret> {
    let value = match &node.kind {
        Kind::Text(text) => text.clone(),
        Kind::Integer(digits) => digits.to_string(),
        Kind::Mapping(_) => secret_file(node, reader)?,
        Kind::Null => {
            reader.report(yaml::wrong_type(node, "a secret"));
            return None;
        }
        _ => {
            reader.report(Diagnostic::error("secret", format!("the secret `{name}` is no text")));
            return None;
        }
    };
    let length = value.chars().count();
    if length < Secret::SHORTEST {
        let message = format!("the secret `{name}` has only {length} characters");
        let help =
            format!("take one of {} or more: a shorter one cannot be masked in reports", Secret::SHORTEST);
        reader.report(Diagnostic::error("short-secret", message).help(help));
    }
    Some(Secret::new(name, &value))
}

fn secret_file(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let file = reader.open(node, &SECRET_FILE)?.get("file")?;
    let bytes = reader.file(file)?;
    let text = String::from_utf8(bytes).ok().map(|text| text.trim_end_matches(['\r', '\n']).to_owned());
    if text.is_none() {
        let message = format!("the secret's file {} is not UTF-8 text", file.describe());
        reader.report(Diagnostic::error("secret", message).at(file.span, ""));
    }
    text
}

fn capabilities(
    node: Option<&Node>,
    registry: Option<&Registry>,
    reader: &mut Reader<'_>,
) -> BTreeMap<String, bool> {
    let entries = node.map_or(&[][..], |node| yaml::mapping(node, reader.diagnostics));
    let mut capabilities = BTreeMap::new();
    for (name, node) in entries {
        if let Some(registry) = registry.filter(|registry| registry.capability(&name.value).is_none()) {
            reader.report(registry.unknown_capability(name));
        }
        capabilities.extend(reader.boolean(node).map(|there| (name.value.clone(), there)));
    }
    capabilities
}

fn policies(node: Option<&Node>, registry: Option<&Registry>, reader: &mut Reader<'_>) -> Policies {
    let keys = registry.map_or(&[][..], |registry| &registry.policies);
    let mut policies = Policies::defaults(keys);
    let Some(node) = node else { return policies };
    let named = if let Kind::Text(_) = node.kind { Some(node) } else { node.get(PRESET) };
    if let Some(preset) = named.and_then(|named| reader.choice(named, &Preset::WORDS)) {
        policies = Policies::preset(keys, preset);
    }
    if let Kind::Text(_) = node.kind {
        return policies;
    }
    for (name, answer) in
        yaml::mapping(node, reader.diagnostics).iter().filter(|(name, _)| name.value != PRESET)
    {
        match registry.map(|registry| (registry, registry.policy(&name.value))) {
            Some((registry, None)) => reader.report(registry.unknown_policy(name)),
            Some((_, Some(key))) if !key.allows(&answer.to_json()) => reader.report(key.refusal(answer)),
            _ => policies.set(&name.value, answer.to_json()),
        }
    }
    policies
}

fn redirect_auth(fields: Fields<'_>, reader: &mut Reader<'_>) -> Vec<RedirectAuth> {
    let nodes = fields.get("redirect_auth").map_or(&[][..], yaml::list_or_one);
    nodes.iter().filter_map(|node| reader.choice(node, &RedirectAuth::WORDS)).collect()
}

fn cap(node: &Node, reader: &mut Reader<'_>) -> Option<Cap> {
    if is_none(node) { Some(Cap::Absent) } else { reader.duration(node).map(Cap::After) }
}
