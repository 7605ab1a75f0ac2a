//! Who may call, with which credential, and where requests carry it.

use std::collections::BTreeMap;

use super::form::{Form, Principals};
use super::reader::{Reader, is_none};
use super::secret;
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;
use crate::target::shape::{BASIC, HTTP_PRINCIPAL, NAMED_SECRET};
use crate::target::{Carrier, Principal, Secret};
use crate::yaml::{self, Fields, Node, Shape};

type Read = (Vec<(String, Principal)>, BTreeMap<String, Carrier>);

/// The principals of a block and, where the file decides that, how their credentials travel.
pub(super) fn read(form: &Form, node: Option<&Node>, reader: &mut Reader<'_>) -> Read {
    let (mut principals, mut carriers) = (Vec::new(), BTreeMap::new());
    let Some(node) = node.filter(|node| is_closed_or_open(form, node, reader)) else {
        return (principals, carriers);
    };
    for (name, node) in yaml::mapping(node, reader.diagnostics) {
        let known = if is_none(node) { None } else { credential(form, name, node, reader) };
        // Somebody whose credential cannot be read was told of, and is mentioned nevertheless.
        let principal = match known {
            Some((secret, carrier)) => {
                carriers.extend(carrier.map(|carrier| (name.value.clone(), carrier)));
                Principal::Known(secret)
            }
            None => Principal::Absent,
        };
        principals.push((name.value.clone(), principal));
    }
    (principals, carriers)
}

/// Where the protocol names the principals, others are refused.
fn is_closed_or_open(form: &Form, node: &Node, reader: &mut Reader<'_>) -> bool {
    match form.principals {
        Principals::Named { block, .. } => reader.open(node, block).is_some(),
        Principals::Free => true,
    }
}

fn credential(
    form: &Form,
    name: &Spanned<String>,
    node: &Node,
    reader: &mut Reader<'_>,
) -> Option<(Secret, Option<Carrier>)> {
    let path = format!("{}.{}", form.profile, name.value);
    match form.principals {
        Principals::Named { one, .. } => {
            let fields = reader.open(node, one)?;
            let key = one.keys.first()?.name;
            Some((secret::read(&format!("{path}.{key}"), fields.get(key)?, reader)?, None))
        }
        Principals::Free => free(&path, node, reader).map(|(secret, carrier)| (secret, Some(carrier))),
    }
}

/// Reads the one key that says how the credential travels.
fn free(path: &str, node: &Node, reader: &mut Reader<'_>) -> Option<(Secret, Carrier)> {
    let fields = reader.open(node, &HTTP_PRINCIPAL)?;
    let keys = HTTP_PRINCIPAL.keys.iter().map(|key| key.name);
    let given: Vec<(&str, &Node)> = keys.filter_map(|key| Some((key, fields.get(key)?))).collect();
    let [(key, value)] = given.as_slice() else {
        report_choice(fields, reader);
        return None;
    };
    let path = format!("{path}.{key}");
    match *key {
        "bearer" => Some((secret::read(&path, value, reader)?, Carrier::Bearer)),
        "token" => Some((secret::read(&path, value, reader)?, Carrier::ByHand)),
        "basic" => {
            let (user, secret) = pair(&path, value, (&BASIC, "user", "password"), reader)?;
            Some((secret, Carrier::Basic { user }))
        }
        other => {
            let (name, secret) = pair(&path, value, (&NAMED_SECRET, "name", "value"), reader)?;
            let carrier = match other {
                "header" => Carrier::Header { name },
                "query" => Carrier::Query { name },
                _ => Carrier::Json { name },
            };
            Some((secret, carrier))
        }
    }
}

