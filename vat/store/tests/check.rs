//! Snapshots, checks and rebuilding: what is left when something was damaged, and the way out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{on_each_engine, puts, text, texts};
use hogshead_objects::ids::CommitNumber;
use hogshead_store::check::{Base, Rebuild, check, rebuild, snapshot};
use hogshead_store::{Engine, Keep, Options, Retention, Status, StoreError};

/// Commits `from..=to`: each a row of its own, and the last one. All durable.
fn commit(keep: &Keep, numbers: std::ops::RangeInclusive<u64>) {
    for n in numbers {
        let number = keep.commit(puts([(&format!("row {n:03}"), "x"), ("last", &n.to_string())]));
        assert_eq!(number.unwrap().0, n);
    }
    keep.wait_durable(keep.newest()).unwrap();
}

/// Checks that the store opens and holds exactly these commits, and takes another one.
fn holds(dir: &Path, options: Options, newest: u64) {
    let keep = Keep::open(dir, options.clone()).unwrap();
    assert_eq!(keep.newest().0, newest);
    assert_eq!(texts(&keep, "row", "row~", 1000).len() as u64, newest);
    assert_eq!(text(&keep, "last"), Some(newest.to_string()));
    commit(&keep, newest + 1..=newest + 1);
    keep.close().unwrap();
    let keep = Keep::open(dir, options).unwrap();
    assert_eq!(text(&keep, "last"), Some((newest + 1).to_string()));
}

fn segments(dir: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> =
        fs::read_dir(dir.join("journal")).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

fn from(base: Base) -> Rebuild {
    Rebuild { base, engine: None, accept_loss: false }
}

/// Makes the checkpoint unreadable, in a way that each engine notices.
fn ruin_checkpoint(dir: &Path) {
    for file in ["sled/db", "sled/conf", "redb"] {
        let path = dir.join("checkpoint").join(file);
        if path.exists() {
            let len = fs::metadata(&path).unwrap().len() as usize;
            fs::write(path, vec![0x5a; len]).unwrap();
        }
    }
    for entry in fs::read_dir(dir.join("checkpoint/sled")).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with("snap.") {
            fs::write(entry.path(), "not a snapshot").unwrap();
        }
    }
}

#[test]
fn a_whole_store_is_found_whole() {
    on_each_engine(|options, dir| {
        let options = Options { segment_bytes: 1000, ..options };
        let keep = Keep::create(&dir, options.clone()).unwrap();
        commit(&keep, 1..=30);
        keep.close().unwrap();
        let report = check(&dir).unwrap();
        assert_eq!(report.problems, [""; 0]);
        assert!(report.is_whole());
        assert_eq!(report.engine, options.engine);
        assert_eq!((report.journal_first.0, report.journal_newest.0), (1, 30));
        assert_eq!((report.checkpoint, report.rows), (Some(CommitNumber(30)), 31));
        assert_eq!(report.journal_segments, segments(&dir).len());
        assert_eq!(report.snapshot, None);
        holds(&dir, options, 30);
    });
}

#[test]
fn a_store_that_is_open_is_not_checked() {
    on_each_engine(|options, dir| {
        let _keep = Keep::create(&dir, options).unwrap();
        assert!(matches!(check(&dir), Err(StoreError::InUse { .. })));
        assert!(matches!(rebuild(&dir, &from(Base::Journal)), Err(StoreError::InUse { .. })));
    });
}

#[test]
fn a_ruined_checkpoint_is_made_again_from_the_journal() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        commit(&keep, 1..=30);
        keep.close().unwrap();
        ruin_checkpoint(&dir);
        let error = Keep::open(&dir, options.clone()).unwrap_err().to_string();
        assert!(error.contains("hogshead store rebuild"), "{error}");
        let report = check(&dir).unwrap();
        assert_eq!(report.checkpoint, None);
        assert!(report.problems[0].contains("hogshead store rebuild"), "{report:?}");

        let rebuilt = rebuild(&dir, &from(Base::Journal)).unwrap();
        assert_eq!((rebuilt.base.0, rebuilt.newest.0), (0, 30));
        assert_eq!(rebuilt.set_aside, [dir.join("checkpoint.old-1")]);
        assert!(check(&dir).unwrap().is_whole());
        holds(&dir, options, 30);
    });
}

