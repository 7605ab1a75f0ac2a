//! Which prepared job a scenario gets: the first entry, in file order, that fits what it asks for.

use std::time::Duration;

use super::{Echoes, Job, JobKind, Protocol, Window};
use crate::clock::format_duration;

/// The prepared jobs of a protocol.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Jobs {
    /// In file order.
    pub entries: Vec<Job>,
    /// The kinds of which the file says that there is none.
    pub absent: Vec<JobKind>,
}

impl Jobs {
    /// The entry of this label.
    pub fn get(&self, label: &str) -> Option<&Job> {
        self.entries.iter().find(|job| job.label == label)
    }
}

/// What a scenario asks of a job; whatever is not said fits every job.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of its own that a scenario may say or not")]
pub struct JobNeed {
    /// What it is for.
    pub kind: JobKind,
    /// The verb that starts it.
    pub verb: Option<String>,
    /// The mode it is started in, by the trigger or by the call.
    pub mode: Option<String>,
    /// The mode that its trigger is configured with.
    pub default_mode: Option<String>,
    /// How long it runs.
    pub runs: Bounds,
    /// How long it waits.
    pub queued: Bounds,
    /// How long both take together.
    pub ends: Bounds,
    /// Whether it must give back arguments.
    pub echoes: bool,
    /// Whether a hook must release it; otherwise it must end by itself.
    pub release_hook: bool,
    /// Whether it must take a mark.
    pub mark: bool,
    /// Whether it must have more than one version.
    pub versions: bool,
}

impl JobNeed {
    /// Asks for nothing but the kind.
    pub const fn of(kind: JobKind) -> Self {
        const ANY: Bounds = Bounds { longer_than: None, shorter_than: None };
        Self {
            kind,
            verb: None,
            mode: None,
            default_mode: None,
            runs: ANY,
            queued: ANY,
            ends: ANY,
            echoes: false,
            release_hook: false,
            mark: false,
            versions: false,
        }
    }
}

/// Limits of a length of time; neither is reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    /// It certainly lasts longer.
    pub longer_than: Option<Duration>,
    /// It certainly ends sooner.
    pub shorter_than: Option<Duration>,
}

/// What a need came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Binding<'a> {
    /// This job.
    Bound(&'a Job),
    /// The target file itself rules it out.
    Unattainable {
        /// How, with the key or the constraint named.
        reason: String,
    },
    /// The target file does not speak of such jobs.
    NotMentioned {
        /// What it would have to say.
        reason: String,
    },
}

/// Finds the job for a need.
pub fn bind<'a>(need: &JobNeed, protocol: &'a Protocol) -> Binding<'a> {
    let of_kind: Vec<&Job> = protocol.jobs.entries.iter().filter(|job| job.kind == need.kind).collect();
    match narrow(of_kind, &constraints(need, protocol)) {
        Ok(fitting) => preferred(need, &fitting).map_or_else(|| absent(need.kind, protocol), Binding::Bound),
        Err(words) => {
            let reason = format!("{}.jobs has no job of kind `{}` {words}", protocol.profile, need.kind);
            Binding::Unattainable { reason }
        }
    }
}

/// The jobs that meet every constraint, or, in words, the constraints up to the one that left none.
fn narrow<'a>(mut jobs: Vec<&'a Job>, constraints: &[Constraint<'_>]) -> Result<Vec<&'a Job>, String> {
    let mut words: Vec<&str> = Vec::new();
    let any = !jobs.is_empty();
    for constraint in constraints {
        words.push(&constraint.words);
        jobs.retain(|job| (constraint.fits)(job));
        if any && jobs.is_empty() {
            return Err(words.join(" "));
        }
    }
    Ok(jobs)
}

fn absent<'a>(kind: JobKind, protocol: &Protocol) -> Binding<'a> {
    let key = format!("{}.jobs", protocol.profile);
    if protocol.jobs.absent.contains(&kind) {
        return Binding::Unattainable { reason: format!("{key}.{kind} is `none`") };
    }
    Binding::NotMentioned { reason: format!("{key} does not mention the kind `{kind}`") }
}

/// The first job; where the call can choose the mode, rather one that is configured with it anyway, if that takes
/// no longer.
fn preferred<'a>(need: &JobNeed, fitting: &[&'a Job]) -> Option<&'a Job> {
    let first = fitting.first().copied()?;
    let configured =
        |job: &&&Job| need.mode.as_deref() == job.default_mode() && job.latest_end() <= first.latest_end();
    fitting.iter().find(configured).copied().or(Some(first))
}

/// One thing that is asked for, and how a message says it.
struct Constraint<'n> {
    words: String,
    fits: Box<dyn Fn(&Job) -> bool + 'n>,
}

