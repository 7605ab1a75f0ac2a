//! The one listener of a run: it knows the addresses of all cases that are under way, and brings each call to its own.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::mailbox::{Mailbox, at_once};
use super::stray::Strays;
use crate::http::listener::{Inbound, Listener, Outbound};
use crate::http::message::Response;
use crate::outcome::phrase;

/// A socket at which calls of the server come in.
#[derive(Debug)]
pub struct Listening {
    /// The socket.
    pub socket: TcpListener,
    /// The URL by which the server reaches it, without a slash at its end.
    pub url: String,
    /// What makes the addresses of the run hard to guess.
    pub key: [u8; 32],
}

/// Brings calls to the cases that they are for.
#[derive(Debug)]
pub(in crate::runner) struct Reception {
    url: String,
    key: ring::hmac::Key,
    /// The addresses by their paths below the URL; a path of its own choosing may belong to several cases.
    places: Mutex<BTreeMap<String, Vec<Arc<Mailbox>>>>,
    /// What came to none of them.
    strays: Mutex<Strays>,
}

impl Reception {
    /// Begins to take calls, for as long as the runtime lives.
    pub(in crate::runner) fn open(listening: &Listening, longest_body: u64) -> Result<Arc<Self>, String> {
        let socket = listening.socket.try_clone().and_then(|socket| {
            socket.set_nonblocking(true)?;
            tokio::net::TcpListener::from_std(socket)
        });
        let socket =
            socket.map_err(|error| format!("no call-backs can be taken: {}", phrase::reason(&error)))?;
        let reception = Arc::new(Self {
            url: listening.url.clone(),
            key: ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &listening.key),
            places: Mutex::default(),
            strays: Mutex::default(),
        });
        let own = Arc::clone(&reception);
        let answering = Box::new(move |inbound| own.take(&inbound));
        let own = Arc::clone(&reception);
        let hearing = Box::new(move |first: &[u8]| own.strays().garbage(first));
        let listener = Listener { base: origin(&listening.url), longest_body, answering, hearing };
        tokio::spawn(Arc::new(listener).serve(socket));
        Ok(reception)
    }

    /// The URL of a path.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// A path that nobody guesses who does not know the key of the run.
    pub(super) fn hidden_path(&self, of: &str) -> String {
        let tag = ring::hmac::sign(&self.key, of.as_bytes());
        tag.as_ref().iter().take(16).fold("/".to_owned(), |path, byte| format!("{path}{byte:02x}"))
    }

    /// Opens an address.
    pub(super) fn add(&self, path: &str, mailbox: &Arc<Mailbox>) {
        self.strays().know(path);
        self.places().entry(path.to_owned()).or_default().push(Arc::clone(mailbox));
    }

    /// Closes it.
    pub(super) fn remove(&self, path: &str, mailbox: &Arc<Mailbox>) {
        let mut places = self.places();
        if let Some(here) = places.get_mut(path) {
            here.retain(|own| !Arc::ptr_eq(own, mailbox));
            if here.is_empty() {
                places.remove(path);
            }
        }
    }

    /// Brings a call to every case whose address it is, and answers as the first of them says. A call for nobody is
    /// taken kindly: a case that has ended has nothing to say against it.
    fn take(&self, inbound: &Inbound) -> Outbound {
        let path = inbound.request.url.path();
        let here: Vec<Arc<Mailbox>> = {
            let places = self.places();
            let own = places.iter().filter(|(own, _)| is_at(path, own));
            own.flat_map(|(_, here)| here.iter().cloned()).collect()
        };
        if here.is_empty() {
            self.strays().call(path);
        }
        let answers: Vec<Outbound> = here.iter().map(|mailbox| mailbox.take(inbound)).collect();
        let nobody = || at_once(Response::plain(200, "no case waits here"));
        answers.into_iter().next().unwrap_or_else(nobody)
    }

    /// What came to the address of no case.
    pub(super) fn strays(&self) -> MutexGuard<'_, Strays> {
        self.strays.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn places(&self) -> MutexGuard<'_, BTreeMap<String, Vec<Arc<Mailbox>>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a path is the place itself or lies below it, whatever a proxy put in front.
fn is_at(path: &str, place: &str) -> bool {
    path.match_indices(place)
        .any(|(at, _)| matches!(path.as_bytes().get(at + place.len()), None | Some(b'/')))
}

/// Requests name their whole path.
fn origin(url: &str) -> String {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find('/').map_or(url.len(), |at| start + at);
    url[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("/ab", true)]
    #[case("/ab/", true)]
    #[case("/ab/completed", true)]
    #[case("/proxy/in/ab", true)]
    #[case("/abc", false)]
    #[case("/abc/ab", true)]
    #[case("/a/b", false)]
    fn a_call_is_for_the_place_at_or_below_which_it_comes(#[case] path: &str, #[case] expected: bool) {
        assert_eq!(is_at(path, "/ab"), expected);
    }

    #[rstest]
    #[case("http://127.0.0.1:9000", "http://127.0.0.1:9000")]
    #[case("https://ci.example.org/in/here", "https://ci.example.org")]
    fn what_stands_before_a_path_is_the_origin(#[case] url: &str, #[case] expected: &str) {
        assert_eq!(origin(url), expected);
    }
}
