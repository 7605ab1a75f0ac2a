//! `completions` and `man`: what the program says about its own arguments, for shells and for `man`.

use std::path::Path;

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;

use crate::cli::args::Arguments;
use crate::cli::exit_code::Exit;
use crate::cli::files;
use crate::cli::session::{Ending, Session};
use crate::diagnostic::Diagnostic;
use crate::report::Format;

/// What the program is called.
const NAME: &str = "orchspec";

/// Prints a completion script.
pub(crate) fn completions(session: &mut Session, shell: Shell) -> Ending {
    let mut script = Vec::new();
    let mut program = Arguments::command();
    if shell == Shell::Zsh {
        program = program.mut_subcommand("report", |report| with_formats(&report));
    }
    clap_complete::generate(shell, &mut program, NAME, &mut script);
    if shell == Shell::Fish {
        script.extend(values(&program).into_bytes());
    }
    session.show_exactly(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Satisfied)
}

/// `report` with its formats as commands beside the others: the script for zsh offers commands only behind whatever else
/// may stand there.
fn with_formats(report: &Command) -> Command {
    let (places, options): (Vec<_>, Vec<_>) =
        report.get_arguments().cloned().partition(clap::Arg::is_positional);
    let formats = Format::NAMES.map(|(name, _)| {
        let files = places.iter().skip(1).cloned();
        Command::new(name).about("Write a stored report in this format").args(files).args(options.clone())
    });
    let about = report.get_about().cloned().unwrap_or_default();
    let commands: Vec<Command> = report.get_subcommands().cloned().collect();
    Command::new("report").about(about).args(options).subcommands(commands).subcommands(formats)
}

/// What may stand behind a command, which the script for fish says of options alone.
fn values(program: &Command) -> String {
    let mut commands = Vec::new();
    collect(program, &mut commands);
    let line = |command: &&Command| {
        let path: Vec<&str> = command.get_bin_name()?.split(' ').skip(1).collect();
        let words: Vec<String> = command.get_positionals().flat_map(words_of).collect();
        (!words.is_empty())
            .then(|| format!("complete -c {NAME} -n \"{}\" -a \"{}\"\n", typed(&path), words.join(" ")))
    };
    commands.iter().filter_map(line).collect()
}

fn words_of(argument: &clap::Arg) -> Vec<String> {
    let shown = argument.get_possible_values().into_iter().filter(|value| !value.is_hide_set());
    shown.map(|value| value.get_name().to_owned()).collect()
}

/// The condition that fish has come to a command, in the words of the script.
fn typed(path: &[&str]) -> String {
    let (first, rest) = path.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
    let rest: String = rest.iter().map(|word| format!("; and __fish_seen_subcommand_from {word}")).collect();
    format!("__fish_{NAME}_using_subcommand {first}{rest}")
}

/// Prints the page of a command, or of the program and each of its commands; writes all pages where a folder is named.
pub(crate) fn man(session: &mut Session, words: &[String], folder: Option<&Path>) -> Ending {
    let mut program = Arguments::command();
    program.build();
    if let Some(folder) = folder {
        return write(session, &program, folder);
    }
    let command = find(&program, words).map_err(|unknown| session.refuse(unknown))?;
    let mut pages = page(command);
    if words.is_empty() {
        pages.extend(shown(&program).flat_map(page));
    }
    session.show_exactly(&String::from_utf8_lossy(&pages))?;
    Ok(Exit::Satisfied)
}

fn write(session: &mut Session, program: &Command, folder: &Path) -> Ending {
    let mut commands = Vec::new();
    collect(program, &mut commands);
    for command in &commands {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let written = files::replace(&folder.join(format!("{name}.1")), &page(command));
        session.settled(written)?;
    }
    session.console.note(&format!("{} pages are in {}", commands.len(), folder.display()));
    Ok(Exit::Satisfied)
}

fn collect<'a>(command: &'a Command, commands: &mut Vec<&'a Command>) {
    commands.push(command);
    shown(command).for_each(|below| collect(below, commands));
}

fn shown(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|below| !below.is_hide_set())
}

/// The command of this name, below which its own commands are named by the words that follow.
fn find<'a>(program: &'a Command, words: &[String]) -> Result<&'a Command, Diagnostic> {
    words.iter().try_fold(program, |command, word| {
        command.find_subcommand(word).ok_or_else(|| {
            let message = format!("`{}` has no command `{word}`", command.get_bin_name().unwrap_or(NAME));
            let names: Vec<&str> = shown(command).map(Command::get_name).collect();
            Diagnostic::error("unknown-name", message).suggest(word, names)
        })
    })
}

/// What `--help` leaves to `--help-all` is explained here, too, and the examples have a section of their own.
fn page(command: &Command) -> Vec<u8> {
    let mut page = Vec::new();
    let command = command.clone().mut_args(|argument| argument.hide_short_help(false));
    // Writing to memory cannot fail.
    let _ = clap_mangen::Man::new(command).render(&mut page);
    let page = String::from_utf8_lossy(&page).replace("\nExamples:\n", "\n.SH EXAMPLES\n");
    page.replace(".SH EXTRA\n.SH", ".SH").replace(".SH EXTRA", ".SH NOTES").into_bytes()
}
