//! The rules of the house that no compiler holds: who imports what, how files look, which tables match which folders.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use orchspec::check::MATCHERS;
use orchspec::mock::DEFECTS;
use regex::Regex;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A source file of the library: where it is, which module of the top it belongs to, what it says.
struct File {
    path: String,
    module: String,
    text: String,
}

impl File {
    /// The text without its tests.
    fn program(&self) -> &str {
        self.text.split("#[cfg(test)]\nmod tests").next().unwrap_or(&self.text)
    }
}

fn files() -> Vec<File> {
    let source = Path::new(ROOT).join("src");
    let mut paths = Vec::new();
    collect(&source, &mut paths);
    paths.iter().map(|path| file(&source, path)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
    paths.sort();
}

fn file(source: &Path, path: &Path) -> File {
    let path_below = path.strip_prefix(source).unwrap().to_string_lossy().replace('\\', "/");
    let module = path_below.split(['/', '.']).next().unwrap().to_owned();
    File { path: path_below, module, text: fs::read_to_string(path).unwrap() }
}

/// Whether the file is compiled for tests only, because the module above it says so.
fn is_test_only(file: &File, all: &[File]) -> bool {
    let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
    let stem = name.trim_end_matches(".rs");
    let declaration =
        Regex::new(&format!(r"#\[cfg\(test\)\]\s+(pub(\(crate\))? )?mod {};", regex::escape(stem))).unwrap();
    let parents = [format!("{folder}/mod.rs"), format!("{folder}.rs"), "lib.rs".to_owned()];
    stem == "tests"
        || folder.ends_with("/tests")
        || all.iter().any(|parent| parents.contains(&parent.path) && declaration.is_match(&parent.text))
}

/// The import table as `src/lib.rs` documents it: each module with the paths that it may name.
fn table() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(Path::new(ROOT).join("src/lib.rs")).unwrap();
    let row = Regex::new(r"(?m)^//! \| `([a-z]+)` \| (.*) \|$").unwrap();
    let name = Regex::new(r"`([a-z:]+)`").unwrap();
    let names = |cell: &str| name.captures_iter(cell).map(|found| found[1].to_owned()).collect();
    row.captures_iter(&text).map(|found| (found[1].to_owned(), names(&found[2]))).collect()
}

/// Every path that a text names behind `crate::`, as far as two parts.
fn imports(text: &str) -> BTreeSet<String> {
    let path = Regex::new(r"crate::([a-z_]+)(?:::([a-z_]+))?").unwrap();
    let group = Regex::new(r"use crate::\{([^;]*)\};").unwrap();
    let single = path.captures_iter(text).map(|found| match found.get(2) {
        Some(second) => format!("{}::{}", &found[1], second.as_str()),
        None => found[1].to_owned(),
    });
    let grouped = group.captures_iter(text).flat_map(|found| {
        let parts: Vec<String> = found[1].split(',').map(|part| part.trim().replace("::{", "::")).collect();
        parts
    });
    single.chain(grouped).filter(|name| !name.is_empty()).collect()
}

fn is_allowed(import: &str, file: &File, table: &BTreeMap<String, Vec<String>>) -> bool {
    let own = import.split("::").next() == Some(file.module.as_str());
    let covers = |allowed: &String| import == allowed || import.starts_with(&format!("{allowed}::"));
    own || table.get(&file.module).is_some_and(|allowed| allowed.iter().any(covers))
}

