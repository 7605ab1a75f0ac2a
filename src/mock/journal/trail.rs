//! Which exchange led to which: whose `Location` a request followed, how many of them in a row, and how often the same
//! was asked for before. It remembers a bounded number of references, and no secret.

use std::borrow::Cow;
use std::hash::{BuildHasher as _, Hash};
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::quality::FixedState;
use hyper::header::{AUTHORIZATION, HeaderMap, LOCATION};
use memchr::{memchr, memmem};

use crate::mock::bounded::Bounded;
use crate::mock::server::message::Request;

/// Where a request comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin {
    /// The exchange whose `Location` it follows: the latest that gave this reference.
    pub caused_by: Option<u64>,
    /// How many references it took to come here; 0 for a request that nobody's answer led to.
    pub hop: u32,
    /// How often the same caller has sent just this request by now, the first time being 1.
    pub attempt: u32,
}

/// What the references and requests of one session were.
#[derive(Debug, Default)]
pub(in crate::mock) struct Trail(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// By the digest of a reference: which exchange gave it last, and at which hop that was itself.
    given: Bounded<u64, (u64, u32)>,
    /// By the digest of a request: how often it came.
    asked: Bounded<u64, u32>,
}

impl Trail {
    /// Where this request comes from; `target` is as the caller wrote it.
    pub(in crate::mock) fn arrive(&self, request: &Request, target: &str) -> Origin {
        let place = place(target, "/");
        let given = digest(&place);
        let asked = digest(said(request, given));
        let mut known = self.lock();
        let cause = known.given.get(given).copied();
        let attempt = known.asked.entry(asked);
        *attempt = attempt.saturating_add(1);
        let attempt = *attempt;
        drop(known);
        Origin {
            caused_by: cause.map(|(exchange, _)| exchange),
            hop: cause.map_or(0, |(_, hop)| hop.saturating_add(1)),
            attempt,
        }
    }

    /// The answer to that request gives these headers.
    pub(in crate::mock) fn answer(&self, (exchange, hop): (u64, u32), target: &str, headers: &HeaderMap) {
        for reference in headers.get_all(LOCATION) {
            let reference = String::from_utf8_lossy(reference.as_bytes());
            let given = digest(place(&reference, target));
            *self.lock().given.entry(given) = (exchange, hop);
        }
    }

    /// Forgets everything.
    pub(super) fn clear(&self) {
        *self.lock() = Known::default();
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What makes two requests the same: their caller, what they ask for, and the beginning of what they send.
fn said(request: &Request, place: u64) -> impl Hash + '_ {
    const LOOKED_AT: usize = 8 << 10;
    let credential = request.headers.get(AUTHORIZATION).map(hyper::header::HeaderValue::as_bytes);
    let body = &request.body[..request.body.len().min(LOOKED_AT)];
    (request.method.as_str(), place, credential, request.body.len(), body)
}

fn digest(what: impl Hash) -> u64 {
    FixedState::default().hash_one(what)
}

/// Path and query of a reference that stands in an answer to `target`, whatever its form.
fn place<'a>(reference: &'a str, target: &str) -> Cow<'a, str> {
    if is_place(reference) {
        return reference.into();
    }
    let reference = reference.split('#').next().unwrap_or(reference);
    let (path, query) = match reference.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (reference, None),
    };
    let path = match behind_authority(path) {
        Some(path) => without_dots(path),
        None if path.starts_with('/') => without_dots(path),
        None => {
            let base = place(target, "/");
            let folder = base.split('?').next().unwrap_or_default().rsplit_once('/');
            without_dots(&format!("{}/{path}", folder.map_or("", |(folder, _)| folder)))
        }
    };
    match query {
        Some(query) => path + "?" + query,
        None => path,
    }
    .into()
}

/// Whether a reference is nothing but path and query already, as nearly all targets are.
fn is_place(reference: &str) -> bool {
    let reference = reference.as_bytes();
    reference.starts_with(b"/")
        && !reference.starts_with(b"//")
        && memchr(b'#', reference).is_none()
        && (memchr(b'.', reference).is_none() || memmem::find(reference, b"/.").is_none())
}

/// What stands behind scheme and authority, if there is an authority.
fn behind_authority(path: &str) -> Option<&str> {
    let rest = match path.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('/') => rest,
        _ => path.strip_prefix("//")?,
    };
    Some(rest.find('/').map_or("/", |slash| &rest[slash..]))
}

/// A path without `.` and `..`.
fn without_dots(path: &str) -> String {
    if !path.contains("/.") {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => _ = parts.pop(),
            _ => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use hyper::Method;
    use rstest::rstest;

    use super::*;

    fn ask(trail: &Trail, method: Method, target: &str, body: &'static str) -> Origin {
        let uri = target.parse().unwrap();
        let request = Request::new(method, &uri, HeaderMap::new(), Bytes::from(body));
        trail.arrive(&request, target)
    }

    fn give(trail: &Trail, (exchange, hop): (u64, u32), target: &str, location: &'static str) {
        let location = hyper::header::HeaderValue::from_static(location);
        trail.answer((exchange, hop), target, &HeaderMap::from_iter([(LOCATION, location)]));
    }

    #[rstest]
    #[case("http://mock.test:80/a/b?c=1#d", "/a/b?c=1")]
    #[case("//mock.test/a/b", "/a/b")]
    #[case("/./down/../a/b?x=../y", "/a/b?x=../y")]
    #[case("other?c", "/t/other?c")]
    #[case("../other", "/other")]
    #[case("https://mock.test", "/")]
    #[case("", "/t/")]
    #[case("/a?to=http://b/c", "/a?to=http://b/c")]
    fn a_reference_of_any_form_leads_to_one_place(#[case] reference: &str, #[case] expected: &str) {
        assert_eq!(place(reference, "/t/job?q"), expected);
    }

    #[test]
    fn a_chain_of_redirects_is_counted_and_its_last_link_is_the_cause() {
        let trail = Trail::default();
        assert_eq!(ask(&trail, Method::POST, "/t", "{}"), Origin { caused_by: None, hop: 0, attempt: 1 });
        give(&trail, (1, 0), "/t", "/w");
        assert_eq!(ask(&trail, Method::GET, "/w", ""), Origin { caused_by: Some(1), hop: 1, attempt: 1 });
        give(&trail, (2, 1), "/w", "http://other/w");
        assert_eq!(ask(&trail, Method::GET, "/w", ""), Origin { caused_by: Some(2), hop: 2, attempt: 2 });
        assert_eq!(ask(&trail, Method::GET, "/guessed", "").caused_by, None);
    }

    #[test]
    fn a_repeated_request_is_counted_and_another_one_is_not() {
        let trail = Trail::default();
        let attempts = ["a", "b", "a"].map(|body| ask(&trail, Method::POST, "/t", body).attempt);
        assert_eq!(attempts, [1, 1, 2]);
    }
}
