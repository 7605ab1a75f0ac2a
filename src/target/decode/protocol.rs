//! A protocol's block: where it is, who may call, what it offers and by which reading it is judged.

use std::collections::BTreeMap;

use super::form::{Form, Principals};
use super::reader::{Reader, is_none};
use super::{job, principal};
use crate::diagnostic::Diagnostic;
use crate::http::url::Url;
use crate::requirement::{Policies, Preset, Registry};
use crate::target::{Cap, Protocol, RedirectAuth};
use crate::yaml::{self, Fields, Kind, Node};

/// The key in a policy block that names a preset.
const PRESET: &str = "preset";

pub(super) fn read(form: &Form, node: &Node, reader: &mut Reader<'_>) -> Option<Protocol> {
    let fields = reader.open(node, form.block)?;
    let registry = reader.input.registries.iter().find(|registry| registry.profile == form.profile);
    let base = fields.get("base").and_then(|node| base(node, reader));
    let (principals, carriers) = principal::read(form, fields.get("principals"), reader);
    let protocol = Protocol {
        profile: form.profile.to_owned(),
        principals,
        carriers,
        is_open: matches!(form.principals, Principals::Free) && fields.get("principals").is_none(),
        jobs: job::read(form, fields.get("jobs"), reader),
        capabilities: capabilities(fields.get("capabilities"), registry, reader),
        policies: policies(fields.get("policy"), registry, reader),
        redirect_auth: redirect_auth(fields, reader),
        never_holds: fields.get("hold").is_some_and(is_none),
        hold: fields.get("hold").filter(|node| !is_none(node)).and_then(|node| reader.window(node)),
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
            None => policies.set(&name.value, answer.to_json()),
            Some((registry, None)) => reader.report(registry.unknown_policy(name)),
            Some((_, Some(key))) => match key.answer(answer) {
                Some(answer) => policies.set(&name.value, answer),
                None => reader.report(key.refusal(answer)),
            },
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

#[cfg(test)]
mod tests {
    use crate::target::testing::{ELMA, HEAD, Machine, messages, read};

    #[test]
    fn a_preset_sets_policies_and_keys_change_them() {
        let text = format!("{HEAD}{ELMA}  policy: {{ preset: strict, after_cancel: kept }}\n");
        let (target, messages) = read(&text, &[], &Machine::default());
        assert_eq!(messages, "");
        let target = target.unwrap();
        let policies = &target.protocol("elma").unwrap().policies;
        assert_eq!(policies.text("http_status"), Some("mirror"));
        assert_eq!(policies.text("after_cancel"), Some("kept"));
        assert_eq!(policies.text("id_form"), Some("integer"));
    }

    #[test]
    fn mistakes_in_a_protocol_are_named() {
        let block = "elma:\n  base: \"127.0.0.1:48080\"\n  capabilities: { version: yes }\n  \
            policy: { http_stat: any, after_cancel: never }\n  principals: { noview: none }\n\
            uipath:\n  base: \"http://a/b?c=d\"\n  policy: strickt\n  redirect_auth: initial\n  \
            hold: { at_least: 30s, at_most: 20s }\n  cap: 15\n";
        insta::assert_snapshot!(messages(block), @r#"
        error[url]: "127.0.0.1:48080" is not an absolute URL (RFC 3986)
         --> targets/a.yaml:4:9
          |
        4 |   base: "127.0.0.1:48080"
          |         ^^^^^^^^^^^^^^^^^
          |
          = help: write one such as "http://127.0.0.1:48080"
        error[unknown-capability]: elma has no capability `version`
         --> targets/a.yaml:5:19
          |
        5 |   capabilities: { version: yes }
          |                   ^^^^^^^ unknown name
          |
          = help: did you mean `versions`?
        error[unknown-policy]: elma has no policy key `http_stat`
         --> targets/a.yaml:6:13
          |
        6 |   policy: { http_stat: any, after_cancel: never }
          |             ^^^^^^^^^ unknown name
          |
          = help: did you mean `http_status`?
        error[unknown-answer]: the policy key `after_cancel` has no answer "never"
         --> targets/a.yaml:6:43
          |
        6 |   policy: { http_stat: any, after_cancel: never }
          |                                           ^^^^^ not a legal answer
          |
          = help: one of: "any", "gone", "error", "kept"
        error[unknown-key]: the principals block of elma has no key `noview`
         --> targets/a.yaml:7:17
          |
        7 |   principals: { noview: none }
          |                 ^^^^^^ unknown key
          |
          = help: one of: owner, stranger, locked
        error[url]: the base "http://a/b?c=d" has a query or a fragment
         --> targets/a.yaml:9:9
          |
        9 |   base: "http://a/b?c=d"
          |         ^^^^^^^^^^^^^^^^
          |
          = help: write only scheme, host, port and path
        error[unknown-word]: `strickt` is not one of the words that may stand here
          --> targets/a.yaml:10:11
           |
        10 |   policy: strickt
           |           ^^^^^^^ unknown word
           |
           = help: did you mean `strict`?
        error[unknown-word]: `initial` is not one of the words that may stand here
          --> targets/a.yaml:11:18
           |
        11 |   redirect_auth: initial
           |                  ^^^^^^^ unknown word
           |
           = help: one of: required, initial-only
        error[window]: `at_least` is longer than `at_most`
          --> targets/a.yaml:12:9
           |
        12 |   hold: { at_least: 30s, at_most: 20s }
           |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no time lies between them
           |
           = help: exchange the two
        error[wrong-type]: expected a duration such as `100ms` or `1m30s`, found 15
          --> targets/a.yaml:13:8
           |
        13 |   cap: 15
           |        ^^
        "#);
    }
}
