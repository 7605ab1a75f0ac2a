//! `covers:`: the requirements that something stands for.

use super::block::Compiler;
use crate::diagnostic::{Diagnostic, nearest};
use crate::outcome::phrase;
use crate::requirement::{Registry, RequirementId};
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
    let unknown = Diagnostic::error("unknown-requirement", message).at(id.span, "unknown id");
    compiler.report(unknown.help(way_out(&id.value, registry)));
    None
}

/// How many requirements are named where none is near.
const SHOWN: usize = 10;

fn way_out(id: &str, registry: &Registry) -> String {
    let known: Vec<&str> = registry.requirements.iter().map(|requirement| requirement.id.as_str()).collect();
    match nearest(id, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if registry.is_implied => {
            "the suite has no registry: write one below `requirements/`, or leave `covers` out".to_owned()
        }
        None => format!("it has {}", phrase::first_of(&known, SHOWN)),
    }
}
