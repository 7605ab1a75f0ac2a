//! Fairness: no server that reads the documents in a legal way is found wanting, and no legal way hides a violation.
//!
//! Servers are drawn at random from everything that the embedded mock can play without a defect. A counterexample is
//! printed as the shortest command line that repeats it. `ORCHSPEC_FAIRNESS_DRAWS` asks for more draws, and
//! `ORCHSPEC_FAIRNESS_SEED` for other ones.

mod draw;
mod excused;
mod readings;

use orchspec::cli::rounds::Rounds;
use orchspec::mock::{DEFECTS, Defect};
use orchspec::outcome::{CaseOutcome, CaseVerdict, Finding, RunOutcome, Verdict};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use draw::Draw;

const DRAWS: u32 = 500;
const SEED: u64 = 1;
/// Each draws for itself; more do not help on the machines that this runs on.
const THREADS: u64 = 2;

#[expect(clippy::disallowed_methods, reason = "this is how a person asks a test for more")]
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

/// What is drawn for one purpose does not depend on what is drawn for another.
fn generator(seed: u64, purpose: &str) -> TestRng {
    let mut bytes = [0_u8; 32];
    for (index, byte) in seed.to_be_bytes().into_iter().chain(purpose.bytes()).enumerate() {
        let place = &mut bytes[index % 32];
        *place = place.rotate_left(3) ^ byte;
    }
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

/// Tries a property on draws, over several threads; the error names the simplest counterexample.
fn try_draws(draws: u32, property: impl Fn(&Draw) -> Result<(), String> + Sync) -> Result<(), String> {
    let seed = number("ORCHSPEC_FAIRNESS_SEED", SEED);
    let share = draws.div_ceil(u32::try_from(THREADS).unwrap());
    let work = |thread: u64| {
        let config =
            Config { cases: share, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, generator(seed, &format!("thread {thread}")));
        let tried = runner.run(&draw::any(), |draw| property(&draw).map_err(TestCaseError::fail));
        tried.map_err(|error| match error {
            TestError::Fail(why, draw) => format!("(seed {seed})\n  {draw:?}\n{why}"),
            TestError::Abort(why) => why.to_string(),
        })
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || work(thread))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap())
    })
}

#[test]
fn no_conformant_server_is_found_wanting() {
    let rounds = Rounds::load().unwrap();
    let draws = u32::try_from(number("ORCHSPEC_FAIRNESS_DRAWS", DRAWS.into())).unwrap();
    let tried = try_draws(draws, |draw| {
        let mut words = draw.words();
        words.extend(["--concurrency".to_owned(), "1".to_owned()]);
        let complaints = complaints(&rounds.run(&words)?);
        if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n")) }
    });
    assert!(tried.is_ok(), "{}", tried.unwrap_err());
}

#[test]
fn no_conformant_way_hides_a_defect() {
    let rounds = Rounds::load().unwrap();
    let draws: Vec<(&Defect, Draw)> = draws_of_defects();
    let share = draws.len().div_ceil(usize::try_from(THREADS).unwrap());
    let hidden: Vec<String> = std::thread::scope(|scope| {
        let search = |share: &[(&Defect, Draw)]| -> Vec<String> {
            share.iter().filter_map(|(defect, draw)| hidden(&rounds, defect, draw)).collect()
        };
        let threads: Vec<_> = draws.chunks(share).map(|share| scope.spawn(move || search(share))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(hidden.is_empty(), "\n{}", hidden.join("\n"));
}

/// A few conformant servers for each defect, to add it to; the same ones whatever other defects there are.
fn draws_of_defects() -> Vec<(&'static Defect, Draw)> {
    const DRAWS_OF_EACH: usize = 4;
    let seed = number("ORCHSPEC_FAIRNESS_SEED", SEED);
    let of_one = |defect: &'static Defect| {
        let mut runner = TestRunner::new_with_rng(Config::default(), generator(seed, defect.id));
        let draw = move |_| (defect, draw::any().new_tree(&mut runner).unwrap().current());
        (0..DRAWS_OF_EACH).map(draw)
    };
    DEFECTS.iter().flat_map(of_one).collect()
}

/// How to repeat it, where no check that cites a requirement of the defect is violated.
fn hidden(rounds: &Rounds, defect: &Defect, draw: &Draw) -> Option<String> {
    let mut words = draw.words();
    let citing = defect.requirements.iter().flat_map(|id| ["--requirement", *id]);
    words.extend(["--concurrency", "1", "--defect", defect.id].into_iter().chain(citing).map(str::to_owned));
    let outcome = rounds.run(&words).unwrap();
    let mut findings = outcome.cases.iter().flat_map(|case| &case.findings);
    let is_of_it =
        |finding: &Finding| finding.requirements.iter().any(|id| defect.requirements.contains(&id.as_str()));
    let is_seen = findings.any(is_of_it) || excused::is_hidden(defect.id, &words);
    (!is_seen).then(|| format!("{draw:?} --defect {}", defect.id))
}

/// Everything that the judge had to say against a conformant server.
fn complaints(outcome: &RunOutcome) -> Vec<String> {
    let of = |case: &CaseOutcome, own: &CaseVerdict| {
        let findings = case.findings.iter().filter(|finding| finding.requirements.contains(&own.requirement));
        let findings = findings.map(|finding| {
            format!(
                "\n      {}: {}: expected {}, actual {}",
                finding.step, finding.place, finding.expected, finding.actual
            )
        });
        let because = own.because.as_deref().unwrap_or_default();
        format!(
            "    {}: {} {}: {because}{}",
            case.id,
            own.requirement,
            own.verdict,
            findings.collect::<String>()
        )
    };
    let unfair = |case: &CaseOutcome, own: &CaseVerdict| match own.verdict {
        Verdict::Error | Verdict::Fail => true,
        Verdict::Inconclusive => !excused::is_excused(case, own),
        Verdict::Warn => own.policy.is_none(),
        Verdict::Info | Verdict::Pass | Verdict::Skip | Verdict::Unattainable | Verdict::Unsupported => false,
    };
    let cases = outcome.cases.iter();
    cases
        .flat_map(|case| case.verdicts.iter().filter(|own| unfair(case, own)).map(|own| of(case, own)))
        .collect()
}
