//! The exchanges of a case in order, with times from its start; long rows of equal ones are folded.

use std::fmt::Write;

use crate::outcome::{CLIENT, CaseOutcome, RecordedAnswer, RecordedExchange, phrase};
use crate::report::describe;
use crate::report::palette::{Palette, paint};

/// How much of an answer's body is shown.
const SHOWN_CHARACTERS: usize = 240;

/// A line for each exchange; the ones found wanting are marked and show what was answered.
pub(super) fn render(palette: &Palette, case: &CaseOutcome, marked: &[usize]) -> String {
    let mut text = String::new();
    for row in rows(&case.exchanges, marked) {
        let exchange = &case.exchanges[row.index];
        if row.folded > 0 {
            _ = writeln!(
                text,
                "      {:>9}  {}",
                "…",
                phrase::count(row.folded, "more exchange") + " like it"
            );
            continue;
        }
        let is_marked = marked.contains(&row.index);
        let sign = if is_marked { ">" } else { " " };
        let at = describe::moment(exchange.sent);
        let line = format!("    {sign} {at:>9}  {}: {}", exchange.principal, describe::exchange(exchange));
        let style = if is_marked { palette.strong } else { palette.faint };
        _ = writeln!(text, "{}", paint(style, &line));
        if is_marked {
            text.push_str(&body(exchange));
        }
    }
    text
}

struct Row {
    index: usize,
    /// How many exchanges this row stands for, if it stands for a folded stretch.
    folded: usize,
}

/// The first and the last of a stretch of equal exchanges stay; what lies between is folded.
fn rows(exchanges: &[RecordedExchange], marked: &[usize]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut start = 0;
    while start < exchanges.len() {
        let length = stretch(&exchanges[start..], |index| marked.contains(&(start + index)));
        rows.push(Row { index: start, folded: 0 });
        match length {
            1 => {}
            2 => rows.push(Row { index: start + 1, folded: 0 }),
            _ => {
                rows.push(Row { index: start + 1, folded: length - 2 });
                rows.push(Row { index: start + length - 1, folded: 0 });
            }
        }
        start += length;
    }
    rows
}

fn stretch(exchanges: &[RecordedExchange], is_marked: impl Fn(usize) -> bool) -> usize {
    if is_marked(0) {
        return 1;
    }
    let like_first = |(index, exchange): &(usize, &RecordedExchange)| {
        !is_marked(*index) && is_alike(&exchanges[0], exchange)
    };
    exchanges.iter().enumerate().take_while(like_first).count()
}

/// The steps of a client are its own, and every one of them is new; on a long way only the query of its URL changes.
fn is_alike(one: &RecordedExchange, other: &RecordedExchange) -> bool {
    let is_of_client = one.principal == CLIENT;
    let step = |exchange: &RecordedExchange| (!is_of_client).then(|| exchange.step.clone());
    let url = |exchange: &RecordedExchange| match exchange.url.split_once('?') {
        Some((path, _)) if is_of_client => path.to_owned(),
        _ => exchange.url.clone(),
    };
    let key = |exchange: &RecordedExchange| {
        let status = match &exchange.answer {
            RecordedAnswer::Response { status, .. } => Some(*status),
            RecordedAnswer::None(_) => None,
        };
        (step(exchange), exchange.method.clone(), url(exchange), exchange.note.clone(), status)
    };
    key(one) == key(other)
}

fn body(exchange: &RecordedExchange) -> String {
    let RecordedAnswer::Response { message, .. } = &exchange.answer else {
        return String::new();
    };
    let mut text = String::new();
    for (name, value) in message.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("location")) {
        _ = writeln!(text, "                 {name}: {value}");
    }
    if message.body_length > 0 {
        _ = writeln!(text, "                 {}", describe::shortened(&message.body, SHOWN_CHARACTERS));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use rstest::rstest;

    fn polls(number: usize) -> Vec<RecordedExchange> {
        (0..number).map(|_| sample::exchange("2, \"poll\"", "GET", "/status", 200, "{}")).collect()
    }

    /// Index and number folded, row by row.
    #[rstest]
    #[case(1, &[], &[(0, 0)])]
    #[case(2, &[], &[(0, 0), (1, 0)])]
    #[case(5, &[], &[(0, 0), (1, 3), (4, 0)])]
    #[case(5, &[3], &[(0, 0), (1, 1), (2, 0), (3, 0), (4, 0)])]
    #[case(3, &[0], &[(0, 0), (1, 0), (2, 0)])]
    fn stretches_are_folded_but_never_what_is_marked(
        #[case] number: usize,
        #[case] marked: &[usize],
        #[case] expected: &[(usize, usize)],
    ) {
        let rows: Vec<_> = rows(&polls(number), marked).iter().map(|row| (row.index, row.folded)).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn another_answer_ends_a_stretch() {
        let mut exchanges = polls(4);
        exchanges.push(sample::exchange("2, \"poll\"", "GET", "/status", 303, ""));
        assert_eq!(rows(&exchanges, &[]).len(), 4);
    }
}
