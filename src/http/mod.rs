//! HTTP as this project sees it: messages as plain data, and a client that hides nothing.

pub mod message;
pub mod url;
