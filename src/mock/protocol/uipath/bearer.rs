//! Who calls, and whether a call about a job needs to say so.

use hyper::header::AUTHORIZATION;

use crate::mock::configuration::RedirectAuth;
use crate::mock::fixture::Bearer;
use crate::mock::protocol::{Operation, Refusal};
use crate::mock::server::Exchange;

/// The bearer of the call. Where a defect looks away, the call counts as the first bearer's.
pub(super) fn authenticate(exchange: &Exchange<'_>) -> Result<Bearer, Refusal> {
    let bearers = &exchange.configuration.fixtures.bearers;
    let nobody = || Bearer { name: "nobody".into(), token: "".into(), views_jobs: true };
    let anyone = || bearers.first().cloned().unwrap_or_else(nobody);
    let Some(token) = token(exchange) else {
        return exchange.demand(false, Refusal::MissingCredential).map(|()| anyone());
    };
    match bearers.iter().find(|bearer| *bearer.token == *token) {
        Some(bearer) => Ok(bearer.clone()),
        None => exchange.demand(false, Refusal::UnknownCredential).map(|()| anyone()),
    }
}

/// The calls that follow the initial one: only those of a long poll may go without a bearer, and
/// only where the tenant says so.
pub(super) fn may_follow(exchange: &Exchange<'_>) -> Result<(), Refusal> {
    let open = exchange.configuration.redirect_auth == RedirectAuth::InitialOnly;
    if open && exchange.operation == Operation::Wait && !exchange.ignores_switch() {
        return Ok(());
    }
    let bearer = authenticate(exchange)?;
    exchange.demand(bearer.views_jobs, Refusal::NotViewer)
}

fn token<'a>(exchange: &'a Exchange<'_>) -> Option<&'a str> {
    let (scheme, token) = exchange.request.header(&AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
