//! Bytes as the file of a script's process, which then runs.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    hogshead_script::fuzzing::fuzz_process(data);
});
