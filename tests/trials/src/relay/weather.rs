//! What becomes of a packet: a pure function of a seed and of how many came before.

use std::time::Duration;

use crate::random::Random;

/// How rough it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::Args)]
pub struct Weather {
    /// Packets lost, of a thousand, in each direction.
    #[arg(long, default_value_t = 300)]
    pub loss: u64,
    /// The least that a packet is late, in milliseconds, in each direction.
    #[arg(long, default_value_t = 200)]
    pub delay_ms: u64,
    /// The most that it is later than that, in milliseconds. What is late by more than the packet
    /// behind it comes after it.
    #[arg(long, default_value_t = 50)]
    pub jitter_ms: u64,
    /// Packets that come twice, of a thousand.
    #[arg(long, default_value_t = 20)]
    pub doubled: u64,
}

/// What becomes of a packet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It never arrives.
    Lost,
    /// It arrives that much later.
    Late(Duration),
    /// It arrives twice.
    Twice(Duration, Duration),
}

impl Weather {
    /// Nothing happens to packets.
    pub fn calm() -> Self {
        Self { loss: 0, delay_ms: 0, jitter_ms: 0, doubled: 0 }
    }

    /// What becomes of the next packet. The same numbers are drawn whatever comes of them, so that
    /// the fates of later packets do not hang on the weather before.
    pub fn fate(&self, random: &mut Random) -> Fate {
        let (loss, doubled) = (random.below(1_000), random.below(1_000));
        let (first, second) = (self.late(random), self.late(random));
        if loss < self.loss {
            Fate::Lost
        } else if doubled < self.doubled {
            Fate::Twice(first, second)
        } else {
            Fate::Late(first)
        }
    }

    fn late(&self, random: &mut Random) -> Duration {
        // In microseconds: two packets of one millisecond can overtake each other as well.
        let jitter = random.below(self.jitter_ms * 1_000 + 1);
        Duration::from_micros(self.delay_ms * 1_000 + jitter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUGH: Weather = Weather { loss: 300, delay_ms: 200, jitter_ms: 50, doubled: 20 };

    fn fates(weather: Weather, seed: u64) -> Vec<Fate> {
        let mut random = Random::new(seed);
        (0..10_000).map(|_| weather.fate(&mut random)).collect()
    }

    /// The packets of a millisecond each in the order of their arrival.
    fn order(fates: &[Fate]) -> Vec<usize> {
        let mut arrivals: Vec<(Duration, usize)> = Vec::new();
        for (number, fate) in fates.iter().enumerate() {
            let sent = Duration::from_millis(number as u64);
            match fate {
                Fate::Lost => {}
                Fate::Late(late) => arrivals.push((sent + *late, number)),
                Fate::Twice(first, second) => {
                    arrivals.extend([(sent + *first, number), (sent + *second, number)]);
                }
            }
        }
        arrivals.sort_unstable();
        arrivals.into_iter().map(|(_, number)| number).collect()
    }

    #[test]
    fn a_seed_decides_losses_and_order_and_another_seed_decides_otherwise() {
        assert_eq!(fates(ROUGH, 1), fates(ROUGH, 1));
        assert_ne!(fates(ROUGH, 1), fates(ROUGH, 2));
        assert_ne!(order(&fates(ROUGH, 1)), order(&fates(ROUGH, 2)));
    }

    #[test]
    fn as_many_are_lost_late_and_doubled_as_was_said() {
        let fates = fates(ROUGH, 3);
        let lost = fates.iter().filter(|fate| **fate == Fate::Lost).count();
        assert!((2_800..3_200).contains(&lost), "{lost}");
        let twice = fates.iter().filter(|fate| matches!(fate, Fate::Twice(..))).count();
        assert!((80..250).contains(&twice), "{twice}");
        let late = fates.iter().filter_map(|fate| match fate {
            Fate::Late(late) => Some(*late),
            _ => None,
        });
        let (least, most) = (late.clone().min().unwrap(), late.max().unwrap());
        assert!(least >= Duration::from_millis(200) && most <= Duration::from_millis(250));
        let order = order(&fates);
        let overtaken = order.windows(2).filter(|pair| pair[0] > pair[1]).count();
        assert!(overtaken > 1_000, "{overtaken}");
    }

    #[test]
    fn in_calm_weather_nothing_happens() {
        let calm = fates(Weather::calm(), 4);
        assert!(calm.iter().all(|fate| *fate == Fate::Late(Duration::ZERO)));
        assert_eq!(order(&calm), (0..10_000).collect::<Vec<_>>());
    }

    #[test]
    fn the_weather_does_not_change_the_fates_that_come_after_it() {
        let (mut one, mut other) = (Random::new(5), Random::new(5));
        for _ in 0..100 {
            let _ = (ROUGH.fate(&mut one), Weather::calm().fate(&mut other));
        }
        assert_eq!(ROUGH.fate(&mut one), ROUGH.fate(&mut other));
    }
}
