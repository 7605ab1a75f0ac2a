//! The page "A first suite in ten minutes": its files are written as they stand there, and its commands do what it says.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use regex::Regex;

use crate::orchspec::Orchspec;

const PAGE: &str = include_str!("../../docs/first-suite.md");

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn server(program: &Orchspec) -> (Server, u16) {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let mut command = Command::new("python3");
    command.arg(program.path("server.py")).arg(port.to_string()).stdout(Stdio::null()).stderr(Stdio::null());
    let server = Server(command.spawn().unwrap());
    for _ in 0..600 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return (server, port);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("the server of the page does not listen");
}

/// The files and the commands of a page, in its order.
pub(crate) fn blocks(page: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let fence = Regex::new(r#"(?ms)^```(console|[a-z]+ title="([^"]+)")\n(.*?)^```$"#).unwrap();
    let found: Vec<_> = fence
        .captures_iter(page)
        .map(|found| (found.get(2).map_or("", |title| title.as_str()), found.get(3).unwrap().as_str()))
        .collect();
    found.into_iter()
}

#[test]
fn every_step_of_the_page_works() {
    let mut program = Orchspec::new("first-suite");
    let (mut running, mut commands) = (None, 0);
    for (title, text) in blocks(PAGE) {
        if !title.is_empty() {
            program = program.file(title, text);
        }
        if title == "server.py" {
            let (server, port) = server(&program);
            program = program.variable("JOBS_URL", format!("http://127.0.0.1:{port}"));
            running = Some(server);
        }
        if let Some(call) = text.strip_prefix("$ orchspec ") {
            follow(&program, call);
            commands += 1;
        }
    }
    assert!(running.is_some() && commands == 4, "{commands} commands");
}

/// Every line that the page shows of an output is printed, in this order.
fn follow(program: &Orchspec, call: &str) {
    let mut lines = call.lines();
    let arguments: Vec<&str> = lines.next().unwrap().split(' ').collect();
    let ended = program.call_as_is(&arguments);
    assert_eq!(ended.code, 0, "{arguments:?}\n{ended}");
    let mut rest = ended.stdout.lines().map(str::trim_end);
    for line in lines {
        assert!(
            rest.any(|printed| printed == line),
            "{arguments:?} does not print, or not here: {line}\n{ended}"
        );
    }
}
