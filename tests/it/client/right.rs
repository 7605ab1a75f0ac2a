//! Right clients pass in every situation, in whatever language; of one that does nothing nothing is known.

use rstest::rstest;

use super::judged::{judge, root, rules};
use crate::packages;

#[rstest]
#[case::python(&["python3", "clients/client.py"])]
#[case::node(&["node", "clients/client.mjs"])]
#[case::bash(&["bash", "clients/client.sh"])]
fn a_right_client_passes(#[case] command: &[&str]) {
    if command[0] == "bash" && !packages::are_there(&["curl", "jq"]) {
        return;
    }
    let path = root(command[1]);
    let (ended, report) = judge(&format!("client_{}", command[0]), &[], &[command[0], &path]);
    assert_eq!((ended.code, rules(&report, &["pass"]).len()), (0, orchspec::rule::RULES.len()), "{ended}");
    assert!(report["cases"].as_array().unwrap().len() >= 39, "{ended}");
}

#[rstest]
#[case("uipath/*")]
#[case("elma/*")]
fn of_a_client_that_does_nothing_nothing_is_known(#[case] situations: &str) {
    let name = format!("client_idle_{}", &situations[..4]);
    let (ended, report) = judge(&name, &[situations], &["true"]);
    assert_eq!(ended.code, 3, "{ended}");
    let rows = report["requirements"].as_array().unwrap().len();
    assert_eq!((rows > 0, rules(&report, &["inconclusive"]).len()), (true, rows), "{ended}");
}
