//! What is wrong with a file, where, and the way out; and how that is shown.
