//! Several runs beside each other, for terminals, for browsers, for Markdown and for programs.

pub mod difference;
pub mod matrix;
