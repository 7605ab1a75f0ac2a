//! The proxies: those of the environment, unless the target file says otherwise.

use super::principal::pair;
use super::reader::Reader;
use crate::diagnostic::Diagnostic;
use crate::http::proxy::{Authorization, Exception, Named, Proxies, Proxy};
use crate::system::System;
use crate::target::Proxying;
use crate::target::shape::{BASIC, ENVIRONMENT, NONE, PROXY};
use crate::yaml::{self, Fields, Node};

/// The variables that name a proxy for each scheme, in the order in which they are asked; as curl has it, what is written
/// small goes before what is written large.
const HTTPS: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
const HTTP: [&str; 4] = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
const EXCEPTIONS: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// What secrets of proxies are called.
const SECRET: &str = "proxy.credentials";

pub(super) fn read(node: Option<&Node>, reader: &mut Reader<'_>) -> Proxying {
    let proxies = match node {
        None => from_environment(reader.input.system),
        Some(node) if node.as_text().is_some() => from_word(node, reader),
        Some(node) => reader.open(node, &PROXY).map(|fields| from_file(fields, reader)).unwrap_or_default(),
    };
    Proxying::hiding(proxies, SECRET)
}

fn from_word(node: &Node, reader: &mut Reader<'_>) -> Proxies {
    match reader.word(node, &[ENVIRONMENT, NONE]).as_deref() {
        Some(ENVIRONMENT) => from_environment(reader.input.system),
        _ => Proxies::default(),
    }
}

/// Mistakes in variables are told where they matter: when a server is to be reached through what they name.
fn from_environment(system: &dyn System) -> Proxies {
    let text = first(system, &EXCEPTIONS).map(|(_, text)| text).unwrap_or_default();
    let exceptions = Exception::list(&text).filter_map(|entry| Exception::parse(entry).ok()).collect();
    Proxies { http: named(system, &HTTP), https: named(system, &HTTPS), exceptions, loopback: false }
}

