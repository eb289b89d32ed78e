//! Secrets at rest: who may read the files, and that there is no secret in clear in them.
//!
//! Every kind of row gets a sturdyref and, beside it, a marker that is no secret. The markers must
//! be found: so a secret that was written in clear in the same way would be.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails fails its test")]

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE32_NOPAD, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use hogshead::stock::counter::Counter;
use hogshead::{Client, Engine, Handle, Host, Message, SturdyRef, Value};
use hogshead_store::{Keep, Options};
use hogshead_trials::secrets::{Drawer, Fossil, Keeper, Needle, Scanner, files};

async fn start(data: &Path, engine: Engine, with_fossils: bool) -> Host {
    let builder = Host::builder(data)
        .engine(engine)
        .idle(Duration::from_secs(3600))
        .listen("127.0.0.1:0".parse().unwrap())
        .register::<Drawer>();
    let builder = if with_fossils { builder.register::<Fossil>() } else { builder };
    builder.start().await.unwrap()
}

async fn spawn(client: &Client, vat: &str, kind: &str, name: &str) -> Handle {
    let admin = client.admin();
    let kind = kind.to_owned();
    let made = admin.ask().spawn(vat.into(), kind, Value::Undefined, Some(name.into())).await;
    client.handle(&made.unwrap()).unwrap()
}

async fn lookup(client: &Client, name: &str) -> Handle {
    let found = client.admin().ask().lookup(name.into()).await.unwrap();
    client.handle(&found).unwrap()
}

/// The sturdyrefs and the markers that were planted.
#[derive(Default)]
struct Planted {
    sturdyrefs: Vec<(String, SturdyRef)>,
    markers: Vec<String>,
}

impl Planted {
    /// A new sturdyref on `target` and a marker, as values to be put at `place`.
    async fn values(&mut self, target: &Handle<dyn Counter>, place: &str) -> [Value; 2] {
        let admin = target.client().admin();
        let shared = admin.ask().share(target.value(), None, place.to_owned()).await.unwrap();
        self.sturdyrefs.push((place.to_owned(), shared.clone()));
        let marker = format!("a marker in {place}");
        self.markers.push(marker.clone());
        [Value::SturdyRef(Box::new(shared)), Value::String(marker)]
    }

    fn swiss_numbers(&self) -> Vec<(String, Vec<u8>)> {
        let expose = |(place, shared): &(String, SturdyRef)| {
            (format!("the swiss number in {place}"), shared.swiss.expose().to_vec())
        };
        self.sturdyrefs.iter().map(expose).collect()
    }
}

/// A secret in every form in which it might be written down.
fn forms(name: &str, secret: &[u8]) -> Vec<Needle> {
    let base32 = BASE32_NOPAD.encode(secret);
    let forms = [
        ("raw", secret.to_vec()),
        ("base32, lower case", base32.to_ascii_lowercase().into_bytes()),
        ("base32", base32.into_bytes()),
        ("hex", HEXLOWER.encode(secret).into_bytes()),
        ("hex, upper case", HEXUPPER.encode(secret).into_bytes()),
        ("base64", BASE64_NOPAD.encode(secret).into_bytes()),
        ("base64url", BASE64URL_NOPAD.encode(secret).into_bytes()),
    ];
    let needle = |(form, bytes)| Needle { name: format!("{name} ({form})"), bytes };
    forms.into_iter().map(needle).collect()
}

type Files = Vec<(PathBuf, Option<Vec<u8>>)>;

/// What is found in any of the files but the key file.
fn found(files: &Files, needles: Vec<Needle>) -> Vec<String> {
    let scanner = Scanner::new(needles);
    let mut all = Vec::new();
    for (path, bytes) in files {
        if path.file_name().is_some_and(|name| name == "key") {
            continue;
        }
        let bytes = bytes.as_deref().unwrap_or_default();
        all.extend(scanner.scan(bytes).into_iter().map(|name| (name, path.clone())));
    }
    all.into_iter().map(|(name, _)| name).collect()
}

fn check_modes(folder: &Path) {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (path, bytes) in files(folder).unwrap() {
        let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        let wanted = if bytes.is_some() { 0o600 } else { 0o700 };
        seen += 1;
        if mode != wanted {
            wrong.push(format!("{} is {mode:o}, not {wanted:o}", path.display()));
        }
    }
    assert!(seen >= 2, "{} has no file", folder.display());
    assert_eq!(wrong, Vec::<String>::new());
}

