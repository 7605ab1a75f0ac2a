//! `record`: a proxy before a server, and a scenario of what a client did through it.

mod place;
mod traffic;

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli::args::{OutputPath, RecordArguments};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session, Stop};
use crate::cli::snapshots::Store;
use crate::cli::{files, suite, target_file};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::outcome::phrase::count;
use crate::plan::{self, Suite, SuiteFile, SuiteFiles};
use crate::profile;
use crate::record::{Mishap, Setting, Written, compose};
use crate::source::SourceMap;
use crate::system::System as _;
use crate::target::{Protocol, Target};

use place::Place;
use traffic::Traffic;

/// Records until the client has ended, and writes what it did.
pub(crate) fn record(session: &mut Session, arguments: &RecordArguments) -> Ending {
    let files = suite::files(session, arguments.suite.suite.as_deref())?;
    let suite = plan::load(&files, &|_| false, &mut session.sources, &mut session.diagnostics);
    session.settle()?;
    let target = target_file::read(session, &arguments.target, &arguments.settings, &suite.registries)?;
    let protocols = protocols(session, &target, arguments)?;
    let places = places(session, &protocols, arguments)?;
    let begun = session.machine.now();
    let traffic = traffic::run(session, (&target, &protocols), arguments)?;
    let scribe = Scribe { session, arguments, files: &files, suite: &suite, target: &target, begun };
    scribe.write(&traffic, protocols.into_iter().zip(places).collect())
}

/// The protocols of the target that are recorded.
fn protocols<'t>(
    session: &mut Session,
    target: &'t Target,
    arguments: &RecordArguments,
) -> Result<Vec<&'t Protocol>, Stop> {
    let is_wanted =
        |protocol: &&Protocol| arguments.profile.as_ref().is_none_or(|name| *name == protocol.profile);
    let can_be_recorded = |protocol: &&Protocol| {
        profile::find(&protocol.profile).is_some_and(|profile| profile.create_word().is_some())
    };
    let wanted: Vec<&Protocol> = target.protocols.iter().filter(can_be_recorded).filter(is_wanted).collect();
    if wanted.is_empty() {
        let known: Vec<&str> = target.protocols.iter().map(|protocol| protocol.profile.as_str()).collect();
        let message = match arguments.profile.as_deref() {
            Some(name) => format!("the target file does not describe the protocol `{name}`"),
            None => "the target file describes no protocol that can be recorded".to_owned(),
        };
        let without_jobs = profile::PROFILES.iter().filter(|profile| profile.create_word().is_none());
        let is_by_hand = without_jobs.map(|profile| profile.name()).any(|name| known.contains(&name));
        let help = if is_by_hand {
            "a scenario for an API of one's own is written by hand: docs/first-suite.md shows how".to_owned()
        } else {
            format!("it describes: {}", known.join(", "))
        };
        return Err(session.refuse(Diagnostic::error("unknown-profile", message).help(help)));
    }
    if let (OutputPath::File(path), [first, second, ..]) = (&arguments.output, wanted.as_slice()) {
        let (first, second) = (&first.profile, &second.profile);
        let message = format!(
            "what goes through {first} and through {second} would be written to `{}`",
            path.display()
        );
        let help = format!("record one of them, such as `--profile {first}`, or give a folder");
        return Err(session.refuse(Diagnostic::error("shared-place", message).help(help)));
    }
    Ok(wanted)
}

/// Where the scenario of each protocol goes; nothing is recorded that could not be written.
fn places(
    session: &mut Session,
    protocols: &[&Protocol],
    arguments: &RecordArguments,
) -> Result<Vec<Place>, Stop> {
    let of = |protocol: &&Protocol| Place::of(&arguments.output, &protocol.profile, &arguments.name.0);
    let places: Vec<Place> = protocols.iter().map(of).collect();
    for place in &places {
        let free = place.is_free(arguments.force);
        session.settled(free)?;
    }
    Ok(places)
}

/// Writes scenarios and says what came of them.
struct Scribe<'a> {
    session: &'a mut Session,
    arguments: &'a RecordArguments,
    files: &'a SuiteFiles,
    suite: &'a Suite,
    target: &'a Target,
    begun: jiff::Timestamp,
}

