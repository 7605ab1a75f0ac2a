//! Whose call it is, by the mask of what the caller showed.

use crate::rule::course::Exchange;

/// The mask of the bearer or of the token of a system; nothing if the call shows none.
pub(super) fn credential(exchange: &Exchange) -> Option<String> {
    let bearer = exchange.bearer().map(str::to_owned);
    bearer.or_else(|| Some(exchange.json()?.get("auth_tkn")?.as_str()?.to_owned()))
}
