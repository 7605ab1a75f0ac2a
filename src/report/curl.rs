//! A recorded request as a `curl` line that can be copied into a shell; secrets in it are masked already.

use crate::outcome::{RecordedExchange, RunOutcome};

/// Headers that curl writes itself.
const OWN_HEADERS: [&str; 2] = ["host", "content-length"];

/// Whether sending it again makes sense: a client's request does in its situation alone, and a call of the server's does
/// not at all.
pub fn is_of_use(outcome: &RunOutcome, exchange: &RecordedExchange) -> bool {
    !outcome.is_of_client() && !exchange.is_call_back()
}

/// The line that sends the request again.
pub fn command(exchange: &RecordedExchange) -> String {
    let mut words = vec!["curl".to_owned(), "-i".to_owned()];
    if exchange.method != "GET" {
        words.extend(["-X".to_owned(), quote(&exchange.method)]);
    }
    for (name, value) in &exchange.request.headers {
        if !OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
            words.extend(["-H".to_owned(), quote(&format!("{name}: {value}"))]);
        }
    }
    if exchange.request.body_length > 0 {
        words.extend(["--data-raw".to_owned(), quote(&exchange.request.body)]);
    }
    words.push(quote(&exchange.url));
    words.join(" ")
}

/// A word as a POSIX shell takes it unchanged.
pub fn quote(word: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_./:=@%+,".contains(character);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use rstest::rstest;

    #[rstest]
    #[case("uipath/async/completes-with-303@get", "uipath/async/completes-with-303@get")]
    #[case("", "''")]
    #[case("it's", r"'it'\''s'")]
    #[case("a b", "'a b'")]
    #[case("$(reboot)", "'$(reboot)'")]
    #[case("https://h/p?a=1&b=2", "'https://h/p?a=1&b=2'")]
    fn only_what_a_shell_would_change_is_quoted(#[case] word: &str, #[case] expected: &str) {
        assert_eq!(quote(word), expected);
    }

    #[test]
    fn leaves_out_what_curl_writes_itself() {
        let mut exchange = sample::exchange("1, \"read\"", "GET", "/jobs/7?a=b&c", 200, "{}");
        exchange.request.headers = vec![
            ("Host".to_owned(), "example.test".to_owned()),
            ("Authorization".to_owned(), "Bearer [uipath.owner.bearer]".to_owned()),
        ];
        assert_eq!(
            command(&exchange),
            "curl -i -H 'Authorization: Bearer [uipath.owner.bearer]' 'http://127.0.0.1:8080/jobs/7?a=b&c'"
        );
    }
}
