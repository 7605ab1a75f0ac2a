//! A whole terminal for a while: what was on it before is there again afterwards, however the command ends.

use std::io;

use console::{Key, Term};

/// The other screen of a terminal, without a cursor; and back.
const OPEN: &str = "\u{1b}[?1049h\u{1b}[?25l";
const CLOSE: &str = "\u{1b}[?25h\u{1b}[?1049l";
/// From the upper left corner on, nothing of what stood there.
const CLEAR: &str = "\u{1b}[H\u{1b}[J";

/// A terminal that shows one page at a time.
#[derive(Debug)]
pub(crate) struct Screen(Term);

/// How much fits on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    /// Lines.
    pub(crate) rows: usize,
    /// Letters in a line.
    pub(crate) columns: usize,
}

/// Less than this cannot be read; what is shown is then cut by the terminal.
const SMALLEST: Size = Size { rows: 10, columns: 40 };

impl Screen {
    /// Takes the terminal.
    pub(crate) fn open() -> io::Result<Self> {
        let term = Term::stdout();
        term.write_str(OPEN)?;
        Ok(Self(term))
    }

    /// How large it is now.
    pub(crate) fn size(&self) -> Size {
        let (rows, columns) = self.0.size();
        Size {
            rows: usize::from(rows).max(SMALLEST.rows),
            columns: usize::from(columns).max(SMALLEST.columns),
        }
    }

    /// Shows a page in place of the one before.
    pub(crate) fn show(&self, page: &str) -> io::Result<()> {
        self.0.write_str(&format!("{CLEAR}{page}"))
    }

    /// Waits for a key; one that interrupts is a key like the others.
    pub(crate) fn key(&self) -> io::Result<Key> {
        self.0.read_key_raw()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Where the terminal is gone there is nothing to give back.
        let _ = self.0.write_str(CLOSE);
    }
}