/// The modes of everything while the host runs: the socket is among it, and cannot be read.
fn check_modes_of_running(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let meta = entry.metadata().unwrap();
        assert_eq!(meta.mode() & 0o077, 0, "{}", entry.path().display());
        if meta.is_dir() {
            check_modes_of_running(&entry.path());
        }
    }
}

/// The private keys in a stopped store: the key file's, the host's, and every vat's.
fn private_keys(data: &Path, engine: Engine) -> Vec<(String, Vec<u8>)> {
    let text = std::fs::read_to_string(data.join("key")).unwrap();
    let last = text.lines().last().unwrap();
    let key = BASE32_NOPAD.decode(last.as_bytes()).unwrap();
    let cipher = XChaCha20Poly1305::new(key.as_slice().into());
    let keep = Keep::open(&data.join("store"), Options { engine, ..Options::default() }).unwrap();
    let mut keys = vec![("the key file's key".to_owned(), key)];
    let host_row = [0xff, 0xff, 0xff, 0xff, 0x01];
    keys.push(("the host's key".to_owned(), key_in(&cipher, &keep, &host_row, "key")));
    for vat in 0..u32::MAX {
        let mut identity = vat.to_be_bytes().to_vec();
        identity.extend([0x31, 0x01]);
        if keep.get(&identity).unwrap().is_none() {
            break;
        }
        keys.push((format!("the key of vat {vat}"), key_in(&cipher, &keep, &identity, "root")));
    }
    keep.close().unwrap();
    keys
}

fn key_in(cipher: &XChaCha20Poly1305, keep: &Keep, row: &[u8], field: &str) -> Vec<u8> {
    let kept = keep.get(row).unwrap().unwrap();
    assert_eq!(kept[0], 1, "a row with a private key is not sealed");
    let (nonce, sealed) = kept[1..].split_at(24);
    let opened = cipher
        .decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: row })
        .expect("the key file opens its store");
    let opened: ciborium::Value = ciborium::from_reader(opened.as_slice()).unwrap();
    let fields = opened.into_map().unwrap();
    let found = fields.into_iter().find(|(name, _)| name.as_text() == Some(field));
    let key = found.unwrap().1.into_bytes().unwrap();
    assert_eq!(key.len(), 32);
    key
}

/// Plants a sturdyref and a marker in every place that a living host offers.
async fn plant(client: &Client, planted: &mut Planted) {
    let admin = client.admin();
    for vat in ["holder", "other"] {
        admin.ask().vat_new(vat.into()).await.unwrap();
    }
    let counter: Handle<dyn Counter> =
        spawn(client, "other", "hogshead/counter", "counter").await.cast();
    let drawer: Handle<dyn Keeper> =
        spawn(client, "holder", "hogshead-trials/drawer", "drawer").await.cast();
    let passer: Handle<dyn Keeper> =
        spawn(client, "other", "hogshead-trials/drawer", "passer").await.cast();
    spawn(client, "holder", "hogshead-trials/fossil", "fossil").await;

    for value in planted.values(&counter, "an object's state").await {
        drawer.ask().hold(value).await.unwrap();
    }
    for value in planted.values(&counter, "a promise that was kept").await {
        drawer.ask().settle(value).await.unwrap();
    }
    for value in planted.values(&counter, "a delivery that waits for a promise").await {
        drawer.ask().wait(value).await.unwrap();
    }
    for value in planted.values(&counter, "what a continuation captured").await {
        drawer.ask().capture(value).await.unwrap();
    }
    for value in planted.values(&counter, "a cell at its birth").await {
        let kind = "hogshead/cell".to_owned();
        admin.ask().spawn("holder".into(), kind, value, None).await.unwrap();
    }
    let [sturdyref, _] = planted.values(&counter, "the owner's directory").await;
    admin.ask().name("afar".into(), sturdyref).await.unwrap();
    planted.markers.retain(|marker| marker != "a marker in the owner's directory");
    // Names with a sturdyref among them are sealed together. Before it came they were in clear,
    // and this one is nowhere else.
    planted.markers.push("passer".to_owned());

    // What reaches a paused vat stays there as it came.
    admin.ask().vat_pause("holder".into()).await.unwrap();
    for value in planted.values(&counter, "a message to a paused vat").await {
        passer.ask().pass(drawer.cap().cast(), value).await.unwrap();
    }
    let details = admin.ask().vat_show("holder".into()).await.unwrap();
    assert!(!details.waits_for.is_empty(), "{details:?}");
}

