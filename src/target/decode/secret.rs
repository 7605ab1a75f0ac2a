//! Secrets: written out, from a variable, or from a file of their own.

use super::reader::Reader;
use crate::diagnostic::Diagnostic;
use crate::target::Secret;
use crate::target::shape::SECRET_FILE;
use crate::yaml::{Kind, Node};

/// What is wrong with a secret is said without showing it.
pub(super) fn read(name: &str, node: &Node, reader: &mut Reader<'_>) -> Option<Secret> {
    let value = match &node.kind {
        Kind::Text(text) => text.clone(),
        Kind::Integer(digits) => digits.to_string(),
        Kind::Mapping(_) => text_of_file(node, reader)?,
        _ => {
            let message = format!("the secret `{name}` is no text");
            let help = "write a text, { env: NAME } or { file: PATH }";
            reader.report(Diagnostic::error("secret", message).at_hidden(node.span).help(help));
            return None;
        }
    };
    if value.chars().count() < Secret::SHORTEST {
        let message = format!("the secret `{name}` is shorter than {} characters", Secret::SHORTEST);
        let help = "take a longer one: this one cannot be masked in reports without masking other text";
        let short = Diagnostic::error("short-secret", message).help(help);
        let is_elsewhere = matches!(node.kind, Kind::Mapping(_)) || is_reference(node, reader);
        reader.report(if is_elsewhere { short.at(node.span, "") } else { short.at_hidden(node.span) });
    }
    Some(Secret::new(name, &value))
}

/// Whether only the name of a variable stands there: that can be shown.
fn is_reference(node: &Node, reader: &Reader<'_>) -> bool {
    let written =
        reader.input.text.get(node.span.range()).filter(|_| node.span.source == reader.input.source);
    written.is_some_and(|text| text.starts_with('{') && !text.contains("default"))
}

fn text_of_file(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let file = reader.open(node, &SECRET_FILE)?.get("file")?;
    let bytes = reader.file(file)?;
    let text = String::from_utf8(bytes).ok().map(|text| text.trim_end_matches(['\r', '\n']).to_owned());
    if text.is_none() {
        let message = format!("the secret's file {} is not UTF-8 text", file.describe());
        reader.report(Diagnostic::error("secret", message).at(file.span, "").help("save it as UTF-8"));
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::target::Principal;
    use crate::target::testing::{ELMA, HEAD, Machine, messages, read};

    #[test]
    fn files_stand_beside_the_target_file() {
        let machine = Machine {
            files: [
                ("targets/owner.token", "owner-token\n"),
                ("targets/ca.pem", "CA"),
                ("targets/c.pem", "C"),
                ("targets/k.pem", "K"),
            ]
            .into(),
            ..Machine::default()
        };
        let text = format!(
            "{HEAD}{ELMA}  principals: {{ owner: {{ token: {{ file: owner.token }} }}, locked: none }}\n\
             tls: {{ ca: ca.pem, client_cert: {{ cert: c.pem, key: k.pem }} }}\n"
        );
        let (target, messages) = read(&text, &[], &machine);
        assert_eq!(messages, "");
        let target = target.unwrap();
        let elma = target.protocol("elma").unwrap();
        let Some(Principal::Known(owner)) = elma.principal("owner") else { panic!("no owner") };
        assert_eq!((owner.expose(), owner.name()), ("owner-token", "elma.owner.token"));
        assert_eq!(elma.principal("locked"), Some(&Principal::Absent));
        let shown = target.tls.client_cert.unwrap();
        let read = [target.tls.ca.unwrap(), shown.certificate, shown.key].map(|file| file.value);
        assert_eq!(read, [&b"CA"[..], b"C", b"K"]);
    }

    #[test]
    fn certificates_may_come_from_variables() {
        let variables =
            [("CERT", "-----BEGIN CERTIFICATE-----\nC"), ("KEY", "-----BEGIN PRIVATE KEY-----\nK")];
        let machine = Machine { variables: variables.into(), ..Machine::default() };
        let text =
            format!("{HEAD}{ELMA}tls: {{ client_cert: {{ cert: {{ env: CERT }}, key: {{ env: KEY }} }} }}\n");
        let (target, messages) = read(&text, &[], &machine);
        assert_eq!(messages, "");
        let shown = target.unwrap().tls.client_cert.unwrap();
        let read = [shown.certificate, shown.key].map(|text| text.value);
        assert_eq!(read, variables.map(|(_, text)| text.as_bytes().to_owned()));
    }

    #[test]
    fn mistakes_in_secrets_are_named_but_not_shown() {
        let token =
            |token: &str| messages(&format!("{ELMA}  principals: {{ owner: {{ token: {token} }} }}\n"));
        insta::assert_snapshot!(token("geheim"), @r"
        error[short-secret]: the secret `elma.owner.token` is shorter than 8 characters
        --> targets/a.yaml:5:33
         = help: take a longer one: this one cannot be masked in reports without masking other text
        ");
        insta::assert_snapshot!(token("{ file: no.token }"), @r"
        error[file-unreadable]: cannot read `no.token`: there is no such file below the target file's folder
         --> targets/a.yaml:5:41
          |
        5 |   principals: { owner: { token: { file: no.token } } }
          |                                         ^^^^^^^^
          |
          = help: put it there, or write the path by which it is reached from there
        ");
        insta::assert_snapshot!(token("[aaaaaaaa]"), @r"
        error[secret]: the secret `elma.owner.token` is no text
        --> targets/a.yaml:5:33
         = help: write a text, { env: NAME } or { file: PATH }
        ");
        insta::assert_snapshot!(token("{ env: ELMA_OWNER }"), @r"
        error[unset-variable]: the environment variable `ELMA_OWNER`, which `elma.principals.owner.token` refers to, is not set
         --> targets/a.yaml:5:33
          |
        5 |   principals: { owner: { token: { env: ELMA_OWNER } } }
          |                                 ^^^^^^^^^^^^^^^^^^^ not set
          |
          = help: set `ELMA_OWNER`, or write a default: { env: ELMA_OWNER, default: … }
        ");
        insta::assert_snapshot!(token("{ env: ELMA_OWNER, defualt: aaaaaaaa }"), @r"
        error[unknown-key]: a reference to the environment has no key `defualt`
         --> targets/a.yaml:5:52
          |
        5 |   principals: { owner: { token: { env: ELMA_OWNER, defualt: aaaaaaaa } } }
          |                                                    ^^^^^^^ unknown key
          |
          = help: did you mean `default`?
        error[unset-variable]: the environment variable `ELMA_OWNER`, which `elma.principals.owner.token` refers to, is not set
         --> targets/a.yaml:5:33
          |
        5 |   principals: { owner: { token: { env: ELMA_OWNER, defualt: aaaaaaaa } } }
          |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not set
          |
          = help: set `ELMA_OWNER`, or write a default: { env: ELMA_OWNER, default: … }
        ");
    }
}
