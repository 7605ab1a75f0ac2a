//! A configuration file to a mock's settings: every mistake of the whole file is reported, and the rest still holds.

use std::sync::Arc;

use super::shape::{BUILT_IN, SHAPE};
use super::{fixtures, limits};
use crate::clock::format_duration;
use crate::diagnostic::Diagnostic;
use crate::mock::clock::ClockMode;
use crate::mock::configuration::{Configuration, ConfigurationError, RedirectAuth};
use crate::mock::fault;
use crate::mock::fixture::{Fixtures, Pace};
use crate::mock::server::Limits;
use crate::source::SourceId;
use crate::yaml::{self, Fields, Node};

/// A configuration file and what it is laid over.
pub struct Input<'a> {
    /// The file.
    pub source: SourceId,
    /// Its text.
    pub text: &'a str,
    /// What holds where the file says nothing.
    pub configuration: Configuration,
}

/// What a configuration file says.
#[derive(Debug, Clone)]
pub struct Setup {
    /// How the mock behaves, and what it offers.
    pub configuration: Configuration,
    /// How time passes, if the file says so.
    pub clock: Option<ClockMode>,
    /// Where ids and chances come from, if the file says so.
    pub seed: Option<u64>,
    /// How much callers may ask for.
    pub limits: Limits,
}