fn constraints<'n>(need: &'n JobNeed, protocol: &Protocol) -> Vec<Constraint<'n>> {
    let mut all = Vec::new();
    let mut add = |words: String, fits: Box<dyn Fn(&Job) -> bool + 'n>| all.push(Constraint { words, fits });
    if let Some(verb) = &need.verb {
        add(format!("with the verb {verb}"), Box::new(move |job| job.verb() == Some(verb)));
    }
    if let Some(mode) = need.mode.as_ref().filter(|_| protocol.capability("call_mode") != Some(true)) {
        let words = format!("in the mode {mode}, and the call cannot choose it (`call_mode` is not `yes`)");
        add(words, Box::new(move |job| job.default_mode() == Some(mode)));
    }
    if let Some(mode) = &need.default_mode {
        let words = format!("configured with the mode {mode}");
        add(words, Box::new(move |job| job.default_mode() == Some(mode)));
    }
    if need.echoes {
        add(
            "that says what it gives back (`echoes`, `echoes_at`)".to_owned(),
            Box::new(|job| job.echoes != Echoes::None),
        );
    }
    if need.mark {
        add("that takes a `mark`".to_owned(), Box::new(|job| job.mark.is_some()));
    }
    if need.versions {
        add("with more than one of `versions`".to_owned(), Box::new(|job| job.versions.len() > 1));
    }
    all.extend(lengths(|end| format!("`runs.{end}` is"), need.runs, |job| job.runs));
    all.extend(lengths(|end| format!("`queued.{end}` is"), need.queued, |job| job.queued));
    let together = |end: &str| format!("`queued.{end}` and `runs.{end}` together are");
    all.extend(lengths(together, need.ends, Job::ends));
    let words = if need.release_hook { "with `release: hook`" } else { "that ends without a hook" };
    let fits = Box::new(|job: &Job| job.release_by_hook == need.release_hook);
    all.push(Constraint { words: words.to_owned(), fits });
    all
}

