//! Reading records, and the forms of keys and signatures.

use hogshead_objects::locator::{Hints, Locator, SturdyRef, SwissNumber};
use hogshead_objects::{ErrorValue, Symbol, Tagged, Value};

use super::{Atom, Problem, Read, Reader};
use crate::crypto::{PublicId, PublicKey, SessionHash, Signature};
use crate::descriptor::{Certificate, Descriptor, Envelope, HandoffGive, HandoffReceive};

impl Reader<'_> {
    /// Reads a key in the form of section "Public Key".
    pub fn public_key(&mut self) -> Read<PublicKey> {
        self.literal(b"[10'public-key[3'ecc[5'curve7'Ed25519][5'flags5'eddsa][1'q")?;
        let bytes = self.array::<32>()?;
        self.literal(b"]]]")?;
        PublicKey::from_bytes(&bytes).ok_or_else(|| self.error(Problem::WeakKey))
    }

    /// Reads a signature in the form of section "Signature".
    pub fn signature(&mut self) -> Read<Signature> {
        self.literal(b"[7'sig-val[5'eddsa[1'r")?;
        let r_half = self.array::<32>()?;
        self.literal(b"][1's")?;
        let s_half = self.array::<32>()?;
        self.literal(b"]]]")?;
        let mut both = [0; 64];
        for (place, octet) in both.iter_mut().zip(r_half.iter().chain(&s_half)) {
            *place = *octet;
        }
        Ok(Signature(both))
    }

    /// Reads the record `ocapn-peer`.
    pub fn locator(&mut self) -> Read<Locator> {
        if self.label()? != b"ocapn-peer" {
            return Err(self.error(Problem::NotALocator));
        }
        self.locator_fields()
    }

    fn locator_fields(&mut self) -> Read<Locator> {
        let transport = match self.atom()? {
            Atom::Symbol(range) => self.text(range)?,
            _ => return Err(self.error(Problem::NotALocator)),
        };
        let designator = self.string()?;
        let mut bytes = transport.len().saturating_add(designator.len());
        let hints = if self.skip_if(b'f')? {
            None
        } else {
            self.expect(b'{')?;
            let mut hints = Hints::new();
            while !self.skip_if(b'}')? {
                let key = self.string()?;
                let hint = self.string()?;
                bytes = bytes.saturating_add(key.len()).saturating_add(hint.len());
                if hints.insert(key.to_owned(), hint.to_owned()).is_some() {
                    return Err(self.error(Problem::DuplicateKey));
                }
                if hints.len() > hogshead_objects::limits::LOCATOR_HINTS_MAX {
                    return Err(self.error(Problem::NotALocator));
                }
            }
            Some(hints)
        };
        self.expect(b'>')?;
        let too_long = bytes > hogshead_objects::limits::LOCATOR_TEXT_BYTES_MAX;
        if too_long || transport.is_empty() || transport.contains('.') {
            return Err(self.error(Problem::NotALocator));
        }
        let transport = Symbol::from(transport.to_owned());
        Ok(Locator { designator: designator.to_owned(), transport, hints })
    }

    fn sturdyref_fields(&mut self) -> Read<SturdyRef> {
        let peer = self.locator()?;
        // The text calls the number a string; peers send octets.
        let swiss = match self.atom()? {
            Atom::Bytes(range) => self.octets(range)?,
            Atom::String(range) => self.text(range)?.as_bytes(),
            _ => return Err(self.error(Problem::NotALocator)),
        };
        if swiss.len() > hogshead_objects::limits::SWISS_BYTES_MAX {
            return Err(self.error(Problem::NotALocator));
        }
        self.expect(b'>')?;
        Ok(SturdyRef { peer, swiss: SwissNumber::new(swiss.to_vec()) })
    }

    pub(super) fn record_value(&mut self, depth: usize) -> Read<Value<Descriptor>> {
        let value = match self.label()? {
            b"void" => Value::Undefined,
            b"null" => Value::Null,
            b"desc:tagged" => {
                let tag = match self.atom()? {
                    Atom::Symbol(range) => self.name(range)?.to_owned(),
                    _ => return Err(self.error(Problem::Unexpected)),
                };
                let inner = self.container(depth)?;
                let value = self.value(inner)?;
                Value::Tagged(Box::new(Tagged { tag, value }))
            }
            b"desc:error" => Value::Error(ErrorValue { message: self.string()?.to_owned() }),
            b"desc:import-object" => Value::Ref(Descriptor::ImportObject(self.natural()?)),
            b"desc:import-promise" => Value::Ref(Descriptor::ImportPromise(self.natural()?)),
            b"desc:export" => Value::Ref(Descriptor::Export(self.natural()?)),
            b"desc:answer" => Value::Ref(Descriptor::Answer(self.natural()?)),
            b"desc:sig-envelope" => {
                let envelope = self.envelope_fields()?;
                return Ok(Value::Ref(Descriptor::Signed(Box::new(envelope))));
            }
            b"ocapn-sturdyref" => {
                let reference = self.sturdyref_fields()?;
                return Ok(Value::SturdyRef(Box::new(reference)));
            }
            _ => return Err(self.error(Problem::UnknownRecord)),
        };
        self.expect(b'>')?;
        Ok(value)
    }

    fn envelope_fields(&mut self) -> Read<Envelope> {
        let signed = match self.label()? {
            b"desc:handoff-give" => Certificate::Give(self.give_fields()?),
            b"desc:handoff-receive" => Certificate::Receive(self.receive_fields()?),
            _ => return Err(self.error(Problem::UnknownRecord)),
        };
        let signature = self.signature()?;
        self.expect(b'>')?;
        Ok(Envelope { signed, signature })
    }

    fn give_fields(&mut self) -> Read<HandoffGive> {
        let receiver = self.public_key()?;
        let exporter = self.locator()?;
        let session = SessionHash(self.array()?);
        let gifter = PublicId(self.array()?);
        let gift = match self.atom()? {
            Atom::Bytes(range) => self.slice(range)?,
            _ => return Err(self.error(Problem::Unexpected)),
        };
        self.expect(b'>')?;
        Ok(HandoffGive { receiver, exporter, session, gifter, gift })
    }

    fn receive_fields(&mut self) -> Read<HandoffReceive> {
        let session = SessionHash(self.array()?);
        let receiver = PublicId(self.array()?);
        let count = self.natural()?;
        // Only a give may be inside, so certificates do not nest.
        self.literal(b"<17'desc:sig-envelope<17'desc:handoff-give")?;
        let give = self.give_fields()?;
        let give_signature = self.signature()?;
        self.literal(b">>")?;
        Ok(HandoffReceive { session, receiver, count, give, give_signature })
    }

    /// Passes exactly these octets. Forms that have only one canonical text are read this way.
    fn literal(&mut self, octets: &[u8]) -> Read<()> {
        let rest = self.frame.get(self.at..).unwrap_or_default();
        if rest.starts_with(octets) {
            self.advance(octets.len());
            return Ok(());
        }
        let short = rest.len() < octets.len() && octets.starts_with(rest);
        Err(self.error(if short { Problem::Truncated } else { Problem::NotAKey }))
    }

    fn array<const N: usize>(&mut self) -> Read<[u8; N]> {
        match self.atom()? {
            Atom::Bytes(range) => {
                self.octets(range)?.try_into().map_err(|_| self.error(Problem::NotAKey))
            }
            _ => Err(self.error(Problem::NotAKey)),
        }
    }
}
