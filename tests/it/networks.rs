//! Corporate networks: Debian's tinyproxy on the way, and a server of OpenSSL that wants to see a client's certificate.

mod proxy;
mod secure;

use std::fs;

use rstest::{Context, rstest};

use self::proxy::{Stunnel, Tinyproxy, free_port};
use self::secure::{Demanding, Papers};
use crate::judged::Judged;
use crate::orchspec::{Ended, Orchspec, assert_shows};
use crate::server::{Server, target_file};
use crate::stranger::Stranger;

const PASSWORD: &str = "correct-horse-battery";

/// A target that is reached through the proxies of the environment although it is on this machine.
const TARGET: &str = "target: 1
identity: { organization: Acme, product: Orchestrator }
uipath:
  base: { env: BASE }
  principals: { owner: { bearer: a-token-of-this-test } }
tls: { ca: issuer.pem }
proxy: { loopback: yes }
";

fn program(name: &str, base: &str, issuer: &str) -> Orchspec {
    Orchspec::new(&format!("networks-{name}"))
        .variable("BASE", base)
        .file("target.yaml", TARGET)
        .file("issuer.pem", issuer)
}

/// What `target check` says of the way, without what it counts.
fn check(program: &Orchspec, arguments: &[&str]) -> Ended {
    let mut ended = program.call(&[&["target", "check", "target.yaml", "--no-jobs"], arguments].concat());
    let begins = |text: &str| ended.stdout.find(text).map(|place| &ended.stdout[place..]);
    let first = ended.stdout.lines().find(|line| line.contains(" is reached ")).and_then(begins);
    ended.stdout = first.or_else(|| begins("every base answers")).unwrap_or_default().to_owned();
    ended
}

#[test]
fn a_server_is_judged_through_a_proxy_as_without_it() {
    let Some(proxy) = Tinyproxy::start("plain", &format!("BasicAuth ann {PASSWORD}")) else { return };
    let server = Server::start("elma", &[]);
    let program = crate::judged::program("networks-plain-run", server.base())
        .variable("http_proxy", format!("http://ann:{PASSWORD}@{}", proxy.address));
    let target = target_file("elma");
    let arguments =
        ["elma/create/*", "--target", &target, "--set", "hooks=none", "--set", "proxy.loopback=true"];
    let judged = Judged::run(&program, &arguments);
    assert_eq!(judged.ended.code, 0, "{}", judged.ended);
    let planned = program.call(&[&["plan"], &arguments[..]].concat());
    assert!(planned.stdout.contains(", through the proxy http://127.0.0.1:[port]"), "{planned}");
    let (asked, shown) = (proxy.log(), program.read("report.json"));
    assert!(asked.contains(&format!("POST {}/v1/orchestra/task/create", server.base())), "{asked}");
    assert!(!shown.contains(PASSWORD) && !judged.ended.to_string().contains(PASSWORD), "{}", judged.ended);
    let directly = Judged::run(&program, &arguments[..5]);
    assert_eq!(directly.verdicts(), judged.verdicts());
    assert_eq!(proxy.log().matches("task/create").count(), asked.matches("task/create").count());
}

