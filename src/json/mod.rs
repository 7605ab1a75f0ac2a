//! JSON values: places in them (RFC 6901), and how two of them differ.
