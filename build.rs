//! Lists the files of the built-in suite, so that the program carries them and needs no folder beside it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Each folder with the name of its list.
const FOLDERS: [(&str, &str); 3] =
    [("scenarios", "SCENARIOS"), ("requirements", "REQUIREMENTS"), ("schemas", "SCHEMAS")];

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    for (folder, list) in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        let _ = writeln!(text, "/// The files below `{folder}/`: path and content, in the order of paths.");
        let _ = writeln!(text, "pub(super) static {list}: &[(&str, &[u8])] = &[");
        for path in files(&root.join(folder))? {
            let below = path.strip_prefix(root.join(folder)).unwrap_or(&path);
            let name = below.to_string_lossy().replace('\\', "/");
            let _ = writeln!(text, "    ({name:?}, include_bytes!({:?})),", path.display().to_string());
        }
        text.push_str("];\n");
    }
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(PathBuf::from(out).join("suite.rs"), text)
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
