//! The commented target file that a newcomer starts from, and the ones that are built in.

/// The built-in target of the mock in virtual time, over in-memory streams.
pub const EMBEDDED: &str = include_str!("../../targets/embedded.yaml");

/// The built-in target of the mock over TCP; see [`Target::place_at`](super::Target::place_at).
pub const EMBEDDED_TCP: &str = include_str!("../../targets/embedded-tcp.yaml");

const HEAD: &str = include_str!("template/head.yaml");
const BLOCKS: [(&str, &str); 2] =
    [("elma", include_str!("template/elma.yaml")), ("uipath", include_str!("template/uipath.yaml"))];
/// What only a suite of its own asks for, so that nobody gets it unasked.
const OWN: [(&str, &str); 1] = [("http", include_str!("template/http.yaml"))];
const TAIL: &str = include_str!("template/tail.yaml");

/// A commented target file with a block for each of `protocols`; for each that the built-in suite judges if none is
/// named.
pub fn template(protocols: &[&str]) -> String {
    let named = |name: &str| protocols.contains(&name);
    let built_in = BLOCKS.into_iter().filter(|(name, _)| protocols.is_empty() || named(name));
    let own = OWN.into_iter().filter(|(name, _)| named(name));
    let blocks = built_in.chain(own).map(|(_, block)| block);
    std::iter::once(HEAD).chain(blocks).chain([TAIL]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::testing::{Machine, read};
    use crate::target::{Binding, Bounds, Hooks, JobKind, JobNeed, Principal, Protocol, RedirectAuth, bind};
    use rstest::rstest;
    use std::time::Duration;

    fn machine() -> Machine {
        let variables = [
            ("ELMA_OWNER", "owner-token"),
            ("ELMA_STRANGER", "stranger-token"),
            ("UIPATH_TOKEN", "uipath-token"),
            ("HTTP_TOKEN", "http-token"),
        ];
        Machine { variables: variables.into(), ..Machine::default() }
    }

    #[rstest]
    #[case::all(&[], &["elma", "uipath"])]
    #[case::elma(&["elma"], &["elma"])]
    #[case::uipath(&["uipath"], &["uipath"])]
    #[case::http(&["http"], &["http"])]
    fn a_template_needs_nothing_but_its_variables(#[case] wanted: &[&str], #[case] expected: &[&str]) {
        let (target, messages) = read(&template(wanted), &[], &machine());
        assert_eq!(messages, "");
        let target = target.unwrap();
        let spoken: Vec<&str> = target.protocols.iter().map(|protocol| protocol.profile.as_str()).collect();
        assert_eq!(spoken, expected);
    }

    #[test]
    fn the_template_spells_out_the_defaults() {
        let spelt_out = read(&template(&["elma"]), &[], &machine()).0.unwrap();
        let without_tail = [HEAD, BLOCKS[0].1].concat();
        assert_eq!(read(&without_tail, &[], &machine()).0.unwrap(), spelt_out);
        let spelt_out = read(&template(&["http"]), &[], &machine()).0.unwrap();
        assert_eq!(spelt_out.callback, crate::target::Callback::default());
    }

    #[rstest]
    #[case::memory(EMBEDDED)]
    #[case::tcp(EMBEDDED_TCP)]
    fn a_built_in_target_offers_everything(#[case] text: &str) {
        let (target, messages) = read(text, &[], &Machine::default());
        assert_eq!(messages, "");
        let target = target.unwrap();
        for protocol in &target.protocols {
            assert!(protocol.jobs.absent.is_empty());
            assert!(protocol.principals.iter().all(|(_, principal)| *principal != Principal::Absent));
        }
        let uipath = target.protocol("uipath").unwrap();
        assert_eq!(uipath.redirect_auth, [RedirectAuth::Required, RedirectAuth::InitialOnly]);
        let cap = uipath.cap.and_then(crate::target::Cap::duration).unwrap();
        assert!(uipath.jobs.get("cap-below").unwrap().latest_end() < cap);
        assert!(uipath.jobs.get("cap-above").unwrap().earliest_end() > cap);
    }

    #[rstest]
    #[case::any_sleep("uipath", JobNeed::of(JobKind::Sleep), "brief")]
    #[case::outlives_a_hold("uipath", outliving(JobNeed::of(JobKind::Sleep), 25), "slow")]
    #[case::held_call("uipath", in_mode("LongPolling", JobNeed::of(JobKind::Echo)), "echo-sync")]
    #[case::held_for_long(
        "uipath",
        in_mode("LongPolling", outliving(JobNeed::of(JobKind::Sleep), 25)),
        "slow"
    )]
    #[case::waiting("elma", JobNeed::of(JobKind::Queue), "queued")]
    #[case::released("elma", JobNeed { release_hook: true, ..JobNeed::of(JobKind::Queue) }, "held")]
    #[case::versions("elma", JobNeed { versions: true, ..JobNeed::of(JobKind::Sleep) }, "versioned")]
    fn the_built_in_jobs_come_in_a_sensible_order(
        #[case] profile: &str,
        #[case] need: JobNeed,
        #[case] label: &str,
    ) {
        let target = read(EMBEDDED, &[], &Machine::default()).0.unwrap();
        let protocol: &Protocol = target.protocol(profile).unwrap();
        let bound = bind(&need, protocol);
        assert!(matches!(bound, Binding::Bound(job) if job.label == label), "{bound:?}");
    }

    fn outliving(need: JobNeed, seconds: u64) -> JobNeed {
        let longer_than = Some(Duration::from_secs(seconds));
        JobNeed { runs: Bounds { longer_than, shorter_than: None }, ..need }
    }

    fn in_mode(mode: &str, need: JobNeed) -> JobNeed {
        JobNeed { mode: Some(mode.to_owned()), ..need }
    }

    #[test]
    fn the_tcp_target_moves_to_where_its_mock_listens() {
        let mut target = read(EMBEDDED_TCP, &[], &Machine::default()).0.unwrap();
        target.place_at("http://127.0.0.1:4711", "http://127.0.0.1:4712").unwrap();
        let bases: Vec<&str> = target.protocols.iter().map(|protocol| protocol.base.as_str()).collect();
        assert_eq!(bases, ["http://127.0.0.1:4711", "http://127.0.0.1:4711/acme/prod/orchestrator_"]);
        assert!(
            matches!(target.hooks, Hooks::Url(url, None) if url.as_str() == "http://127.0.0.1:4712/hooks")
        );
    }
}
