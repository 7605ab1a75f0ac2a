//! The blocks beside the protocols; a block or key that is left out has its default.

use super::reader::{Reader, is_none};
use super::secret;
use crate::diagnostic::Diagnostic;
use crate::http::url::{Origin, Url};
use crate::source::Spanned;
use crate::target::shape::{CLIENT_CERTIFICATE, DISTURBANCES, HOOKS, IDENTITY, LIMITS, TIMING, TLS};
use crate::target::{ClientCertificate, Disturbances, Hooks, Identity, Limits, Timing, Tls};
use crate::yaml::{self, Fields, Node, Shape};

fn block<'n>(node: Option<&'n Node>, shape: &'static Shape, reader: &mut Reader<'_>) -> Option<Fields<'n>> {
    reader.open(node?, shape)
}

/// Replaces `slot` by what stands at a key, if something does and it can be read.
fn take<T>(slot: &mut T, node: Option<&Node>, read: impl FnOnce(&Node) -> Option<T>) {
    if let Some(value) = node.and_then(read) {
        *slot = value;
    }
}

pub(super) fn identity(node: Option<&Node>, reader: &mut Reader<'_>) -> Identity {
    let mut identity = Identity::default();
    let Some(fields) = block(node, &IDENTITY, reader) else { return identity };
    take(&mut identity.organization, fields.get("organization"), |node| reader.text(node));
    take(&mut identity.product, fields.get("product"), |node| reader.text(node));
    identity.version = fields.get("version").and_then(|node| reader.text(node));
    identity
}

pub(super) fn timing(node: Option<&Node>, reader: &mut Reader<'_>) -> Timing {
    let mut timing = Timing::default();
    let Some(fields) = block(node, &TIMING, reader) else { return timing };
    let slots = [
        ("poll", &mut timing.poll),
        ("prompt", &mut timing.prompt),
        ("lag", &mut timing.lag),
        ("skew", &mut timing.skew),
        ("margin", &mut timing.margin),
    ];
    for (key, slot) in slots {
        take(slot, fields.get(key), |node| reader.duration(node));
    }
    if let Some(node) = fields.get("poll").filter(|_| timing.poll.is_zero()) {
        let diagnostic = Diagnostic::error("zero", "with a `poll` of 0s polls would follow without a pause");
        reader.report(diagnostic.at(node.span, "").help("write 1ms or more"));
    }
    timing
}

pub(super) fn limits(node: Option<&Node>, reader: &mut Reader<'_>) -> Limits {
    let mut limits = Limits::default();
    let Some(fields) = block(node, &LIMITS, reader) else { return limits };
    take(&mut limits.concurrency, fields.get("concurrency"), |node| {
        positive(node, reader).and_then(|cases| usize::try_from(cases).ok())
    });
    take(&mut limits.jobs, fields.get("jobs"), |node| reader.integer(node));
    take(&mut limits.longest_case, fields.get("longest_case"), |node| reader.duration(node));
    take(&mut limits.body, fields.get("body"), |node| bytes(node, reader));
    let rate = fields.get("requests_per_second").filter(|node| !is_none(node));
    limits.requests_per_second = rate.and_then(|node| positive(node, reader));
    if let Some(node) = fields.get("origins") {
        let items = yaml::list(node, reader.diagnostics);
        limits.origins = items.iter().filter_map(|item| origin(item, reader)).collect();
    }
    limits
}

fn positive(node: &Node, reader: &mut Reader<'_>) -> Option<u64> {
    let number = reader.integer(node)?;
    if number == 0 {
        let diagnostic = Diagnostic::error("zero", "with a limit of 0 nothing would run");
        reader.report(diagnostic.at(node.span, "").help("write 1 or more"));
    }
    Some(number)
}

fn bytes(node: &Node, reader: &mut Reader<'_>) -> Option<u64> {
    yaml::size(node, reader.diagnostics).map(|size| size.value)
}

/// An origin is written as a URL without a path.
fn origin(node: &Node, reader: &mut Reader<'_>) -> Option<Origin> {
    Some(reader.url(node)?.origin())
}

pub(super) fn disturbances(node: Option<&Node>, reader: &mut Reader<'_>) -> Disturbances {
    let mut disturbances = Disturbances::default();
    let Some(fields) = block(node, &DISTURBANCES, reader) else { return disturbances };
    if let Some(node) = fields.get("on") {
        let items = yaml::list(node, reader.diagnostics);
        disturbances.on = items.iter().filter_map(|item| status(item, reader)).collect();
    }
    take(&mut disturbances.max_per_case, fields.get("max_per_case"), |node| reader.integer(node));
    disturbances
}

fn status(node: &Node, reader: &mut Reader<'_>) -> Option<u16> {
    let code = reader.integer(node)?;
    let known = u16::try_from(code).ok().filter(|code| (500..600).contains(code));
    if known.is_none() {
        let message = format!("{code} is no status code of a disturbance");
        reader
            .report(Diagnostic::error("status", message).at(node.span, "").help("write one from 500 to 599"));
    }
    known
}

