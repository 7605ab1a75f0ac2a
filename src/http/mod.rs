//! HTTP as this project sees it: messages as plain data, a client that hides nothing, and a listener for calls back.

mod charset;
pub mod client;
mod connection;
mod connector;
mod deadline;
mod exchange;
mod handshake;
mod head;
pub mod listener;
mod loss;
pub mod memory;
pub mod message;
mod outgoing;
mod pool;
pub mod proxy;
mod socket;
#[cfg(test)]
mod tests;
mod text;
mod tls;
mod trust;
mod tunnel;
pub mod url;
mod wire;
