//! Ctrl-C, or the signal that asks a program to end: the first ends the run in order, a second Ctrl-C the program.

use tokio::signal::unix::{SignalKind, signal};

use super::console::Console;
use super::exit_code::Exit;
use crate::runner::Interrupter;

/// Waits for Ctrl-C beside the run; where no signal can be caught, the run goes on without.
pub(crate) fn listen(console: Console, interrupter: Interrupter) {
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
        runtime.block_on(async {
            if !asked_to_end().await {
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

/// Waits for the first of the signals; `false` if none can be caught.
async fn asked_to_end() -> bool {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return tokio::signal::ctrl_c().await.is_ok();
    };
    tokio::select! {
        biased;
        pressed = tokio::signal::ctrl_c() => pressed.is_ok(),
        asked = terminate.recv() => asked.is_some(),
    }
}

#[expect(clippy::exit, clippy::disallowed_methods, reason = "asked for twice, while the run may be stuck")]
fn end() -> ! {
    std::process::exit(Exit::Interrupted.code().into())
}
