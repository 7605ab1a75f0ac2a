//! The addresses of one case: opened before its first step, closed behind its last.

use std::sync::Arc;

use super::mailbox::Mailbox;
use super::reception::Reception;
use crate::clock::Instant;
use crate::http::listener::Outbound;
use crate::http::message::{Headers, Response};
use crate::plan::{TestCase, planned};
use crate::scenario::template::text_of;
use crate::scenario::{CallbackAddress, CallbackAnswer, CallbackBody, Datum, Lookup, Unbound};
use crate::target::{Protocol, Target};

/// The open addresses of a case; they close when this is dropped.
#[derive(Debug, Default)]
pub(in crate::runner) struct Addresses {
    open: Vec<(Arc<Reception>, String, Arc<Mailbox>)>,
}

impl Addresses {
    /// What the server is to be told of the address of that name.
    pub(in crate::runner) fn url(&self, name: &str) -> Option<&str> {
        self.mailbox(name).map(|mailbox| mailbox.url.as_str())
    }

    /// What came in at the address of that name.
    pub(super) fn mailbox(&self, name: &str) -> Option<&Arc<Mailbox>> {
        self.all().find(|mailbox| mailbox.name == name)
    }

    /// What came between two moments and reached no case, in words for whoever waits at the address of that name.
    pub(super) fn strays(&self, name: &str, between: (Instant, Instant)) -> Option<String> {
        let (reception, path, _) = self.open.iter().find(|(.., mailbox)| mailbox.name == name)?;
        reception.strays().describe(path, between)
    }

    /// Every address.
    pub(super) fn all(&self) -> impl Iterator<Item = &Arc<Mailbox>> {
        self.open.iter().map(|(_, _, mailbox)| mailbox)
    }
}

impl Drop for Addresses {
    fn drop(&mut self) {
        for (reception, path, mailbox) in &self.open {
            reception.remove(path, mailbox);
        }
    }
}

/// The names that the answers at an address may use.
struct Names<'a> {
    target: &'a Target,
    protocol: &'a Protocol,
    case: &'a TestCase,
}

impl Lookup for Names<'_> {
    fn look_up(&self, name: &str) -> Option<Datum> {
        planned(self.target, self.protocol, &self.case.row, name)
    }
}

/// Opens the addresses of a case in its n-th attempt; the error says why that cannot be.
pub(in crate::runner) fn open(
    reception: Option<&Arc<Reception>>,
    (target, case): (&Target, &TestCase),
    (epoch, attempt): (Instant, u32),
) -> Result<Addresses, String> {
    let mut addresses = Addresses::default();
    let wanted = &case.program.scenario.callbacks;
    if wanted.is_empty() {
        return Ok(addresses);
    }
    let reception = reception.ok_or("call-backs come over sockets, and here are none")?;
    let protocol = target.protocol(case.profile()).ok_or("the target does not speak the protocol")?;
    let names = Names { target, protocol, case };
    for address in wanted {
        let CallbackAddress { name, path, answers } = address;
        let path = match path {
            Some(path) => path.value.clone(),
            None => reception.hidden_path(&format!("{}#{attempt} {}", case.id, name.value)),
        };
        let answers: Result<Vec<(Outbound, u64)>, Unbound> =
            answers.iter().map(|answer| Ok((outbound(answer, &names)?, answer.times))).collect();
        let answers = answers.map_err(|unbound| unanswerable(&name.value, unbound))?;
        let mailbox = Arc::new(Mailbox::new(&name.value, reception.url(&path), epoch, answers));
        reception.add(&path, &mailbox);
        addresses.open.push((Arc::clone(reception), path, mailbox));
    }
    Ok(addresses)
}

fn unanswerable(name: &str, unbound: Unbound) -> String {
    let why = match unbound {
        Unbound::Name(name) => format!("`{name}` has no value"),
        Unbound::Sum(reason) => reason,
    };
    format!("the answers at the call-back address `{name}` cannot be written: {why}")
}

fn outbound(answer: &CallbackAnswer, names: &Names<'_>) -> Result<Outbound, Unbound> {
    let mut headers = Headers::default();
    for (name, value) in &answer.headers {
        headers.push(name.value.as_str(), text_of(&value.json(names)?));
    }
    let body = match &answer.body {
        None => String::new(),
        Some((CallbackBody::Text, template)) => text_of(&template.json(names)?),
        Some((CallbackBody::Json, template)) => {
            if headers.first("content-type").is_none() {
                headers.push("content-type", "application/json");
            }
            template.json(names)?.to_string()
        }
    };
    let response =
        Response { status: answer.status, headers, body: body.into_bytes().into(), oddities: Vec::new() };
    Ok(Outbound { response, delay: answer.delay })
}
