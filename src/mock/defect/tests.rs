//! The registry's own check: every defect shows on the wire, and first where it says it does.

mod probe;

use std::collections::BTreeSet;

use super::{Aspect, DEFECTS, Defect, Operation};
use crate::mock::{Arming, Configuration, RedirectAuth};
use probe::Seen;

/// What one exchange of the clean and of the deviating transcript differ in.
fn aspects(clean: &Seen, other: &Seen) -> BTreeSet<&'static str> {
    let (clean, other) = (&clean.reply, &other.reply);
    let differences = [
        ("status", clean.status != other.status || clean.at("/status") != other.at("/status")),
        ("header", clean.headers != other.headers),
        ("body", clean.body != other.body),
        ("timing", clean.took != other.took),
    ];
    differences.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

fn name(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Status => "status",
        Aspect::Header => "header",
        Aspect::Body => "body",
        Aspect::Timing => "timing",
        Aspect::State => "state",
    }
}

fn play(defect: Option<&'static Defect>) -> Vec<Seen> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let mut seen = Vec::new();
    for switch in [RedirectAuth::Required, RedirectAuth::InitialOnly] {
        let mut configuration = Configuration::embedded().with_redirect_auth(switch);
        configuration.defects.extend(defect.map(|defect| (defect, Arming::Always)));
        seen.extend(runtime.block_on(probe::play(configuration)));
    }
    seen
}

/// Why a defect does not do what its registry line says; `None` if it does.
fn objection(clean: &[Seen], defect: &'static Defect) -> Option<String> {
    let transcript = play(Some(defect));
    let Some((expected, found)) =
        clean.iter().zip(&transcript).find(|(clean, other)| clean.reply != other.reply)
    else {
        return Some(format!("{}: nothing differs", defect.id));
    };
    let differs = aspects(expected, found);
    let shown_by_jobs = defect.affects.iter().any(|(_, aspect)| *aspect == Aspect::State);
    let declared = |operation: Operation| {
        let declared = defect.affects.iter().filter(move |(affected, _)| *affected == operation);
        declared.map(|(_, aspect)| name(*aspect)).any(|aspect| differs.contains(aspect))
    };
    if shown_by_jobs || found.operation.is_some_and(declared) {
        return None;
    }
    Some(format!("{}: {:?} differs first in {differs:?}: {}", defect.id, found.operation, found.what))
}

#[test]
fn a_mock_without_defects_repeats_itself() {
    let (first, second) = (play(None), play(None));
    assert!(first.iter().zip(&second).all(|(first, second)| first.reply == second.reply));
}

#[test]
fn every_defect_shows_first_where_it_says() {
    let clean = play(None);
    let objections: Vec<_> = DEFECTS.iter().filter_map(|defect| objection(&clean, defect)).collect();
    assert!(objections.is_empty(), "\n{}", objections.join("\n"));
}

#[test]
fn ids_are_unique_and_start_with_a_requirement_of_theirs_or_its_neighbour() {
    let ids: BTreeSet<_> = DEFECTS.iter().map(|defect| defect.id).collect();
    assert_eq!(ids.len(), DEFECTS.len());
    for defect in DEFECTS {
        let (clause, slug) = defect.id.split_once('/').unwrap();
        let topic = clause.rsplit_once('-').unwrap().0;
        assert!(defect.requirements.iter().any(|id| id.starts_with(topic)), "{}", defect.id);
        assert!(!slug.is_empty() && !defect.affects.is_empty(), "{}", defect.id);
    }
}
