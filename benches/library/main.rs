//! What a mock costs in somebody's own test: started through the library, in the process of the test, beside a bare
//! hyper server that is started there in the same way.
//!
//! `cargo bench --bench library` prints the table of `benches/README.md`. Streams in memory take no descriptors, so that
//! more callers can wait here than a process may have connections.

#![expect(clippy::print_stdout, reason = "the table is what this program is for")]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be taken has no result")]
#![expect(clippy::cast_precision_loss, reason = "no figure here needs all digits of its counts")]

mod held;
mod started;
#[path = "../speed/table.rs"]
mod table;
mod twin;

use table::Table;

#[tokio::main]
async fn main() {
    let part = std::env::args().nth(1).unwrap_or_default();
    match part.as_str() {
        held::MOCK => println!("{}", held::of_a_mock().await),
        held::TWIN => println!("{}", held::of_a_twin().await),
        // What cargo itself passes, such as `--bench`, is none of these.
        _ => measure_all().await,
    }
}

async fn measure_all() {
    let mut table = Table::default();
    started::alone(&mut table).await;
    started::side_by_side(&mut table).await;
    held::held(&mut table);
    print!("{}", table.render());
}

/// How much memory this process has, in KiB.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
