//! Links between pages: the file is there, and so is the heading that an anchor names.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

use super::ROOT;

/// A link of a page.
struct Link {
    /// The file, as it is written; empty for a place of the same page.
    file: String,
    /// What stands behind `#`.
    anchor: Option<String>,
}

/// Every page of the repository, wherever it is; what is built or hidden is none.
fn pages_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with('.') || name == "target" || name == "node_modules" {
            continue;
        }
        if path.is_dir() {
            found.append(&mut pages_below(&path));
        } else if path.extension().is_some_and(|end| end == "md") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What a reader sees as text: no fenced blocks, and no code inside a line.
fn prose(page: &str) -> String {
    let code = Regex::new(r"`+[^`\n]*`+").unwrap();
    let mut is_open = false;
    let mut kept = String::new();
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            is_open = !is_open;
        } else if !is_open {
            kept += &code.replace_all(line, "code");
            kept.push('\n');
        }
    }
    kept
}

fn links(page: &str) -> Vec<Link> {
    let link = Regex::new(r"\]\(\s*<?([^)#>\s]*)(?:#([^)>\s]*))?>?[^)]*\)").unwrap();
    let prose = prose(page);
    link.captures_iter(&prose)
        .map(|found| Link {
            file: found[1].to_owned(),
            anchor: found.get(2).map(|anchor| anchor.as_str().to_owned()),
        })
        .collect()
}

/// The anchors of a page as GitHub makes them: of headings that read the same, each one after the first is numbered.
fn anchors(page: &str) -> Vec<String> {
    let mut is_open = false;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for line in page.lines() {
        is_open ^= line.trim_start().starts_with("```");
        let hashes = line.chars().take_while(|letter| *letter == '#').count();
        if is_open || !(1..=6).contains(&hashes) || !line[hashes..].starts_with(' ') {
            continue;
        }
        let slug = slug(&line[hashes..]);
        let times = seen.entry(slug.clone()).or_default();
        found.push(if *times == 0 { slug } else { format!("{slug}-{times}") });
        *times += 1;
    }
    found
}

/// A heading as an anchor: small letters, digits, `-` and `_` stay, spaces become `-`, and everything else goes.
fn slug(heading: &str) -> String {
    let link = Regex::new(r"\[([^\]]*)\]\([^)]*\)").unwrap();
    let text = link.replace_all(heading.trim(), "$1").to_lowercase();
    let kept = text.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

/// Why a reader of the page does not get where the link points, if so.
fn broken(link: &Link, page: &Path) -> Option<String> {
    if Regex::new("^[a-z]+:").unwrap().is_match(&link.file) {
        return None;
    }
    let there = match link.file.as_str() {
        "" => page.to_owned(),
        file => page.parent().unwrap().join(file),
    };
    if !there.exists() {
        return Some(format!("{} is not there", link.file));
    }
    let anchor = link.anchor.as_ref()?;
    let text = fs::read_to_string(&there).unwrap_or_default();
    let is_there = anchors(&text).contains(anchor);
    (!is_there).then(|| format!("{}#{anchor}: no heading there has this anchor", link.file))
}

/// A reader gets from page to page, and to the right place of it.
#[test]
fn every_link_leads_somewhere() {
    let pages = pages_below(Path::new(ROOT));
    for part in ["README.md", "docs/language.md", "examples/README.md", "scenarios/COVERAGE.md"] {
        assert!(pages.contains(&Path::new(ROOT).join(part)), "{part} is not looked at");
    }
    let mut wrong = Vec::new();
    for page in &pages {
        let text = fs::read_to_string(page).unwrap();
        let reasons = links(&text).into_iter().filter_map(|link| broken(&link, page));
        wrong.extend(reasons.map(|reason| format!("{}: {reason}", page.display())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The rules for anchors are GitHub's, so the test is worth as much as they are.
#[test]
fn anchors_are_made_as_github_makes_them() {
    let page = "# A `target` file: what's in it\n```sh\n# no heading\n```\n## Bounds\n## Bounds\n\
                ## See [here](there.md), `a_b`\n#tag\n";
    assert_eq!(anchors(page), ["a-target-file-whats-in-it", "bounds", "bounds-1", "see-here-a_b"]);
}

/// A link that leads nowhere is noticed, in each of the ways in which that happens.
#[test]
fn a_link_that_leads_nowhere_is_noticed() {
    let page = Path::new(ROOT).join("docs/README.md");
    let reasons =
        |text: &str| -> Vec<String> { links(text).iter().filter_map(|link| broken(link, &page)).collect() };
    assert_eq!(reasons("[a](nobody.md)"), ["nobody.md is not there"]);
    assert_eq!(reasons("[a](target.md#nowhere)"), ["target.md#nowhere: no heading there has this anchor"]);
    assert_eq!(reasons("[a](#nowhere \"title\")"), ["#nowhere: no heading there has this anchor"]);
    let right = "[a](#documentation) [b](target.md) [c](https://example.org/x#y) `[d](nobody.md)`";
    assert!(reasons(right).is_empty());
}
