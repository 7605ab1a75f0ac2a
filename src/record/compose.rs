//! From exchanges to a scenario: each act becomes a step, with the values that later steps need captured.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::control;
use super::dialect::{self, Concerned, Dialect, Scene, creates};
use super::emit::{self, Page};
use super::fold::{Act, ActKind, fold};
use super::golden;
use super::line::{self, Line};
use super::need::{self, Limit};
use super::secret::Secrets;
use super::step::{Step, Writing};
use super::tape::{Mishap, Taped};
use super::transcript::Transcript;
use super::variable::Variables;
use crate::profile::{self, Judged, Operation, Profile, Reading};
use crate::requirement::Registry;
use crate::target::{Protocol, Target};

/// What a scenario is written with.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The target, as it was when the client spoke to it.
    pub target: &'a Target,
    /// What its file says of the protocol.
    pub protocol: &'a Protocol,
    /// The requirements that can be cited.
    pub registry: &'a Registry,
    /// The id of the scenario.
    pub id: &'a str,
    /// When the recording began.
    pub begun: jiff::Timestamp,
}

/// A scenario, ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The YAML text.
    pub text: String,
    /// Golden copies of answers, each under its whole name.
    pub snapshots: Vec<(String, String)>,
    /// What whoever recorded should know; each stands in the text, too.
    pub remarks: Vec<String>,
    /// How many steps it has.
    pub steps: usize,
}

/// Writes what went through the door of one protocol; if nothing of it can be said, the remarks that say why.
pub fn compose(taped: &[Taped], mishaps: &[Mishap], setting: Setting<'_>) -> Result<Written, Vec<String>> {
    let name = &setting.protocol.profile;
    let (Some(profile), Some(dialect)) = (profile::find(name), dialect::find(name)) else {
        return Err(Vec::new());
    };
    let own: Vec<&Taped> = taped.iter().filter(|taped| taped.profile == *name).collect();
    let secrets = Secrets::new(setting.target, setting.protocol, &own, profile);
    let transcript = Transcript::of(&own, profile, setting);
    let acts = fold(&transcript.lines, dialect, &setting.protocol.policies);
    let composing = Composing::new(setting, (profile, dialect), &secrets, (&transcript.lines, &acts));
    let Composed { mut steps, needs, hold } = composing.compose();
    let remarks = transcript.remarks(&own, mishaps);
    if steps.iter().all(|step| step.request.is_none()) {
        let left_out = steps.into_iter().flat_map(|step| step.remarks);
        let all = remarks.into_iter().map(|(_, remark)| remark).chain(left_out);
        return Err(all.map(|remark| secrets.mask(&remark)).collect());
    }
    let added = control::complete(&steps, setting.protocol);
    steps.extend(added);
    name_apart(&mut steps);
    let snapshots = golden::take(&mut steps, &transcript.lines, setting, &secrets);
    let count = steps.iter().filter(|step| step.request.is_some()).count();
    let page = Page { setting, needs, hold, steps: &steps, requests: own.len() };
    let (text, remarks) = emit::write(&page, &remarks, &secrets);
    Ok(Written { text, snapshots, remarks, steps: count })
}

/// Steps of one name get numbers.
fn name_apart(steps: &mut [Step]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for step in steps {
        let count = seen.entry(step.name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            step.name = format!("{} {count}", step.name);
        }
    }
}

/// A scenario without its frame.
struct Composed {
    steps: Vec<Step>,
    /// What is asked for under each alias, in the order of creation.
    needs: Map<String, Value>,
    /// Whether the target must declare how long it holds calls.
    hold: bool,
}

/// A scenario in the making.
struct Composing<'a> {
    setting: Setting<'a>,
    profile: &'static dyn Profile,
    dialect: &'static dyn Dialect,
    secrets: &'a Secrets<'a>,
    lines: &'a [Line<'a>],
    acts: &'a [Act],
    variables: Variables,
    /// The names of jobs, by the act that creates.
    aliases: BTreeMap<usize, String>,
    /// The act that created the job which an act concerns.
    concerns: BTreeMap<usize, usize>,
    /// What must be so of a job, by the act that creates it.
    limits: BTreeMap<usize, Vec<Limit>>,
    hold: bool,
}

impl<'a> Composing<'a> {
    fn new(
        setting: Setting<'a>,
        (profile, dialect): (&'static dyn Profile, &'static dyn Dialect),
        secrets: &'a Secrets<'a>,
        (lines, acts): (&'a [Line<'a>], &'a [Act]),
    ) -> Self {
        let (aliases, variables) = (aliases(lines, acts), variables(lines, acts));
        let (concerns, limits) = (BTreeMap::new(), BTreeMap::new());
        Self {
            setting,
            profile,
            dialect,
            secrets,
            lines,
            acts,
            variables,
            aliases,
            concerns,
            limits,
            hold: false,
        }
    }

    fn compose(mut self) -> Composed {
        let mut steps: Vec<Step> = (0..self.acts.len()).map(|at| self.step(at)).collect();
        for (at, step) in steps.iter_mut().enumerate() {
            step.capture = self.variables.of(at).map(|own| (own.name.clone(), own.place.clone())).collect();
        }
        let needs = self.needs(&mut steps);
        Composed { steps, needs, hold: self.hold }
    }

