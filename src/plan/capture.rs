//! The names that a step gives a value, each with what of an answer that is.

use super::compile::Compiling;
use super::names::Names;
use crate::check::Capture;
use crate::scenario::template::is_name;
use crate::source::Spanned;
use crate::yaml::Node;

impl Compiling<'_> {
    pub(super) fn captures(&mut self, written: &[(Spanned<String>, Node)]) -> Vec<(String, Capture)> {
        let mut captures = Vec::new();
        for (name, node) in written {
            if !is_name(&name.value) || name.value.contains('.') {
                let message =
                    format!("`{}` cannot be a name: letters, digits and underscores only", name.value);
                let word = name.value.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_");
                self.report("capture-name", &message, (name.span, &format!("write `{word}`")));
            }
            let capture = Capture::compile(node, self.checker.diagnostics);
            captures.extend(capture.map(|capture| (name.value.clone(), capture)));
        }
        captures
    }

    /// The first attempt needs a value, too, so that only a name that has one can be carried on.
    pub(super) fn carried(
        &mut self,
        written: &[(Spanned<String>, Node)],
        names: &Names,
    ) -> Vec<(String, Capture)> {
        names.check_all(
            written.iter().map(|(name, _)| (name.value.as_str(), name.span)),
            self.checker.diagnostics,
        );
        self.captures(written)
    }
}
