//! Methods that cannot take any message.

use hogshead_objects::{Context, Message, Result, Value, interface, object};
use serde::{Deserialize, Serialize};

#[interface]
trait Two {
    #[method(any)]
    fn first(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value>;
    #[method(any)]
    fn second(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value>;
}

#[interface]
trait WithApply {
    #[method(apply)]
    fn apply(&mut self, cx: &mut Context<'_>, #[rest] values: Vec<Value>) -> Result<Value>;
    #[method(any)]
    fn any(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value>;
}

#[interface]
trait Signatures {
    #[method(any)]
    fn nothing(&mut self, cx: &mut Context<'_>) -> Result<Value>;
}

#[interface]
trait Values {
    #[method(any)]
    fn values(&mut self, cx: &mut Context<'_>, values: Vec<Value>) -> Result<Value>;
}

#[interface]
trait More {
    #[method(any)]
    fn more(&mut self, cx: &mut Context<'_>, message: Message, by: u64) -> Result<Value>;
}

#[interface]
trait Both {
    #[method(any, apply)]
    fn both(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value>;
}

#[interface]
trait Cannot {
    #[method(any)]
    fn fail(&mut self, cx: &mut Context<'_>, message: Message);
}

#[interface]
trait One {
    #[method(any)]
    fn one(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value>;
}

#[interface]
trait Other {
    #[method(any)]
    fn other(&mut self, cx: &mut Context<'_>, message: Message) -> Result<Value>;
}

#[derive(Serialize, Deserialize)]
struct Thing;

#[object(name = "thing", interfaces(Other))]
impl One for Thing {
    fn one(&mut self, _cx: &mut Context<'_>, _message: Message) -> Result<Value> {
        Ok(Value::Null)
    }
}

impl Other for Thing {
    fn other(&mut self, _cx: &mut Context<'_>, _message: Message) -> Result<Value> {
        Ok(Value::Null)
    }
}

fn main() {}
