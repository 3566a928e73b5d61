//! Requests and responses, and what the connection makes of them.
#![forbid(unsafe_code)]

use v2gcrypt_hsm_protocol::{Class, Level, Opcode, Request, RequestData, Response, Status, INLINE_LEN};
use v2gcrypt_types::E_NOT_OK;

use super::{Keys, Machine, WorkId};
use crate::hsm::config::{CryptoHsm_TimeoutsType, CRYPTO_HSM_DOORBELL_STATUS};
use crate::hsm::link::{is_over, LinkState};
use crate::hsm::plan;
use crate::hsm::work::{Call, Cancel, Errand, Lent, WorkPlace};
use crate::soft::keys::Change;

impl<K: Keys> Machine<'_, K> {
    /// Takes the responses that have come in a channel.
    pub fn receive(&mut self, channel: u8, now: u32) {
        if !self.link.is_connected() {
            return;
        }
        loop {
            let Some(ring) = self.rings.get_mut(usize::from(channel)) else {
                return;
            };
            match ring.take(self.words) {
                Ok(None) => return,
                Ok(Some(response)) if self.is_expected(channel, &response, now) => {}
                Ok(Some(_)) | Err(_) => return self.end_session(),
            }
        }
    }

    /// Does somebody wait for it? Then he has it now.
    pub(super) fn is_expected(&mut self, channel: u8, response: &Response, now: u32) -> bool {
        if let LinkState::Defining { slot, is_taken, asked: Some((sequence, _)) } = self.link.state {
            if channel == self.facts.service_channel && sequence == response.sequence {
                return self.hear_of_slot(slot, is_taken, response, now);
            }
        }
        for index in 0..self.works.len() {
            let id = WorkId(index);
            let Some(work) = self.work(id).filter(|work| work.channel == channel) else {
                continue;
            };
            if let Cancel::Asked(sequence, _) = work.cancel {
                if sequence == response.sequence {
                    work.cancel = Cancel::No;
                    self.tidy(id);
                    return response.opcode == Opcode::Cancel as u8;
                }
            }
            let Lent::To(errand) = work.lent else {
                continue;
            };
            if errand.sequence != response.sequence {
                continue;
            }
            let Some(status) = Status::from_number(response.status) else {
                return false;
            };
            let fits = status != Status::Ok || (response.length <= errand.rooms.0 && response.length2 <= errand.rooms.1);
            if !fits || errand.opcode != response.opcode {
                return false;
            }
            work.lent = Lent::No;
            if let Call::Waiting = work.call {
                work.call = Call::Answered(*response);
            }
            if work.cancel == Cancel::Wanted {
                work.cancel = Cancel::No;
            }
            self.tidy(id);
            return true;
        }
        false
    }

    /// Publishes what the rings had no room for before.
    pub(super) fn publish_ready(&mut self, now: u32) {
        for index in 0..self.works.len() {
            let id = WorkId(index);
            let Some(work) = self.work(id) else {
                continue;
            };
            let (is_ready, is_cancelled, lent) = (matches!(work.call, Call::Ready(_)), work.cancel == Cancel::Wanted, work.lent);
            if is_ready {
                self.publish(id, now);
            }
            if let (true, Lent::To(errand)) = (is_cancelled, lent) {
                self.publish_cancel(id, errand, now);
            }
        }
    }

    pub(super) fn publish(&mut self, id: WorkId, now: u32) {
        let Some(place) = self.works.get_mut(id.0) else {
            return;
        };
        let work = &mut place.work;
        let (Call::Ready(request), Some(ring)) = (work.call, self.rings.get_mut(usize::from(work.channel))) else {
            return;
        };
        if let Some(sequence) = ring.publish(self.words, &request) {
            let rooms = match request.data {
                RequestData::Inline { .. } => (INLINE_LEN as u32, INLINE_LEN as u32),
                RequestData::Spans { output, output2, .. } => (output.length, output2.length),
            };
            let deadline = now.wrapping_add(patience(&self.facts.timeouts, request.opcode));
            work.lent = Lent::To(Errand { sequence, deadline, rooms, opcode: request.opcode });
            work.call = Call::Waiting;
            self.bells |= 1 << (work.channel & 31);
        }
    }

    pub(super) fn publish_cancel(&mut self, id: WorkId, errand: Errand, now: u32) {
        let Some(place) = self.works.get_mut(id.0) else {
            return;
        };
        let work = &mut place.work;
        let Some(ring) = self.rings.get_mut(usize::from(work.channel)) else {
            return;
        };
        let request = Request { parameter: errand.sequence, ..Request::new(Opcode::Cancel) };
        if let Some(sequence) = ring.publish(self.words, &request) {
            work.cancel = Cancel::Asked(sequence, now.wrapping_add(self.facts.timeouts.fast));
            self.bells |= 1 << (work.channel & 31);
        }
    }

    /// Is a request overdue, has the HSM stopped a channel?
    pub(in crate::hsm) fn is_stuck(&self, now: u32) -> bool {
        let is_late = |place: &WorkPlace| {
            let request = matches!(place.work.lent, Lent::To(errand) if is_over(now, errand.deadline));
            let cancel = matches!(place.work.cancel, Cancel::Asked(_, deadline) if is_over(now, deadline));
            request || cancel
        };
        let is_slot_late = match self.link.state {
            LinkState::Defining { asked: Some((_, deadline)), .. } => is_over(now, deadline),
            _ => false,
        };
        is_slot_late || self.works.iter().any(is_late) || self.rings.iter().any(|ring| ring.stopped(self.words))
    }

    /// There is no session any more: all jobs end.
    pub(in crate::hsm) fn end_session(&mut self) {
        self.link.state = LinkState::Down;
        for index in 0..self.works.len() {
            let id = WorkId(index);
            let Some(work) = self.work(id) else {
                continue;
            };
            if work.is_owed() {
                work.lent = Lent::Lost;
            }
            work.cancel = Cancel::No;
            match work.call {
                Call::None => self.end_stream(id),
                Call::Owned => work.ending = Some(E_NOT_OK),
                Call::Ready(_) | Call::Waiting | Call::Answered(_) => {
                    work.call = Call::Over(E_NOT_OK);
                    work.change = Change::Unparsed;
                }
                Call::Over(_) => {}
            }
        }
        for place in self.objects.iter_mut() {
            place.object.drained = place.object.waiting;
        }
    }

    /// The HSM has accepted a new session: nothing of an older one is written any more.
    pub(in crate::hsm) fn take_back(&mut self) {
        for index in 0..self.works.len() {
            let id = WorkId(index);
            if let Some(work) = self.work(id).filter(|work| work.lent == Lent::Lost) {
                work.lent = Lent::No;
                self.tidy(id);
            }
        }
    }

    /// Tells the HSM of the slot that is next, or lets jobs begin.
    pub(in crate::hsm) fn define(&mut self, now: u32) {
        let LinkState::Defining { slot, is_taken, asked: None } = self.link.state else {
            return;
        };
        let Some(config) = self.facts.slots.get(slot as usize) else {
            return self.slots_are_defined();
        };
        let request = match is_taken {
            false => Request {
                key: config.number,
                parameter: config.policyKind,
                parameter2: config.policyUsage,
                ..Request::new(Opcode::KeyDefine)
            },
            true => Request { key: config.number, ..Request::new(Opcode::KeyStatus) },
        };
        let Some(ring) = self.rings.get_mut(usize::from(self.facts.service_channel)) else {
            return;
        };
        if let Some(sequence) = ring.publish(self.words, &request) {
            let deadline = now.wrapping_add(self.facts.timeouts.slow);
            self.link.state = LinkState::Defining { slot, is_taken, asked: Some((sequence, deadline)) };
            self.bells |= 1 << (self.facts.service_channel & 31);
        }
    }

    pub(super) fn hear_of_slot(&mut self, slot: u32, is_taken: bool, response: &Response, now: u32) -> bool {
        let opcode = if is_taken { Opcode::KeyStatus } else { Opcode::KeyDefine };
        let Some(status) = Status::from_number(response.status).filter(|_| response.opcode == opcode as u8) else {
            return false;
        };
        let bit = 1u32.checked_shl(slot).unwrap_or(0);
        let next = LinkState::Defining { slot: slot.wrapping_add(1), is_taken: false, asked: None };
        self.link.state = match (status, is_taken) {
            (status, _) if status.class() == Class::Retry => LinkState::Defining { slot, is_taken, asked: None },
            (Status::Ok, false) => {
                self.link.defined |= bit;
                LinkState::Defining { slot, is_taken: true, asked: None }
            }
            (Status::Ok, true) => {
                if plan::is_valid(response) {
                    self.link.valid |= bit;
                }
                next
            }
            _ => next, // jobs with its key are refused
        };
        if status.class() != Class::Retry {
            self.define(now); // else the main function tries it again
        }
        true
    }

    pub(super) fn slots_are_defined(&mut self) {
        for id in 0..self.facts.key_count {
            let slots = self.keys.slots(id);
            let is_valid = slots & self.link.defined == slots && slots & self.link.valid != 0;
            if let Some(key) = self.keys.key(id).filter(|_| slots != 0) {
                key.state.found(is_valid);
            }
        }
        self.link.state = LinkState::Ready;
        self.link.hopeless = false;
    }

    /// Rings the bell for the status word, too.
    pub(in crate::hsm) fn ring_for_status(&mut self) {
        self.bells |= 1 << (CRYPTO_HSM_DOORBELL_STATUS & 31);
    }
}

/// How long a request may take.
fn patience(timeouts: &CryptoHsm_TimeoutsType, opcode: u8) -> u32 {
    match Opcode::from_number(opcode).map(Opcode::level) {
        Some(Level::Fast) => timeouts.fast,
        _ => timeouts.slow,
    }
}
