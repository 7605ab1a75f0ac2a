//! Debian's packages that the clients of the tests need, installed where they are not there yet.

use std::process::Command;

/// Whether these are there; on a machine of one's own on which they cannot be installed it says so.
pub(crate) fn are_there(names: &[&str]) -> bool {
    if names.iter().all(|name| Command::new(name).arg("--version").output().is_ok()) {
        return true;
    }
    are_installed(names)
}

/// Whether these packages are there; they are installed where they are not.
#[expect(clippy::print_stderr, reason = "a test that shows nothing says so")]
pub(crate) fn are_installed(names: &[&str]) -> bool {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/install-packages");
    let output = Command::new(script).args(names).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() || std::env::var_os("CI").is_none(), "{names:?}: {said}");
    if !output.status.success() {
        eprintln!("not tried, because {names:?} cannot be installed: {said}");
    }
    output.status.success()
}
