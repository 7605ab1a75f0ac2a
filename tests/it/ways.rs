//! Ways to run a job over HTTP that neither built-in protocol takes: a suite of one's own says what must be so in each, and
//! finds the server out that does otherwise.

use std::sync::Mutex;

use rstest::{Context, rstest};

use crate::judged::{Judged, for_each_at_once, program};
use crate::server::{Server, defects, target_file};

const SUITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ways");
const NAME: &str = "ways";

fn judge(folder: &str, options: &[&str], variable: (&str, &str)) -> Judged {
    let server = Server::start(NAME, options);
    let program = program(folder, server.base()).variable(variable.0, variable.1);
    Judged::run(&program, &["--suite", SUITE, "--target", &target_file(NAME)])
}

#[rstest]
#[case::as_it_is(&[], "delete")]
#[case::cancelled_by_post(&[], "post")]
#[case::relative_references(&["--variant", "relative"], "delete")]
#[case::nothing_yet(&["--variant", "no-content"], "delete")]
#[case::asynchronously(&["--variant", "respond-async"], "delete")]
#[case::cancelled_and_known(&["--variant", "remembers"], "delete")]
fn every_legal_way_passes(#[context] context: Context, #[case] options: &[&str], #[case] cancel_by: &str) {
    let judged = judge(&format!("ways-{}", context.description.unwrap()), options, ("CANCEL_BY", cancel_by));
    assert_eq!(judged.ended.code, 0, "{}", judged.ended);
    assert_eq!(judged.musts("pass").len(), 18, "{}", judged.ended);
}

#[test]
fn every_wrong_way_is_found_under_its_requirement() {
    let missed = Mutex::new(Vec::new());
    for_each_at_once(&defects(NAME), |defect| {
        let (requirement, _) = defect.split_once('/').unwrap();
        let judged = judge(&format!("ways-{defect}"), &["--defect", defect], ("CANCEL_BY", "delete"));
        if judged.ended.code != 1 || judged.verdict(requirement) != "fail" {
            missed.lock().unwrap().push(format!("{defect}: {}", judged.ended));
        }
    });
    assert_eq!(missed.into_inner().unwrap(), [""; 0]);
}
