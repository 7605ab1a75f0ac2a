//! A million polls of one job, and how much memory the mock has after them.

use super::load;
use super::polling::Pair;
use crate::measure::mebibytes;
use crate::table::{Row, Table};

const CONNECTIONS: usize = 64;
const EARLY: usize = 64 * 1_563;
const ALL: usize = 64 * 15_625;

/// The memory after a hundred thousand polls and after a million, and that of the bare server after the first of them.
pub(crate) fn growth(_: &str, table: &mut Table) {
    let pair = Pair::start();
    load::polls(&pair.mock.address, &pair.request, CONNECTIONS, EARLY);
    load::polls(&pair.twin.address, &pair.request, CONNECTIONS, EARLY);
    let (early, twin) = (pair.mock.resident(), pair.twin.resident());
    add(table, "mock, 100,000 polls: memory of the server", early, &mebibytes(twin));
    load::polls(&pair.mock.address, &pair.request, CONNECTIONS, ALL - EARLY);
    add(table, "the same after 1,000,000", pair.mock.resident(), "-");
}

fn add(table: &mut Table, figure: &str, resident: f64, twin: &str) {
    let row = Row {
        figure,
        ours: mebibytes(resident),
        twin: twin.to_owned(),
        ratio: None,
        goal: "64 MiB (16 MiB)",
    };
    table.add(row);
}
