//! Whatever callers do with the secrets of a mock, nothing that it shows or writes has one of them in it.

use std::io::Read as _;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::program::{Standalone, begin, call};
use crate::orchspec::Orchspec;

const BEARER: &str = "bearer/of+the=owner-0123456789";
const SYSTEM: &str = "7f3e9a10-secret-of-a-system";
const CONTROL: &str = "let-me-steer-this-mock-please";

const FILE: &str = "\
mock: 1
uipath: { principals: { owner: { bearer: bearer/of+the=owner-0123456789 } } }
elma: { principals: { owner: { token: 7f3e9a10-secret-of-a-system } } }
";

/// Everything that can be asked for by whoever steers.
const SHOWN: [&str; 7] = [
    "GET /",
    "GET /jobs",
    "GET /jobs/1",
    "GET /journal?limit=1000",
    "GET /count",
    "GET /defects",
    "GET /openapi.json",
];

#[test]
fn no_secret_is_shown_or_written() {
    let folder = Orchspec::new("secrets").file("mock.yaml", FILE);
    let options = ["--config", "mock.yaml", "--control-token", CONTROL, "--journal-out", "journal.jsonl"];
    let mock = Standalone::start_in(folder, &options);
    assert!(!mock.line.to_string().contains(CONTROL), "{}", mock.line);
    for secret in [BEARER, SYSTEM, CONTROL] {
        betray(&mock, secret);
    }
    let steerer = format!("Authorization: Bearer {CONTROL}\r\n");
    let mut shown: Vec<(String, String)> = SHOWN
        .iter()
        .map(|line| ((*line).to_owned(), call(&mock.control(), line, &steerer, "").body))
        .collect();
    assert!(shown[3].1.contains("[uipath.owner.bearer]") && shown[3].1.contains("[elma.owner.token]"));
    shown.push(("events".to_owned(), events(&mock, &steerer)));
    let (code, folder) = mock.end();
    // Who says secrets in the wrong places is no right client.
    assert_eq!(code, 1);
    shown.push(("journal.jsonl".to_owned(), folder.read("journal.jsonl")));
    for (place, text) in &shown {
        assert!(text.len() > 2, "{place} is empty");
        for secret in [BEARER, SYSTEM, CONTROL] {
            assert_eq!(leak(text, secret), None, "in {place}");
        }
    }
}

/// Sends a secret in every way in which somebody might.
fn betray(mock: &Standalone, secret: &str) {
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let every: String = secret.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let escaped: String = secret.chars().map(|letter| format!("\\u{:04x}", u32::from(letter))).collect();
    let basic = STANDARD.encode(format!("user:{secret}"));
    let trigger = "/acme/prod/orchestrator_/t/short";
    let bearer = format!("Authorization: Bearer {secret}\r\n");
    let targets = [secret, &percent, &every, &basic, &URL_SAFE.encode(secret)];
    for target in targets {
        for line in [
            format!("GET /{target}"),
            format!("GET /a?auth_tkn={target}"),
            format!("POST {trigger}?a={target}"),
        ] {
            mock.protocol(&line, &bearer, "{}");
        }
    }
    let headers = [
        format!("Authorization: Basic {basic}\r\n"),
        format!("Cookie: a={secret}\r\n"),
        format!("X-Token: {secret}\r\nReferer: http://a/?t={percent}\r\n"),
        format!("X-Token: {basic}\r\n"),
    ];
    for header in headers {
        mock.protocol(&format!("POST {trigger}"), &header, "{}");
    }
    for spelling in [secret, &escaped, &basic] {
        let body = format!(r#"{{"auth_tkn":"{spelling}","task":{{"process":"{spelling}"}},"id":1}}"#);
        for operation in ["create", "status", "cancel"] {
            mock.protocol(&format!("POST /v1/orchestra/task/{operation}"), "", &body);
        }
        let owner = format!("Authorization: Bearer {BEARER}\r\n");
        assert_eq!(
            mock.protocol(&format!("POST {trigger}"), &owner, &format!(r#"{{"a":"{spelling}"}}"#)).status,
            202
        );
    }
}

/// The events so far.
fn events(mock: &Standalone, steerer: &str) -> String {
    let mut stream = begin(&mock.control(), "GET /events?since=0", steerer, "");
    stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
    let (mut text, mut bytes) = (String::new(), vec![0; 1 << 16]);
    while let Ok(count @ 1..) = stream.read(&mut bytes) {
        text += &String::from_utf8_lossy(&bytes[..count]);
    }
    text
}

/// Where a secret stands in a text, in whatever spelling.
fn leak(text: &str, secret: &str) -> Option<String> {
    let around =
        |place: usize, text: &str| text[place.saturating_sub(60)..].chars().take(160).collect::<String>();
    let plain =
        |text: &str| text.to_lowercase().find(&secret.to_lowercase()).map(|place| around(place, text));
    let decoded = percent_decode_str(text).decode_utf8_lossy().into_owned();
    let unescaped = text.split("\\u00").fold(String::new(), |all, part| {
        let letter = part.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
        match letter {
            Some(letter) => all + &char::from(letter).to_string() + &part[2..],
            None => all + part,
        }
    });
    let base64 = text
        .split(|letter: char| !letter.is_ascii_alphanumeric() && !"+/-_".contains(letter))
        .filter(|word| word.len() >= 8)
        .find_map(|word| {
            let word = word.replace('-', "+").replace('_', "/");
            (0..4).filter_map(|skipped| word.get(skipped..)).find_map(|word| {
                let whole = &word[..word.len() / 4 * 4];
                plain(&String::from_utf8_lossy(&STANDARD.decode(whole).ok()?))
            })
        });
    plain(text).or_else(|| plain(&decoded)).or_else(|| plain(&unescaped)).or(base64)
}

#[test]
fn a_leak_is_found_in_every_spelling() {
    let basic = STANDARD.encode(format!("user:{SYSTEM} and more"));
    let percent: String = SYSTEM.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let escaped: String = SYSTEM.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    for text in [SYSTEM.to_uppercase(), basic, percent, escaped] {
        assert!(leak(&format!("before {text} behind"), SYSTEM).is_some(), "{text}");
    }
    assert_eq!(leak("nothing of the kind", SYSTEM), None);
}
