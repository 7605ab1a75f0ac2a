//! Reports as others read them: a run against a server that says what no report may take for its own, held against the public
//! schema of each format and read by a reader that others wrote.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use crate::orchspec::{Ended, Orchspec};
use crate::validators::validators;

/// What a server may say to spoil a report: commands of CI engines, markup, a table's bar, ends of fences, and characters that
/// XML, a terminal or JSON do not bear.
const HOSTILE: &str = concat!(
    "::error::taken\n##[error]taken <script>alert(1)</script>|`x`\n```\n# taken\n]]> &amp; %0A::error::taken ",
    "\u{fffe}\u{202e}\u{0}\u{1b}[31m ![taken](http://taken.example/x.png) @taken",
);

/// The same where an answer must be understood for the run to go on, with half a character.
const UNDERSTOOD: &str = concat!(
    r#"{"status":201,"id":7,"errMessage":"::error::taken\n<script>alert(1)</script>|`x`\n```\n# taken ]]> "#,
    "\u{fffe}\u{202e}",
    r#"\u0000\u001b[31m","more":"![taken](http://taken.example/x.png) ##[error]taken"}"#,
);

/// Answers everything in this way, until the process ends.
pub(crate) fn listen() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            std::thread::spawn(move || answer(&socket));
        }
    });
    base
}

fn answer(socket: &TcpStream) {
    let (mut reader, mut writer) = (BufReader::new(socket), socket);
    let (mut length, mut body) = (0, HOSTILE);
    for line in reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
        let value =
            line.to_ascii_lowercase().strip_prefix("content-length:").map(|value| value.trim().to_owned());
        length = value.map_or(length, |value| value.parse().unwrap());
        body = if line.starts_with("POST /v1/orchestra/task/create") { UNDERSTOOD } else { body };
    }
    let _ = reader.take(length).read_to_end(&mut Vec::new());
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n", body.len());
    let _ = write!(writer, "{head}Connection: close\r\n\r\n{body}");
}

/// A run with violations, doubts and cases that are left out.
fn judged(name: &str, arguments: &[&str]) -> (Orchspec, Ended) {
    let program = program(name);
    let ended = run(&program, arguments);
    (program, ended)
}

/// The program in a folder with the server's target file.
pub(crate) fn program(name: &str) -> Orchspec {
    Orchspec::new(name).file("target.yaml", TARGET.replace("BASE", &listen()))
}

/// Judges the server.
pub(crate) fn run(program: &Orchspec, arguments: &[&str]) -> Ended {
    let ended = program.call_as_is(&[&["run", "elma/*", "--target", "target.yaml"], arguments].concat());
    assert_eq!(ended.code, 1, "{ended}");
    ended
}

const TARGET: &str = "\
target: 1
elma:
  base: \"BASE\"
  principals: { owner: { token: 0123456789 }, stranger: none }
  jobs:
    quick: { process: quick, kind: echo, runs: { at_least: 0s, at_most: 10ms } }
    queue: none
timing: { poll: 5ms, prompt: 1s, lag: 5ms, skew: 1s, margin: 10ms }
";

#[test]
fn junit_is_valid_by_the_schema_of_ci_servers_and_read_by_another() {
    let Some(validators) = validators() else { return };
    let (program, _) =
        judged("formats_junit", &["--report", "junit=junit.xml", "--report", "json=report.json"]);
    let (schema, file) = (validators.path("junit-10.xsd"), program.path("junit.xml"));
    let [schema, file] = [&schema, &file].map(|path| path.to_str().unwrap());
    validators.python("xmlschema-validate", &["--schema", schema, file]);
    let read = "import sys, junitparser as j; r = j.JUnitXml.fromfile(sys.argv[1]); \
                print(*(sum(getattr(s, n) for s in r) for n in ['tests', 'failures', 'errors', 'skipped']))";
    let counted: Vec<u64> = validators
        .python("python", &["-c", read, file])
        .split_whitespace()
        .map(|number| number.parse().unwrap())
        .collect();
    let report: serde_json::Value = serde_json::from_str(&program.read("report.json")).unwrap();
    let sum = |words: &[&str]| words.iter().map(|word| report["totals"][word].as_u64().unwrap()).sum::<u64>();
    let skipped = sum(&["skip", "unattainable", "unsupported"]);
    let all = report["cases"].as_array().unwrap().len() as u64;
    assert_eq!(counted, [all, sum(&["fail"]), sum(&["error", "inconclusive"]), skipped]);
    assert!(counted.iter().all(|number| *number > 0), "{counted:?}");
}

#[test]
fn an_archive_is_valid_by_its_schema() {
    let Some(validators) = validators() else { return };
    let (program, _) = judged("formats_har", &["--report", "har=failing.har"]);
    validators.check_har(&program.path("failing.har"));
    let archive: serde_json::Value = serde_json::from_str(&program.read("failing.har")).unwrap();
    assert!(!archive["log"]["entries"].as_array().unwrap().is_empty());
}

#[test]
fn a_page_in_markdown_shows_what_a_server_says_and_does_nothing_of_it() {
    let Some(validators) = validators() else { return };
    let (program, _) = judged("formats_markdown", &["--report", "markdown=page.md"]);
    let read = "import sys, cmarkgfm; from cmarkgfm.cmark import Options as o; \
                print(cmarkgfm.github_flavored_markdown_to_html(open(sys.argv[1]).read(), options=o.CMARK_OPT_UNSAFE))";
    let page = program.path("page.md");
    let html = validators.python("python", &["-c", read, page.to_str().unwrap()]);
    for made in ["<script", "<img", "<a ", "<h1", "<em>"] {
        assert!(!html.contains(made), "{made} in {html}");
    }
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    let fences = html.matches("<pre").count();
    assert!(fences > 0 && fences == html.matches("</pre>").count(), "{html}");
}
