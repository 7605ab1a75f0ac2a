//! The journal of a mock as an archive: a page for each session, and an entry for each request.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::{Page, Timings, archive, entry, milliseconds};
use crate::outcome::{Recorded, RecordedAnswer, RecordedExchange};

/// Why a journal cannot be made an archive: the line, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The number of the line, the first being 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// Whether a text begins as a journal does.
pub fn is_journal(text: &str) -> bool {
    let first = text.lines().next().and_then(|line| serde_json::from_str::<Value>(line).ok());
    first.is_some_and(|first| first["header"]["schema"] == "orchspec/journal/1")
}

/// The document, indented. A journal without its footer is told as far as it goes.
pub fn render(text: &str) -> Result<String, Broken> {
    let journal = Journal::read(text)?;
    let pages = journal.sessions.iter().map(|(name, exchanges)| page(name, exchanges, journal.started));
    let entries = journal.sessions.iter().flat_map(|(name, exchanges)| {
        exchanges.values().map(|exchange| entry::entry(name, exchange, journal.started))
    });
    let comment = if journal.ended { WHOLE } else { CUT };
    Ok(archive(pages.collect(), entries.collect(), comment))
}

const WHOLE: &str = "the journal of a mock: every request and its answer, a page for each session";
const CUT: &str =
    "the journal of a mock, which has no footer, so that something may be missing: a page for each session";

struct Journal {
    started: Timestamp,
    sessions: BTreeMap<String, BTreeMap<u64, RecordedExchange>>,
    ended: bool,
}

impl Journal {
    fn read(text: &str) -> Result<Self, Broken> {
        let mut journal = Self { started: Timestamp::UNIX_EPOCH, sessions: BTreeMap::new(), ended: false };
        let count = text.lines().count();
        for (at, line) in text.lines().enumerate() {
            match serde_json::from_str::<Value>(line) {
                Ok(line) => journal.take(&line).map_err(|reason| Broken { line: at + 1, reason })?,
                // Whoever was killed while he wrote leaves half a line.
                Err(_) if at + 1 == count && at > 0 => {}
                Err(error) => {
                    return Err(Broken { line: at + 1, reason: format!("it is not JSON: {error}") });
                }
            }
        }
        Ok(journal)
    }

    fn take(&mut self, line: &Value) -> Result<(), String> {
        if let Some(header) = line.get("header") {
            self.started = instant(header, "started")?;
            return Ok(());
        }
        if line.get("footer").is_some() {
            self.ended = true;
            return Ok(());
        }
        let at = instant(line, "wall")?.duration_since(self.started);
        let at = Duration::try_from(at).unwrap_or_default();
        let exchanges = self.sessions.entry(text(line, "session").to_owned()).or_default();
        let number = line["exchange"].as_u64().ok_or("it has no `exchange`")?;
        match (text(line, "event"), exchanges.get_mut(&number)) {
            ("opened", _) => _ = exchanges.insert(number, opened(line, at)),
            ("decided", Some(exchange)) => decide(exchange, line, at),
            ("closed", Some(exchange)) => close(exchange, line, at),
            _ => {}
        }
        Ok(())
    }
}

fn page<'a>(name: &'a str, exchanges: &BTreeMap<u64, RecordedExchange>, started: Timestamp) -> Page<'a> {
    let end = exchanges.values().map(|exchange| exchange.complete).max().unwrap_or_default();
    Page {
        started_date_time: started.to_string(),
        id: name,
        title: name,
        timings: Timings { on_load: milliseconds(end) },
    }
}

fn opened(line: &Value, at: Duration) -> RecordedExchange {
    let request = recorded(line);
    let host = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
    let host = host.map_or("localhost", |(_, value)| value.as_str());
    let target = text(line, "target");
    let url = if target.starts_with('/') { format!("http://{host}{target}") } else { target.to_owned() };
    RecordedExchange {
        step: format!("exchange {}", line["exchange"]),
        principal: format!("connection {}", line["connection"]),
        method: text(line, "method").to_owned(),
        url,
        request,
        answer: RecordedAnswer::None("no answer was decided".to_owned()),
        sent: at,
        first_byte: None,
        complete: at,
        note: line["caused_by"].as_u64().map(|cause| format!("led to by exchange {cause}")),
        oddities: Vec::new(),
    }
}

