//! How much the harness costs, beside a bare hyper client that does the same to the same bare hyper server; and how much
//! the mock costs, beside a bare hyper server that gives the same answers to the same callers.
//!
//! `cargo bench` prints the table of `benches/README.md`. This program plays every part itself: it is servers, callers
//! and twins too, each in a process of its own, and holds nothing of orchspec, which it only starts. Rounds of the two
//! alternate, since a shared machine is never the same from one second to the next; a ratio is the median over rounds.

#![expect(clippy::print_stdout, reason = "the table is what this program is for")]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be taken has no result")]
#![expect(clippy::cast_precision_loss, reason = "no figure here needs all digits of its counts")]

mod figures;
mod measure;
mod mock;
mod server;
mod table;
mod twin;

use table::Table;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve"] => server::serve(),
        ["twin", "sequential", count, origin] => twin::sequential(origin, count.parse().unwrap()),
        ["twin", "flows", count, origin] => twin::flows(origin, count.parse().unwrap()),
        ["serve", status, head, body] => mock::serve(status, head, body),
        ["poll", address, connections, requests] => {
            mock::poll(address, connections.parse().unwrap(), requests.parse().unwrap());
        }
        ["hold", address, source, count] => {
            mock::hold(address, source.parse().unwrap(), count.parse().unwrap());
        }
        // What cargo itself passes, such as `--bench`, is none of these.
        words => measure_all(words.iter().find(|word| !word.starts_with('-')).copied()),
    }
}

/// Every figure, or those whose name contains a text.
fn measure_all(wanted: Option<&str>) {
    let server = server::start();
    let mut table = Table::default();
    for figure in figures::FIGURES {
        if wanted.is_none_or(|wanted| figure.name.contains(wanted)) {
            (figure.measure)(&server.origin, &mut table);
        }
    }
    print!("{}", table.render());
}
