//! The rules by which a client is judged: one file and one row of the table each. A rule sees a [`course`] of exchanges,
//! and nothing else: neither the mock that was asked nor the harness that asked for it.

pub mod course;

mod judgement;
mod judging;
#[cfg(test)]
pub(crate) mod sample;

mod args_1;
mod auth_1;
mod auth_2;
mod auth_3;
mod auth_4;
mod cancel_1;
mod conn_1;
mod elma_1;
mod elma_2;
mod fnf_1;
mod loc_1;
mod loc_2;
mod loc_3;
mod out_1;
mod out_2;
mod out_3;
mod out_4;
mod poll_1;
mod poll_2;
mod poll_3;
mod poll_4;
mod redir_1;
mod redir_2;
mod redir_3;
mod redir_4;
mod redir_5;
mod retry_1;
mod retry_2;
mod retry_3;
mod route_1;
mod secret_1;

pub use judgement::{Deviation, Judgement};
pub use loc_3::tickets;

use crate::requirement::Level;
pub use course::Course;

/// A question about a client, with the way to its answer.
#[derive(Debug)]
pub struct Rule {
    /// Its id: `CV-AUTH-1`.
    pub id: &'static str,
    /// How binding it is.
    pub level: Level,
    /// What must be so, in one sentence.
    pub statement: &'static str,
    /// The requirements and open questions that it follows from.
    pub clauses: &'static [&'static str],
    /// What to change in a client that does otherwise, in one sentence.
    pub fix: &'static str,
    /// Looks at a course.
    pub judge: fn(&Course) -> Judgement,
}

/// Every rule, in the order of reports.
pub static RULES: [Rule; 31] = [
    auth_1::RULE,
    auth_2::RULE,
    auth_3::RULE,
    auth_4::RULE,
    loc_1::RULE,
    loc_2::RULE,
    loc_3::RULE,
    poll_1::RULE,
    poll_2::RULE,
    poll_3::RULE,
    poll_4::RULE,
    retry_1::RULE,
    retry_2::RULE,
    retry_3::RULE,
    redir_1::RULE,
    redir_2::RULE,
    redir_3::RULE,
    redir_4::RULE,
    redir_5::RULE,
    fnf_1::RULE,
    args_1::RULE,
    elma_1::RULE,
    elma_2::RULE,
    cancel_1::RULE,
    out_1::RULE,
    out_2::RULE,
    out_3::RULE,
    out_4::RULE,
    conn_1::RULE,
    secret_1::RULE,
    route_1::RULE,
];

/// The rule on requests to where nothing is served, which a strict mock holds its clients to.
pub static ROUTE: &Rule = &RULES[RULES.len() - 1];

/// The rule of this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::outcome::CheckOutcome;

    #[test]
    fn an_id_names_one_rule() {
        let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), RULES.len());
    }

    #[test]
    fn nothing_is_found_where_nothing_was_done() {
        for rule in &RULES {
            assert_eq!((rule.judge)(&Course::default()).outcome(), CheckOutcome::Vacuous, "{}", rule.id);
        }
    }

    #[test]
    fn every_clause_that_looks_like_a_requirement_is_one() {
        let registries =
            [include_str!("../../requirements/elma.yaml"), include_str!("../../requirements/uipath.yaml")];
        for clause in RULES.iter().flat_map(|rule| rule.clauses).filter(|clause| !clause.starts_with("AMB-"))
        {
            let row = format!("  - id: {clause}\n");
            assert!(registries.iter().any(|registry| registry.contains(&row)), "{clause}");
        }
    }
}
