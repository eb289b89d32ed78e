//! Whom this host sends on, since they ask here for vats that are elsewhere: `forward …`.

use hogshead::admin::ForwardInfo;
use serde_json::json;

use super::Context;
use super::arguments::Forward;
use super::failure::Failure;
use super::limits::FORWARD_PAGE;
use super::output::{Table, printable};
use super::owner::Owner;

/// Runs a `forward` command.
pub async fn run(context: &Context, forward: Forward) -> Result<(), Failure> {
    let (owner, out) = (context.owner().await?, context.output);
    let admin = owner.client().admin();
    match forward {
        Forward::Add { record } => {
            let added = owner.wait(admin.ask().forward_add(record)).await?;
            out.show(&added, || table(std::slice::from_ref(&added)).render(""))
        }
        Forward::Ls => {
            let forwards = all(&owner).await?;
            out.show(&json!({"forwards": forwards}), || {
                table(&forwards).render("nobody is sent on: `hogshead forward add RECORD`")
            })
        }
        Forward::Rm { vat } => {
            owner.wait(admin.ask().forward_rm(vat.clone())).await?;
            out.show(&json!({"removed": vat}), String::new)
        }
    }
}

/// All forwarding records, asked for a page at a time.
async fn all(owner: &Owner) -> Result<Vec<ForwardInfo>, Failure> {
    let admin = owner.client().admin();
    let mut forwards: Vec<ForwardInfo> = Vec::new();
    loop {
        let after = forwards.last().map(|forward| forward.vat.clone()).unwrap_or_default();
        let page = owner.wait(admin.ask().forward_ls(after, FORWARD_PAGE)).await?;
        let last = (page.len() as u64) < FORWARD_PAGE;
        forwards.extend(page);
        if last {
            return Ok(forwards);
        }
    }
}

/// Keys in full: `forward rm` takes them.
fn table(forwards: &[ForwardInfo]) -> Table {
    let mut table = Table::new(&["vat", ">number", "to"]);
    for forward in forwards {
        let ways = forward.to.split_once('?').map_or("nowhere", |(_, ways)| ways);
        table.row([forward.vat.clone(), forward.number.to_string(), printable(ways)]);
    }
    table
}
