//! The exchanges of a stored report.

use crate::outcome::{Recorded, RecordedAnswer, RecordedExchange};
use crate::report::json::form::{Exchange, Message, Response, duration};

pub(super) fn recorded(exchange: Exchange) -> RecordedExchange {
    RecordedExchange {
        step: exchange.step,
        principal: exchange.principal,
        method: exchange.method,
        url: exchange.url,
        request: message(exchange.request),
        answer: answer(exchange.response, exchange.no_answer),
        sent: duration(exchange.sent_ms),
        first_byte: exchange.first_byte_ms.map(duration),
        complete: duration(exchange.complete_ms),
        note: exchange.note,
        oddities: exchange.oddities,
    }
}

fn message(Message { headers, body, body_length }: Message) -> Recorded {
    Recorded { headers, body, body_length }
}

fn answer(response: Option<Response>, no_answer: Option<String>) -> RecordedAnswer {
    match response {
        Some(Response { status, headers, body, body_length }) => {
            RecordedAnswer::Response { status, message: Recorded { headers, body, body_length } }
        }
        None => RecordedAnswer::None(no_answer.unwrap_or_default()),
    }
}
