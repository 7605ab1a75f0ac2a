//! Somebody who follows a page: makes its calls, and has what the page takes for granted.

use super::mock::Mock;
use crate::orchspec::{Ended, Orchspec};

/// No call takes longer, in seconds.
const LONGEST: u32 = 120;

/// A run against a server takes as long as the server's jobs do, so the reader asks for a few scenarios only.
const SELECTION: &str = "'elma/create/new*' 'uipath/async/completes*'";

/// What stands in a file, or makes it.
enum Source {
    Text(&'static str),
    Call(&'static str),
}

/// What a reader has from elsewhere: runs of other days and servers, a suite, clients, a baseline.
const BROUGHT: [(&str, Source); 9] = [
    ("baseline.yaml", Source::Text("baseline: 1\nentries: {}\n")),
    ("./client.sh", Source::Text(RECORDED_CLIENT)),
    ("./your-client", Source::Text("#!/bin/sh\nexec python3 client.py\n")),
    ("suite", Source::Call("orchspec suite export suite")),
    ("shard-*.json", Source::Call(SHARDS)),
    ("yesterday.json", Source::Call("orchspec run 'elma/*' --report json=yesterday.json")),
    ("today.json", Source::Call("orchspec run 'elma/*' --report json=today.json")),
    ("acme.json", Source::Call("orchspec run 'elma/*' --report json=acme.json")),
    ("other.json", Source::Call("orchspec run 'uipath/*' --report json=other.json")),
];

const SHARDS: &str = "for n in 1 2 3; do orchspec run --shard $n/3 --report json=shard-$n.json || exit; done";

/// A client of the owner, who polls for one job: the one that the program writes, told what to do by hand.
const RECORDED_CLIENT: &str = r#"#!/bin/sh
export ORCHSPEC_URL="$ORCHSPEC_UIPATH_URL/t/short" ORCHSPEC_TOKEN=embedded-owner-token ORCHSPEC_ARGUMENTS='{}'
export ORCHSPEC_ACTION=invoke ORCHSPEC_METHOD=POST ORCHSPEC_MODE=AsyncRequestReply
export ORCHSPEC_INTERVAL=0.2 ORCHSPEC_ATTEMPTS=100
exec python3 client.py
"#;

/// Somebody who follows a page.
pub(super) struct Reader {
    /// The page's folder.
    pub(super) program: Orchspec,
    mock: Option<Mock>,
}

impl Reader {
    /// Somebody who has an empty folder.
    pub(super) fn new(folder: &str) -> Self {
        Self { program: Orchspec::new(folder), mock: None }
    }

    /// Makes a call of the program.
    pub(super) fn make(&mut self, call: &str, expected: i32, place: &str) {
        if call.starts_with("orchspec mock ") {
            return self.start_mock(call, place);
        }
        self.bring(call, place);
        let is_new_target = call.starts_with("orchspec target init");
        if is_new_target {
            let _ = std::fs::remove_file(self.program.path("target.yaml"));
        }
        let judges = call.starts_with("orchspec run --") && call.contains("--target ");
        let selection = if judges && !call.contains("--suite recorded") { SELECTION } else { "" };
        let ended = self.shell(&format!("{call} {selection}"));
        assert_eq!(ended.code, expected, "{place}\n{ended}");
        if is_new_target {
            self.serve(place);
        }
    }

    /// Sees to it that whatever the call names is there.
    fn bring(&mut self, call: &str, place: &str) {
        if call.contains("--target target.yaml") && self.mock.is_none() {
            self.serve(place);
        }
        for (name, source) in &BROUGHT {
            let is_there = self.program.path(name).exists();
            if is_there || !call.split(' ').any(|word| word == *name) {
                continue;
            }
            let made = match source {
                Source::Text(text) => {
                    self.program.write(name, text);
                    self.shell(&format!("chmod +x {name}"))
                }
                Source::Call(call) => self.shell(call),
            };
            assert_eq!(made.code, 0, "{place}: {name}\n{made}");
        }
    }

    /// The reader's server is a mock, and `target.yaml` is filled in accordingly.
    fn serve(&mut self, place: &str) {
        self.start_mock("orchspec mock --quick --target-out target.yaml", place);
    }

    /// Starts a mock. One for which there is more to come on the page stays until then; every other one has had no
    /// client, and says so.
    fn start_mock(&mut self, call: &str, place: &str) {
        let (call, stays) = match call.split_once(" & ") {
            Some((call, _)) => (call, true),
            None => (call, call.contains("--target-out")),
        };
        self.mock = None;
        let mock = Mock::start(&self.program, call, place);
        if stays {
            self.mock = Some(mock);
        } else {
            assert_eq!(mock.end(), 3, "{place}");
        }
    }

    /// Ends the mock that is there.
    pub(super) fn end_mock(&mut self, expected: i32, place: &str) {
        let mock = self.mock.take().unwrap_or_else(|| panic!("{place}: no mock was started"));
        assert_eq!(mock.end(), expected, "{place}");
    }

    fn shell(&self, script: &str) -> Ended {
        Orchspec::wait(Orchspec::spawn(self.program.shell(script, LONGEST)))
    }
}
