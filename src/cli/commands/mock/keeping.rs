//! The journal of a mock in a file: every entry as it comes, and a footer that says that nothing is missing.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::pin::pin;

use serde_json::json;
use tokio::sync::oneshot;

use crate::cli::files;
use crate::diagnostic::Diagnostic;
use crate::mock::{Finished, Session};

/// A journal's file that is being written.
pub(super) struct Keeping {
    file: File,
    cursor: u64,
    /// Whether entries were dropped before they could be written.
    incomplete: bool,
}

impl Keeping {
    /// Opens the file; what was in it is gone.
    pub(super) fn open(path: &Path) -> Result<Self, Diagnostic> {
        Ok(Self { file: files::open(path)?, cursor: 0, incomplete: false })
    }

    /// Writes what the journal gets, until the mock has finished.
    pub(super) async fn follow(
        mut self,
        session: Session,
        finished: oneshot::Receiver<Finished>,
    ) -> io::Result<()> {
        let mut finished = pin!(finished);
        loop {
            tokio::select! {
                biased;
                finished = &mut finished => {
                    self.write(&session)?;
                    // Without it the mock has come to a bad end, and the file has no footer.
                    return finished.map_or(Ok(()), |finished| self.conclude(finished));
                }
                () = session.journal_grows(self.cursor) => self.write(&session)?,
            }
        }
    }

    fn write(&mut self, session: &Session) -> io::Result<()> {
        const AT_ONCE: usize = 500;
        loop {
            let page = session.journal(self.cursor, AT_ONCE);
            self.incomplete |= page.truncated;
            self.cursor = page.next;
            if page.entries.is_empty() {
                return self.file.flush();
            }
            let lines: String = page.entries.iter().map(|entry| format!("{}\n", entry.to_json())).collect();
            self.file.write_all(lines.as_bytes())?;
        }
    }

    fn conclude(mut self, finished: Finished) -> io::Result<()> {
        let footer = json!({ "footer": {
            "entries": self.cursor,
            "exchanges": finished.exchanges,
            "foreign": finished.foreign,
            "complete": !self.incomplete,
        } });
        self.file.write_all(format!("{footer}\n").as_bytes())
    }
}
