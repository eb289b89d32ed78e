//! Whole hosts in one process, as their owners and the objects in them meet them.

mod host {
    pub mod cast;

    mod eviction;
    mod local;
    mod owner;
    mod restart;
    mod sessions;
    mod sharing;
    mod vats;
}
