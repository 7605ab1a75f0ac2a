//! README.md and docs: every block of every page is tried, in the page's order and in a folder of the page's own.
//!
//! What a block is stands behind its fence: `console` shows calls and what they print, `sh` calls only, and a title
//! (`yaml title="target.yaml"`) makes it a file of the folder. A block of any other kind fails the test.

pub(crate) mod block;
mod console;
mod file;
mod link;
mod mock;
mod reader;
mod server;
mod shell;
mod written;

use std::fs;
use std::path::{Path, PathBuf};

use rstest::rstest;

use self::block::{Block, blocks};
use self::reader::Reader;
use self::server::Server;
use crate::orchspec::Orchspec;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Pages that need more than they can bring along, each with the test that tries its blocks instead.
const TRIED_ELSEWHERE: [(&str, &str); 2] =
    [("docs/callbacks.md", "callbacks.rs"), ("docs/networks.md", "networks.rs")];

/// Every page, by its path in the repository.
fn pages() -> Vec<(String, String)> {
    let docs = fs::read_dir(Path::new(ROOT).join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        docs.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    paths.push(Path::new(ROOT).join("README.md"));
    paths.sort();
    let name = |path: &PathBuf| path.strip_prefix(ROOT).unwrap().display().to_string();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn every_block_of_every_page_works() {
    for (page, text) in pages() {
        if let Some((_, test)) = TRIED_ELSEWHERE.iter().find(|(own, _)| *own == page) {
            let test = fs::read_to_string(format!("{ROOT}/tests/it/{test}")).unwrap();
            assert!(test.contains(&format!("../../{page}")), "{page} is not tried elsewhere");
            continue;
        }
        let folder = format!("page-{}", page.replace(['/', '.'], "-"));
        let mut visit = Visit { reader: Reader::new(&folder), running: None, page: &page };
        for block in blocks(&text) {
            visit.try_out(&block);
        }
    }
}

/// A page that is being tried.
struct Visit<'a> {
    reader: Reader,
    running: Option<Server>,
    page: &'a str,
}

impl Visit<'_> {
    fn try_out(&mut self, block: &Block) {
        let place = format!("{}:{}", self.page, block.line);
        if let Some(title) = &block.title {
            self.reader.program.write(title, &block.text);
            file::check(title, &block.text, &place);
            if title == "server.py" {
                let server = Server::start(&self.reader.program.path(title));
                self.reader.program.set("JOBS_URL", server.url());
                self.running = Some(server);
            }
            return;
        }
        match block.language.as_str() {
            "console" => console::follow(&self.reader.program, block, &place),
            "sh" => shell::follow(&mut self.reader, block, &place),
            "yaml" => file::check_alone(&block.text, &place),
            "json" => assert!(
                serde_json::from_str::<serde_json::Value>(&block.text).is_ok(),
                "{place}: this is no JSON"
            ),
            "rust" => shell::stands_in_a_test(&block.text, &place),
            other => panic!("{place}: nobody knows how to try a block of `{other}`"),
        }
    }
}

/// Pages that the program writes.
#[rstest]
#[case("scenario", "language")]
#[case("target", "target")]
#[case("requirements", "requirements")]
#[case("baseline", "baseline")]
#[case("mock", "mock")]
#[case("faults", "faults")]
#[case("situation", "situations")]
fn a_page_that_the_program_writes_is_as_it_writes_it(#[case] form: &str, #[case] page: &str) {
    let printed = Orchspec::new(&format!("page-of-{form}"))
        .call_as_is(&["schema", form, "--format", "markdown"])
        .stdout;
    let kept = fs::read_to_string(format!("{ROOT}/docs/{page}.md")).unwrap_or_default();
    let way = format!("cargo run -- schema {form} --format markdown > docs/{page}.md");
    assert!(printed == kept, "write it again with: {way}");
}

/// Every page is in the index.
#[test]
fn the_index_names_every_page() {
    let pages = pages();
    let (_, index) = pages.iter().find(|(page, _)| page == "docs/README.md").unwrap();
    for (page, _) in pages.iter().filter(|(page, _)| page.starts_with("docs/") && page != "docs/README.md") {
        let name = page.trim_start_matches("docs/");
        assert!(index.contains(&format!("({name})")), "docs/README.md does not lead to {page}");
    }
}
