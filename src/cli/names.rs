//! Names of the owner's directory, and of those that it leads to: `name ls`, `set` and `rm`.

use hogshead::admin::NameInfo;
use hogshead::{Class, Error, Value};
use serde_json::json;

use super::Context;
use super::arguments::Name;
use super::failure::{Exit, Failure};
use super::limits::NAME_PAGES;
use super::output::Table;
use super::owner::Owner;
use super::reference::Reference;

/// Runs a `name` command.
pub async fn run(context: &Context, name: Name) -> Result<(), Failure> {
    let (owner, out) = (&context.owner().await?, context.output);
    let admin = owner.client().admin();
    match name {
        Name::Ls { path } => {
            let names = all(owner, path).await?;
            out.show(&json!({"names": names}), || {
                let mut table = Table::new(&["name", "kind", "to"]);
                for name in &names {
                    table.row([name.name.clone(), name.kind.clone(), name.to.clone()]);
                }
                table.render("no names: `hogshead spawn`, `accept` and `name set` make them")
            })
        }
        Name::Set { name, target, replace } => {
            let target = Reference::parse(&target)?;
            if !replace {
                owner.ensure_free(&name).await?;
            }
            let to = match &target {
                Reference::Name(of) if at_home(owner, &name, of).await? => Value::from(of.as_str()),
                _ => target.find(owner).await?,
            };
            let named = owner.wait(admin.ask().name(name.clone(), to)).await;
            named.map_err(|failure| within(parts(&name).0, failure))?;
            out.show(&json!({"name": name}), String::new)
        }
        Name::Rm { name } => {
            let forgotten = owner.wait(admin.ask().unname(name.clone())).await;
            forgotten.map_err(|failure| within(parts(&name).0, failure))?;
            out.show(&json!({"removed": name}), String::new)
        }
    }
}

/// The path of the directory that a name stands in, unless that is the owner's own, and the name
/// there.
pub fn parts(name: &str) -> (Option<String>, &str) {
    match name.rsplit_once('/') {
        Some((within, last)) => (Some(within.to_owned()), last),
        None => (None, name),
    }
}

/// What is wrong with a path, if an object on it is no directory and so has not understood what
/// directories are asked.
pub fn within(path: Option<String>, failure: Failure) -> Failure {
    let asked = ["get", "set", "remove", "entries"];
    let mut asked = asked.iter().map(|method| format!("has no method `{method}`"));
    let Some(path) = path else { return failure };
    if !failure.is_class(Class::BadCall) || !asked.any(|what| failure.wrong().contains(&what)) {
        return failure;
    }
    let leads = if path.contains('/') { "leads to" } else { "is" };
    let error = Error::bad_call(format!("`{path}` {leads} no directory"));
    let remedy =
        "`hogshead name ls` lists names, and `hogshead spawn VAT directory` makes a directory";
    Failure::from_answer(&error).remedy(remedy)
}

/// Whether both are names of the owner's own directory: then the one gets what the other has, which
/// may be a sturdyref.
async fn at_home(owner: &Owner, name: &str, of: &str) -> Result<bool, Failure> {
    if name.contains('/') || of.contains('/') {
        return Ok(false);
    }
    Ok(all(owner, None).await?.iter().any(|known| known.name == of))
}

/// All names of the directory that a path leads to, asked for a page at a time.
pub async fn all(owner: &Owner, path: Option<String>) -> Result<Vec<NameInfo>, Failure> {
    let admin = owner.client().admin();
    let (mut names, mut after) = (Vec::new(), None);
    for _ in 0..NAME_PAGES {
        let page = owner.wait(admin.ask().names_in(path.clone(), after)).await;
        let page = page.map_err(|failure| within(path.clone(), failure))?;
        names.extend(page.entries);
        after = page.next;
        if after.is_none() {
            return Ok(names);
        }
    }
    let wrong = format!("the directory does not come to an end after {NAME_PAGES} pages of names");
    Err(Failure::new(Exit::Refused, wrong, "call its `list` for the page that you want"))
}
