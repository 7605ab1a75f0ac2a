//! What is handed on: the package holds what a build needs, and nothing names what is not there.

use std::path::Path;
use std::process::{Command, Output};

use regex::Regex;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const MANIFEST: &str = include_str!("../../Cargo.toml");
const DOCKERFILE: &str = include_str!("../../Dockerfile");

/// Packages up to this length are taken everywhere.
const LONGEST_PACKAGE: u64 = 4 << 20;

fn cargo(arguments: &[&str]) -> Output {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Command::new(cargo).args(arguments).current_dir(ROOT).output().unwrap()
}

#[test]
fn the_package_holds_what_a_build_needs() {
    let output = cargo(&["package", "--list", "--allow-dirty", "--offline"]);
    let listed = String::from_utf8(output.stdout).unwrap();
    let files: Vec<&str> = listed.lines().collect();
    let needed =
        ["LICENSE-MIT", "LICENSE-APACHE", "README.md", "build.rs", "askama.toml", "targets/embedded.yaml"];
    for file in needed {
        assert!(files.contains(&file), "{file} is not in the package");
    }
    for folder in ["scenarios", "requirements", "schemas", "situations", "faults"] {
        let there = std::fs::read_dir(Path::new(ROOT).join(folder)).unwrap();
        for name in there.map(|entry| entry.unwrap().file_name().into_string().unwrap()) {
            let path = format!("{folder}/{name}");
            assert!(files.iter().any(|file| file.starts_with(&path)), "{path} is not in the package");
        }
    }
    let stray = files.iter().find(|file| file.starts_with("target/") || file.ends_with(".snap.new"));
    assert_eq!(stray, None);
}

#[test]
fn the_package_is_made_without_a_warning_and_is_small() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packaging");
    let folder = folder.to_str().unwrap();
    let output = cargo(&["package", "--allow-dirty", "--offline", "--no-verify", "--target-dir", folder]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && !said.contains("warning"), "{said}");
    let package = format!("{folder}/package/orchspec-{}.crate", env!("CARGO_PKG_VERSION"));
    let length = std::fs::metadata(package).unwrap().len();
    assert!(length <= LONGEST_PACKAGE, "{length} bytes");
}

fn named<'a>(text: &'a str, pattern: &str) -> &'a str {
    let found = Regex::new(pattern).unwrap().captures(text).unwrap_or_else(|| panic!("{pattern}: {text}"));
    found.get(1).unwrap().as_str()
}

#[test]
fn the_image_is_built_by_what_is_there() {
    let version = named(MANIFEST, r#"(?m)^rust-version = "(.*)"$"#);
    assert_eq!(named(DOCKERFILE, r"FROM rust:([0-9.]+)-alpine"), version);
    let profile = named(DOCKERFILE, r"--profile ([a-z]+)");
    assert!(MANIFEST.contains(&format!("[profile.{profile}]")), "{profile}");
    assert!(DOCKERFILE.contains(&format!("/target/{profile}/orchspec ")), "{profile}");
    let script = std::fs::read_to_string(Path::new(ROOT).join("deploy/static/build")).unwrap();
    assert_eq!(named(&script, r"--profile ([a-z]+)"), profile);
}

#[test]
fn a_static_build_says_what_it_lacks() {
    let script = Path::new(ROOT).join("deploy/static/build");
    let output = Command::new(script).arg("riscv64gc-unknown-none-elf").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("rustup target add riscv64gc-unknown-none-elf"), "{said}");
}