impl Scribe<'_> {
    fn write(mut self, traffic: &Traffic, wanted: Vec<(&Protocol, Place)>) -> Ending {
        let spoken =
            |protocol: &Protocol| traffic.taped.iter().any(|taped| taped.profile == protocol.profile);
        let (mut exits, mut unsaid) = (Vec::new(), Vec::new());
        for (protocol, place) in wanted.into_iter().filter(|(protocol, _)| spoken(protocol)) {
            let Some(registry) = self.suite.registry(&protocol.profile) else { continue };
            let setting =
                Setting { target: self.target, protocol, registry, id: &place.id, begun: self.begun };
            match compose(&traffic.taped, &traffic.mishaps, setting) {
                Ok(written) => exits.push(self.store(&written, &place)?),
                Err(remarks) => unsaid.extend(remarks),
            }
        }
        if exits.is_empty() {
            return self.nothing(traffic, &unsaid);
        }
        self.say(&unsaid);
        let needs_a_hand = exits.contains(&Exit::Undecided);
        self.end(traffic, if needs_a_hand { Exit::Undecided } else { Exit::Satisfied })
    }

    /// Stores the scenario and its snapshots; one in which lint finds a mistake needs a hand.
    fn store(&mut self, written: &Written, place: &Place) -> Result<Exit, Stop> {
        let stored = files::replace(&place.scenario, written.text.as_bytes());
        self.session.stored(stored)?;
        let store = Store::at(place.snapshots.clone());
        let source = place.scenario.display().to_string();
        for (name, content) in &written.snapshots {
            let stored = store.store(name, &source, content);
            self.session.stored(stored)?;
        }
        self.session.console.note(&format!("{} recorded in {source}", count(written.steps, "step")));
        self.say(&written.remarks);
        let is_sound = self.lint(written, place);
        self.session.console.note(&place.how_to_replay(self.arguments, !written.snapshots.is_empty()));
        Ok(if is_sound { Exit::Satisfied } else { Exit::Undecided })
    }

    /// Each stands in the file, too, at every place that it is about; here once.
    fn say(&self, remarks: &[String]) {
        let mut said = BTreeSet::new();
        for remark in remarks.iter().filter(|remark| said.insert(*remark)) {
            self.session.console.note(&format!("  {remark}"));
        }
    }

    /// Whether the scenario is one that a run takes.
    fn lint(&self, written: &Written, place: &Place) -> bool {
        let (mut sources, mut diagnostics) = (SourceMap::default(), Vec::new());
        let name = place.scenario.display().to_string();
        let file = SuiteFile {
            path: format!("{}.yaml", place.id),
            name,
            bytes: written.text.clone().into_bytes().into(),
        };
        let files = SuiteFiles { scenarios: vec![file], ..self.files.clone() };
        let loaded = plan::load(&files, &|_| true, &mut sources, &mut diagnostics);
        if !has_errors(&diagnostics) {
            diagnostics.extend(loaded.programs.iter().flat_map(|program| plan::lint(program)));
        }
        self.session.console.diagnostics(&diagnostics, &sources);
        !has_errors(&diagnostics)
    }

    fn nothing(&mut self, traffic: &Traffic, remarks: &[String]) -> Ending {
        let mishaps: Vec<String> = traffic.mishaps.iter().map(Mishap::describe).collect();
        // What was composed tells the mishaps, too.
        self.say(if remarks.is_empty() { &mishaps } else { remarks });
        let (message, help) = if traffic.taped.is_empty() && mishaps.is_empty() {
            (
                "no request came through the proxy",
                "give the client the printed address in place of the server's",
            )
        } else {
            ("nothing that came through the proxy can be said in a scenario", "the lines above say why")
        };
        self.session.refuse(Diagnostic::error("nothing-recorded", message).help(help));
        self.end(traffic, Exit::Undecided)
    }

    /// A command that failed may have done less than it should.
    fn end(&mut self, traffic: &Traffic, exit: Exit) -> Ending {
        let Some(how) = &traffic.failure else { return Ok(exit) };
        let message = format!("the command ended with {how}");
        let help = "mend it and record again; `--force` replaces what was recorded";
        self.session.refuse(Diagnostic::error("command-failed", message).help(help));
        Ok(Exit::Environment)
    }
}

/// A path as a shell takes it.
fn shown(path: &Path) -> String {
    path.display().to_string()
}
