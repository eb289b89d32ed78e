//! Directories, petnames, and nonces on the bench.

mod directories {
    mod directory;
    mod nonces;
    mod petnames;
}
