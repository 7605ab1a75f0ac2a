//! The only place that reads and writes files by itself.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;

/// A file below a folder: its path from there, with `/`, and what is in it.
pub(crate) type Entry = (String, Cow<'static, [u8]>);

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    fs::read(path).map_err(|error| unreadable(path, &error))
}

/// Whether there is a folder.
pub(crate) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a path ends with this extension.
pub(crate) fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|own| own == extension)
}

/// Every file below a folder, in the order of paths. Links are not followed: a suite ends where its folder ends.
pub(crate) fn below(folder: &Path) -> Result<Vec<Entry>, Diagnostic> {
    let mut paths = Vec::new();
    collect(folder, &mut paths).map_err(|error| unreadable(folder, &error))?;
    paths.sort();
    paths.into_iter().map(|path| Ok((relative(folder, &path), Cow::Owned(read(&path)?)))).collect()
}

/// Writes a file that must not be there yet.
pub(crate) fn create(path: &Path, content: &[u8]) -> Result<(), Diagnostic> {
    if path.exists() {
        let message = format!("`{}` is there already", path.display());
        return Err(Diagnostic::error("file-exists", message).help("remove it, or give another name"));
    }
    replace(path, content)
}

/// Writes a file as a whole: beside it first, so that nobody ever reads half of it.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<(), Diagnostic> {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(".partial");
    let beside = path.with_file_name(name);
    let written = create_folder_of(path)
        .and_then(|()| fs::write(&beside, content))
        .and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let message = format!("cannot write `{}`: {}", path.display(), reason(&error));
        Diagnostic::error("unwritable-file", message)
    })
}

/// Removes a file; one that is not there is as good as removed.
pub(crate) fn remove(path: &Path) -> Result<(), Diagnostic> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            let message = format!("cannot remove `{}`: {}", path.display(), reason(&error));
            Err(Diagnostic::error("unwritable-file", message))
        }
        _ => Ok(()),
    }
}

fn create_folder_of(path: &Path) -> io::Result<()> {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or(Ok(()), fs::create_dir_all)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            collect(&entry.path(), paths)?;
        } else if kind.is_file() {
            paths.push(entry.path());
        }
    }
    Ok(())
}

fn relative(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let shown = path.display();
    let message = match error.kind() {
        ErrorKind::NotFound => format!("there is no `{shown}`"),
        _ => format!("cannot read `{shown}`: {}", reason(error)),
    };
    Diagnostic::error("unreadable-file", message)
}

/// The operating system's words without its number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
