//! Ctrl-C: the first one ends the run in order, the second one ends the program.

use super::console::Console;
use super::exit_code::Exit;
use crate::runner::Interrupter;

/// Waits for Ctrl-C beside the run; where no signal can be caught, the run goes on without.
pub(crate) fn listen(console: Console, interrupter: Interrupter) {
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_err() {
                return;
            }
            console.note("interrupted: cleaning up; press Ctrl-C again to end at once");
            interrupter.interrupt();
            if tokio::signal::ctrl_c().await.is_ok() {
                end();
            }
        });
    });
}

#[expect(clippy::exit, clippy::disallowed_methods, reason = "asked for twice, while the run may be stuck")]
fn end() -> ! {
    std::process::exit(Exit::Interrupted.code().into())
}