    /// The step of an act; one without a request says why there is none.
    fn step(&mut self, at: usize) -> Step {
        let act = &self.acts[at];
        let line = &self.lines[act.first()];
        let Some((word, value)) = operand(line) else {
            if self.aliases.contains_key(&at) {
                self.concerns.insert(at, at);
            }
            return self.write(at, None, None);
        };
        match self.variables.find(&value, (self.acts, self.lines), at) {
            Some((name, source)) => {
                if let Some(creation) = self.concerns.get(&source).copied() {
                    self.concerns.insert(at, creation);
                }
                self.write(at, Some((word, name)), Some(source))
            }
            None if self.is_meant_to_be_unknown(line) => self.write(at, None, None),
            None => Step::left_out(act, unknown(line, &value)),
        }
    }

    fn write(&mut self, at: usize, reference: Option<(&'static str, String)>, source: Option<usize>) -> Step {
        let act = &self.acts[at];
        let creation = self.concerns.get(&at).copied();
        let alias = creation.and_then(|creation| self.aliases.get(&creation).cloned());
        let among_others = self.aliases.len() > 1;
        let concerned = creation.zip(alias.as_deref()).and_then(|(creation, alias)| {
            let creation = &self.lines[self.acts[creation].first()];
            Some(Concerned { job: creation.job?, alias, creation, among_others })
        });
        let reads_output = source.is_some_and(|source| self.acts[source].kind == ActKind::Poll);
        let Setting { target, protocol, registry, .. } = self.setting;
        let (lines, profile) = (self.lines, self.profile);
        let scene = Scene { act, lines, job: concerned, reads_output, target, protocol, profile };
        let mut phrase = self.dialect.phrase(&scene);
        self.hold |= phrase.hold;
        if let Some(creation) = creation {
            self.limits.entry(creation).or_default().append(&mut phrase.limits);
        }
        let writing =
            Writing { line: &lines[act.first()], concerned, reference, profile, secrets: self.secrets };
        Step::new((act, lines), &writing, phrase, registry)
    }

    /// An id that the server does not know either is as good in a replay; an address belongs to one server.
    fn is_meant_to_be_unknown(&self, line: &Line<'_>) -> bool {
        let judged = Judged {
            operation: line.operation(),
            filename: None,
            policies: &self.setting.protocol.policies,
            job: None,
            sent: &line.call.sent,
            sent_as_text: false,
        };
        line.operation() != Operation::Get && self.profile.read(line.response, judged) == Reading::Refused
    }

    /// What to ask for, so that the jobs which the client used are bound again; the creating step says where that fails.
    fn needs(&self, steps: &mut [Step]) -> Map<String, Value> {
        let mut needs = Map::new();
        for (creation, alias) in &self.aliases {
            let line = &self.lines[self.acts[*creation].first()];
            let Some(job) = line.job else { continue };
            let limits = self.limits.get(creation).map(Vec::as_slice).unwrap_or_default();
            let (asked, other) = need::ask(job, line.word("mode"), limits, self.setting.protocol);
            needs.insert(alias.clone(), asked);
            let remarks = &mut steps[*creation].remarks;
            if let Some(other) = other {
                remarks.push(format!(
                    "the client used the job `{}`; what can be asked for binds `{other}`",
                    job.label
                ));
            }
            if job.release_by_hook {
                let help = format!("add a step `hook: {{ release: {alias} }}`");
                remarks.push(format!("`{}` waits for a hook, and no traffic shows one: {help}", job.label));
            }
        }
        needs
    }
}

/// A name for the job of every creation, by the act that creates.
fn aliases(lines: &[Line<'_>], acts: &[Act]) -> BTreeMap<usize, String> {
    let is_creation = |line: &Line<'_>| creates(line) && line.job.is_some();
    let creations = acts.iter().enumerate().filter(|(_, act)| is_creation(&lines[act.first()]));
    let name = |number: usize| if number == 0 { "job".to_owned() } else { format!("job_{}", number + 1) };
    creations.enumerate().map(|(number, (at, _))| (at, name(number))).collect()
}

/// What later requests use of earlier answers.
fn variables(lines: &[Line<'_>], acts: &[Act]) -> Variables {
    let mut found = Variables::default();
    for (at, act) in acts.iter().enumerate() {
        if let Some((_, value)) = operand(&lines[act.first()]) {
            found.find(&value, (acts, lines), at);
        }
    }
    found.in_order_of_capture((acts, lines))
}

/// The word of a request that holds a value which some answer gave, and that value.
fn operand(line: &Line<'_>) -> Option<(&'static str, Value)> {
    let word = match line.operation() {
        Operation::Status => "status",
        Operation::Cancel => "cancel",
        Operation::Download => "download",
        Operation::Get => "get",
        Operation::Create | Operation::Raw => return None,
    };
    Some((word, line.words.get(word)?.clone()))
}

fn unknown(line: &Line<'_>, value: &Value) -> String {
    let (what, status) = (line::name(&line.taped.exchange.request), line.response.status);
    if line.operation() == Operation::Get {
        return format!("left out: {what}, answered {status}: no answer of the recording names this address");
    }
    format!("left out: {what} of {value}, answered {status}: no answer of the recording gave this id")
}
