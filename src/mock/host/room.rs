//! How many connections there may be at once. Clones are the same room.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Room for so many connections.
#[derive(Debug, Clone)]
pub(in crate::mock) struct Room {
    places: Arc<Semaphore>,
    size: u32,
}

impl Room {
    pub(super) fn new(connections: usize) -> Self {
        /// More than any system gives.
        const MOST: u32 = 1 << 24;
        let size = u32::try_from(connections).unwrap_or(u32::MAX).min(MOST);
        Self { places: Arc::new(Semaphore::new(size as usize)), size }
    }

    /// A place, if there is one left.
    pub(super) fn enter(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// Returns once everybody has left, but not later than in this time.
    pub(super) async fn empties(&self, patience: Duration) {
        // Whoever stays longer is cut off.
        let _ = timeout(patience, self.places.acquire_many(self.size)).await;
    }

    /// How many connections there are.
    pub(in crate::mock) fn taken(&self) -> usize {
        (self.size as usize).saturating_sub(self.places.available_permits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_leaves_makes_room() {
        let room = Room::new(1);
        let place = room.enter();
        assert_eq!((place.is_some(), room.enter().is_none(), room.taken()), (true, true, 1));
        drop(place);
        room.empties(Duration::from_secs(1)).await;
        assert_eq!(room.taken(), 0);
    }
}
