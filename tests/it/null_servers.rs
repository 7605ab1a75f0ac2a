//! Servers that do one thing for ever: no obligation passes against them, and the first lines say what is the matter.

use rstest::rstest;

use crate::judged::{Judged, for_each_at_once, program};
use crate::server::{Server, kinds_of_nonsense, target_file};

/// Nothing here is worth waiting for, and no body is worth reading to its end.
const IMPATIENT: [&str; 12] = [
    "--concurrency",
    "64",
    "--set",
    "timing.prompt=200ms",
    "--set",
    "timing.lag=200ms",
    "--set",
    "timing.margin=200ms",
    "--set",
    "limits.body=16KiB",
    "--set",
    "hooks=none",
];

#[rstest]
#[case::elma("elma", "3f0c8a52-6d1e-4b7a-9c55-0e7f2a1b6c01")]
#[case::uipath("uipath", "pat-owner-5b1f0c8e7d")]
fn nothing_passes_against_nonsense(#[case] profile: &str, #[case] secret: &str) {
    for_each_at_once(&kinds_of_nonsense(), |kind| {
        let server = Server::start("null", &["--kind", kind, "--secret", secret]);
        let judged = judge(profile, kind, &server);
        assert_eq!(judged.musts("pass"), [""; 0], "{kind}: {}", judged.ended);
        let expected = match kind {
            // How much a server may send is not for the harness to say.
            "endless-body" | "endless-headers" => 3,
            // Who speaks another protocol is somebody else: a mistake in the target file.
            "not-http" => 4,
            _ => 1,
        };
        assert_eq!(judged.ended.code, expected, "{kind}: {}", judged.ended);
        assert!(explains(&judged.ended.stdout), "{kind}: {}", judged.ended);
        assert_keeps(secret, &judged, server);
    });
}

#[test]
fn a_closed_port_is_no_verdict_on_anybody() {
    let program = program("closed-port", "http://127.0.0.1:9");
    let target = target_file("elma");
    let judged = Judged::run(&program, &["--target", &target]);
    assert_eq!(judged.ended.code, 4, "{}", judged.ended);
    assert_eq!(judged.musts("pass"), [""; 0]);
    assert_eq!(judged.musts("fail"), [""; 0]);
    assert!(judged.ended.stderr.contains("connection refused: nobody listens there"), "{}", judged.ended);
}

fn judge(profile: &str, kind: &str, server: &Server) -> Judged {
    Judged::server(&format!("null-{profile}-{kind}"), profile, server, &IMPATIENT)
}

/// One reason for everything, or else the first finding with what came instead of what was expected.
fn explains(output: &str) -> bool {
    let mut first = output.lines().take(12);
    first.any(|line| {
        ["none of ", "every one of ", "      actual ", "ERROR "].iter().any(|reason| line.starts_with(reason))
    })
}

/// The credential is in no text of the program, and did not follow a redirect to another origin.
fn assert_keeps(secret: &str, judged: &Judged, server: Server) {
    let texts = [judged.ended.to_string(), judged.report.to_string()];
    assert!(texts.iter().all(|text| !text.contains(secret)), "the credential is shown");
    let words = server.last_words();
    assert!(words.is_empty() || words.contains(r#""credentials":0"#), "{words}");
}