fn decide(exchange: &mut RecordedExchange, line: &Value, at: Duration) {
    let status = line["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or_default();
    exchange.answer = RecordedAnswer::Response { status, message: recorded(line) };
    (exchange.first_byte, exchange.complete) = (Some(at), at);
    let told = ["because", "fault"].into_iter().filter_map(|name| line[name].as_str());
    let defects = line["defects"].as_array().into_iter().flatten().filter_map(Value::as_str);
    exchange.oddities.extend(told.chain(defects).map(str::to_owned));
}

fn close(exchange: &mut RecordedExchange, line: &Value, at: Duration) {
    exchange.complete = exchange.complete.max(at);
    if line["whole"] == false {
        let broken = format!("broken off after {} bytes of the answer", line["bytes"]);
        if line["bytes"] == 0 {
            exchange.answer = RecordedAnswer::None(broken);
        } else {
            exchange.oddities.push(broken);
        }
    }
}

fn recorded(line: &Value) -> Recorded {
    let pairs = line["headers"].as_array().into_iter().flatten();
    let pair = |pair: &Value| Some((pair[0].as_str()?.to_owned(), pair[1].as_str()?.to_owned()));
    Recorded {
        headers: pairs.filter_map(pair).collect(),
        body: text(line, "body").to_owned(),
        body_length: line["length"]
            .as_u64()
            .and_then(|length| usize::try_from(length).ok())
            .unwrap_or_default(),
    }
}

fn text<'a>(line: &'a Value, name: &str) -> &'a str {
    line[name].as_str().unwrap_or_default()
}

fn instant(line: &Value, name: &str) -> Result<Timestamp, String> {
    text(line, name).parse().map_err(|_| format!("it has no instant `{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = r#"{"header":{"schema":"orchspec/journal/1","started":"2026-01-01T00:00:00Z"}}"#;
    const OPENED: &str = r#"{"session":"a","exchange":3,"wall":"2026-01-01T00:00:01Z","event":"opened","connection":1,"caused_by":2,"method":"GET","target":"/x?y=1","headers":[["host","mock:1"]],"body":"","length":0}"#;
    const DECIDED: &str = r#"{"session":"a","exchange":3,"wall":"2026-01-01T00:00:02Z","event":"decided","status":404,"headers":[],"body":"no","length":2,"because":"nothing is there","fault":null,"defects":["ID/slug"]}"#;

    fn rendered(lines: &[&str]) -> Value {
        serde_json::from_str(&render(&lines.join("\n")).unwrap()).unwrap()
    }

    #[test]
    fn an_exchange_becomes_an_entry_of_its_sessions_page() {
        let closed = r#"{"session":"a","exchange":3,"wall":"2026-01-01T00:00:03Z","event":"closed","bytes":9,"whole":false}"#;
        let log = rendered(&[HEADER, OPENED, DECIDED, closed, r#"{"footer":{}}"#])["log"].clone();
        assert_eq!((&log["pages"][0]["id"], log["comment"].as_str()), (&Value::from("a"), Some(WHOLE)));
        let entry = &log["entries"][0];
        assert_eq!(
            (&entry["request"]["url"], &entry["response"]["status"]),
            (&"http://mock:1/x?y=1".into(), &404.into())
        );
        assert_eq!(entry["timings"]["wait"], 1000.0);
        let told = "exchange 3; connection 1; led to by exchange 2; nothing is there; ID/slug; \
                    broken off after 9 bytes of the answer";
        assert_eq!(entry["comment"], told);
    }

    #[test]
    fn a_journal_that_was_cut_off_is_told_as_far_as_it_goes() {
        let log = rendered(&[HEADER, OPENED, &DECIDED[..40]])["log"].clone();
        assert_eq!(log["comment"], CUT);
        assert_eq!(log["entries"][0]["_error"], "no answer was decided");
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        let broken = render(&[HEADER, "x", OPENED].join("\n")).unwrap_err();
        assert_eq!(broken.line, 2);
        let broken = render(&[HEADER, r#"{"event":"opened"}"#, OPENED].join("\n")).unwrap_err();
        assert_eq!((broken.line, broken.reason.as_str()), (2, "it has no instant `wall`"));
        assert!(is_journal(HEADER) && !is_journal(OPENED) && !is_journal(""));
    }
}
