//! HTTP as this project sees it: messages as plain data, and a client that hides nothing.

pub mod client;
mod connection;
mod connector;
mod deadline;
mod exchange;
mod handshake;
mod head;
mod loss;
pub mod memory;
pub mod message;
mod outgoing;
mod pool;
pub mod proxy;
mod socket;
#[cfg(test)]
mod tests;
mod tls;
mod trust;
mod tunnel;
pub mod url;
mod wire;
