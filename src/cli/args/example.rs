//! What the help of short commands ends with: two calls to copy. Longer commands have theirs beside their arguments.

pub(super) const LINT: &str = "\
Examples:
  orchspec lint                      the built-in suite
  orchspec lint suite target.yaml    a suite of your own, and a target file for it";

pub(super) const LIST: &str = "\
Examples:
  orchspec list scenarios
  orchspec list requirements --format json";

pub(super) const EXPLAIN: &str = "\
Examples:
  orchspec explain UIP-SYNC-01       a requirement, and who judges it
  orchspec explain unknown-matcher   the code of a message";

pub(super) const PLAN: &str = "\
Examples:
  orchspec plan 'elma/cancel/*'
  orchspec plan --target target.yaml";

pub(super) const TARGET: &str = "\
Examples:
  orchspec target init               write target.yaml, with comments
  orchspec target check              is it right, and is the server there?";

pub(super) const TARGET_INIT: &str = "\
Examples:
  orchspec target init
  orchspec target init acme.yaml --protocol uipath";

pub(super) const TARGET_CHECK: &str = "\
Examples:
  orchspec target check
  orchspec target check acme.yaml --no-jobs --set tls.ca=company.pem";

pub(super) const SCHEMA: &str = "\
Examples:
  orchspec schema scenario           for the editor's YAML language server
  orchspec schema target";

pub(super) const SUITE: &str = "\
Examples:
  orchspec suite export suite        write the built-in suite to a folder, to change it
  orchspec suite coverage            which requirements it judges";

pub(super) const SUITE_EXPORT: &str = "\
Examples:
  orchspec suite export suite
  orchspec run --suite suite";

pub(super) const SUITE_COVERAGE: &str = "\
Examples:
  orchspec suite coverage
  orchspec suite coverage --suite suite";

pub(super) const SUITE_LOCK: &str = "\
Examples:
  orchspec suite lock
  orchspec suite lock --suite suite";

pub(super) const SNAPSHOT: &str = "\
Examples:
  orchspec snapshot review                  decide on one after the other, in a terminal
  orchspec snapshot accept 'embedded/elma/*'";

pub(super) const SNAPSHOT_LIST: &str = "\
Examples:
  orchspec snapshot list
  orchspec snapshot list '*cancel*'";

pub(super) const SNAPSHOT_REVIEW: &str = "\
Examples:
  orchspec snapshot review
  orchspec snapshot review '*cancel*' --snapshots-dir snapshots/acme";

pub(super) const SNAPSHOT_ACCEPT: &str = "\
Examples:
  orchspec snapshot accept
  orchspec snapshot accept 'embedded/elma/*'";

pub(super) const SNAPSHOT_REJECT: &str = "\
Examples:
  orchspec snapshot reject
  orchspec snapshot reject 'embedded/elma/*'";

pub(super) const BASELINE: &str = "\
Examples:
  orchspec baseline write report.json            propose baseline.yaml from a stored report
  orchspec run --target target.yaml --baseline baseline.yaml";

pub(super) const CLIENT: &str = "\
Examples:
  orchspec client init python                    write a right client to start from
  orchspec client run -- python3 client.py       judge it in every situation";

pub(super) const COMPLETIONS: &str = "\
Examples:
  orchspec completions bash >> ~/.bash_completion
  orchspec completions zsh > \"${fpath[1]}/_orchspec\"
  orchspec completions fish > ~/.config/fish/completions/orchspec.fish";

pub(super) const MAN: &str = "\
Examples:
  orchspec man report diff | man -l -            read the page of one command
  orchspec man --output-dir man1                 write a page for each command, for packages";
