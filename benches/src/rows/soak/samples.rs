//! What a soak looks at once in a while, how it is written down, and what becomes of it.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use crate::machine;
use crate::measure::Spread;
use crate::report::Unit;

/// One look at the process and at the folders of its hosts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Since the work began.
    pub seconds: f64,
    /// The measures, in the order of [`MEASURES`].
    pub figures: [f64; MEASURES.len()],
}

/// What is looked at: its name, its column and its unit.
pub const MEASURES: [(&str, &str, Unit); 6] = [
    ("resident memory", "resident_bytes", Unit::Bytes),
    ("journals", "journal_bytes", Unit::Bytes),
    ("checkpoints", "checkpoint_bytes", Unit::Bytes),
    ("file handles", "file_handles", Unit::Count),
    ("threads", "threads", Unit::Count),
    ("things done", "things_done", Unit::Count),
];

/// Of [`MEASURES`], how many should be flat.
pub const FLAT: usize = 5;

/// Seconds after which they should be.
pub const SETTLED: f64 = 600.0;

/// The largest rise that still counts as flat, over all the time after [`SETTLED`], and the largest
/// that is above the median, as shares of the median. The journals are dropped by segments of 64 MiB
/// a host, so that they go up and down by that.
const RISE_MAX: f64 = 0.05;
const ABOVE_MAX: f64 = 0.5;

impl Sample {
    /// Looks now.
    pub fn take(seconds: f64, folder: &Path, hosts: &[&str], done: u64) -> Self {
        let bytes = |part: &str| -> f64 {
            let each = hosts.iter().map(|host| folder.join(host).join("store").join(part));
            each.map(|part| machine::folder_bytes(&part)).sum::<u64>() as f64
        };
        let figures = [
            machine::resident_bytes() as f64,
            bytes("journal"),
            bytes("checkpoint"),
            machine::file_handles() as f64,
            machine::threads() as f64,
            done as f64,
        ];
        Self { seconds, figures }
    }

    /// A line of the file.
    pub fn line(&self) -> String {
        let mut line = format!("{:.1}", self.seconds);
        for figure in self.figures {
            let _ = write!(line, ",{figure}");
        }
        line
    }

    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split(',').map(|word| word.parse::<f64>().ok());
        let (seconds, mut figures) = (words.next()??, [0.0; MEASURES.len()]);
        for figure in &mut figures {
            *figure = words.next()??;
        }
        Some(Self { seconds, figures })
    }
}

/// The samples of one soak, and the machine it ran on.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// The machine's line.
    pub machine: String,
    /// In the order of time.
    pub all: Vec<Sample>,
}

/// The first lines of the file.
pub fn head(machine: &str) -> String {
    let columns = MEASURES.map(|(_, column, _)| column).join(",");
    format!("# {machine}\nseconds,{columns}\n")
}

impl Samples {
    /// Reads the file that a soak has written.
    ///
    /// # Errors
    ///
    /// What the file system says, and where the file has another form.
    pub fn read(file: &Path) -> io::Result<Self> {
        Self::parse(&std::fs::read_to_string(file)?)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "these are no samples"))
    }

    /// The file.
    pub fn text(&self) -> String {
        let lines = self.all.iter().map(|sample| sample.line() + "\n");
        head(&self.machine) + &lines.collect::<String>()
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let machine = lines.next()?.strip_prefix("# ")?.to_owned();
        let all = lines.skip(1).map(Sample::parse).collect::<Option<Vec<_>>>()?;
        Some(Self { machine, all })
    }

    /// What became of a measure after it should have settled; of all its time if it never came
    /// that far.
    pub fn trend(&self, measure: usize) -> Trend {
        let last = self.all.last().map_or(0.0, |sample| sample.seconds);
        let from = if last > 2.0 * SETTLED { SETTLED } else { 0.0 };
        let late = self.all.iter().filter(|sample| sample.seconds >= from);
        let points: Vec<(f64, f64)> =
            late.map(|sample| (sample.seconds, sample.figures[measure])).collect();
        Trend::of(&points)
    }
}

/// A line through samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// The median and the quartiles.
    pub spread: Spread,
    /// The largest.
    pub max: f64,
    /// By how much the line that fits best rises from the first sample to the last.
    pub rise: f64,
}

impl Trend {
    /// By the least squares.
    pub fn of(points: &[(f64, f64)]) -> Self {
        let many = points.len().max(1) as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / many;
        let (x, y) = (mean(|p| p.0), mean(|p| p.1));
        let both: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
        let square: f64 = points.iter().map(|p| (p.0 - x).powi(2)).sum();
        let slope = if square == 0.0 { 0.0 } else { both / square };
        let length = match points {
            [first, .., last] => last.0 - first.0,
            _ => 0.0,
        };
        let figures: Vec<f64> = points.iter().map(|p| p.1).collect();
        let max = figures.iter().copied().fold(0.0, f64::max);
        Self { spread: Spread::of(&figures), max, rise: slope * length }
    }

    /// Whether it neither rises nor leaps.
    pub fn is_flat(&self) -> bool {
        let middle = self.spread.median;
        self.rise <= RISE_MAX * middle && self.max <= (1.0 + ABOVE_MAX) * middle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_rises_is_not_flat_and_one_that_goes_up_and_down_is() {
        let points = |of: fn(f64) -> f64| (0..100).map(f64::from).map(|x| (x, of(x))).collect();
        let rises: Vec<(f64, f64)> = points(|x| 100.0 + x);
        let trend = Trend::of(&rises);
        assert!((trend.rise - 99.0).abs() < 1e-6 && !trend.is_flat(), "{trend:?}");
        let saw: Vec<(f64, f64)> = points(|x| 100.0 + x % 10.0);
        assert!(Trend::of(&saw).is_flat());
        let leaps: Vec<(f64, f64)> = points(|x| if x == 50.0 { 200.0 } else { 100.0 });
        assert!(!Trend::of(&leaps).is_flat());
    }

    #[test]
    fn samples_are_read_as_they_were_written() {
        let one = Sample { seconds: 1.5, figures: [1.0, 2.0, 3.0, 4.0, 5.0, 6.0] };
        let samples = Samples { machine: "a machine".into(), all: vec![one] };
        assert_eq!(Samples::parse(&samples.text()), Some(samples));
        assert_eq!(Samples::parse("# m\nx\n1,2\n"), None);
    }
}
