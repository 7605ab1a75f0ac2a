//! How a run is told to stop: cases end, their cleanup runs, and nothing new starts.

use std::sync::Arc;

use tokio::sync::watch;

/// Tells a run to stop.
#[derive(Debug, Clone)]
pub struct Interrupter(Arc<watch::Sender<bool>>);

/// What a run looks at to know whether to stop.
#[derive(Debug, Clone)]
pub struct Interrupt(watch::Receiver<bool>);

impl Interrupter {
    /// Tells it.
    pub fn interrupt(&self) {
        self.0.send_replace(true);
    }
}

impl Interrupt {
    /// Both ends.
    pub fn new() -> (Interrupter, Self) {
        let (sender, receiver) = watch::channel(false);
        (Interrupter(Arc::new(sender)), Self(receiver))
    }

    /// Whether the run was told to stop.
    pub fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until the run is told to stop; for ever, if nobody is left to tell it.
    pub async fn wait(&self) {
        let mut receiver = self.0.clone();
        if receiver.wait_for(|set| *set).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