#[rstest]
#[case::https_through_a_proxy("", "ann", &[], 0)]
#[case::https_with_a_wrong_password("", "bob", &[], 4)]
#[case::https_without_credentials("", "", &[], 4)]
#[case::https_to_a_port_that_is_closed("ConnectPort 443", "ann", &[], 4)]
#[case::https_around_the_proxy("", "ann", &["--set", "proxy.no_proxy=127.0.0.0/8"], 0)]
#[case::https_on_this_machine("", "ann", &["--set", "proxy.loopback=false"], 0)]
#[case::https_without_a_proxy("", "ann", &["--set", "proxy=none"], 0)]
fn a_way_is_asked_for(
    #[context] context: Context,
    #[case] rules: &str,
    #[case] user: &str,
    #[case] arguments: &[&str],
    #[case] code: i32,
) {
    let name = context.description.unwrap();
    let rules = format!("BasicAuth ann {PASSWORD}\n{rules}");
    let Some(proxy) = Tinyproxy::start(name, &rules) else { return };
    let server = Stranger::listen();
    let credentials = if user.is_empty() { String::new() } else { format!("{user}:{PASSWORD}@") };
    let program = program(name, &server.base, &server.issuer)
        .variable("HTTPS_PROXY", format!("http://{credentials}{}", proxy.address));
    let ended = check(&program, arguments);
    assert_eq!(ended.code, code, "{ended}");
    assert_shows!(name, &ended);
    let is_asked = proxy.log().contains(&format!("CONNECT {}", server.base.trim_start_matches("https://")));
    assert_eq!(is_asked, arguments.is_empty(), "{}", proxy.log());
}

#[rstest]
#[case::tls_to_the_proxy_and_to_the_server("trusted", 0)]
#[case::tls_to_a_proxy_whose_issuer_is_not_trusted("unknown", 4)]
fn the_way_to_the_proxy_can_be_hidden_too(
    #[context] context: Context,
    #[case] issuer: &str,
    #[case] code: i32,
) {
    let name = context.description.unwrap();
    let (papers, server) = (Papers::new(), Stranger::listen());
    let Some(proxy) = Tinyproxy::start(name, &format!("BasicAuth ann {PASSWORD}")) else { return };
    let Some(tls) = Stunnel::start(name, &proxy.address, &papers) else { return };
    let trusted = if issuer == "trusted" { papers.issuer.as_str() } else { "" };
    let program = program(name, &server.base, &format!("{}{trusted}", server.issuer))
        .variable("HTTPS_PROXY", format!("https://ann:{PASSWORD}@{}", tls.address));
    let ended = check(&program, &[]);
    assert_eq!(ended.code, code, "{ended}");
    assert_shows!(name, &ended);
    assert_eq!(proxy.log().contains("CONNECT 127.0.0.1:"), code == 0, "{}", proxy.log());
}

#[rstest]
#[case::proxy_that_is_not_there("http://127.0.0.1:{port}")]
#[case::proxy_of_another_kind("socks5://127.0.0.1:{port}")]
#[case::proxy_with_a_path("http://127.0.0.1:{port}/path")]
fn a_proxy_that_cannot_be_used_is_named(#[context] context: Context, #[case] proxy: &str) {
    let name = context.description.unwrap();
    let proxy = proxy.replace("{port}", &free_port().to_string());
    let program =
        program(name, "https://127.0.0.1:9", &Stranger::listen().issuer).variable("https_proxy", proxy);
    let ended = check(&program, &[]);
    assert_eq!(ended.code, 4, "{ended}");
    assert_shows!(name, &ended);
}

#[test]
fn a_client_shows_its_certificate_through_a_proxy_too() {
    let papers = Papers::new();
    let Some(server) = Demanding::start("certificate", &papers) else { return };
    let Some(proxy) = Tinyproxy::start("certificate", "") else { return };
    let shown = "tls: { ca: issuer.pem, client_cert: { cert: client.pem, key: { env: CLIENT_KEY } } }\n";
    let program = program("certificate-shown", &server.base, &papers.issuer)
        .variable("HTTPS_PROXY", proxy.address.as_str())
        .variable("CLIENT_KEY", papers.client_key.as_str())
        .file("client.pem", &papers.client)
        .file("target.yaml", TARGET.replace("tls: { ca: issuer.pem }\n", shown));
    for arguments in [&[][..], &["--set", "proxy=none"]] {
        let ended = check(&program, arguments);
        assert_eq!(ended.code, 0, "{ended}");
    }
    assert!(proxy.log().contains("CONNECT 127.0.0.1:"), "{}", proxy.log());
}

