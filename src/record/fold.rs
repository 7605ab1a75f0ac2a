//! Exchanges to acts: reads of one job's state become a poll, a chain of redirects becomes one request.

use super::dialect::Dialect;
use super::line::Line;
use crate::profile::Operation;
use crate::requirement::Policies;

/// What becomes one step of the scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Act {
    /// How its exchanges belong together.
    pub kind: ActKind,
    /// Its exchanges, in the order of sending; never empty.
    pub lines: Vec<usize>,
}

/// How the exchanges of an act belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ActKind {
    /// One request.
    Once,
    /// One request again and again, until its last answer.
    Poll,
    /// The same, but the client went away before the job ended.
    BrokenPoll,
    /// A request and the redirects behind it.
    Follow,
}

impl Act {
    /// Its first exchange.
    pub(super) fn first(&self) -> usize {
        self.lines.first().copied().unwrap_or_default()
    }

    /// Its last exchange.
    pub(super) fn last(&self) -> usize {
        self.lines.last().copied().unwrap_or_default()
    }

    /// Whether what its last answer says can be used later: a replay sees the same kind of answer there.
    pub(super) fn has_end(&self) -> bool {
        self.kind != ActKind::BrokenPoll
    }
}

/// Puts every exchange into one act.
pub(super) fn fold(lines: &[Line<'_>], dialect: &dyn Dialect, policies: &Policies) -> Vec<Act> {
    let mut folding = Folding { lines, dialect, policies, taken: vec![false; lines.len()] };
    (0..lines.len()).filter_map(|at| folding.act(at)).collect()
}

/// Whether a status is the redirect of the protocol.
pub(super) fn is_redirect(status: u16, policies: &Policies) -> bool {
    let codes = policies.get("redirect_codes").and_then(serde_json::Value::as_array);
    codes.into_iter().flatten().any(|code| *code == status)
}

struct Folding<'a> {
    lines: &'a [Line<'a>],
    dialect: &'a dyn Dialect,
    policies: &'a Policies,
    taken: Vec<bool>,
}

impl Folding<'_> {
    fn act(&mut self, at: usize) -> Option<Act> {
        if std::mem::replace(&mut self.taken[at], true) {
            return None;
        }
        if self.dialect.asks(self.lines, at) {
            return Some(self.poll(at));
        }
        let lines = self.chain(at);
        let kind = if lines.len() > 1 { ActKind::Follow } else { ActKind::Once };
        Some(Act { kind, lines })
    }

    /// Every further read of the same, up to the one that says how it ended; whatever changes the job ends it, too.
    fn poll(&mut self, first: usize) -> Act {
        let mut lines = vec![first];
        let goes_on = |at: usize| self.dialect.goes_on(&self.lines[at]);
        let mut is_open = goes_on(first);
        for at in first + 1..self.lines.len() {
            if !is_open || self.changes(at, first) {
                break;
            }
            if self.is_same_read(first, at) && !self.taken[at] {
                lines.push(at);
                is_open = goes_on(at);
            }
        }
        for at in &lines {
            self.taken[*at] = true;
        }
        Act { kind: if is_open { ActKind::BrokenPoll } else { ActKind::Poll }, lines }
    }

    fn is_same_read(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.lines[one], &self.lines[other]);
        one.principal == other.principal && one.words == other.words && one.operation() == other.operation()
    }

    /// Whether a later exchange may change what the polled read shows.
    fn changes(&self, at: usize, read: usize) -> bool {
        let operand = |at: usize| self.lines[at].words.values().next().cloned();
        self.lines[at].operation() == Operation::Cancel && operand(at) == operand(read)
    }

    /// The exchange and those that redirects led to, one after the other.
    fn chain(&mut self, first: usize) -> Vec<usize> {
        let mut lines = vec![first];
        let mut last = first;
        while let Some(next) = self.next_hop(last) {
            self.taken[next] = true;
            lines.push(next);
            last = next;
        }
        lines
    }

    fn next_hop(&self, at: usize) -> Option<usize> {
        let line = &self.lines[at];
        let location = line.location().filter(|_| is_redirect(line.response.status, self.policies))?;
        let later = (at + 1..self.lines.len()).filter(|next| !self.taken[*next]);
        let mut reads = later.filter(|next| self.lines[*next].operation() == Operation::Get);
        reads.find(|next| self.lines[*next].word("get") == Some(location.as_str()))
    }
}
