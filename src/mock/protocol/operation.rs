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
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Status => "status",
            Self::Cancel => "cancel",
            Self::Download => "download",
            Self::Invoke => "invoke",
            Self::Poll => "poll",
            Self::Wait => "wait",
            Self::Output => "output",
        }
    }

    /// Whether it looks at a job and changes nothing.
    pub(in crate::mock) fn is_look(self) -> bool {
        matches!(self, Self::Status | Self::Poll)
    }

    /// Whether it follows a job that there is.
    pub(in crate::mock) fn is_follow_up(self) -> bool {
        matches!(self, Self::Status | Self::Poll | Self::Wait)
    }

    /// Whether a call of it may wait for its job, or start one.
    pub(in crate::mock) fn may_take_room(self) -> bool {
        matches!(self, Self::Create | Self::Invoke | Self::Wait)
    }

    pub(super) fn is_elma(self) -> bool {
        matches!(self, Self::Create | Self::Status | Self::Cancel | Self::Download)
    }
}