#[test]
fn the_systems_certificates_can_be_elsewhere() {
    let server = Stranger::listen();
    let program = program("system", &server.base, &server.issuer);
    fs::write(program.path("target.yaml"), TARGET.replace("tls: { ca: issuer.pem }\n", "")).unwrap();
    assert_eq!(check(&program, &[]).code, 4);
    let issuer = program.path("issuer.pem").display().to_string();
    let ended = check(&program.variable("SSL_CERT_FILE", issuer), &[]);
    assert_eq!(ended.code, 0, "{ended}");
}

const PAGE: &str = include_str!("../../docs/networks.md");

/// The pieces of the page's target files, each with what it needs.
#[test]
fn what_the_page_shows_can_be_read() {
    let fence = regex::Regex::new(r"(?ms)^```yaml\n(.*?)^```$").unwrap();
    let pieces: Vec<&str> = fence.captures_iter(PAGE).map(|found| found.get(1).unwrap().as_str()).collect();
    assert!(pieces.len() >= 3, "{} pieces", pieces.len());
    let papers = Papers::new();
    let mut program = Orchspec::new("networks-page").variable("BASE", "https://127.0.0.1:9");
    for (path, text) in
        [("ca.pem", &papers.issuer), ("client.pem", &papers.client), ("client.key", &papers.client_key)]
    {
        program = program.file(path, text);
    }
    let head = TARGET.split("tls:").next().unwrap();
    for piece in pieces {
        fs::write(program.path("target.yaml"), format!("{head}{piece}")).unwrap();
        let ended = program.call(&["lint", "target.yaml"]);
        assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{piece}\n{ended}");
    }
}

/// Files that no handshake could use are told before anything is sent.
#[rstest]
#[case::other_key(|papers: &Papers, other: &Papers| (papers.client.clone(), other.client_key.clone()))]
#[case::swapped(|papers: &Papers, _: &Papers| (papers.client_key.clone(), papers.client.clone()))]
#[case::certificate_as_key(|papers: &Papers, _: &Papers| (papers.client.clone(), papers.client.clone()))]
#[case::encrypted_key(|papers: &Papers, _: &Papers| (papers.client.clone(), ENCRYPTED.to_owned()))]
fn a_certificate_that_cannot_be_shown_is_refused(
    #[context] context: Context,
    #[case] files: impl Fn(&Papers, &Papers) -> (String, String),
) {
    let (certificate, key) = files(&Papers::new(), &Papers::new());
    let name = format!("networks_certificate_{}", context.description.unwrap());
    let program = Orchspec::new(&name)
        .variable("BASE", "https://127.0.0.1:9")
        .file(
            "target.yaml",
            TARGET.replace("ca: issuer.pem", "client_cert: { cert: client.pem, key: client.key }"),
        )
        .file("client.pem", certificate)
        .file("client.key", key);
    let ran = program.call(&["run", "--target", "target.yaml"]);
    assert_shows!(name, ran);
    assert_eq!(ran.code, 2);
    assert_eq!(program.call(&["lint", "target.yaml"]).code, 2);
}

const ENCRYPTED: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n";

/// Every line of `target check` that the page shows is printed where its variables are set.
#[test]
fn what_the_page_quotes_is_printed() {
    let quoted = regex::Regex::new(r"(?m)^(https://\S+ is reached .*)$").unwrap();
    let lines: Vec<&str> = quoted.captures_iter(PAGE).map(|found| found.get(1).unwrap().as_str()).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    for line in lines {
        let base = line.split(' ').next().unwrap();
        let program = Orchspec::new("networks-quoted")
            .variable("BASE", base)
            .variable("HTTPS_PROXY", "http://proxy.example:3128")
            .variable("NO_PROXY", ".inside.example")
            .file("target.yaml", TARGET.split("tls:").next().unwrap());
        let printed = program.call_as_is(&["target", "check", "target.yaml", "--no-jobs"]).stdout;
        assert!(printed.lines().any(|own| own == line), "{line}\n{printed}");
    }
}
