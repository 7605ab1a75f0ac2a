//! The target file of a mock with the built-in fixtures: the built-in one, with its addresses.

use crate::cli::args::CONTROL_TOKEN;
use crate::clock::format_duration;
use crate::mock::{Mock, RedirectAuth};
use crate::target::{EMBEDDED, EMBEDDED_TCP};

/// What the file must say besides what the mock knows of itself.
pub(super) struct Circumstances<'a> {
    /// Its jobs end within seconds.
    pub(super) quick: bool,
    /// The file with its certificate, where it shows one.
    pub(super) ca: Option<&'a str>,
    /// Whoever steers it must show a token.
    pub(super) guarded: bool,
}

/// The text of the file.
pub(super) fn target(mock: &Mock, Circumstances { quick, ca, guarded }: &Circumstances<'_>) -> String {
    let configuration = mock.configuration();
    let (text, [elma, uipath, hooks], [hold, cap]) = if *quick {
        let placeholder = "http://127.0.0.1:0";
        (EMBEDDED_TCP, [placeholder; 3], ["400ms", "4s"])
    } else {
        (EMBEDDED, ["http://elma.mock", "http://uipath.mock", "http://hooks.mock"], ["25s", "15m"])
    };
    let held = format_duration(configuration.hold);
    let switch = match configuration.redirect_auth {
        RedirectAuth::Required => "required",
        RedirectAuth::InitialOnly => "initial-only",
    };
    let shown = if *guarded { format!(", token: {{ env: {CONTROL_TOKEN} }}") } else { String::new() };
    let steered = mock.control_url().map_or_else(
        || "hooks: none".to_owned(),
        |control| format!("hooks: {{ url: \"{control}/hooks\"{shown} }}"),
    );
    let trusted = ca.map_or_else(String::new, |ca| format!("tls: {{ ca: {ca:?} }}\n"));
    let text = text
        .replace(&format!("hooks: {{ url: \"{hooks}/hooks\" }}"), &steered)
        .replace(elma, mock.elma_url())
        .replace(uipath, mock.elma_url())
        .replace("product: embedded", "product: mock")
        .replace("redirect_auth: [required, initial-only]", &format!("redirect_auth: {switch}"))
        .replace(
            &format!("hold: {{ at_least: {hold}, at_most: {hold} }}"),
            &format!("hold: {{ at_least: {held}, at_most: {held} }}"),
        )
        .replace(&format!("cap: {cap}\n"), &format!("cap: {}\n", format_duration(configuration.cap)));
    text + &trusted
}
