//! What came in at the listener and reached no case: told to those that wait in vain.

use std::collections::BTreeSet;

use crate::clock::Instant;
use crate::http::message::readable;
use crate::json::shorten;
use crate::outcome::phrase;

/// So many are kept; whoever sends more sends the same again.
const MOST: usize = 256;

/// So many addresses are named.
const SHOWN: usize = 3;

/// What reached no case.
#[derive(Debug)]
struct Stray {
    came: Instant,
    what: What,
}

#[derive(Debug)]
enum What {
    /// A request to this path.
    Call(String),
    /// What is no request, in words.
    Garbage(String),
}

/// Everything that reached no case.
#[derive(Debug, Default)]
pub(super) struct Strays {
    came: Vec<Stray>,
    /// The paths that have been addresses in this run.
    known: BTreeSet<String>,
}

impl Strays {
    /// From now on this is the address of a case.
    pub(super) fn know(&mut self, path: &str) {
        self.known.insert(path.to_owned());
    }

    /// Keeps a call to a path that is nobody's.
    pub(super) fn call(&mut self, path: &str) {
        self.keep(What::Call(path.to_owned()));
    }

    /// Keeps what is no HTTP, by its first bytes.
    pub(super) fn garbage(&mut self, first: &[u8]) {
        self.keep(What::Garbage(spoken(first)));
    }

    fn keep(&mut self, what: What) {
        if self.came.len() < MOST {
            self.came.push(Stray { came: Instant::now(), what });
        }
    }

    /// What came between two moments, in words for whoever waits at the path `own`. The address of another case is that
    /// case's own, with whatever a server makes of it.
    pub(super) fn describe(&self, own: &str, (from, until): (Instant, Instant)) -> Option<String> {
        let is_anothers =
            |path: &str| self.known.iter().any(|known| known != own && path.contains(known.as_str()));
        let came = || self.came.iter().filter(|stray| (from..=until).contains(&stray.came));
        let paths: Vec<&str> =
            came().filter_map(|stray| stray.what.path()).filter(|path| !is_anothers(path)).collect();
        let garbage: Vec<&str> = came().filter_map(|stray| stray.what.garbage()).collect();
        let told: Vec<String> = calls(&paths).into_iter().chain(connections(&garbage)).collect();
        (!told.is_empty()).then(|| told.join("; "))
    }
}

impl What {
    fn path(&self) -> Option<&str> {
        match self {
            Self::Call(path) => Some(path),
            Self::Garbage(_) => None,
        }
    }

    fn garbage(&self) -> Option<&str> {
        match self {
            Self::Call(_) => None,
            Self::Garbage(words) => Some(words),
        }
    }
}

fn calls(paths: &[&str]) -> Option<String> {
    let number = phrase::count(paths.len(), "call");
    let mut distinct = paths.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    match distinct.as_slice() {
        [] => None,
        [path] => Some(format!("{number} came to {path}, which is the address of no case")),
        several => {
            Some(format!("{number} came to addresses of no case: {}", phrase::first_of(several, SHOWN)))
        }
    }
}

fn connections(garbage: &[&str]) -> Option<String> {
    let last = garbage.last()?;
    Some(format!("{} brought no HTTP/1.1: {last}", phrase::count(garbage.len(), "connection")))
}

/// What is spoken instead of HTTP/1.1.
fn spoken(first: &[u8]) -> String {
    match first {
        // A record of the type handshake (RFC 8446 §5.1).
        [0x16, 3, ..] => "TLS came, and the address begins with http:".to_owned(),
        _ => format!("what came begins with {}", shorten(&readable(first).into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn told(strays: &Strays) -> Option<String> {
        let now = Instant::now();
        let long_ago = now.checked_sub(Duration::from_mins(1)).unwrap_or(now);
        strays.describe("/own", (long_ago, now))
    }

    #[test]
    fn what_came_is_told_in_few_words() {
        let mut strays = Strays::default();
        strays.know("/own");
        strays.know("/another");
        strays.call("/another-one");
        assert_eq!(told(&strays), None);
        strays.call("/own-one");
        assert_eq!(told(&strays).unwrap(), "1 call came to /own-one, which is the address of no case");
    }

    #[test]
    fn equal_calls_are_told_once() {
        let mut strays = Strays::default();
        strays.call("/hookz");
        assert_eq!(told(&strays).unwrap(), "1 call came to /hookz, which is the address of no case");
        strays.call("/hookz");
        strays.call("/");
        assert_eq!(told(&strays).unwrap(), "3 calls came to addresses of no case: /, /hookz");
    }

    #[test]
    fn what_is_no_http_is_told_by_its_first_bytes() {
        let mut strays = Strays::default();
        strays.garbage(&[0x16, 3, 1, 2, 0]);
        assert_eq!(
            told(&strays).unwrap(),
            "1 connection brought no HTTP/1.1: TLS came, and the address begins with http:"
        );
        strays.garbage(b"PRI * HTTP/2.0\r\n");
        assert_eq!(
            told(&strays).unwrap(),
            r#"2 connections brought no HTTP/1.1: what came begins with "PRI * HTTP/2.0\r\n""#
        );
    }

    #[test]
    fn what_came_at_another_time_is_not_told() {
        let mut strays = Strays::default();
        strays.call("/hookz");
        let later = Instant::now() + Duration::from_mins(1);
        assert_eq!(strays.describe("/own", (later, later)), None);
    }

    #[test]
    fn a_flood_is_not_kept() {
        let mut strays = Strays::default();
        (0..2 * MOST).for_each(|_| strays.call("/hookz"));
        assert_eq!(strays.came.len(), MOST);
    }
}
