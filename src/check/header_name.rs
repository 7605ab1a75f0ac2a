//! Names of headers that an expectation looks for: what no message can have would always be absent.

use crate::diagnostic::Diagnostic;
use crate::profile;
use crate::source::Span;

/// Reports a name that no header can have.
pub(super) fn refuse_impossible(name: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) {
    if let Err(reason) = profile::header_name(name) {
        let help = "write the name alone, such as `x-request-id`, without a colon or a space";
        diagnostics.push(Diagnostic::error("header", reason).at(span, "").help(help));
    }
}
