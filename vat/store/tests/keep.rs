//! A store as its callers see it: what is committed is read at once, survives closing and
//! crashing, and is reported durable in the order of the commits.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use common::{on_each_engine, options, puts, text, texts};
use hogshead_objects::ids::CommitNumber;
use hogshead_store::{Batch, Engine, Keep, Options, StoreError};

#[test]
fn what_is_committed_is_read_at_once_and_after_reopening() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        assert_eq!(keep.commit(puts([("a", "1"), ("b", "2"), ("c", "3")])).unwrap().0, 1);
        let mut batch = puts([("a", "one")]);
        batch.delete("b");
        assert_eq!(keep.commit(batch).unwrap().0, 2);
        let rows = [("a".to_owned(), "one".to_owned()), ("c".to_owned(), "3".to_owned())];
        assert_eq!(texts(&keep, "", "z", 10), rows);

        // The same from the checkpoint alone.
        keep.flush().unwrap();
        assert_eq!(keep.status().overlay_bytes, 0);
        assert_eq!(texts(&keep, "", "z", 10), rows);
        assert_eq!(text(&keep, "b"), None);
        keep.close().unwrap();

        let keep = Keep::open(&dir, options).unwrap();
        assert_eq!(texts(&keep, "", "z", 10), rows);
        assert_eq!(keep.newest(), CommitNumber(2));
        assert_eq!(keep.commit(Batch::new()).unwrap(), CommitNumber(3));
        keep.close().unwrap();
    });
}

#[test]
fn ranges_join_the_overlay_and_the_checkpoint() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options).unwrap();
        keep.commit(puts([("a", "1"), ("b", "1"), ("c", "1"), ("d", "1"), ("e", "1")])).unwrap();
        keep.flush().unwrap();
        let mut batch = puts([("bb", "2"), ("d", "2")]);
        batch.delete("a").delete("c");
        keep.commit(batch).unwrap();
        let keys = |from, to, limit| {
            let rows = texts(&keep, from, to, limit);
            rows.into_iter().map(|(key, value)| format!("{key}{value}")).collect::<Vec<_>>()
        };
        assert_eq!(keys("", "z", 9), ["b1", "bb2", "d2", "e1"]);
        assert_eq!(keys("", "z", 2), ["b1", "bb2"]);
        assert_eq!(keys("b", "d", 9), ["b1", "bb2"]);
        assert_eq!(keys("c", "z", 1), ["d2"]);
        assert_eq!(keys("z", "a", 9), [""; 0]);
        assert_eq!(keys("", "z", 0), [""; 0]);
    });
}

#[test]
fn durability_is_reported_in_commit_order() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options).unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (sender, receiver) = mpsc::channel();
        for n in 1..=200 {
            let number = keep.commit(puts([("n", &n.to_string())])).unwrap();
            assert_eq!(number.0, n);
            let (seen, sender) = (seen.clone(), sender.clone());
            keep.on_durable(
                number,
                Box::new(move |result| {
                    assert!(result.is_ok());
                    seen.lock().unwrap().push(number.0);
                    sender.send(()).unwrap();
                }),
            );
        }
        keep.wait_durable(CommitNumber(200)).unwrap();
        for _ in 0..200 {
            receiver.recv().unwrap();
        }
        assert_eq!(*seen.lock().unwrap(), (1..=200).collect::<Vec<_>>());
        assert_eq!(keep.durable().0, 200);

        // One that comes late is called as well.
        let (sender, receiver) = mpsc::channel();
        keep.on_durable(CommitNumber(7), Box::new(move |r| sender.send(r.is_ok()).unwrap()));
        assert!(receiver.recv().unwrap());
        let error = keep.wait_durable(CommitNumber(201)).unwrap_err();
        assert_eq!(error.to_string(), "there is no commit c201, the newest is c200");
    });
}

#[test]
fn many_threads_share_one_order() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let keep = &keep;
                scope.spawn(move || {
                    for n in 0..100 {
                        let (key, n) = (format!("thread {thread}"), n.to_string());
                        let number = keep.commit(puts([(&key, &n), ("last", &key)])).unwrap();
                        assert_eq!(text(keep, &key), Some(n));
                        keep.wait_durable(number).unwrap();
                    }
                });
            }
        });
        assert_eq!(keep.newest().0, 400);
        keep.crash();
        let keep = Keep::open(&dir, options).unwrap();
        assert_eq!(keep.newest().0, 400);
        for thread in 0..4 {
            assert_eq!(text(&keep, &format!("thread {thread}")), Some("99".to_owned()));
        }
    });
}

#[test]
fn what_was_durable_survives_a_crash() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        for n in 0..50 {
            keep.commit(puts([(&format!("{n:02}"), "x")])).unwrap();
        }
        keep.wait_durable(CommitNumber(50)).unwrap();
        keep.crash();
        let keep = Keep::open(&dir, options).unwrap();
        assert_eq!(texts(&keep, "", "z", 100).len(), 50);
        assert_eq!(keep.durable().0, 50);
    });
}

#[test]
fn a_second_opener_is_told_who_is_there() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        for second in [Keep::open(&dir, options.clone()), Keep::create(&dir, options.clone())] {
            let error = second.unwrap_err();
            assert!(matches!(error, StoreError::InUse { .. }), "{error}");
        }
        drop(keep);
        Keep::open(&dir, options.clone()).unwrap();
        let error = Keep::create(&dir, options.clone()).unwrap_err();
        assert!(error.to_string().contains("it already holds a store"), "{error}");
        let error = Keep::open(&dir.join("elsewhere"), options).unwrap_err();
        assert!(error.to_string().ends_with("holds no store"), "{error}");
    });
}

