//! `when:`: under which policies and captured values something is looked at.

use serde_json::Value;

use super::block::Compiler;
use super::kind::Kind;
use crate::diagnostic::Diagnostic;
use crate::json::{equal, shorten};
use crate::requirement::Policies;
use crate::scenario::Lookup;
use crate::scenario::template::is_name;
use crate::source::{Span, Spanned};
use crate::yaml::{Node, list_or_one, mapping};

/// The prefix of names that are decided before anything is sent.
const POLICY: &str = "policy.";

/// Names and the values that they must have, one of each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct When(Vec<Clause>);

#[derive(Debug, Clone, PartialEq)]
struct Clause {
    name: String,
    values: Vec<Value>,
    span: Span,
}

impl When {
    /// Reads a `when:` mapping.
    pub fn compile(node: &Node, compiler: &mut Compiler<'_>) -> Self {
        let entries = mapping(node, compiler.diagnostics);
        Self(entries.iter().filter_map(|(name, value)| Clause::compile(name, value, compiler)).collect())
    }

    /// Whether it holds, as far as the policies decide it: `None` if captured values are needed.
    pub fn decided(&self, policies: &Policies) -> Option<bool> {
        let of_policy = |clause: &Clause| clause.policy().map(|key| clause.allows(policies.get(key)));
        if self.0.iter().any(|clause| of_policy(clause) == Some(false)) {
            return Some(false);
        }
        self.0.iter().all(|clause| clause.policy().is_some()).then_some(true)
    }

    /// Whether it holds here and now: `None` if a name has no value.
    pub fn holds(&self, lookup: &dyn Lookup) -> Option<bool> {
        let found: Option<Vec<bool>> = self.0.iter().map(|clause| clause.holds(lookup)).collect();
        found.map(|found| found.into_iter().all(|holds| holds))
    }

    /// Why it does not hold here and now, if the names have values: which one has which value instead of which.
    pub fn misfit(&self, lookup: &dyn Lookup) -> Option<String> {
        self.0.iter().find_map(|clause| clause.misfit(lookup))
    }

    /// Reports every name that can never have one of its values, as far as kinds of values tell.
    pub fn refuse_impossible(
        &self,
        kind_of: &dyn Fn(&str) -> Option<Kind>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        for clause in &self.0 {
            let Some(kind) = kind_of(&clause.name) else { continue };
            if !clause.values.iter().any(|value| kind.holds(value)) {
                diagnostics.push(clause.impossible(kind));
            }
        }
    }

    /// The names it depends on.
    pub fn names(&self) -> Vec<(&str, Span)> {
        self.0.iter().map(|clause| (clause.name.as_str(), clause.span)).collect()
    }

    /// Its names, as messages show them: ``policy.after_cancel`, `reading``.
    pub fn describe(&self) -> String {
        let names: Vec<String> = self.0.iter().map(|clause| format!("`{}`", clause.name)).collect();
        names.join(", ")
    }
}

impl Clause {
    fn compile(name: &Spanned<String>, node: &Node, compiler: &mut Compiler<'_>) -> Option<Self> {
        let values = match name.value.strip_prefix(POLICY) {
            Some(key) => policy_answers(&Spanned::new(key.to_owned(), name.span), node, compiler)?,
            None if is_name(&name.value) => list_or_one(node).iter().map(Node::to_json).collect(),
            None => {
                let message = format!("`{}` is no name of a captured value or a policy", name.value);
                let help =
                    "`when` takes names such as `policy.after_cancel`, each with a value or a list of values";
                compiler.report(Diagnostic::error("unknown-name", message).at(name.span, "").help(help));
                return None;
            }
        };
        Some(Self { name: name.value.clone(), values, span: name.span })
    }

    fn policy(&self) -> Option<&str> {
        self.name.strip_prefix(POLICY)
    }

    fn allows(&self, value: Option<&Value>) -> bool {
        value.is_some_and(|value| self.values.iter().any(|own| equal(own, value)))
    }

    /// Its values, as messages show them.
    fn wanted(&self) -> String {
        self.values.iter().map(shorten).collect::<Vec<_>>().join(" or ")
    }

    fn impossible(&self, kind: Kind) -> Diagnostic {
        let (noun, help) = kind.describe();
        let message = format!("`{}` is {noun}, and never {}", self.name, self.wanted());
        Diagnostic::error("never-equal", message).at(self.span, "").help(help)
    }

    fn misfit(&self, lookup: &dyn Lookup) -> Option<String> {
        let value = lookup.look_up(&self.name)?.into_json();
        let wanted = self.wanted();
        (!self.allows(Some(&value)))
            .then(|| format!("`{}` is {} and not {wanted}", self.name, shorten(&value)))
    }

    fn holds(&self, lookup: &dyn Lookup) -> Option<bool> {
        let value = lookup.look_up(&self.name)?.into_json();
        Some(self.allows(Some(&value)))
    }
}

/// The answers of a policy that are meant: a list is one answer where the policy's answers are lists.
fn policy_answers(name: &Spanned<String>, node: &Node, compiler: &mut Compiler<'_>) -> Option<Vec<Value>> {
    let Some(key) = compiler.registry.policy(&name.value) else {
        let unknown = compiler.registry.unknown_policy(name);
        compiler.report(unknown);
        return None;
    };
    if key.allows(&node.to_json()) {
        return Some(vec![node.to_json()]);
    }
    for answer in list_or_one(node).iter().filter(|answer| !key.allows(&answer.to_json())) {
        compiler.diagnostics.push(key.refusal(answer));
    }
    Some(list_or_one(node).iter().map(Node::to_json).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::compile;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case("{ policy.client_mistake: 4xx }", Some(true))]
    #[case("{ policy.client_mistake: [4xx, any-error] }", Some(true))]
    #[case("{ policy.client_mistake: any-error }", Some(false))]
    #[case("{ policy.redirect_codes: [303] }", Some(true))]
    #[case("{ policy.redirect_codes: [[302, 303]] }", Some(false))]
    #[case("{ policy.client_mistake: 4xx, id: 1 }", None)]
    #[case("{ policy.client_mistake: any-error, id: 1 }", Some(false))]
    fn policies_decide_before_anything_is_sent(#[case] text: &str, #[case] expected: Option<bool>) {
        let (when, mistakes) = compile(text, When::compile);
        assert_eq!(mistakes, "");
        let mut policies = Policies::default();
        policies.set("client_mistake", json!("4xx"));
        policies.set("redirect_codes", json!([303]));
        assert_eq!(when.decided(&policies), expected);
    }
}
