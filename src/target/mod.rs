//! The target file: everything that differs from one server to the next.