/// Reads a configuration file; what is wrong with it is added to `diagnostics`.
pub fn parse(input: Input<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Setup> {
    let root = yaml::parse(input.source, input.text, diagnostics)?;
    let fields = Fields::open(&root, &SHAPE, diagnostics)?;
    check_version(fields, diagnostics);
    let mut configuration = input.configuration;
    times(fields, &mut configuration, diagnostics);
    check_hold(fields, &configuration, diagnostics);
    configuration.fixtures = Arc::new(offer(fields, &configuration.fixtures, diagnostics));
    let seed = fields.get("seed").and_then(|node| yaml::integer(node, diagnostics)).map(|seed| seed.value);
    configuration.seed = seed.unwrap_or(configuration.seed);
    let mut configuration = deviations(fields, configuration, diagnostics);
    if let Some(node) = fields.get("faults") {
        configuration.faults = fault::plan_or_preset(node, &configuration, diagnostics).unwrap_or_default();
    }
    let limits = fields.get("limits").map_or_else(Limits::default, |node| limits::read(node, diagnostics));
    Some(Setup { configuration, clock: clock(fields, diagnostics), seed, limits })
}

fn check_version(fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(node) = fields.get("mock") else { return };
    if yaml::integer(node, diagnostics).is_some_and(|version| version.value != 1) {
        let message = format!("there is no version {} of a mock's configuration", node.describe());
        diagnostics.push(Diagnostic::error("version", message).at(node.span, "").help("write `mock: 1`"));
    }
}

fn times(fields: Fields<'_>, configuration: &mut Configuration, diagnostics: &mut Vec<Diagnostic>) {
    for (key, place) in [("hold", &mut configuration.hold), ("cap", &mut configuration.cap)] {
        if let Some(time) = fields.get(key).and_then(|node| yaml::duration(node, diagnostics)) {
            *place = time.value;
        }
    }
    if let Some(node) = fields.get("redirect_auth")
        && let Some(switch) = yaml::choice(node, &RedirectAuth::WORDS, diagnostics)
    {
        configuration.redirect_auth = switch.value;
    }
}

/// A call that is held for longer than a job may live is never redirected: the end of the job comes first.
fn check_hold(fields: Fields<'_>, configuration: &Configuration, diagnostics: &mut Vec<Diagnostic>) {
    let place = fields.get("hold").or_else(|| fields.get("cap"));
    if let (Some(node), Some(wrong)) = (place, hold_above_cap(configuration)) {
        diagnostics.push(wrong.at(node.span, ""));
    }
}

/// What is wrong with a mock whose `hold` is longer than its `cap`.
pub fn hold_above_cap(configuration: &Configuration) -> Option<Diagnostic> {
    let Configuration { hold, cap, .. } = configuration;
    let message = format!(
        "calls would be held for {}, and a job that is waited for lives {} at most: none would ever be redirected",
        format_duration(*hold),
        format_duration(*cap)
    );
    let help = "give a `hold` that is no longer than `cap`, or both";
    (hold > cap).then(|| Diagnostic::error("hold-above-cap", message).help(help))
}

fn clock(fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<ClockMode> {
    let node = fields.get("clock")?;
    let text = yaml::text(node, diagnostics)?;
    let mode = ClockMode::parse(&text.value);
    if mode.is_none() {
        let message = format!("time cannot pass as {:?}", text.value);
        let help = format!("one of: {}", ClockMode::FORMS.join(", "));
        diagnostics.push(Diagnostic::error("clock", message).at(node.span, "").help(help));
    }
    mode
}

/// The mock's own fixtures, as far as they are wanted, and those of the file.
fn offer(fields: Fields<'_>, own: &Fixtures, diagnostics: &mut Vec<Diagnostic>) -> Fixtures {
    let chosen = fields.get("built_in").and_then(|node| yaml::choice(node, &BUILT_IN, diagnostics));
    let mut offered = match chosen.map(|chosen| chosen.value) {
        None => own.clone(),
        Some(Some(pace)) => Fixtures::at(pace),
        Some(None) => Fixtures { processes: Vec::new(), triggers: Vec::new(), ..Fixtures::at(Pace::Quick) },
    };
    if let Some(node) = fields.get("elma") {
        fixtures::elma(node, &mut offered, diagnostics);
    }
    if let Some(node) = fields.get("uipath") {
        fixtures::uipath(node, &mut offered, diagnostics);
    }
    offered
}

/// Policies, defects and noises.
fn deviations(
    fields: Fields<'_>,
    configuration: Configuration,
    diagnostics: &mut Vec<Diagnostic>,
) -> Configuration {
    let mut configuration = configuration;
    if let Some(node) = fields.get("policy") {
        for (key, node) in yaml::mapping(node, diagnostics) {
            let value = node.as_text().map_or_else(|| node.describe(), str::to_owned);
            let changed =
                configuration.clone().with_policy(&key.value, &value).map_err(|error| unknown_policy(&error));
            take(&mut configuration, changed, node, diagnostics);
        }
    }
    for (node, id) in texts(fields, "defects", diagnostics) {
        let changed = configuration.clone().with_defect(&id).map_err(|error| unknown_defect(&error));
        take(&mut configuration, changed, node, diagnostics);
    }
    for (node, id) in texts(fields, "noises", diagnostics) {
        let changed = configuration.clone().with_noise(&id).map_err(|error| unknown_noise(&error));
        take(&mut configuration, changed, node, diagnostics);
    }
    configuration
}

fn take(
    configuration: &mut Configuration,
    changed: Result<Configuration, Diagnostic>,
    node: &Node,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match changed {
        Ok(changed) => *configuration = changed,
        Err(unknown) => diagnostics.push(unknown.at(node.span, "")),
    }
}

fn texts<'a>(fields: Fields<'a>, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<(&'a Node, String)> {
    let nodes = fields.get(key).map_or(&[][..], |node| yaml::list(node, diagnostics));
    nodes.iter().filter_map(|node| Some((node, yaml::text(node, diagnostics)?.value))).collect()
}

fn unknown_policy(error: &ConfigurationError) -> Diagnostic {
    Diagnostic::error("unknown-mock-policy", error.to_string())
        .help("give a key and a value that the mock plays")
}

fn unknown_defect(error: &ConfigurationError) -> Diagnostic {
    Diagnostic::error("unknown-defect", error.to_string()).help("`orchspec list defects` shows them all")
}

fn unknown_noise(error: &ConfigurationError) -> Diagnostic {
    Diagnostic::error("unknown-noise", error.to_string()).help("give one that there is")
}
