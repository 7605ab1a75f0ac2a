//! Lists the files of the built-in suite, so that the program carries them and needs no folder beside it; and reads the
//! YAML among them, so that no start of the program has to.
//!
//! A build script runs in the package's root, so the folders are named relative to it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use scan::{Content, Placed, scan};

/// The reader of the program itself, so that there is no other.
#[path = "src/yaml/scan.rs"]
mod scan;

/// Each folder with the name of its list.
const FOLDERS: [(&str, &str); 4] = [
    ("scenarios", "SCENARIOS"),
    ("requirements", "REQUIREMENTS"),
    ("schemas", "SCHEMAS"),
    ("situations", "SITUATIONS"),
];

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let (mut text, mut read) = (String::new(), String::from("pub(super) static CARRIED: &[Carried] = &[\n"));
    for (folder, list) in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        let _ = writeln!(text, "/// The files below `{folder}/`: path and content, in the order of paths.");
        let _ = writeln!(text, "pub(super) static {list}: &[(&str, &[u8])] = &[");
        for path in files(Path::new(folder))?.iter().filter(|path| is_read(path)) {
            let below = path.strip_prefix(folder).unwrap_or(path);
            let name = below.to_string_lossy().replace('\\', "/");
            let place = format!("/{folder}/{name}");
            let _ = writeln!(text, "    ({name:?}, {}),", embedding(&place));
            if path.extension().is_some_and(|extension| extension == "yaml") {
                read.push_str(&carried(path, &place, &out)?);
            }
        }
        text.push_str("];\n");
    }
    read.push_str("];\n");
    fs::write(out.join("carried.rs"), read)?;
    fs::write(out.join("suite.rs"), text)
}

/// The entry of one YAML text with its events, which lie beside the list. A text that is not read without complaint has
/// none: to complain is for the program.
fn carried(path: &Path, place: &str, out: &Path) -> io::Result<String> {
    let text = fs::read_to_string(path)?;
    let events = scan(&text).unwrap_or_default();
    let Some((bytes, spelt)) = encode(&text, &events).filter(|(bytes, _)| !bytes.is_empty()) else {
        return Ok(String::new());
    };
    let name = format!("{}.events", place.replace('/', "-"));
    fs::write(out.join(&name), bytes)?;
    let text = format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {place:?}))");
    let events = format!("include_bytes!(concat!(env!(\"OUT_DIR\"), {:?}))", format!("/{name}"));
    Ok(format!("    Carried {{ text: {text}, events: {events}, spelt: {:?} }},\n", spelt.join("\0")))
}

/// What `src/yaml/carried.rs` reads; the tests there hold the two together.
fn encode<'a>(text: &str, events: &'a [Placed]) -> Option<(Vec<u8>, Vec<&'a str>)> {
    let (mut bytes, mut spelt) = (Vec::new(), Vec::new());
    for Placed { event, refused, range } in events {
        let kind = match event {
            _ if refused.is_some() => return None,
            Content::Nothing => return None,
            Content::End => 0,
            Content::Sequence => 1,
            Content::Mapping => 2,
            Content::Scalar { text: own, plain } => {
                let quotes = usize::from(!plain);
                let stands = text.get(range.start + quotes..range.end.saturating_sub(quotes)) == Some(own);
                if !stands {
                    spelt.push(own.as_str());
                }
                3 + 2 * u64::from(!plain) + u64::from(!stands)
            }
        };
        let start = u32::try_from(range.start).ok()?;
        bytes.extend((u64::from(start) | kind << 32 | (range.len() as u64) << 35).to_le_bytes());
    }
    spelt.iter().all(|own| !own.contains('\0')).then_some((bytes, spelt))
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
