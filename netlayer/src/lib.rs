//! netlayer
