//! Debian's tinyproxy, started for one test, and its stunnel for TLS that leads to the proxy itself.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::secure::Papers;
use crate::packages;

/// A proxy that ends with the value.
pub(super) struct Tinyproxy {
    process: Child,
    log: PathBuf,
    /// Where it listens.
    pub address: String,
}

impl Tinyproxy {
    /// Starts it with these rules besides the least that it needs; none on a machine of one's own where it cannot be
    /// installed.
    pub(super) fn start(name: &str, rules: &str) -> Option<Self> {
        if !packages::are_there(&["tinyproxy"]) {
            return None;
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("tinyproxy-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let (port, log) = (free_port(), folder.join("log"));
        let settings = format!(
            "Port {port}\nListen 127.0.0.1\nTimeout 60\nLogLevel Connect\nLogFile \"{}\"\n{rules}\n",
            log.display()
        );
        let file = folder.join("tinyproxy.conf");
        fs::write(&file, settings).unwrap();
        let mut command = Command::new("tinyproxy");
        command.arg("-d").arg("-c").arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().unwrap();
        let proxy = Self { process, log, address: format!("127.0.0.1:{port}") };
        wait(&proxy.address);
        Some(proxy)
    }

    /// What it was asked.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Tinyproxy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// TLS before a proxy; it ends with the value.
pub(super) struct Stunnel {
    process: Child,
    /// Where it listens.
    pub address: String,
}

impl Stunnel {
    /// Starts it before this address, with the server's certificate of `papers`; none on a machine of one's own where it
    /// cannot be installed.
    pub(super) fn start(name: &str, before: &str, papers: &Papers) -> Option<Self> {
        if !packages::are_there(&["stunnel4"]) {
            return None;
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("stunnel-{name}"));
        fs::create_dir_all(&folder).unwrap();
        let address = format!("127.0.0.1:{}", free_port());
        let settings = format!(
            "foreground = yes\npid =\n[proxy]\naccept = {address}\nconnect = {before}\ncert = papers.pem\n"
        );
        fs::write(folder.join("stunnel.conf"), settings).unwrap();
        fs::write(folder.join("papers.pem"), format!("{}{}", papers.server_key, papers.server)).unwrap();
        let mut command = Command::new("stunnel4");
        command.arg("stunnel.conf").current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().unwrap();
        wait(&address);
        Some(Self { process, address })
    }
}

impl Drop for Stunnel {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Waits until somebody listens there.
fn wait(address: &str) {
    for _ in 0..600 {
        if TcpStream::connect(address).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("nobody listens at {address}");
}

/// A port where nobody listens.
pub(super) fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}
