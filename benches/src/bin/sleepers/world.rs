//! All that the sleepers of a vat deal with: mail, calendar and owner in one, and who starts them.

use std::collections::BTreeMap;

use bytes::Bytes;
use hogshead::script::{Allowance, Scripts, ScriptsLibrary, Start};
use hogshead::stock::clock::Clock;
use hogshead::stored::StoredMap;
use hogshead::{Cap, Context, Error, Message, Promise, Resolver, Result, Value};
use serde::{Deserialize, Serialize};

/// The name of the kind.
pub const KIND: &str = "bench/world";

/// The world of a vat's sleepers.
#[hogshead::interface]
pub trait World {
    /// Starts so many processes; fulfilled when all of them have sent their letters and wait.
    fn start(
        &mut self,
        cx: &mut Context<'_>,
        code: Bytes,
        clock: Cap<dyn Clock>,
        count: u64,
    ) -> Result<Promise<()>>;

    /// Answers a letter; fulfilled when the process that sent it has asked its calendar again.
    fn wake(&mut self, cx: &mut Context<'_>, letter: u64) -> Result<Promise<()>>;

    /// Fulfilled when the process that was woken last has sent its last letter.
    fn agreed(&mut self, cx: &mut Context<'_>, letter: u64) -> Result<Promise<()>>;

    /// What the scripts say.
    #[method(any)]
    fn serve(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value>;
}

/// The kind.
#[derive(Serialize, Deserialize, Default)]
pub struct WorldKind {
    library: Option<Cap<dyn Scripts>>,
    letters: u64,
    /// At how many letters somebody is to be told.
    wanted: u64,
    all_wait: Option<Resolver<()>>,
    /// The answers to letters, which nobody has given.
    unanswered: StoredMap<u64, Resolver>,
    waking: Option<Resolver<()>>,
    agreeing: Option<Resolver<()>>,
    /// The process that was woken last has sent its last letter.
    agreed: bool,
}

impl WorldKind {
    fn construct(_: Value) -> Result<Self> {
        Ok(Self::default())
    }
}

#[hogshead::object(name = "bench/world", version = 1, construct = WorldKind::construct)]
impl World for WorldKind {
    fn start(
        &mut self,
        cx: &mut Context<'_>,
        code: Bytes,
        clock: Cap<dyn Clock>,
        count: u64,
    ) -> Result<Promise<()>> {
        let library = match self.library {
            Some(library) => library,
            None => cx.spawn(ScriptsLibrary::new([7; 32], None))?,
        };
        self.library = Some(library);
        let this: Cap<dyn World> = cx.this()?;
        let mut grants = BTreeMap::from([("clock".to_owned(), clock.cast())]);
        grants.extend(["mail", "calendar", "me"].map(|name| (name.to_owned(), this.cast())));
        let order = Value::structure([
            ("guest", Value::from("bob")),
            ("topic", "boats".into()),
            ("slots", Value::list([Value::from("Tuesday")])),
        ]);
        for _ in 0..count {
            let start = Start {
                code: code.clone(),
                name: "meeting.js".to_owned(),
                grants: grants.clone(),
                args: vec![order.clone()],
                allowance: Allowance::default(),
            };
            library.near(cx).start(start)?;
        }
        let (promise, resolver) = cx.promise()?;
        (self.wanted, self.all_wait) = (self.letters + count, Some(resolver));
        Ok(promise)
    }

    fn wake(&mut self, cx: &mut Context<'_>, letter: u64) -> Result<Promise<()>> {
        let resolver = self.unanswered.remove(cx, &letter)?;
        let resolver = resolver.ok_or_else(|| Error::bad_call("there is no such letter"))?;
        resolver.fulfill(cx, "Tuesday".into())?;
        let (promise, resolver) = cx.promise()?;
        (self.waking, self.agreed) = (Some(resolver), false);
        Ok(promise)
    }

    fn agreed(&mut self, cx: &mut Context<'_>, _letter: u64) -> Result<Promise<()>> {
        let (promise, resolver) = cx.promise()?;
        if self.agreed {
            resolver.fulfill(cx, ())?;
        } else {
            self.agreeing = Some(resolver);
        }
        Ok(promise)
    }

    fn serve(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value> {
        match message.symbol() {
            Some("isFree") => {
                tell(cx, &mut self.waking)?;
                Ok(true.into())
            }
            Some("ask") => Ok(true.into()),
            Some("book") => Ok(Value::Undefined),
            Some("send") if is_last(&message) => {
                self.agreed = true;
                tell(cx, &mut self.agreeing)?;
                Ok(Value::Undefined)
            }
            Some("send") => {
                self.letters += 1;
                Ok(Value::Float(self.letters as f64))
            }
            Some("replyTo") => {
                let Some(Value::Float(letter)) = message.values.get(1) else {
                    return Err(Error::bad_call("which letter?"));
                };
                let (promise, resolver) = cx.promise()?;
                self.unanswered.insert(cx, *letter as u64, resolver)?;
                if self.unanswered.len() == self.wanted {
                    tell(cx, &mut self.all_wait)?;
                }
                Ok(Value::Ref(promise.untyped()))
            }
            _ => Err(Error::bad_call("the world does not know that")),
        }
    }
}

/// Whether it is the letter that a meeting ends with.
fn is_last(message: &Message) -> bool {
    let subject = message.values.get(2).and_then(Value::as_str);
    subject.is_some_and(|subject| subject.starts_with("Agreed"))
}

fn tell(cx: &mut Context<'_>, waiting: &mut Option<Resolver<()>>) -> Result<()> {
    waiting.take().map_or(Ok(()), |resolver| resolver.fulfill(cx, ()))
}
