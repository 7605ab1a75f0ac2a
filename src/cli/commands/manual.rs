//! `completions` and `man`: what the program says about its own arguments, for shells and for `man`.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::args::Arguments;
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};

/// Prints a completion script.
pub(crate) fn completions(session: &mut Session, shell: Shell) -> Ending {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "orchspec", &mut script);
    session.show_exactly(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Satisfied)
}

/// Prints the manual page, with a part for each command.
pub(crate) fn man(session: &mut Session) -> Ending {
    let mut program = Arguments::command();
    program.build();
    let mut page = Vec::new();
    // Writing to memory cannot fail.
    let _ = clap_mangen::Man::new(program.clone()).render(&mut page);
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        let _ = clap_mangen::Man::new(command.clone()).render(&mut page);
    }
    session.show_exactly(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Satisfied)
}
