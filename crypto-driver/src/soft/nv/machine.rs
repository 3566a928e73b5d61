//! What is to be done with the NvM block of a key: one [`Machine`] per block.
//!
//! A step neither computes nor calls out. Its action is performed by the caller, whose outcome is the next event; until a step
//! answers [`Action::Nothing`], events from elsewhere leave a note at most.
#![forbid(unsafe_code)]

use v2gcrypt_types::*;

use super::super::config::*;

numbers! {
    /// `NvM_RequestResultType`.
    table REQUEST_RESULTS for uint8 {
        NVM_REQ_OK = 0;
        NVM_REQ_NOT_OK = 1;
        NVM_REQ_PENDING = 2;
        NVM_REQ_INTEGRITY_FAILED = 3;
        NVM_REQ_BLOCK_SKIPPED = 4;
        NVM_REQ_NV_INVALIDATED = 5;
        NVM_REQ_CANCELED = 6;
        NVM_REQ_REDUNDANCY_FAILED = 7;
        NVM_REQ_RESTORED_FROM_ROM = 8;
    }
}

/// SHA-256 over the persistent content of a key.
pub type ContentDigest = [u8; 32];

/// Data set of the quarantine.
pub const QUARANTINE: u8 = 2;

/// One of the two copies: its data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Data set 0.
    A,
    /// Data set 1.
    B,
}

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A main function, or `Init`.
    Turn,
    /// NvM tells that a request has ended, of this block or so it says.
    Notified,
    /// The key has been set VALID, perhaps with other content.
    Changed,
    /// NvM has taken the request.
    Accepted,
    /// NvM has not taken the request. In its own notification that does not count.
    Refused {
        /// Whether this was an attempt.
        counts: bool,
    },
    /// What `NvM_GetErrorStatus` says.
    Status(uint8),
    /// What was read.
    Examined(Found),
    /// Loading has ended; the key's content now, unless it cannot be computed.
    Finished(ContentDigest),
    /// What became of the record to be written.
    Sealed(Sealing),
}

/// What a copy turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Nothing was ever written.
    Empty,
    /// Not a record of this block.
    Corrupt,
    /// A record with this sequence number; if it is the newest so far, the key's elements hold it now.
    Authentic(u32),
    /// That could not be told: there is no device key.
    Unknown,
}

/// What became of the record to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealing {
    /// It is in the record RAM.
    Done(ContentDigest),
    /// NvM has this content already.
    Same,
    /// The key is not VALID: what it holds is not to be kept.
    KeyInvalid,
    /// Somebody writes the key.
    KeyBusy,
    /// There is no device key.
    Failed,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Nothing: NvM, or the next event, decides.
    Nothing,
    /// Ask NvM for the result of the request: [`Event::Status`].
    Poll,
    /// Have NvM read a data set into the record RAM: [`Event::Accepted`] or [`Event::Refused`].
    Read(u8),
    /// Have NvM write a data set from the record RAM: [`Event::Accepted`] or [`Event::Refused`].
    Write(u8),
    /// Look at the record RAM, and load the key from it if it is newer than `than`: [`Event::Examined`].
    Examine {
        /// Sequence number of the newest record so far.
        than: u32,
    },
    /// Let the key go, VALID if it was `restored` and can be parsed: [`Event::Finished`].
    Finish {
        /// Whether the elements hold what an authentic record held.
        restored: bool,
    },
    /// Encrypt the key into the record RAM, unless its content is what is `known`: [`Event::Sealed`].
    Seal {
        /// Number of the record.
        sequence: u32,
        /// What need not be written.
        known: Option<ContentDigest>,
    },
}

/// An action, and whether `CRYPTO_E_RE_NVM_ACCESS_FAILED` is to be reported before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What is to be done.
    pub action: Action,
    /// Whether something has failed for good.
    pub report: bool,
}

/// What is known of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Empty,
    Corrupt,
    /// NvM says that it has lost it.
    Lost,
    /// NvM did not read it, or has not confirmed what was written: it may be anything, the newest record too.
    Uncertain,
    Authentic,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Task {
    /// Nothing to do.
    Rest,
    /// NvM may have a request from before `Init`.
    Settle,
    Load(Slot),
    /// Loading ends.
    Finish,
    /// Reads a corrupt copy before it is overwritten.
    Evidence(Slot),
    /// Writes it to the quarantine.
    Keep(Slot),
    /// Writes the key.
    Save(Slot),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// To be begun, or tried again, in the next main function.
    Due,
    /// NvM is being asked.
    Asking,
    /// NvM has the request.
    Waiting,
}

