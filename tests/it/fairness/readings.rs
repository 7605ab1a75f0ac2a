//! Every question that the documents leave open, in the order of its number (AMB-E01…, AMB-U01…), and how the draws
//! answer it.

use std::collections::BTreeSet;

use orchspec::mock::{NOISES, POLICIES};

/// How an open question comes into the draws.
enum Played {
    /// By policies of the mock, which draw among the legal answers.
    Policies(&'static [&'static str]),
    /// By a noise.
    Noise(&'static str),
    /// Not at all, for this reason.
    Not(&'static str),
}
use Played::{Noise, Not, Policies};

const ELMA: [Played; 23] = [
    Policies(&["http_status"]),
    Policies(&["foreign_read"]),
    Policies(&["envelope_code"]),
    Not("a slip of the table: what its second `endTime` describes is `updated`, which every record has"),
    Policies(&["zero_dates", "unset_times"]),
    Policies(&["shown_context"]),
    Policies(&["waiting_state"]),
    Policies(&["after_cancel"]),
    Policies(&["cancel_running", "cancel_ended"]),
    Policies(&["client_mistake", "refusal_body"]),
    Policies(&["client_mistake", "refusal_body"]),
    Policies(&["id_form", "ids", "id_text"]),
    Not("the names are taken as printed; a server with other names speaks another protocol"),
    Policies(&["key_case"]),
    Policies(&["time_zone"]),
    Not("settled by the other edition: version 0 is the current one"),
    Policies(&["ctx_object"]),
    Policies(&["priority", "unset_members"]),
    Policies(&["time_zone", "time_fraction", "output_text"]),
    Policies(&["priority"]),
    Policies(&["file_label"]),
    Not("a server that refuses unknown members is warned about (ELMA-CREATE-25)"),
    Not("about what the harness writes down, not about servers"),
];

const UIPATH: [Played; 28] = [
    Policies(&["redirect_codes"]),
    Policies(&["output_status", "fault_status"]),
    Policies(&["location", "job_name", "prefix"]),
    Policies(&["running_body"]),
    Policies(&["cap_outcome"]),
    Noise("hold-anywhere"),
    Policies(&["client_mistake", "refusal_body"]),
    Policies(&["unknown_call_mode"]),
    Not("the mock takes arguments of PUT and DELETE from the body and from the query, whichever a call has"),
    Policies(&["query_types"]),
    Not("about caches and clients; every answer of the mock forbids to store it"),
    Not("the mock's references can never be guessed; a server whose references can is only noted"),
    Not("settled: only status calls of the sync mode may go without a token"),
    Not("about the harness: the flow, not the URI, says what a status means"),
    Not("jobs are kept for as long as the mock runs"),
    Noise("bad-gateway"),
    Noise("bad-gateway"),
    Noise("late-end"),
    Not("a slip in an example for clients"),
    Not("a slip in an example for clients"),
    Not("a slip in an example for clients"),
    Not("an artefact of the page"),
    Policies(&["fnf_body"]),
    Not("settled: the same four verbs"),
    Policies(&["hop_query"]),
    Noise("retry-after"),
    Not("about caches; every answer of the mock forbids to store it"),
    Not("a trigger refuses HEAD and OPTIONS like every verb that it is not set to"),
];

#[test]
fn every_open_question_is_answered_in_the_draws_or_not_for_a_reason() {
    let noises: BTreeSet<_> = NOISES.iter().map(|noise| noise.id).collect();
    let keys: BTreeSet<_> = POLICIES.iter().map(|(key, _)| *key).collect();
    for played in ELMA.iter().chain(&UIPATH) {
        match played {
            Policies(own) => assert!(own.iter().all(|key| keys.contains(key)), "{own:?}"),
            Noise(id) => assert!(noises.contains(id), "{id}"),
            Not(reason) => assert!(reason.contains(' ')),
        }
    }
}
