//! YAML text to a tree whose every node knows its place; the one home of the YAML package.
