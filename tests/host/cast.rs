//! The stage of the stories: hosts, their owners, and an object that does what it is told.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use hogshead::admin::SessionInfo;
use hogshead::codec::{from_value, to_value};
use hogshead::stock::counter::Counter;
use hogshead::{
    Cap, Client, Context, Error, Handle, Host, HostBuilder, Message, Promise, Resolver, Result,
    Value,
};
use serde::{Deserialize, Serialize};

/// Does what it is told with what it was given.
#[hogshead::interface]
pub trait Actor {
    /// Keeps something under a word.
    fn keep(&mut self, cx: &mut Context<'_>, word: String, what: Value) -> Result<()>;

    /// What is kept under a word.
    fn kept(&self, cx: &mut Context<'_>, word: String) -> Result<Value>;

    /// Forgets what is kept under a word.
    fn forget(&mut self, cx: &mut Context<'_>, word: String) -> Result<()>;

    /// Whether this is what is kept under a word: the same reference, not one that does the same.
    fn is_kept(&self, cx: &mut Context<'_>, word: String, what: Value) -> Result<bool>;

    /// Notes a text.
    fn note(&mut self, cx: &mut Context<'_>, text: String) -> Result<u64>;

    /// The texts that were noted, in order.
    fn notes(&self, cx: &mut Context<'_>) -> Result<Vec<String>>;

    /// A promise that `decide` will settle.
    fn later(&mut self, cx: &mut Context<'_>) -> Result<Promise<Value>>;

    /// Settles all promises that `later` gave; an absent value breaks them.
    fn decide(&mut self, cx: &mut Context<'_>, with: Option<Value>) -> Result<u64>;

    /// Sends a message to what is kept under a word; gives the promise of its answer.
    fn ask(
        &mut self,
        cx: &mut Context<'_>,
        word: String,
        method: String,
        args: Vec<Value>,
    ) -> Result<Promise<Value>>;

    /// Sends a message to what is kept under a word, so many times, and wants no answer.
    fn tell(
        &mut self,
        cx: &mut Context<'_>,
        word: String,
        method: String,
        args: Vec<Value>,
        times: u64,
    ) -> Result<()>;

    /// Asks, and notes what came of it.
    fn ask_and_note(
        &mut self,
        cx: &mut Context<'_>,
        word: String,
        method: String,
        args: Vec<Value>,
    ) -> Result<Promise<String>>;

    /// Asks, and keeps the promise of the answer under another word.
    fn ask_and_keep(
        &mut self,
        cx: &mut Context<'_>,
        word: String,
        method: String,
        args: Vec<Value>,
        under: String,
    ) -> Result<()>;

    /// Asks, and keeps what came of it, once that is known, under another word.
    fn get(
        &mut self,
        cx: &mut Context<'_>,
        word: String,
        method: String,
        args: Vec<Value>,
        under: String,
    ) -> Result<Promise<()>>;

    /// Sends a message to what is kept under `to`, with what is kept under `what` as its last
    /// argument; gives the promise of its answer.
    fn give(
        &mut self,
        cx: &mut Context<'_>,
        what: String,
        to: String,
        method: String,
        args: Vec<Value>,
    ) -> Result<Promise<Value>>;

    /// Keeps something under a word, and sends it a message at once.
    fn keep_and_ask(
        &mut self,
        cx: &mut Context<'_>,
        word: String,
        method: String,
        args: Vec<Value>,
        what: Value,
    ) -> Result<Promise<Value>>;

    /// Sends itself a message that does the same, for ever; `forget("spin")` ends it.
    fn spin(&mut self, cx: &mut Context<'_>) -> Result<()>;

    /// Spawns a counter and keeps nothing of it.
    fn counter(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Counter>>;

    /// Panics.
    fn panic(&mut self, cx: &mut Context<'_>) -> Result<()>;
}

#[derive(Serialize, Deserialize, Default)]
pub struct Player {
    kept: BTreeMap<String, Value>,
    notes: Vec<String>,
    open: Vec<Resolver<Value>>,
    turns: u64,
}

#[hogshead::object(name = "actor", version = 1, construct = Player::born, continuations)]
impl Actor for Player {
    fn keep(&mut self, _: &mut Context<'_>, word: String, what: Value) -> Result<()> {
        self.kept.insert(word, what);
        Ok(())
    }

    fn kept(&self, _: &mut Context<'_>, word: String) -> Result<Value> {
        self.kept.get(&word).cloned().ok_or_else(|| Error::refused("nothing is kept under it"))
    }

    fn forget(&mut self, _: &mut Context<'_>, word: String) -> Result<()> {
        self.kept.remove(&word);
        Ok(())
    }

    fn is_kept(&self, _: &mut Context<'_>, word: String, what: Value) -> Result<bool> {
        Ok(self.kept.get(&word) == Some(&what))
    }

    fn note(&mut self, _: &mut Context<'_>, text: String) -> Result<u64> {
        self.notes.push(text);
        Ok(self.notes.len() as u64)
    }

    fn notes(&self, _: &mut Context<'_>) -> Result<Vec<String>> {
        Ok(self.notes.clone())
    }

    fn later(&mut self, cx: &mut Context<'_>) -> Result<Promise<Value>> {
        let (promise, resolver) = cx.promise()?;
        self.open.push(resolver);
        Ok(promise)
    }

    fn decide(&mut self, cx: &mut Context<'_>, with: Option<Value>) -> Result<u64> {
        let open = std::mem::take(&mut self.open);
        for resolver in &open {
            match &with {
                Some(value) => resolver.fulfill(cx, value.clone())?,
                None => resolver.break_(cx, Error::refused("decided against it"))?,
            }
        }
        Ok(open.len() as u64)
    }

    fn ask(
        &mut self,
        cx: &mut Context<'_>,
        word: String,
        method: String,
        args: Vec<Value>,
    ) -> Result<Promise<Value>> {
        let to: Cap = from_value(self.kept(cx, word)?)?;
        Ok(cx.send(to, Message::new(method, args))?.cast())
    }

    fn tell(
        &mut self,
        cx: &mut Context<'_>,
        word: String,
        method: String,
        args: Vec<Value>,
        times: u64,
    ) -> Result<()> {
        let to: Cap = from_value(self.kept(cx, word)?)?;
        for _ in 0..times {
            cx.tell(to, Message::new(method.clone(), args.clone()))?;
        }
        Ok(())
    }

    fn ask_and_note(
        &mut self,
        cx: &mut Context<'_>,
        word: String,
        method: String,
        args: Vec<Value>,
    ) -> Result<Promise<String>> {
        let answer = self.ask(cx, word, method.clone(), args)?;
        answer.then(cx, Self::noted, method)
    }

    fn ask_and_keep(
        &mut self,
        cx: &mut Context<'_>,
        word: String,
        method: String,
        args: Vec<Value>,
        under: String,
    ) -> Result<()> {
        let answer = self.ask(cx, word, method, args)?;
        self.kept.insert(under, to_value(&answer)?);
        Ok(())
    }

    fn get(
        &mut self,
        cx: &mut Context<'_>,
        word: String,
        method: String,
        args: Vec<Value>,
        under: String,
    ) -> Result<Promise<()>> {
        self.ask(cx, word, method, args)?.then(cx, Self::got, under)
    }

    fn give(
        &mut self,
        cx: &mut Context<'_>,
        what: String,
        to: String,
        method: String,
        mut args: Vec<Value>,
    ) -> Result<Promise<Value>> {
        args.push(self.kept(cx, what)?);
        self.ask(cx, to, method, args)
    }

    fn keep_and_ask(
        &mut self,
        cx: &mut Context<'_>,
        word: String,
        method: String,
        args: Vec<Value>,
        what: Value,
    ) -> Result<Promise<Value>> {
        self.kept.insert(word.clone(), what);
        self.ask(cx, word, method, args)
    }

    fn spin(&mut self, cx: &mut Context<'_>) -> Result<()> {
        self.turns += 1;
        if self.turns == 1 {
            self.kept.insert("spin".into(), Value::Bool(true));
        }
        if self.kept.contains_key("spin") {
            cx.this::<dyn Actor>()?.tell(cx).spin()?;
        }
        Ok(())
    }

    fn counter(&mut self, cx: &mut Context<'_>) -> Result<Cap<dyn Counter>> {
        cx.spawn(hogshead::stock::counter::Tally::default())
    }

    fn panic(&mut self, _: &mut Context<'_>) -> Result<()> {
        panic!("told to panic")
    }
}

#[hogshead::continuations]
impl Player {
    #[continuation]
    fn noted(
        &mut self,
        _: &mut Context<'_>,
        settled: Result<Value>,
        method: String,
    ) -> Result<String> {
        let text = match settled {
            Ok(Value::Ref(_)) => format!("{method}: a reference"),
            Ok(value) => format!("{method}: {value}"),
            Err(error) => format!("{method}: {error}"),
        };
        self.notes.push(text.clone());
        Ok(text)
    }

    #[continuation]
    fn got(&mut self, _: &mut Context<'_>, answer: Result<Value>, under: String) -> Result<()> {
        self.kept.insert(under, answer?);
        Ok(())
    }
}

impl Player {
    fn born(_: Value) -> Result<Self> {
        Ok(Self::default())
    }
}

/// A host that knows the actor, listens, and never evicts by itself.
pub fn builder(data: &Path) -> HostBuilder {
    let _ = tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("HOGSHEAD_LOG"))
        .with_test_writer()
        .try_init();
    Host::builder(data)
        .listen("127.0.0.1:0".parse().unwrap())
        .idle(Duration::from_secs(3600))
        .turn_threads(2)
        .register::<Player>()
        .register::<super::patterns::grants::Gate>()
        .register::<super::patterns::witness::Scribe>()
}

/// Starts [`builder`]'s host.
pub async fn start(data: &Path) -> Host {
    builder(data).start().await.unwrap()
}

/// Something of a kind in a vat.
pub async fn spawn<I: ?Sized>(client: &Client, vat: &str, kind: &str, name: &str) -> Handle<I> {
    let spawned = client
        .admin()
        .ask()
        .spawn(vat.into(), kind.into(), Value::Undefined, Some(name.into()))
        .await
        .unwrap();
    client.handle(&spawned).unwrap().cast()
}

/// An actor in a new vat of its own; vat and actor have the same name.
pub async fn cast(client: &Client, name: &str) -> Handle<dyn Actor> {
    client.admin().ask().vat_new(name.into()).await.unwrap();
    spawn(client, name, "hogshead/actor", name).await
}

/// What the owner's directory has under a name.
pub async fn look_up<I: ?Sized>(client: &Client, name: &str) -> Handle<I> {
    let found = client.admin().ask().lookup(name.into()).await.unwrap();
    client.handle(&found).unwrap().cast()
}

/// A sturdyref of `host` for what `handle` is, used by a client of another host.
pub async fn over_to<I: ?Sized>(handle: &Handle<I>, other: &Client) -> Handle<I> {
    let admin = handle.client().admin();
    let shared = admin.ask().share(handle.value(), None, "over".into()).await.unwrap();
    let live = other.admin().ask().enliven(shared).await.unwrap();
    other.handle(&live).unwrap().cast()
}

/// Bounds what must not hang.
pub async fn soon<F: Future>(what: F) -> F::Output {
    tokio::time::timeout(PATIENCE, what).await.expect("this should have ended long ago")
}

/// Looks again until it is so.
pub async fn until<F: Future<Output = bool>>(what: &str, mut is_so: impl FnMut() -> F) {
    let so = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, so).await;
    assert!(waited.is_ok(), "it never came to be that {what}");
}

/// How many objects a vat has.
pub async fn objects(client: &Client, vat: &str) -> usize {
    client.admin().ask().vat_show(vat.into()).await.unwrap().objects.len()
}

/// The sessions of a vat, without those of which nothing but a fork's evidence is left.
pub async fn sessions(client: &Client, vat: &str) -> Vec<SessionInfo> {
    let mut sessions = client.admin().ask().vat_show(vat.into()).await.unwrap().sessions;
    sessions.retain(|session| session.fork.is_none());
    sessions
}

/// The sessions that a vat has with another, which may be of another host.
pub async fn sessions_between(
    (client, vat): (&Client, &str),
    (of_other, other): (&Client, &str),
) -> Vec<SessionInfo> {
    let other = of_other.admin().ask().vat_show(other.into()).await.unwrap().info.id;
    let mut sessions = sessions(client, vat).await;
    sessions.retain(|session| session.peer == other);
    sessions
}

/// Longer than anything takes on a machine that does other things as well.
const PATIENCE: Duration = Duration::from_secs(60);
