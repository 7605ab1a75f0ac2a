//! How the program ends.

use std::process::ExitCode;

use crate::outcome::gate::GateExit;

/// Why the program ended, as its caller sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The gate is satisfied, or what was asked for is done.
    Satisfied = 0,
    /// The target violates the protocol, or a snapshot changed.
    Violation = 1,
    /// Wrong arguments or files, or a filter that selects nothing; no request was sent.
    Usage = 2,
    /// Only requirements that could not be decided stand in the way.
    Undecided = 3,
    /// The target cannot be reached, speaks no HTTP, died, a case ended in an error of the environment, or a result could
    /// not be written.
    Environment = 4,
    /// A fault of the harness itself.
    Fault = 5,
    /// Interrupted; what was done until then is cleaned up and reported.
    Interrupted = 130,
}

impl Exit {
    /// The number that the program ends with.
    pub(crate) const fn code(self) -> u8 {
        self as u8
    }
}

impl From<GateExit> for Exit {
    fn from(gate: GateExit) -> Self {
        match gate {
            GateExit::Satisfied => Self::Satisfied,
            GateExit::Violation => Self::Violation,
            GateExit::Undecided => Self::Undecided,
            GateExit::Environment => Self::Environment,
            GateExit::Interrupted => Self::Interrupted,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_ends_the_program_with_its_own_code() {
        for gate in GateExit::ORDER {
            assert_eq!(Exit::from(gate).code(), gate.code());
        }
    }
}
