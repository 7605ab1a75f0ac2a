//! Where the harness listens for call-backs, and by which URL the server finds it there.

use std::net::IpAddr;

use super::reader::Reader;
use crate::diagnostic::Diagnostic;
use crate::target::Callback;
use crate::target::shape::CALLBACK;
use crate::yaml::{Node, wrong_type};

pub(super) fn read(node: Option<&Node>, reader: &mut Reader<'_>) -> Callback {
    let mut callback = Callback::default();
    let Some(fields) = node.and_then(|node| reader.open(node, &CALLBACK)) else { return callback };
    if let Some(port) = fields.get("port").and_then(|node| port(node, reader)) {
        callback.listen.set_port(port);
    }
    let listens_at = fields.get("address").and_then(|node| address(node, reader));
    if let Some(address) = listens_at {
        callback.listen.set_ip(address);
    }
    callback.url = fields.get("url").and_then(|node| reader.url(node));
    if let Some(node) = fields.get("address").filter(|_| listens_at.is_some_and(|own| own.is_unspecified()))
        && fields.lacks("url")
    {
        let message = format!("nobody can call {}, which stands for every address", callback.listen.ip());
        let help = "say by which URL the server reaches this machine: `url: \"http://ci.example.org:9000\"`";
        reader.report(Diagnostic::error("callback-url", message).at(node.span, "").help(help));
    }
    callback
}

fn port(node: &Node, reader: &mut Reader<'_>) -> Option<u16> {
    let port = reader.integer(node).map(u16::try_from)?;
    if port.is_err() {
        reader.report(wrong_type(node, "a port from 0 to 65535, where 0 is any that is free"));
    }
    port.ok()
}

fn address(node: &Node, reader: &mut Reader<'_>) -> Option<IpAddr> {
    let address = reader.text(node)?.parse();
    if address.is_err() {
        reader.report(wrong_type(node, "an IP address such as `127.0.0.1`"));
    }
    address.ok()
}

#[cfg(test)]
mod tests {
    use crate::target::Callback;
    use crate::target::testing::{ELMA, HEAD, Machine, messages, read};

    #[test]
    fn only_this_machine_reaches_it_unless_the_file_says_otherwise() {
        let (target, _) = read(&format!("{HEAD}{ELMA}"), &[], &Machine::default());
        let callback = target.unwrap().callback;
        assert_eq!(callback, Callback::default());
        assert!(callback.listen.ip().is_loopback());
        let elsewhere = "callback: { address: 0.0.0.0, port: 9000, url: \"https://ci/in\" }\n";
        let (target, messages) = read(&format!("{HEAD}{ELMA}{elsewhere}"), &[], &Machine::default());
        assert_eq!(messages, "");
        let callback = target.unwrap().callback;
        assert_eq!(callback.listen.to_string(), "0.0.0.0:9000");
        assert_eq!(callback.url.unwrap().as_str(), "https://ci/in");
    }

    #[test]
    fn an_address_that_nobody_can_call_is_refused() {
        let blocks = ["{ address: 0.0.0.0 }", "{ address: localhost, port: 70000 }", "{ prot: 1 }"];
        let told = blocks.map(|block| messages(&format!("{ELMA}callback: {block}\n")));
        insta::assert_snapshot!(told.join("\n"), @r#"
        error[callback-url]: nobody can call 0.0.0.0, which stands for every address
         --> targets/a.yaml:5:22
          |
        5 | callback: { address: 0.0.0.0 }
          |                      ^^^^^^^
          |
          = help: say by which URL the server reaches this machine: `url: "http://ci.example.org:9000"`
        error[wrong-type]: expected an IP address such as `127.0.0.1`, found "localhost"
         --> targets/a.yaml:5:22
          |
        5 | callback: { address: localhost, port: 70000 }
          |                      ^^^^^^^^^
        error[wrong-type]: expected a port from 0 to 65535, where 0 is any that is free, found 70000
         --> targets/a.yaml:5:39
          |
        5 | callback: { address: localhost, port: 70000 }
          |                                       ^^^^^
        error[unknown-key]: the callback block has no key `prot`
         --> targets/a.yaml:5:13
          |
        5 | callback: { prot: 1 }
          |             ^^^^ unknown key
          |
          = help: did you mean `port`?
        "#);
    }
}
