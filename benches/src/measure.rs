//! Rounds, medians and their spread, ours and the peers' in turn.

use std::time::{Duration, Instant};

/// What many rounds gave: the median, and the quartiles below and above it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// A quarter of the rounds gave less.
    pub low: f64,
    /// Half of the rounds gave less.
    pub median: f64,
    /// A quarter of the rounds gave more.
    pub high: f64,
    /// How many rounds there were.
    pub rounds: usize,
}

impl Spread {
    /// The spread of some figures; all zero of none.
    pub fn of(figures: &[f64]) -> Self {
        let mut figures = figures.to_vec();
        figures.sort_by(f64::total_cmp);
        let at = |share| quantile(&figures, share);
        Self { low: at(0.25), median: at(0.5), high: at(0.75), rounds: figures.len() }
    }

    /// Half the distance of the quartiles, as a share of the median.
    pub fn relative(&self) -> f64 {
        if self.median == 0.0 { 0.0 } else { (self.high - self.low) / 2.0 / self.median }
    }

    /// A figure that is no median of rounds, such as a size.
    pub fn exact(figure: f64) -> Self {
        Self { low: figure, median: figure, high: figure, rounds: 1 }
    }
}

/// The value that this share of sorted figures lies below; zero of none.
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
    let place = (last as f64 * share).round() as usize;
    sorted.get(place).copied().unwrap_or(0.0)
}

/// One way to do the work of a row. Each call of `round` is one round and gives its figure, or
/// several: the time of a call and the CPU it cost, say.
pub struct Contender<'a> {
    name: String,
    ours: bool,
    round: Box<dyn FnMut() -> Vec<f64> + 'a>,
}

impl<'a> Contender<'a> {
    /// One whose rounds give one figure.
    pub fn new(name: impl Into<String>, mut round: impl FnMut() -> f64 + 'a) -> Self {
        Self::several(name, move || vec![round()])
    }

    /// One whose rounds give several figures, always as many.
    pub fn several(name: impl Into<String>, round: impl FnMut() -> Vec<f64> + 'a) -> Self {
        Self { name: name.into(), ours: false, round: Box::new(round) }
    }

    /// The same as one that has a goal.
    pub fn ours(mut self) -> Self {
        self.ours = true;
        self
    }
}

/// What the rounds of a contender gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The contender's name.
    pub name: String,
    /// Whether it has a goal.
    pub ours: bool,
    /// The spread of each of its figures.
    pub figures: Vec<Spread>,
}

/// Has each contender do `warm_up` rounds that do not count, then `rounds` that do, one of each in
/// turn; who begins changes. Gives what came of each, in their order.
pub fn interleave<'a>(
    warm_up: usize,
    rounds: usize,
    contenders: impl IntoIterator<Item = Contender<'a>>,
) -> Vec<Outcome> {
    let mut contenders: Vec<_> = contenders.into_iter().collect();
    let mut figures: Vec<Vec<Vec<f64>>> = contenders.iter().map(|_| Vec::new()).collect();
    let many = contenders.len();
    for round in 0..warm_up + rounds {
        for turn in 0..many {
            let place = (round + turn) % many;
            let got = (contenders[place].round)();
            if round >= warm_up {
                figures[place].push(got);
            }
        }
    }
    let all = contenders.into_iter().zip(figures);
    all.map(|(Contender { name, ours, .. }, rounds)| Outcome {
        name,
        ours,
        figures: spreads(&rounds),
    })
    .collect()
}

fn spreads(rounds: &[Vec<f64>]) -> Vec<Spread> {
    let columns = rounds.first().map_or(0, Vec::len);
    let column = |at: usize| rounds.iter().map(|round| round[at]).collect::<Vec<_>>();
    (0..columns).map(|at| Spread::of(&column(at))).collect()
}

/// Does something `times` times and gives nanoseconds for each.
pub fn ns_each(times: u32, mut once: impl FnMut()) -> f64 {
    let begun = Instant::now();
    for _ in 0..times {
        once();
    }
    ns(begun.elapsed()) / f64::from(times)
}

/// A duration in nanoseconds.
pub fn ns(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e9
}

/// The CPU time of all threads of this process, in nanoseconds.
pub fn cpu_ns() -> f64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    now.tv_sec as f64 * 1e9 + now.tv_nsec as f64
}

/// Nanoseconds, and nanoseconds of CPU of all threads, that each of so many took.
pub fn wall_and_cpu(times: u64, work: impl FnOnce()) -> Vec<f64> {
    let (begun, cpu) = (Instant::now(), cpu_ns());
    work();
    let (wall, cpu) = (ns(begun.elapsed()), cpu_ns() - cpu);
    vec![wall / times as f64, cpu / times as f64]
}

/// A linear congruential generator (Knuth, MMIX).
pub fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// Has the compiler not know what this value is.
pub fn opaque<T>(value: T) -> T {
    std::hint::black_box(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_the_median_and_the_quartiles_of_the_rounds() {
        let spread = Spread::of(&[5.0, 1.0, 2.0, 4.0, 3.0]);
        assert_eq!(spread, Spread { low: 2.0, median: 3.0, high: 4.0, rounds: 5 });
        assert_eq!(Spread::of(&[]).median, 0.0);
    }

    #[test]
    fn contenders_take_turns_and_warm_up_does_not_count() {
        let order = std::cell::RefCell::new(Vec::new());
        let said = |name: &'static str| {
            let order = &order;
            let mut round = 0.0;
            Contender::new(name, move || {
                order.borrow_mut().push(name);
                round += 1.0;
                round
            })
        };
        let all = interleave(1, 2, [said("a"), said("b").ours()]);
        assert_eq!(*order.borrow(), ["a", "b", "b", "a", "a", "b"]);
        assert_eq!((all[0].figures[0].low, all[0].figures[0].high), (2.0, 3.0));
        assert_eq!((all[1].figures[0].rounds, all[1].ours, all[0].ours), (2, true, false));
    }
}
