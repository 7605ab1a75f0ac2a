//! What the calls of both protocols are about.

/// What a call is about, known from its path alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Create a task.
    Create,
    /// Read a task.
    Status,
    /// Cancel a task.
    Cancel,
    /// Fetch a file of a completed task.
    Download,
    /// Start a job by its trigger.
    Invoke,
    /// Ask whether an asynchronous job has ended.
    Poll,
    /// Wait on for a job after a redirect.
    Wait,
    /// Fetch the result of an asynchronous job.
    Output,
}

impl Operation {
    /// The word for each.
    pub const WORDS: [(&'static str, Self); 8] = [
        ("create", Self::Create),
        ("status", Self::Status),
        ("cancel", Self::Cancel),
        ("download", Self::Download),
        ("invoke", Self::Invoke),
        ("poll", Self::Poll),
        ("wait", Self::Wait),
        ("output", Self::Output),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// Whether it looks at a job and changes nothing.
    pub(in crate::mock) fn is_look(self) -> bool {
        matches!(self, Self::Status | Self::Poll)
    }

    /// Whether it follows a job that there is.
    pub(in crate::mock) fn is_follow_up(self) -> bool {
        matches!(self, Self::Status | Self::Poll | Self::Wait)
    }

    /// Whether a call of it starts a job.
    pub(in crate::mock) fn starts_job(self) -> bool {
        matches!(self, Self::Create | Self::Invoke)
    }

    /// Whether a call of it may wait for its job, or start one.
    pub(in crate::mock) fn may_take_room(self) -> bool {
        matches!(self, Self::Create | Self::Invoke | Self::Wait)
    }

    /// Whether it belongs to the task queue, not to the triggers.
    pub(in crate::mock) fn is_elma(self) -> bool {
        matches!(self, Self::Create | Self::Status | Self::Cancel | Self::Download)
    }
}
