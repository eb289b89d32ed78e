//! What can be said about sessions: `session …`.

use clap::Subcommand;

use super::number::{ANY, whole};

/// `session`.
#[derive(Subcommand, Debug)]
pub enum Session {
    /// Lists sessions: with whom, in what state, how much each side holds and waits for
    Ls {
        /// The vat [default: all vats]
        vat: Option<String>,
    },
    /// Shows a session: what waits for whom, who holds what, and since when
    Show {
        /// The vat
        vat: String,
        /// The session's number, the peer's key, or a name that leads to the peer
        #[arg(value_name = "PEER|SESSION")]
        peer: String,
    },
    /// Ends a session: all that each side held of the other breaks
    End {
        /// The vat
        vat: String,
        /// The session's number, the peer's key, or a name that leads to the peer
        #[arg(value_name = "PEER|SESSION")]
        peer: String,
    },
    /// Drops what waits for a peer and was never sent; whoever waits for its answers gets an error
    DropOutbox {
        /// The vat
        vat: String,
        /// The session's number, the peer's key, or a name that leads to the peer
        #[arg(value_name = "PEER|SESSION")]
        peer: String,
    },
    /// Gives up something that a vat holds of a peer: it breaks for its holders here
    Expire {
        /// The vat
        vat: String,
        /// The session's number, the peer's key, or a name that leads to the peer
        #[arg(value_name = "PEER|SESSION")]
        peer: String,
        /// Its position, as `session show` lists it under what we hold
        #[arg(value_parser = whole::<u64>(ANY))]
        import: u64,
    },
    /// Takes back an object that a peer holds of a vat: the peer's use of it breaks
    ExpireExport {
        /// The vat
        vat: String,
        /// The session's number, the peer's key, or a name that leads to the peer
        #[arg(value_name = "PEER|SESSION")]
        peer: String,
        /// Its position, as `session show` lists it under what the peer holds
        #[arg(value_parser = whole::<u64>(ANY))]
        export: u64,
    },
}
