//! Stock objects: small ones that every host knows, and examples of how objects are written.
//!
//! | kind | interface | what it is |
//! | --- | --- | --- |
//! | `hogshead/brand` | [`Pair`](brand::Pair) | seals things into boxes, opens them, and tells brands apart |
//! | `hogshead/cell` | [`Cell`](cell::Cell) | holds one value; read-only and write-only facets |
//! | `hogshead/counter` | [`Counter`](counter::Counter) | counts |
//! | `hogshead/directory` | [`Directory`](directory::Directory) | names for references, and paths through directories |
//! | `hogshead/escrow` | [`Exchange`](escrow::Exchange) | exchanges money of two mints, both sides or neither |
//! | `hogshead/forwarder` | [`Forwarder`](forwarder::Forwarder) | passes all messages on to one target |
//! | `hogshead/grant-matcher` | [`GrantMatcher`](matcher::GrantMatcher) | makes gifts that another matches |
//! | `hogshead/greeter` | [`Greeter`](greeter::Greeter) | greets |
//! | `hogshead/joiner` | [`Joiner`](joiner::Joiner) | joins promises: all, any, race, settled |
//! | `hogshead/lazy` | [`Lazy`](lazy::Lazy) | asks for its target when it is used |
//! | `hogshead/mailbox` | [`Mailbox`](mailbox::Mailbox) | many drop letters, one reads them |
//! | `hogshead/maker` | [`Maker`](maker::Maker) | spawns objects by the name of their kind |
//! | `hogshead/membrane` | [`Membrane`](membrane::Membrane) | wraps all that passes it, and cuts it off |
//! | `hogshead/mint` | [`Mint`](mint::Mint) | makes money of a currency, in [purses](purse::Purse) |
//! | `hogshead/publisher` | [`Publisher`](pubsub::Publisher) | tells subscribers, each at its own pace |
//! | `hogshead/nonces` | [`NonceRegistry`](nonce::NonceRegistry) | finds references again by octets that nobody can guess |
//! | `hogshead/petnames` | [`Petnames`](petnames::Petnames) | its owner's names for references, and what others call them |
//! | `hogshead/once` | [`Once`](once::Once) | passes one message on, and no other |
//! | `hogshead/handout` | [`Handout`](once::Handout) | gives something once |
//! | `hogshead/swappable` | [`Swappable`](swappable::Swappable) | replaces what is behind a reference |
//! | `hogshead/queue` | [`Queue`](queue::Queue) | hands what is put to those who take |
//! | `hogshead/ticker` | [`Ticker`](ticker::Ticker) | tells all of its members of each beat |
//! | `hogshead/warding` | [`Warding`](warding::Warding) | methods that are reached by who has the incanter |
//!
//! [`Enliven`](enliven::Enliven) and [`Sealing`](sealing::Sealing) are the interfaces of devices,
//! which the host serves; [`Clock`](clock::Clock) and [`Entropy`](entropy::Entropy) those of what
//! every vat serves itself, as it does [`Invitation`](invitation::Invitation)s.

pub mod brand;
pub mod cell;
pub mod clock;
pub mod counter;
pub mod directory;
pub mod enliven;
pub mod entropy;
pub mod escrow;
pub mod forwarder;
pub mod greeter;
pub mod invitation;
pub mod joiner;
pub(crate) mod kept;
pub mod lazy;
pub mod mailbox;
pub mod maker;
pub mod matcher;
pub mod membrane;
pub mod mint;
pub mod nonce;
pub mod once;
pub mod petnames;
pub mod pubsub;
pub mod purse;
pub mod queue;
pub mod sealing;
pub mod swappable;
pub mod ticker;
pub mod warding;

use crate::error::Result;
use crate::object::Registry;
use crate::promise::join::Join;

/// Adds the stock objects' kinds.
///
/// ```
/// use hogshead_objects::{Registry, stock};
///
/// let mut registry = Registry::new();
/// stock::register(&mut registry)?;
/// let names: Vec<_> = registry.kinds().map(|kind| kind.name).collect();
/// assert!(names.contains(&"hogshead/counter"));
/// # Ok::<(), hogshead_objects::Error>(())
/// ```
pub fn register(registry: &mut Registry) -> Result<()> {
    registry
        .register::<cell::ValueCell>()?
        .register::<counter::Tally>()?
        .register::<directory::Names>()?
        .register::<forwarder::Relay>()?
        .register::<greeter::PoliteGreeter>()?
        .register::<Join>()?
        .register::<joiner::PromiseJoiner>()?
        .register::<mailbox::LetterBox>()?
        .register::<mailbox::LetterSlot>()?
        .register::<nonce::Nonces>()?
        .register::<petnames::PetnameBook>()?
        .register::<queue::BoundedQueue>()?
        .register::<ticker::Metronome>()?
        .register::<ticker::TickPlace>()?
        .register::<maker::KindMaker>()?;
    brand::register(registry)?;
    escrow::register(registry)?;
    matcher::register(registry)?;
    pubsub::register(registry)?;
    registry.register::<lazy::Deferred>()?;
    once::register(registry)?;
    swappable::register(registry)?;
    warding::register(registry)?;
    membrane::register(registry)?;
    mint::register(registry)
}
