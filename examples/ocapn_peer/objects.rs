//! The objects that the suite expects of a peer, each at a swiss number that everybody knows.
//!
//! The suite calls objects as functions: its messages name no method, so each interface here has
//! one method, marked `#[method(apply)]`.

use hogshead::stock::enliven::Enliven;
use hogshead::{Cap, Context, Promise, Resolver, Result, SturdyRef, Symbol, Value};
use serde::{Deserialize, Serialize};

/// Where the suite looks for a [`Builder`].
pub const CAR_FACTORY_BUILDER: &str = "JadQ0++RzsD4M+40uLxTWVaVqM10DcBJ";
/// Where it looks for an [`EchoGc`].
pub const ECHO_GC: &str = "IO58l1laTyhcrgDKbEzFOO32MDd6zE5w";
/// Where it looks for a [`GreeterOfStrangers`].
pub const GREETER: &str = "VMDDd1voKWarCe2GvgLbxbVFysNzRPzx";
/// Where it looks for a [`PromiseMaker`].
pub const PROMISE_RESOLVER: &str = "IokCxYmMj04nos2JN1TDoY1bT8dXh6Lr";
/// Where it looks for a [`Reacher`].
pub const STURDYREF_ENLIVENER: &str = "gi02I1qghIwPiKGKleCQAOhpy3ZtYRpB";

/// Builds car factories.
#[hogshead::interface]
pub trait CarFactoryBuilder {
    /// Gives a new factory.
    #[method(apply)]
    fn build(&self, cx: &mut Context<'_>) -> Result<Cap<dyn CarFactory>>;
}

/// Makes cars.
#[hogshead::interface]
pub trait CarFactory {
    /// Makes a car of this colour and model. The suite's README has a list of cars and the model
    /// first; its tests, which are what decides, send one car, `[red zoomracer]`.
    #[method(apply)]
    fn make(&self, cx: &mut Context<'_>, car: (Symbol, Symbol)) -> Result<Cap<dyn Car>>;
}

/// A car.
#[hogshead::interface]
pub trait Car {
    /// Drives, and says so.
    #[method(apply)]
    fn drive(&self, cx: &mut Context<'_>) -> Result<String>;
}

/// The car factory builder.
#[derive(Serialize, Deserialize, Default)]
pub struct Builder;

#[hogshead::object(name = "suite-car-factory-builder", version = 1, construct)]
impl CarFactoryBuilder for Builder {
    fn build(&self, cx: &mut Context<'_>) -> Result<Cap<dyn CarFactory>> {
        cx.spawn(Factory)
    }
}

/// A car factory.
#[derive(Serialize, Deserialize)]
pub struct Factory;

#[hogshead::object(name = "suite-car-factory", version = 1)]
impl CarFactory for Factory {
    fn make(
        &self,
        cx: &mut Context<'_>,
        (colour, model): (Symbol, Symbol),
    ) -> Result<Cap<dyn Car>> {
        cx.spawn(Automobile { colour, model })
    }
}

/// A car, as it is kept.
#[derive(Serialize, Deserialize)]
pub struct Automobile {
    colour: Symbol,
    model: Symbol,
}

#[hogshead::object(name = "suite-car", version = 1)]
impl Car for Automobile {
    fn drive(&self, _cx: &mut Context<'_>) -> Result<String> {
        Ok(format!("Vroom! I am a {} {} car!", self.colour, self.model))
    }
}

/// Says what it hears.
#[hogshead::interface]
pub trait Echo {
    /// Gives all arguments back.
    #[method(apply)]
    fn echo(&self, cx: &mut Context<'_>, #[rest] arguments: Vec<Value>) -> Result<Vec<Value>>;
}

/// The echo with which the suite watches references come and go. It keeps none, and what nobody
/// holds is given back to the peer with the very turn: there is no collector to be called.
#[derive(Serialize, Deserialize, Default)]
pub struct EchoGc;

#[hogshead::object(name = "suite-echo-gc", version = 1, construct)]
impl Echo for EchoGc {
    fn echo(&self, _cx: &mut Context<'_>, arguments: Vec<Value>) -> Result<Vec<Value>> {
        Ok(arguments)
    }
}

/// Greets whom it is told to greet.
#[hogshead::interface]
pub trait Greeter {
    /// Says hello to `whom`.
    #[method(apply)]
    fn greet(&self, cx: &mut Context<'_>, whom: Cap<dyn Listener>) -> Result<()>;
}

/// Whom one can talk to.
#[hogshead::interface]
pub trait Listener {
    /// Hears something.
    #[method(apply)]
    fn hear(&mut self, cx: &mut Context<'_>, words: String) -> Result<Value>;
}

/// The greeter.
#[derive(Serialize, Deserialize, Default)]
pub struct GreeterOfStrangers;

#[hogshead::object(name = "suite-greeter", version = 1, construct)]
impl Greeter for GreeterOfStrangers {
    fn greet(&self, cx: &mut Context<'_>, whom: Cap<dyn Listener>) -> Result<()> {
        // A `tell` would ask for no answer. The suite wants to see how an answer that was asked
        // for and that nobody holds is let go.
        let _ = whom.send(cx).hear("Hello".into())?;
        Ok(())
    }
}

/// Makes promises.
#[hogshead::interface]
pub trait PromiseResolver {
    /// A promise, and what settles it.
    #[method(apply)]
    fn make(&self, cx: &mut Context<'_>) -> Result<(Promise, Resolver)>;
}

/// The promise resolver. What it gives out is what every vat has: a resolver understands `fulfill`
/// and `break`.
#[derive(Serialize, Deserialize, Default)]
pub struct PromiseMaker;

#[hogshead::object(name = "suite-promise-resolver", version = 1, construct)]
impl PromiseResolver for PromiseMaker {
    fn make(&self, cx: &mut Context<'_>) -> Result<(Promise, Resolver)> {
        cx.promise()
    }
}

/// Reaches objects by sturdyrefs.
#[hogshead::interface]
pub trait SturdyrefEnlivener {
    /// The live reference that `sturdyref` leads to.
    #[method(apply)]
    fn enliven(&self, cx: &mut Context<'_>, sturdyref: SturdyRef) -> Result<Promise<Value>>;
}

/// The sturdyref enlivener. Reaching out is not in every object's power: this one was given the
/// device for it.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reacher {
    device: Cap<dyn Enliven>,
}

#[hogshead::object(
    name = "suite-sturdyref-enlivener",
    version = 1,
    construct = hogshead::codec::from_value
)]
impl SturdyrefEnlivener for Reacher {
    fn enliven(&self, cx: &mut Context<'_>, sturdyref: SturdyRef) -> Result<Promise<Value>> {
        // What the device will answer is the answer.
        self.device.send(cx).enliven(sturdyref)
    }
}
