//! Where a piece of text came from: source files, spans, and line and column numbers.
