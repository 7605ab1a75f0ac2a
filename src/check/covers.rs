//! `covers:`: the requirements that something stands for.

use super::block::Compiler;
use crate::diagnostic::Diagnostic;
use crate::requirement::RequirementId;
use crate::yaml::{Node, list_or_one, text};

/// Reads an id or a list of them; unknown ones are reported and left out.
pub fn compile(node: Option<&Node>, compiler: &mut Compiler<'_>) -> Vec<RequirementId> {
    node.map(list_or_one).unwrap_or_default().iter().filter_map(|item| one(item, compiler)).collect()
}

fn one(node: &Node, compiler: &mut Compiler<'_>) -> Option<RequirementId> {
    let id = text(node, compiler.diagnostics)?;
    let registry = compiler.registry;
    if let Some(requirement) = registry.requirement(&id.value) {
        return Some(requirement.id.clone());
    }
    let message = format!("{} has no requirement `{}`", registry.profile, id.value);
    let known = registry.requirements.iter().map(|requirement| requirement.id.as_str());
    let near = crate::diagnostic::nearest(&id.value, known);
    let way_out = near.map_or_else(
        || "`orchspec list requirements` lists them all".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    compiler
        .report(Diagnostic::error("unknown-requirement", message).at(id.span, "unknown id").help(way_out));
    None
}
