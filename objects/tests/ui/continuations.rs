//! Methods that cannot be continuations.

use hogshead_objects::{Context, Result, continuations};

struct Shop;

#[continuations]
impl Shop {
    #[continuation]
    fn reads(&self, _cx: &mut Context<'_>, _paid: Result<u64>) -> Result<()> {
        todo!()
    }

    #[continuation]
    fn no_context(&mut self, _paid: Result<u64>) -> Result<()> {
        todo!()
    }

    #[continuation]
    fn cannot_break(&mut self, _cx: &mut Context<'_>, _paid: u64) -> Result<()> {
        todo!()
    }

    #[continuation]
    fn awaits_nothing(&mut self, _cx: &mut Context<'_>) -> Result<()> {
        todo!()
    }

    #[continuation]
    fn borrows(&mut self, _cx: &mut Context<'_>, _paid: Result<u64>, _name: &str) -> Result<()> {
        todo!()
    }

    #[continuation]
    async fn waits(&mut self, _cx: &mut Context<'_>, _paid: Result<u64>) {
        todo!()
    }

    #[continuation(when = "now")]
    fn key(&mut self, _cx: &mut Context<'_>, _paid: Result<u64>) -> Result<()> {
        todo!()
    }
}

#[continuations]
impl Shop {
    fn not_marked(&mut self) {}
}

#[continuations]
impl Clone for Shop {
    fn clone(&self) -> Self {
        todo!()
    }
}

fn main() {}