pub(super) fn hooks(node: Option<&Node>, reader: &mut Reader<'_>) -> Hooks {
    let Some(node) = node.filter(|node| !is_none(node)) else { return Hooks::None };
    let Some(fields) = reader.open(node, &HOOKS) else { return Hooks::None };
    match (fields.get("command"), fields.get("url")) {
        (Some(command), None) => {
            if let Some(token) = fields.get("token") {
                let stray =
                    Diagnostic::error("stray-key", "a `token` is shown to a `url`, and not to a command");
                reader.report(stray.at_hidden(token.span).help("remove it"));
            }
            Hooks::Command(reader.texts(command))
        }
        (None, Some(url)) => {
            let token = fields.get("token").and_then(|node| secret::read("hooks.token", node, reader));
            reader.url(url).map_or(Hooks::None, |url: Url| Hooks::Url(url, token))
        }
        _ => {
            let diagnostic =
                Diagnostic::error("hooks", "the hooks block wants a `command` or a `url`, one of them");
            let help = "write { command: [./adapter] } or { url: \"http://127.0.0.1:9000/hooks\" }";
            reader.report(diagnostic.at(node.span, "").help(help));
            Hooks::None
        }
    }
}

pub(super) fn tls(node: Option<&Node>, reader: &mut Reader<'_>) -> Tls {
    let mut tls = Tls::default();
    let Some(fields) = block(node, &TLS, reader) else { return tls };
    take(&mut tls.insecure, fields.get("insecure"), |node| reader.boolean(node));
    tls.ca = fields.get("ca").filter(|node| !is_none(node)).and_then(|node| pem(node, reader));
    let shown = fields.get("client_cert").filter(|node| !is_none(node));
    tls.client_cert = shown.and_then(|node| client_certificate(node, reader));
    tls
}

fn client_certificate(node: &Node, reader: &mut Reader<'_>) -> Option<ClientCertificate> {
    let fields = reader.open(node, &CLIENT_CERTIFICATE)?;
    let certificate = fields.get("cert").and_then(|node| pem(node, reader));
    let key = fields.get("key").and_then(|node| pem(node, reader));
    Some(ClientCertificate { certificate: certificate?, key: key? })
}

fn pem(node: &Node, reader: &mut Reader<'_>) -> Option<Spanned<Vec<u8>>> {
    Some(Spanned::new(reader.pem(node)?, node.span))
}

#[cfg(test)]
mod tests {
    use crate::target::testing::messages;

    #[test]
    fn mistakes_in_the_blocks_are_named() {
        let blocks = "timing: { pol: 100ms, lag: 2, poll: 0s }\n\
            limits: { body: 8MB, concurrency: 0, origins: [example.com] }\n\
            disturbances: { on: [404] }\n\
            hooks: { command: [a], url: \"http://a/b\" }\n\
            tls: { ca: ../ca.pem, client_cert: { cert: c.pem, key: k.pem } }\n";
        insta::assert_snapshot!(messages(blocks), @r#"
        error[no-protocol]: the target file describes no protocol
         --> targets/a.yaml:1:1
          |
        1 | target: 1
          | ^^^^^^^^^
          |
          = help: add a block: elma, uipath, http
        error[unknown-key]: the timing block has no key `pol`
         --> targets/a.yaml:3:11
          |
        3 | timing: { pol: 100ms, lag: 2, poll: 0s }
          |           ^^^ unknown key
          |
          = help: did you mean `poll`?
        error[wrong-type]: expected a duration such as `100ms` or `1m30s`, found 2
         --> targets/a.yaml:3:28
          |
        3 | timing: { pol: 100ms, lag: 2, poll: 0s }
          |                            ^
        error[zero]: with a `poll` of 0s polls would follow without a pause
         --> targets/a.yaml:3:37
          |
        3 | timing: { pol: 100ms, lag: 2, poll: 0s }
          |                                     ^^
          |
          = help: write 1ms or more
        error[wrong-type]: expected a size such as `8MiB`, found "8MB"
         --> targets/a.yaml:4:17
          |
        4 | limits: { body: 8MB, concurrency: 0, origins: [example.com] }
          |                 ^^^
        error[zero]: with a limit of 0 nothing would run
         --> targets/a.yaml:4:35
          |
        4 | limits: { body: 8MB, concurrency: 0, origins: [example.com] }
          |                                   ^
          |
          = help: write 1 or more
        error[url]: "example.com" is not an absolute URL (RFC 3986)
         --> targets/a.yaml:4:48
          |
        4 | limits: { body: 8MB, concurrency: 0, origins: [example.com] }
          |                                                ^^^^^^^^^^^
          |
          = help: write one such as "http://127.0.0.1:48080"
        error[status]: 404 is no status code of a disturbance
         --> targets/a.yaml:5:22
          |
        5 | disturbances: { on: [404] }
          |                      ^^^
          |
          = help: write one from 500 to 599
        error[hooks]: the hooks block wants a `command` or a `url`, one of them
         --> targets/a.yaml:6:8
          |
        6 | hooks: { command: [a], url: "http://a/b" }
          |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: write { command: [./adapter] } or { url: "http://127.0.0.1:9000/hooks" }
        error[file-outside]: `../ca.pem` does not lie below the target file's folder
         --> targets/a.yaml:7:12
          |
        7 | tls: { ca: ../ca.pem, client_cert: { cert: c.pem, key: k.pem } }
          |            ^^^^^^^^^
          |
          = help: move it there, and write its path from there
        error[file-unreadable]: cannot read `c.pem`: there is no such file below the target file's folder
         --> targets/a.yaml:7:44
          |
        7 | tls: { ca: ../ca.pem, client_cert: { cert: c.pem, key: k.pem } }
          |                                            ^^^^^
          |
          = help: put it there, or write the path by which it is reached from there
        error[file-unreadable]: cannot read `k.pem`: there is no such file below the target file's folder
         --> targets/a.yaml:7:56
          |
        7 | tls: { ca: ../ca.pem, client_cert: { cert: c.pem, key: k.pem } }
          |                                                        ^^^^^
          |
          = help: put it there, or write the path by which it is reached from there
        "#);
    }
}
