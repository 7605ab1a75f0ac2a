//! Scenarios as written: YAML tree to typed steps, with every name resolved.
