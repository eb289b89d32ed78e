//! `store replay`: the history is run again, and every record compared.

use hogshead::{Host, HostError, Replay, Replayed};
use hogshead_store::StoreError;
use serde_json::json;

use super::Context;
use super::arguments::Replaying;
use super::failure::{Exit, Failure};
use super::output::lines;
use super::store::{explain, newest_snapshot};

/// Runs the turns of the journal again.
pub fn replay(context: &Context, asked: Replaying) -> Result<(), Failure> {
    let threads = match asked.threads {
        Some(threads) => usize::from(threads),
        None => std::thread::available_parallelism().map_or(1, usize::from),
    };
    let from = asked.from.map(newest_snapshot).transpose()?;
    let mut builder = Host::builder(&context.data);
    if let Some(key_file) = asked.key_file {
        builder = builder.key_file(key_file);
    }
    let replayed = builder.replay(&Replay { vats: asked.vat, from, threads });
    let replayed = replayed.map_err(|error| wrong(&error))?;
    let mut document = serde_json::to_value(&replayed)
        .map_err(|e| Failure::new(Exit::Bug, format!("cannot write JSON: {e}"), "report it"))?;
    document["agrees"] = json!(replayed.agrees());
    context.output.show(&document, || describe(&replayed))?;
    judge(&replayed)
}

/// Says why the host of a folder did not do something offline.
pub fn wrong(error: &HostError) -> Failure {
    match error {
        HostError::Store(gone @ StoreError::Gone { .. }) => {
            let remedy = "begin with a snapshot: --from DIR";
            Failure::new(Exit::Machine, gone.to_string(), remedy)
        }
        HostError::Store(error) => explain(error),
        HostError::Caller(error) => {
            Failure::usage(error.message(), "see its names with `hogshead vat ls`")
        }
        HostError::Damaged(_) | HostError::Records(_) => {
            Failure::new(Exit::Damaged, error.to_string(), "see `hogshead store check`")
        }
        HostError::OtherKey { .. } | HostError::NoFolder { .. } => super::start::explain(error),
        error => Failure::new(Exit::Machine, error.to_string(), "see the disk and the folder"),
    }
}

fn describe(replayed: &Replayed) -> String {
    let from = match replayed.from {
        0 => "the journal's beginning".to_owned(),
        number => format!("the snapshot of commit {number}"),
    };
    let turns = format!("{} run again, {} rows compared", replayed.turns, replayed.rows);
    let newest = format!("commit {}", replayed.newest);
    let host = format!("{} batches, which are no turns", replayed.host_batches);
    let opaque =
        format!("{} turns of which the journal does not say what made them", replayed.opaque);
    let unfounded = format!("{} turns of sessions from before the snapshot", replayed.unfounded);
    let mut pairs =
        vec![("from", &from), ("newest", &newest), ("turns", &turns), ("the host's own", &host)];
    if replayed.opaque > 0 {
        pairs.push(("taken as they are", &opaque));
    }
    if replayed.unfounded > 0 {
        pairs.push(("taken as they are", &unfounded));
    }
    let agrees = "every turn wrote what it had written".to_owned();
    if replayed.agrees() {
        pairs.push(("found", &agrees));
    }
    let told: Vec<_> = replayed.divergences.iter().map(ToString::to_string).collect();
    pairs.extend(told.iter().map(|told| ("differs", told)));
    let pairs: Vec<_> = pairs.iter().map(|(name, what)| (*name, what.as_str())).collect();
    lines(&pairs)
}

fn judge(replayed: &Replayed) -> Result<(), Failure> {
    let Some(first) = replayed.divergences.first() else { return Ok(()) };
    let more = replayed.divergences.len() as u64 - 1 + replayed.more_divergences;
    let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
    let wrong = format!("a turn differs: {first}{more}");
    let unknown: Vec<_> = replayed.unknown_kinds.iter().map(String::as_str).collect();
    let remedy = match unknown.as_slice() {
        [] => "see whether another version of the program wrote this journal".to_owned(),
        kinds => format!(
            "this program does not know the kind {}: replay with the program that does",
            kinds.join(" and ")
        ),
    };
    Err(Failure::new(Exit::Refused, wrong, remedy))
}