#[test]
fn a_ruined_checkpoint_is_made_again_from_a_snapshot() {
    on_each_engine(|options, dir| {
        let options = Options { segment_bytes: 1000, retention: Retention::Bytes(0), ..options };
        let keep = Keep::create(&dir, options.clone()).unwrap();
        commit(&keep, 1..=30);
        keep.flush().unwrap();
        assert_eq!(keep.status().oldest.0, 1, "without a snapshot everything is kept");
        let taken = keep.snapshot(&dir.join("backup")).unwrap();
        assert_eq!((taken.number.0, taken.rows), (30, 31));
        commit(&keep, 31..=60);
        keep.close().unwrap();
        let report = check(&dir).unwrap();
        assert!(report.is_whole(), "{report:?}");
        assert!((2..=31).contains(&report.journal_first.0), "{report:?}");
        assert_eq!(report.snapshot, Some(CommitNumber(30)));

        ruin_checkpoint(&dir);
        let error = rebuild(&dir, &from(Base::Journal)).unwrap_err().to_string();
        assert!(error.contains("the journal begins with commit"), "{error}");
        let rebuilt = rebuild(&dir, &from(Base::Snapshot(taken.path))).unwrap();
        assert_eq!((rebuilt.base.0, rebuilt.newest.0), (30, 60));
        assert!(check(&dir).unwrap().is_whole());
        holds(&dir, options, 60);
    });
}

#[test]
fn the_journal_is_kept_until_a_snapshot_and_then_as_the_owner_says() {
    on_each_engine(|options, dir| {
        let options = Options { segment_bytes: 1000, retention: Retention::Bytes(5000), ..options };
        let keep = Keep::create(&dir, options).unwrap();
        let grow = |numbers: std::ops::RangeInclusive<u64>| -> Status {
            for n in numbers {
                commit(&keep, n..=n);
            }
            keep.flush().unwrap();
            keep.status()
        };
        let status = grow(1..=100);
        assert_eq!(status.oldest.0, 1);
        assert!(status.journal_bytes > 8000);
        keep.snapshot(&dir.join("backup")).unwrap();
        let status = grow(101..=102);
        assert!((5000..7000).contains(&status.journal_bytes), "{status:?}");
        assert!(status.oldest.0 > 1);
        // What came after the snapshot is kept, however much it is.
        let status = grow(103..=250);
        assert!(status.oldest.0 <= 101, "{status:?}");
        assert_eq!(status.journal_segments, segments(&dir).len());
    });
}

#[test]
fn damage_in_the_middle_of_the_journal_is_refused_and_the_checkpoint_goes_on() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        for n in 1..=30 {
            commit(&keep, n..=n);
        }
        keep.close().unwrap();
        flip(&segments(&dir)[0], 700);
        let error = Keep::open(&dir, options.clone()).unwrap_err().to_string();
        assert!(error.starts_with("00000000000000000001.journal is damaged: commit c"), "{error}");
        assert!(error.contains("hogshead store rebuild"), "{error}");
        let report = check(&dir).unwrap();
        assert_eq!(report.problems.len(), 1, "{report:?}");

        let error = rebuild(&dir, &from(Base::Journal)).unwrap_err();
        assert!(matches!(error, StoreError::Loss { .. }), "{error}");
        let rebuilt = rebuild(&dir, &from(Base::Checkpoint)).unwrap();
        assert_eq!((rebuilt.base.0, rebuilt.newest.0), (30, 30));
        assert_eq!(rebuilt.set_aside, [dir.join("checkpoint.old-1"), dir.join("journal.old-1")]);
        assert!(check(&dir).unwrap().is_whole());
        holds(&dir, options, 30);
    });
}

#[test]
fn commits_behind_damage_are_kept_where_a_snapshot_holds_what_the_damage_hit() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        for n in 1..=20 {
            commit(&keep, n..=n);
        }
        let taken = keep.snapshot(&dir.join("backup")).unwrap();
        for n in 21..=30 {
            commit(&keep, n..=n);
        }
        keep.close().unwrap();
        flip(&segments(&dir)[0], 700);
        ruin_checkpoint(&dir);
        let rebuilt = rebuild(&dir, &from(Base::Snapshot(taken.path))).unwrap();
        assert_eq!((rebuilt.base.0, rebuilt.newest.0), (20, 30));
        holds(&dir, options, 30);
    });
}

