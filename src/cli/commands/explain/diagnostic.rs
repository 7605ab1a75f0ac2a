//! What a diagnostic's code means; a test holds the table to the codes that the program can give.

use super::{Asked, section};

/// Every code with its meaning, by name.
pub(super) const CODES: &[(&str, &str)] = &[
    ("arming", "a defect is armed in another way: from the start, at the n-th occasion, or by chance"),
    ("bad-pointer", "a place in JSON is written as a JSON Pointer: empty, or parts that each begin with `/`"),
    ("bad-regex", "a regular expression cannot be read"),
    ("broken-journal", "a line of a mock's journal is none that `mock --journal-out` could have written"),
    ("callback-port", "nobody can be listened to at the address and port that are meant for call-backs"),
    (
        "callback-url",
        "the address for call-backs stands for every one, and none by which it is reached is given",
    ),
    ("capture-name", "a captured name is one word, so that expressions can use it"),
    ("capture-source", "a capture takes its value from one place, or from one link"),
    ("carrier", "the credential of a principal of http travels in one way, which the target file says"),
    ("case-name", "a row of `cases` has a name without stars, and no other row has the same"),
    ("certificate", "a certificate or its key cannot be read, or the two do not belong together"),
    ("clock", "there is no such way for a mock's time to pass"),
    ("command-failed", "the command that was recorded did not end well"),
    (
        "constant-answer",
        "every check expects the same answer, so that a server which always gives it would pass",
    ),
    ("contradiction", "a file says two things of a job that exclude each other"),
    ("covers-nothing", "a block names no requirement, so that nothing can come of it"),
    ("credential", "two principals of a mock have one credential, or one of them has an empty one"),
    ("csv", "a file of comma-separated rows is not quoted as it should be"),
    (
        "csv-column",
        "a column of a file of cases cannot be used: it has no name, or that of another one, or none names the rows",
    ),
    ("cyclic-fragment", "a fragment uses itself, directly or by way of others"),
    (
        "damaged-snapshot",
        "a file of the snapshots folder is none that the program or insta could have written",
    ),
    ("day", "a day is written as 2026-12-31"),
    ("digest", "a SHA-256 is written as 64 hexadecimal digits"),
    ("disturb", "a disturbance is written in another way"),
    ("disturbed-check", "no check may stand on an exchange that the harness disturbs: judge a later step"),
    ("duplicate-case", "two cases have the same id, so that reports and baselines could not tell them apart"),
    ("duplicate-fault", "two rules of a fault plan have the same name, by which they count and draw lots"),
    ("duplicate-key", "a mapping has the same key twice"),
    ("duplicate-registry", "two registries are for one protocol"),
    ("duplicate-requirement", "two requirements have the same id"),
    (
        "duplicate-step",
        "two steps of a scenario have the same name, so that a report could not tell them apart",
    ),
    ("empty-file", "a file holds nothing, where a YAML mapping must stand"),
    ("empty-folder", "a folder holds no file of the kind that is looked for"),
    ("empty-suite", "a suite has no scenario"),
    ("entry-name", "an entry of a baseline is called `case#requirement`"),
    ("exact-time", "a time that is measured is never exactly as long as a scenario says"),
    ("excused-error", "a baseline cannot excuse an error of the environment"),
    ("expression", "what stands within `${{ }}` is no sum of names and durations"),
    ("fault-action", "a rule of a fault plan does nothing, or things that exclude each other"),
    ("fault-phase", "what a fault does cannot be done at this place of a call's way"),
    ("fault-range", "a number or a span of time of a fault plan is none that there can be"),
    ("file-content", "the content of a mock's file is given in one way, and in one that can be read"),
    ("file-exists", "nothing is overwritten: the file or folder is there already"),
    ("file-outside", "a target file may only name files below its own folder"),
    ("file-part", "the part of a file that is to be sent does not lie within it"),
    ("file-unreadable", "a file that the target file names cannot be read"),
    ("fragment-outside", "a scenario may only use fragments of its own suite"),
    ("gap", "every `{name}` of a place is filled by an entry of `path`, and every entry fills one"),
    ("header", "a header has a name of one word, and a value of one line"),
    ("hold-above-cap", "a mock would hold calls for longer than a job may live that somebody waits for"),
    ("hook-operation", "a hook step asks for exactly one operation"),
    ("hooks", "hooks are a command or a URL, and not both"),
    ("idle-registry", "a suite has a registry of a protocol that none of its scenarios is for"),
    ("input-type", "what a fragment is given is not of the type that it wants"),
    ("journal-format", "the journal of a mock can be written as an archive (har), and as nothing else"),
    ("limit", "a limit of a mock has a value that it cannot have"),
    ("link", "links are not followed: a suite is what lies in its folder"),
    ("misnamed-file", "files in YAML end in `.yaml`; one that ends in `.yml` would not be read"),
    ("missed-fault", "a fault that was asked for met no call, so that nobody knows what it would have shown"),
    ("missing-input", "a fragment is not given something that it needs"),
    ("missing-key", "a mapping lacks a key that must be there"),
    ("name", "the name of a file or of a trigger would not stand in a path as it is"),
    ("never-equal", "a captured name is compared with values of a kind that it never has"),
    ("no-cases", "`cases` has no row"),
    ("no-client", "the command of the client cannot be started"),
    ("no-command", "the command that is to be recorded cannot be started"),
    ("no-condition", "an expectation has no condition"),
    ("no-jobs", "a scenario asks for prepared jobs of a protocol that has none"),
    ("no-listener", "the proxy cannot listen at this address"),
    ("no-matcher", "a matcher mapping is empty"),
    ("no-mock", "the mock cannot listen on this machine, or not at this address"),
    ("no-name", "`timing` names no time"),
    ("no-page", "a kill matrix is shown on a page only: `--mutants` goes with the format `html`"),
    ("no-protocol", "a target file describes no protocol"),
    ("no-reason", "an entry of a baseline does not say why its failure is tolerated"),
    ("no-shard", "a report is to be merged that is not of a shard"),
    ("no-steps", "a list of steps is empty"),
    ("no-such-case", "no case of the suite has this id"),
    ("no-such-scenario", "no scenario has this id, and none fits the pattern"),
    ("no-such-situation", "no situation has this id, and none fits the pattern"),
    ("no-such-snapshot", "no proposed snapshot has this name"),
    ("no-value", "a list of alternatives is empty"),
    ("nobody-to-ask", "proposed snapshots are to be reviewed where nobody can answer"),
    ("not-cited", "an entry of a baseline is about a requirement that its case does not judge"),
    ("not-started", "the run could not begin: its runtime failed"),
    ("not-utf-8", "a file, or its name, is no text in UTF-8"),
    ("nothing-failed", "`--last-failed` remembers nothing in this folder"),
    ("nothing-recorded", "nothing came through the proxy that a scenario could say"),
    ("nothing-selected", "the filters leave no case that the target's protocols could run"),
    ("one-rule", "an invariant has exactly one rule"),
    ("one-way", "`either` has only one way, so that there is nothing to choose"),
    (
        "other-side",
        "an expectation asks for what an answer has and a call-back has not, or the other way round",
    ),
    ("path", "the path of a trigger begins with `/`"),
    ("place", "a request goes to a path that begins with `/`, or to a whole URL"),
    ("principal-name", "a step names who does it: a principal of the target file, and no expression"),
    ("proxy", "the address of a proxy, or what is reached without it, is written in another way"),
    ("redaction", "a redaction of a snapshot names one place, header or pattern that can be redacted"),
    ("report-broken", "a report has the right form, but not everything that a report has"),
    ("report-changed", "a report is not as it was written: its digest does not fit"),
    ("report-form", "a file is no report of a run, or one that another version of orchspec wrote"),
    ("report-inconsistent", "what a report says in one place does not follow from what it says in another"),
    ("report-not-json", "a file that should be a report is no JSON"),
    ("report-truncated", "a report ends before it is complete"),
    ("request-words", "a request does one thing, and has one body at most"),
    ("requirement-id", "the id of a requirement is written in capitals, digits and hyphens"),
    ("same-branches", "two branches of a poll accept the same answers, so that one of them is never asked"),
    ("schema-broken", "a schema of the suite is JSON, but no JSON Schema"),
    ("schema-syntax", "a schema of the suite is no JSON"),
    ("second-document", "only one YAML document may stand in a file"),
    ("secret", "a secret is a text, or refers to a variable or a file"),
    ("setting", "`--set` changes one single value of the target file: KEY=VALUE"),
    ("shard", "`--shard auto` finds no shard, or none that can be, in the variables of a CI engine"),
    ("shard-gap", "not all shards of a run are there, or not all of its cases"),
    ("shard-overlap", "two reports are of the same shard, or have the same case"),
    ("shard-selection", "two shards were not asked for in the same way, so that they are not of one run"),
    ("shard-suite", "two shards come from different suites, so that they are not of one run"),
    ("shard-target", "two shards judge different targets, so that they are not of one run"),
    ("shared-place", "two results would be written to one place"),
    ("short-secret", "a secret is too short to be masked in reports without masking other text"),
    ("situation-setting", "a situation asks the mock for something that it does not have"),
    ("snapshot-name", "a snapshot is called by one word of its own, so that it can be a file below a folder"),
    ("status", "a status is a number from 100 to 599"),
    ("step-action", "a step does exactly one thing, such as one request"),
    ("stray-key", "a key means something only beside another action"),
    ("suite-folder", "a folder holds a suite, which is looked at by itself"),
    ("tab", "YAML is indented with spaces"),
    ("target-clock", "a target file cannot describe a mock whose time does not pass as ours"),
    ("too-many-excuses", "a baseline has more entries than `--max-baseline` allows"),
    ("too-many-jobs", "the run would create more jobs than limits.jobs allows, so that it was not begun"),
    ("too-many-rounds", "a `repeat` has more rounds than anybody needs"),
    (
        "too-many-steps",
        "a scenario has more steps than anybody could have meant, since its fragments use each other",
    ),
    ("trace", "a trace is a sequence of codes, classes or `redirect`, each with `+`, `*` or `?`"),
    ("unbound-name", "an expression uses a name that has no value at that place"),
    ("uneven-cases", "the rows of `cases` do not have the same keys"),
    ("unguarded-control", "others than this machine could steer the mock, and no token keeps them from it"),
    ("unknown-alias", "a step uses a job that `needs.jobs` does not ask for"),
    ("unknown-answer", "a policy key has no such answer"),
    ("unknown-callback", "the scenario has no call-back address of that name"),
    ("unknown-capability", "the protocol has no such capability"),
    ("unknown-defect", "the mock has no such defect"),
    ("unknown-faults", "there is no fault plan of this name, neither in a file nor among the presets"),
    ("unknown-file", "the suite has no such file to send"),
    ("unknown-fragment", "the suite has no such fragment"),
    ("unknown-input", "a fragment has no such input"),
    ("unknown-key", "a mapping has a key that means nothing; only `x-…` keys are free"),
    ("unknown-kind", "there is no such kind of job, or of value"),
    ("unknown-matcher", "there is no such matcher"),
    ("unknown-mock-policy", "the mock has no such policy, or does not play it like that"),
    ("unknown-name", "nothing has this name"),
    ("unknown-noise", "the mock has no such noise"),
    ("unknown-output", "a fragment gives back no such value"),
    ("unknown-place", "an answer has no such place"),
    ("unknown-policy", "the protocol has no such policy key"),
    ("unknown-principal", "a target file has nobody of the name that steps of the suite act as"),
    ("unknown-profile", "there is no such protocol"),
    ("unknown-requirement", "the registry has no such requirement"),
    ("unknown-rule", "there is no rule for clients of this id"),
    ("unknown-schema", "the suite has no such schema"),
    ("unknown-setting", "the target file has no such key"),
    ("unknown-table", "there is no such file of rows beside the scenario"),
    ("unknown-word", "only words of a closed set may stand here"),
    (
        "unmarked-jobs",
        "shards that share a server would count each other's jobs, because these carry no mark",
    ),
    ("unreachable", "the target gives no answer, or none of HTTP, so that no case was begun"),
    ("unreachable-fault", "a rule of a fault plan can never meet a call"),
    ("unreadable-file", "a file or folder is not there, or cannot be read"),
    ("unreferenced", "unreferenced snapshots are deleted only by a run that records the whole suite"),
    ("unserved-call", "a rule of a fault plan is for calls that the mock does not serve"),
    ("unset-variable", "the target file refers to an environment variable that is not set"),
    ("unwritable-file", "a file cannot be written or removed"),
    ("url", "a URL is absolute, and begins with `http://` or `https://`"),
    ("version", "there is no such version of the file's form"),
    ("window", "a time's `at_least` is longer than its `at_most`"),
    ("wrong-type", "a value is of another type than the key wants"),
    ("yaml-feature", "anchors, aliases, tags and merge keys are not read: every step says what it does"),
    ("yaml-syntax", "a file is no YAML"),
    ("zero", "with a limit of zero nothing would run, and with a pause of zero everything at once"),
];

