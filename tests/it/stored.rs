//! Stored reports: that nothing is lost by storing, and what can be made of them afterwards.

use orchspec::report::Format;
use rstest::{Context, rstest};

use crate::orchspec::Orchspec;

/// Lines of one text in an order that does not depend on which case ended first.
fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[rstest]
#[case::green(&[])]
#[case::red(&["--defect", "UIP-ASYNC-12/no-location", "--set", "uipath.jobs.typed=none"])]
#[case::in_real_time(&["elma/create/*", "uipath/general/*", "--embedded", "tcp", "--defect", "ELMA-CREATE-01/created-nowhere"])]
fn every_format_of_a_stored_report_is_that_of_the_run(
    #[context] context: Context,
    #[case] arguments: &[&str],
) {
    let program = Orchspec::new(&format!("stored_{}", context.description.unwrap()));
    let reports: Vec<String> = Format::NAMES
        .iter()
        .flat_map(|(name, _)| ["--report".to_owned(), format!("{name}=run.{name}")])
        .collect();
    let reports: Vec<&str> = reports.iter().map(String::as_str).collect();
    program.call(&[&["run"], arguments, &reports].concat());
    for (name, _) in Format::NAMES {
        let again = program.call_as_is(&["report", name, "run.json"]);
        assert_eq!(again.code, 0, "{again}");
        assert!(sorted(&program.read(&format!("run.{name}"))) == sorted(&again.stdout), "{name}");
    }
}
