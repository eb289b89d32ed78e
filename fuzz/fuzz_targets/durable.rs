//! Octets as a frame of a durable session, and as what happens to one side of one.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    hogshead_captp::fuzzing::fuzz_link(data);
});
