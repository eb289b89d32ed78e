//! Calls from outside a vat: what a host's handle is to the macros.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context as TaskContext, Poll, Waker};

use hogshead_objects::stock::counter::{Counter, Tally};
use hogshead_objects::testing::Bench;
use hogshead_objects::{Ask, Asked, Cap, Context, Interface, Message, Promise, Result};
use hogshead_objects::{interface, object};
use serde::{Deserialize, Serialize};

/// A handle as a host has one, over a bench.
struct Handle<I: ?Sized> {
    bench: Arc<Mutex<Bench>>,
    cap: Cap<I>,
}

impl<I: ?Sized> Ask for Handle<I> {
    fn ask(&self, message: Message) -> Asked {
        let (bench, target) = (self.bench.clone(), self.cap.untyped());
        Box::pin(async move {
            let mut bench = bench.lock().expect("nobody panicked");
            let answer = bench.turn(|cx| cx.send(target, message))?;
            bench.run();
            bench.answer(answer)
        })
    }
}

impl<I: Interface + ?Sized> Handle<I> {
    fn ask(&self) -> I::Asking<'_> {
        I::asking(self)
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut task = TaskContext::from_waker(Waker::noop());
    match future.as_mut().poll(&mut task) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("nothing here waits"),
    }
}

#[interface]
trait Librarian {
    fn borrow(&mut self, cx: &mut Context<'_>, title: String) -> Result<Promise<String>>;
}

#[derive(Serialize, Deserialize)]
struct Library;

#[object(name = "library")]
impl Librarian for Library {
    fn borrow(&mut self, cx: &mut Context<'_>, title: String) -> Result<Promise<String>> {
        let (promise, resolver) = cx.promise()?;
        resolver.fulfill(cx, title.to_uppercase())?;
        Ok(promise)
    }
}

#[test]
fn a_handle_asks_with_the_methods_of_the_interface() {
    let mut bench = Bench::new();
    let cap = bench.turn(|cx| cx.spawn(Tally::default())).expect("spawns");
    let handle = Handle { bench: Arc::new(Mutex::new(bench)), cap };
    let story = async {
        handle.ask().increment(5).await?;
        let count = handle.ask().increment(2).await?;
        let refused = handle.ask().decrement(8).await;
        assert_eq!(refused.unwrap_err().message(), "the count is 7, which is less than 8");
        Ok::<_, hogshead_objects::Error>(count)
    };
    // A host's callers move such futures between threads.
    fn sendable<T: Send>(value: T) -> T {
        value
    }
    assert_eq!(block_on(sendable(story)), Ok(7));
}

#[test]
fn an_answer_that_is_a_promise_is_waited_for() {
    let mut bench = Bench::new();
    let cap = bench.turn(|cx| cx.spawn(Library)).expect("spawns");
    let handle = Handle { bench: Arc::new(Mutex::new(bench)), cap };
    assert_eq!(block_on(handle.ask().borrow("emma".into())), Ok("EMMA".to_owned()));
}

#[test]
fn an_answer_of_another_type_is_an_error() {
    let mut bench = Bench::new();
    let cap = bench.turn(|cx| cx.spawn(Misnamed)).expect("spawns").cast::<dyn Counter>();
    let handle = Handle { bench: Arc::new(Mutex::new(bench)), cap };
    let error = block_on(handle.ask().read()).unwrap_err();
    assert_eq!(error.message(), "the answer: expected integer (u64), found string");
}

#[interface]
trait Reader {
    fn read(&self, cx: &mut Context<'_>) -> Result<String>;
}

#[derive(Serialize, Deserialize)]
struct Misnamed;

#[object(name = "misnamed")]
impl Reader for Misnamed {
    fn read(&self, _cx: &mut Context<'_>) -> Result<String> {
        Ok("a book".into())
    }
}
