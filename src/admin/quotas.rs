//! What the owner is told of a vat's quota, and how he changes it.

use serde::{Deserialize, Serialize};

/// What a vat uses of something, and what it may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Allowance {
    /// What it uses.
    pub used: u64,
    /// What it may use. Beyond it new work is refused as `busy`; what was accepted runs.
    pub quota: u64,
}

/// What a vat uses, and what it may use.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct QuotaInfo {
    /// The owner's name for the vat.
    pub vat: String,
    /// Bytes of the records of its heap.
    pub bytes: Allowance,
    /// Records of its heap.
    pub records: Allowance,
    /// Deliveries that have not run, whatever they wait for.
    pub deliveries: Allowance,
    /// Those of the deliveries that wait for a time.
    pub timers: Allowance,
}

/// What a vat may use from now on. What is not said stays as it is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct QuotaChange {
    /// Bytes of the records of its heap.
    #[serde(rename = "b")]
    pub bytes: Option<u64>,
    /// Records of its heap.
    #[serde(rename = "r")]
    pub records: Option<u64>,
    /// Deliveries that have not run.
    #[serde(rename = "d")]
    pub deliveries: Option<u64>,
    /// Deliveries that wait for a time.
    #[serde(rename = "t")]
    pub timers: Option<u64>,
}