#[test]
fn every_module_imports_only_what_the_table_allows() {
    let (all, table) = (files(), table());
    let mut broken = Vec::new();
    let judged = |file: &&File| !["lib", "main", "cli"].contains(&file.module.as_str());
    for file in all.iter().filter(judged).filter(|file| !is_test_only(file, &all)) {
        for import in imports(file.program()) {
            if !is_allowed(&import, file, &table) {
                broken.push(format!("{} imports {import}", file.path));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_module_has_its_row_in_the_table() {
    let declared = Regex::new(r"(?m)^pub mod ([a-z]+);").unwrap();
    let library = fs::read_to_string(Path::new(ROOT).join("src/lib.rs")).unwrap();
    let declared: BTreeSet<String> =
        declared.captures_iter(&library).map(|found| found[1].to_owned()).collect();
    assert_eq!(table().into_keys().collect::<BTreeSet<_>>(), declared);
}

#[test]
fn the_table_has_no_circle() {
    let table = table();
    for module in table.keys() {
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<&str> = vec![module];
        while let Some(next) = waiting.pop() {
            for import in table.get(next).into_iter().flatten() {
                let import = import.split("::").next().unwrap();
                assert_ne!(import, module, "`{module}` leads back to itself through `{next}`");
                if reached.insert(import) {
                    waiting.push(import);
                }
            }
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> =
        files().into_iter().filter(|file| !file.text.starts_with("//! ")).map(|file| file.path).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn no_file_is_too_long_to_read() {
    const LONGEST: usize = 400;
    let long: Vec<String> = files()
        .into_iter()
        .filter(|file| file.text.lines().count() > LONGEST)
        .map(|file| file.path)
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn no_module_is_a_drawer_for_everything() {
    const BANNED: [&str; 7] = ["util", "utils", "helpers", "common", "misc", "types", "manager"];
    let is_banned =
        |file: &File| file.path.split(['/', '.']).any(|part| BANNED.contains(&part) || part == "core");
    let drawers: Vec<String> = files().into_iter().filter(is_banned).map(|file| file.path).collect();
    assert!(drawers.is_empty(), "{drawers:#?}");
}

#[test]
fn what_belongs_to_the_machine_stays_in_cli() {
    let forbidden = Regex::new(r"std::(fs|env|process)\b|std::time::(Instant|SystemTime)").unwrap();
    let all = files();
    let outside =
        |file: &&File| !["cli", "main"].contains(&file.module.as_str()) && !is_test_only(file, &all);
    let strays: Vec<&str> = all
        .iter()
        .filter(outside)
        .filter(|file| forbidden.is_match(file.program()))
        .map(|file| file.path.as_str())
        .collect();
    assert!(strays.is_empty(), "{strays:#?}");
}

#[test]
fn every_matcher_is_a_file_of_its_own() {
    let folder = Path::new(ROOT).join("src/check/matcher");
    let named: BTreeSet<String> = MATCHERS.iter().map(|matcher| matcher.name.to_owned()).collect();
    let of_a_matcher =
        |path: &PathBuf| fs::read_to_string(path).unwrap().contains("DEFINITION: MatcherDefinition");
    assert_eq!(stems(&folder, of_a_matcher), named);
}

#[test]
fn every_defect_is_a_file_of_its_own() {
    let folder = Path::new(ROOT).join("src/mock/defect");
    let mut files = BTreeSet::new();
    for profile in ["elma", "uipath"] {
        files.extend(
            stems(&folder.join(profile), |_| true).into_iter().map(|stem| format!("{profile}/{stem}")),
        );
    }
    let named: BTreeSet<String> = DEFECTS.iter().map(|defect| defect_file(defect.id)).collect();
    assert_eq!(files, named);
}

/// The file in which a defect must stand: `UIP-ASYNC-11/302-instead-of-303` in `uipath/async_11_302_instead_of_303`.
fn defect_file(id: &str) -> String {
    let (family, rest) = id.split_once('-').unwrap();
    let profile = if family == "UIP" { "uipath" } else { "elma" };
    format!("{profile}/{}", rest.to_lowercase().replace(['-', '/', '*'], "_"))
}

fn stems(folder: &Path, wanted: impl Fn(&PathBuf) -> bool) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeSet::new() };
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.file_name().is_some_and(|name| name != "mod.rs"))
        .filter(wanted)
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect()
}
