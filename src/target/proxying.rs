//! The proxies on the way to a server, and what of them no sink may show.

use super::Secret;
use crate::http::proxy::{Authorization, Proxies};

/// How requests get to the server where not every network leads there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxying {
    /// The proxies, and what is reached without them.
    pub proxies: Proxies,
    /// What they are shown, in every form in which an answer could repeat it.
    pub secrets: Vec<Secret>,
}

impl Proxying {
    /// Hides what these proxies are shown; `name` is where it is written.
    pub(super) fn hiding(proxies: Proxies, name: &str) -> Self {
        let named = [&proxies.https, &proxies.http];
        let read = named.into_iter().flatten().filter_map(|named| named.proxy.as_ref().ok());
        let shown = read.filter_map(|proxy| proxy.authorization.as_ref());
        let secrets = shown.flat_map(|shown| secrets(name, shown)).collect();
        Self { proxies, secrets }
    }
}

/// A password that is too short to be looked for alone is found together with its user.
fn secrets(name: &str, shown: &Authorization) -> impl Iterator<Item = Secret> {
    let forms = [shown.pair(), shown.password().to_owned()];
    let long = forms.into_iter().filter(|form| form.chars().count() >= Secret::SHORTEST);
    long.map(move |form| Secret::new(name, &form))
}
