//! `target check` on servers that nobody here wrote: what it says of their hooks and fixtures, and how many jobs that takes.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use rstest::{Context, rstest};

use crate::judged::program;
use crate::orchspec::{Ended, assert_shows};
use crate::server::{Server, target_file};

/// What is said of the server: what stands above it grows with the suite.
fn of_the_server(ended: &Ended) -> &str {
    ended.stdout.find("every base answers").map_or(&ended.stdout, |place| &ended.stdout[place..])
}

fn check(context: &Context, profile: &str, arguments: &[&str]) -> Ended {
    let server = Server::start(profile, &["--hooks"]);
    let program = program(context.description.unwrap(), server.base());
    program.call(&[&["target", "check", &target_file(profile)], arguments].concat())
}

#[rstest]
#[case::target_check_elma("elma")]
#[case::target_check_uipath("uipath")]
fn fixtures_that_are_as_declared_are_found_right(#[context] context: Context, #[case] profile: &str) {
    let ended = check(&context, profile, &[]);
    assert_shows!(context.description.unwrap(), of_the_server(&ended));
    assert_eq!(ended.code, 0, "{ended}");
}

#[rstest]
#[case::target_check_wrong_token("elma", "elma.principals.owner.token=a-token-that-nobody-issued")]
#[case::target_check_wrong_end("elma", "elma.jobs.quick.kind=fault")]
#[case::target_check_wrong_path("uipath", "uipath.jobs.echo-post.path=/t/nothing")]
#[case::target_check_wrong_hooks("uipath", "hooks.url=http://127.0.0.1:9/hooks")]
fn a_fixture_that_is_otherwise_is_named(
    #[context] context: Context,
    #[case] profile: &str,
    #[case] setting: &str,
) {
    let ended = check(&context, profile, &["--set", setting]);
    assert_shows!(context.description.unwrap(), of_the_server(&ended));
    assert_eq!(ended.code, 1, "{ended}");
}

#[rstest]
#[case::target_check_no_jobs("elma")]
fn without_jobs_no_fixture_is_tried(#[context] context: Context, #[case] profile: &str) {
    let ended = check(&context, profile, &["--no-jobs"]);
    assert_eq!(ended.code, 0, "{ended}");
    assert!(!ended.stdout.contains("asked for"), "{ended}");
}

/// What a server of TLS says to plain HTTP: an alert, and no HTTP.
#[test]
fn a_base_that_speaks_something_else_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut socket in listener.incoming().take(8).flatten() {
            let _ = socket.read(&mut [0; 1024]);
            let _ = socket.write_all(&[0x15, 3, 1, 0, 2, 2, 70]);
        }
    });
    let target = format!("target: 1\nhttp: {{ base: \"{base}\" }}\n");
    let ended = program("target_check_other", &base).file("target.yaml", target).call(&[
        "target",
        "check",
        "target.yaml",
    ]);
    assert_shows!("target_check_other", ended);
    assert_eq!(ended.code, 4, "{ended}");
}
