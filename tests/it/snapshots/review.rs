//! `snapshot review` in a terminal: keys, what they do to the files, and what is left when somebody breaks off.

use std::io::Write as _;
use std::process::{Command, Stdio};

use rstest::{Context, rstest};

use crate::orchspec::{Ended, Orchspec};

/// The cases whose created task shows its priority.
const CASES: [&str; 3] = [
    "elma/cancel/creator-cancels-a-waiting-task",
    "elma/create/new-task-has-not-run",
    "elma/status/waiting-task-has-no-bot",
];

/// A folder in which three snapshots are proposed.
fn proposing(name: &str) -> Orchspec {
    let program = Orchspec::new(&format!("review_{name}"));
    assert_eq!(program.call(&[&["run", "--snapshots", "record"], &CASES[..]].concat()).code, 0);
    let defect = ["run", "--defect", "ELMA-CREATE-16/priority-low"];
    assert_eq!(program.call(&[&defect, &CASES[..]].concat()).code, 1);
    program
}

/// The program in a terminal that `tests/fixtures/terminal.py` types into.
fn driver(program: &Orchspec) -> Command {
    let called = program.command(&["snapshot", "review"]);
    let mut command = Command::new("python3");
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/terminal.py"));
    command.arg(called.get_program()).args(called.get_args()).current_dir(program.path(""));
    command.env("TERM", "xterm").env_remove("CI").env_remove("NO_COLOR");
    command
}

fn run(mut command: Command, script: &str) -> Ended {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    Orchspec::wait(child)
}

fn converse(program: &Orchspec, script: &str) -> Ended {
    run(driver(program), script)
}

fn states(program: &Orchspec) -> Vec<bool> {
    let files = ["cancelled", "created", "waiting"];
    let low = |(case, file): (&&str, &str)| {
        program.read(&format!("snapshots/embedded/{case}/{file}.snap")).contains("\"priority\": \"LOW\"")
    };
    CASES.iter().zip(files).map(low).collect()
}

fn left(program: &Orchspec) -> usize {
    program.call(&["snapshot", "list"]).stdout.lines().count()
}

/// One key after the other, each when the page that the one before has led to is there.
fn typed(keys: &str) -> String {
    keys.chars().map(|key| format!("see \\x1b[H\\x1b[J\ntype {key}\n")).collect()
}

#[rstest]
#[case::each("arnq", "1 accepted, 1 rejected, 1 left", &[true, false, false], 1)]
#[case::another_mind("apraaq", "2 accepted, 1 rejected, 0 left", &[false, true, true], 0)]
#[case::undone("aapuq", "1 accepted, 0 rejected, 2 left", &[true, false, false], 2)]
#[case::with_help("?jnaq", "1 accepted, 0 rejected, 2 left", &[false, true, false], 2)]
fn keys_decide(
    #[context] context: Context,
    #[case] keys: &str,
    #[case] summary: &str,
    #[case] low: &[bool],
    #[case] still_proposed: usize,
) {
    let program = proposing(context.description.unwrap());
    let ended = converse(&program, &typed(keys));
    assert_eq!(ended.code, 0, "{ended}");
    assert!(ended.stdout.contains(summary), "{ended}");
    assert_eq!((states(&program).as_slice(), left(&program)), (low, still_proposed));
}

#[test]
fn a_page_tells_where_it_comes_from_and_marks_the_words_that_changed() {
    let program = proposing("page");
    let ended = converse(&program, &typed("?q"));
    for shown in [
        "1 of 3  changed  embedded/elma/cancel/creator-cancels-a-waiting-task/cancelled",
        "taken by scenarios/elma/cancel/creator-cancels-a-waiting-task.yaml",
        "\u{1b}[7m\u{1b}[32m\"LOW\",",
        "accept it: the answer is right",
        "0 accepted, 0 rejected, 3 left",
    ] {
        assert!(ended.stdout.contains(shown), "{shown}\n{ended}");
    }
}

#[test]
fn when_all_are_decided_somebody_is_asked_once_more() {
    let program = proposing("asked");
    let script = typed("aaa") + "see 3 accepted, 0 rejected, 0 left\nsee Enter\ntype \\r\n";
    assert_eq!(converse(&program, &script).code, 0);
    assert_eq!((states(&program), left(&program)), (vec![true; 3], 0));
}

#[test]
fn whoever_interrupts_has_decided_nothing() {
    let program = proposing("interrupted");
    let ended = converse(&program, &(typed("ar") + "see 3 of 3\ntype \\x03\n"));
    assert_eq!(ended.code, 130, "{ended}");
    assert!(ended.stdout.contains("everything is left as it was"), "{ended}");
    let back = ended.stdout.find("\u{1b}[?25h\u{1b}[?1049l").unwrap();
    assert!(back < ended.stdout.find("everything is left").unwrap());
    assert_eq!((states(&program), left(&program)), (vec![false; 3], 3));
}

#[test]
fn a_terminal_that_cannot_show_pages_is_told_another_way() {
    let program = proposing("dumb");
    let mut command = driver(&program);
    command.env("TERM", "dumb");
    let ended = run(command, "");
    assert_eq!(ended.code, 2, "{ended}");
    assert!(ended.stdout.contains("decide with `snapshot accept`"), "{ended}");
}
