//! The command line: the only place that reads files and the environment, and prints.
