//! Calls from outside a vat: a CapTP session with vat zero, by the owner's private socket or
//! within the process.
//!
//! ```text
//!   handle.ask().increment(5) ──▶ Session ──frames──▶ vat zero ──▶ the object, wherever it is
//!            ◀── the answer ─────────┘ ◀──frames──
//! ```
//!
//! A client is volatile: what it holds is let go when it closes, and a call that is cut off by a
//! crash reports that its outcome is unknown.

pub(crate) mod heap;

use std::fmt;
use std::marker::PhantomData;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ed25519_dalek::SigningKey;
use hogshead_captp::{Bootstrap, Config, Event, Hello, Session};
use hogshead_netlayer::{FrameReceiver, FrameSender, Limits};
use hogshead_objects::heap::Heap as _;
use hogshead_objects::ids::SessionId;
use hogshead_objects::interface::{Ask, Asked, Interface};
use hogshead_objects::locator::Locator;
use hogshead_objects::{Cap, Class, Error, Far, Message, Place, Ref, Result, Untyped, Value};
use tokio::sync::oneshot;

use self::heap::VolatileHeap;
use crate::admin::Admin;
use crate::host::carrier::Outbox;
use crate::host::{Clock, Entropy, SystemClock, SystemEntropy};

/// A caller from outside any vat. Clones share one session.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    state: Mutex<State>,
    outbox: Outbox,
    bootstrap: Ref,
}

struct State {
    session: Session,
    heap: VolatileHeap,
    ended: Option<Error>,
    /// Who wants to know why it ended.
    watchers: Vec<oneshot::Sender<Error>>,
}

/// What a caller from outside has of its own instead of a host's.
pub(crate) struct Means {
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
}

impl Default for Means {
    fn default() -> Self {
        Self { clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) }
    }
}

/// A reference held from outside: as long as a clone of the handle lives, its object does.
pub struct Handle<I: ?Sized = Untyped> {
    hold: Arc<Hold>,
    interface: PhantomData<fn(&I)>,
}

struct Hold {
    client: Client,
    reference: Ref,
}

impl Client {
    /// Connects to the host whose private socket this is. The bootstrap object is its admin.
    pub async fn connect(socket: &Path) -> Result<Self> {
        let unreachable = |e: &dyn fmt::Display| Error::new(Class::Severed, e.to_string());
        let channel = hogshead_netlayer::local::connect(socket, &Limits::default())
            .await
            .map_err(|e| unreachable(&e))?;
        Self::over(channel.tx, channel.rx, Means::default()).await
    }

    /// Begins a session over a pair of frame streams.
    pub(crate) async fn over(tx: FrameSender, mut rx: FrameReceiver, means: Means) -> Result<Self> {
        let id = SessionId(1);
        let config = Config {
            id,
            dialect: hogshead_captp::Dialect::default(),
            bootstrap: Bootstrap::Fetch,
            limits: hogshead_captp::limits::Limits::default().into(),
            identity: None,
            handoffs: false,
        };
        let mut session = Session::dial(config, caller_hello(&*means.entropy));
        let gone = |e: String| Error::new(Class::Severed, e);
        tx.send_many(session.take_frames()).await.map_err(|e| gone(e.to_string()))?;
        let frame = rx
            .recv()
            .await
            .map_err(|e| gone(e.to_string()))?
            .ok_or_else(|| gone("the host takes no more callers now".to_owned()))?;
        match session.handle_frame(&frame).map_err(|v| Error::from(&v))? {
            Event::Established(_) => {}
            Event::Aborted(reason) => return Err(gone(reason)),
            Event::Operation(_) => return Err(gone("the host said no hello".to_owned())),
        }
        let mut heap = VolatileHeap::new(means);
        let bootstrap = heap.bootstrap(id);
        let outbox = Outbox::new(tx);
        let state = Mutex::new(State { session, heap, ended: None, watchers: Vec::new() });
        let inner = Arc::new(Inner { state, outbox, bootstrap });
        tokio::spawn(read(Arc::downgrade(&inner), rx));
        Ok(Self { inner })
    }

