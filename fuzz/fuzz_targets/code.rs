//! Bytes as a script's code.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hogshead_script::fuzzing::fuzz_code(data));
