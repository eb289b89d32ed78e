//! Our vat, and peers that are nothing but octets.
//!
//! What a peer is sent is shown octet by octet as characters U+0000 to U+00FF, so that nothing is
//! lost in comparing and ASCII reads as itself.

pub mod certificates;

use ed25519_dalek::{Signer, SigningKey};
use hogshead_captp::testing::{self, FakeVat, MemoryHeap, Sent};
use hogshead_captp::{
    Bootstrap, Config, DeliverForm, Dialect, GcLabels, Limits, Session, Violation,
};
use hogshead_objects::ids::{PromiseId, SessionId};
use hogshead_objects::{Message, Ref, Value};
use sha2::{Digest, Sha256};

/// What an object answers.
pub type Outcome = hogshead_objects::Result<Value>;

/// What the suite's main branch speaks.
pub const OLD: Dialect = Dialect { deliver: DeliverForm::Only, gc: GcLabels::Singular };

/// What the current text says.
pub const NEW: Dialect = Dialect { deliver: DeliverForm::Folded, gc: GcLabels::Plural };

/// The side of a peer: its key in one session, and where it says it is.
#[derive(Clone)]
pub struct Side {
    /// The session key.
    pub key: SigningKey,
    /// The designator.
    pub name: &'static str,
}

/// Our side of a session with one peer, and all that the peer has done in it.
pub struct Raw {
    /// Our vat.
    pub vat: FakeVat,
    /// Its session with the first peer.
    pub id: SessionId,
    fresh: u64,
}

impl Raw {
    /// An established session that the peer dialled.
    pub fn new(dialect: Dialect, limits: Limits) -> Self {
        let mut raw = Self::unjoined();
        raw.join(1, &Side::new(1, "alice"), dialect, limits);
        raw
    }

    /// Our vat without a session; the first to join it is the one that the others are not.
    pub fn unjoined() -> Self {
        Self { vat: FakeVat::new(), id: SessionId(1), fresh: 1000 }
    }

    /// An established session in the current text's dialect.
    pub fn plain() -> Self {
        Self::new(NEW, Limits::default())
    }

    /// One more session, with another peer, who dialled it.
    pub fn join(&mut self, id: u64, peer: &Side, dialect: Dialect, limits: Limits) -> SessionId {
        let id = SessionId(id);
        let hello = testing::hello(our_seed(id), "bob", None);
        self.vat.join(Session::accept(config(id, dialect, limits), hello));
        self.say_on(id, peer.hello()).expect("the hello is good");
        let heard = self.heard_on(id);
        assert_eq!(heard.len(), 1, "our hello and nothing else");
        id
    }

    /// The peer sends one frame.
    pub fn say(&mut self, octets: impl AsRef<[u8]>) -> Result<(), Violation> {
        self.say_on(self.id, octets)
    }

    /// The peer of session `id` sends one frame.
    pub fn say_on(&mut self, id: SessionId, octets: impl AsRef<[u8]>) -> Result<(), Violation> {
        let frame = octets.as_ref().to_vec().into();
        self.vat.receive(id, &Sent::Frame(frame))
    }

    /// What the peer has been sent since it last listened.
    pub fn heard(&mut self) -> Vec<String> {
        self.heard_on(self.id)
    }

    /// What the peer of session `id` has been sent since it last listened.
    pub fn heard_on(&mut self, id: SessionId) -> Vec<String> {
        let frames = self.vat.sent(id).drain(..);
        frames
            .map(|sent| match sent {
                Sent::Frame(frame) => shown(&frame),
                Sent::Row(_) => panic!("a plain session sends frames"),
            })
            .collect()
    }

    /// Says something, and expects to hear exactly this.
    #[track_caller]
    pub fn check(&mut self, says: impl AsRef<[u8]>, hears: &[&str]) {
        let shown = shown(says.as_ref());
        self.say(says).unwrap_or_else(|violation| panic!("{shown}: {violation}"));
        assert_eq!(self.heard(), hears, "after {shown}");
    }

    /// Says something that is answered with an abort for exactly this reason.
    #[track_caller]
    pub fn is_aborted(&mut self, says: impl AsRef<[u8]>, reason: &str) {
        let shown = shown(says.as_ref());
        let Err(violation) = self.say(says) else { panic!("{shown} was taken") };
        assert_eq!(violation.to_string(), reason, "{shown}");
        assert_eq!(self.heard(), [abort(reason)], "{shown}");
    }

    /// Whether the first session is over.
    pub fn has_ended(&mut self) -> bool {
        self.vat.session(self.id).is_none_or(|session| session.has_ended())
    }

    /// A position that no test writes by hand.
    pub fn fresh(&mut self) -> u64 {
        self.fresh += 1;
        self.fresh
    }

    /// The peer fetches an object; gives the position at which it was exported.
    #[track_caller]
    pub fn offer(&mut self, object: Ref) -> u64 {
        self.offer_on(self.id, object)
    }