    /// The owner's admin object.
    pub fn admin(&self) -> Handle<dyn Admin> {
        self.handle_of(self.inner.bootstrap)
    }

    /// A handle on a reference that an answer brought.
    ///
    /// A reference in an answer stays alive as long as the client, or until the last handle that
    /// was made on it is dropped.
    pub fn handle(&self, value: &Value) -> Option<Handle> {
        match value {
            Value::Ref(reference) => Some(self.take_over(*reference)),
            _ => None,
        }
    }

    /// A handle on a cap that an answer brought.
    pub fn handle_on<I: ?Sized>(&self, cap: &Cap<I>) -> Handle<I> {
        self.take_over(cap.untyped())
    }

    fn take_over<I: ?Sized>(&self, reference: Ref) -> Handle<I> {
        self.inner.state().heap.pin(reference);
        self.handle_of(reference)
    }

    fn handle_of<I: ?Sized>(&self, reference: Ref) -> Handle<I> {
        let hold = Arc::new(Hold { client: self.clone(), reference });
        Handle { hold, interface: PhantomData }
    }

    /// Sends a message and gives at once a handle on the promise of its answer, to which further
    /// messages can be sent, beside the answer itself.
    pub fn pipeline<I: ?Sized>(
        &self,
        target: &Handle<I>,
        message: Message,
    ) -> (Result<Handle>, Asked) {
        match self.send(target.hold.reference, message) {
            Ok((promise, answer)) => (Ok(promise), answer),
            Err(error) => {
                let same = error.clone();
                (Err(error), Box::pin(async move { Err(same) }))
            }
        }
    }

    fn send(&self, target: Ref, message: Message) -> Result<(Handle, Asked)> {
        let mut state = self.inner.state();
        if let Some(error) = &state.ended {
            return Err(error.clone());
        }
        let State { session, heap, .. } = &mut *state;
        let (promise, told) = heap.ask(session.id(), target, message)?;
        flush(session, heap, &self.inner.outbox)?;
        drop(state);
        let promise: Handle = self.handle_of(Ref::Promise(promise));
        let held = promise.clone();
        let answer = async move {
            let answer = told.await;
            // The promise is let go only now: dropping it earlier would withdraw the question.
            drop(held);
            answer.unwrap_or_else(|_| Err(Error::new(Class::Severed, "the client was closed")))
        };
        Ok((promise, Box::pin(answer)))
    }
}

impl<I: ?Sized> Handle<I> {
    /// The same reference, seen as another interface. The facet is what is checked, so this
    /// grants nothing.
    pub fn cast<J: ?Sized>(&self) -> Handle<J> {
        Handle { hold: Arc::clone(&self.hold), interface: PhantomData }
    }

    /// Sends a message and waits for its answer.
    pub async fn call(&self, message: Message) -> Result<Value> {
        self.ask_message(message).await
    }

    /// Waits until the session ends that this reference came over, and gives the reason: that
    /// between the host and the object's vat, or that between this caller and the host.
    ///
    /// From then on the reference is broken; whoever has a sturdyref enlivens it again. If this is
    /// a promise, the session is that of what it leads to, and if it breaks, that is the reason.
    pub async fn on_sever(&self) -> Error {
        let client = self.client();
        let (tell, told) = oneshot::channel();
        {
            let mut state = client.inner.state();
            if let Some(why) = &state.ended {
                return why.clone();
            }
            state.watchers.retain(|watcher| !watcher.is_closed());
            state.watchers.push(tell);
        }
        let admin = client.admin();
        let asked = admin.ask().on_sever(self.value());
        tokio::select! {
            biased;
            why = told => why.unwrap_or_else(|_| Error::new(Class::Severed, "the client is gone")),
            answer = asked => {
                // A call that was cut off itself says less than why it was.
                let ended = client.inner.state().ended.clone();
                ended.unwrap_or(answer.unwrap_or_else(|why| why))
            }
        }
    }

    /// The reference as a value, to be passed as an argument on the same client.
    pub fn value(&self) -> Value {
        Value::Ref(self.hold.reference)
    }

