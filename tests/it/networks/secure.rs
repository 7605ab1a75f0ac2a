//! A server of OpenSSL that talks only to clients with a certificate, and the certificates for both.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};

use crate::packages;

/// Certificates and keys, in PEM, of one issuer.
pub(super) struct Papers {
    /// The issuer's certificate.
    pub issuer: String,
    /// The client's certificate.
    pub client: String,
    /// The client's key.
    pub client_key: String,
    /// The certificate of whoever listens at 127.0.0.1.
    pub server: String,
    /// Its key.
    pub server_key: String,
}

impl Papers {
    /// New ones.
    pub(super) fn new() -> Self {
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // With the name of those that it issues, it would be taken for one of them.
        parameters.distinguished_name.push(DnType::CommonName, "an issuer");
        let issuer = CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap();
        let issue = |name: &str| {
            let key = KeyPair::generate().unwrap();
            let parameters = CertificateParams::new([name.to_owned()]).unwrap();
            (parameters.signed_by(&key, &issuer).unwrap().pem(), key.serialize_pem())
        };
        let ((server, server_key), (client, client_key)) = (issue("127.0.0.1"), issue("a-client.example"));
        Self { issuer: issuer.pem(), client, client_key, server, server_key }
    }
}

/// A server that ends with the value.
pub(super) struct Demanding {
    process: Child,
    /// It would end if nobody could read what it says.
    _output: BufReader<ChildStdout>,
    /// Its base URL.
    pub base: String,
}

impl Demanding {
    /// Starts it; none on a machine of one's own where it cannot be installed.
    pub(super) fn start(name: &str, papers: &Papers) -> Option<Self> {
        if !packages::are_there(&["openssl"]) {
            return None;
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("demanding-{name}"));
        fs::create_dir_all(&folder).unwrap();
        for (file, text) in
            [("issuer", &papers.issuer), ("cert", &papers.server), ("key", &papers.server_key)]
        {
            fs::write(folder.join(file), text).unwrap();
        }
        let mut command = Command::new("openssl");
        command.args(["s_server", "-accept", "127.0.0.1:0", "-www", "-cert", "cert", "-key", "key"]);
        command.args(["-CAfile", "issuer", "-Verify", "1", "-verify_return_error"]).current_dir(folder);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut lines = output.by_ref().lines().map_while(Result::ok);
        let address = lines.find_map(|line| line.strip_prefix("ACCEPT ").map(str::to_owned)).unwrap();
        Some(Self { process, _output: output, base: format!("https://{address}") })
    }
}

impl Drop for Demanding {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
