//! One exchange as an entry of the archive. An answer that did not come has the status 0, and `_error` says why.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::milliseconds;
use crate::outcome::{CaseOutcome, Recorded, RecordedAnswer, RecordedExchange};

/// The entries of a case, in the order sent.
pub(super) fn entries(case: &CaseOutcome, started: Timestamp) -> impl Iterator<Item = Entry<'_>> {
    case.exchanges.iter().map(move |exchange| entry(&case.id, exchange, started))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry<'a> {
    pageref: &'a str,
    started_date_time: String,
    time: f64,
    request: Request<'a>,
    response: Response<'a>,
    cache: Cache,
    timings: Timings,
    comment: String,
    #[serde(rename = "_error", skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

#[derive(Serialize)]
struct Cache {}

#[derive(Serialize)]
struct Timings {
    send: f64,
    wait: f64,
    receive: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    method: &'a str,
    url: &'a str,
    http_version: &'static str,
    cookies: [(); 0],
    headers: Vec<Pair<'a>>,
    query_string: Vec<Pair<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    post_data: Option<PostData<'a>>,
    headers_size: i64,
    body_size: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PostData<'a> {
    mime_type: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Response<'a> {
    status: u16,
    status_text: &'static str,
    http_version: &'static str,
    cookies: [(); 0],
    headers: Vec<Pair<'a>>,
    content: Content<'a>,
    #[serde(rename = "redirectURL")]
    redirect_url: &'a str,
    headers_size: i64,
    body_size: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
    size: usize,
    mime_type: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'static str>,
}

#[derive(Serialize)]
struct Pair<'a> {
    name: &'a str,
    value: &'a str,
}

/// What the archive says of what nobody measured.
const UNKNOWN: i64 = -1;

/// The only version that is spoken.
const VERSION: &str = "HTTP/1.1";

/// One exchange as an entry of this page.
pub(super) fn entry<'a>(page: &'a str, exchange: &'a RecordedExchange, started: Timestamp) -> Entry<'a> {
    let RecordedExchange { sent, first_byte, complete, .. } = *exchange;
    let first_byte = first_byte.unwrap_or(complete);
    let notes = exchange.note.iter().chain(&exchange.oddities).map(String::as_str);
    let mut comment = vec![exchange.step.as_str(), exchange.principal.as_str()];
    comment.extend(notes);
    Entry {
        pageref: page,
        started_date_time: instant(started, sent),
        time: milliseconds(complete.saturating_sub(sent)),
        request: request(exchange),
        response: response(&exchange.answer),
        cache: Cache {},
        timings: Timings {
            send: 0.0,
            wait: milliseconds(first_byte.saturating_sub(sent)),
            receive: milliseconds(complete.saturating_sub(first_byte)),
        },
        comment: comment.join("; "),
        error: match &exchange.answer {
            RecordedAnswer::Response { .. } => None,
            RecordedAnswer::None(reason) => Some(reason),
        },
    }
}

fn instant(started: Timestamp, offset: Duration) -> String {
    let offset = SignedDuration::try_from(offset).unwrap_or_default();
    started.saturating_add(offset).map_or_else(|_| started.to_string(), |instant| instant.to_string())
}

fn request(exchange: &RecordedExchange) -> Request<'_> {
    let Recorded { headers, body, body_length } = &exchange.request;
    let post_data = PostData { mime_type: header(headers, "content-type"), text: body };
    Request {
        method: &exchange.method,
        url: &exchange.url,
        http_version: VERSION,
        cookies: [],
        headers: pairs(headers),
        query_string: query(&exchange.url),
        post_data: (*body_length > 0).then_some(post_data),
        headers_size: UNKNOWN,
        body_size: *body_length,
    }
}

fn response(answer: &RecordedAnswer) -> Response<'_> {
    static NOTHING: Recorded = Recorded { headers: Vec::new(), body: String::new(), body_length: 0 };
    let (status, message) = match answer {
        RecordedAnswer::Response { status, message } => (*status, message),
        RecordedAnswer::None(_) => (0, &NOTHING),
    };
    let Recorded { headers, body, body_length } = message;
    let is_cut = *body_length > body.len();
    Response {
        status,
        status_text: "",
        http_version: VERSION,
        cookies: [],
        headers: pairs(headers),
        content: Content {
            size: *body_length,
            mime_type: header(headers, "content-type"),
            text: body,
            comment: is_cut.then_some("only the beginning was recorded"),
        },
        redirect_url: header(headers, "location"),
        headers_size: UNKNOWN,
        body_size: i64::try_from(*body_length).unwrap_or(UNKNOWN),
    }
}

fn pairs(headers: &[(String, String)]) -> Vec<Pair<'_>> {
    headers.iter().map(|(name, value)| Pair { name, value }).collect()
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> &'a str {
    headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
}

/// The parts of a query as they were sent, not decoded.
fn query(url: &str) -> Vec<Pair<'_>> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| Pair { name, value })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use serde_json::{Value, json};

    fn shown(exchange: &RecordedExchange) -> Value {
        serde_json::to_value(entry("case", exchange, Timestamp::UNIX_EPOCH)).unwrap()
    }

    #[test]
    fn times_stand_as_they_were_measured() {
        let shown = shown(&sample::exchange("1, \"call\"", "GET", "/a?b=c&d#e", 303, ""));
        assert_eq!(shown["startedDateTime"], "1970-01-01T00:00:00.25Z");
        assert_eq!(shown["timings"], json!({"send": 0.0, "wait": 10.0, "receive": 2.0}));
        assert_eq!(shown["time"], 12.0);
        let expected = json!([{"name": "b", "value": "c"}, {"name": "d", "value": ""}]);
        assert_eq!(shown["request"]["queryString"], expected);
    }

    #[test]
    fn an_answer_that_did_not_come_is_told_apart_from_an_empty_one() {
        let mut exchange = sample::exchange("1, \"call\"", "POST", "/a", 200, "");
        exchange.answer = RecordedAnswer::None("reset".to_owned());
        exchange.first_byte = None;
        let shown = shown(&exchange);
        assert_eq!((&shown["response"]["status"], &shown["_error"]), (&json!(0), &json!("reset")));
        assert_eq!(shown["timings"], json!({"send": 0.0, "wait": 12.0, "receive": 0.0}));
    }

    #[test]
    fn a_body_that_was_cut_says_so() {
        let mut exchange = sample::exchange("1, \"call\"", "GET", "/a", 200, "beginning");
        if let RecordedAnswer::Response { message, .. } = &mut exchange.answer {
            message.body_length = 9_000;
        }
        let content = &shown(&exchange)["response"]["content"];
        assert_eq!(
            (&content["size"], &content["comment"]),
            (&json!(9_000), &json!("only the beginning was recorded"))
        );
    }
}
