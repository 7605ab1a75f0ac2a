//! The registry of numbered requirements: ids, levels, policy keys, capability names.
//!
//! Knows what a protocol demands and which readings of it are legal; knows nothing of scenarios or servers.

mod decode;
mod id;
mod level;
mod policy;
mod registry;
mod shape;

pub use decode::parse;
pub use id::RequirementId;
pub use level::Level;
pub use policy::{Policies, PolicyKey, Preset};
pub use registry::{Capability, Record, Registry, Requirement, Who};
pub use shape::SHAPE;
