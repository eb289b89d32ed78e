//! Many sleeping copies of the meeting script in one store: what each takes on disk, that memory
//! does not grow with them, and how long it takes to wake one.
//!
//! ```text
//! cargo run --release --bin sleepers [-- --processes N] [--vat N] [--wakes N] [--engine redb]
//!                                    [--folder DIR] [--seed N] [--out FILE]
//! ```
//!
//! ```text
//!   vat v0 … vN:  World ──starts──▶ hogshead/scripts ──▶ 1,000 processes, each in its longest wait
//!                   ▲                                        │ isFree, send, replyTo, after
//!                   └────────────────────────────────────────┘
//! ```
//!
//! The first vat is made, the host stops, and starts in a fresh process whose memory is measured;
//! the same again with all vats. Then random processes of vats that are cold are woken: the letter
//! that one waits for is answered, and it asks its calendar. Each such time is a whole call of a
//! client, from the vat's first row that is read to the turn's commit that is flushed.

#[path = "sleepers/look.rs"]
mod look;
#[path = "sleepers/world.rs"]
mod world;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bytes::Bytes;
use hogshead::stock::clock::Clock;
use hogshead::{Client, Engine, Handle, Host, SturdyRef, Value};
use hogshead_benches::measure::{cpu_ns, quantile, random};
use hogshead_benches::results::{self, circumstances};
use hogshead_script::front;
use world::{World, WorldKind};

/// Whatever went wrong: it ends the bench.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The script.
const MEETING: &str = include_str!("../../../examples/scripts/meeting.js");

/// Processes that are started by one message, and so in one turn.
const STARTED_AT_ONCE: u64 = 250;

/// Vats that are filled at the same time.
const VATS_AT_ONCE: usize = 16;

/// After which a vat goes cold.
const IDLE: Duration = Duration::from_millis(500);

struct Options {
    processes: u64,
    in_a_vat: u64,
    wakes: usize,
    engine: Engine,
    folder: Option<PathBuf>,
    seed: u64,
    out: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [look, folder, engine] = arguments.as_slice()
        && look == "look"
    {
        return look::look(Path::new(folder), engine.parse()?).await;
    }
    let options = options(&arguments)?;
    let parent = options.folder.clone().unwrap_or_else(std::env::temp_dir);
    let folder = tempfile::tempdir_in(&parent)?;
    let text = play(&options, &folder.path().join("data")).await?;
    print!("{text}");
    if let Some(file) = &options.out {
        results::write(file, results::SCRIPTS_HEAD, "asleep", text.trim_end())?;
    }
    Ok(())
}

fn options(arguments: &[String]) -> Result<Options, Failure> {
    let mut options = Options {
        processes: 1_000_000,
        in_a_vat: 1_000,
        wakes: 1_000,
        engine: Engine::default(),
        folder: None,
        seed: 1,
        out: None,
    };
    for pair in arguments.chunks(2) {
        let [name, value] = pair else { return Err(format!("{} needs a value", pair[0]).into()) };
        match name.as_str() {
            "--processes" => options.processes = value.parse()?,
            "--vat" => options.in_a_vat = value.parse()?,
            "--wakes" => options.wakes = value.parse()?,
            "--engine" => options.engine = value.parse()?,
            "--folder" => options.folder = Some(value.into()),
            "--seed" => options.seed = value.parse()?,
            "--out" => options.out = Some(value.into()),
            _ => return Err(format!("there is no {name}").into()),
        }
    }
    Ok(options)
}

/// Makes the sleepers, looks, wakes some, and says what came of it.
async fn play(options: &Options, data: &Path) -> Result<String, Failure> {
    let vats = options.processes.div_ceil(options.in_a_vat);
    let code: Bytes = compiled()?.into();
    let circumstances = circumstances("sleepers", data.parent().unwrap_or(data));
    let began = Instant::now();
    let mut worlds = make(options, data, &code, 0..1).await?;
    let (few, few_bytes) = (look::in_child(data, options.engine)?, look::sizes(data));
    worlds.extend(make(options, data, &code, 1..vats).await?);
    let made = began.elapsed();
    let (all, bytes) = (look::in_child(data, options.engine)?, look::sizes(data));
    let wakes = wake(options, data, &worlds).await?;

    let processes = options.processes as f64;
    let mut text = format!(
        "## Asleep\n\n\
         Copies of the meeting script at its longest wait, {} in a vat: each holds four capabilities, waits\n\
         for an answer and a timer, has five states kept for undo at the most, and an entry among its\n\
         vat's scripts.\n\n\
         {circumstances}- engine: {}\n- seed: {}\n\n",
        options.in_a_vat, options.engine, options.seed,
    );
    text += "| processes | vats | made in | checkpoint, bytes a process | journal, bytes a process | memory once quiet | vats in memory |\n\
             | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n";
    let few_count = options.in_a_vat.min(options.processes) as f64;
    for (count, vats, sizes, look, made) in
        [(few_count, 1, few_bytes, few, None), (processes, vats, bytes, all, Some(made))]
    {
        let made =
            made.map_or_else(String::new, |made: Duration| format!("{:.0} s", made.as_secs_f64()));
        let _ = writeln!(
            text,
            "| {count} | {vats} | {made} | {:.0} | {:.0} | {:.1} MB | {} |",
            sizes.checkpoint as f64 / count,
            sizes.journal as f64 / count,
            look.rss_kb as f64 / 1024.0,
            look.vats,
        );
    }
    let sorted = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times
    };
    let (count, elapsed, cpu) =
        (wakes.elapsed_ms.len(), sorted(wakes.elapsed_ms), sorted(wakes.cpu_ms));
    let _ = writeln!(
        text,
        "\nMemory is that of a host that was started over the store in a fresh process. {count} of the sleepers\n\
         were woken, each in a vat that was cold: p50 {:.2} ms, p99 {:.2} ms; of the processor's time, all threads\n\
         of client and host together, p50 {:.2} ms, p99 {:.2} ms.",
        quantile(&elapsed, 0.5),
        quantile(&elapsed, 0.99),
        quantile(&cpu, 0.5),
        quantile(&cpu, 0.99),
    );
    Ok(text)
}

