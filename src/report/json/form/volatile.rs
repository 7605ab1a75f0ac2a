//! The part of the JSON report that changes from run to run: times, seeds, exchanges, and the exact texts of what stands
//! outside of it with its classes only.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Volatile {
    pub(in crate::report) started: jiff::Timestamp,
    pub(in crate::report) duration_ms: f64,
    pub(in crate::report) seed: u64,
    pub(in crate::report) rerun: Vec<String>,
    pub(in crate::report) bases: BTreeMap<String, String>,
    /// The gate's reasons.
    pub(in crate::report) because: Vec<String>,
    pub(in crate::report) cases: BTreeMap<String, Course>,
    pub(in crate::report) evidence: BTreeMap<String, Vec<Exchange>>,
}

/// How one case went.
#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Course {
    pub(in crate::report) duration_ms: f64,
    pub(in crate::report) disturbances: u32,
    pub(in crate::report) jobs_created: u32,
    pub(in crate::report) because: Option<String>,
    /// Why, for each of the case's verdicts, in their order.
    pub(in crate::report) reasons: Vec<Option<String>>,
    pub(in crate::report) findings: Vec<Texts>,
    pub(in crate::report) snapshots: Vec<Contents>,
}

/// The exact texts of a finding; in the order of the case's `findings`.
#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Texts {
    pub(in crate::report) expected: String,
    pub(in crate::report) actual: String,
    pub(in crate::report) exchange: Option<usize>,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Contents {
    pub(in crate::report) name: String,
    pub(in crate::report) taken: String,
    pub(in crate::report) stored: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Exchange {
    pub(in crate::report) step: String,
    pub(in crate::report) principal: String,
    pub(in crate::report) method: String,
    pub(in crate::report) url: String,
    pub(in crate::report) request: Message,
    pub(in crate::report) response: Option<Response>,
    pub(in crate::report) no_answer: Option<String>,
    pub(in crate::report) sent_ms: f64,
    pub(in crate::report) first_byte_ms: Option<f64>,
    pub(in crate::report) complete_ms: f64,
    pub(in crate::report) note: Option<String>,
    pub(in crate::report) oddities: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Message {
    pub(in crate::report) headers: Vec<(String, String)>,
    pub(in crate::report) body: String,
    pub(in crate::report) body_length: usize,
}

#[derive(Serialize, Deserialize)]
pub(in crate::report) struct Response {
    pub(in crate::report) status: u16,
    pub(in crate::report) headers: Vec<(String, String)>,
    pub(in crate::report) body: String,
    pub(in crate::report) body_length: usize,
}

/// Milliseconds with the nanoseconds behind the point: nothing that a format shows changes by being stored.
pub(in crate::report) fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e9).round() / 1e6
}

/// Reads what [`milliseconds`] writes; what is no duration is none.
pub(in crate::report) fn duration(milliseconds: f64) -> Duration {
    Duration::try_from_secs_f64(milliseconds / 1e3).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0)]
    #[case(1)]
    #[case(400)]
    #[case(1_234_999_600)]
    #[case(900_000_000_001)]
    #[case(86_400_123_456_789)]
    fn a_duration_is_stored_to_the_nanosecond(#[case] nanoseconds: u64) {
        let stored = Duration::from_nanos(nanoseconds);
        assert_eq!(duration(milliseconds(stored)), stored);
    }

    #[rstest]
    #[case(-1.0)]
    #[case(1e300)]
    #[case(f64::NAN)]
    fn what_is_no_duration_is_none(#[case] milliseconds: f64) {
        assert_eq!(duration(milliseconds), Duration::ZERO);
    }
}
