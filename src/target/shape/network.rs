//! The keys that say how servers are reached: TLS and proxies.

use super::{ABSENT, BASIC};
use crate::yaml::{Key, Shape, Value};

pub(in crate::target) static TLS: Shape = Shape {
    name: "the tls block",
    doc: "How TLS connections are made.",
    keys: &[
        Key::optional(
            "ca",
            Value::Text,
            "A PEM file of certificates to trust besides the system's, or the PEM text itself; or `none`.",
        )
        .or("none")
        .like("certificates/ca.pem"),
        Key::optional(
            "client_cert",
            Value::AnyOf(&[ABSENT, Value::Object(&CLIENT_CERTIFICATE)]),
            "What the client shows.",
        )
        .or("none")
        .like("{ cert: client.pem, key: client.key }"),
        Key::optional("insecure", Value::Bool, "Takes any certificate.").or("no").like("yes"),
    ],
};

pub(in crate::target) static CLIENT_CERTIFICATE: Shape = Shape {
    name: "a client certificate",
    doc: "What the client shows.",
    keys: &[
        Key::required(
            "cert",
            Value::Text,
            "A PEM file of the certificate and its chain, or the PEM text itself.",
        )
        .like("client.pem"),
        Key::required(
            "key",
            Value::Text,
            "A PEM file of the private key, which is not encrypted, or the PEM text itself, as from a variable.",
        )
        .like("client.key"),
    ],
};

pub(in crate::target) static PROXY: Shape = Shape {
    name: "the proxy block",
    doc: "The proxies on the way to the server; what is left out is as the environment says.",
    keys: &[
        Key::optional(
            "url",
            Value::Text,
            "The proxy for all requests, such as `http://proxy.example:3128`; without it `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY` name it.",
        ).like("\"http://proxy.example:3128\""),
        Key::optional(
            "credentials",
            Value::Object(&BASIC),
            "What a proxy is shown that asks for credentials.",
        ).like("{ user: ann, password: { env: PROXY_PASSWORD } }"),
        Key::optional(
            "no_proxy",
            Value::OneOrMore(&Value::Text),
            "What is reached directly, written as in `NO_PROXY`: `host`, `.domain`, `10.0.0.0/8`, `*`.",
        ).like("[.inside.example, 10.0.0.0/8]"),
        Key::optional(
            "loopback",
            Value::Bool,
            "Whether even this machine itself is reached through a proxy.",
        ).or("no").like("yes"),
    ],
};

pub(in crate::target) static CALLBACK: Shape = Shape {
    name: "the callback block",
    doc: "Where the harness listens for calls of the server, over plain HTTP; only in runs whose scenarios wait for some.",
    keys: &[
        Key::optional("port", Value::Between(0, 65535), "The port; any free one, if left out.").or("0").like("8099"),
        Key::optional(
            "address",
            Value::Text,
            "The IP address to listen at; 127.0.0.1, which only this machine reaches, if left out.",
        )
        .or("\"127.0.0.1\"")
        .like("\"127.0.0.1\""),
        Key::optional(
            "url",
            Value::Text,
            "The URL by which the server reaches that, if it is another: behind a proxy, or from a container.",
        )
        .like("\"http://host.example:8099\""),
    ],
};
