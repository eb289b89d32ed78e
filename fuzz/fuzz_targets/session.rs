//! Octets as the frames of a peer that has said hello.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    hogshead_captp::fuzzing::fuzz_session(data);
});
