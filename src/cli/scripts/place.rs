//! Where processes are: the scripts of vats, and a process by the beginning of its id.

use hogshead::{Message, Symbol, Value, codec};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::Context;
use super::super::failure::Failure;
use super::super::limits::VAT_PAGE;
use super::super::owner::Owner;
use super::super::vats;

/// What helps who does not know which processes there are.
const LISTED: &str = "`hogshead script ps` lists processes";

/// A process that was found.
pub struct Place {
    owner: Owner,
    id: String,
    library: Value,
    control: Value,
    revising: Value,
}

impl Place {
    /// Finds the process whose id begins so, in whichever vat it is.
    pub async fn find(context: &Context, id: &str) -> Result<Self, Failure> {
        if id.is_empty() {
            return Err(Failure::usage("an empty text is the beginning of every id", LISTED));
        }
        let owner = context.owner().await?;
        let mut missing = None;
        for (_, library) in libraries(&owner, Vec::new()).await? {
            let found = owner.call(&library, Message::new("find", [id.into()])).await;
            match found {
                Ok(found) => {
                    let part = |name| found.field(name).cloned().unwrap_or(Value::Undefined);
                    let (id, control, revising) = (part("id"), part("control"), part("revising"));
                    let id = id.as_str().unwrap_or_default().to_owned();
                    return Ok(Self { owner, id, library, control, revising });
                }
                Err(failure) if failure.class() == "not-found" => {
                    missing = Some(failure.remedy(LISTED));
                }
                Err(failure) => return Err(failure),
            }
        }
        Err(missing.unwrap_or_else(|| {
            Failure::usage("there are no processes", "`hogshead script run` starts them")
        }))
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Calls a method of its `Control`.
    pub async fn control<T: DeserializeOwned>(
        &self,
        method: &'static str,
        arguments: impl Serialize,
    ) -> Result<T, Failure> {
        ask(&self.owner, &self.control, method, arguments).await
    }

    /// Calls a method of its `Revising`.
    pub async fn revising<T: DeserializeOwned>(
        &self,
        method: &'static str,
        arguments: impl Serialize,
    ) -> Result<T, Failure> {
        ask(&self.owner, &self.revising, method, arguments).await
    }

    /// Calls a method of the scripts that it is one of.
    pub async fn library<T: DeserializeOwned>(
        &self,
        method: &'static str,
        arguments: impl Serialize,
    ) -> Result<T, Failure> {
        ask(&self.owner, &self.library, method, arguments).await
    }
}

async fn ask<T: DeserializeOwned>(
    owner: &Owner,
    target: &Value,
    method: &'static str,
    arguments: impl Serialize,
) -> Result<T, Failure> {
    let wrong = |error: hogshead::Error| Failure::from_answer(&error);
    let arguments = match codec::to_value(&arguments).map_err(wrong)? {
        Value::List(values) => values,
        Value::Undefined => Vec::new(),
        one => vec![one],
    };
    let message = Message::new(Symbol::from_static(method), arguments);
    codec::from_value(owner.call(target, message).await?).map_err(wrong)
}

/// The scripts of a vat; made if there were none.
pub async fn scripts_of(owner: &Owner, vat: &str) -> Result<Value, Failure> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|error| Failure::usage(format!("there is no randomness: {error}"), "try again"))?;
    owner.wait(owner.client().admin().ask().scripts(vat.to_owned(), seed.to_vec().into())).await
}

/// The vats that have scripts, of those named; of all vats, if none is.
pub async fn libraries(owner: &Owner, vats: Vec<String>) -> Result<Vec<(String, Value)>, Failure> {
    let admin = owner.client().admin();
    for vat in &vats {
        vats::ensure_there(owner, vat).await?;
    }
    let known = owner.wait(admin.ask().script_vats()).await?;
    let mut found = Vec::new();
    for vat in known.into_iter().filter(|vat| vats.is_empty() || vats.contains(vat)) {
        let library = scripts_of(owner, &vat).await?;
        found.push((vat, library));
    }
    Ok(found)
}

/// The vat that was named, or the only one.
pub async fn the_vat(owner: &Owner, named: Option<String>) -> Result<String, Failure> {
    if let Some(vat) = named {
        return Ok(vat);
    }
    let vats = owner.wait(owner.client().admin().ask().vat_ls(String::new(), VAT_PAGE)).await?;
    // Vat zero is the host's own.
    let vats: Vec<_> = vats.into_iter().filter(|vat| vat.number != 0).collect();
    match vats.as_slice() {
        [only] => Ok(only.name.clone()),
        [] => Err(Failure::usage("there is no vat", "make one: `hogshead vat new NAME`")),
        _ => Err(Failure::usage("there are several vats", "say which with --vat VAT")),
    }
}
