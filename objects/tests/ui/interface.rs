//! Traits that cannot be interfaces.

use hogshead_objects::{Context, Result, interface};

#[interface]
trait Generic<T> {
    fn put(&mut self, cx: &mut Context<'_>, value: u64) -> Result<()>;
}

#[interface]
trait Child: Send {
    const SIZE: usize;
}

#[interface]
trait Methods {
    async fn waits(&self, cx: &mut Context<'_>) -> Result<()>;
    fn generic<T>(&self, cx: &mut Context<'_>) -> Result<()>;
    fn alone(cx: &mut Context<'_>) -> Result<()>;
    fn consumes(self, cx: &mut Context<'_>) -> Result<()>;
    fn no_context(&self, by: u64) -> Result<()>;
    fn nothing(&self) -> Result<()>;
    fn borrows(&self, cx: &mut Context<'_>, name: &str, list: &[u8], it: &Context) -> Result<()>;
    fn opaque(&self, cx: &mut Context<'_>, list: impl Iterator) -> Result<()>;
    fn cannot_fail(&self, cx: &mut Context<'_>) -> u64;
    fn says_nothing(&self, cx: &mut Context<'_>);
    fn rest(&self, cx: &mut Context<'_>, #[rest] first: Vec<u64>, last: u64) -> Result<()>;
    fn rest_of_one(&self, cx: &mut Context<'_>, #[rest] first: u64) -> Result<()>;
}

#[interface]
trait Names {
    fn one(&self, cx: &mut Context<'_>) -> Result<()>;
    #[method(name = "one")]
    fn two(&self, cx: &mut Context<'_>) -> Result<()>;
    #[method(apply)]
    fn three(&self, cx: &mut Context<'_>) -> Result<()>;
    #[method(apply)]
    fn four(&self, cx: &mut Context<'_>) -> Result<()>;
    #[method(nmae = "five")]
    fn five(&self, cx: &mut Context<'_>) -> Result<()>;
    #[method(name = six)]
    fn six(&self, cx: &mut Context<'_>) -> Result<()>;
    #[method(name = "")]
    fn seven(&self, cx: &mut Context<'_>) -> Result<()>;
    #[cfg(test)]
    fn eight(&self, cx: &mut Context<'_>) -> Result<()>;
}

#[interface(name = "thing")]
trait Thing {}

#[interface]
struct NoTrait;

fn main() {}
