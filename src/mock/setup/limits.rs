//! The file's own bounds.

use crate::diagnostic::Diagnostic;
use crate::mock::server::{LIMITS, LIMITS_SHAPE, Limits};
use crate::yaml::{Fields, Node};

/// The usual limits, and over them those of the file.
pub(super) fn read(node: &Node, found: &mut Vec<Diagnostic>) -> Limits {
    let mut limits = Limits::default();
    let Some(fields) = Fields::open(node, &LIMITS_SHAPE, found) else { return limits };
    for limit in LIMITS {
        let Some(node) = fields.get(limit.name) else { continue };
        let text = node.as_text().map_or_else(|| node.describe(), str::to_owned);
        match limits.with(limit.name, &text) {
            Ok(changed) => limits = changed,
            Err(error) => {
                let help = format!("without a word about it, it is {}", limit.usual());
                found.push(Diagnostic::error("limit", error.to_string()).at(node.span, "").help(help));
            }
        }
    }
    limits
}
