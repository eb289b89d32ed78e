//! What owners do besides commands: sharings written down, revoked and guessed at, vats evicted and
//! collected.

use std::sync::Arc;

use hogshead::admin::Revocation;
use hogshead::{Client, Result, SturdyRef, Value};

use super::{Share, World, lock, told};

impl World {
    /// Writes a reference down, and waits until that is done; gives the number of the sharing.
    pub async fn share_now(&mut self, actor: usize) -> Result<u32> {
        let share = self.next_share;
        self.next_share += 1;
        let client = self.client(self.cast[actor].machine)?;
        let paper = write_down(&client, &self.cast[actor].name, share).await?;
        self.notes().shares.insert(share, Share { actor, paper });
        Ok(share)
    }

    /// Writes a reference down anew.
    pub fn share(&mut self, actor: usize) {
        let Ok(client) = self.client(self.cast[actor].machine) else { return };
        let (share, name) = (self.next_share, self.cast[actor].name.clone());
        self.next_share += 1;
        self.trace.note(format_args!("{} is shared as {share}", self.cast[actor].name));
        let (notes, trace) = (Arc::clone(&self.notes), self.trace.clone());
        tokio::spawn(async move {
            let shared = write_down(&client, &name, share).await;
            trace.note(format_args!("sharing {share}: {}", told(&shared.as_ref().map(|_| 0))));
            if let Ok(paper) = shared {
                lock(&notes).shares.insert(share, Share { actor, paper });
            }
        });
    }

    /// Revokes a sharing.
    pub fn revoke(&mut self, share: u32) {
        let Some(Share { paper, actor }) = self.notes().shares.get(&share).cloned() else { return };
        let Ok(client) = self.client(self.cast[actor].machine) else { return };
        // Whether it comes to pass or not: nobody is given it from here on.
        self.notes().shares.remove(&share);
        self.trace.note(format_args!("sharing {share} is revoked"));
        let reference = Value::SturdyRef(Box::new(paper));
        let (notes, trace) = (Arc::clone(&self.notes), self.trace.clone());
        tokio::spawn(async move {
            let admin = client.admin();
            let revoked =
                admin.ask().revoke(Revocation { reference, label: None, deep: false }).await;
            trace.note(format_args!("revocation of {share}: {}", told(&revoked.as_ref().copied())));
            if revoked.is_ok() {
                let mut notes = lock(&notes);
                let now = notes.now;
                notes.revoked.insert(share, now);
            }
        });
    }

    /// Tries a reference that nobody was given.
    pub fn guess(&mut self, machine: usize, share: u32) {
        let Some(Share { paper, .. }) = self.notes().shares.get(&share).cloned() else { return };
        let Ok(client) = self.client(machine) else { return };
        let mut swiss = paper.swiss.expose().to_vec();
        if let Some(first) = swiss.first_mut() {
            *first ^= 1;
        }
        let wrong = SturdyRef { swiss: hogshead::SwissNumber::new(swiss), ..paper };
        self.trace.note(format_args!("machine {machine} guesses at sharing {share}"));
        let (notes, trace) = (Arc::clone(&self.notes), self.trace.clone());
        tokio::spawn(async move {
            let outcome = client.admin().ask().enliven(wrong).await;
            trace.note(format_args!("the guess: {}", told(&outcome.as_ref().map(|_| 0))));
            if outcome.is_ok() {
                lock(&notes).faults.push(format!("a guess at sharing {share} was right"));
            }
        });
    }

    /// Drops a vat from memory.
    pub fn evict(&mut self, actor: usize) {
        let Ok(client) = self.client(self.cast[actor].machine) else { return };
        let name = self.cast[actor].name.clone();
        let (notes, trace) = (Arc::clone(&self.notes), self.trace.clone());
        tokio::spawn(async move {
            let evicted = client.admin().ask().vat_evict(name.clone()).await;
            let state = evicted.as_ref().map_or_else(|e| e.class().as_str(), |i| i.state.as_str());
            trace.note(format_args!("{name} is evicted: {state}"));
            lock(&notes).evictions += u64::from(matches!(state, "cold" | "unloaded"));
        });
    }

    /// Runs a vat's collector.
    pub fn collect(&mut self, actor: usize) {
        let Ok(client) = self.client(self.cast[actor].machine) else { return };
        let name = self.cast[actor].name.clone();
        let (notes, trace) = (Arc::clone(&self.notes), self.trace.clone());
        tokio::spawn(async move {
            let freed = client.admin().ask().collect(name.clone()).await;
            trace.note(format_args!("{name} is collected: {}", told(&freed.as_ref().copied())));
            lock(&notes).collections += u64::from(freed.is_ok_and(|freed| freed > 0));
        });
    }
}

async fn write_down(client: &Client, name: &str, share: u32) -> Result<SturdyRef> {
    let admin = client.admin();
    let found = admin.ask().lookup(name.to_owned()).await?;
    admin.ask().share(found, None, label(share)).await
}

fn label(share: u32) -> String {
    format!("share-{share}")
}
