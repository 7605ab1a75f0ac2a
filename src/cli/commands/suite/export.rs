//! `suite export`: the built-in suite as a folder.

use std::path::Path;

use crate::cli::exit_code::Exit;
use crate::cli::files;
use crate::cli::session::{Ending, Session};
use crate::cli::suite::{self, Part};
use crate::diagnostic::Diagnostic;

/// Writes every file of the built-in suite below `folder`, which must hold nothing yet.
pub(crate) fn export(session: &mut Session, folder: &Path) -> Ending {
    let written = write(folder);
    let count = session.settled(written)?;
    session
        .console
        .note(&format!("wrote {count} files; judge by them with: orchspec run --suite {}", folder.display()));
    Ok(Exit::Satisfied)
}

fn write(folder: &Path) -> Result<usize, Diagnostic> {
    if files::is_folder(folder) && !files::below(folder)?.is_empty() {
        let message = format!("`{}` is not empty", folder.display());
        return Err(Diagnostic::error("file-exists", message).help("name a folder that does not exist yet"));
    }
    let mut count = 0;
    for part in Part::BUILT_IN {
        for (path, bytes) in suite::built_in(part) {
            files::create(&folder.join(part.folder()).join(path), bytes)?;
            count += 1;
        }
    }
    Ok(count)
}
