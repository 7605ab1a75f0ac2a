//! The words for a request that got no complete answer: what happened, how far it came, with which deadline.

use crate::clock::format_duration;
use crate::http::message::{Failure, Obstacle};

/// Says what happened, without the request: `connection refused: nobody listens there`.
pub fn describe(failure: &Failure) -> String {
    match failure {
        Failure::Refused => "connection refused: nobody listens there".to_owned(),
        Failure::Dns { reason } => format!("the host name has no address: {reason}"),
        Failure::Unreachable { reason } => format!("not reachable: {reason}"),
        Failure::ConnectDeadline { after } => {
            format!("not reachable: no connection within {}", format_duration(*after))
        }
        Failure::Tls { reason } => format!("the TLS handshake failed: {reason}"),
        Failure::Unsendable { reason } => format!("not sent: {reason}"),
        Failure::Proxy { proxy, obstacle } => format!("the proxy {proxy} {}", in_the_way(obstacle)),
        Failure::Closed => "the connection was closed before the first byte of an answer".to_owned(),
        Failure::Cut { received, promised, reset } => cut(*received, *promised, *reset),
        Failure::Silence { after, begun } => {
            let what =
                if *begun { "the rest of the answer did not come" } else { "no byte of an answer came" };
            format!("timed out: {what} within {}", format_duration(*after))
        }
        Failure::Malformed { reason, first_bytes } => {
            format!("not an HTTP/1.1 answer: {reason}; it begins with {}", quoted(first_bytes))
        }
        Failure::BodyTooLarge { limit } => format!(
            "the body is longer than `limits.body` ({limit} bytes): raise it if the server may send so much"
        ),
        Failure::HeadTooLong { limit } => format!(
            "the head of the answer, with interim ones before it, or its trailer is longer than {limit} bytes, which is as long as orchspec reads"
        ),
        Failure::TooManyLines { limit } => format!(
            "the answer has more than {limit} header or trailer lines, which is as many as orchspec reads"
        ),
        Failure::CutByHarness => "the harness cut the connection, as the scenario ordered".to_owned(),
        Failure::ForeignOrigin { origin } => {
            format!("not sent: {origin} is another origin than `base`; {WAY_OUT}{origin}")
        }
    }
}

/// What a proxy did, behind its name, with the way out.
fn in_the_way(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Unreached(failure) => format!("cannot be used: {}", describe(failure)),
        Obstacle::Credentials { shown, schemes } => credentials(*shown, schemes),
        Obstacle::Refused { to, status: status @ 500.. } => {
            format!("did not reach {to} (answered {status}); is the server there, as seen from the proxy?")
        }
        Obstacle::Refused { to, status } => {
            format!("opens no way to {to} (answered {status}); allow it there, or go around it: {AROUND}{to}")
        }
        Obstacle::Closed => {
            "closed the connection when it was asked for the way; is that its port?".to_owned()
        }
        Obstacle::Malformed { first_bytes } => {
            format!("does not speak HTTP/1.1: its answer begins with {}", quoted(first_bytes))
        }
        Obstacle::Silent { after } => format!("opened no way within {}", format_duration(*after)),
    }
}

/// What sends requests to a server directly although there is a proxy.
const AROUND: &str = "--set proxy.no_proxy=";

fn credentials(shown: bool, schemes: &[String]) -> String {
    let takes_basic = schemes.is_empty() || schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case("basic"));
    if !takes_basic {
        let schemes = schemes.join(", ");
        return format!("asks for credentials by {schemes}; only Basic is known here: let it take that, too");
    }
    let words = if shown {
        "does not take the credentials that it was shown; correct them"
    } else {
        "asks for credentials; give it some as `proxy.credentials` in the target file"
    };
    words.to_owned()
}

/// What stands before an origin that only the target file can allow.
const WAY_OUT: &str = "if it is the same server: --set limits.origins=";

/// The origin to which nothing was sent, if that is what these words of [`describe`] say.
pub fn withheld_from(words: &str) -> Option<&str> {
    words.split_once(WAY_OUT).map(|(_, origin)| origin)
}

