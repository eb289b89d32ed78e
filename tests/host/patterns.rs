//! The patterns of `docs/patterns.md` in whole hosts, over the network, with restarts and evictions in
//! the middle, and the attacks that each is for.
