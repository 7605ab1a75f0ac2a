//! The mocks of one situation: the orchestrator, and another origin where references lead there.

use crate::cli::machine::Machine;
use crate::client::situation::{Action, Limits};
use crate::client::{Situation, contract};
use crate::diagnostic::Diagnostic;
use crate::mock::verdict;
use crate::mock::{ClockMode, Configuration, Entry, Mock, Place, RedirectAuth, Session};
use crate::rule::course::{Course, End, Task};
use crate::system::System as _;

/// The mocks of one situation, which run until the client has ended.
pub(super) struct Mocks {
    orchestrator: Mock,
    elsewhere: Option<Mock>,
}

/// What a situation asks of the mock.
pub(super) fn configuration(situation: &Situation) -> Result<Configuration, Diagnostic> {
    let setting = &situation.setting;
    let unfit = |error: &dyn std::fmt::Display| {
        let help = "`orchspec list policies` and `orchspec mock` show what there is";
        Diagnostic::error("situation-setting", error.to_string())
            .at(situation.span, "asked for here")
            .help(help)
    };
    let mut configuration = Configuration::embedded();
    for (key, value) in &setting.policies {
        configuration = configuration.with_policy(key, value).map_err(|error| unfit(&error))?;
    }
    if setting.initial_only {
        configuration = configuration.with_redirect_auth(RedirectAuth::InitialOnly);
    }
    configuration.hold = setting.hold.unwrap_or(configuration.hold);
    configuration.faults.clone_from(&setting.faults);
    let told = contract::Told { situation, fixtures: &configuration.fixtures, base: "", token: "" };
    if !told.is_served() {
        return Err(unfit(&format!("the mock has no fixture `{}`", situation.task.fixture)));
    }
    if token(&configuration, situation).is_none() {
        return Err(unfit(&format!("the mock has no principal `{}`", setting.principal)));
    }
    Ok(configuration)
}

fn token(configuration: &Configuration, situation: &Situation) -> Option<String> {
    let principal = situation.setting.principal.as_str();
    let fixtures = &configuration.fixtures;
    let token = match situation.task.action {
        Action::Invoke => fixtures.bearers.iter().find(|own| *own.name == *principal).map(|own| &own.token),
        _ => fixtures.systems.iter().find(|own| *own.name == *principal).map(|own| &own.token),
    };
    token.map(ToString::to_string)
}

impl Mocks {
    /// Starts them, in time that goes on by itself.
    pub(super) async fn start(situation: &Situation) -> Result<Self, String> {
        let configuration = configuration(situation).map_err(|unfit| unfit.message)?;
        // Clients that are told a date compare it with the clock of this machine.
        let epoch = Machine.now();
        let start = async |configuration| {
            let configuration = Configuration { epoch, ..configuration };
            let builder =
                Mock::builder().configuration(configuration).clock(ClockMode::Auto).control(Place::Off);
            builder.start().await.map_err(|error| error.to_string())
        };
        let elsewhere =
            if situation.setting.foreign { Some(start(Configuration::embedded()).await?) } else { None };
        let base = elsewhere.as_ref().map(|mock| mock.addresses().protocols.clone());
        let orchestrator = start(Configuration { base, ..configuration }).await?;
        Ok(Self { orchestrator, elsewhere })
    }

    /// What the client is told.
    pub(super) fn environment(&self, situation: &Situation) -> Vec<(&'static str, String)> {
        let mock = &self.orchestrator;
        let base = match situation.task.action {
            Action::Invoke => mock.uipath_url(),
            _ => mock.elma_url().to_owned(),
        };
        let (fixtures, token) = (Configuration::embedded().fixtures, self.token(situation));
        contract::environment(&contract::Told { situation, fixtures: &fixtures, base: &base, token: &token })
    }

    fn token(&self, situation: &Situation) -> String {
        let principal = situation.setting.principal.as_str();
        let token = match situation.task.action {
            Action::Invoke => self.orchestrator.bearer(principal),
            _ => self.orchestrator.system(principal),
        };
        token.unwrap_or_default()
    }

    /// Returns once the client has asked more often than it may.
    pub(super) async fn overrun(&self, limits: &Limits) {
        let session = self.orchestrator.session();
        let mut cursor = 0;
        while session.count().exchanges < limits.requests {
            session.journal_grows(cursor).await;
            cursor = session.journal_end();
        }
    }

    /// Ends them, and gives what the client did.
    pub(super) async fn finish(self, situation: &Situation, end: End) -> Course {
        let (task, token) = (task(situation), self.token(situation));
        let end = End { output: end.output.replace(&token, &task.credential), ..end };
        let here = entries(self.orchestrator).await;
        let elsewhere = match self.elsewhere {
            Some(mock) => entries(mock).await,
            None => Vec::new(),
        };
        Course { exchanges: verdict::exchanges(&here, &elsewhere), end, task, ..Course::default() }
    }
}

async fn entries(mock: Mock) -> Vec<Entry> {
    let session: Session = mock.session().clone();
    mock.finish().await;
    session.journal(0, usize::MAX).entries
}

fn task(situation: &Situation) -> Task {
    let principal = &situation.setting.principal;
    let credential = match situation.task.action {
        Action::Invoke => format!("[uipath.{principal}.bearer]"),
        _ => format!("[elma.{principal}.token]"),
    };
    Task {
        credential,
        arguments: situation.task.arguments.clone(),
        fails: situation.task.fails,
        endless: situation.task.endless,
        redirects_need_credential: !situation.setting.initial_only,
        interval: situation.limits.interval,
    }
}
