//! Values that go from a caller through two hosts to an object and back: what comes is what went.

use hogshead::{Class, Context, Handle, Int, Message, Result, Typed, Value};
use serde::{Deserialize, Serialize};

use super::cast::{builder, soon, spawn};

/// Gives back what it is told.
#[hogshead::interface]
trait Echo {
    /// The value.
    fn echo(&self, cx: &mut Context<'_>, value: Value) -> Result<Value>;
}

#[derive(Serialize, Deserialize, Default)]
struct Mirror;

#[hogshead::object(name = "mirror", version = 1, construct)]
impl Echo for Mirror {
    fn echo(&self, _: &mut Context<'_>, value: Value) -> Result<Value> {
        Ok(value)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_largest_values_go_over_the_network_and_back_and_larger_ones_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let host = |name: &str| builder(&folder.path().join(name)).register::<Mirror>().start();
    let (alice, bob) = (host("a").await.unwrap(), host("b").await.unwrap());
    let hers = alice.client().await.unwrap();
    hers.admin().ask().vat_new("alice".into()).await.unwrap();
    let mirror: Handle<dyn Echo> = spawn(&hers, "alice", Mirror::KIND.name, "mirror").await;
    let shared = hers.admin().ask().share(mirror.value(), None, "bob".into()).await.unwrap();
    let his = bob.client().await.unwrap();
    let live = his.admin().ask().enliven(shared).await.unwrap();
    let far = his.handle(&live).unwrap();

    let digits = "7".repeat(10_000);
    let integer: Int = format!("-{digits}").parse().unwrap();
    let octets: Vec<u8> = (0..16 << 20).map(|n: u32| (n >> 7) as u8).collect();
    for value in [
        Value::from("beyond the plane: \u{1F6E2} \u{10FFFF}"),
        Value::Float(-0.0),
        Value::Int(integer),
        Value::Bytes(octets.into()),
    ] {
        let back = soon(far.call(Message::new("echo", [value.clone()]))).await.unwrap();
        let same = match (&back, &value) {
            // What compares equal need not be the same: -0 is not 0.
            (Value::Float(back), Value::Float(sent)) => back.to_bits() == sent.to_bits(),
            (back, sent) => back == sent,
        };
        assert!(same, "something else came back");
    }
    let large = Value::Bytes(vec![0; 17 << 20].into());
    let refused = soon(far.call(Message::new("echo", [large]))).await.unwrap_err();
    assert_eq!(refused.class(), Class::Limit, "{refused}");
    let after = far.call(Message::new("echo", [Value::from("still there")]));
    assert_eq!(soon(after).await.unwrap(), Value::from("still there"));
    alice.shutdown().await.unwrap();
    bob.shutdown().await.unwrap();
}