#[test]
fn commits_are_given_up_only_when_the_owner_says_so() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        for n in 1..=30 {
            commit(&keep, n..=n);
        }
        keep.close().unwrap();
        let segment = segments(&dir).remove(0);
        let len = fs::metadata(&segment).unwrap().len() as usize;
        flip(&segment, len / 2);
        ruin_checkpoint(&dir);
        let error = rebuild(&dir, &from(Base::Journal)).unwrap_err();
        let StoreError::Loss { newest, .. } = &error else { unreachable!("{error}") };
        assert!((10..20).contains(&newest.0), "{error}");
        assert!(Keep::open(&dir, options.clone()).is_err(), "nothing was changed");
        let accepted = Rebuild { accept_loss: true, ..from(Base::Journal) };
        assert_eq!(rebuild(&dir, &accepted).unwrap().newest, *newest);
        holds(&dir, options, newest.0);
    });
}

#[test]
fn the_checkpoint_is_not_given_up_for_a_journal_that_holds_less() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        for n in 1..=30 {
            commit(&keep, n..=n);
        }
        keep.close().unwrap();
        let segment = segments(&dir).remove(0);
        let cut = fs::OpenOptions::new().write(true).open(&segment).unwrap();
        cut.set_len(fs::metadata(&segment).unwrap().len() / 2).unwrap();
        for accept_loss in [false, true] {
            let error = rebuild(&dir, &Rebuild { accept_loss, ..from(Base::Journal) }).unwrap_err();
            let StoreError::Loss { newest, known, from_checkpoint, .. } = &error else {
                unreachable!("{error}")
            };
            assert!((10..20).contains(&newest.0) && known.0 == 30, "{error}");
            assert_eq!(*from_checkpoint, Some(CommitNumber(30)));
            let text = error.to_string();
            assert!(text.contains(&format!("and {} up to c30 would be lost", 30 - newest.0)));
            assert!(!text.contains("hogshead store"), "it is asked for already: {text}");
        }
        let accepted = Rebuild { accept_loss: true, ..from(Base::Checkpoint) };
        assert_eq!(rebuild(&dir, &accepted).unwrap().newest.0, 30);
        holds(&dir, options, 30);
    });
}

#[test]
fn a_journal_that_is_gone_is_damage_and_the_checkpoint_goes_on() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        commit(&keep, 1..=30);
        keep.close().unwrap();
        fs::remove_dir_all(dir.join("journal")).unwrap();
        let error = Keep::open(&dir, options.clone()).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
        let report = check(&dir).unwrap();
        assert!(report.problems[0].contains("its folder is missing"), "{report:?}");

        let accepted = Rebuild { accept_loss: true, ..from(Base::Checkpoint) };
        assert_eq!(rebuild(&dir, &accepted).unwrap().newest.0, 30);
        assert!(check(&dir).unwrap().is_whole());
        holds(&dir, options, 30);
    });
}

#[test]
fn a_store_file_that_is_empty_is_not_said_to_be_made_again_by_a_rebuild() {
    on_each_engine(|options, dir| {
        Keep::create(&dir, options.clone()).unwrap().close().unwrap();
        fs::write(dir.join("store"), "").unwrap();
        for error in [
            Keep::open(&dir, options).unwrap_err(),
            rebuild(&dir, &from(Base::Checkpoint)).unwrap_err(),
        ] {
            let error = error.to_string();
            assert!(error.contains("store restore") && !error.contains("rebuild"), "{error}");
        }
    });
}

#[test]
fn a_missing_segment_is_refused() {
    on_each_engine(|options, dir| {
        let options = Options { segment_bytes: 1000, ..options };
        let keep = Keep::create(&dir, options).unwrap();
        for n in 1..=60 {
            commit(&keep, n..=n);
        }
        keep.close().unwrap();
        fs::remove_file(&segments(&dir)[1]).unwrap();
        let report = check(&dir).unwrap();
        assert!(report.problems[0].contains("are missing"), "{report:?}");
    });
}

#[test]
fn a_store_moves_to_another_engine() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        commit(&keep, 1..=30);
        keep.close().unwrap();
        let other = match options.engine {
            Engine::Sled => Engine::Redb,
            _ => Engine::Sled,
        };
        let to_other = Rebuild { engine: Some(other), ..from(Base::Checkpoint) };
        rebuild(&dir, &to_other).unwrap();
        let report = check(&dir).unwrap();
        assert_eq!(report.engine, other);
        assert!(report.is_whole(), "{report:?}");
        holds(&dir, options, 30);
    });
}