fn compiled() -> Result<Vec<u8>, Failure> {
    let code = front::compile(
        MEETING,
        &front::Options { name: "meeting.js".into(), ..front::Options::default() },
    );
    Ok(code.map_err(|wrong| format!("the meeting script is rejected: {}", wrong[0]))?.encode())
}

async fn start(data: &Path, engine: Engine) -> Result<Host, Failure> {
    let builder = Host::builder(data).engine(engine).idle(IDLE).without_control_socket();
    Ok(builder.register::<WorldKind>().start().await?)
}

/// Fills vats with sleepers. Gives what leads to their worlds.
async fn make(
    options: &Options,
    data: &Path,
    code: &Bytes,
    vats: std::ops::Range<u64>,
) -> Result<Vec<SturdyRef>, Failure> {
    let host = start(data, options.engine).await?;
    let client = host.client().await?;
    let (mut tasks, mut shared) = (tokio::task::JoinSet::new(), std::collections::BTreeMap::new());
    for vat in vats {
        let count = options.in_a_vat.min(options.processes - vat * options.in_a_vat);
        if tasks.len() >= VATS_AT_ONCE
            && let Some(done) = tasks.join_next().await
        {
            let (vat, world) = done??;
            shared.insert(vat, world);
        }
        let (client, code) = (client.clone(), code.clone());
        tasks.spawn(async move { Ok::<_, Failure>((vat, fill(&client, vat, count, code).await?)) });
    }
    while let Some(done) = tasks.join_next().await {
        let (vat, world) = done??;
        shared.insert(vat, world);
    }
    look::quiet(&host).await?;
    drop(client);
    host.shutdown().await?;
    Ok(shared.into_values().collect())
}

/// Makes a vat with so many sleepers.
async fn fill(client: &Client, vat: u64, count: u64, code: Bytes) -> Result<SturdyRef, Failure> {
    let (admin, name) = (client.admin(), format!("v{vat}"));
    admin.ask().vat_new(name.clone()).await?;
    let clock = admin.ask().clock(name.clone()).await?;
    let clock = client.handle(&clock).ok_or("no clock")?.cast::<dyn Clock>();
    let world = admin.ask().spawn(name, world::KIND.into(), Value::Undefined, None).await?;
    let world = client.handle(&world).ok_or("no world")?.cast::<dyn World>();
    let mut left = count;
    while left > 0 {
        let now = left.min(STARTED_AT_ONCE);
        world.ask().start(code.clone(), clock.cap(), now).await?;
        left -= now;
    }
    Ok(admin.ask().share(world.value(), None, "sleepers".into()).await?)
}

/// How long wakes took.
#[derive(Default)]
struct Wakes {
    elapsed_ms: Vec<f64>,
    cpu_ms: Vec<f64>,
}

/// Wakes sleepers of cold vats.
async fn wake(options: &Options, data: &Path, worlds: &[SturdyRef]) -> Result<Wakes, Failure> {
    let host = start(data, options.engine).await?;
    let client = host.client().await?;
    let (mut state, mut wakes) = (options.seed, Wakes::default());
    let mut woken = std::collections::BTreeSet::new();
    while wakes.elapsed_ms.len() < options.wakes.min(usize::try_from(options.processes / 2)?) {
        let nth = random(&mut state) % options.processes;
        if !woken.insert(nth) {
            continue;
        }
        let (vat, letter) = (nth / options.in_a_vat, nth % options.in_a_vat + 1);
        let shared = worlds.get(usize::try_from(vat)?).ok_or("no such vat")?;
        let found = client.admin().ask().enliven(shared.clone()).await?;
        let world: Handle<dyn World> = client.handle(&found).ok_or("no world")?.cast();
        client.admin().ask().vat_evict(format!("v{vat}")).await?;
        let (began, cpu) = (Instant::now(), cpu_ns());
        world.ask().wake(letter).await?;
        wakes.elapsed_ms.push(began.elapsed().as_secs_f64() * 1e3);
        wakes.cpu_ms.push((cpu_ns() - cpu) / 1e6);
        // What it does then is done before the next one is woken.
        world.ask().agreed(letter).await?;
    }
    drop(client);
    host.shutdown().await?;
    Ok(wakes)
}
