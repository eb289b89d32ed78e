//! What a process has asked and waits for: awaiting is data.

use std::collections::BTreeMap;
use std::ops::Deref;

use super::Index;
use super::event::Target;

/// A question that waits for its answer: all that is to be known about an await.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The promise that the answer settles.
    pub promise: Index,
    /// Who may answer.
    pub target: Target,
    /// The method that was called; none: the target itself was, or its settlement is awaited.
    pub method: Option<String>,
    /// The arguments, written out for people and cut to
    /// [`QUESTION_TEXT_CHARS_MAX`](crate::limits::QUESTION_TEXT_CHARS_MAX).
    pub arguments: String,
    /// When it was asked, in milliseconds since 1970.
    pub since_ms: u64,
    /// After how many milliseconds it counts as failed.
    pub within_ms: Option<u64>,
    /// What the script says that it asks for.
    pub note: Option<String>,
}

impl Question {
    /// Bytes that it counts for in its process's heap.
    fn size_bytes(&self) -> usize {
        let texts = [self.method.as_ref(), Some(&self.arguments), self.note.as_ref()];
        QUESTION_BYTES + texts.into_iter().flatten().map(String::len).sum::<usize>()
    }
}

/// Bytes that a question counts for, besides its texts.
const QUESTION_BYTES: usize = 128;

/// The questions that wait for an answer, by their numbers, and how much room they take.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Questions {
    asked: BTreeMap<u32, Question>,
    bytes: usize,
}

impl Questions {
    /// Bytes of all of them together.
    #[inline]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds a question, in the place of the one that had its number.
    pub fn insert(&mut self, number: u32, question: Question) -> Option<Question> {
        self.bytes += question.size_bytes();
        let before = self.asked.insert(number, question);
        self.bytes -= before.as_ref().map_or(0, Question::size_bytes);
        before
    }

    /// Takes a question out.
    pub fn remove(&mut self, number: u32) -> Option<Question> {
        let question = self.asked.remove(&number);
        self.bytes -= question.as_ref().map_or(0, Question::size_bytes);
        question
    }

    /// The promise of each, to be changed.
    pub fn promises_mut(&mut self) -> impl Iterator<Item = &mut Index> {
        self.asked.values_mut().map(|question| &mut question.promise)
    }
}

impl Deref for Questions {
    type Target = BTreeMap<u32, Question>;

    fn deref(&self) -> &Self::Target {
        &self.asked
    }
}
