//! What the rules found in everything that the clients of one session did.

use crate::outcome::CheckOutcome;
use std::collections::BTreeSet;

use crate::outcome::verdict::{Circumstances, Verdict, roll_up, verdict};
use crate::requirement::Level;
use crate::rule::course::{Course, Exchange};
use crate::rule::{Deviation, Judgement, ROUTE, RULES, Rule};

/// The verdicts on the clients of one session, one for each rule.
#[derive(Debug, Clone, Default)]
pub struct Verdicts {
    /// In the order of [`RULES`].
    pub rules: Vec<RuleVerdict>,
    /// Why nothing can be said for certain, whatever the rules found.
    pub because: Vec<String>,
    /// How many requests the protocols got.
    pub exchanges: u64,
    /// How many of them belong to no job that a client started here, and were not judged.
    pub strays: u64,
    /// How many jobs the rules looked at, together with requests to where nothing is served.
    pub courses: usize,
    /// How many jobs their clients started.
    pub jobs: usize,
    /// The exchanges of the courses in which something was found.
    pub shown: Vec<Exchange>,
}

/// The verdict on one rule.
#[derive(Debug, Clone)]
pub struct RuleVerdict {
    /// The rule.
    pub rule: &'static Rule,
    /// How binding it is here.
    pub level: Level,
    /// The verdict.
    pub verdict: Verdict,
    /// What the rule saw in all courses together.
    pub judgement: Judgement,
}

/// What is known of the exchanges besides themselves.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Terms {
    /// Whether requests to where nothing is served are violations.
    pub(super) strict: bool,
    /// Whether something leaves in doubt that what was seen is all.
    pub(super) doubtful: bool,
}

/// So many exchanges are kept for a reader to follow.
const SHOWN: usize = 500;

impl Verdicts {
    /// Holds every rule against every course.
    pub(super) fn on(courses: &[Course], terms: Terms) -> Self {
        let rules = RULES.iter().map(|rule| RuleVerdict::on(rule, courses, terms)).collect();
        let jobs = courses.iter().flat_map(|course| &course.exchanges).filter_map(|exchange| exchange.job);
        let jobs = jobs.collect::<BTreeSet<u64>>().len();
        Self { rules, jobs, courses: courses.len(), ..Self::default() }.showing(courses)
    }

    /// Keeps the exchanges of the courses in which something was found, as far as a reader would follow.
    fn showing(mut self, courses: &[Course]) -> Self {
        let found =
            self.rules.iter().flat_map(|own| own.judgement.deviations.iter().chain(&own.judgement.doubts));
        let found: Vec<u64> = found.map(|deviation| deviation.exchange).collect();
        let is_found = |course: &&Course| course.exchanges.iter().any(|own| found.contains(&own.number));
        let shown = courses.iter().filter(is_found).flat_map(|course| course.exchanges.iter());
        self.shown = shown.take(SHOWN).cloned().collect();
        self.shown.sort_by_key(|exchange| exchange.number);
        self
    }

    /// These and later ones as one: what was found in either was found.
    #[must_use]
    pub fn and(mut self, later: Self) -> Self {
        if self.rules.is_empty() {
            return later;
        }
        let known = std::mem::take(&mut self.because);
        let more = later.because.into_iter().filter(|because| !known.contains(because)).collect::<Vec<_>>();
        self.because = [known, more].concat();
        let doubtful = !self.because.is_empty();
        let pairs = self.rules.into_iter().zip(later.rules);
        self.rules = pairs.map(|(one, other)| one.and(other, doubtful)).collect();
        self.shown.extend(later.shown);
        self.shown.truncate(SHOWN);
        let (exchanges, strays) = (self.exchanges + later.exchanges, self.strays + later.strays);
        let (courses, jobs) = (self.courses + later.courses, self.jobs + later.jobs);
        Self { exchanges, strays, courses, jobs, ..self }
    }

    /// The verdict on this rule; nothing if there is no such rule.
    pub fn get(&self, id: &str) -> Option<&RuleVerdict> {
        self.rules.iter().find(|own| own.rule.id == id)
    }

    /// The verdict over all: the gravest of what was exercised. It is inconclusive where no obligation was, where a rule
    /// could not be told, or where something happened that leaves all of them in doubt.
    pub fn verdict(&self) -> Verdict {
        let told = || self.rules.iter().filter(|own| own.is_told() && own.verdict != Verdict::Info);
        let is_proof = told().any(|own| own.level.is_must());
        match roll_up(told().map(|own| own.verdict)) {
            Verdict::Pass if !is_proof => Verdict::Inconclusive,
            verdict => verdict,
        }
    }

    /// The rules that had nothing to look at.
    pub fn unexercised(&self) -> impl Iterator<Item = &RuleVerdict> {
        self.rules.iter().filter(|own| !own.is_told())
    }
}

impl RuleVerdict {
    fn on(rule: &'static Rule, courses: &[Course], terms: Terms) -> Self {
        let judgement = courses.iter().map(|course| judge(rule, course)).fold(Judgement::new(), joined);
        let level = if terms.strict && rule.id == ROUTE.id { Level::Must } else { rule.level };
        Self::made((rule, level), judgement, terms.doubtful)
    }

