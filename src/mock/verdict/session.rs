//! The verdicts of a session: its journal, taken apart and judged whenever somebody asks.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::Verdicts;
use super::flow::{Flows, flows};
use super::observe::exchanges;
use super::verdicts::Terms;
use crate::mock::clock::ClockMode;
use crate::mock::configuration::RedirectAuth;
use crate::mock::journal::{Entry, Journal};
use crate::mock::server::{Session, Shared};
use crate::rule::course::{Course, Task};

/// What there was to be judged: how far the journal went, how many calls there were, and what left them in doubt.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::mock) struct Seen {
    end: u64,
    asked: u64,
    because: Vec<String>,
}

impl Session {
    /// The verdicts on its clients by what they did so far, since the session began anew.
    ///
    /// Nobody but the clients knows what they were told to do and how they ended: a rule that asks for that is not
    /// exercised here. `orchspec client run` knows, and judges them all.
    pub fn verdicts(&self) -> Verdicts {
        self.looked_at().judge(&[])
    }

    /// The verdicts at the end: a fault that was planned and met nobody leaves them all in doubt.
    pub fn final_verdicts(&self) -> Verdicts {
        let shared = self.looked_at();
        shared.judge(&shared.unmet_faults())
    }

    /// The verdicts at the end, with those on everything before the session began anew.
    pub(in crate::mock) fn all_verdicts(&self) -> Verdicts {
        let earlier = self.shared().earlier.lock().unwrap_or_else(PoisonError::into_inner).clone();
        earlier.and(self.final_verdicts())
    }

    /// Whether somebody asked for the verdicts, so that they were not passed in silence.
    pub(in crate::mock) fn is_judged(&self) -> bool {
        self.shared().judged.load(Ordering::Relaxed)
    }

    fn looked_at(&self) -> &Shared {
        self.shared().judged.store(true, Ordering::Relaxed);
        self.shared()
    }
}

impl Shared {
    /// Remembers what was found, before the journal is forgotten.
    pub(in crate::mock) fn keep_verdicts(&self) {
        let now = self.judge(&[]);
        let mut earlier = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
        *earlier = std::mem::take(&mut *earlier).and(now);
    }

    /// Judges everything that the journal has; `because` leaves it in doubt. Where nothing happened since, what was found
    /// then is what is found now.
    fn judge(&self, because: &[String]) -> Verdicts {
        let seen = Seen {
            end: self.journal().map_or(0, Journal::end),
            asked: self.lock().traffic.total(),
            because: because.to_vec(),
        };
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        match found.as_ref().filter(|(then, _)| *then == seen) {
            Some((_, known)) => known.clone(),
            None => found.insert((seen, self.judge_anew(because))).1.clone(),
        }
    }

    fn judge_anew(&self, because: &[String]) -> Verdicts {
        let Flows { courses, strays, cut } = flows(exchanges(&self.entries(), &[]), self.told());
        let mut because = because.to_vec();
        let dropped = self.journal().map_or(0, Journal::dropped);
        if dropped > 0 {
            because.push(format!(
                "the journal was too short and lost {dropped} entries: give it a greater size"
            ));
        }
        if cut > 0 {
            because.push(format!("{cut} requests about jobs that were looked at too often were not judged"));
        }
        let terms = Terms { strict: self.configuration().strict, doubtful: !because.is_empty() };
        let asked = self.lock().traffic.total();
        Verdicts { because, strays, exchanges: asked, ..Verdicts::on(&courses, terms) }
    }

    fn entries(&self) -> Vec<Entry> {
        self.journal().map(|journal| journal.page(0, usize::MAX).entries).unwrap_or_default()
    }

    fn unmet_faults(&self) -> Vec<String> {
        let world = self.lock();
        let missed = world.meetings.counts().iter().filter(|count| count.is_missed());
        missed.map(|count| format!("no call met the fault {:?}", count.name)).collect()
    }

    /// What is known of every client of this session.
    fn told(&self) -> Course {
        let switch = self.configuration().redirect_auth;
        let task = Task { redirects_need_credential: switch == RedirectAuth::Required, ..Task::default() };
        Course { task, timeless: self.clock().mode() == ClockMode::Virtual, ..Course::default() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::mock::caller::Caller;
    use crate::mock::server::Kept;
    use crate::mock::{Configuration, Limits};

    /// Asking does not change what is found, and what was found does not outlive what happens after.
    #[tokio::test(start_paused = true)]
    async fn what_is_remembered_is_what_would_be_found() {
        let limits = Limits::default();
        let kept = Kept { limits: &limits, outlet: None, control_token: None };
        let session = Session::journalled("default", Configuration::embedded(), ClockMode::Real, kept);
        let caller = Caller { mock: session.clone() };
        for mark in ["a", "b", "c"] {
            caller.invoke("short", &json!({ "mark": mark })).await;
            let first = session.verdicts();
            let anew = session.shared().judge_anew(&[]);
            for verdicts in [first, session.verdicts()] {
                assert_eq!(verdicts.to_json(), anew.to_json());
            }
        }
        assert_eq!(session.verdicts().jobs, 3);
        session.shared().reset();
        assert_eq!(session.verdicts().jobs, 0);
    }
}
