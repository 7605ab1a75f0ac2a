//! From nothing to the first answer.

use std::process::{Child, Command};

use serde_json::Value;
use tokio::time::Instant;

use super::host::{Host, TRIGGERS, first_line, mock_command, start, twin_command};
use super::{machine, request};
use crate::table::{Table, time};

const ROUNDS: usize = 41;

/// How long it takes until a new server says where it is, until it has answered, and what that costs it.
pub(crate) fn ready(_: &str, table: &mut Table) {
    let path = format!("{TRIGGERS}forgotten");
    let answer = request::ask(&Host::mock(&[]).address, "POST", &path, "{}");
    let address = |line: &str| {
        let said: Value = serde_json::from_str(line).unwrap();
        let url = said["uipath"]["url"].as_str().unwrap().trim_start_matches("http://").to_owned();
        url.split('/').next().unwrap().to_owned()
    };
    let rounds: Vec<_> = (0..ROUNDS)
        .map(|_| {
            let ours = round(&mut mock_command(), &path, &address);
            (ours, round(&mut twin_command(&answer), &path, &str::to_owned))
        })
        .collect();
    let mut add = |figure, goal, of: fn(&Round) -> f64| {
        let rounds: Vec<_> = rounds.iter().map(|(ours, twin)| (of(ours), of(twin))).collect();
        table.compare(figure, goal, &rounds, time);
    };
    add("mock, until it says where it is: wall", "50 ms", |own| own.said);
    add("the same: until it has answered once", "2 (1.5)", |own| own.answered);
    add("the same: CPU", "-", |own| own.cpu);
}

/// Seconds.
struct Round {
    said: f64,
    answered: f64,
    cpu: f64,
}

fn round(command: &mut Command, path: &str, address: &dyn Fn(&str) -> String) -> Round {
    let begun = Instant::now();
    let mut process = start(command);
    let address = address(&first_line(&mut process));
    let said = begun.elapsed().as_secs_f64();
    assert_eq!(request::ask(&address, "POST", path, "{}").status, 200);
    let answered = begun.elapsed().as_secs_f64();
    let cpu = machine::cpu(process.id()).as_secs_f64();
    end(process);
    Round { said, answered, cpu }
}

fn end(mut process: Child) {
    let _ = process.kill();
    let _ = process.wait();
}
