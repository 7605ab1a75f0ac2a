//! Servers that share nothing with the mock: where they conform nothing is found wanting, and where they do not, the
//! right requirement is.

use std::sync::Mutex;

use rstest::{Context, rstest};

use crate::judged::{Judged, for_each_at_once};
use crate::server::{Server, defects};

const RELAXED: [&str; 2] = ["--redirect-auth", "initial-only"];

#[rstest]
#[case::elma("elma", &["--hooks"], &[])]
#[case::elma_without_hooks("elma", &[], &["--set", "hooks=none"])]
#[case::uipath("uipath", &["--hooks"], &[])]
#[case::uipath_without_hooks("uipath", &[], &["--set", "hooks=none"])]
#[case::uipath_relaxed(
    "uipath",
    &["--hooks", RELAXED[0], RELAXED[1]],
    &["--set", "uipath.redirect_auth=initial-only"]
)]
fn a_conformant_server_passes(
    #[context] context: Context,
    #[case] name: &str,
    #[case] options: &[&str],
    #[case] arguments: &[&str],
) {
    let server = Server::start(name, options);
    let judged = Judged::server(context.description.unwrap(), name, &server, arguments);
    assert_eq!(judged.ended.code, 0, "{}", judged.ended);
    assert!(judged.found_wanting().iter().all(|id| judged.verdict(id) == "info"), "{}", judged.ended);
    assert_eq!(judged.musts("inconclusive"), [""; 0]);
}

#[rstest]
#[case::elma("elma")]
#[case::uipath("uipath")]
fn every_defect_is_found_under_its_requirement(#[case] name: &str) {
    let missed = Mutex::new(Vec::new());
    for_each_at_once(&defects(name), |defect| {
        let (requirement, _) = defect.split_once('/').unwrap();
        if !is_found(name, defect, requirement) {
            missed.lock().unwrap().push(defect.to_owned());
        }
    });
    assert_eq!(missed.into_inner().unwrap(), [""; 0]);
}

/// Whether a check that cites the requirement is violated; whether that closes the gate is a matter of its level.
fn is_found(name: &str, defect: &str, requirement: &str) -> bool {
    let mut options = vec!["--hooks", "--defect", defect];
    let mut arguments = vec!["--requirement", requirement];
    if requirement == SEEN_IF_RELAXED {
        options.extend(RELAXED);
        arguments.extend(["--set", "uipath.redirect_auth=initial-only"]);
    }
    let judged = Judged::server(defect, name, &Server::start(name, &options), &arguments);
    let closes = judged.verdict(requirement) != "fail" || judged.ended.code == 1;
    closes && judged.found_wanting().contains(requirement)
}

/// The tenant's switch takes one of two values, and this requirement speaks of the one that is not the default.
const SEEN_IF_RELAXED: &str = "UIP-SYNC-10";
