//! The owner's directory: `name ls` and `name rm`.

use serde_json::json;

use super::Context;
use super::arguments::Name;
use super::failure::Failure;
use super::output::Table;

/// Runs a `name` command.
pub async fn run(context: &Context, name: Name) -> Result<(), Failure> {
    let (owner, out) = (context.owner().await?, context.output);
    let admin = owner.client().admin();
    match name {
        Name::Ls => {
            let names = owner.wait(admin.ask().names()).await?;
            out.show(&json!({"names": names}), || {
                let mut table = Table::new(&["name", "kind", "to"]);
                for name in &names {
                    table.row([name.name.clone(), name.kind.clone(), name.to.clone()]);
                }
                table.render("no names: `hogshead spawn` and `hogshead accept` make them")
            })
        }
        Name::Rm { name } => {
            owner.wait(admin.ask().unname(name.clone())).await?;
            out.show(&json!({"removed": name}), String::new)
        }
    }
}
