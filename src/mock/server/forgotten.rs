//! What stood for jobs that are not remembered any more, so that who asks for one of them is told from who invents one.

use std::collections::BTreeSet;

/// So many names are remembered: some megabytes.
const MOST: usize = 1 << 15;

/// Names of forgotten jobs, as callers know them.
#[derive(Debug, Default)]
pub(crate) struct Forgotten {
    names: BTreeSet<String>,
    /// There were more than can be remembered: any name may be one of them.
    overflowed: bool,
}

impl Forgotten {
    pub(super) fn extend(&mut self, names: impl IntoIterator<Item = String>) {
        for name in names {
            if self.names.len() < MOST {
                self.names.insert(name);
            } else {
                self.overflowed = true;
            }
        }
    }

    /// Whether this may have been the name of a job.
    pub(crate) fn may_hold(&self, name: &str) -> bool {
        self.overflowed || self.names.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_again() {
        let mut forgotten = Forgotten::default();
        forgotten.extend(["955".to_owned()]);
        assert_eq!((forgotten.may_hold("955"), forgotten.may_hold("956")), (true, false));
    }

    #[test]
    fn where_names_are_missing_any_may_have_been_one() {
        let mut forgotten = Forgotten::default();
        forgotten.extend((0..=MOST).map(|name| name.to_string()));
        assert_eq!(forgotten.names.len(), MOST);
        assert!(forgotten.may_hold("somebody"));
    }
}
