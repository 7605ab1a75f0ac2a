//! The credential of a step's principal, put where the target file says that it travels.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::place;
use crate::http::message::Request;
use crate::profile::{Words, raw};
use crate::target::{Carrier, Secret};

/// Puts the credential into a request; without one nothing changes.
pub(super) fn attach(request: &mut Request, words: Words<'_>) -> Result<(), String> {
    let Some(secret) = words.credential.map(Secret::expose) else { return Ok(()) };
    match words.carrier {
        Some(Carrier::ByHand) => {}
        None | Some(Carrier::Bearer) => request.headers.push("Authorization", format!("Bearer {secret}")),
        Some(Carrier::Basic { user }) => {
            let pair = STANDARD.encode(format!("{user}:{secret}"));
            request.headers.push("Authorization", format!("Basic {pair}"));
        }
        Some(Carrier::Header { name }) => request.headers.push(name.as_str(), secret),
        Some(Carrier::Query { name }) => {
            request.url = place::with_query(&request.url, &[(name, secret.to_owned())])?;
        }
        Some(Carrier::Json { name }) => attach_member(request, name, secret),
    }
    Ok(())
}

/// A member that the scenario itself writes has the last say; what is no JSON object carries nothing.
fn attach_member(request: &mut Request, name: &str, secret: &str) {
    let Some(mut members) = raw::json_object(request) else { return };
    members.entry(name).or_insert_with(|| secret.into());
    request.body = Some(serde_json::Value::Object(members).to_string().into());
}
