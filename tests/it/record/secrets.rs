//! No credential gets into a file or a message, however the server repeats it.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::upstream::{self, Asked, answer};
use super::{Recording, TARGET, curl};
use crate::orchspec::Orchspec;

const OWNER: &str = "secret-of-the-owner+1";
const STRANGER: &str = "secret-of-nobody+2";

/// Repeats the caller's token in every form that it knows, in addresses, headers and bodies.
fn repeating(asked: &Asked, own: &str) -> String {
    let token = asked.header("authorization").trim_start_matches("Bearer ").to_owned();
    let url = token.replace('+', "%2B");
    let forms = serde_json::json!({ "plain": token, "base64": STANDARD.encode(&token), "url": url, "basic": STANDARD.encode(format!("user:{token}")) });
    let location = |path: &str| format!("Location: {own}/{path}?key={url}");
    match asked.what.split(['?', ' ']).nth(1).unwrap() {
        "/t/quick" if token == STRANGER => {
            answer("401 Unauthorized", &["WWW-Authenticate: Bearer"], &forms.to_string())
        }
        "/t/quick" => answer("202 Accepted", &[&location("status")], &forms.to_string()),
        "/status" => answer("303 See Other", &[&location("output")], &forms.to_string()),
        _ => answer(
            "200 OK",
            &["Content-Type: application/json", &format!("Content-Disposition: {token}")],
            &forms.to_string(),
        ),
    }
}

fn files(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn no_token_is_written_or_printed() {
    let program = Orchspec::new("record-secrets")
        .variable("BASE", upstream::start(repeating))
        .file("target.yaml", TARGET);
    let recording = Recording::start(&program, &[]);
    let call = |token: &str, path: &str, more: &[&str]| {
        let header = format!("Authorization: Bearer {token}");
        curl(&[&["--header", &header, &format!("{}{path}", recording.url)], more].concat())
    };
    let invoke = ["--header", "Content-Type: application/json", "--data"];
    let body = format!(r#"{{"note":"{OWNER}","other":"{STRANGER}"}}"#);
    call(STRANGER, "/t/quick", &[&invoke[..], &["{}"]].concat());
    call(OWNER, "/t/quick", &[&invoke[..], &[&body]].concat());
    let key = "?key=secret-of-the-owner%2B1";
    call(OWNER, &format!("/status{key}"), &[]);
    call(OWNER, &format!("/output{key}"), &[]);
    call(OWNER, &format!("/{OWNER}/elsewhere"), &[]);
    let ended = recording.end("-INT");
    assert_eq!(ended.code, 0, "{ended}");
    let mut written = vec![ended.stderr.clone(), ended.stdout.clone()];
    files(&program.path("recorded"), &mut written);
    assert!(written.len() > 3, "{ended}");
    for token in [OWNER, STRANGER] {
        let forms = [
            token.to_owned(),
            STANDARD.encode(token),
            token.replace('+', "%2B"),
            STANDARD.encode(format!("user:{token}"))[8..24].to_owned(),
        ];
        for form in forms {
            assert!(written.iter().all(|text| !text.contains(&form)), "{form} in {written:#?}");
        }
    }
    let text = program.read("recorded/scenarios/uipath/recorded/session.yaml");
    assert!(text.contains("note: \"${{ principal.token }}\""), "{text}");
    assert!(text.contains("other: \"[unknown]\""), "{text}");
    assert_eq!(program.call(&["lint", "recorded/scenarios"]).code, 0);
}
