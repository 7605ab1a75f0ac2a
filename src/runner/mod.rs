//! Runs test cases against a network; prints nothing, writes nothing, returns what happened.
