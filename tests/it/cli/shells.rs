//! The completion scripts in the shells that they are for.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::orchspec::Orchspec;
use crate::packages;

/// What was typed, and what a shell makes of it.
const TYPED: [(&str, &str); 8] = [
    ("orchspec mut", "mutants"),
    ("orchspec target che", "check"),
    ("orchspec snapshot rev", "review"),
    ("orchspec run --requ", "--requirement"),
    ("orchspec list req", "requirements"),
    ("orchspec schema situ", "situation"),
    ("orchspec report ver", "verify"),
    ("orchspec report mark", "markdown"),
];

/// A folder with the script of a shell; none on a machine of one's own that has no such shell.
fn script(shell: &str) -> Option<Orchspec> {
    if !packages::are_there(&[shell]) {
        return None;
    }
    let program = Orchspec::new(&format!("shell-{shell}"));
    let script = program.call_as_is(&["completions", shell]);
    assert_eq!(script.code, 0, "{script}");
    Some(program.file("completions", script.stdout))
}

fn said(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn bash_completes() {
    let Some(program) = script("bash") else { return };
    for (typed, expected) in TYPED {
        let ask = format!(
            "source ./completions; COMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             function=$(complete -p orchspec | sed 's/.*-F \\([^ ]*\\).*/\\1/'); \
             $function orchspec \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; \
             echo \"${{COMPREPLY[@]}}\""
        );
        let mut bash = Command::new("bash");
        let reply = said(bash.args(["--norc", "--noprofile", "-c", &ask]).current_dir(program.path("")));
        assert_eq!(reply.split_whitespace().collect::<Vec<_>>(), [expected], "{typed}");
    }
}

#[test]
fn fish_completes() {
    let Some(program) = script("fish") else { return };
    for (typed, expected) in TYPED {
        let ask = format!("source ./completions; complete --do-complete '{typed}'");
        let mut fish = Command::new("fish");
        let reply = said(fish.args(["--no-config", "--command", &ask]).current_dir(program.path("")));
        let words: Vec<&str> = reply.lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(words, [expected], "{typed}");
    }
}

/// In a terminal, because zsh completes nowhere else: the word is typed, and the key is pressed.
#[test]
#[expect(clippy::disallowed_methods, reason = "the shell is where the tests find theirs")]
fn zsh_completes() {
    let Some(program) = script("zsh") else { return };
    for (typed, expected) in TYPED {
        let begun = typed.rsplit(' ').next().unwrap();
        // What is shown after the key is only what zsh has added.
        let added = expected.strip_prefix(begun).unwrap();
        let keys = format!(
            "type autoload -U compinit && compinit -u -D && source ./completions && PS1=\"rea\"\"dy> \"\\r\n\
             see ready> \ntype {typed}\\t\nsee {added}\ntype \\x15exit\\r\n"
        );
        let mut terminal = Command::new("python3");
        terminal.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/terminal.py"));
        terminal.args(["/usr/bin/zsh", "-f", "-i"]).current_dir(program.path(""));
        terminal.env_clear().env("PATH", std::env::var("PATH").unwrap_or_default()).env("TERM", "dumb");
        let mut process = terminal.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        process.stdin.take().unwrap().write_all(keys.as_bytes()).unwrap();
        let output = process.wait_with_output().unwrap();
        let shown = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{typed}: {shown}");
    }
}
