//! The state machine.
#![forbid(unsafe_code)]

use super::{rules, Action, Event, Lesson, Position, Query, Refusals, VerifiedChain};

/// One validation under way.
#[derive(Debug)]
pub struct Validation<'a> {
    query: Query<'a>,
}

impl<'a> Validation<'a> {
    /// Nothing is done yet.
    pub fn new(query: Query<'a>) -> Self {
        Self { query }
    }

    /// Does a part of the work; the answer to the action of the last step comes in as an event.
    pub fn step(&mut self, event: Event<'_>) -> Action<'a> {
        let _ = (event, &self.query);
        Action::Done
    }

    /// What is worth keeping in a [`Memory`](super::Memory), also of a refused chain.
    pub fn lessons(&self) -> impl Iterator<Item = Lesson> + '_ {
        core::iter::empty()
    }

    /// The verdict. Before [`Action::Done`] there is none: the refusal is undecided.
    pub fn into_result(self) -> Result<VerifiedChain<'a>, Refusals> {
        Err(Refusals::undecided(Position::Leaf, &rules::UNDECIDED))
    }
}
