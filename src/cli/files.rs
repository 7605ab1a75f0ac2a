//! The only place that reads and writes files by itself.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::outcome::phrase;

/// A file below a folder: its path from there, with `/`, and what is in it.
pub(crate) type Entry = (String, Cow<'static, [u8]>);

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    fs::read(path).map_err(|error| unreadable(path, &error))
}

/// The bytes of a file, unless it holds more than `most`.
pub(crate) fn read_up_to(path: &Path, most: u64) -> Result<Option<Vec<u8>>, Diagnostic> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(path, &error))?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Refuses `a.yml` among the files below a folder: it would not be read, and nobody would notice.
pub(crate) fn refuse_misnamed(folder: &Path, entries: &[Entry]) -> Result<(), Diagnostic> {
    let misnamed = entries.iter().map(|(path, _)| path.as_str()).find(|path| has_extension(path, "yml"));
    let Some(path) = misnamed else { return Ok(()) };
    let message = format!("{} would not be read, because of its ending", shown(&folder.join(path)));
    let help = format!("name it `{}.yaml`", path.trim_end_matches(".yml"));
    Err(Diagnostic::error("misnamed-file", message).help(help))
}

/// Whether there is a folder.
pub(crate) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Why a path cannot be a folder; nothing if it is one, or if it can become one.
pub(crate) fn why_no_folder(path: &Path) -> Option<String> {
    match fs::metadata(path) {
        Ok(found) => (!found.is_dir()).then(|| "it is no folder".to_owned()),
        Err(error) => (error.kind() != ErrorKind::NotFound).then(|| reason(&error)),
    }
}

/// Whether anything stands there, as far as one may look: what nobody may look at is not taken for nothing.
pub(crate) fn is_there(path: &Path) -> bool {
    path.try_exists().unwrap_or(true)
}

/// Whether a path ends with this extension.
pub(crate) fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|own| own == extension)
}

/// Every file below a folder, in the order of paths. Links are refused: a suite ends where its folder ends.
pub(crate) fn below(folder: &Path) -> Result<Vec<Entry>, Diagnostic> {
    let paths = list(folder)?.into_iter();
    paths.map(|path| read(&folder.join(&path)).map(|bytes| (path, Cow::Owned(bytes)))).collect()
}

/// The YAML files that lie in a folder itself, in the order of names.
pub(crate) fn directly_in(folder: &Path) -> Result<Vec<Entry>, Diagnostic> {
    let read_paths =
        || -> io::Result<Vec<PathBuf>> { fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect() };
    let mut paths = read_paths().map_err(|error| unreadable(folder, &error))?;
    paths.retain(|path| path.extension().is_some_and(|own| own == "yaml") && path.is_file());
    paths.sort();
    let read = |path: &PathBuf| Ok((relative(folder, path)?, Cow::Owned(read(path)?)));
    paths.iter().map(read).collect()
}

/// The path of every file below a folder, from there, with `/`, in order.
pub(crate) fn list(folder: &Path) -> Result<Vec<String>, Diagnostic> {
    let mut found = Found::default();
    collect(folder, &mut found).map_err(|error| unreadable(folder, &error))?;
    refuse_links(&found.links)?;
    found.files.sort();
    found.files.iter().map(|path| relative(folder, path)).collect()
}

/// Writes a file that must not be there yet.
pub(crate) fn create(path: &Path, content: &[u8]) -> Result<(), Diagnostic> {
    if path.exists() {
        let message = format!("{} is there already", shown(path));
        return Err(Diagnostic::error("file-exists", message).help("remove it, or give another name"));
    }
    replace(path, content)
}

/// Writes a file as a whole: beside it first, so that nobody ever reads half of it. What is no file, such as a pipe or
/// a device, is written to as it is.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<(), Diagnostic> {
    let written = create_folder_of(path)
        .and_then(|()| if is_special(path) { fs::write(path, content) } else { exchange(path, content) });
    written.map_err(|error| unwritable(&shown(path), &error))
}

/// Adds to the end of a file, unless it would become longer than `limit`.
pub(crate) fn append(path: &Path, content: &[u8], limit: u64) -> Result<(), Diagnostic> {
    let opened = File::options().append(true).create(true).open(path);
    let written = opened.and_then(|mut file| {
        let length = file.metadata()?.len().saturating_add(content.len() as u64);
        if length > limit { Err(ErrorKind::FileTooLarge.into()) } else { file.write_all(content) }
    });
    written.map_err(|error| unwritable(&shown(path), &error))
}

/// Opens a file that is written bit by bit; what was in it is gone.
pub(crate) fn open(path: &Path) -> Result<File, Diagnostic> {
    let opened = create_folder_of(path).and_then(|()| File::create(path));
    opened.map_err(|error| unwritable(&shown(path), &error))
}

/// Makes sure that a file can be written, before somebody works for what is to stand in it; gives the folder that had
/// to be made for it.
pub(crate) fn make_room(path: &Path) -> Result<Option<&Path>, Diagnostic> {
    let missing = folder_of(path).filter(|folder| !folder.exists());
    let tried = create_folder_of(path).and_then(|()| try_out(path));
    tried.map(|()| missing).map_err(|error| unwritable(&shown(path), &error))
}