    /// The peer of session `id` fetches an object; gives the position of its export.
    #[track_caller]
    pub fn offer_on(&mut self, id: SessionId, object: Ref) -> u64 {
        let resolver = self.fresh();
        let swiss = format!("offer-{resolver}");
        self.vat.heap.share(swiss.as_bytes(), object);
        self.say_on(
            id,
            format!(
                "<10'op:deliver<11'desc:export0+>[5'fetch{}:{swiss}]f\
                 <18'desc:import-object{resolver}+>>",
                swiss.len()
            ),
        )
        .expect("a fetch is no violation");
        let heard = self.heard_on(id).concat();
        let (_, rest) = heard.split_once("7'fulfill<18'desc:import-object").expect("an object");
        let (position, _) = rest.split_once('+').expect("its position");
        position.parse().expect("a number")
    }

    /// The peer fetches a reference under an answer position and is told nothing.
    #[track_caller]
    pub fn answer(&mut self, reference: Ref) -> u64 {
        let answer = self.fresh();
        let swiss = format!("answer-{answer}");
        self.vat.heap.share(swiss.as_bytes(), reference);
        let length = swiss.len();
        self.check(
            format!("<10'op:deliver<11'desc:export0+>[5'fetch{length}:{swiss}]{answer}+f>"),
            &[],
        );
        answer
    }

    /// A reference is exported to the peer in a list, as what it is; gives its position.
    #[track_caller]
    pub fn export(&mut self, reference: Ref) -> u64 {
        let teller = self.object(move |_, _| Ok(Value::list([Value::Ref(reference)])));
        let resolver = self.fresh();
        self.say(format!(
            "<10'op:deliver<11'desc:export{teller}+>[]f<18'desc:import-object{resolver}+>>"
        ))
        .expect("it is no violation");
        self.say(format!("<13'op:gc-exports[{teller}+][1+]>")).expect("it was sent once");
        let heard = self.heard().concat();
        let (_, rest) = heard.split_once("7'fulfill[<").expect("a list");
        let (_, rest) = rest.split_once("desc:import-").expect("a descriptor");
        let position = rest.trim_start_matches(char::is_alphabetic).split('+').next();
        position.and_then(|position| position.parse().ok()).expect("a position")
    }

    /// Our vat asks an object of the peer's at `position`; gives the promise, and the answer
    /// position and the resolver's position that the peer was sent.
    #[track_caller]
    pub fn ask(&mut self, position: u64) -> (PromiseId, u64, u64) {
        let theirs = self.lend(&format!("<18'desc:import-object{position}+>"));
        let promise = self.vat.turn(|heap| heap.ask(theirs, Message::apply(vec![])));
        let heard = self.heard().concat();
        let to = format!("<10'op:deliver<11'desc:export{position}+>[]");
        let rest = heard.strip_prefix(&to).expect("a message");
        let (answer, rest) = rest.split_once("+<18'desc:import-object").expect("both are given");
        let (resolver, _) = rest.split_once('+').expect("a resolver");
        (promise, answer.parse().expect("a number"), resolver.parse().expect("a number"))
    }

    /// An object of ours, offered at the next position.
    pub fn object(
        &mut self,
        method: impl FnMut(&mut MemoryHeap, Vec<Value>) -> Outcome + 'static,
    ) -> u64 {
        let object = self.add(method);
        self.offer(object)
    }

    /// An object of ours.
    pub fn add(
        &mut self,
        mut method: impl FnMut(&mut MemoryHeap, Vec<Value>) -> Outcome + 'static,
    ) -> Ref {
        self.vat.heap.object(move |heap, message| method(heap, message.values))
    }

    /// An object that answers with the list of its arguments.
    pub fn echo(&mut self) -> u64 {
        self.object(|_, values| Ok(Value::List(values)))
    }

    /// An object of ours that keeps every reference that it is sent.
    pub fn keeper(&mut self) -> u64 {
        self.object(|heap, values| {
            values.iter().flat_map(Value::refs).for_each(|reference| heap.keep(*reference));
            Ok(Value::Undefined)
        })
    }

    /// A promise of ours with its resolver; both are kept.
    pub fn vow(&mut self) -> (Ref, PromiseId) {
        let promise = self.vat.heap.promise();
        self.vat.heap.keep(Ref::Promise(promise));
        self.vat.heap.keep(Ref::Resolver(promise));
        (Ref::Promise(promise), promise)
    }

    /// Our vat gets to know what the peer describes; it is kept, and what was heard is forgotten.
    #[track_caller]
    pub fn lend(&mut self, descriptor: &str) -> Ref {
        self.lend_on(self.id, descriptor)
    }

