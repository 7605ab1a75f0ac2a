//! Every command, found by asking the program: its help fits a screen, its page can be read, and none is forgotten.

use std::sync::LazyLock;

use crate::orchspec::{Orchspec, assert_shows};

/// Everybody asks in one folder, which is made once.
fn asked() -> &'static Orchspec {
    static FOLDER: LazyLock<Orchspec> = LazyLock::new(|| Orchspec::new("help_of_all"));
    &FOLDER
}

/// Lines and letters of a screen that is not small.
const SCREEN: (usize, usize) = (50, 100);

/// The commands below this one, as its help lists them.
fn below(command: &[String]) -> Vec<Vec<String>> {
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    let help = asked().call_as_is(&[&words, &["--help"][..]].concat()).stdout;
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // A line that only goes on is indented further.
    let named = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = named.filter_map(|line| line.split_whitespace().next());
    names.map(|name| [command, &[name.to_owned()]].concat()).collect()
}

/// Every command, the program itself first.
fn commands() -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut at = 0;
    while let Some(command) = found.get(at).cloned() {
        found.extend(below(&command));
        at += 1;
    }
    assert!(found.len() > 25, "{found:?}");
    found
}

#[test]
fn every_help_fits_a_screen_and_shows_two_examples() {
    for command in commands() {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let help = asked().call_as_is(&[&words, &["--help"][..]].concat()).stdout;
        let width = help.lines().map(|line| line.chars().count()).max().unwrap_or_default();
        assert!(help.lines().count() <= SCREEN.0, "{} lines: {command:?}\n{help}", help.lines().count());
        assert!(width <= SCREEN.1, "{width} letters: {command:?}\n{help}");
        let (_, examples) = help.split_once("\nExamples:\n").unwrap_or_else(|| panic!("{command:?}\n{help}"));
        let examples = examples.lines().filter(|line| line.starts_with("  orchspec ")).count();
        assert!(examples >= 2, "{command:?}\n{help}");
        let all = asked().call_as_is(&[&words, &["--help-all"][..]].concat()).stdout;
        assert!(all.lines().count() >= help.lines().count(), "{command:?}\n{all}");
    }
}

#[test]
fn what_few_need_stands_in_the_help_with_everything() {
    let program = Orchspec::new("help_all");
    assert_shows!("help_all_run", program.call(&["run", "--help-all"]));
    assert_shows!("help_all_mock", program.call(&["mock", "--help-all"]));
}

#[test]
fn every_command_has_a_page() {
    let program = Orchspec::new("pages");
    let written = program.call(&["man", "--output-dir", "man1"]);
    assert_eq!(written.code, 0, "{written}");
    let commands = commands();
    for command in &commands {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let name = [&["orchspec"], words.as_slice()].concat().join("-");
        let page = program.read(&format!("man1/{name}.1"));
        assert!(page.contains(".SH SYNOPSIS") && page.contains(".SH EXAMPLES"), "{name}\n{page}");
        assert!(!page.contains("\n\n.TP"), "{name}: an option is not explained\n{page}");
        if !command.is_empty() {
            let printed = program.call_as_is(&[&["man"], words.as_slice()].concat());
            assert_eq!((printed.code, &printed.stdout), (0, &page), "{printed}");
        }
    }
    let pages = std::fs::read_dir(program.path("man1")).unwrap().count();
    assert_eq!(pages, commands.len());
}

#[test]
fn a_page_of_no_command_is_refused() {
    let ended = Orchspec::new("man_unknown").call(&["man", "report", "dif"]);
    assert_shows!("man_unknown", ended);
    assert_eq!(ended.code, 2);
}
