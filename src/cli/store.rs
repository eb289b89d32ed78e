//! The store: snapshots while the host runs; checks and rebuilding while it does not.

use std::path::{Path, PathBuf};

use hogshead::Host;
use hogshead_store::StoreError;
use hogshead_store::check::{Base, Rebuild, Report};
use serde_json::json;

use super::Context;
use super::arguments::{Engine, Rebuilding, Restoring};
use super::failure::{Exit, Failure};
use super::output::{bytes, lines};
use super::replay::wrong;

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
    let report = hogshead_store::check::check(&store_of(context)).map_err(|e| explain(&e))?;
    let newest = report.checkpoint.map_or(0, |number| number.0).max(report.journal_newest.0);
    let document = json!({
        "sound": report.is_whole(),
        "newest": newest,
        "engine": report.engine.to_string(),
        "journal": {
            "first": report.journal_first.0,
            "newest": report.journal_newest.0,
            "segments": report.journal_segments,
            "bytes": report.journal_bytes,
            "torn_bytes": report.torn_bytes,
        },
        "checkpoint": report.checkpoint.map(|number| {
            json!({"commit": number.0, "records": report.rows, "bytes": report.row_bytes})
        }),
        "snapshot": report.snapshot.map(|number| number.0),
        "problems": report.problems,
        "more_problems": report.more_problems,
    });
    context.output.show(&document, || describe(&report, newest))?;
    match report.problems.first() {
        None => Ok(()),
        Some(problem) => {
            let more = report.problems.len() as u64 - 1 + report.more_problems;
            let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
            let wrong = format!("the store is damaged: {problem}{more}");
            Err(Failure::new(Exit::Damaged, wrong, "see `hogshead store rebuild --help`"))
        }
    }
}

fn describe(report: &Report, newest: u64) -> String {
    let journal = format!(
        "commits {} to {}, {} in {} segments",
        report.journal_first.0,
        report.journal_newest.0,
        bytes(report.journal_bytes),
        report.journal_segments,
    );
    let checkpoint = match report.checkpoint {
        Some(number) => format!(
            "{}, commit {}, {} records, {}",
            report.engine,
            number.0,
            report.rows,
            bytes(report.row_bytes),
        ),
        None => format!("{}, unreadable", report.engine),
    };
    let snapshot = match report.snapshot {
        Some(number) => format!("commit {}", number.0),
        None => "none".to_owned(),
    };
    let torn = format!("{} half written at a crash; the next start cuts it off", report.torn_bytes);
    let newest = format!("commit {newest}");
    let mut pairs = vec![("newest", &newest), ("journal", &journal), ("checkpoint", &checkpoint)];
    if report.torn_bytes > 0 {
        pairs.push(("torn bytes", &torn));
    }
    pairs.push(("snapshot", &snapshot));
    let sound = "everything that is kept can be read".to_owned();
    if report.is_whole() {
        pairs.push(("found", &sound));
    }
    pairs.extend(report.problems.iter().map(|problem| ("problem", problem)));
    let pairs: Vec<_> = pairs.iter().map(|(name, what)| (*name, what.as_str())).collect();
    lines(&pairs)
}

/// Makes the checkpoint anew.
pub fn rebuild(context: &Context, asked: Rebuilding) -> Result<(), Failure> {
    let base = match (asked.from, asked.from_checkpoint) {
        (Some(path), _) => Base::Snapshot(newest_snapshot(path)?),
        (None, true) => Base::Checkpoint,
        (None, false) => Base::Journal,
    };
    let engine = asked.engine.map(Engine::of_store);
    let rebuild = Rebuild { base, engine, accept_loss: asked.accept_loss };
    let rebuilt = hogshead_store::check::rebuild(&store_of(context), &rebuild);
    let rebuilt = rebuilt.map_err(|error| explain(&error))?;
    let aside: Vec<_> = rebuilt.set_aside.iter().map(|path| path.display().to_string()).collect();
    let document = json!({"newest": rebuilt.newest.0, "base": rebuilt.base.0, "set_aside": aside});
    context.output.show(&document, || {
        let kept = match aside.is_empty() {
            true => String::new(),
            false => format!("what was there before is in {}\n", aside.join(" and ")),
        };
        format!("rebuilt up to commit {}\n{kept}", rebuilt.newest.0)
    })
}

/// Puts the store back to a snapshot, and declares it.
pub fn restore(context: &Context, asked: Restoring) -> Result<(), Failure> {
    let from = newest_snapshot(asked.from)?;
    let mut builder = Host::builder(&context.data);
    if let Some(key_file) = asked.key_file {
        builder = builder.key_file(key_file);
    }
    if let Some(engine) = asked.engine {
        builder = builder.engine(engine.of_store());
    }
    let restored = builder.restore(&from).map_err(|error| wrong(&error))?;
    let aside: Vec<_> = restored.set_aside.iter().map(|path| path.display().to_string()).collect();
    let (commit, epoch) = (restored.commit, restored.epoch);
    let document = json!({"commit": commit, "epoch": epoch, "set_aside": aside});
    context.output.show(&document, || {
        let kept = match aside.is_empty() {
            true => String::new(),
            false => format!("what was there before is in {}\n", aside.join(" and ")),
        };
        format!(
            "restored up to commit {commit}, in epoch {epoch}\n{kept}grants that count are \
             suspended until `hogshead grants confirm`; take a snapshot of this store soon\n"
        )
    })
}

/// The newest snapshot in a folder; its name ends with its commit's number, in full length.
pub fn newest_snapshot(path: PathBuf) -> Result<PathBuf, Failure> {
    if !path.is_dir() {
        return Ok(path);
    }
    let read = |error| Failure::file("read", &path, &error);
    let mut snapshots = Vec::new();
    for entry in std::fs::read_dir(&path).map_err(read)? {
        snapshots.push(entry.map_err(read)?.path());
    }
    snapshots.retain(|file| file.extension().is_some_and(|end| end == "snapshot"));
    snapshots.into_iter().max().ok_or_else(|| {
        let wrong = format!("there is no snapshot in {}", path.display());
        Failure::new(Exit::Machine, wrong, "give a folder that `hogshead store snapshot` wrote to")
    })
}

/// Says what is wrong with a store.
pub fn explain(error: &StoreError) -> Failure {
    let (exit, remedy) = match error {
        StoreError::Damaged { .. } | StoreError::Engine { .. } => (Exit::Damaged, ""),
        StoreError::Loss { newest, from_checkpoint, .. } => {
            let remedy = match from_checkpoint {
                Some(more) => format!(
                    "`hogshead store rebuild --from-checkpoint --accept-loss` keeps those up to \
                     {more}, `--from DIR --accept-loss` those of a snapshot and what follows it"
                ),
                None => format!(
                    "the same command with --accept-loss keeps those up to {newest}, `--from DIR` \
                     begins with a snapshot, which may hold more"
                ),
            };
            return Failure::new(Exit::Damaged, error.to_string(), remedy);
        }
        StoreError::Missing { .. } => (Exit::Machine, "give the host's data folder with --data"),
        StoreError::Occupied { .. } => (Exit::Machine, "choose an empty or a new folder"),
        StoreError::InUse { .. } | StoreError::Newer { .. } | StoreError::HalfMade { .. } => {
            (Exit::Machine, "")
        }
        _ => (Exit::Machine, "see the disk and the folder"),
    };
    Failure::new(exit, error.to_string(), remedy)
}

fn store_of(context: &Context) -> PathBuf {
    context.data.join("store")
}
