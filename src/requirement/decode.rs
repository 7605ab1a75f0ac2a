//! Registry files to registries; every name that nobody declared is an error.

use serde_json::Value as Json;

use super::registry::{Capability, Record, Registry, Requirement, Who};
use super::shape::{POLICY, RECORD, REQUIREMENT, SHAPE};
use super::{Level, PolicyKey, RequirementId};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Spanned};
use crate::yaml::{self, Fields, Kind, Node};

/// Reads a registry; what is wrong with it is added to `diagnostics`, and the rest is still returned.
pub fn parse(source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Registry> {
    let node = yaml::parse(source, text, diagnostics)?;
    let fields = Fields::open(&node, &SHAPE, diagnostics)?;
    let mut registry = Registry {
        profile: text_of(fields, "profile", diagnostics),
        title: text_of(fields, "title", diagnostics),
        source: text_of(fields, "source", diagnostics),
        is_implied: false,
        policies: entries(fields, "policies", diagnostics, policy),
        capabilities: entries(fields, "capabilities", diagnostics, capability),
        requirements: Vec::new(),
        span: fields.get("profile").map_or(node.span, |profile| profile.span),
    };
    let nodes = fields.get("requirements").map_or(&[][..], |node| yaml::list(node, diagnostics));
    for node in nodes {
        if let Some(found) = requirement(node, &registry, diagnostics) {
            report_duplicate(&found, &registry, diagnostics);
            registry.requirements.push(found);
        }
    }
    Some(registry)
}

fn text_of(fields: Fields<'_>, key: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
    optional_text(fields, key, diagnostics).unwrap_or_default()
}

fn optional_text(fields: Fields<'_>, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    Some(yaml::text(fields.get(key)?, diagnostics)?.value)
}

fn entries<T>(
    fields: Fields<'_>,
    key: &str,
    diagnostics: &mut Vec<Diagnostic>,
    read: impl Fn(&Spanned<String>, &Node, &mut Vec<Diagnostic>) -> Option<T>,
) -> Vec<T> {
    let pairs = fields.get(key).map_or(&[][..], |node| yaml::mapping(node, diagnostics));
    pairs.iter().filter_map(|(name, node)| read(name, node, diagnostics)).collect()
}

fn capability(name: &Spanned<String>, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Capability> {
    let summary = yaml::text(node, diagnostics)?.value;
    Some(Capability { name: name.value.clone(), summary })
}

fn policy(name: &Spanned<String>, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<PolicyKey> {
    let fields = Fields::open(node, &POLICY, diagnostics)?;
    let values = fields.get("values").map_or(&[][..], |node| yaml::list(node, diagnostics));
    let key = PolicyKey {
        name: name.value.clone(),
        row: text_of(fields, "row", diagnostics),
        values: values.iter().map(Node::to_json).collect(),
        strict: fields.get("strict").map(Node::to_json),
        lenient: fields.get("lenient").map(Node::to_json),
        summary: text_of(fields, "summary", diagnostics),
    };
    let chosen = ["strict", "lenient"].into_iter().filter_map(|preset| fields.get(preset));
    for node in chosen.filter(|node| !key.allows(&node.to_json())) {
        diagnostics.push(key.refusal(node));
    }
    Some(key)
}

fn requirement(node: &Node, registry: &Registry, diagnostics: &mut Vec<Diagnostic>) -> Option<Requirement> {
    let fields = Fields::open(node, &REQUIREMENT, diagnostics)?;
    let who = who(fields, diagnostics);
    Some(Requirement {
        id: id(fields.get("id")?, diagnostics)?,
        level: yaml::choice(fields.get("level")?, &Level::WORDS, diagnostics)?.value,
        who,
        statement: text_of(fields, "statement", diagnostics),
        clause: text_of(fields, "clause", diagnostics),
        record: record(fields, registry, diagnostics),
        policy: policy_names(fields, registry, diagnostics),
        capability: capability_name(fields, registry, diagnostics),
        untested: optional_text(fields, "untested", diagnostics),
        span: node.span,
    })
}

/// Whom it binds; the server, if nothing is said.
fn who(fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Who> {
    let Some(node) = fields.get("who") else { return vec![Who::Server] };
    let who = yaml::list(node, diagnostics).iter();
    who.filter_map(|node| Some(yaml::choice(node, &Who::WORDS, diagnostics)?.value)).collect()
}

fn id(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<RequirementId> {
    let text = yaml::text(node, diagnostics)?;
    if !RequirementId::is_well_formed(&text.value) {
        let message = format!("`{}` is not a requirement id", text.value);
        let help = "write capital words and a number of two digits or more: `UIP-ASYNC-11`";
        diagnostics.push(Diagnostic::error("requirement-id", message).at(text.span, "").help(help));
    }
    Some(RequirementId::new(&text.value))
}

fn report_duplicate(found: &Requirement, registry: &Registry, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(first) = registry.requirement(found.id.as_str()) {
        let message = format!("the requirement `{}` stands twice", found.id);
        let diagnostic = Diagnostic::error("duplicate-requirement", message);
        let placed = diagnostic.at(found.span, "second time").related(first.span, "first time");
        diagnostics.push(placed.help("give one of them another number"));
    }
}

fn record(fields: Fields<'_>, registry: &Registry, diagnostics: &mut Vec<Diagnostic>) -> Record {
    let Some(node) = fields.get("record") else { return Record::Never };
    if let Kind::Text(_) = node.kind {
        yaml::choice(node, &[("always", ())], diagnostics);
        return Record::Always;
    }
    let Some(rule) = Fields::open(node, &RECORD, diagnostics) else { return Record::Never };
    let conditions = rule.get("unless").map_or(&[][..], |node| yaml::mapping(node, diagnostics));
    let mut unless = std::collections::BTreeMap::new();
    for (name, values) in conditions {
        let values = yaml::list(values, diagnostics);
        if let Some(key) = known_policy(name, registry, diagnostics) {
            let illegal = values.iter().filter(|value| !key.allows(&value.to_json()));
            diagnostics.extend(illegal.map(|value| key.refusal(value)));
        }
        let values: Vec<Json> = values.iter().map(Node::to_json).collect();
        unless.insert(name.value.clone(), values);
    }
    Record::Unless(unless)
}

fn policy_names(fields: Fields<'_>, registry: &Registry, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let nodes = fields.get("policy").map_or(&[][..], |node| yaml::list(node, diagnostics));
    let mut names = Vec::new();
    for node in nodes {
        if let Some(name) = yaml::text(node, diagnostics) {
            known_policy(&name, registry, diagnostics);
            names.push(name.value);
        }
    }
    names
}

fn capability_name(
    fields: Fields<'_>,
    registry: &Registry,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    let name = yaml::text(fields.get("capability")?, diagnostics)?;
    if registry.capability(&name.value).is_none() {
        diagnostics.push(registry.unknown_capability(&name));
    }
    Some(name.value)
}

fn known_policy<'a>(
    name: &Spanned<String>,
    registry: &'a Registry,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'a PolicyKey> {
    let key = registry.policy(&name.value);
    if key.is_none() {
        diagnostics.push(registry.unknown_policy(name));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::render;
    use crate::requirement::{Policies, Preset};
    use crate::source::SourceMap;
    use rstest::rstest;
    use serde_json::json;

    const ELMA: &str = include_str!("../../requirements/elma.yaml");
    const UIPATH: &str = include_str!("../../requirements/uipath.yaml");

    fn read(text: &str) -> (Option<Registry>, String) {
        let mut sources = SourceMap::default();
        let id = sources.add("requirements/a.yaml", text);
        let mut diagnostics = Vec::new();
        let registry = parse(id, text, &mut diagnostics);
        let rendered: Vec<String> = diagnostics.iter().map(|found| render(found, &sources, false)).collect();
        (registry, rendered.join("\n"))
    }

    const HEAD: &str = "profile: elma\ntitle: ELMA\nsource: help\ncapabilities: { versions: more than one }\n\
        policies:\n  foreign_read: { row: AMB-E02, values: [record, allow, deny], strict: deny, summary: who }\n\
        requirements:\n";

    fn with_requirement(extra: &str) -> (Option<Registry>, String) {
        let line =
            "  - { id: ELMA-GEN-01, level: MUST*, who: [S, C], statement: It works., clause: all of it";
        read(&format!("{HEAD}{line}, {extra} }}\n"))
    }

    #[rstest]
    #[case("elma", ELMA)]
    #[case("uipath", UIPATH)]
    fn the_shipped_registries_are_clean(#[case] profile: &str, #[case] text: &str) {
        let (registry, messages) = read(text);
        assert_eq!(messages, "");
        assert_eq!(registry.unwrap().profile, profile);
    }

    #[test]
    fn a_starred_level_is_read_and_its_policies_decide_what_is_recorded() {
        let (registry, messages) = with_requirement("record: { unless: { foreign_read: [deny] } }");
        assert_eq!(messages, "");
        let registry = registry.unwrap();
        let found = registry.requirement("ELMA-GEN-01").unwrap();
        assert_eq!(found.level, Level::DerivedMust);
        assert!(found.binds(Who::Client) && !found.binds(Who::Harness));
        assert!(found.is_recorded(&Policies::defaults(&registry.policies)));
        assert!(!found.is_recorded(&Policies::preset(&registry.policies, Preset::Strict)));
    }

    #[rstest]
    #[case("", false)]
    #[case("record: always", true)]
    fn a_row_is_recorded_only_if_it_says_so(#[case] extra: &str, #[case] expected: bool) {
        let registry = with_requirement(extra).0.unwrap();
        assert_eq!(registry.requirements[0].is_recorded(&Policies::default()), expected);
    }

    #[test]
    fn the_first_value_of_a_policy_key_is_its_default() {
        let registry = with_requirement("policy: [foreign_read]").0.unwrap();
        assert_eq!(registry.policy("foreign_read").unwrap().default(), &json!("record"));
    }

    #[test]
    fn every_mistake_has_its_message() {
        let unknown_names = with_requirement("policy: [foreign_reed], capability: version").1;
        let answers = with_requirement("record: { unless: { foreign_read: [never], cancel: [x] } }").1;
        let twice = "  - { id: ELMA-GEN-01, level: MUST, who: [S], statement: A., clause: b }\n";
        let duplicate = read(&format!("{HEAD}{twice}{twice}")).1;
        let words =
            read(&format!("{HEAD}  - {{ id: elma-1, level: MUSST, who: [X], statement: A., clause: b }}\n"))
                .1;
        insta::assert_snapshot!(
            [unknown_names, answers, duplicate, words].join("\n"),
            @r#"
            error[unknown-policy]: elma has no policy key `foreign_reed`
             --> requirements/a.yaml:8:101
              |
            8 |   - { id: ELMA-GEN-01, level: MUST*, who: [S, C], statement: It works., clause: all of it, policy: [foreign_reed], capability: version }
              |                                                                                                     ^^^^^^^^^^^^ unknown name
              |
              = help: did you mean `foreign_read`?
            error[unknown-capability]: elma has no capability `version`
             --> requirements/a.yaml:8:128
              |
            8 |   - { id: ELMA-GEN-01, level: MUST*, who: [S, C], statement: It works., clause: all of it, policy: [foreign_reed], capability: version }
              |                                                                                                                                ^^^^^^^ unknown name
              |
              = help: did you mean `versions`?
            error[unknown-answer]: the policy key `foreign_read` has no answer "never"
             --> requirements/a.yaml:8:127
              |
            8 | ...lause: all of it, record: { unless: { foreign_read: [never], cancel: [x] } } }
              |                                                         ^^^^^ not a legal answer
              |
              = help: one of: "record", "allow", "deny"
            error[unknown-policy]: elma has no policy key `cancel`
             --> requirements/a.yaml:8:135
              |
            8 | ... all of it, record: { unless: { foreign_read: [never], cancel: [x] } } }
              |                                                           ^^^^^^ unknown name
              |
              = help: one of: foreign_read
            error[duplicate-requirement]: the requirement `ELMA-GEN-01` stands twice
             --> requirements/a.yaml:9:5
              |
            8 |   - { id: ELMA-GEN-01, level: MUST, who: [S], statement: A., clause: b }
              |     -------------------------------------------------------------------- first time
            9 |   - { id: ELMA-GEN-01, level: MUST, who: [S], statement: A., clause: b }
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ second time
              |
              = help: give one of them another number
            error[unknown-word]: `X` is not one of the words that may stand here
             --> requirements/a.yaml:8:39
              |
            8 |   - { id: elma-1, level: MUSST, who: [X], statement: A., clause: b }
              |                                       ^ unknown word
              |
              = help: did you mean `S`?
            error[requirement-id]: `elma-1` is not a requirement id
             --> requirements/a.yaml:8:11
              |
            8 |   - { id: elma-1, level: MUSST, who: [X], statement: A., clause: b }
              |           ^^^^^^
              |
              = help: write capital words and a number of two digits or more: `UIP-ASYNC-11`
            error[unknown-word]: `MUSST` is not one of the words that may stand here
             --> requirements/a.yaml:8:26
              |
            8 |   - { id: elma-1, level: MUSST, who: [X], statement: A., clause: b }
              |                          ^^^^^ unknown word
              |
              = help: did you mean `MUST`?
            "#
        );
    }
}