/// A code with its meaning.
pub(super) fn explain(id: &str, _: &Asked<'_>) -> Option<String> {
    let (code, meaning) = CODES.iter().find(|(code, _)| *code == id)?;
    Some(format!("{code}, a diagnostic\n{}", section("meaning", &[(*meaning).to_owned()])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_code_that_can_be_given_is_explained() {
        let given = Regex::new(
            r#"(?:Diagnostic::(?:error|warning)\(|\.report\(|Mistake \{[^}]*?code:)\s*"([a-z0-9-]+)","#,
        )
        .unwrap();
        let mut codes = BTreeSet::new();
        for text in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
            let program = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            codes.extend(given.captures_iter(program).map(|found| found[1].to_owned()));
        }
        let explained: Vec<&str> = CODES.iter().map(|(code, _)| *code).collect();
        assert_eq!(explained, codes.iter().map(String::as_str).collect::<Vec<_>>());
    }

    /// The codes whose message itself says what is wanted.
    const SELF_EVIDENT: [&str; 1] = ["wrong-type"];

    #[test]
    fn every_code_is_shown_in_a_snapshot_with_place_and_way_out() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/tests/diagnostic");
        let mut shown = BTreeSet::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let (code, text) =
                (path.file_stem().unwrap().to_str().unwrap(), fs::read_to_string(&path).unwrap());
            assert!(text.contains(&format!("[{code}]: ")), "{code}");
            assert!(text.contains(" = help: ") || SELF_EVIDENT.contains(&code), "{code} names no way out");
            shown.insert(code.to_owned());
        }
        let explained: BTreeSet<String> = CODES.iter().map(|(code, _)| (*code).to_owned()).collect();
        assert_eq!(shown, explained);
    }

    #[test]
    fn every_message_is_one_line_in_lower_case_without_a_full_stop() {
        let line = Regex::new(r"^(?:error|warning)\[[a-z-]+\]: (.*)$").unwrap();
        for text in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/tests")) {
            for found in text.lines().filter_map(|text| line.captures(text)) {
                let first = found[1].chars().next().unwrap();
                let is_name =
                    found[1].split(' ').next().unwrap().chars().any(|letter| "`\"_/:".contains(letter));
                let begins_small = !first.is_uppercase() || is_name || found[1].starts_with("YAML");
                assert!(begins_small && !found[1].ends_with('.'), "{}", &found[1]);
            }
        }
    }

    fn sources(folder: &Path) -> Vec<String> {
        let mut texts = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                texts.extend(sources(&path));
            } else {
                texts.push(fs::read_to_string(path).unwrap());
            }
        }
        texts
    }
}