    /// Our vat gets to know what the peer of session `id` describes.
    #[track_caller]
    pub fn lend_on(&mut self, id: SessionId, descriptor: &str) -> Ref {
        let before: Vec<_> = self.vat.heap.kept().collect();
        let keeper = self.add(|heap, values| {
            values.iter().flat_map(Value::refs).for_each(|reference| heap.keep(*reference));
            Ok(Value::Undefined)
        });
        let keeper = self.offer_on(id, keeper);
        self.say_on(id, format!("<10'op:deliver<11'desc:export{keeper}+>[{descriptor}]ff>"))
            .expect("lending is no violation");
        self.say_on(id, format!("<13'op:gc-exports[{keeper}+][1+]>")).expect("it was sent once");
        self.heard_on(id);
        let mut kept = self.vat.heap.kept();
        kept.find(|entry| !before.contains(entry)).expect("something is kept").0
    }
}

impl Side {
    /// The side with the key of this seed.
    pub fn new(seed: u8, name: &'static str) -> Self {
        Self { key: testing::key(seed), name }
    }

    /// Our side of session `id`.
    pub fn ours(id: SessionId) -> Self {
        Self::new(our_seed(id), "bob")
    }

    /// The record `ocapn-peer` of this side.
    pub fn location(&self) -> String {
        let Self { name, .. } = self;
        format!(
            "<10'ocapn-peer16'tcp-testing-only{}\"{name}{{4\"host9\"127.0.0.14\"port5\"22046}}>",
            name.len()
        )
    }

    /// The public key as its s-expression.
    pub fn public_key(&self) -> Vec<u8> {
        let key = self.key.verifying_key();
        cat(&[
            b"[10'public-key[3'ecc[5'curve7'Ed25519][5'flags5'eddsa][1'q32:",
            key.as_bytes(),
            b"]]]",
        ])
    }

    /// The public identifier: the key's Syrup, hashed twice.
    pub fn public_id(&self) -> [u8; 32] {
        twice(&self.public_key())
    }

    /// The id of the session between this side and `other`.
    pub fn session(&self, other: &Self) -> [u8; 32] {
        let mut ids = [self.public_id(), other.public_id()];
        ids.sort_unstable();
        twice(&cat(&[b"prot0", &ids[0], &ids[1]]))
    }

    /// This side's signature over some octets, as its s-expression.
    pub fn sign(&self, octets: &[u8]) -> Vec<u8> {
        let signature = self.key.sign(octets).to_bytes();
        let (r, s) = signature.split_at(32);
        cat(&[b"[7'sig-val[5'eddsa[1'r32:", r, b"][1's32:", s, b"]]]"])
    }

    /// A good `op:start-session` of this side.
    pub fn hello(&self) -> Vec<u8> {
        let location = self.location();
        self.hello_with("1.0", &location, format!("<11'my-location{location}>").as_bytes())
    }

    /// A hello that says this version and location, and signs these octets.
    pub fn hello_with(&self, version: &str, location: &str, signed: &[u8]) -> Vec<u8> {
        cat(&[
            format!("<16'op:start-session{}\"{version}", version.len()).as_bytes(),
            &self.public_key(),
            location.as_bytes(),
            &self.sign(signed),
            b">",
        ])
    }
}

/// How every test makes a session of ours.
pub fn config(id: SessionId, dialect: Dialect, limits: Limits) -> Config {
    Config {
        id,
        dialect,
        bootstrap: Bootstrap::Fetch,
        limits: limits.into(),
        identity: None,
        handoffs: true,
    }
}

/// Octets after octets.
pub fn cat(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// Octets as the characters U+0000 to U+00FF.
pub fn shown(octets: &[u8]) -> String {
    octets.iter().map(|octet| char::from(*octet)).collect()
}

/// What [`shown`] shows, as octets again.
pub fn octets(shown: &str) -> Vec<u8> {
    shown.chars().map(|octet| u8::try_from(octet).expect("one octet a character")).collect()
}

/// The current text's message to a resolver of the peer: `value` is its Syrup.
pub fn fulfilled(resolver: u64, value: &str) -> String {
    format!("<10'op:deliver<11'desc:export{resolver}+>[7'fulfill{value}]ff>")
}

/// The current text's message that breaks a promise of the peer.
pub fn broken(resolver: u64, error: &str) -> String {
    let length = error.len();
    format!("<10'op:deliver<11'desc:export{resolver}+>[5'break<10'desc:error{length}\"{error}>]ff>")
}

/// A position given back that was sent once.
pub fn given_back(position: u64) -> String {
    format!("<13'op:gc-exports[{position}+][1+]>")
}

/// An abort.
pub fn abort(reason: &str) -> String {
    format!("<8'op:abort{}\"{reason}>", reason.len())
}

/// SHA-256 of SHA-256.
pub fn twice(octets: &[u8]) -> [u8; 32] {
    Sha256::digest(Sha256::digest(octets)).into()
}

/// The seed of our key in a session: another one in each.
fn our_seed(id: SessionId) -> u8 {
    u8::try_from(id.0 + 100).expect("few sessions")
}