fn cut(received: Option<u64>, promised: Option<u64>, reset: bool) -> String {
    let how = if reset { "reset" } else { "closed" };
    match (received, promised) {
        // Whether anything of the head had come, a reset does not tell.
        (None, _) if reset => "the connection was reset before the head of the answer had come".to_owned(),
        (None, _) => "the connection was closed in the head of the answer".to_owned(),
        (Some(received), Some(promised)) => {
            format!("the connection was {how} after {received} of {promised} bytes of the body")
        }
        (Some(received), None) => {
            format!("the connection was {how} after {received} bytes of a body that had not ended")
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::time::Duration;

    const SECONDS: Duration = Duration::from_secs(5);

    #[rstest]
    #[case(Failure::Refused, "connection refused: nobody listens there")]
    #[case(Failure::ConnectDeadline { after: SECONDS }, "not reachable: no connection within 5s")]
    #[case(Failure::Silence { after: SECONDS, begun: false }, "timed out: no byte of an answer came within 5s")]
    #[case(Failure::Silence { after: SECONDS, begun: true }, "timed out: the rest of the answer did not come within 5s")]
    #[case(Failure::Cut { received: None, promised: None, reset: true }, "the connection was reset before the head of the answer had come")]
    #[case(Failure::Cut { received: Some(7), promised: Some(9), reset: false }, "the connection was closed after 7 of 9 bytes of the body")]
    #[case(Failure::Cut { received: Some(7), promised: None, reset: true }, "the connection was reset after 7 bytes of a body that had not ended")]
    #[case(
        Failure::Malformed { reason: "no status line".into(), first_bytes: "SSH-2.0-\"x\"".into() },
        "not an HTTP/1.1 answer: no status line; it begins with \"SSH-2.0-\\\"x\\\"\""
    )]
    fn tells_kinds_of_silence_apart(#[case] failure: Failure, #[case] expected: &str) {
        assert_eq!(describe(&failure), expected);
    }

    #[test]
    fn every_kind_has_its_words() {
        let reason = || "for a reason".to_owned();
        let origin = crate::http::message::Url::parse("https://elsewhere.example/a").unwrap().origin();
        let proxy = crate::http::message::Url::parse("http://proxy.example:3128").unwrap().origin();
        let stopped = |obstacle| Failure::Proxy { proxy: proxy.clone(), obstacle };
        let wants = |shown, schemes: &[&str]| {
            let schemes = schemes.iter().map(|scheme| (*scheme).to_owned()).collect();
            stopped(Obstacle::Credentials { shown, schemes })
        };
        let refused = |status| stopped(Obstacle::Refused { to: "a.example:443".to_owned(), status });
        let all = [
            Failure::Refused,
            Failure::Dns { reason: reason() },
            Failure::Unreachable { reason: reason() },
            Failure::ConnectDeadline { after: SECONDS },
            Failure::Tls { reason: reason() },
            Failure::Unsendable { reason: reason() },
            Failure::Closed,
            Failure::Cut { received: None, promised: None, reset: false },
            Failure::Silence { after: SECONDS, begun: false },
            Failure::Malformed { reason: reason(), first_bytes: "SSH-2.0".to_owned() },
            Failure::BodyTooLarge { limit: 8 },
            Failure::HeadTooLong { limit: 65_536 },
            Failure::TooManyLines { limit: 256 },
            Failure::CutByHarness,
            Failure::ForeignOrigin { origin },
            stopped(Obstacle::Unreached(Box::new(Failure::Refused))),
            wants(false, &["Basic"]),
            wants(true, &["Negotiate", "basic"]),
            wants(false, &["Negotiate", "NTLM"]),
            refused(403),
            refused(502),
            stopped(Obstacle::Closed),
            stopped(Obstacle::Malformed { first_bytes: "SSH-2.0".to_owned() }),
            stopped(Obstacle::Silent { after: SECONDS }),
        ];
        let lines: Vec<String> = all.iter().map(describe).collect();
        let withheld: Vec<&str> = lines.iter().filter_map(|words| withheld_from(words)).collect();
        assert_eq!(withheld, ["https://elsewhere.example:443"]);
        insta::assert_snapshot!(lines.join("\n"), @r#"
        connection refused: nobody listens there
        the host name has no address: for a reason
        not reachable: for a reason
        not reachable: no connection within 5s
        the TLS handshake failed: for a reason
        not sent: for a reason
        the connection was closed before the first byte of an answer
        the connection was closed in the head of the answer
        timed out: no byte of an answer came within 5s
        not an HTTP/1.1 answer: for a reason; it begins with "SSH-2.0"
        the body is longer than `limits.body` (8 bytes): raise it if the server may send so much
        the head of the answer, with interim ones before it, or its trailer is longer than 65536 bytes, which is as long as orchspec reads
        the answer has more than 256 header or trailer lines, which is as many as orchspec reads
        the harness cut the connection, as the scenario ordered
        not sent: https://elsewhere.example:443 is another origin than `base`; if it is the same server: --set limits.origins=https://elsewhere.example:443
        the proxy http://proxy.example:3128 cannot be used: connection refused: nobody listens there
        the proxy http://proxy.example:3128 asks for credentials; give it some as `proxy.credentials` in the target file
        the proxy http://proxy.example:3128 does not take the credentials that it was shown; correct them
        the proxy http://proxy.example:3128 asks for credentials by Negotiate, NTLM; only Basic is known here: let it take that, too
        the proxy http://proxy.example:3128 opens no way to a.example:443 (answered 403); allow it there, or go around it: --set proxy.no_proxy=a.example:443
        the proxy http://proxy.example:3128 did not reach a.example:443 (answered 502); is the server there, as seen from the proxy?
        the proxy http://proxy.example:3128 closed the connection when it was asked for the way; is that its port?
        the proxy http://proxy.example:3128 does not speak HTTP/1.1: its answer begins with "SSH-2.0"
        the proxy http://proxy.example:3128 opened no way within 5s
        "#);
    }
}
