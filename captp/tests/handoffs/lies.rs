//! What a peer that lies gets.