/// Makes sure that files can be written below a folder; a folder that had to be made for that is gone again.
pub(crate) fn make_room_below(folder: &Path) -> Result<(), Diagnostic> {
    let is_new = !folder.exists();
    let tried = fs::create_dir_all(folder).and_then(|()| try_out(&folder.join("tried")));
    tried.map_err(|error| unwritable(&shown(folder), &error))?;
    if is_new {
        remove_empty_folders(&folder.join("tried"), Path::new(""));
    }
    Ok(())
}

/// A result that cannot be written.
pub(crate) fn unwritable(what: &str, error: &io::Error) -> Diagnostic {
    let message = format!("cannot write {what}: {}", reason(error));
    let way_out = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "make room, or write to another place"
        }
        ErrorKind::BrokenPipe => "its reader went away before the end",
        _ => "give another path, or make this one writable",
    };
    Diagnostic::error("unwritable-file", message).help(way_out)
}

fn try_out(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    // A pipe is opened once: its reader takes the first end for the last.
    if is_special(path) {
        return Ok(());
    }
    let beside = beside(path);
    File::create(&beside).and_then(|_| fs::remove_file(beside))
}

fn exchange(path: &Path, content: &[u8]) -> io::Result<()> {
    let beside = beside(path);
    let written = fs::write(&beside, content).and_then(|()| fs::rename(&beside, path));
    written.inspect_err(|_| drop(fs::remove_file(&beside)))
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(".partial");
    path.with_file_name(name)
}

/// Whether something that is no file stands there, so that no file may take its place.
fn is_special(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| !found.is_file())
}

/// Removes a file; one that is not there is as good as removed.
pub(crate) fn remove(path: &Path) -> Result<(), Diagnostic> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            let message = format!("cannot remove {}: {}", shown(path), reason(&error));
            Err(Diagnostic::error("unwritable-file", message).help("remove it by hand"))
        }
        _ => Ok(()),
    }
}

/// Removes the folders above a path that are empty, as far as `top`, which stays.
pub(crate) fn remove_empty_folders(path: &Path, top: &Path) {
    let above = path.ancestors().skip(1).take_while(|folder| *folder != top && folder.starts_with(top));
    // The first one that still holds something ends it, and so does one that cannot be removed.
    above.map(fs::remove_dir).take_while(Result::is_ok).for_each(drop);
}

fn create_folder_of(path: &Path) -> io::Result<()> {
    folder_of(path).map_or(Ok(()), fs::create_dir_all)
}

fn folder_of(path: &Path) -> Option<&Path> {
    path.parent().filter(|folder| !folder.as_os_str().is_empty())
}

fn collect(folder: &Path, found: &mut Found) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            collect(&entry.path(), found)?;
        } else if kind.is_file() {
            found.files.push(entry.path());
        } else if kind.is_symlink() {
            found.links.push(entry.path());
        }
    }
    Ok(())
}

/// What lies below a folder.
#[derive(Default)]
struct Found {
    files: Vec<PathBuf>,
    links: Vec<PathBuf>,
}

/// A file that somebody put there and nobody would read is worse than a mistake.
fn refuse_links(links: &[PathBuf]) -> Result<(), Diagnostic> {
    let Some(first) = links.iter().min() else { return Ok(()) };
    let whither = if first.exists() { "links are not followed" } else { "it leads nowhere" };
    let message = format!("{} is a link, and {whither}", shown(first));
    Err(Diagnostic::error("link", message).help("put the file itself there, or remove the link"))
}

fn relative(folder: &Path, path: &Path) -> Result<String, Diagnostic> {
    let below = path.strip_prefix(folder).unwrap_or(path).to_str();
    below.map(|below| below.replace('\\', "/")).ok_or_else(|| misspelt(path))
}

/// A path as text: scenarios, reports and baselines call files by it.
pub(crate) fn text_of(path: &Path) -> Result<&str, Diagnostic> {
    path.to_str().ok_or_else(|| misspelt(path))
}

fn misspelt(path: &Path) -> Diagnostic {
    let message = format!("the name of {} is not UTF-8", shown(path));
    let help = "rename the file or folder: scenarios and reports, which are UTF-8, call it by its name";
    Diagnostic::error("not-utf-8", message).help(help)
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let message = match error.kind() {
        ErrorKind::NotFound => format!("there is no {}", shown(path)),
        _ => format!("cannot read {}: {}", shown(path), reason(error)),
    };
    Diagnostic::error("unreadable-file", message).help("give another path; it counts from the current folder")
}

fn shown(path: &Path) -> String {
    format!("`{}`", path.display())
}

/// What a path has to do with it; otherwise the operating system's words.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::IsADirectory => "a folder stands there".to_owned(),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => "a part of its path is no folder".to_owned(),
        _ => phrase::reason(error),
    }
}
