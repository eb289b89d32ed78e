//! What a vat uses, and what it may use.

use hogshead_objects::error::{Class, Error, Result};
use serde::{Deserialize, Serialize};

use crate::limits;

/// What a vat uses: kept in the vat's own row, exact at the end of each turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Meter {
    /// Bytes of the rows of the heap, keys included. The rows of sessions and of the host are
    /// counted by those who write them.
    #[serde(rename = "b")]
    pub bytes: u64,
    /// Rows of the heap.
    #[serde(rename = "r")]
    pub records: u64,
    /// Deliveries that have not run, whatever they wait for.
    #[serde(rename = "d")]
    pub deliveries: u64,
    /// Those of the deliveries that could run now.
    #[serde(rename = "n")]
    pub ready: u64,
    /// Those of the deliveries that are parked.
    #[serde(rename = "p")]
    pub parked: u64,
    /// Those of the deliveries that wait for a time.
    #[serde(rename = "t")]
    pub timers: u64,
}

/// What a vat may use. Over quota new work is refused as busy before anything is accepted;
/// what was accepted runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Quota {
    /// Bytes of the heap's rows.
    #[serde(rename = "b")]
    pub bytes: u64,
    /// Rows of the heap.
    #[serde(rename = "r")]
    pub records: u64,
    /// Deliveries that have not run.
    #[serde(rename = "d")]
    pub deliveries: u64,
    /// Deliveries that wait for a time.
    #[serde(rename = "t")]
    pub timers: u64,
    /// Turns a second; the host's scheduler keeps to it.
    #[serde(rename = "s")]
    pub turns_per_second: u32,
}

impl Default for Quota {
    fn default() -> Self {
        Self {
            bytes: limits::VAT_BYTES_DEFAULT,
            records: limits::VAT_RECORDS_DEFAULT,
            deliveries: limits::VAT_DELIVERIES_DEFAULT,
            timers: limits::VAT_TIMERS_DEFAULT,
            turns_per_second: limits::VAT_TURNS_PER_SECOND_DEFAULT,
        }
    }
}

impl Quota {
    /// Refuses one more delivery if the vat has all that it may have.
    pub(crate) fn admit_delivery(&self, meter: &Meter) -> Result<()> {
        if meter.deliveries >= self.deliveries {
            return Err(busy("deliveries", meter.deliveries, self.deliveries));
        }
        self.admit_record(meter)
    }

    /// Refuses one more timer if the vat has all that it may have.
    pub(crate) fn admit_timer(&self, meter: &Meter) -> Result<()> {
        if meter.timers >= self.timers {
            return Err(busy("timers", meter.timers, self.timers));
        }
        self.admit_delivery(meter)
    }

    /// Refuses one more record if the vat has all that it may have.
    pub(crate) fn admit_record(&self, meter: &Meter) -> Result<()> {
        if meter.records >= self.records {
            return Err(busy("records", meter.records, self.records));
        }
        self.admit_bytes(meter)
    }

    /// Refuses a record that grows if the vat has all the bytes that it may have.
    pub(crate) fn admit_bytes(&self, meter: &Meter) -> Result<()> {
        if meter.bytes >= self.bytes {
            return Err(busy("bytes", meter.bytes, self.bytes));
        }
        Ok(())
    }
}

fn busy(what: &str, used: u64, quota: u64) -> Error {
    Error::new(
        Class::Busy,
        format!("the vat has {used} {what} of a quota of {quota}, which its owner can raise"),
    )
}
