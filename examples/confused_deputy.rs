//! How is a service kept from being talked into misusing what it may do for itself? By taking
//! references instead of names: what a caller cannot use, it cannot mean.
//!
//! `cargo run --example confused_deputy`

use hogshead::stock::cell::Cell;
use hogshead::{Cap, Class, Context, Host, Message, Result, Value, codec};
use serde::{Deserialize, Serialize};

/// Compiles for anybody, and writes its bill.
#[hogshead::interface]
pub trait Compiler {
    /// Compiles a source into a file.
    fn compile(&mut self, cx: &mut Context<'_>, source: String, into: Cap<dyn Cell>) -> Result<()>;
}

#[derive(Serialize, Deserialize)]
struct Company {
    bill: Cap<dyn Cell>,
    runs: u64,
}

#[hogshead::object(name = "example/company", version = 1, construct = Company::open)]
impl Compiler for Company {
    fn compile(&mut self, cx: &mut Context<'_>, source: String, into: Cap<dyn Cell>) -> Result<()> {
        self.runs += 1;
        self.bill.tell(cx).set(self.runs.into())?;
        // With the caller's authority: that is the only one that came with the reference.
        into.tell(cx).set(format!("compiled {source}").into())
    }
}

impl Company {
    fn open(bill: Value) -> Result<Self> {
        Ok(Self { bill: codec::from_value(bill)?, runs: 0 })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let host = Host::builder(&data).register::<Company>().start().await?;
    let client = host.client().await?;
    let admin = client.admin();
    admin.ask().vat_new("town".into()).await?;
    let spawn = |kind: &str, init| admin.ask().spawn("town".into(), kind.into(), init, None);
    let cell = spawn("hogshead/cell", Value::Undefined).await?;
    let bill = client.handle(&cell).ok_or("no reference")?.cast::<dyn Cell>();
    let cell = spawn("hogshead/cell", Value::Undefined).await?;
    let output = client.handle(&cell).ok_or("no reference")?.cast::<dyn Cell>();
    let company = spawn("example/company", bill.value()).await?;
    let company = client.handle(&company).ok_or("no reference")?.cast::<dyn Compiler>();

    // The honest caller passes the file that it may write.
    company.ask().compile("hello".into(), output.cap()).await?;
    assert_eq!(output.ask().get().await?.as_str(), Some("compiled hello"));
    assert_eq!(bill.ask().get().await?.as_u64(), Some(1));

    // Mallory knows what the bill is called. A name means nothing here.
    let wish = Message::new("compile", ["virus".into(), "bill".into()]);
    let error = company.call(wish).await.expect_err("no reference");
    assert_eq!(error.class(), Class::BadCall);
    println!("by name: {error}");

    // And if she was shown the bill, she has what she was given: the right to read it.
    let reader = bill.ask().read_only().await?;
    company.ask().compile("virus".into(), reader).await?;
    assert_eq!(bill.ask().get().await?.as_u64(), Some(2), "it is the company's alone to write");

    host.shutdown().await?;
    Ok(())
}