/// Which way NvM copies a record in explicit synchronisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transfer {
    /// From NvM's buffer into the record RAM.
    In,
    /// From the record RAM into NvM's buffer.
    Out,
}

/// What a machine has to know of its block's configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// `CryptoNvBlockFailedRetries`.
    pub retries: u8,
    /// `CRYPTO_SOFT_NV_IMMEDIATE`: `KeySetValid` starts the write itself.
    pub immediate: bool,
    /// `NvMBlockUseSyncMechanism`: a request without a transfer has failed.
    pub transfers: bool,
}

/// The state of one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Machine {
    rules: Rules,
    task: Task,
    progress: Progress,
    /// An action is in somebody's hands.
    acting: bool,
    copies: [Known; 2],
    newest: Option<Slot>,
    /// Number of the newest record, 0 for none.
    sequence: u32,
    /// Content that NvM has, if that is known.
    saved: Option<ContentDigest>,
    /// Content of the record that is in the record RAM, to be written.
    sealed: Option<ContentDigest>,
    attempts_left: u8,
    /// The key was set VALID since the record was sealed.
    requested: bool,
    /// The other copy is to be written, too.
    healing: bool,
    /// What was to be kept is not in NvM.
    failed: bool,
    /// The quarantine was written since `Init`.
    quarantined: bool,
    /// The record RAM was wiped for the Read that is asked for.
    cleared: bool,
    /// NvM copies a record right now.
    transferring: bool,
    /// It has done so since the request was made.
    transferred: bool,
}

impl Slot {
    const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// The data set.
    pub const fn data_set(self) -> u8 {
        match self {
            Self::A => 0,
            Self::B => 1,
        }
    }
}

impl Step {
    const NOTHING: Self = Self { action: Action::Nothing, report: false };

    fn reported(self) -> Self {
        Self { report: true, ..self }
    }
}

impl From<Action> for Step {
    fn from(action: Action) -> Self {
        Self { action, report: false }
    }
}

impl Machine {
    /// A block that nothing is known of yet; its key has to be held for writing until [`Action::Finish`].
    pub const fn new(rules: Rules) -> Self {
        Self {
            rules,
            task: Task::Settle,
            progress: Progress::Waiting,
            acting: false,
            copies: [Known::Uncertain; 2],
            newest: None,
            sequence: 0,
            saved: None,
            sealed: None,
            attempts_left: 0,
            requested: false,
            healing: false,
            failed: false,
            quarantined: false,
            cleared: false,
            transferring: false,
            transferred: false,
        }
    }

    /// `CRYPTO_SOFT_NV_*`.
    pub fn status(&self) -> uint8 {
        match self.task {
            Task::Settle | Task::Load(_) | Task::Finish => CRYPTO_SOFT_NV_LOADING,
            Task::Rest if self.requested => CRYPTO_SOFT_NV_PENDING,
            Task::Rest if self.failed => CRYPTO_SOFT_NV_FAILED,
            Task::Rest => CRYPTO_SOFT_NV_IDLE,
            Task::Evidence(_) | Task::Keep(_) | Task::Save(_) => CRYPTO_SOFT_NV_PENDING,
        }
    }

    /// NvM wants to copy a record. False: not now; otherwise [`Machine::end_transfer`] has to follow.
    pub fn begin_transfer(&mut self, transfer: Transfer) -> bool {
        let asked = match self.task {
            Task::Load(_) | Task::Evidence(_) => transfer == Transfer::In && self.cleared,
            Task::Keep(_) => transfer == Transfer::Out,
            Task::Save(_) => transfer == Transfer::Out && self.sealed.is_some(),
            Task::Rest | Task::Settle | Task::Finish => false,
        };
        let begun = asked && !self.transferring && matches!(self.progress, Progress::Asking | Progress::Waiting);
        self.transferring |= begun;
        begun
    }

    /// The record RAM has been wiped for what is to be read: NvM may copy into it.
    pub fn cleared(&mut self) {
        self.cleared = true;
    }

    /// NvM has copied the record.
    pub fn end_transfer(&mut self) {
        self.transferring = false;
        self.transferred = true;
    }

