//! What can be said about grants: `grant`, `grants`, `revoke`, `invite`, `redeem`, `accept`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use hogshead::grant::{ArgRule, Caveats, Rate};

use super::clock::{When, when};
use super::number::{ANY, whole};

/// `grant`.
#[derive(Args, Debug)]
pub struct Grant {
    /// A name, a file with a sturdyref, or `-` for a sturdyref on standard input
    #[arg(value_name = "REF")]
    pub target: String,
    /// What narrows it
    #[command(flatten)]
    pub caveats: Narrowing,
    /// What to revoke it by later, and what `grants` calls it [default: shared]
    #[arg(long, value_name = "NAME")]
    pub label: Option<String>,
    /// Writes this locator of the object's vat into the sturdyref, for peers of another transport:
    /// the one that `start --tcp-testing-only` prints. It is revoked by its label alone
    /// [default: all ways between hosts]
    #[arg(long, value_name = "LOCATOR")]
    pub at: Option<String>,
    /// Where the sturdyref goes
    #[command(flatten)]
    pub hand_out: HandOut,
}

/// The caveats of a grant: each must hold for every message.
#[derive(Args, Debug, Default)]
pub struct Narrowing {
    /// Grants these methods and no others
    #[arg(long, value_name = "METHOD,…", value_delimiter = ',')]
    pub only: Option<Vec<String>>,
    /// Grants only messages whose argument is so, such as '0<=100' or '1.kind=in(tea, coffee)'; may
    /// be given several times
    #[arg(long = "where", value_name = "ARG=…", value_parser = rule)]
    pub rules: Vec<ArgRule>,
    /// Grants nothing before this time: 2027-03-01, 2027-03-01T06:30:00Z, or 2h for in two hours
    #[arg(long, value_name = "TIME", value_parser = when)]
    pub not_before: Option<When>,
    /// Grants nothing from this time on: 2027-03-01, 2027-03-01T06:30:00Z, or 3d for in three days
    #[arg(long, value_name = "TIME", value_parser = when)]
    pub until: Option<When>,
    /// Grants this many messages
    #[arg(long, value_name = "N", value_parser = whole::<u64>(1..=u64::MAX))]
    pub uses: Option<u64>,
    /// Grants so many messages at once, and then so many a period, such as 10/min or 100/12h
    #[arg(long, value_name = "N/PERIOD", value_parser = rate)]
    pub rate: Option<Rate>,
    /// Grants only what comes from this vat: its key, a name that leads to an object of it, or a
    /// vat of this host
    #[arg(long, value_name = "VAT")]
    pub to: Option<String>,
}

/// Where a sturdyref goes.
#[derive(Args, Debug)]
pub struct HandOut {
    /// Writes the sturdyref to a new file instead of standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Draws the sturdyref as a QR code on standard output, a terminal included
    #[arg(long)]
    pub qr: bool,
}

/// `grants`.
#[derive(Args, Debug)]
pub struct Grants {
    /// Only what was granted of this: a name, a file with a sturdyref, or `-` for one on standard
    /// input [default: everything, of all vats]
    #[arg(value_name = "REF")]
    pub target: Option<String>,
    /// What to do instead
    #[command(subcommand)]
    pub tend: Option<Tend>,
}

/// What else can be done with grants.
#[derive(Subcommand, Debug)]
pub enum Tend {
    /// Revokes a grant by its number
    Revoke {
        /// The vat
        vat: String,
        /// The grant's number
        #[arg(value_parser = whole::<u64>(ANY))]
        grant: u64,
        /// Takes what was derived from it as well, all the way down
        #[arg(long)]
        deep: bool,
    },
    /// Lets grants that a restore has suspended be used again, with the counts of the snapshot
    Confirm {
        /// The vat
        vat: String,
        /// The grant's number [default: all of the vat's]
        #[arg(value_parser = whole::<u64>(ANY))]
        grant: Option<u64>,
    },
}

/// `invite`.
#[derive(Args, Debug)]
pub struct Invite {
    /// A name, a file with a sturdyref, or `-` for a sturdyref on standard input
    #[arg(value_name = "REF")]
    pub target: String,
    /// What narrows it
    #[command(flatten)]
    pub caveats: Narrowing,
    /// What `grants` calls it until it is redeemed [default: invited]
    #[arg(long, value_name = "NAME")]
    pub label: Option<String>,
    /// Binds what it becomes to the vat that redeems it, so that a copy is of no use to others
    #[arg(long)]
    pub bind: bool,
    /// Where the sturdyref goes
    #[command(flatten)]
    pub hand_out: HandOut,
}

/// `redeem`.
#[derive(Args, Debug)]
pub struct Redeem {
    /// A file with the sturdyref of an invitation, or `-` for one on standard input
    #[arg(value_name = "REF")]
    pub target: String,
    /// The name to keep what it becomes under [default: invited and a number, such as invited-1]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}

/// `accept`.
#[derive(Args, Debug)]
pub struct Accept {
    /// The name to keep it under
    pub name: String,
}

/// `revoke`.
#[derive(Args, Debug)]
pub struct Revoke {
    /// The object's name; or a file with the sturdyref that was granted, `-` for standard input
    #[arg(value_name = "REF")]
    pub target: String,
    /// Only what was granted under this label
    #[arg(long, value_name = "NAME")]
    pub label: Option<String>,
    /// Takes what was derived from it as well, all the way down
    #[arg(long)]
    pub deep: bool,
}

fn rule(text: &str) -> Result<ArgRule, String> {
    let rule: ArgRule = text.parse().map_err(plain)?;
    Caveats::new().rule(rule.clone()).check().map_err(plain).map(|()| rule)
}

fn rate(text: &str) -> Result<Rate, String> {
    text.parse().map_err(plain)
}

fn plain(error: hogshead::Error) -> String {
    error.message().to_owned()
}
