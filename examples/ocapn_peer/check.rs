//! Another peer, to show that the objects answer: what the suite does with each, in short.
//!
//! Only a vat that is reached by `tcp-testing-only` can reach out by it, so the visitor is an
//! object too: it does the calling, and tells its owner what it heard.

use std::net::Ipv4Addr;
use std::path::Path;

use hogshead::stock::enliven::Enliven;
use hogshead::{
    Cap, Context, Host, Locator, Promise, Resolver, Result, SturdyRef, TcpFraming, Typed, Value,
    codec,
};
use serde::{Deserialize, Serialize};

use crate::objects::{
    CAR_FACTORY_BUILDER, CarFactoryBuilder, ECHO_GC, Echo, GREETER, Greeter, Listener,
    PROMISE_RESOLVER, PromiseResolver, STURDYREF_ENLIVENER, SturdyrefEnlivener,
};
use crate::{Outcome, VAT, sturdyref};

/// Starts a second host, whose visitor calls every object of the first.
pub async fn call_everything(data: &Path, peer: &Locator, framing: TcpFraming) -> Outcome {
    let mut host = Host::builder(data)
        .register::<Tourist>()
        .register::<Ear>()
        .without_control_socket()
        .start()
        .await?;
    let client = host.client().await?;
    let admin = client.admin();
    admin.ask().vat_new(VAT.into()).await?;
    host.listen_tcp_testing(VAT, (Ipv4Addr::LOCALHOST, 0).into(), framing)?;
    let enliven = admin.ask().enlivener(VAT.into()).await?;
    let made = admin.ask().spawn(VAT.into(), Tourist::KIND.name.into(), enliven, None).await?;
    let visitor = client.handle(&made).ok_or("no reference")?.cast::<dyn Visitor>();
    let at = |swiss| sturdyref(peer, swiss);

    let sound = visitor.ask().drive(at(CAR_FACTORY_BUILDER)).await?;
    assert_eq!(sound, "Vroom! I am a red zoomracer car!");
    let said = Value::list(["foo".into(), 1_u64.into(), false.into(), Value::list([])]);
    let heard = visitor.ask().shout(at(ECHO_GC), said.clone()).await?;
    assert_eq!(heard, said);
    assert_eq!(visitor.ask().be_greeted(at(GREETER)).await?, "Hello");
    let kept = visitor.ask().wait(at(PROMISE_RESOLVER), "kept".into()).await?;
    assert_eq!(kept, "kept");
    let sound = visitor.ask().drive_by(at(STURDYREF_ENLIVENER), at(CAR_FACTORY_BUILDER)).await?;
    assert_eq!(sound, "Vroom! I am a red zoomracer car!");
    println!("a visitor drove, shouted, was greeted, waited, and was led");

    host.shutdown().await?;
    Ok(())
}

/// What the visitor can be asked to do.
#[hogshead::interface]
pub trait Visitor {
    /// Has a car built and drives it, in one round trip.
    fn drive(&self, cx: &mut Context<'_>, builder: SturdyRef) -> Result<Promise<String>>;

    /// Says something to an echo.
    fn shout(&self, cx: &mut Context<'_>, echo: SturdyRef, words: Value) -> Result<Promise<Value>>;

    /// Asks a greeter for a greeting.
    fn be_greeted(&self, cx: &mut Context<'_>, greeter: SturdyRef) -> Result<Promise<String>>;

    /// Asks for a promise, and settles it with `word`.
    fn wait(&self, cx: &mut Context<'_>, maker: SturdyRef, word: String)
    -> Result<Promise<String>>;

    /// The same as `drive`, with a builder that somebody else has found.
    fn drive_by(
        &self,
        cx: &mut Context<'_>,
        enlivener: SturdyRef,
        builder: SturdyRef,
    ) -> Result<Promise<String>>;
}

/// The visitor.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Tourist {
    device: Cap<dyn Enliven>,
}

#[hogshead::object(
    name = "tourist",
    version = 1,
    construct = codec::from_value,
    continuations
)]
impl Visitor for Tourist {
    fn drive(&self, cx: &mut Context<'_>, builder: SturdyRef) -> Result<Promise<String>> {
        let builder = self.reach(cx, builder)?;
        drive_one_of(cx, builder)
    }

    fn shout(&self, cx: &mut Context<'_>, echo: SturdyRef, words: Value) -> Result<Promise<Value>> {
        let echo = self.reach::<dyn Echo>(cx, echo)?;
        let words = codec::from_value(words)?;
        Ok(echo.send(cx).echo(words)?.cast())
    }

    fn be_greeted(&self, cx: &mut Context<'_>, greeter: SturdyRef) -> Result<Promise<String>> {
        let (greeting, heard) = cx.promise()?;
        let ear = cx.spawn(Ear { heard })?;
        self.reach::<dyn Greeter>(cx, greeter)?.tell(cx).greet(ear)?;
        Ok(greeting)
    }

    fn wait(
        &self,
        cx: &mut Context<'_>,
        maker: SturdyRef,
        word: String,
    ) -> Result<Promise<String>> {
        let pair = self.reach::<dyn PromiseResolver>(cx, maker)?.send(cx).make()?;
        Ok(pair.then(cx, Self::on_pair, word)?.cast())
    }

    fn drive_by(
        &self,
        cx: &mut Context<'_>,
        enlivener: SturdyRef,
        builder: SturdyRef,
    ) -> Result<Promise<String>> {
        let enlivener = self.reach::<dyn SturdyrefEnlivener>(cx, enlivener)?;
        let builder = enlivener.send(cx).enliven(builder)?.cast();
        drive_one_of(cx, builder)
    }
}

#[hogshead::continuations]
impl Tourist {
    /// Settles the promise that was asked for; whoever asked waits for it.
    #[continuation]
    fn on_pair(
        &mut self,
        cx: &mut Context<'_>,
        pair: Result<(Promise, Resolver)>,
        word: String,
    ) -> Result<Promise<Value>> {
        let (promise, resolver) = pair?;
        resolver.fulfill(cx, word.into())?;
        Ok(promise)
    }
}

impl Tourist {
    /// The promise of what a sturdyref leads to, to which one can send at once.
    fn reach<I: ?Sized>(
        &self,
        cx: &mut Context<'_>,
        sturdyref: SturdyRef,
    ) -> Result<Promise<Cap<I>>> {
        Ok(self.device.send(cx).enliven(sturdyref)?.cast())
    }
}

/// Three messages, each to the promise of the answer before it.
fn drive_one_of(
    cx: &mut Context<'_>,
    builder: Promise<Cap<dyn CarFactoryBuilder>>,
) -> Result<Promise<String>> {
    let factory = builder.send(cx).build()?;
    let car = factory.send(cx).make(("red".into(), "zoomracer".into()))?;
    car.send(cx).drive()
}

/// Hears one greeting, and passes it on.
#[derive(Serialize, Deserialize)]
struct Ear {
    heard: Resolver<String>,
}

#[hogshead::object(name = "ear", version = 1)]
impl Listener for Ear {
    fn hear(&mut self, cx: &mut Context<'_>, words: String) -> Result<Value> {
        self.heard.fulfill(cx, words)?;
        Ok(Value::Undefined)
    }
}
