//! An hour of mixed work: what grows although nothing should?

mod samples;
mod world;

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use self::samples::{FLAT, MEASURES, SETTLED, Sample, Samples, head};
use self::world::{HOSTS, MIX, World};
use super::{Plan, two_threads};
use crate::machine::Machine;
use crate::measure::random;
use crate::plot::{Axis, Curve, Plot};
use crate::report::{Goal, Line, Section, Unit};

/// Strands that work at the same time.
const STRANDS: u64 = 8;

/// Pause of a strand after each thing that it does: the soak is about what stays, not about how
/// fast it goes, and leaves the machine to others.
const PAUSE: Duration = Duration::from_millis(20);

/// Between two samples.
const SAMPLE: Duration = Duration::from_secs(5);

/// Between two runs of the collector of cycles, and how many of them there are to a snapshot of each
/// host.
const COLLECTION: Duration = Duration::from_secs(10);
const SNAPSHOT: u64 = 6;

/// Soaks, or reads what a soak has written.
pub fn soak(plan: &Plan) -> Section {
    let file = plan.samples.clone().unwrap_or_else(|| run(plan));
    let samples = Samples::read(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let minutes = samples.all.last().map_or(0.0, |sample| sample.seconds / 60.0);
    let title = format!("Soak: {minutes:.0} minutes of mixed work");
    let goal = "memory, journal, file handles and threads are flat after the first ten minutes";
    let mut section = Section::new("soak", &title).goal(goal);
    let mut said = String::from(
        "| | rise after ten minutes | of the median | largest over the median |\n\
         | --- | ---: | ---: | ---: |\n",
    );
    for (measure, (name, _, unit)) in MEASURES.iter().enumerate().take(FLAT) {
        let trend = samples.trend(measure);
        section.line(Line::new(*name, trend.spread, *unit).goal(Goal::Reached(trend.is_flat())));
        let middle = trend.spread.median.max(1.0);
        let share = trend.rise / middle * 100.0;
        let (rise, above) = (unit.show(trend.rise), trend.max / middle);
        said.push_str(&format!("| {name} | {rise} | {share:.1} % | {above:.2} |\n"));
    }
    section.note(format!(
        "Samples every {} s; those of the first {:.0} minutes do not count. The rise is that of the line that fits \
         them best, over all the time that counts: flat is a rise of at most 5 % of the median, and none above 1.5 \
         times the median.",
        SAMPLE.as_secs(),
        SETTLED / 60.0
    ));
    section.note(said.trim_end());
    section.note(mix(&samples));
    let bytes = Axis::sums("in all folders, or resident", Unit::Bytes);
    section.plot(plot(&samples, "soak-bytes", "Soak: memory and files", bytes, &[0, 1, 2]));
    let counts = Axis::sums("of the process", Unit::Count);
    section.plot(plot(&samples, "soak-counts", "Soak: handles and threads", counts, &[3, 4]));
    section.files.push(("soak.csv", samples.text()));
    section.machine = Some(samples.machine);
    section
}

fn plot(samples: &Samples, name: &str, title: &str, y: Axis, measures: &[usize]) -> Plot {
    let curve = |measure: &usize| Curve {
        name: MEASURES[*measure].0.to_owned(),
        points: samples.all.iter().map(|s| (s.seconds / 60.0, s.figures[*measure])).collect(),
    };
    let curves = measures.iter().map(curve).collect();
    let x = Axis::sums("minutes", Unit::Count);
    Plot { name: name.to_owned(), title: title.to_owned(), x, y, curves }
}

fn mix(samples: &Samples) -> String {
    let done = samples.all.last().map_or(0.0, |sample| sample.figures[FLAT]);
    let each = MIX.map(|(what, share)| format!("{share} % {what}")).join(", ");
    format!(
        "Three hosts of one process, each with its data on the disk, did {done:.0} things, at random: {each}. A handoff \
         is a fresh object of the third host that the first introduces to the second, who calls it and forgets it; a \
         visitor is a vat that is made, called and removed; litter is objects that nobody holds, alone and in cycles. \
         Vats go cold after two seconds; each host writes a snapshot a minute and keeps 64 MiB of its journal and 1 MiB of \
         its checkpoint in memory; the collector of cycles runs every ten \
         seconds."
    )
}

/// Works for as long as the plan says; gives the file with the samples.
fn run(plan: &Plan) -> PathBuf {
    let file = plan.data.join("soak.csv");
    let folder = tempfile::tempdir_in(&plan.data).expect("a folder");
    let machine = Machine::describe(&plan.data).to_string();
    let mut written = File::create(&file).expect("a file for the samples");
    written.write_all(head(&machine).as_bytes()).expect("written");
    let length = Duration::from_secs_f64(plan.minutes * 60.0);
    two_threads().block_on(async {
        let world = Arc::new(World::build(folder.path()).await);
        let begun = Instant::now();
        let strands: Vec<_> = (0..STRANDS)
            .map(|seed| tokio::spawn(strand(Arc::clone(&world), begun + length, seed)))
            .collect();
        let snapshots = folder.path().join("snapshots");
        std::fs::create_dir(&snapshots).expect("a folder");
        let tending = tokio::spawn(tend(Arc::clone(&world), begun + length, snapshots));
        watch(&world, (begun, length), folder.path(), &mut written).await;
        for strand in strands {
            strand.await.expect("no strand failed");
        }
        tending.await.expect("no snapshot failed");
        let calls = world.done[0].load(Ordering::Relaxed);
        assert_eq!(world.written().await, calls, "a turn of a ledger was lost or ran twice");
        Arc::into_inner(world).expect("nobody works any more").end().await;
    });
    file
}

async fn strand(world: Arc<World>, until: Instant, seed: u64) {
    let mut state = seed;
    while Instant::now() < until {
        world.act(random(&mut state)).await;
        tokio::time::sleep(PAUSE).await;
    }
}

/// Does what an owner does once in a while.
async fn tend(world: Arc<World>, until: Instant, snapshots: PathBuf) {
    let mut rounds = 0_u64;
    while Instant::now() + COLLECTION < until {
        tokio::time::sleep(COLLECTION).await;
        world.collect().await;
        rounds += 1;
        if rounds.is_multiple_of(SNAPSHOT) {
            world.snapshot(&snapshots).await;
        }
    }
}

async fn watch(
    world: &World,
    (begun, length): (Instant, Duration),
    folder: &Path,
    written: &mut File,
) {
    let mut every = tokio::time::interval(SAMPLE);
    while begun.elapsed() < length {
        every.tick().await;
        let done = world.done.iter().map(|done| done.load(Ordering::Relaxed)).sum();
        let sample = Sample::take(begun.elapsed().as_secs_f64(), folder, &HOSTS, done);
        writeln!(written, "{}", sample.line()).expect("written");
    }
}
