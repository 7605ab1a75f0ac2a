//! The files of a suite that its requests may send.

use std::collections::BTreeMap;

use bytes::Bytes;

/// Files by their path below the suite's folder `files/`, with `/`.
#[derive(Debug, Clone, Default)]
pub struct Files(BTreeMap<String, Bytes>);

impl Files {
    /// No file at all.
    pub const fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// The bytes of a file; sharing them costs nothing.
    pub fn get(&self, name: &str) -> Option<&Bytes> {
        self.0.get(name)
    }

    /// The names of all files, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl FromIterator<(String, Bytes)> for Files {
    fn from_iter<I: IntoIterator<Item = (String, Bytes)>>(files: I) -> Self {
        Self(files.into_iter().collect())
    }
}
