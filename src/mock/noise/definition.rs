//! What is said of a noise: its name, what it does, why it is allowed, what a target file must say of it.

use std::fmt;

use super::Behaviour;

/// What a target file must declare more widely for a noise to stay within the declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widening {
    /// Nothing.
    None,
    /// Jobs take up to a tenth longer.
    Jobs,
    /// Jobs of a second at most may take no time.
    NoTime,
    /// Held calls are answered up to a fifth earlier or later.
    Hold,
}

/// One harmless difference.
#[derive(Clone, Copy)]
pub struct Noise {
    /// Its name; never changed once given.
    pub id: &'static str,
    /// What the mock does then.
    pub sentence: &'static str,
    /// The rule by which every server may do it.
    pub allowed_by: &'static str,
    /// What a target file must declare more widely.
    pub widening: Widening,
    pub(super) behaviour: &'static dyn Behaviour,
}

impl fmt::Debug for Noise {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}
