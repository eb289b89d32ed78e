//! Where a host's randomness comes from: keys, nonces, swiss numbers and whatever a turn is given.

/// Gives random bytes. The host's own are the operating system's; a simulation brings a seed.
pub trait Entropy: Send + Sync {
    /// Fills `bytes`. Secret keys are made of them.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system has a random generator");
    }
}
