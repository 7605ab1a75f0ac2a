//! Schemas and readers that others wrote, installed by a script of this repository into the folder of builds.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use serde_json::Value;

/// Where everything was installed.
static INSTALLED: LazyLock<Result<PathBuf, String>> = LazyLock::new(install);

/// What others wrote.
pub(crate) struct Validators(&'static Path);

/// The validators; none on a machine of one's own that has no network, and a failure where CI runs.
#[expect(clippy::print_stderr, reason = "a test that shows nothing says so")]
pub(crate) fn validators() -> Option<Validators> {
    match &*INSTALLED {
        Ok(folder) => Some(Validators(folder)),
        Err(reason) => {
            assert!(!is_ci(), "the validators cannot be installed: {reason}");
            eprintln!("nothing was validated, because the validators cannot be installed: {reason}");
            None
        }
    }
}

impl Validators {
    /// A file of what was installed.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.join(below)
    }

    /// Runs a program of Python's, and gives what it prints; panics if it finds anything wrong.
    pub(crate) fn python(&self, program: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(self.path("python/bin").join(program));
        let output = command.args(arguments).output().unwrap();
        assert!(output.status.success(), "{program} {arguments:?}\n{}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Holds a JSON or YAML file against a schema that comes with the validator, or against one of its own.
    pub(crate) fn check_schema(&self, schema: &[&str], file: &Path) {
        self.python("check-jsonschema", &[schema, &[file.to_str().unwrap()]].concat());
    }

    /// What a validator says of a file that does not fit its schema; panics if it fits.
    pub(crate) fn refusal(&self, schema: &str, file: &Path) -> String {
        let mut command = Command::new(self.path("python/bin/check-jsonschema"));
        let output = command.args(["--verbose", "--schemafile", schema]).arg(file).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        said(&output)
    }

    /// What a YAML language server makes of documents, in the form that the fixture describes.
    pub(crate) fn language_server(&self, documents: &Value) -> Value {
        let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/language_server.mjs");
        let server = self.path("node/node_modules/yaml-language-server/bin/yaml-language-server");
        let mut command = Command::new("node");
        let command = command.arg(fixture).arg(server).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        process.stdin.take().unwrap().write_all(documents.to_string().as_bytes()).unwrap();
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Holds an HTTP archive against the schema of its makers.
    pub(crate) fn check_har(&self, file: &Path) {
        let folder = self.path("node/node_modules/har-schema/lib");
        let (schema, base) = (folder.join("har.json"), format!("file://{}/", folder.display()));
        self.check_schema(&["--schemafile", schema.to_str().unwrap(), "--base-uri", &base], file);
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn install() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("validators");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/install-validators");
    let output = Command::new(script).arg(&folder).output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(folder) } else { Err(said(&output)) }
}

/// Only CI promises that everything can be installed.
fn is_ci() -> bool {
    std::env::var_os("CI").is_some()
}
