//! How requests get to a server where a proxy is named: through it, or why not.

use crate::diagnostic::Diagnostic;
use crate::http::proxy::{Proxy, Way};
use crate::runner::{Cause, Unreachable};
use crate::target::{Protocol, Target};

/// The proxy through which a protocol's requests go, if they do.
pub(crate) fn proxy<'a>(target: &'a Target, protocol: &Protocol) -> Option<&'a Proxy> {
    match target.proxying.proxies.way(&protocol.base.origin()) {
        Way::Through(named) => named.proxy.as_ref().ok(),
        Way::Direct | Way::DirectToLoopback(_) | Way::DirectByException(..) => None,
    }
}

/// A line for each protocol that a proxy concerns; what is wrong with the proxy is told when somebody is to be reached.
pub(crate) fn lines(target: &Target) -> String {
    let line = |protocol: &Protocol| {
        let way = target.proxying.proxies.way(&protocol.base.origin());
        Some(format!("{} is reached {}\n", protocol.base, describe(way)?))
    };
    target.protocols.iter().filter_map(line).collect()
}

/// What is said of a base without an HTTP answer. What may help where nobody is there is told by the caller, who is given
/// the keys that say how the server is reached.
pub(crate) fn refusal(
    target: &Target,
    found: &Unreachable,
    otherwise: impl FnOnce(&str) -> String,
) -> Diagnostic {
    let help = match &found.cause {
        Cause::Foreign { instead: Some(base), .. } => format!("write `{base}` as `base` in the target file"),
        Cause::Foreign { instead: None, .. } => {
            format!("check {} in the target file", keys(target, &found.base))
        }
        Cause::Nobody(_) | Cause::Silent(_) => otherwise(&keys(target, &found.base)),
    };
    Diagnostic::error("unreachable", found.describe()).help(help)
}

/// The keys of the target file that say how a server is reached, for somebody who does not reach it.
fn keys(target: &Target, base: &str) -> String {
    let is_proxied = target.protocols.iter().any(|protocol| {
        let way = target.proxying.proxies.way(&protocol.base.origin());
        protocol.base.as_str() == base && matches!(way, Way::Through(_))
    });
    let tls = base.starts_with("https:").then_some("`tls`");
    let others: Vec<&str> = tls.into_iter().chain(is_proxied.then_some("`proxy`")).collect();
    match others.split_last() {
        None => "`base`".to_owned(),
        Some((last, [])) => format!("`base` and {last}"),
        Some((last, rest)) => format!("`base`, {} and {last}", rest.join(", ")),
    }
}

fn describe(way: Way<'_>) -> Option<String> {
    match way {
        Way::Direct => None,
        Way::DirectToLoopback(named) => Some(format!(
            "directly: {} is not asked for loopback; to ask it all the same: --set proxy.loopback=true",
            named.by
        )),
        Way::DirectByException(named, exception) => Some(format!(
            "directly: {} is not asked for `{exception}` (NO_PROXY, or `proxy.no_proxy`)",
            named.by
        )),
        Way::Through(named) => {
            let proxy = named.proxy.as_ref().ok()?;
            Some(format!("through the proxy {}, as {} says", proxy.origin, named.by))
        }
    }
}
