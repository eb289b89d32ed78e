//! Journals that say something else than what was: whatever was changed in them is named.

use std::path::Path;

use hogshead_objects::ids::CommitNumber;
use hogshead_store::history::{History, Reader};
use hogshead_store::{Batch, Engine, Keep, Options, StoreError};

use super::*;

/// Copies a history commit by commit, each as `change` has it.
struct Copyist<C> {
    keep: Keep,
    change: C,
}

impl<C: FnMut(u64, Batch) -> Batch> Reader for Copyist<C> {
    fn row(&mut self, _: bytes::Bytes, _: bytes::Bytes) -> std::result::Result<(), StoreError> {
        panic!("a history from its beginning has no rows before it")
    }

    fn commit(
        &mut self,
        number: CommitNumber,
        batch: Batch,
    ) -> std::result::Result<(), StoreError> {
        let changed = (self.change)(number.0, batch);
        assert_eq!(self.keep.commit(changed)?, number);
        Ok(())
    }
}

/// Makes a store of another one's history, with a lie in it.
fn forge(truth: &Path, lie: &Path, change: impl FnMut(u64, Batch) -> Batch) {
    std::fs::create_dir(lie).unwrap();
    std::fs::copy(truth.join("key"), lie.join("key")).unwrap();
    let options = Options { engine: Engine::Redb, ..Options::default() };
    let keep = Keep::create(&lie.join("store"), options).unwrap();
    let mut copyist = Copyist { keep, change };
    History::open(&truth.join("store")).unwrap().read(None, &mut copyist).unwrap();
    copyist.keep.close().unwrap();
}

/// A store in which Alice has noted something that is found again.
async fn truth(data: &Path) {
    let host = builder(data).start().await.unwrap();
    let client = host.client().await.unwrap();
    let alice = cast(&client, "alice").await;
    for text in ["one", "needle", "three"] {
        soon(alice.ask().note(text.into())).await.unwrap();
    }
    let admin = client.admin();
    admin.ask().share(alice.value(), None, "shared".into()).await.unwrap();
    drop((admin, alice, client));
    stop(host, true).await;
}

fn replaced(bytes: &[u8], what: &[u8], with: &[u8]) -> Option<Vec<u8>> {
    let at = bytes.windows(what.len()).position(|window| window == what)?;
    let mut changed = bytes.to_vec();
    changed[at..at + what.len()].copy_from_slice(with);
    Some(changed)
}