#[test]
fn only_the_owner_may_read() {
    on_each_engine(|options, dir| {
        let options = Options { segment_bytes: 1000, ..options };
        let keep = Keep::create(&dir, options).unwrap();
        for n in 0..100 {
            let newest = keep.commit(puts([(&n.to_string(), &"x".repeat(500))])).unwrap();
            keep.wait_durable(newest).unwrap();
        }
        keep.flush().unwrap();
        assert!(keep.status().journal_segments > 10);
        check_modes(&dir);
        keep.close().unwrap();
        check_modes(&dir);
    });
}

fn check_modes(path: &Path) {
    let meta = std::fs::metadata(path).unwrap();
    let mode = meta.permissions().mode() & 0o777;
    let wanted = if meta.is_dir() { 0o700 } else { 0o600 };
    assert_eq!(mode, wanted, "{} has mode {mode:o}", path.display());
    if meta.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            check_modes(&entry.unwrap().path());
        }
    }
}

#[test]
fn an_ephemeral_store_numbers_its_commits_and_keeps_nothing_but_rows() {
    let dir = tempfile::tempdir().unwrap();
    let keep = Keep::create(&dir.path().join("store"), options(Engine::Memory)).unwrap();
    assert!(keep.is_ephemeral() && keep.stepper().is_none());
    for n in 1..=1000 {
        let mut batch = puts([("n", &n.to_string()), ("m", "1")]);
        batch.delete("m").meta("a turn");
        assert_eq!(keep.commit(batch).unwrap(), CommitNumber(n));
    }
    assert_eq!((text(&keep, "n"), text(&keep, "m")), (Some("1000".to_owned()), None));
    assert_eq!(keep.range(b"a", b"z", 10).unwrap().len(), 1);
    let status = keep.status();
    assert_eq!((status.newest, status.durable), (CommitNumber(1000), CommitNumber(1000)));
    assert_eq!((status.journal_bytes, status.overlay_bytes), (0, 0));
    // What is refused leaves no trace, and there is no history.
    let refused = keep.commit(puts([("n", "x"), (&"k".repeat(2000), "")]));
    assert!(matches!(refused, Err(StoreError::Limit { .. })));
    assert_eq!((text(&keep, "n"), keep.newest()), (Some("1000".to_owned()), CommitNumber(1000)));
    assert!(matches!(keep.snapshot(dir.path()), Err(StoreError::Ephemeral)));
    keep.close().unwrap();
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "no file was made");
}

#[test]
fn what_waits_for_an_ephemeral_commit_is_told_at_once_and_nobody_sees_half_of_one() {
    let keep = Arc::new(Keep::memory());
    let (told, tell) = std::sync::mpsc::channel();
    let late = keep.newest();
    for number in [late, CommitNumber(late.0 + 1)] {
        let told = told.clone();
        keep.on_durable(number, Box::new(move |durable| told.send(durable.is_ok()).unwrap()));
    }
    assert_eq!(tell.try_iter().collect::<Vec<_>>(), [true, false]);
    assert!(keep.wait_durable(CommitNumber(1)).is_err(), "there is no such commit");

    let writer = Arc::clone(&keep);
    let writing = std::thread::spawn(move || {
        for n in 0..2000 {
            let n = n.to_string();
            writer.commit(puts([("a", &n), ("b", &n), ("c", &n)])).unwrap();
        }
    });
    while !writing.is_finished() {
        let rows = keep.range(b"a", b"d", 3).unwrap();
        assert!(rows.iter().all(|(_, value)| *value == rows[0].1), "{rows:?}");
    }
    writing.join().unwrap();
    keep.wait_durable(CommitNumber(2000)).unwrap();
    assert_eq!(keep.flush().unwrap(), CommitNumber(2000));
}

#[test]
fn a_store_whose_making_was_interrupted_is_made_again() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        keep.commit(puts([("a", "1")])).unwrap();
        keep.close().unwrap();
        // Without the store file there is no store, and nothing says that it was only half made.
        std::fs::remove_file(dir.join("store")).unwrap();
        assert!(matches!(Keep::open(&dir, options.clone()), Err(StoreError::Missing { .. })));
        let error = Keep::create(&dir, options.clone()).unwrap_err().to_string();
        assert!(error.contains("restore that from a backup"), "{error}");
        let error = Keep::exists(&dir).unwrap_err().to_string();
        assert!(error.contains("restore that from a backup"), "{error}");

        std::fs::write(dir.join("making"), "").unwrap();
        assert!(!Keep::exists(&dir).unwrap());
        let error = Keep::open(&dir, options.clone()).unwrap_err();
        assert!(matches!(error, StoreError::HalfMade { .. }), "{error}");
        let keep = Keep::create(&dir, options.clone()).unwrap();
        assert_eq!(keep.newest().0, 0);
        assert_eq!(text(&keep, "a"), None);
        drop(keep);
        assert!(!dir.join("making").exists());
        assert!(Keep::exists(&dir).unwrap());
        Keep::open(&dir, options).unwrap();
    });
}
