//! Harmless differences between two conformant servers: one file and one line of the registry each.
//!
//! Noise is no choice that the protocols leave open (that is a policy) and no violation (that is a defect): it is what
//! HTTP, JSON, networks and clocks allow every server anyway. Each file says which rule allows it.

mod around;
mod behaviour;
mod definition;
mod scene;
#[cfg(test)]
mod tests;

pub(super) use around::{Noises, around};
use behaviour::Behaviour;
pub(super) use behaviour::Edge;
pub use definition::{Noise, Widening};
pub(super) use scene::Scene;

macro_rules! registry {
    ($($name:ident),+ $(,)?) => {
        $(mod $name;)+

        /// Every noise, in the order in which they are applied: first what is said, then how it is written and sent.
        pub static NOISES: &[Noise] = &[$($name::NOISE),+];
    };
}

registry! {
    bad_gateway,
    hold_anywhere,
    instant_jobs,
    job_jitter,
    late_end,
    latency,
    retry_after,
    extra_members,
    member_order,
    number_spelling,
    json_spacing,
    json_escapes,
    charset,
    extra_headers,
    long_header,
    date,
    closing,
    old_version,
    chunked,
    reason_phrase,
    interim_answers,
    header_spelling,
    small_packets,
}
