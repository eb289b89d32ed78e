//! captp
