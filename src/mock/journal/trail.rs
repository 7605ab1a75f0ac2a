//! Which exchange led to which: whose `Location` a request followed, how many of them in a row, and how often the same
//! was asked for before. It remembers a bounded number of references, and no secret.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hyper::header::{AUTHORIZATION, HeaderMap, LOCATION};

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
    /// Which exchange gave a reference last, and at which hop it was itself.
    given: Recent<String, (u64, u32)>,
    asked: Recent<u64, u32>,
}

impl Trail {
    /// Where this request comes from; `target` is as the caller wrote it.
    pub(in crate::mock) fn arrive(&self, request: &Request, target: &str) -> Origin {
        let place = place(target, "/");
        let asked = digest(request, &place);
        let mut known = self.lock();
        let cause = known.given.get(&place).copied();
        let attempt = known.asked.get(&asked).copied().unwrap_or_default().saturating_add(1);
        known.asked.insert(asked, attempt);
        Origin {
            caused_by: cause.map(|(exchange, _)| exchange),
            hop: cause.map_or(0, |(_, hop)| hop.saturating_add(1)),
            attempt,
        }
    }

    /// The answer to that request gives these headers.
    pub(in crate::mock) fn answer(&self, (exchange, hop): (u64, u32), target: &str, headers: &HeaderMap) {
        for reference in headers.get_all(LOCATION) {
            let reference = place(&String::from_utf8_lossy(reference.as_bytes()), target);
            self.lock().given.insert(reference, (exchange, hop));
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

/// The latest entries, so many as are worth their memory.
#[derive(Debug)]
struct Recent<K, V> {
    entries: BTreeMap<K, V>,
    order: VecDeque<K>,
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self { entries: BTreeMap::new(), order: VecDeque::new() }
    }
}

impl<K: Ord + Clone, V> Recent<K, V> {
    const ROOM: usize = 65_536;

    fn get(&self, key: &K) -> Option<&V> {
        self.entries.get(key)
    }

    fn insert(&mut self, key: K, value: V) {
        if self.entries.insert(key.clone(), value).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > Self::ROOM
            && let Some(oldest) = self.order.pop_front()
        {
            self.entries.remove(&oldest);
        }
    }
}

/// What makes two requests the same: their caller, what they ask for, and the beginning of what they send.
fn digest(request: &Request, place: &str) -> u64 {
    const LOOKED_AT: usize = 8 << 10;
    let mut hasher = DefaultHasher::new();
    let credential = request.headers.get(AUTHORIZATION).map(hyper::header::HeaderValue::as_bytes);
    let body = &request.body[..request.body.len().min(LOOKED_AT)];
    (request.method.as_str(), place, credential, request.body.len(), body).hash(&mut hasher);
    hasher.finish()
}

/// Path and query of a reference that stands in an answer to `target`, whatever its form.
fn place(reference: &str, target: &str) -> String {
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

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut recent = Recent::default();
        for key in 0..Recent::<usize, ()>::ROOM + 10 {
            recent.insert(key, ());
        }
        assert_eq!((recent.entries.len(), recent.get(&9), recent.get(&10)), (65_536, None, Some(&())));
    }
}
