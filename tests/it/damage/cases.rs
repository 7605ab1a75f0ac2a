//! Every kind of damage: what is left of an answer, and how its connection ends.

use std::time::Duration;

use orchspec::mock::fault::Damage;
use orchspec::mock::fault::damage::{Amount, End, KINDS, Part, Place};

/// One damage, and what a caller sees of it.
pub(super) struct Case {
    pub(super) damage: Damage,
    /// What comes instead of an answer with this head, up to the empty line, and this body.
    pub(super) left: fn(&str, &str) -> String,
    pub(super) fate: Fate,
}

/// What becomes of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It answers the next request.
    GoesOn,
    /// It stays open, and nothing more comes.
    Hangs,
    /// It breaks.
    Breaks(End),
    /// It is closed in good order.
    Closes,
    /// It breaks when the next request comes.
    BreaksNext(End),
}

/// All cases.
pub(super) fn cases() -> Vec<Case> {
    [early(), late(), twisted(), kept()].into_iter().flatten().collect()
}

fn case(damage: Damage, fate: Fate, left: fn(&str, &str) -> String) -> Case {
    Case { damage, left, fate }
}

const EIGHT: Amount = Amount::Bytes(8);
const HALF: Amount = Amount::Percent(50);

fn nothing(_: &str, _: &str) -> String {
    String::new()
}

fn head(head: &str, _: &str) -> String {
    head.to_owned()
}

fn half(head: &str, body: &str) -> String {
    format!("{head}{}", &body[..body.len() / 2])
}

fn eight(head: &str, body: &str) -> String {
    format!("{head}{}", &body[..8])
}

fn all_but_one(head: &str, body: &str) -> String {
    format!("{head}{}", &body[..body.len() - 1])
}

fn whole(head: &str, body: &str) -> String {
    format!("{head}{body}")
}

/// Before the body.
fn early() -> Vec<Case> {
    use Fate::{Breaks, Hangs};
    vec![
        case(Damage::Empty, Breaks(End::Fin), nothing),
        case(Damage::Reset { at: Place::Start }, Breaks(End::Rst), nothing),
        case(Damage::Reset { at: Place::Head }, Breaks(End::Rst), head),
        case(Damage::Finish { at: Place::Head }, Breaks(End::Fin), head),
        case(Damage::Hang { at: Place::Start, time: None }, Hangs, nothing),
        case(Damage::Hang { at: Place::Head, time: None }, Hangs, head),
        case(Damage::Truncate { at: Amount::Percent(0), end: End::Rst }, Breaks(End::Rst), head),
    ]
}

/// Within the body.
fn late() -> Vec<Case> {
    use Fate::{Breaks, Hangs};
    let hour = Some(Duration::from_hours(1));
    vec![
        case(Damage::Truncate { at: HALF, end: End::Fin }, Breaks(End::Fin), half),
        case(Damage::Truncate { at: EIGHT, end: End::Rst }, Breaks(End::Rst), eight),
        case(Damage::Truncate { at: Amount::Percent(100), end: End::Fin }, Breaks(End::Fin), all_but_one),
        case(Damage::Reset { at: Place::Body(HALF) }, Breaks(End::Rst), half),
        case(Damage::Finish { at: Place::Body(EIGHT) }, Breaks(End::Fin), eight),
        case(Damage::Hang { at: Place::Body(HALF), time: None }, Hangs, half),
        // Where time moves by itself, an hour in which nothing happens is over at once.
        case(Damage::Hang { at: Place::Body(HALF), time: hour }, Breaks(End::Fin), half),
    ]
}

/// Whole or not, but no longer what HTTP allows.
fn twisted() -> Vec<Case> {
    use Fate::{Breaks, GoesOn};
    vec![
        case(Damage::BadChunk, Breaks(End::Fin), |head, body| {
            let length = format!("content-length: {}", body.len());
            let head = head.replace(&length, "transfer-encoding: chunked");
            let (first, rest) = body.split_at(body.len() / 2);
            format!("{head}{:x}\r\n{first}\r\nno-size\r\n{rest}", first.len())
        }),
        case(Damage::Garbage, Breaks(End::Fin), |_, _| "\0\u{1}? this is no HTTP ?\r\n\r\n".to_owned()),
        case(Damage::ExtraBytes, GoesOn, |head, body| format!("{head}{body}more than was announced")),
        case(Damage::ConflictingLength, Breaks(End::Fin), |head, body| {
            let length = |more| format!("content-length: {}\r\n", body.len() + more);
            format!("{}{body}", head.replace(&length(0), &(length(0) + &length(7))))
        }),
        case(Damage::EarlyHintThenDrop { end: End::Fin }, Breaks(End::Fin), interim),
        case(Damage::EarlyHintThenDrop { end: End::Rst }, Breaks(End::Rst), interim),
    ]
}

fn interim(_: &str, _: &str) -> String {
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </>; rel=preload\r\n\r\n".to_owned()
}

/// The answer comes as it is; it is the connection that suffers.
fn kept() -> Vec<Case> {
    use Fate::{Breaks, BreaksNext, Closes, GoesOn, Hangs};
    let every = Duration::from_mins(1);
    vec![
        case(Damage::CloseAfter, Closes, whole),
        case(Damage::Finish { at: Place::End }, Breaks(End::Fin), whole),
        case(Damage::Reset { at: Place::End }, Breaks(End::Rst), whole),
        case(Damage::Hang { at: Place::End, time: None }, Hangs, whole),
        case(Damage::StaleKeepalive { end: End::Rst }, BreaksNext(End::Rst), whole),
        case(Damage::StaleKeepalive { end: End::Fin }, BreaksNext(End::Fin), whole),
        case(Damage::Dribble { part: Part::Head, bytes: 40, every }, GoesOn, whole),
        case(Damage::Dribble { part: Part::Body, bytes: 10, every }, GoesOn, whole),
    ]
}

#[test]
fn no_damage_is_without_a_case() {
    let cases = cases();
    let without = |word: &&str| !cases.iter().any(|case| case.damage.word() == *word);
    assert_eq!(KINDS.iter().map(|kind| kind.word).filter(without).collect::<Vec<_>>(), [""; 0]);
}
