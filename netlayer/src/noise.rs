//! Secrecy for carriers without TLS: a Noise handshake (NN), and its transport messages.
//!
//! ```text
//!   dialler                                     listener
//!      │ ── e ────────────────────────────────────▶ │   32 octets
//!      │ ◀─────────────────────── e, ee, {host L} ─ │   80 octets
//!      │ ── {host D} ─────────────────────────────▶ │   48 octets
//!      │ ◀═ {Data, End, Reset, Stop}, each ≤ 65,535 ═▶ frames of the preface, then the session's
//! ```
//!
//! The pattern is `Noise_NN_25519_ChaChaPoly_SHA256`: fresh keys on both sides and no static ones,
//! so it keeps secrets from whoever only listens, and proves nobody. SHA-256 rather than BLAKE2s,
//! since this house names and binds everything else by it and it brings no further crate.
//!
//! # Why a man in the middle fails
//!
//! Inside the channel each side names its host, the listener first. Names prove nothing yet; they
//! and the handshake hash `h` make the preface's [`Binding`], `h` in the place of the TLS exporter.
//! The preface has each host sign over the whole binding, and shows the vat's certificate for
//! exactly that host.
//!
//! - `h` hashes both fresh public keys and everything else that the handshake sent (Noise, section
//!   11.2). Who stands in between holds two channels, with a key of its own in each, hence two
//!   different hashes. It would have to show Alice a signature by the wanted vat's host over *her*
//!   hash; that host signs only over the hash of its own channel. Who changes no key shares no
//!   secret and has merely carried octets.
//! - Keys of small order, which make the shared secret no secret, help nobody for the same reason:
//!   `h` hashes the keys and not only what follows from them.
//! - Signatures name the role and both hosts, so none can be reflected, and none be shown by
//!   another host as its own. `h` is no secret; nothing rests on that.
//! - The host names travel after `ee`, so who listens learns none. An active impostor at the
//!   dialled address learns the dialling *host* and the wanted vat, as it does under TLS, and not
//!   the dialling vat.
//! - A connection carries one session, so the binding's stream is always 0.
//!
//! # Transport messages
//!
//! What is sealed in each message is an octet that says what it is, and its content:
//!
//! | octet | message | content | as in QUIC |
//! | --- | --- | --- | --- |
//! | 0 | `Data` | 1 to 65,518 octets of the stream of frames | stream data |
//! | 1 | `End` | nothing: all is said, in good order | the end of a stream |
//! | 2 | `Reset` | a code, u32: what was queued is dropped | `RESET_STREAM` |
//! | 3 | `Stop` | a code, u32: nothing more is read | `STOP_SENDING` |
//!
//! Messages are sealed with a counter, so one that is changed, left out, repeated or moved does not
//! open, and ends the session. A connection that is cut shows no `End`, so truncation is told apart
//! from a good end. Frames are cut anywhere; their lengths are inside, and the limit on frames is
//! checked before anything is allocated for one.
//!
//! ```
//! use hogshead_netlayer::HostKey;
//! use hogshead_netlayer::noise::{Initiator, Opened, Responder};
//!
//! let [alice, bob] = [1, 2].map(|seed| HostKey::from_secret(&[seed; 32]).id());
//! let (dialler, e) = Initiator::new(alice)?;
//! let (listener, e_ee) = Responder::new(bob)?.handle_message(&e)?;
//! let (mut one, name) = dialler.handle_message(&e_ee)?;
//! let mut other = listener.handle_message(&name)?;
//! assert!(one.binding == other.binding && one.binding.dialler == alice);
//!
//! let sealed = one.sealer.seal_data(&mut ["hello".into()])?.unwrap();
//! assert_eq!(other.opener.open(&sealed)?, Opened::Data("hello".into()));
//! # Ok::<(), hogshead_netlayer::noise::NoiseError>(())
//! ```

pub(crate) mod carrier;
pub(crate) mod gate;
mod handshake;
mod pauses;
mod seal;
mod stream;

pub use handshake::{AwaitingName, Initiator, NoiseError, Responder, Secured};
pub use hogshead_objects::preface::Binding;
pub use seal::{Opened, Opener, Sealer};
