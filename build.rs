//! Lists the files of the built-in suite, so that the program carries them and needs no folder beside it.
//!
//! A build script runs in the package's root, so the folders are named relative to it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Each folder with the name of its list.
const FOLDERS: [(&str, &str); 4] = [
    ("scenarios", "SCENARIOS"),
    ("requirements", "REQUIREMENTS"),
    ("schemas", "SCHEMAS"),
    ("situations", "SITUATIONS"),
];

fn main() -> io::Result<()> {
    let mut text = String::new();
    for (folder, list) in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        let _ = writeln!(text, "/// The files below `{folder}/`: path and content, in the order of paths.");
        let _ = writeln!(text, "pub(super) static {list}: &[(&str, &[u8])] = &[");
        for path in files(Path::new(folder))?.iter().filter(|path| is_read(path)) {
            let below = path.strip_prefix(folder).unwrap_or(path);
            let name = below.to_string_lossy().replace('\\', "/");
            let _ = writeln!(text, "    ({name:?}, {}),", embedding(&format!("/{folder}/{name}")));
        }
        text.push_str("];\n");
    }
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(PathBuf::from(out).join("suite.rs"), text)
}

/// The expression that carries one file; the checkout's place is read when the crate is compiled, since a build
/// folder may be moved together with it.
fn embedding(path: &str) -> String {
    format!("include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))")
}

/// Whether it is more than prose about its neighbours.
fn is_read(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "json")
}

/// Every file below a folder, in the order of paths; a folder that is not there has none.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