    /// Takes an event. The outcome of an action comes from whoever got the action; everything else may come at any time.
    pub fn step(&mut self, event: Event) -> Step {
        let step = match event {
            Event::Turn | Event::Notified | Event::Changed if self.acting => {
                self.requested |= event == Event::Changed;
                return Step::NOTHING;
            }
            Event::Turn => self.turn(),
            Event::Notified if self.progress == Progress::Waiting && self.task != Task::Rest => Action::Poll.into(),
            Event::Notified => Step::NOTHING,
            Event::Changed => {
                self.requested = true;
                if self.task == Task::Rest && self.rules.immediate {
                    self.rest()
                } else {
                    Step::NOTHING
                }
            }
            Event::Accepted => {
                self.progress = Progress::Waiting;
                Action::Poll.into()
            }
            Event::Refused { counts: true } => self.fail(),
            Event::Refused { counts: false } => self.later(),
            Event::Status(NVM_REQ_PENDING) => Step::NOTHING,
            Event::Status(_) if self.transferring => Step::NOTHING,
            Event::Status(result) => self.ended(result),
            Event::Examined(found) => self.examined(found),
            Event::Finished(content) => self.finished(content),
            Event::Sealed(sealing) => self.sealed(sealing),
        };
        self.acting = step.action != Action::Nothing;
        step
    }

    fn turn(&mut self) -> Step {
        match (self.task, self.progress) {
            (Task::Rest, _) if self.requested => self.rest(),
            (Task::Rest, _) => Step::NOTHING,
            (_, Progress::Due) => self.ask(),
            (_, Progress::Waiting | Progress::Asking) => Action::Poll.into(),
        }
    }

    /// Begins a task with all its attempts.
    fn begin(&mut self, task: Task) -> Step {
        self.task = task;
        self.attempts_left = self.rules.retries;
        self.ask()
    }

    /// Makes the task's request.
    fn ask(&mut self) -> Step {
        if self.transferring {
            return self.later(); // NvM has refused what it does all the same
        }
        self.progress = Progress::Asking;
        (self.cleared, self.transferred) = (false, false);
        let action = match self.task {
            Task::Load(slot) | Task::Evidence(slot) => Action::Read(slot.data_set()),
            Task::Keep(_) => Action::Write(QUARANTINE),
            Task::Save(slot) if self.sealed.is_some() && !self.requested => Action::Write(slot.data_set()),
            Task::Save(_) => return self.seal(),
            Task::Finish => Action::Finish { restored: self.newest.is_some() },
            Task::Settle | Task::Rest => Action::Nothing,
        };
        action.into()
    }

    fn seal(&mut self) -> Step {
        self.sealed = None;
        if self.requested {
            self.attempts_left = self.rules.retries; // newer content: another write
        }
        self.requested = false;
        let Some(sequence) = self.sequence.checked_add(1) else {
            self.attempts_left = 0;
            return self.fail();
        };
        // Only where both copies are good (or nothing was ever written) the same content need not be written again; what a failed
        // write has left may count as newer.
        let rests = self.copies == [Known::Empty; 2] || self.other_copy() == Some(Known::Authentic);
        let known = self.saved.filter(|_| rests && !self.failed);
        Action::Seal { sequence, known }.into()
    }

    /// Tries again in the next main function.
    fn later(&mut self) -> Step {
        self.progress = Progress::Due;
        Step::NOTHING
    }

    /// An attempt has failed.
    fn fail(&mut self) -> Step {
        if let (Task::Save(slot), Some(_)) = (self.task, self.sealed) {
            self.set_copy(slot, Known::Uncertain);
        }
        if let Some(left) = self.attempts_left.checked_sub(1) {
            self.attempts_left = left;
            return self.later();
        }
        match self.task {
            Task::Load(slot) => self.loaded(slot, Known::Uncertain).reported(),
            Task::Evidence(slot) | Task::Keep(slot) => self.begin(Task::Save(slot)).reported(),
            Task::Save(_) => {
                self.sealed = None;
                self.healing = false;
                self.failed = true;
                self.task = Task::Rest;
                if self.requested { self.rest() } else { Step::NOTHING }.reported()
            }
            Task::Rest | Task::Settle | Task::Finish => Step::NOTHING,
        }
    }

