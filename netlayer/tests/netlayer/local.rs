//! The owner's socket: real files, real modes.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use hogshead_netlayer::local::{self, LocalChannel, LocalError, LocalListener};
use hogshead_netlayer::{ChannelError, CloseReason, Limits};
use tempfile::TempDir;

use crate::support::frame;

struct Place {
    _folder: TempDir,
    path: PathBuf,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run").join("host.sock");
    Place { _folder: folder, path }
}

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

async fn both(listener: &LocalListener) -> (LocalChannel, LocalChannel) {
    let limits = Limits::default();
    let (one, other) = tokio::join!(local::connect(listener.path(), &limits), listener.accept());
    (one.unwrap(), other.unwrap())
}

#[tokio::test]
async fn frames_go_both_ways_and_the_end_is_seen() {
    let place = place();
    let listener = LocalListener::bind(&place.path, Limits::default()).unwrap();
    let (mut client, mut host) = both(&listener).await;
    let big = bytes::Bytes::from(vec![7; 2_000_000]);
    for n in 0..1000 {
        client.tx.send(frame(&format!("call {n}"))).await.unwrap();
    }
    client.tx.send(big.clone()).await.unwrap();
    for n in 0..1000 {
        assert_eq!(host.rx.recv().await.unwrap().unwrap(), format!("call {n}"));
    }
    assert_eq!(host.rx.recv().await.unwrap().unwrap(), big);
    host.tx.send(frame("answer")).await.unwrap();
    host.tx.close(CloseReason::Done);
    assert_eq!(client.rx.recv().await.unwrap().unwrap(), "answer");
    assert_eq!(client.rx.recv().await.unwrap(), None);
    drop(client);
    assert_eq!(host.rx.recv().await.unwrap(), None);
}

#[tokio::test]
async fn the_folder_is_0700_the_socket_0600_and_both_go_with_the_listener() {
    let place = place();
    let listener = LocalListener::bind(&place.path, Limits::default()).unwrap();
    assert_eq!(mode(place.path.parent().unwrap()), 0o700);
    assert_eq!(mode(&place.path), 0o600);
    drop(listener);
    assert!(!place.path.exists());
    let error = local::connect(&place.path, &Limits::default()).await.unwrap_err();
    assert!(matches!(error, LocalError::NobodyThere(_)), "{error}");
}

#[tokio::test]
async fn a_folder_that_others_may_enter_is_refused() {
    let place = place();
    let folder = place.path.parent().unwrap();
    fs::create_dir(folder).unwrap();
    for open in [0o755, 0o750, 0o701] {
        fs::set_permissions(folder, Permissions::from_mode(open)).unwrap();
        let error = LocalListener::bind(&place.path, Limits::default()).unwrap_err();
        assert!(matches!(error, LocalError::OpenFolder { mode, .. } if mode == open), "{error}");
        assert!(error.to_string().contains("chmod 700"), "{error}");
    }
}

#[tokio::test]
async fn a_socket_in_use_is_not_taken_and_a_stale_one_is() {
    let place = place();
    let listener = LocalListener::bind(&place.path, Limits::default()).unwrap();
    let error = LocalListener::bind(&place.path, Limits::default()).unwrap_err();
    assert!(matches!(error, LocalError::InUse(_)), "{error}");
    both(&listener).await;
    drop(listener);

    // Another program listens, without our lock.
    let other = std::os::unix::net::UnixListener::bind(&place.path).unwrap();
    let error = LocalListener::bind(&place.path, Limits::default()).unwrap_err();
    assert!(matches!(error, LocalError::InUse(_)), "{error}");
    // It is killed and leaves its file.
    drop(other);
    assert!(place.path.exists());
    let error = local::connect(&place.path, &Limits::default()).await.unwrap_err();
    assert!(matches!(error, LocalError::NobodyThere(_)), "{error}");
    let listener = LocalListener::bind(&place.path, Limits::default()).unwrap();
    both(&listener).await;
}

#[tokio::test]
async fn who_listens_where_a_folder_was_moved_away_keeps_the_socket() {
    let place = place();
    let first = LocalListener::bind(&place.path, Limits::default()).unwrap();
    let folder = place.path.parent().unwrap();
    fs::rename(folder, folder.with_extension("moved")).unwrap();
    let second = LocalListener::bind(&place.path, Limits::default()).unwrap();
    drop(first);
    both(&second).await;
    drop(second);
    assert!(!place.path.exists());
}

#[tokio::test]
async fn a_file_in_the_way_is_left_alone_and_a_long_path_refused() {
    let place = place();
    let folder = place.path.parent().unwrap();
    fs::create_dir(folder).unwrap();
    fs::set_permissions(folder, Permissions::from_mode(0o700)).unwrap();
    fs::write(&place.path, "mine").unwrap();
    let error = LocalListener::bind(&place.path, Limits::default()).unwrap_err();
    assert!(matches!(error, LocalError::NotASocket(_)), "{error}");
    assert_eq!(fs::read(&place.path).unwrap(), b"mine");

    let long = folder.join("x".repeat(120));
    let error = LocalListener::bind(&long, Limits::default()).unwrap_err();
    assert!(matches!(error, LocalError::TooLong(_)), "{error}");
}

#[tokio::test]
async fn an_announcement_of_4_gib_is_refused_here_too() {
    use tokio::io::AsyncWriteExt;
    let place = place();
    let listener = LocalListener::bind(&place.path, Limits::default()).unwrap();
    let raw = tokio::net::UnixStream::connect(&place.path);
    let (raw, host) = tokio::join!(raw, listener.accept());
    let (mut raw, mut host) = (raw.unwrap(), host.unwrap());
    raw.write_all(&[0xff; 4]).await.unwrap();
    let error = host.rx.recv().await.unwrap_err();
    assert!(matches!(error, ChannelError::FrameTooLarge { .. }), "{error}");
}
