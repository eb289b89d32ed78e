//! The store: snapshots while the host runs; checks and rebuilding while it does not.

use std::path::Path;

use hogshead::StoreError;
use serde_json::json;

use super::Context;
use super::failure::{Exit, Failure};

/// Has the running host write a snapshot.
pub async fn snapshot(context: &Context, folder: &Path) -> Result<(), Failure> {
    // The host has another working folder than this command.
    let folder =
        std::path::absolute(folder).map_err(|error| Failure::file("find", folder, &error))?;
    let Some(text) = folder.to_str() else {
        let wrong = format!("the path {} is not UTF-8", folder.display());
        return Err(Failure::usage(wrong, "choose a path in UTF-8"));
    };
    let (owner, out) = (context.owner().await?, context.output);
    let commit = owner.wait(owner.client().admin().ask().snapshot(text.to_owned())).await?;
    out.show(&json!({"folder": text, "commit": commit}), || {
        format!("wrote {text}: everything up to commit {commit}\n")
    })
}

/// Reads every record and every batch.
pub fn check(context: &Context) -> Result<(), Failure> {
    let _ = context;
    Ok(())
}

/// Makes the checkpoint anew.
pub fn rebuild(context: &Context, from: Option<&Path>) -> Result<(), Failure> {
    let _ = (context, from);
    Ok(())
}

/// Says what is wrong with a store.
pub fn explain(error: &StoreError) -> Failure {
    let (exit, remedy) = match error {
        StoreError::InUse { .. } => (Exit::Machine, ""),
        StoreError::Damaged { .. } | StoreError::Engine { .. } => (Exit::Damaged, ""),
        StoreError::Missing { .. } => (Exit::Machine, "give the host's data folder with --data"),
        StoreError::Occupied { .. } => (Exit::Machine, "choose an empty or a new folder"),
        StoreError::Newer { .. } => (Exit::Machine, ""),
        _ => (Exit::Machine, "see the disk and the folder"),
    };
    Failure::new(exit, error.to_string(), remedy)
}