    /// The reference as a cap, to be passed as an argument on the same client.
    pub fn cap(&self) -> Cap<I> {
        Cap::from(self.hold.reference)
    }

    /// The client that holds it.
    pub fn client(&self) -> &Client {
        &self.hold.client
    }

    fn ask_message(&self, message: Message) -> Asked {
        match self.hold.client.send(self.hold.reference, message) {
            Ok((_, answer)) => answer,
            Err(error) => Box::pin(async move { Err(error) }),
        }
    }
}

impl<I: Interface + ?Sized> Handle<I> {
    /// The typed client: `handle.ask().increment(5).await?`.
    pub fn ask(&self) -> I::Asking<'_> {
        I::asking(self)
    }
}

impl<I: ?Sized> Ask for Handle<I> {
    fn ask(&self, message: Message) -> Asked {
        self.ask_message(message)
    }
}

impl<I: ?Sized> Clone for Handle<I> {
    fn clone(&self) -> Self {
        self.cast()
    }
}

impl<I: ?Sized> fmt::Debug for Handle<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handle(…)")
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if self.reference == self.client.inner.bootstrap {
            return;
        }
        let mut state = self.client.inner.state();
        let State { session, heap, ended, .. } = &mut *state;
        if ended.is_none() {
            heap.unpin(self.reference);
            // A session that cannot send has ended; its reader says so to those who wait.
            let _ = flush(session, heap, &self.client.inner.outbox);
        }
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends what session and heap have to say.
fn flush(session: &mut Session, heap: &mut VolatileHeap, outbox: &Outbox) -> Result<()> {
    heap.hand_over(session)?;
    session.write_rows(heap.records());
    let operations = session.take_operations();
    let frames: Vec<_> = operations.iter().map(|op| session.encode(op)).collect();
    if frames.is_empty() { Ok(()) } else { outbox.send(frames) }
}

/// Reads until the host or the last clone of the client is gone.
async fn read(client: std::sync::Weak<Inner>, mut rx: FrameReceiver) {
    let why = loop {
        let frame = match rx.recv().await {
            Ok(Some(frame)) => frame,
            Ok(None) => break "the host closed the session".to_owned(),
            Err(error) => break error.to_string(),
        };
        let Some(inner) = client.upgrade() else { return };
        let mut state = inner.state();
        let State { session, heap, .. } = &mut *state;
        let done = match session.handle_frame(&frame) {
            Ok(Event::Operation(operation)) => session
                .handle_operation(operation, heap)
                .map_err(|e| e.to_string())
                .and_then(|()| flush(session, heap, &inner.outbox).map_err(|e| e.to_string())),
            Ok(Event::Aborted(reason)) => Err(reason),
            Ok(Event::Established(_)) => Ok(()),
            Err(violation) => Err(violation.to_string()),
        };
        if let Err(why) = done {
            break why;
        }
    };
    let Some(inner) = client.upgrade() else { return };
    let mut state = inner.state();
    let severed = Error::new(Class::Severed, why.clone());
    state.ended = Some(severed.clone());
    for watcher in state.watchers.drain(..) {
        // Whoever waited may have stopped waiting.
        let _ = watcher.send(severed.clone());
    }
    let unknown = format!("cut off ({why}): it may have happened or not");
    state.heap.break_all(&Error::new(Class::OutcomeUnknown, unknown));
}

/// A caller from outside has no vat; its location names nothing that could be dialled.
fn caller_hello(entropy: &dyn Entropy) -> Hello {
    let mut seed = [0; 32];
    entropy.fill(&mut seed);
    let key = SigningKey::from_bytes(&seed);
    let designator =
        data_encoding::BASE32_NOPAD.encode(key.verifying_key().as_bytes()).to_ascii_lowercase();
    let location = Locator { designator, transport: "hogcaller".into(), hints: None };
    Hello { key, location, expected_peer: None }
}

/// The place of the bootstrap object in a session.
pub(crate) fn bootstrap_far(session: SessionId) -> Far {
    Far { session, place: Place::Export(0) }
}
