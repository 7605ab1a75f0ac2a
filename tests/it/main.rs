//! The ordinary integration tests, in one binary so that it links once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it is")]

mod architecture;
mod callbacks;
mod cli;
mod client;
mod damage;
mod deploy;
mod determinism;
mod documentation;
mod editor;
mod embedded;
mod fairness;
mod faults;
mod formats;
mod github;
mod html;
mod independent;
mod judged;
mod memory;
mod networks;
mod null_servers;
mod orchspec;
mod own_suites;
mod packages;
mod packaging;
mod partition;
mod record;
mod server;
mod snapshots;
mod standalone;
mod stored;
mod stranger;
mod target_check;
mod transport;
mod unread;
mod validators;
mod verdicts;
mod ways;
