//! A test a limit.
