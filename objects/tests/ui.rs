//! What must not compile, and what the compiler says about it, at which place.
//!
//! After a change of a message: `TRYBUILD=overwrite cargo test -p hogshead-objects --test ui`.

#[test]
fn misuse_of_the_macros_is_reported_where_it_stands() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