/// Another host that fetches what this one shares, so that there are sessions on both sides.
async fn visit(folder: &Path, engine: Engine, client: &Client, planted: &mut Planted) -> Host {
    let visitor = start(folder, engine, false).await;
    let counter: Handle<dyn Counter> = lookup(client, "counter").await.cast();
    planted.values(&counter, "a session between hosts").await;
    planted.markers.pop();
    let (_, shared) = planted.sturdyrefs.last().unwrap().clone();
    let theirs = visitor.client().await.unwrap();
    let live = theirs.admin().ask().enliven(shared.clone()).await.unwrap();
    let live: Handle<dyn Counter> = theirs.handle(&live).unwrap().cast();
    assert_eq!(live.ask().increment(1).await.unwrap(), 1);
    theirs.admin().ask().name("there".into(), Value::SturdyRef(Box::new(shared))).await.unwrap();
    visitor
}

/// Sends to an object whose kind is not known any more.
async fn park(client: &Client, planted: &mut Planted) {
    let admin = client.admin();
    admin.ask().vat_resume("holder".into()).await.unwrap();
    let counter: Handle<dyn Counter> = lookup(client, "counter").await.cast();
    let fossil = lookup(client, "fossil").await;
    let values = planted.values(&counter, "a delivery that is parked").await;
    let mut waiting = Vec::new();
    for value in values {
        waiting.push(client.pipeline(&fossil, Message::new("hold", [value])));
    }
    for _ in 0..500 {
        if admin.ask().parked("holder".into()).await.unwrap().len() == 2 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let details = admin.ask().vat_show("holder".into()).await.unwrap();
    panic!("nothing was parked: {details:?}");
}

async fn nothing_in_clear(engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let (data, snapshot) = (folder.path().join("a"), folder.path().join("snapshot"));
    let visitors = folder.path().join("b");
    let mut planted = Planted::default();

    let host = start(&data, engine, true).await;
    let client = host.client().await.unwrap();
    plant(&client, &mut planted).await;
    let visitor = visit(&visitors, engine, &client, &mut planted).await;
    check_modes_of_running(&data);
    drop(client);
    // As a crash: nothing is put in order, and the journal is as it was.
    drop(host);
    let crashed = files(&data).unwrap();
    check_modes_of_running(&data);
    visitor.shutdown().await.unwrap();
    check_modes(&visitors);

    let host = start(&data, engine, false).await;
    let client = host.client().await.unwrap();
    park(&client, &mut planted).await;
    client.admin().ask().snapshot(snapshot.display().to_string()).await.unwrap();
    check_modes_of_running(&data);
    drop(client);
    host.shutdown().await.unwrap();
    check_modes(&data);
    check_modes(&snapshot);

    let mut everything = crashed;
    for folder in [&data, &snapshot, &visitors] {
        everything.extend(files(folder).unwrap());
    }
    let mut secrets = planted.swiss_numbers();
    assert_eq!(secrets.len(), 9);
    secrets.extend(private_keys(&data, engine));
    secrets.extend(private_keys(&visitors, engine));
    assert_eq!(secrets.len(), 9 + 5 + 3);
    let needles = secrets.iter().flat_map(|(name, secret)| forms(name, secret)).collect();
    assert_eq!(found(&everything, needles), Vec::<String>::new());

    let as_needle = |marker: &String| Needle { name: marker.clone(), bytes: marker.clone().into() };
    let mut seen = found(&everything, planted.markers.iter().map(as_needle).collect());
    seen.sort();
    seen.dedup();
    planted.markers.sort();
    assert_eq!(seen, planted.markers, "a marker was not found, so a secret would not be either");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_has_a_secret_in_clear_with_sled() {
    nothing_in_clear(Engine::Sled).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_has_a_secret_in_clear_with_redb() {
    nothing_in_clear(Engine::Redb).await;
}

#[test]
fn the_scanner_finds_a_secret_in_every_form() {
    let secret: Vec<u8> = (0..32).map(|n: u8| n.wrapping_mul(7) ^ 0xb5).collect();
    let needles = forms("it", &secret);
    let scanner = Scanner::new(needles.clone());
    for needle in &needles {
        let mut hay = b"before ".to_vec();
        hay.extend(&needle.bytes);
        assert_eq!(scanner.scan(&hay), std::slice::from_ref(&needle.name));
        hay.pop();
        assert_eq!(scanner.scan(&hay), Vec::<String>::new());
    }
}
