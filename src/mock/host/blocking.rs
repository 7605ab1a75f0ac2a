//! A mock for callers without a runtime: it brings its own.

use std::ops::Deref;

use tokio::runtime::{self, Handle, Runtime};

use super::builder::{Builder, StartError};
use super::running::{Finished, Mock};

/// A mock that runs on a thread of its own; everything else is as with [`Mock`].
///
/// ```
/// use orchspec::mock::Mock;
///
/// let mock = Mock::builder().start_blocking()?;
/// // … let a client work with `mock.uipath_url()` and `mock.bearer("owner")` …
/// assert!(mock.block_on(mock.session().wait(Default::default(), Default::default())));
/// assert_eq!(mock.finish().exchanges, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct BlockingMock {
    // Dropped first: what it ends, ends on the runtime.
    mock: Mock,
    handle: Handle,
    runtime: OwnRuntime,
}

/// A runtime that nobody waits for when it is dropped, so that it may be dropped anywhere.
struct OwnRuntime(Option<Runtime>);

impl Drop for OwnRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl BlockingMock {
    pub(super) fn start(builder: Builder) -> Result<Self, StartError> {
        let runtime = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.map_err(StartError::Thread)?;
        let mock = runtime.block_on(builder.start())?;
        Ok(Self { mock, handle: runtime.handle().clone(), runtime: OwnRuntime(Some(runtime)) })
    }

    /// Waits for one of the mock's asynchronous methods.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.handle.block_on(future)
    }

    /// Ends the mock: nobody is let in any more, and every parked call is answered.
    pub fn finish(self) -> Finished {
        let Self { mock, handle, runtime } = self;
        let finished = handle.block_on(mock.finish());
        drop(runtime);
        finished
    }
}

impl Deref for BlockingMock {
    type Target = Mock;

    fn deref(&self) -> &Mock {
        &self.mock
    }
}