/// A name and the secret beside it.
pub(super) fn pair(
    path: &str,
    node: &Node,
    (shape, name, secret): (&'static Shape, &str, &str),
    reader: &mut Reader<'_>,
) -> Option<(String, Secret)> {
    let fields = reader.open(node, shape)?;
    let name = fields.get(name).and_then(|node| reader.text(node));
    let secret = secret::read(&format!("{path}.{secret}"), fields.get(secret)?, reader);
    Some((name?, secret?))
}

/// One key too many, or none; a key that is merely misspelt was told already.
fn report_choice(fields: Fields<'_>, reader: &mut Reader<'_>) {
    let keys: Vec<&str> = HTTP_PRINCIPAL.keys.iter().map(|key| key.name).collect();
    if keys.iter().any(|key| fields.get(key).is_none() && !fields.lacks(key)) {
        return;
    }
    let message = format!("a principal of http has exactly one of {}", keys.join(", "));
    let help = "write how requests carry the credential: `{ bearer: { env: TOKEN } }`, or `none`";
    reader.report(Diagnostic::error("carrier", message).at(fields.node().span, "").help(help));
}

#[cfg(test)]
mod tests {
    use crate::target::testing::{HEAD, Machine, messages, read};
    use crate::target::{Carrier, Principal};

    const BLOCK: &str = "http:\n  base: \"http://a/b\"\n";

    #[test]
    fn a_credential_travels_as_its_key_says() {
        let text = format!(
            "{HEAD}{BLOCK}  principals:\n    owner: {{ bearer: token-of-owner }}\n    \
             admin: {{ basic: {{ user: root, password: password-1 }} }}\n    \
             keyed: {{ header: {{ name: X-Key, value: key-number-1 }} }}\n    \
             asked: {{ query: {{ name: key, value: key-number-2 }} }}\n    \
             inner: {{ json: {{ name: token, value: key-number-3 }} }}\n    nobody: none\n    typed: {{ token: key-number-4 }}\n"
        );
        let (target, messages) = read(&text, &[], &Machine::default());
        assert_eq!(messages, "");
        let target = target.unwrap();
        let http = target.protocol("http").unwrap();
        assert_eq!(http.principal("nobody"), Some(&Principal::Absent));
        assert_eq!(http.carrier("owner"), Some(&Carrier::Bearer));
        assert_eq!(http.carrier("admin"), Some(&Carrier::Basic { user: "root".to_owned() }));
        assert_eq!(http.carrier("keyed"), Some(&Carrier::Header { name: "X-Key".to_owned() }));
        assert_eq!(http.carrier("asked"), Some(&Carrier::Query { name: "key".to_owned() }));
        assert_eq!(http.carrier("inner"), Some(&Carrier::Json { name: "token".to_owned() }));
        assert_eq!(http.carrier("typed"), Some(&Carrier::ByHand));
        assert_eq!(http.carrier("unknown"), Some(&Carrier::Bearer));
        let Some(Principal::Known(password)) = http.principal("admin") else { panic!("no admin") };
        assert_eq!((password.name(), password.expose()), ("http.admin.basic.password", "password-1"));
        assert!(!http.is_open);
    }

    #[test]
    fn without_principals_nobody_needs_a_credential() {
        let (target, messages) = read(&format!("{HEAD}{BLOCK}"), &[], &Machine::default());
        assert_eq!(messages, "");
        assert!(target.unwrap().protocol("http").unwrap().is_open);
    }

    #[test]
    fn mistakes_in_principals_are_named() {
        let block = format!(
            "{BLOCK}  principals:\n    a: {{ bearer: aaaaaaaa, basic: {{ user: b, password: bbbbbbbb }} }}\n    \
             b: {{ baerer: aaaaaaaa }}\n    c: {{ header: {{ name: X-Key }} }}\n    d: {{}}\n    e: {{ bearer: short }}\n"
        );
        insta::assert_snapshot!(messages(&block), @r#"
        error[carrier]: a principal of http has exactly one of bearer, basic, header, query, json, token
         --> targets/a.yaml:6:8
          |
        6 |     a: { bearer: aaaaaaaa, basic: { user: b, password: bbbbbbbb } }
          |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: write how requests carry the credential: `{ bearer: { env: TOKEN } }`, or `none`
        error[unknown-key]: a principal of http has no key `baerer`
         --> targets/a.yaml:7:10
          |
        7 |     b: { baerer: aaaaaaaa }
          |          ^^^^^^ unknown key
          |
          = help: did you mean `bearer`?
        error[missing-key]: a named credential needs the key `value`
         --> targets/a.yaml:8:18
          |
        8 |     c: { header: { name: X-Key } }
          |                  ^^^^^^^^^^^^^^^
          |
          = help: `value`: what it holds
        error[carrier]: a principal of http has exactly one of bearer, basic, header, query, json, token
         --> targets/a.yaml:9:8
          |
        9 |     d: {}
          |        ^^
          |
          = help: write how requests carry the credential: `{ bearer: { env: TOKEN } }`, or `none`
        error[short-secret]: the secret `http.e.bearer` is shorter than 8 characters
        --> targets/a.yaml:10:18
         = help: take a longer one: this one cannot be masked in reports without masking other text
        "#);
    }
}
