//! Expectations compiled to checks, and checks held against exchanges.