fn with_row(batch: &Batch, key: &[u8], value: Option<Vec<u8>>) -> Batch {
    let mut changed = batch.clone();
    match value {
        Some(value) => changed.put(key.to_vec(), value),
        None => changed.delete(key.to_vec()),
    };
    changed
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_tampered_with_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (data, lie) = (folder.path().join("a"), folder.path().join("b"));
    truth(&data).await;
    let mut forged = None;
    forge(&data, &lie, |number, batch| {
        let is_object = |key: &[u8]| key.get(4) == Some(&0x10);
        let found = batch.changes().iter().find_map(|(key, value)| {
            let changed = replaced(value.as_ref()?, b"needle", b"thorns")?;
            is_object(key).then(|| (key.clone(), changed))
        });
        match found {
            Some((key, value)) if forged.is_none() => {
                forged = Some(number);
                with_row(&batch, &key, Some(value))
            }
            _ => batch,
        }
    });
    let replayed = replay(&lie, None);
    let first = &replayed.divergences[0];
    assert_eq!(Some(first.commit), forged, "{first}");
    assert!(first.about.ends_with("(hogshead/actor)"), "{first}");
    assert_eq!(first.field, "state.notes.1", "{first}");
    let told = (first.recorded.as_str(), first.replayed.as_str());
    assert_eq!(told, ("\"thorns\"", "\"needle\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_is_missing_or_too_much_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    truth(&data).await;
    for more in [false, true] {
        let lie = folder.path().join(if more { "more" } else { "less" });
        let mut forged = None;
        forge(&data, &lie, |number, batch| {
            let mine = batch.changes().keys().find(|key| key.get(4) == Some(&0x10)).cloned();
            let Some(key) = mine.filter(|_| forged.is_none() && !batch.description().is_empty())
            else {
                return batch;
            };
            forged = Some(number);
            if more {
                let mut stray = key.to_vec();
                stray[5] = 0x7f;
                return with_row(&batch, &stray, Some(b"\0stray".to_vec()));
            }
            let mut less = Batch::new();
            less.meta(batch.description().clone());
            for (other, value) in batch.changes().iter().filter(|(other, _)| **other != key) {
                match value {
                    Some(value) => less.put(other.clone(), value.clone()),
                    None => less.delete(other.clone()),
                };
            }
            less
        });
        let replayed = replay(&lie, None);
        let first = &replayed.divergences[0];
        assert_eq!(Some(first.commit), forged, "{first}");
        match more {
            true => assert_eq!(first.replayed, "no change", "{first}"),
            false => assert_eq!(first.recorded, "no change", "{first}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn turns_that_nothing_is_known_of_are_taken_as_they_are_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let (data, lie) = (folder.path().join("a"), folder.path().join("b"));
    truth(&data).await;
    let before = agreed(&data, None);
    // As a journal of an earlier version: none of its batches says what it is.
    let mut taken = 0;
    forge(&data, &lie, |number, mut batch| {
        if number > 20 && number < 40 && !batch.description().is_empty() {
            taken += 1;
            batch.meta(bytes::Bytes::new());
        }
        batch
    });
    assert!(taken > 5);
    let replayed = replay(&lie, None);
    assert_eq!(replayed.host_batches, before.host_batches + taken, "{replayed:?}");
    assert_eq!(replayed.turns + taken, before.turns, "{replayed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_a_journal_in_clear_nor_in_what_a_replay_says() {
    let folder = tempfile::tempdir().unwrap();
    let (hers, his) = (folder.path().join("hers"), folder.path().join("his"));
    let (a, b) = (builder(&hers).start().await.unwrap(), builder(&his).start().await.unwrap());
    let (one, other) = (a.client().await.unwrap(), b.client().await.unwrap());
    let (alice, bob) = (cast(&one, "alice").await, cast(&other, "bob").await);
    let shared = one.admin().ask().share(alice.value(), None, "x".into()).await.unwrap();
    let secret = shared.swiss.expose().to_vec();
    let kept = Value::SturdyRef(Box::new(shared.clone()));
    soon(alice.ask().keep("secret".into(), kept)).await.unwrap();
    let live = other.admin().ask().enliven(shared).await.unwrap();
    soon(bob.ask().keep("alice".into(), live)).await.unwrap();
    let asked = vec![Value::from("secret")];
    soon(bob.ask().get("alice".into(), "kept".into(), asked, "mine".into())).await.unwrap();
    drop((alice, bob, one, other));
    stop(a, true).await;
    stop(b, true).await;
    for data in [&hers, &his] {
        for file in std::fs::read_dir(data.join("store/journal")).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let found = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "a swiss number lies in clear");
        }
        agreed(data, None);
    }
    // Sealed rows that were exchanged for others differ, and are not shown.
    let lie = folder.path().join("lie");
    forge(&hers, &lie, |_, batch| {
        let mut changed = batch.clone();
        for (key, value) in batch.changes() {
            let is_object = key.get(4) == Some(&0x10);
            if is_object && value.as_ref().is_some_and(|value| value.first() == Some(&1)) {
                // In clear, and something else: what was secret must not be told all the same.
                changed.put(key.clone(), [&[0, 1], b"\xa0".as_slice()].concat());
            }
        }
        changed
    });
    let replayed = builder(&lie).replay(&Replay::default()).unwrap();
    assert!(!replayed.agrees());
    let hex: String = secret.iter().map(|octet| format!("{octet:02x}")).collect();
    for divergence in &replayed.divergences {
        assert!(!divergence.to_string().contains(&hex), "{divergence}");
    }
    let of_secret = replayed.divergences.iter().find(|d| d.about.contains("hogshead/actor"));
    assert_eq!(of_secret.unwrap().replayed, "a secret");
}
