//! Which situations there are, and which of them were asked for.

use std::path::Path;

use ring::digest::{Context, SHA256};

use crate::cli::args::ClientRunArguments;
use crate::cli::session::{Session, Stop};
use crate::cli::{files, suite};
use crate::client::Situation;
use crate::client::situation;
use crate::diagnostic::{Diagnostic, nearest};
use crate::outcome::Selection;
use crate::pattern::fits;

/// What will be run.
pub(super) struct Chosen {
    pub(super) situations: Vec<Situation>,
    /// The names of all that there are.
    pub(super) ids: Vec<String>,
    pub(super) digest: String,
    pub(super) selection: Selection,
}

/// Reads all situations and keeps those that were asked for.
pub(super) fn choose(session: &mut Session, arguments: &ClientRunArguments) -> Result<Chosen, Stop> {
    let texts = texts(arguments.situations_dir.as_deref());
    let texts = session.settled(texts)?;
    let mut situations = Vec::new();
    let mut digest = Context::new(&SHA256);
    for (path, text) in &texts {
        digest.update(path.as_bytes());
        digest.update(text.as_bytes());
        let source = session.sources.add(format!("situations/{path}"), text.as_str());
        let id = path.trim_end_matches(".yaml");
        situations.extend(situation::parse(id, source, text, &mut session.diagnostics));
    }
    session.settle()?;
    let ids: Vec<String> = situations.iter().map(|situation| situation.id.clone()).collect();
    let wanted = filter(session, arguments, situations)?;
    let hex: String = digest.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    let selection = Selection {
        filters: words(arguments),
        complete: wanted.len() == ids.len(),
        shard: None,
        cases: wanted.len(),
    };
    Ok(Chosen { situations: wanted, ids, digest: format!("sha256:{hex}"), selection })
}

fn texts(folder: Option<&Path>) -> Result<Vec<(String, String)>, Diagnostic> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let Some(folder) = folder else {
        return Ok(suite::situations().map(|(path, bytes)| (path.to_owned(), text(bytes))).collect());
    };
    let entries = files::below(folder)?;
    files::refuse_misnamed(folder, &entries)?;
    let written = entries.iter().filter(|(path, _)| files::has_extension(path, "yaml"));
    let texts: Vec<_> = written.map(|(path, bytes)| (path.clone(), text(bytes))).collect();
    if texts.is_empty() {
        let message = format!("there is no situation below `{}`", folder.display());
        return Err(Diagnostic::error("empty-folder", message)
            .help("write one: `orchspec schema situation` says how"));
    }
    Ok(texts)
}

fn filter(
    session: &mut Session,
    arguments: &ClientRunArguments,
    situations: Vec<Situation>,
) -> Result<Vec<Situation>, Stop> {
    for pattern in &arguments.situations {
        if !situations.iter().any(|situation| fits(pattern, &situation.id)) {
            session.diagnostics.push(unmatched(pattern, &situations));
        }
    }
    session.settle()?;
    let wanted = |situation: &Situation| {
        let profile = arguments.profile.as_deref();
        let patterns = &arguments.situations;
        profile.is_none_or(|profile| situation.task.action.profile() == profile)
            && (patterns.is_empty() || patterns.iter().any(|pattern| fits(pattern, &situation.id)))
    };
    let kept: Vec<Situation> = situations.into_iter().filter(wanted).collect();
    if kept.is_empty() {
        let message = "the filters leave no situation";
        let help = "leave out `--profile` or `--situation`";
        return Err(session.refuse(Diagnostic::error("nothing-selected", message).help(help)));
    }
    Ok(kept)
}

fn unmatched(pattern: &str, situations: &[Situation]) -> Diagnostic {
    let unmatched = Diagnostic::error("no-such-situation", format!("no situation is called `{pattern}`"));
    let ids = || situations.iter().map(|situation| situation.id.as_str());
    match nearest(pattern, ids()) {
        Some(id) => unmatched.help(format!("did you mean `{id}`?")),
        None => unmatched.help(format!("one of: {}", ids().collect::<Vec<_>>().join(", "))),
    }
}

fn words(arguments: &ClientRunArguments) -> Vec<String> {
    let profile = arguments.profile.iter().map(|profile| format!("--profile {profile}"));
    let situations = arguments.situations.iter().map(|pattern| format!("--situation {pattern}"));
    profile.chain(situations).collect()
}
