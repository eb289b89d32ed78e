//! `E(target).method(…)`: messages.

use super::super::event::{Effect, Target};
use super::super::heap::{Array, Cell};
use super::super::promise::{Job, PromiseState, Reaction};
use super::super::{ErrorKind, Index, Machine, Question, Trap, Val};
use super::{Run, pop};
use crate::builtin::far::Options;
use crate::limits::{MESSAGE_FUEL, QUESTIONS_MAX};
use crate::machine::Atom;

impl Run<'_> {
    /// Sends: target, options and an array of arguments are on the stack.
    pub(super) fn send(&mut self, m: &mut Machine, method: Option<Atom>) -> Result<(), Trap> {
        let [.., target, given, list] = *m.stack.as_slice() else { return Ok(()) };
        let options = Options::read(m, given)?;
        let arguments = m.items(list);
        let (arrays, promise) = (m.stack.len() - 3, m.new_promise());
        m.stack.truncate(arrays);
        m.stack.push(Val::Object(promise));
        if let Some(to) = m.remote_target(target) {
            m.ask(promise, to, method, &arguments, options);
            return Ok(());
        }
        if m.then_of(target).is_some() {
            let letter = m.new_letter(method, arguments, given, false);
            let awaited = m.promise_of(target);
            m.react(awaited, Reaction::Forward { derived: promise, letter });
            return Ok(());
        }
        m.jobs.push_back(Job::Deliver { promise, target, method, arguments, outside: false });
        Ok(())
    }

    /// As `send`, with a computed name below the array.
    pub(super) fn send_element(&mut self, m: &mut Machine) -> Result<(), Trap> {
        let at = m.stack.len() - 2;
        let name = m.key_atom(m.stack[at], at)?;
        m.check_key(name)?;
        let list = pop(m);
        m.stack.pop();
        m.stack.push(list);
        self.send(m, Some(name))
    }
}

impl Machine {
    /// Where a message to a value goes, if it leaves the process.
    pub(in crate::machine) fn remote_target(&self, value: Val) -> Option<Target> {
        let Val::Object(index) = value else { return None };
        match self.heap.get(index) {
            Cell::Remote(port) => Some(Target::Port(*port)),
            Cell::Promise(promise) => match promise.state {
                PromiseState::Pending(_) => promise.question.map(Target::Answer),
                _ => None,
            },
            _ => None,
        }
    }

    /// Asks a question, whose answer settles the promise. What cannot be passed rejects it.
    pub(in crate::machine) fn ask(
        &mut self,
        promise: Index,
        target: Target,
        method: Option<Atom>,
        arguments: &[Val],
        options: Options,
    ) {
        if self.questions.len() >= QUESTIONS_MAX {
            let message = format!("{QUESTIONS_MAX} questions wait for an answer: await some first");
            let error = self.new_error(ErrorKind::RangeError, message);
            return self.reject_promise(promise, error);
        }
        let passed = self.data_of_all(arguments, "args");
        let passed = passed.and_then(|arguments| Ok((self.data_of_name(method)?, arguments)));
        let (method, arguments) = match passed {
            Ok(passed) => passed,
            Err(message) => {
                let error = self.new_error(ErrorKind::TypeError, message);
                return self.reject_promise(promise, error);
            }
        };
        let Options { within_ms, note } = options;
        let question = self.new_question(Question {
            promise,
            target,
            method: method.clone(),
            arguments: super::super::border::summary(&arguments),
            since_ms: self.now_ms,
            within_ms,
            note: note.clone(),
        });
        self.charge(MESSAGE_FUEL);
        let send = Effect::Send { question, target, method, arguments, within_ms, note };
        self.effects.push(send);
    }

    /// A method's name as data.
    fn data_of_name(&mut self, name: Option<Atom>) -> Result<Option<String>, String> {
        let Some(name) = name else { return Ok(None) };
        let name = self.atom_text(name);
        self.charge(name.len());
        let name = String::from_utf16(&name);
        name.map(Some)
            .map_err(|_| "the method's name has half a character (a lone surrogate)".to_owned())
    }

    /// Gives a question its number.
    pub(in crate::machine) fn new_question(&mut self, question: Question) -> u32 {
        let number = self.next_question;
        self.next_question += 1;
        if let Cell::Promise(promise) = self.heap.get_mut(question.promise) {
            promise.question = Some(number);
        }
        self.questions.insert(number, question);
        number
    }

    /// A message that waits for its target: method, arguments, options, whether it is from outside.
    pub(in crate::machine) fn new_letter(
        &mut self,
        method: Option<Atom>,
        arguments: Vec<Val>,
        options: Val,
        outside: bool,
    ) -> Index {
        let method = match method {
            Some(name) => {
                let text = self.atom_text(name);
                self.new_text(text)
            }
            None => Val::Undefined,
        };
        let arguments = self.new_array(arguments);
        let items = vec![method, arguments, options, Val::Bool(outside)];
        self.alloc(Cell::Array(Array { items, frozen: true, matched: None }))
    }

    /// The elements of an array.
    pub(in crate::machine) fn items(&self, array: Val) -> Vec<Val> {
        match array {
            Val::Object(index) => match self.heap.get(index) {
                Cell::Array(array) => array.items.clone(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}
