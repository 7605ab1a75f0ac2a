//! Exchanges to what reports show of them: text, masked, bodies cut.

use crate::http::message::{Answer, Exchange, Headers, readable, shown};
use crate::outcome::record::LOST;
use crate::outcome::{Recorded, RecordedAnswer, RecordedExchange, failure};
use crate::target::Masks;

/// More of a body than this is of no use to a reader.
const LONGEST_BODY: usize = 4096;

/// What the harness did to an exchange or made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    /// Nothing.
    None,
    /// A 502 that the budget tolerates.
    Tolerated,
    /// The answer was hidden from the scenario.
    Hidden,
    /// Nobody knows whether the request arrived.
    Lost,
}

/// Records an exchange.
pub(super) fn record(
    exchange: &Exchange,
    step: &str,
    principal: &str,
    note: Note,
    masks: &Masks,
) -> RecordedExchange {
    let request = &exchange.request;
    RecordedExchange {
        step: step.to_owned(),
        principal: principal.to_owned(),
        method: request.method.clone(),
        url: masks.mask(request.url.as_str()),
        request: message(&request.headers, request.body.as_deref().unwrap_or_default(), masks),
        answer: match &exchange.answer {
            Answer::Response(response) => RecordedAnswer::Response {
                status: response.status,
                message: message(&response.headers, &response.body, masks),
            },
            Answer::None(why) => RecordedAnswer::None(masks.mask(&failure::describe(why))),
        },
        sent: exchange.timing.sent,
        first_byte: exchange.timing.first_byte,
        complete: exchange.timing.complete,
        note: words(note, exchange),
        oddities: oddities(&exchange.answer),
    }
}

fn oddities(answer: &Answer) -> Vec<String> {
    let found = answer.response().map_or(&[][..], |response| &response.oddities);
    found.iter().map(|oddity| oddity.words().to_owned()).collect()
}

fn words(note: Note, exchange: &Exchange) -> Option<String> {
    match note {
        Note::Tolerated => Some("tolerated within the budget of disturbances".to_owned()),
        Note::Hidden => Some("the answer was hidden behind a 502 by the harness".to_owned()),
        Note::Lost => Some(LOST.to_owned()),
        Note::None if exchange.resent => {
            Some("sent again: the pooled connection was found closed".to_owned())
        }
        Note::None => None,
    }
}

fn message(headers: &Headers, body: &[u8], masks: &Masks) -> Recorded {
    let lines = headers.iter().map(|(name, value)| (name.to_owned(), masks.mask(&readable(value))));
    // Masked before it is cut, so that no half of a secret stays at the edge.
    let mut text = if body.len() > LONGEST_BODY * 16 {
        masks.mask(&shown(headers, &body[..LONGEST_BODY * 2]))
    } else {
        masks.mask(&shown(headers, body))
    };
    if text.len() > LONGEST_BODY {
        let end = (0..=LONGEST_BODY).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        text.truncate(end);
    }
    Recorded { headers: lines.collect(), body: text, body_length: body.len() }
}