#[test]
fn a_row_that_is_not_what_the_journal_says_is_found() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        commit(&keep, 1..=3);
        keep.close().unwrap();
        // Another store's checkpoint with the same numbers and other rows.
        let other = dir.with_extension("other");
        let keep = Keep::create(&other, options).unwrap();
        for n in 1..=3 {
            keep.commit(puts([("last", "9"), ("row 001", "x"), (&format!("new {n}"), "")]))
                .unwrap();
        }
        keep.close().unwrap();
        fs::remove_dir_all(dir.join("checkpoint")).unwrap();
        fs::rename(other.join("checkpoint"), dir.join("checkpoint")).unwrap();
        let problems = check(&dir).unwrap().problems;
        assert_eq!(
            problems,
            [
                "the row last is not what the journal says",
                "the row row 002 is missing",
                "the row row 003 is missing"
            ]
        );
    });
}

#[test]
fn every_flipped_byte_of_a_snapshot_is_noticed() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options).unwrap();
        commit(&keep, 1..=10);
        let taken = keep.snapshot(&dir.join("backup")).unwrap();
        assert_eq!(snapshot(&taken.path).unwrap(), taken);
        assert_eq!(taken.bytes, fs::metadata(&taken.path).unwrap().len());
        let copy = dir.join("copy");
        for at in 0..taken.bytes as usize {
            fs::copy(&taken.path, &copy).unwrap();
            flip(&copy, at);
            assert!(snapshot(&copy).is_err(), "byte {at}");
        }
        for len in 0..taken.bytes as usize {
            fs::write(&copy, &fs::read(&taken.path).unwrap()[..len]).unwrap();
            assert!(snapshot(&copy).is_err(), "{len} bytes");
        }
    });
}

#[test]
fn a_snapshot_of_another_store_is_refused() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        commit(&keep, 1..=3);
        keep.close().unwrap();
        let other = dir.with_extension("other");
        let keep = Keep::create(&other, options).unwrap();
        commit(&keep, 1..=3);
        let taken = keep.snapshot(&other).unwrap();
        let error = rebuild(&dir, &from(Base::Snapshot(taken.path))).unwrap_err().to_string();
        assert!(error.ends_with("is of another store"), "{error}");
    });
}

#[test]
fn a_newer_store_is_refused_with_a_clear_text() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        commit(&keep, 1..=3);
        keep.close().unwrap();
        let file = dir.join("store");
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replace("format 1", "format 2\nsomething new")).unwrap();
        let error = Keep::open(&dir, options.clone()).unwrap_err().to_string();
        assert_eq!(error, "store has format 2, this program reads up to 1; use a newer hogshead");
        fs::write(&file, text.replace("id ", "id 0")).unwrap();
        let error = Keep::open(&dir, options.clone()).unwrap_err().to_string();
        assert!(error.starts_with("store is damaged"), "{error}");
        fs::write(&file, text).unwrap();
        holds(&dir, options, 3);
    });
}

#[test]
fn a_rebuild_that_was_interrupted_is_finished_by_the_next_opener() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        commit(&keep, 1..=9);
        keep.close().unwrap();
        // As a crash leaves it: everything is made, the mark is set, nothing is in its place.
        fs::rename(dir.join("checkpoint"), dir.join("checkpoint.new")).unwrap();
        fs::create_dir(dir.join("checkpoint")).unwrap();
        fs::copy(dir.join("store"), dir.join("swap")).unwrap();
        holds(&dir, options.clone(), 9);
        assert!(!dir.join("swap").exists());
        assert!(dir.join("checkpoint.old-1").exists());

        // Without the mark the new part is not taken.
        fs::create_dir(dir.join("checkpoint.new")).unwrap();
        fs::write(dir.join("checkpoint.new/redb"), "half").unwrap();
        let keep = Keep::open(&dir, options).unwrap();
        assert_eq!(keep.newest().0, 10);
    });
}

#[test]
fn a_segment_that_a_crash_left_half_made_is_no_loss() {
    on_each_engine(|options, dir| {
        let keep = Keep::create(&dir, options.clone()).unwrap();
        commit(&keep, 1..=9);
        keep.close().unwrap();
        fs::write(dir.join("journal/00000000000000000010.journal"), "half").unwrap();
        assert!(check(&dir).unwrap().is_whole());
        assert_eq!(rebuild(&dir, &from(Base::Checkpoint)).unwrap().newest.0, 9);
        holds(&dir, options, 9);
    });
}
