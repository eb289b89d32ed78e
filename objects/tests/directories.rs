//! Directories, petnames, and nonces on the bench.

mod directories {
    use hogshead_objects::testing::Bench;
    use hogshead_objects::{Context, Promise, Result};
    use serde::de::DeserializeOwned;

    mod directory;
    mod nonces;
    mod petnames;

    /// What comes of a message that is sent.
    fn outcome<T: DeserializeOwned>(
        bench: &mut Bench,
        send: impl FnOnce(&mut Context<'_>) -> Result<Promise<T>>,
    ) -> Result<T> {
        let promise = bench.turn(send)?;
        bench.run();
        bench.answer(promise)
    }
}
