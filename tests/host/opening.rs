//! What a host finds when it opens its folder: what a killed start left, others who start as well.

use std::fs;

use hogshead::{Host, Replay};

use super::cast::start;

#[tokio::test(flavor = "multi_thread")]
async fn a_first_start_that_was_cut_off_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a");
    let store = data.join("store");
    // Cut off before the mark, and after it.
    fs::create_dir_all(&data).unwrap();
    fs::set_permissions(&data, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    fs::create_dir(&store).unwrap();
    fs::write(store.join("lock"), "").unwrap();
    start(&data).await.shutdown().await.unwrap();
    fs::remove_file(store.join("store")).unwrap();
    let refused = Host::builder(&data).start().await.map(drop).unwrap_err().to_string();
    assert!(refused.contains("restore that from a backup"), "{refused}");
    fs::write(store.join("making"), "").unwrap();
    let refused = Host::builder(&data).replay(&Replay::default()).unwrap_err().to_string();
    assert!(refused.contains("start its host"), "{refused}");

    start(&data).await.shutdown().await.unwrap();
    assert!(!store.join("making").exists());
    start(&data).await.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_first_starts_at_the_same_moment_one_wins_and_the_others_are_told() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("a");
        let starts = [(); 3].map(|()| tokio::spawn(Host::builder(&data).start()));
        let mut winners = Vec::new();
        for started in starts {
            match started.await.unwrap() {
                Ok(host) => winners.push(host),
                Err(error) => assert!(error.to_string().contains("is in use"), "{error}"),
            }
        }
        assert_eq!(winners.len(), 1);
        winners.remove(0).shutdown().await.unwrap();
        start(&data).await.shutdown().await.unwrap();
    }
}