/// What is asked of a length of time.
fn lengths<'n>(
    words: impl Fn(&str) -> String,
    bounds: Bounds,
    read: fn(&Job) -> Window,
) -> Vec<Constraint<'n>> {
    let mut all: Vec<Constraint<'n>> = Vec::new();
    if let Some(bound) = bounds.longer_than {
        let words = format!("whose {} over {}", words("at_least"), format_duration(bound));
        all.push(Constraint { words, fits: Box::new(move |job| read(job).at_least > bound) });
    }
    if let Some(bound) = bounds.shorter_than {
        let words = format!("whose {} under {}", words("at_most"), format_duration(bound));
        all.push(Constraint { words, fits: Box::new(move |job| read(job).at_most < bound) });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::testing::{Machine, read};
    use rstest::rstest;

    const JOBS: &str = "
    post:  { path: /1, verb: POST, mode: AsyncRequestReply, kind: echo, runs: { at_least: 0s, at_most: 1s }, echoes_at: /echo }
    sync:  { path: /2, verb: POST, mode: LongPolling, kind: echo, runs: { at_least: 0s, at_most: 1s } }
    get:   { path: /3, verb: GET, mode: AsyncRequestReply, kind: echo, mark: m }
    short: { path: /4, verb: POST, mode: AsyncRequestReply, kind: sleep, runs: { at_least: 3s, at_most: 4s } }
    slow:  { path: /5, verb: POST, mode: AsyncRequestReply, kind: sleep, runs: { at_least: 30s, at_most: 40s } }
    long:  { path: /6, verb: POST, mode: LongPolling, kind: sleep, runs: { at_least: 10m, at_most: 10m } }
    held:  { path: /7, verb: POST, mode: AsyncRequestReply, kind: queue, release: hook }
    typed: none
";

    fn need(kind: JobKind) -> JobNeed {
        JobNeed::of(kind)
    }

    fn verb(verb: &str, need: JobNeed) -> JobNeed {
        JobNeed { verb: Some(verb.to_owned()), ..need }
    }

    fn mode(mode: &str, need: JobNeed) -> JobNeed {
        JobNeed { mode: Some(mode.to_owned()), ..need }
    }

    fn default_mode(mode: &str, need: JobNeed) -> JobNeed {
        JobNeed { default_mode: Some(mode.to_owned()), ..need }
    }

    fn longer_than(seconds: u64, mut need: JobNeed) -> JobNeed {
        need.runs.longer_than = Some(Duration::from_secs(seconds));
        need
    }

    fn shorter_than(seconds: u64, mut need: JobNeed) -> JobNeed {
        need.runs.shorter_than = Some(Duration::from_secs(seconds));
        need
    }

    fn ends_within(seconds: u64, mut need: JobNeed) -> JobNeed {
        need.ends.shorter_than = Some(Duration::from_secs(seconds));
        need
    }

    /// What a need comes to, in one word or sentence.
    fn bound(need: &JobNeed, call_mode: &str) -> String {
        let text = format!(
            "target: 1\nidentity: {{ organization: A, product: B }}\nuipath:\n  base: \"http://a\"\n  \
             capabilities: {{ call_mode: {call_mode} }}\n  jobs:{JOBS}"
        );
        let (target, messages) = read(&text, &[], &Machine::default());
        assert_eq!(messages, "");
        match bind(need, target.unwrap().protocol("uipath").unwrap()) {
            Binding::Bound(job) => job.label.clone(),
            Binding::Unattainable { reason } => format!("unattainable: {reason}"),
            Binding::NotMentioned { reason } => format!("not mentioned: {reason}"),
        }
    }

    #[rstest]
    #[case::first_in_file_order(need(JobKind::Echo), "post")]
    #[case::by_verb(verb("GET", need(JobKind::Echo)), "get")]
    #[case::with_echoes(JobNeed { echoes: true, ..need(JobKind::Echo) }, "post")]
    #[case::with_mark(JobNeed { mark: true, ..need(JobKind::Echo) }, "get")]
    #[case::longer(longer_than(4, need(JobKind::Sleep)), "slow")]
    #[case::the_bound_itself_is_not_longer(longer_than(3, need(JobKind::Sleep)), "slow")]
    #[case::shorter(shorter_than(5, need(JobKind::Sleep)), "short")]
    #[case::between(shorter_than(60, longer_than(20, need(JobKind::Sleep))), "slow")]
    #[case::not_behind_a_queue(ends_within(5, need(JobKind::Sleep)), "short")]
    #[case::configured(default_mode("LongPolling", need(JobKind::Sleep)), "long")]
    #[case::chosen_by_the_call(mode("LongPolling", need(JobKind::Sleep)), "short")]
    #[case::rather_configured_if_as_quick(mode("LongPolling", need(JobKind::Echo)), "sync")]
    #[case::released(JobNeed { release_hook: true, ..need(JobKind::Queue) }, "held")]
    fn the_first_fitting_entry_is_bound(#[case] need: JobNeed, #[case] label: &str) {
        assert_eq!(bound(&need, "yes"), label);
    }

    #[test]
    fn without_the_capability_the_mode_must_be_configured() {
        assert_eq!(bound(&mode("LongPolling", need(JobKind::Sleep)), "no"), "long");
    }

    #[test]
    fn what_cannot_be_bound_says_why() {
        let unbound = [
            bound(&need(JobKind::Typed), "yes"),
            bound(&need(JobKind::Fault), "yes"),
            bound(&need(JobKind::Queue), "yes"),
            bound(&verb("DELETE", need(JobKind::Echo)), "yes"),
            bound(
                &longer_than(60, verb("POST", default_mode("AsyncRequestReply", need(JobKind::Sleep)))),
                "yes",
            ),
            bound(&shorter_than(3, need(JobKind::Sleep)), "yes"),
            bound(&mode("FireAndForget", need(JobKind::Sleep)), "no"),
            bound(&ends_within(4, need(JobKind::Sleep)), "yes"),
            bound(&JobNeed { echoes: true, ..verb("GET", need(JobKind::Echo)) }, "yes"),
            bound(&JobNeed { versions: true, ..need(JobKind::Sleep) }, "yes"),
            bound(&JobNeed { mark: true, ..need(JobKind::Sleep) }, "yes"),
        ];
        insta::assert_snapshot!(unbound.join("\n"), @r"
        unattainable: uipath.jobs.typed is `none`
        not mentioned: uipath.jobs does not mention the kind `fault`
        unattainable: uipath.jobs has no job of kind `queue` that ends without a hook
        unattainable: uipath.jobs has no job of kind `echo` with the verb DELETE
        unattainable: uipath.jobs has no job of kind `sleep` with the verb POST configured with the mode AsyncRequestReply whose `runs.at_least` is over 1m
        unattainable: uipath.jobs has no job of kind `sleep` whose `runs.at_most` is under 3s
        unattainable: uipath.jobs has no job of kind `sleep` in the mode FireAndForget, and the call cannot choose it (`call_mode` is not `yes`)
        unattainable: uipath.jobs has no job of kind `sleep` whose `queued.at_most` and `runs.at_most` together are under 4s
        unattainable: uipath.jobs has no job of kind `echo` with the verb GET that says what it gives back (`echoes`, `echoes_at`)
        unattainable: uipath.jobs has no job of kind `sleep` with more than one of `versions`
        unattainable: uipath.jobs has no job of kind `sleep` that takes a `mark`
        ");
    }
}
