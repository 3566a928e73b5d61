//! What becomes of a request: served here, or put into the queue of the slow level.

use v2gcrypt_hsm_protocol::algorithm::Capabilities;
use v2gcrypt_hsm_protocol::policy::Group;
use v2gcrypt_hsm_protocol::{Flags, Level, Opcode, Request, RequestData, Response, Status};
use zeroize::Zeroize;

use super::{Fast, Outputs, CONTEXTS, MAX_PIECE};
use crate::access::{Operands, Room};
use crate::keys::SLOTS;
use crate::lifecycle;
use crate::log::Event;
use crate::platform::Platform;
use crate::queue::Job;

/// Version of the firmware: major, minor, patch.
const FIRMWARE: u32 = 0x00_01_00;
const KNOWN_FLAGS: u16 = Flags::INLINE.0 | Flags::SINGLE_CALL.0;
/// Bytes of an event in the response to [`Opcode::LogRead`].
const EVENT_LEN: usize = 12;

impl<P: Platform> Fast<'_, P> {
    /// Answers a request now, or hands it on.
    pub(super) fn serve(&mut self, request: &Request) {
        let response = match self.command(request) {
            Ok(None) => return,
            Ok(Some(response)) => response,
            Err(status) => {
                if let Some(event) = Event::of_refusal(status, request) {
                    self.log.add(event);
                }
                Response::to(request, status)
            }
        };
        self.publish(response);
    }

    /// None: the slow level answers.
    fn command(&mut self, request: &Request) -> Result<Option<Response>, Status> {
        let opcode = Opcode::from_number(request.opcode).ok_or(Status::UnknownOpcode)?;
        if !lifecycle::permits(self.shared.lifecycle(), opcode) {
            return Err(Status::Lifecycle);
        }
        if request.flags.0 & !KNOWN_FLAGS != 0 {
            return Err(Status::Parameter);
        }
        match (opcode.level(), opcode) {
            (Level::Slow, _) => {
                let job = Job { generation: self.link.generation(), request: *request };
                self.age = self.age.wrapping_add(1);
                self.shared.queue.put(&job, self.age).then_some(None).ok_or(Status::Busy)
            }
            (_, Opcode::Ping) => Ok(Some(ping(request))),
            (_, Opcode::Capabilities) => {
                Ok(Some(Response { length: 32, bytes: self.capabilities().to_bytes(), ..Response::to(request, Status::Ok) }))
            }
            (_, Opcode::Cancel) => self.cancel(request).map(Some),
            (_, Opcode::LogRead) => Ok(Some(self.log_read(request))),
            (_, Opcode::Random) => self.random(request).map(Some),
            _ => self.message(opcode, request).map(Some),
        }
    }

    /// Only what waits is taken back, and it is answered first.
    fn cancel(&mut self, request: &Request) -> Result<Response, Status> {
        let (generation, channel, sequence) = (self.link.generation(), request.channel, request.parameter);
        let job = self
            .shared
            .queue
            .take_back(|job| (job.generation, job.request.channel, job.request.sequence) == (generation, channel, sequence));
        let cancelled = job.ok_or(Status::Busy)?;
        self.answer(&cancelled.request, Status::Cancelled);
        Ok(Response::to(request, Status::Ok))
    }

    fn log_read(&mut self, request: &Request) -> Response {
        let mut response = Response::to(request, Status::Ok);
        let mut from = request.parameter;
        for place in response.bytes.chunks_exact_mut(EVENT_LEN).take(2) {
            let Some((number, event)) = self.log.read(from) else { break };
            let words = [number, event.code, event.argument].into_iter().flat_map(u32::to_le_bytes);
            place.iter_mut().zip(words).for_each(|(to, from)| *to = from);
            response.length = response.length.saturating_add(EVENT_LEN as u32);
            from = number.saturating_add(1);
        }
        response
    }

    fn random(&mut self, request: &Request) -> Result<Response, Status> {
        let operands = Operands::of(request, self.allowed)?;
        let mut left = match operands.output {
            Room::Inline => request.parameter as usize,
            Room::Host(span) => span.length as usize,
        };
        if left > MAX_PIECE || left > operands.output.len() {
            return Err(Status::Length);
        }
        let mut outputs = Outputs::new(&self.memory, self.allowed, [operands.output, operands.output2]);
        let mut bytes = [0; 64];
        let mut result = Ok(());
        while result.is_ok() && left != 0 {
            let piece = bytes.get_mut(..left.min(64)).unwrap_or_default();
            left = left.saturating_sub(piece.len());
            result = self.random.fill(piece).and_then(|()| outputs.write(0, piece));
        }
        bytes.zeroize();
        finish(request, outputs, result.map(|()| 0))
    }

    fn message(&mut self, opcode: Opcode, request: &Request) -> Result<Response, Status> {
        let operands = Operands::of(request, self.allowed)?;
        let mut outputs = Outputs::new(&self.memory, self.allowed, [operands.output, operands.output2]);
        let verdict = self.symmetric.serve(opcode, request, operands, &self.memory, &mut outputs);
        finish(request, outputs, verdict.map(|verdict| verdict.0))
    }

    fn capabilities(&self) -> Capabilities {
        let features = [
            (Group::P256, Capabilities::P256),
            (Group::P384, Capabilities::P384),
            (Group::P521, Capabilities::P521),
            (Group::Ed25519, Capabilities::ED25519),
        ];
        let has = |group| self.shared.groups() & 1 << group as u32 != 0;
        Capabilities {
            firmware: FIRMWARE,
            features: features.iter().filter(|(group, _)| has(*group)).fold(0, |all, (_, bit)| all | bit),
            slots: SLOTS as u32,
            contexts: CONTEXTS as u32,
            piece: MAX_PIECE as u32,
            lifecycle: self.shared.lifecycle() as u32,
            tampered: self.shared.tampered(),
            notes: u32::from(self.is_test_key),
        }
    }
}

/// What a command has given; if it failed, nothing of it is left.
fn finish<M: crate::platform::HostMemory>(
    request: &Request,
    mut outputs: Outputs<'_, M>,
    result: Result<u32, Status>,
) -> Result<Response, Status> {
    match result {
        Ok(result) => {
            let [length, length2] = outputs.lengths();
            Ok(Response { result, length, length2, bytes: outputs.inline(), ..Response::to(request, Status::Ok) })
        }
        Err(status) => {
            outputs.wipe();
            Err(status)
        }
    }
}

fn ping(request: &Request) -> Response {
    let response = Response::to(request, Status::Ok);
    match request.data {
        RequestData::Inline { length, bytes, .. } => Response { length: length.min(bytes.len() as u32), bytes, ..response },
        RequestData::Spans { .. } => response,
    }
}
