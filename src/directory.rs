//! The owner's directory: names for references of this host and for sturdyrefs of others.

use std::collections::BTreeMap;

use hogshead_objects::Value;
use serde::{Deserialize, Serialize};

use crate::admin::NameInfo;
use crate::limits::{NAME_BYTES_MAX, NAMES_MAX};
use crate::{Class, Context, Error, Result};

/// Names and what they lead to.
#[crate::interface]
pub trait Directory {
    /// Keeps a reference or a sturdyref under a name; what had the name before is forgotten.
    fn set(&mut self, cx: &mut Context<'_>, name: String, to: Value) -> Result<()>;

    /// What the name leads to.
    fn get(&self, cx: &mut Context<'_>, name: String) -> Result<Value>;

    /// Forgets a name.
    fn remove(&mut self, cx: &mut Context<'_>, name: String) -> Result<()>;

    /// All names, in order.
    fn list(&self, cx: &mut Context<'_>) -> Result<Vec<NameInfo>>;
}

/// The stock directory: one record.
#[derive(Serialize, Deserialize, Default)]
pub struct Names {
    names: BTreeMap<String, Value>,
}

#[crate::object(name = "directory", version = 1)]
impl Directory for Names {
    fn set(&mut self, _: &mut Context<'_>, name: String, to: Value) -> Result<()> {
        check_name(&name)?;
        if !matches!(to, Value::Ref(_) | Value::SturdyRef(_)) {
            return Err(Error::bad_call("a name leads to a reference or a sturdyref"));
        }
        if self.names.len() >= NAMES_MAX && !self.names.contains_key(&name) {
            let full = format!("the directory holds {NAMES_MAX} names; forget one first");
            return Err(Error::new(Class::Limit, full));
        }
        self.names.insert(name, to);
        Ok(())
    }

    fn get(&self, _: &mut Context<'_>, name: String) -> Result<Value> {
        self.names.get(&name).cloned().ok_or_else(|| unknown(&name))
    }

    fn remove(&mut self, _: &mut Context<'_>, name: String) -> Result<()> {
        self.names.remove(&name).map(|_| ()).ok_or_else(|| unknown(&name))
    }

    fn list(&self, _: &mut Context<'_>) -> Result<Vec<NameInfo>> {
        let describe = |(name, to): (&String, &Value)| {
            let (kind, to) = match to {
                Value::SturdyRef(sturdyref) => ("sturdy", sturdyref.peer.to_string()),
                _ => ("live", "this host".to_owned()),
            };
            NameInfo { name: name.clone(), kind: kind.to_owned(), to }
        };
        Ok(self.names.iter().map(describe).collect())
    }
}

fn unknown(name: &str) -> Error {
    let name: String = name.chars().take(40).collect();
    Error::new(Class::NotFound, format!("no name {name:?}; `hogshead name ls` lists them"))
}

/// Checks a name: one word that no shell or path takes apart.
pub(crate) fn check_name(name: &str) -> Result<()> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let fits = !name.is_empty() && name.len() <= NAME_BYTES_MAX;
    if fits && name.chars().all(plain) && !name.starts_with(['-', '.']) {
        return Ok(());
    }
    let shown: String = name.chars().take(40).collect();
    Err(Error::bad_call(format!(
        "{shown:?} cannot be a name: use up to {NAME_BYTES_MAX} letters, digits, `-`, `_` and `.`"
    )))
}
