//! Scenarios and a target to test cases: what runs, what binds to what, and why the rest does not.