    /// NvM has ended the request.
    fn ended(&mut self, result: uint8) -> Step {
        let missing = self.rules.transfers && !self.transferred;
        match (self.task, result) {
            (Task::Settle, _) => self.begin(Task::Load(Slot::A)),
            (Task::Load(slot), NVM_REQ_NV_INVALIDATED) => self.loaded(slot, Known::Empty),
            (Task::Load(slot), NVM_REQ_INTEGRITY_FAILED) => self.loaded(slot, Known::Lost).reported(),
            (Task::Evidence(slot), NVM_REQ_NV_INVALIDATED | NVM_REQ_INTEGRITY_FAILED) => self.begin(Task::Save(slot)).reported(),
            (Task::Load(_), NVM_REQ_OK | NVM_REQ_REDUNDANCY_FAILED | NVM_REQ_RESTORED_FROM_ROM) if !missing => {
                self.progress = Progress::Due; // nobody copies into what is being examined
                Action::Examine { than: self.sequence }.into()
            }
            (Task::Evidence(slot), NVM_REQ_OK | NVM_REQ_REDUNDANCY_FAILED) if !missing => self.begin(Task::Keep(slot)),
            (Task::Keep(slot), NVM_REQ_OK) if !missing => {
                self.quarantined = true;
                self.begin(Task::Save(slot))
            }
            (Task::Save(slot), NVM_REQ_OK) if !missing => self.written(slot),
            (Task::Rest | Task::Finish, _) => Step::NOTHING,
            _ => self.fail(),
        }
    }

    fn examined(&mut self, found: Found) -> Step {
        let Task::Load(slot) = self.task else {
            return Step::NOTHING;
        };
        match found {
            Found::Empty => self.loaded(slot, Known::Empty),
            Found::Corrupt => self.loaded(slot, Known::Corrupt).reported(),
            Found::Unknown => self.fail(),
            Found::Authentic(sequence) => {
                if sequence > self.sequence {
                    self.sequence = sequence;
                    self.newest = Some(slot);
                }
                self.loaded(slot, Known::Authentic)
            }
        }
    }

    fn loaded(&mut self, slot: Slot, copy: Known) -> Step {
        self.set_copy(slot, copy);
        match slot {
            Slot::A => self.begin(Task::Load(Slot::B)),
            Slot::B => self.begin(Task::Finish),
        }
    }

    fn finished(&mut self, content: ContentDigest) -> Step {
        let empty = self.copies == [Known::Empty; 2];
        // Initial values need not be written where nothing was ever written: another program may come with others.
        self.saved = (self.newest.is_some() || empty).then_some(content);
        self.failed = self.newest.is_none() && !empty;
        // One that could not be read may be newer: it is left alone until there is something newer still.
        self.healing = matches!(self.other_copy(), Some(Known::Empty | Known::Corrupt | Known::Lost));
        self.rest()
    }

    /// Nothing is under way: begins what is to be done next.
    fn rest(&mut self) -> Step {
        self.task = Task::Rest;
        self.sealed = None;
        if !self.requested && !self.healing {
            return Step::NOTHING;
        }
        let slot = self.target();
        if self.copy(slot) == Known::Corrupt && !self.quarantined {
            self.begin(Task::Evidence(slot))
        } else {
            self.begin(Task::Save(slot))
        }
    }

    /// Never the newest copy; if there is none, rather one that holds nothing than evidence, and that rather than what may be newest.
    fn target(&self) -> Slot {
        let worth = |slot| match self.copy(slot) {
            Known::Empty | Known::Lost => 0,
            Known::Corrupt => 1,
            Known::Uncertain | Known::Authentic => 2,
        };
        match self.newest {
            Some(newest) => newest.other(),
            None if worth(Slot::B) < worth(Slot::A) => Slot::B,
            None => Slot::A,
        }
    }

    fn sealed(&mut self, sealing: Sealing) -> Step {
        let Task::Save(slot) = self.task else {
            return Step::NOTHING;
        };
        match sealing {
            Sealing::Done(content) => {
                self.sealed = Some(content);
                self.progress = Progress::Asking;
                self.transferred = false;
                Action::Write(slot.data_set()).into()
            }
            Sealing::Failed => self.fail(),
            Sealing::KeyBusy => self.later(),
            Sealing::Same | Sealing::KeyInvalid => {
                self.healing = false;
                self.rest()
            }
        }
    }

    fn written(&mut self, slot: Slot) -> Step {
        self.set_copy(slot, Known::Authentic);
        self.newest = Some(slot);
        self.sequence = self.sequence.saturating_add(1);
        self.saved = self.sealed;
        self.failed = false;
        self.healing = self.other_copy() != Some(Known::Authentic);
        self.rest()
    }

    /// What is known of the copy beside the newest.
    fn other_copy(&self) -> Option<Known> {
        self.newest.map(|newest| self.copy(newest.other()))
    }

    fn copy(&self, slot: Slot) -> Known {
        let [a, b] = self.copies;
        match slot {
            Slot::A => a,
            Slot::B => b,
        }
    }

    fn set_copy(&mut self, slot: Slot, copy: Known) {
        let [a, b] = &mut self.copies;
        match slot {
            Slot::A => *a = copy,
            Slot::B => *b = copy,
        }
    }
}
