//! Writing Syrup. Everything appends to a vector; nothing can fail.

use hogshead_objects::Value;
use hogshead_objects::int::Int;
use hogshead_objects::locator::{Locator, SturdyRef};

use crate::crypto::{PublicKey, Signature};
use crate::descriptor::{
    Certificate, Descriptor, Envelope, HandoffGive, HandoffReceive, Import, Target,
};

/// The one NaN that is sent.
const NAN: u64 = 0x7ff8_0000_0000_0000;

/// Octets that count as many: there is room for what follows them, lest it move them.
const MANY_OCTETS: usize = 16 << 10;

/// How much room there is.
const ROOM_BEHIND: usize = 1 << 10;

/// Appends a value.
pub fn value(out: &mut Vec<u8>, v: &Value<Descriptor>) {
    match v {
        Value::Undefined => out.extend_from_slice(b"<4'void>"),
        Value::Null => out.extend_from_slice(b"<4'null>"),
        Value::Bool(flag) => boolean(out, *flag),
        Value::Int(n) => integer(out, n),
        Value::Float(n) => float(out, *n),
        Value::String(text) => string(out, text),
        Value::Bytes(octets) => bytes(out, octets),
        Value::Symbol(name) => symbol(out, name.as_str()),
        Value::List(items) => list(out, items),
        Value::Struct(fields) => {
            out.push(b'{');
            // Ascending, as they are kept: some peers close otherwise. They compare either the plain
            // keys or the encoded ones, whose length comes first; the strict ones the plain.
            for (key, field) in fields {
                string(out, key);
                value(out, field);
            }
            out.push(b'}');
        }
        Value::Tagged(tagged) => {
            out.extend_from_slice(b"<11'desc:tagged");
            symbol(out, &tagged.tag);
            value(out, &tagged.value);
            out.push(b'>');
        }
        Value::Error(error) => {
            out.extend_from_slice(b"<10'desc:error");
            string(out, &error.message);
            out.push(b'>');
        }
        Value::Ref(reference) => descriptor(out, reference),
        Value::SturdyRef(reference) => sturdyref(out, reference),
    }
}

/// Appends a list of values.
pub fn list(out: &mut Vec<u8>, items: &[Value<Descriptor>]) {
    out.push(b'[');
    for item in items {
        value(out, item);
    }
    out.push(b']');
}

/// Appends `t` or `f`.
pub fn boolean(out: &mut Vec<u8>, flag: bool) {
    out.push(if flag { b't' } else { b'f' });
}

/// Appends an integer that is not negative.
pub fn natural(out: &mut Vec<u8>, n: u64) {
    digits(out, n);
    out.push(b'+');
}

/// Appends an integer of any size.
pub fn integer(out: &mut Vec<u8>, n: &Int) {
    match n.to_i64() {
        Some(small) => {
            digits(out, small.unsigned_abs());
            out.push(if small < 0 { b'-' } else { b'+' });
        }
        None => {
            let text = n.to_big().to_string();
            let (text, sign) = match text.strip_prefix('-') {
                Some(positive) => (positive, b'-'),
                None => (text.as_str(), b'+'),
            };
            out.extend_from_slice(text.as_bytes());
            out.push(sign);
        }
    }
}

/// Appends a double; every NaN becomes the one that peers expect.
pub fn float(out: &mut Vec<u8>, n: f64) {
    let bits = if n.is_nan() { NAN } else { n.to_bits() };
    out.push(b'D');
    out.extend_from_slice(&bits.to_be_bytes());
}

/// Appends a string.
pub fn string(out: &mut Vec<u8>, text: &str) {
    prefixed(out, b'"', text.as_bytes());
}

/// Appends a symbol.
pub fn symbol(out: &mut Vec<u8>, name: &str) {
    prefixed(out, b'\'', name.as_bytes());
}

/// Appends a byte string.
pub fn bytes(out: &mut Vec<u8>, octets: &[u8]) {
    prefixed(out, b':', octets);
}

/// Appends a descriptor.
pub fn descriptor(out: &mut Vec<u8>, d: &Descriptor) {
    match d {
        Descriptor::ImportObject(position) => import(out, Import::Object(*position)),
        Descriptor::ImportPromise(position) => import(out, Import::Promise(*position)),
        Descriptor::Export(position) => target(out, Target::Export(*position)),
        Descriptor::Answer(position) => target(out, Target::Answer(*position)),
        Descriptor::Signed(envelope) => sig_envelope(out, envelope),
        // Only a session between vats of one host sends it, and those have no octets. Outside it
        // would prove nothing, so nothing of it is told.
        Descriptor::Given(_) => out.extend_from_slice(b"<4'void>"),
    }
}