/// A variable that is set to nothing says that there is no proxy.
fn named(system: &dyn System, variables: &[&'static str]) -> Option<Named> {
    let (by, text) = first(system, variables)?;
    let text = text.trim();
    (!text.is_empty()).then(|| Named { by: by.to_owned(), proxy: Proxy::parse(text) })
}

fn first(system: &dyn System, variables: &[&'static str]) -> Option<(&'static str, String)> {
    variables.iter().find_map(|name| Some((*name, system.variable(name)?)))
}

/// Without a `url` the environment names the proxies, and the other keys add to that.
fn from_file(fields: Fields<'_>, reader: &mut Reader<'_>) -> Proxies {
    let mut proxies = match fields.get("url") {
        Some(node) => both(url(node, reader)),
        None => from_environment(reader.input.system),
    };
    if let Some(shown) = fields.get("credentials").and_then(|node| credentials(node, reader)) {
        for named in [&mut proxies.http, &mut proxies.https].into_iter().flatten() {
            if let Ok(proxy) = &mut named.proxy {
                proxy.authorization = Some(shown.clone());
            }
        }
    }
    if let Some(node) = fields.get("no_proxy") {
        let items = yaml::list_or_one(node);
        proxies.exceptions.extend(items.iter().flat_map(|item| exceptions(item, reader)));
    }
    if let Some(node) = fields.get("loopback") {
        proxies.loopback = reader.boolean(node).unwrap_or_default();
    }
    proxies
}

fn both(proxy: Option<Proxy>) -> Proxies {
    let named = proxy.map(|proxy| Named { by: "proxy.url".to_owned(), proxy: Ok(proxy) });
    Proxies { http: named.clone(), https: named, ..Proxies::default() }
}

/// A password in the URL would be shown with every message about it.
fn url(node: &Node, reader: &mut Reader<'_>) -> Option<Proxy> {
    let text = reader.text(node)?;
    match Proxy::parse(&text) {
        Ok(proxy) if proxy.authorization.is_none() => return Some(proxy),
        Ok(_) => {
            let message = "`proxy.url` holds credentials, which have a place of their own";
            let help = "take them out, and write `credentials: { user: NAME, password: { env: VARIABLE } }`";
            reader.report(Diagnostic::error("proxy", message).at_hidden(node.span).help(help));
        }
        Err(reason) => {
            let diagnostic = Diagnostic::error("proxy", format!("`proxy.url` {reason}"));
            let help = "write one such as \"http://proxy.example:3128\"";
            let is_secret = text.contains('@');
            let placed =
                if is_secret { diagnostic.at_hidden(node.span) } else { diagnostic.at(node.span, "") };
            reader.report(placed.help(help));
        }
    }
    None
}

fn credentials(node: &Node, reader: &mut Reader<'_>) -> Option<Authorization> {
    let (user, secret) = pair(SECRET, node, (&BASIC, "user", "password"), reader)?;
    Some(Authorization::basic(&user, secret.expose()))
}

fn exceptions(node: &Node, reader: &mut Reader<'_>) -> Vec<Exception> {
    let text = reader.text(node).unwrap_or_default();
    let mut read = Vec::new();
    for entry in Exception::list(&text) {
        match Exception::parse(entry) {
            Ok(exception) => read.push(exception),
            Err(reason) => {
                let diagnostic = Diagnostic::error("proxy", format!("\"{entry}\" in `no_proxy` {reason}"));
                reader.report(
                    diagnostic.at(node.span, "").help("write what servers are called, or take it out"),
                );
            }
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use crate::http::proxy::Way;
    use crate::http::url::Url;
    use crate::target::testing::{ELMA, HEAD, Machine, messages, read};
    use crate::target::{Proxying, Target};
    use rstest::rstest;

    fn target(block: &str, variables: &[(&'static str, &'static str)]) -> Target {
        let machine = Machine { variables: variables.iter().copied().collect(), ..Machine::default() };
        let (target, messages) = read(&format!("{HEAD}{ELMA}{block}"), &[], &machine);
        assert_eq!(messages, "");
        target.unwrap()
    }

    /// Who is asked for the way to a URL, and where that is.
    fn way(proxying: &Proxying, url: &str) -> String {
        match proxying.proxies.way(&Url::parse(url).unwrap().origin()) {
            Way::Through(named) => match &named.proxy {
                Ok(proxy) => format!("{} {}", named.by, proxy.origin),
                Err(reason) => format!("{} {reason}", named.by),
            },
            _ => "directly".to_owned(),
        }
    }

    #[rstest]
    #[case::none_is_named(&[], "directly")]
    #[case::large(&[("HTTPS_PROXY", "http://large:1")], "HTTPS_PROXY http://large:1")]
    #[case::small_goes_first(&[("HTTPS_PROXY", "http://large:1"), ("https_proxy", "small:1")], "https_proxy http://small:1")]
    #[case::all(&[("ALL_PROXY", "all:1"), ("HTTP_PROXY", "other:1")], "ALL_PROXY http://all:1")]
    #[case::empty(&[("HTTPS_PROXY", ""), ("ALL_PROXY", "all:1")], "directly")]
    #[case::excepted(&[("HTTPS_PROXY", "p:1"), ("NO_PROXY", "a.example, .server.example")], "directly")]
    #[case::nonsense_is_passed_over(&[("HTTPS_PROXY", "p:1"), ("NO_PROXY", "10.*")], "HTTPS_PROXY http://p:1")]
    #[case::wrong(&[("HTTPS_PROXY", "socks5://p:1")], "HTTPS_PROXY names a SOCKS proxy, and only proxies that speak HTTP are used")]
    fn the_environment_names_proxies(
        #[case] variables: &[(&'static str, &'static str)],
        #[case] expected: &str,
    ) {
        for block in ["", "proxy: environment\n", "proxy: {}\n"] {
            assert_eq!(way(&target(block, variables).proxying, "https://the.server.example/"), expected);
        }
        assert_eq!(way(&target("proxy: none\n", variables).proxying, "https://a.example/"), "directly");
    }

    #[test]
    fn a_file_says_it_all_or_adds_to_the_environment() {
        let own = "proxy: { url: \"http://own:1\", no_proxy: [.b.example, \"c.example, d.example\"], loopback: yes }\n";
        let own = target(own, &[("HTTPS_PROXY", "http://other:1"), ("NO_PROXY", "a.example")]).proxying;
        let expected = [
            ("https://a.example/", "proxy.url http://own:1"),
            ("http://127.0.0.1/", "proxy.url http://own:1"),
            ("https://a.b.example/", "directly"),
            ("http://d.example/", "directly"),
        ];
        for (url, expected) in expected {
            assert_eq!(way(&own, url), expected, "{url}");
        }
        let added = "proxy: { no_proxy: b.example }\n";
        let added = target(added, &[("HTTPS_PROXY", "http://other:1"), ("NO_PROXY", "a.example")]).proxying;
        for (url, expected) in [
            ("https://a.example/", "directly"),
            ("https://b.example/", "directly"),
            ("https://c.example/", "HTTPS_PROXY http://other:1"),
        ] {
            assert_eq!(way(&added, url), expected, "{url}");
        }
    }

    #[rstest]
    #[case::of_the_environment("", "http://ann:correct-horse@proxy:1", "correct-horse")]
    #[case::short("", "http://annabel:pw@proxy:1", "annabel:pw")]
    #[case::of_the_file(
        "proxy: { credentials: { user: ann, password: battery-staple } }\n",
        "http://bob:correct-horse@proxy:1",
        "battery-staple"
    )]
    fn what_a_proxy_is_shown_is_hidden(
        #[case] block: &str,
        #[case] variable: &'static str,
        #[case] secret: &str,
    ) {
        let target = target(block, &[("HTTPS_PROXY", variable)]);
        let masks = target.masks();
        assert_eq!(masks.mask(&format!("({secret})")), "([proxy.credentials])");
        let shown = target.proxying.proxies.https.as_ref().unwrap().proxy.as_ref().unwrap();
        let masked = masks.mask(&shown.authorization.as_ref().unwrap().value());
        assert_eq!(masked, "Basic [proxy.credentials]");
        assert!(!format!("{target:?}").contains(secret));
    }

    #[test]
    fn mistakes_are_named_and_passwords_are_not_shown() {
        let wrong = |block: &str| messages(&format!("{ELMA}proxy: {block}\n"));
        insta::assert_snapshot!(wrong("{ url: \"http://ann:correct-horse@proxy:1\" }"), @r"
        error[proxy]: `proxy.url` holds credentials, which have a place of their own
        --> targets/a.yaml:5:15
         = help: take them out, and write `credentials: { user: NAME, password: { env: VARIABLE } }`
        ");
        insta::assert_snapshot!(wrong("{ url: \"socks5://ann:correct-horse@proxy:1\" }"), @r#"
        error[proxy]: `proxy.url` names a SOCKS proxy, and only proxies that speak HTTP are used
        --> targets/a.yaml:5:15
         = help: write one such as "http://proxy.example:3128"
        "#);
        insta::assert_snapshot!(wrong("{ url: proxy.example/path, no_proxy: [10.0.0.0/99, a b:c] }"), @r#"
        error[proxy]: `proxy.url` names more than a host and a port, and a proxy has no path
         --> targets/a.yaml:5:15
          |
        5 | proxy: { url: proxy.example/path, no_proxy: [10.0.0.0/99, a b:c] }
          |               ^^^^^^^^^^^^^^^^^^
          |
          = help: write one such as "http://proxy.example:3128"
        error[proxy]: "10.0.0.0/99" in `no_proxy` is no network such as 10.0.0.0/8
         --> targets/a.yaml:5:46
          |
        5 | proxy: { url: proxy.example/path, no_proxy: [10.0.0.0/99, a b:c] }
          |                                              ^^^^^^^^^^^
          |
          = help: write what servers are called, or take it out
        error[proxy]: "b:c" in `no_proxy` has a port that does not exist
         --> targets/a.yaml:5:59
          |
        5 | proxy: { url: proxy.example/path, no_proxy: [10.0.0.0/99, a b:c] }
          |                                                           ^^^^^
          |
          = help: write what servers are called, or take it out
        "#);
        insta::assert_snapshot!(wrong("{ url: proxy:1, credentials: { user: ann } }"), @r"
        error[missing-key]: a name with a password needs the key `password`
         --> targets/a.yaml:5:37
          |
        5 | proxy: { url: proxy:1, credentials: { user: ann } }
          |                                     ^^^^^^^^^^^^^
          |
          = help: `password`: the password
        ");
        insta::assert_snapshot!(wrong("enviroment"), @r"
        error[unknown-word]: `enviroment` is not one of the words that may stand here
         --> targets/a.yaml:5:8
          |
        5 | proxy: enviroment
          |        ^^^^^^^^^^ unknown word
          |
          = help: did you mean `environment`?
        ");
    }
}
