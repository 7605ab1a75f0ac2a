//! The tables of `docs/verdicts.md` are what the code does.

use orchspec::outcome::CheckOutcome::{self, Held, NotAsked, NotReached, Vacuous, Violated};
use orchspec::outcome::Verdict;
use orchspec::outcome::baseline::Standing;
use orchspec::outcome::gate::GateExit;
use orchspec::outcome::verdict::{Circumstances, verdict};
use orchspec::requirement::Level;

const PAGE: &str = include_str!("../../../docs/verdicts.md");

/// The columns of the tables of verdicts.
const OUTCOMES: [CheckOutcome; 5] = [Violated, NotReached, Held, Vacuous, NotAsked];

const PLAIN: Circumstances = Circumstances {
    level: Level::Must,
    recorded: false,
    controls_held: true,
    declared_off: false,
    lenient: false,
};

/// The rows of a table without its head, each as its cells.
fn rows(name: &str) -> Vec<Vec<&'static str>> {
    let (_, rest) = PAGE.split_once(&format!("<!-- {name} -->\n")).unwrap();
    let lines = rest.lines().take_while(|line| line.starts_with('|')).skip(2);
    lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

fn verdicts(circumstances: Circumstances) -> Vec<&'static str> {
    OUTCOMES.iter().map(|outcome| verdict(*outcome, circumstances).word()).collect()
}

#[test]
fn the_table_of_outcomes_and_levels_is_right() {
    let shown = rows("table: outcomes and levels");
    for (word, level) in Level::WORDS {
        let row = shown.iter().find(|row| row[0].split(", ").any(|own| own == word)).unwrap();
        assert_eq!(row[1..], verdicts(Circumstances { level, ..PLAIN }), "{word}");
    }
}

#[test]
fn the_table_of_circumstances_is_right() {
    let changed = [
        Circumstances { controls_held: false, ..PLAIN },
        Circumstances { recorded: true, ..PLAIN },
        Circumstances { lenient: true, ..PLAIN },
        Circumstances { declared_off: true, ..PLAIN },
    ];
    let shown: Vec<Vec<&str>> =
        rows("table: circumstances").into_iter().map(|row| row[1..].to_vec()).collect();
    assert_eq!(shown, changed.map(verdicts));
}

#[test]
fn the_order_of_verdicts_is_right() {
    let order: Vec<String> = Verdict::ALL.iter().map(|verdict| format!("`{verdict}`")).collect();
    assert!(PAGE.contains(&format!("<!-- order: verdicts -->\n{}\n", order.join(" > "))));
}

#[test]
fn the_table_of_the_gate_is_right() {
    let gates = GateExit::ORDER.map(|gate| vec![gate.word().to_owned(), gate.code().to_string()]);
    let shown: Vec<Vec<&str>> = rows("table: gate").into_iter().map(|row| row[1..].to_vec()).collect();
    assert_eq!(shown, gates);
}

#[test]
fn the_table_of_standings_names_all_of_them() {
    let shown: Vec<&str> = rows("table: standings").iter().map(|row| row[0]).collect();
    assert_eq!(shown, Standing::ALL.map(Standing::word));
}
