//! What the program may ask of the machine it runs on; only `cli` implements it.

use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::Pin;

use tokio::io::{AsyncRead, AsyncWrite};

/// A child process that is spoken to on its standard input and output; it is killed when this is dropped.
pub struct Child {
    /// What is written here is its standard input.
    pub input: Box<dyn AsyncWrite + Send + Unpin>,
    /// What it writes to its standard output.
    pub output: Box<dyn AsyncRead + Send + Unpin>,
    /// The process itself.
    pub process: Box<dyn Process>,
}

/// A process that lives as long as this does, unless it ends by itself.
pub trait Process: Send {
    /// Waits for its end, and says how it ended.
    fn ended(&mut self) -> SystemFuture<'_, io::Result<String>>;
}

/// A future of a [`System`] call.
pub type SystemFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Environment, files, child processes and the wall clock.
pub trait System: Send + Sync {
    /// The value of an environment variable, if it is set and is text.
    fn variable(&self, name: &str) -> Option<String>;

    /// The bytes of a file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The time now.
    fn now(&self) -> jiff::Timestamp;

    /// Starts a program in `directory` with piped standard input and output.
    fn spawn<'a>(&'a self, command: &'a [String], directory: &'a Path)
    -> SystemFuture<'a, io::Result<Child>>;
}
