//! The page's own style and script, and the policy that lets a browser run nothing else.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};

/// The style sheet.
pub(in crate::report) const STYLE: &str = concat!(
    include_str!("style/tokens.css"),
    include_str!("style/page.css"),
    include_str!("style/tables.css"),
    include_str!("style/case.css"),
    include_str!("style/diagram.css"),
    include_str!("style/print.css"),
);

/// The script, one scope for all its parts.
pub(in crate::report) const SCRIPT: &str = concat!(
    "'use strict';\n(() => {\n",
    include_str!("script/element.js"),
    include_str!("script/theme.js"),
    include_str!("script/address.js"),
    include_str!("script/filter.js"),
    include_str!("script/words.js"),
    include_str!("script/stretch.js"),
    include_str!("script/scale.js"),
    include_str!("script/diagram.js"),
    include_str!("script/strip.js"),
    include_str!("script/panel.js"),
    include_str!("script/course.js"),
    include_str!("script/disclosure.js"),
    include_str!("script/groups.js"),
    include_str!("script/start.js"),
    "})();\n",
);

/// What the page may do: show its own style, run its own script, and load nothing.
pub(in crate::report) static POLICY: LazyLock<String> = LazyLock::new(|| {
    let (style, script) = (source(STYLE), source(SCRIPT));
    format!("default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'")
});

fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(digest(&SHA256, text.as_bytes())))
}
