//! Ctrl-C, or the signal that asks a program to end: the first ends the run in order, a second Ctrl-C the program.

use tokio::signal::unix::{Signal, SignalKind, signal};

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
    Signals::catch().asked_to_end().await != Asked::Never
}

/// How a program was asked to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// By Ctrl-C.
    ByKey,
    /// By the signal that asks a program to end.
    BySignal,
    /// No signal can be caught.
    Never,
}

/// The signals that ask a program to end, from the moment when they are caught.
pub(crate) struct Signals {
    key: Option<Signal>,
    terminate: Option<Signal>,
}

impl Signals {
    /// Catches them from now on.
    pub(crate) fn catch() -> Self {
        Self { key: signal(SignalKind::interrupt()).ok(), terminate: signal(SignalKind::terminate()).ok() }
    }

    /// Waits for the first of them.
    pub(crate) async fn asked_to_end(&mut self) -> Asked {
        tokio::select! {
            biased;
            Some(()) = heard(&mut self.key) => Asked::ByKey,
            Some(()) = heard(&mut self.terminate) => Asked::BySignal,
            else => Asked::Never,
        }
    }
}

async fn heard(signal: &mut Option<Signal>) -> Option<()> {
    signal.as_mut()?.recv().await
}

#[expect(clippy::exit, clippy::disallowed_methods, reason = "asked for twice, while the run may be stuck")]
fn end() -> ! {
    std::process::exit(Exit::Interrupted.code().into())
}
