//! Pages: each is written on by one writer, who numbers the notes, and tells its player its end.

use hogshead::{Cap, Context, Result};
use serde::{Deserialize, Serialize};

use super::ledger::Arrivals;
use super::player::Player;

/// What a writer does with a page.
#[hogshead::interface]
pub trait Page {
    /// Takes a note; gives its number back.
    fn note(&mut self, cx: &mut Context<'_>, number: u64) -> Result<u64>;

    /// The writer says how many notes there were; gives how many came.
    fn close(&mut self, cx: &mut Context<'_>, notes: u64) -> Result<u64>;
}

/// A page.
#[derive(Serialize, Deserialize)]
pub struct Leaf {
    player: Cap<dyn Player>,
    came: Arrivals,
    closed: bool,
}

impl Leaf {
    /// A page of this player.
    pub fn new(player: Cap<dyn Player>) -> Self {
        Self { player, came: Arrivals::default(), closed: false }
    }

    /// What comes after the end can no longer be told with it.
    fn late(&self, cx: &mut Context<'_>) -> Result<()> {
        if self.closed { self.player.tell(cx).late() } else { Ok(()) }
    }
}

#[hogshead::object(name = "leaf", version = 1)]
impl Page for Leaf {
    fn note(&mut self, cx: &mut Context<'_>, number: u64) -> Result<u64> {
        self.late(cx)?;
        self.came.note(number);
        Ok(number)
    }

    fn close(&mut self, cx: &mut Context<'_>, notes: u64) -> Result<u64> {
        self.late(cx)?;
        self.closed = true;
        self.player.tell(cx).closed(self.came, notes)?;
        Ok(self.came.count)
    }
}
