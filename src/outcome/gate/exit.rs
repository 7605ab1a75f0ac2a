//! The ways in which a gate closes, and their exit codes.

/// How the gate closes; the first that applies, in the order of [`GateExit::ORDER`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateExit {
    /// The gate is satisfied.
    Satisfied,
    /// A violation.
    Violation,
    /// Only what could not be told stands in the way.
    Undecided,
    /// The target was unreachable, or died, or a case ended in an error of the environment.
    Environment,
    /// The run was interrupted.
    Interrupted,
}

impl GateExit {
    /// All of them; the first that applies is the result.
    pub const ORDER: [Self; 5] =
        [Self::Interrupted, Self::Environment, Self::Violation, Self::Undecided, Self::Satisfied];

    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Satisfied => 0,
            Self::Violation => 1,
            Self::Undecided => 3,
            Self::Environment => 4,
            Self::Interrupted => 130,
        }
    }

    /// The word for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::Violation => "violated",
            Self::Undecided => "undecided",
            Self::Environment => "error",
            Self::Interrupted => "interrupted",
        }
    }
}
