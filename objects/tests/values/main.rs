//! What may be said between objects: values, their conversions, and the texts of both.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod arbitrary;
mod codec;
mod codec_errors;
mod codec_limits;
mod codec_properties;
mod json;
mod locator;
mod model;
mod text;