    fn made((rule, level): (&'static Rule, Level), judgement: Judgement, doubtful: bool) -> Self {
        let outcome = match judgement.outcome() {
            CheckOutcome::Held if doubtful => CheckOutcome::NotReached,
            outcome => outcome,
        };
        let verdict = match outcome {
            CheckOutcome::Vacuous => Verdict::Inconclusive,
            outcome => verdict(outcome, circumstances(level)),
        };
        Self { rule, level, verdict, judgement }
    }

    fn and(self, later: Self, doubtful: bool) -> Self {
        let judgement = joined(self.judgement, later.judgement);
        Self::made((self.rule, self.level.min(later.level)), judgement, doubtful)
    }

    /// Whether there was something to look at, or to doubt.
    pub fn is_told(&self) -> bool {
        self.judgement.outcome() != CheckOutcome::Vacuous
    }

    /// Whether something was not as it should be, however binding that is.
    pub fn is_violated(&self) -> bool {
        self.judgement.outcome() == CheckOutcome::Violated
    }

    /// Why nothing could be said, if nothing could.
    pub fn because(&self) -> Option<&'static str> {
        match (self.judgement.outcome(), self.verdict) {
            (CheckOutcome::Vacuous, _) => Some("no client came to where this could be seen"),
            (CheckOutcome::NotReached, _) => Some("what was seen can be read in two ways"),
            (CheckOutcome::Held, Verdict::Inconclusive) => Some("something leaves all verdicts in doubt"),
            _ => None,
        }
    }

    /// What was found, or may have been.
    pub fn found(&self) -> &[Deviation] {
        if self.is_violated() { &self.judgement.deviations } else { &self.judgement.doubts }
    }

    /// The numbers of the exchanges in the journal that show the verdict, a few of them.
    pub fn evidence(&self) -> Vec<u64> {
        const SHOWN: usize = 10;
        let mut found: Vec<u64> = self.found().iter().map(|found| found.exchange).take(SHOWN).collect();
        found.dedup();
        if found.is_empty() { self.judgement.evidence.clone() } else { found }
    }
}

fn circumstances(level: Level) -> Circumstances {
    Circumstances { level, recorded: false, controls_held: true, declared_off: false, lenient: false }
}

/// What a rule finds in a course; whether a client is to blame for what followed on a violation of the mock itself
/// cannot be told.
fn judge(rule: &Rule, course: &Course) -> Judgement {
    let mut judgement = (rule.judge)(course);
    if course.exchanges.iter().any(|exchange| exchange.misled) {
        judgement.doubts.append(&mut judgement.deviations);
    }
    judgement
}

fn joined(mut all: Judgement, one: Judgement) -> Judgement {
    const SHOWN: usize = 3;
    all.exercised += one.exercised;
    let room = SHOWN.saturating_sub(all.evidence.len());
    all.evidence.extend(one.evidence.into_iter().take(room));
    all.deviations.extend(one.deviations);
    all.doubts.extend(one.doubts);
    all
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::rule::course::Report;
    use crate::rule::sample::{Sample, course, invoke, nowhere};

    fn wrong() -> Sample {
        invoke().body("n=1").accepted()
    }

    fn guess() -> Sample {
        nowhere("/x").bare("authorization").answered(404)
    }

    fn judged(samples: Vec<Sample>, terms: Terms) -> Verdicts {
        let mut course = course(samples);
        course.end.report = Report::Unseen;
        Verdicts::on(&[course], terms)
    }

    const PLAIN: Terms = Terms { strict: false, doubtful: false };

    #[rstest]
    #[case::nothing(vec![], PLAIN, Verdict::Inconclusive)]
    #[case::right(vec![invoke().accepted()], PLAIN, Verdict::Pass)]
    #[case::wrong(vec![wrong()], PLAIN, Verdict::Fail)]
    #[case::right_in_doubt(vec![invoke().accepted()], Terms { doubtful: true, ..PLAIN }, Verdict::Inconclusive)]
    #[case::wrong_in_doubt(vec![wrong()], Terms { doubtful: true, ..PLAIN }, Verdict::Fail)]
    #[case::misled(vec![wrong().misled()], PLAIN, Verdict::Inconclusive)]
    #[case::a_guess(vec![guess()], PLAIN, Verdict::Inconclusive)]
    #[case::no_obligation(vec![nowhere("/x").answered(404)], PLAIN, Verdict::Inconclusive)]
    #[case::a_strict_guess(vec![guess()], Terms { strict: true, ..PLAIN }, Verdict::Fail)]
    fn the_gravest_verdict_counts(
        #[case] samples: Vec<Sample>,
        #[case] terms: Terms,
        #[case] expected: Verdict,
    ) {
        let verdicts = judged(samples, terms);
        assert_eq!(verdicts.verdict(), expected, "{verdicts}");
    }

    #[test]
    fn what_was_found_once_was_found() {
        let (right, wrong) = (judged(vec![invoke().accepted()], PLAIN), judged(vec![wrong()], PLAIN));
        for both in [right.clone().and(wrong.clone()), wrong.and(right)] {
            let own = both.get("CV-ARGS-1").unwrap();
            assert_eq!((own.verdict, own.judgement.exercised, own.found().len()), (Verdict::Fail, 2, 1));
            assert_eq!((both.jobs, both.courses), (2, 2));
        }
    }
}
