//! The recorded exchanges as far as scenarios have words for them, and what is to be said of the rest.

use std::collections::BTreeSet;

use super::compose::Setting;
use super::line::{self, Line};
use super::tape::{Mishap, Taped};
use crate::profile::{Operation, Profile};

/// Headers that every client sends, or that the words of a request stand for; families end in a hyphen.
const USUAL_HEADERS: [&str; 14] = [
    "accept",
    "accept-",
    "authorization",
    "cache-control",
    "content-type",
    "dnt",
    "origin",
    "pragma",
    "priority",
    "referer",
    "sec-",
    "traceparent",
    "tracestate",
    "user-agent",
];

/// Something to be said before a line of the recording.
pub(super) type Remark = (usize, String);

/// What was recorded, sorted.
pub(super) struct Transcript<'a> {
    /// What can be said in words.
    pub lines: Vec<Line<'a>>,
    left_out: Vec<Remark>,
}

impl<'a> Transcript<'a> {
    /// Reads every exchange that went through the door of a profile.
    pub(super) fn of(own: &[&'a Taped], profile: &dyn Profile, setting: Setting<'a>) -> Self {
        let mut transcript = Self { lines: Vec::new(), left_out: Vec::new() };
        for taped in own {
            match line::read(taped, profile, setting.protocol) {
                Ok(line) if is_sent_again(&line, setting) => {
                    let (what, status) = (line::name(&taped.exchange.request), line.response.status);
                    transcript.leave_out(&format!(
                        "{what} was answered {status}, which a run sends again by itself"
                    ));
                }
                Ok(line) => transcript.lines.push(line),
                Err(why) => transcript.leave_out(&why),
            }
        }
        transcript
    }

    fn leave_out(&mut self, why: &str) {
        self.left_out.push((self.lines.len(), format!("left out: {why}")));
    }

    /// Remarks on the whole, and on whatever is left out.
    pub(super) fn remarks(&self, own: &[&Taped], mishaps: &[Mishap]) -> Vec<Remark> {
        let mut whole = Vec::new();
        let headers = unusual_headers(own);
        if !headers.is_empty() {
            whole.push(format!("headers of the client that are not written: {}", headers.join(", ")));
        }
        if own.windows(2).any(|pair| pair[1].exchange.timing.sent < pair[0].exchange.timing.complete) {
            whole.push(
                "some requests were under way at the same time: here they follow one another".to_owned(),
            );
        }
        whole.extend(mishaps.iter().map(Mishap::describe));
        whole.into_iter().map(|remark| (0, remark)).chain(self.left_out.iter().cloned()).collect()
    }
}

/// Whether a run would not show the answer to any step: a gateway's, which says nothing of the server.
fn is_sent_again(line: &Line<'_>, setting: Setting<'_>) -> bool {
    let is_repeatable = matches!(line.operation(), Operation::Create | Operation::Get);
    is_repeatable && setting.target.disturbances.on.contains(&line.response.status)
}

/// The names of headers that may matter to the server; their values may be secrets.
fn unusual_headers(own: &[&Taped]) -> Vec<String> {
    let headers = own.iter().flat_map(|taped| taped.exchange.request.headers.iter());
    let names = headers.map(|(name, _)| name.to_ascii_lowercase());
    let is_usual = |name: &str| {
        let mut usual = USUAL_HEADERS.iter();
        usual.any(|usual| name == *usual || usual.ends_with('-') && name.starts_with(usual))
    };
    let unusual: BTreeSet<String> = names.filter(|name| !is_usual(name)).collect();
    unusual.into_iter().collect()
}
