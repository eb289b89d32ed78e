//! Octets as a Syrup value.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hogshead_captp::fuzzing::fuzz_syrup(data));
