//! The page of a running mock in a real browser.

use rstest::rstest;

use super::program::Standalone;
use crate::html::check_with;

#[rstest]
#[case("verdicts_come_without_a_reload", &[])]
#[case("nobody_is_kept_out_of_the_mock", &[])]
#[case("a_token_is_asked_for", &["--control-token", "hush"])]
fn the_page_is_live(#[case] name: &str, #[case] options: &[&str]) {
    let mock = Standalone::start(&format!("page_{name}"), options);
    let page = format!("{}/", mock.line["control"].as_str().unwrap());
    check_with(name, &page, &[("MOCK", &mock.line.to_string())]);
}
