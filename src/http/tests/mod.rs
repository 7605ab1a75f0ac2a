//! The client against hand-written bytes: what it sends, what it makes of answers, and when it gives up.

mod answers;
mod deadlines;
mod failures;
mod pooling;
mod proxies;
mod requests;
mod script;
mod sockets;
mod tls;
