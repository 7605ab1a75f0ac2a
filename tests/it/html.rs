//! The HTML report in a real browser: what the scripts of `tests/fixtures/browser` find on pages that the real program wrote.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use orchspec::report::json::read::{Stored, read};
use orchspec::report::{Format, render};
use rstest::rstest;

use crate::formats;
use crate::orchspec::Orchspec;
use crate::stored;

/// Where the packages are that drive the browser.
static PACKAGES: LazyLock<Result<PathBuf, String>> = LazyLock::new(install);

/// A run in which one defect is found.
static VIOLATED: LazyLock<Orchspec> = LazyLock::new(|| {
    let program = Orchspec::new("html_violated");
    let reports = ["--report", "html=page.html", "--report", "json=report.json"];
    program.call(&[&["run", "--defect", "UIP-ASYNC-12/no-location"], &reports[..]].concat());
    program
});

/// The pages that compare a run without a defect with one that has one.
static COMPARED: LazyLock<Orchspec> = LazyLock::new(|| {
    let program = stored::before_and_after("html_compared");
    for kind in ["matrix", "diff"] {
        let page = format!("{kind}.html");
        program.call(&["report", kind, "before.json", "after.json", "--format", "html", "--output", &page]);
    }
    program
});

#[rstest]
#[case("filters_work_by_mouse_and_are_kept_in_the_address")]
#[case("filters_and_rows_work_by_keyboard")]
#[case("a_link_leads_to_the_case_that_it_names")]
#[case("everything_that_matters_can_be_read_without_scripts")]
#[case("an_exchange_shows_its_headers_and_bodies")]
#[case("the_diagram_works_by_keyboard")]
#[case("a_drawing_shows_what_was_recorded")]
#[case("what_the_harness_did_is_drawn_at_the_edge")]
#[case("a_phone_shows_all_without_scrolling_sideways")]
#[case("light_and_dark_follow_the_system_until_somebody_chooses")]
#[case("nobody_is_kept_out_in_light")]
#[case("nobody_is_kept_out_in_the_dark")]
fn the_page_is_as_it_should_be(#[case] name: &str) {
    check(name, &VIOLATED.path("page.html"));
}

#[rstest]
#[case("matrix", "a_matrix_opens_from_groups_to_what_was_found")]
#[case("matrix", "a_filter_of_the_matrix_looks_into_closed_groups")]
#[case("matrix", "a_matrix_can_be_read_without_scripts")]
#[case("matrix", "everybody_can_use_the_matrix")]
#[case("matrix", "a_phone_shows_the_matrix")]
#[case("diff", "a_difference_leads_to_its_regressions")]
#[case("diff", "everybody_can_use_the_difference")]
fn a_comparison_is_as_it_should_be(#[case] kind: &str, #[case] name: &str) {
    check(name, &COMPARED.path(&format!("{kind}.html")));
}

#[test]
fn a_kill_matrix_shows_which_checks_killed() {
    let program = &*VIOLATED;
    let mutants = ["mutants", "--requirement", "ELMA-CANCEL-03", "--report", "json=mutants.json"];
    assert_eq!(program.call(&mutants).code, 0);
    let page = ["report", "html", "report.json", "--mutants", "mutants.json", "--output", "kills.html"];
    assert_eq!(program.call(&page).code, 0);
    check("a_kill_matrix_can_be_read_by_everybody", &program.path("kills.html"));
}

#[test]
fn what_a_hostile_server_says_stays_text() {
    let program = formats::program("html_hostile");
    formats::run(&program, &["--report", "html=page.html"]);
    check("what_a_server_says_stays_text", &program.path("page.html"));
}

#[test]
fn thousands_of_cases_stay_usable() {
    let Stored { mut outcome, sources } = read("report.json", &VIOLATED.read("report.json")).unwrap();
    let once = outcome.cases.clone();
    for copy in 1..=5_000 / once.len() {
        outcome.cases.extend(once.iter().cloned().map(|mut case| {
            case.id = format!("{}@copy-{copy}", case.id);
            case
        }));
    }
    let page = VIOLATED.path("thousands.html");
    std::fs::write(&page, render(Format::Html, &outcome, &sources)).unwrap();
    check("thousands_of_cases_stay_usable", &page);
}

/// Lets a browser look at a page; on a machine of one's own on which none can be installed it says so.
fn check(name: &str, page: &Path) {
    check_with(name, page.to_str().unwrap(), &[]);
}

/// The same for a page that may be anywhere; the script is told more in its environment.
#[expect(clippy::print_stderr, reason = "a test that shows nothing says so, and one that measures says what")]
pub(crate) fn check_with(name: &str, page: &str, told: &[(&str, &str)]) {
    let packages = match &*PACKAGES {
        Ok(packages) => packages,
        Err(reason) => {
            assert!(!is_ci(), "the browser cannot be installed: {reason}");
            eprintln!("no page was looked at, because the browser cannot be installed: {reason}");
            return;
        }
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/browser/check.mjs");
    let mut command = Command::new("node");
    command.args([script, name, page]).env("BROWSER_PACKAGES", packages);
    let output = command.envs(told.iter().copied()).output().unwrap();
    let said =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "{said}");
    eprint!("{said}");
}

fn install() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("browser");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/install-browser");
    let output = Command::new(script).arg(&folder).output().map_err(|error| error.to_string())?;
    let said = || String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if output.status.success() { Ok(folder) } else { Err(said()) }
}

fn is_ci() -> bool {
    std::env::var_os("CI").is_some()
}
