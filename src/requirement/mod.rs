//! The registry of numbered requirements: ids, levels, policy keys, capability names.