/// Appends `desc:export` or `desc:answer`.
pub fn target(out: &mut Vec<u8>, t: Target) {
    let (label, position): (&[u8], _) = match t {
        Target::Export(position) => (b"<11'desc:export", position),
        Target::Answer(position) => (b"<11'desc:answer", position),
    };
    positioned(out, label, position);
}

/// Appends `desc:import-object` or `desc:import-promise`.
pub fn import(out: &mut Vec<u8>, i: Import) {
    let (label, position): (&[u8], _) = match i {
        Import::Object(position) => (b"<18'desc:import-object", position),
        Import::Promise(position) => (b"<19'desc:import-promise", position),
    };
    positioned(out, label, position);
}

/// Appends a key in the form of section "Public Key".
pub fn public_key(out: &mut Vec<u8>, key: &PublicKey) {
    out.extend_from_slice(b"[10'public-key[3'ecc[5'curve7'Ed25519][5'flags5'eddsa][1'q");
    bytes(out, key.as_bytes());
    out.extend_from_slice(b"]]]");
}

/// Appends a signature in the form of section "Signature".
pub fn signature(out: &mut Vec<u8>, s: &Signature) {
    let (r_half, s_half) = s.0.split_at(32);
    out.extend_from_slice(b"[7'sig-val[5'eddsa[1'r");
    bytes(out, r_half);
    out.extend_from_slice(b"][1's");
    bytes(out, s_half);
    out.extend_from_slice(b"]]]");
}

/// Appends the record `ocapn-peer`.
pub fn locator(out: &mut Vec<u8>, peer: &Locator) {
    out.extend_from_slice(b"<10'ocapn-peer");
    symbol(out, peer.transport.as_str());
    string(out, &peer.designator);
    match &peer.hints {
        None => boolean(out, false),
        Some(hints) => {
            out.push(b'{');
            for (key, hint) in hints {
                string(out, key);
                string(out, hint);
            }
            out.push(b'}');
        }
    }
    out.push(b'>');
}

/// Appends the record `ocapn-sturdyref`.
pub fn sturdyref(out: &mut Vec<u8>, reference: &SturdyRef) {
    out.extend_from_slice(b"<15'ocapn-sturdyref");
    locator(out, &reference.peer);
    bytes(out, reference.swiss.expose());
    out.push(b'>');
}

/// Appends `desc:handoff-give`.
pub fn handoff_give(out: &mut Vec<u8>, give: &HandoffGive) {
    out.extend_from_slice(b"<17'desc:handoff-give");
    public_key(out, &give.receiver);
    locator(out, &give.exporter);
    bytes(out, &give.session.0);
    bytes(out, &give.gifter.0);
    bytes(out, &give.gift);
    out.push(b'>');
}

/// Appends `desc:handoff-receive`.
pub fn handoff_receive(out: &mut Vec<u8>, receive: &HandoffReceive) {
    out.extend_from_slice(b"<20'desc:handoff-receive");
    bytes(out, &receive.session.0);
    bytes(out, &receive.receiver.0);
    natural(out, receive.count);
    signed(out, |out| handoff_give(out, &receive.give), &receive.give_signature);
    out.push(b'>');
}

fn sig_envelope(out: &mut Vec<u8>, envelope: &Envelope) {
    let certificate = |out: &mut Vec<u8>| match &envelope.signed {
        Certificate::Give(give) => handoff_give(out, give),
        Certificate::Receive(receive) => handoff_receive(out, receive),
    };
    signed(out, certificate, &envelope.signature);
}

fn signed(out: &mut Vec<u8>, inner: impl FnOnce(&mut Vec<u8>), by: &Signature) {
    out.extend_from_slice(b"<17'desc:sig-envelope");
    inner(out);
    signature(out, by);
    out.push(b'>');
}

fn positioned(out: &mut Vec<u8>, label: &[u8], position: u64) {
    out.extend_from_slice(label);
    natural(out, position);
    out.push(b'>');
}

fn prefixed(out: &mut Vec<u8>, kind: u8, octets: &[u8]) {
    if octets.len() >= MANY_OCTETS {
        out.reserve(octets.len().saturating_add(ROOM_BEHIND));
    }
    // A usize fits in 64 bits on every machine that Rust runs on.
    digits(out, u64::try_from(octets.len()).unwrap_or(u64::MAX));
    out.push(kind);
    out.extend_from_slice(octets);
}

fn digits(out: &mut Vec<u8>, mut n: u64) {
    if n < 10 {
        out.push(digit(n));
        return;
    }
    let mut text = [0_u8; 20];
    let mut start = text.len();
    for place in text.iter_mut().rev() {
        *place = digit(n % 10);
        n /= 10;
        start = start.saturating_sub(1);
        if n == 0 {
            break;
        }
    }
    out.extend_from_slice(text.get(start..).unwrap_or_default());
}

fn digit(n: u64) -> u8 {
    b"0123456789".get(usize::try_from(n).unwrap_or(0)).copied().unwrap_or(b'0')
}
