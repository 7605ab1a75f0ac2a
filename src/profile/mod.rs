//! A protocol as the harness sees it: how its requests are built and its answers read.
