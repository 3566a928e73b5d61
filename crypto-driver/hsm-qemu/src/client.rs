//! A host as simple as one can be: publishes requests, waits, reads responses. It is not the driver, so that tests of the firmware do
//! not rest on it.
#![forbid(unsafe_code)]

use std::sync::atomic::Ordering;

use v2gcrypt_hsm_protocol::layout::{CHANNELS, HOST_STATUS, HSM_ACCEPTED, HSM_STATUS, RING};
use v2gcrypt_hsm_protocol::policy::Policy;
use v2gcrypt_hsm_protocol::{
    session, Flags, HostRing, HostState, HostStatus, HsmState, HsmStatus, Opcode, Request, RequestData, Response, Span, Status,
    Window, VERSION,
};

use crate::emulator::patience;
use crate::layout::{HOST_BYTES, SHARED_BASE};
use crate::Emulator;

/// Where the payload of tests begins in the mailbox, behind its rings.
const PAYLOAD: u32 = 0x2000;
/// Room for each of a request's five spans.
const ROOM: u32 = 4096;

/// A request in words of a test.
#[derive(Debug, Clone)]
pub struct Command {
    /// Opcode, parameters, key, context, flags.
    pub request: Request,
    inputs: [Vec<u8>; 3],
    rooms: [u32; 2],
    is_inline: bool,
    hostile: Option<(Span, Span)>,
}

impl Command {
    /// A single call without data.
    pub fn new(opcode: Opcode) -> Self {
        let request = Request { flags: Flags::SINGLE_CALL, ..Request::new(opcode) };
        Self { request, inputs: Default::default(), rooms: [0; 2], is_inline: false, hostile: None }
    }

    /// Key slot.
    pub fn key(mut self, slot: u16) -> Self {
        self.request.key = slot;
        self
    }

    /// First parameter.
    pub fn parameter(mut self, value: u32) -> Self {
        self.request.parameter = value;
        self
    }

    /// Second parameter.
    pub fn parameter2(mut self, value: u32) -> Self {
        self.request.parameter2 = value;
        self
    }

    /// Input 1 to 3, by index.
    pub fn input(mut self, index: usize, bytes: &[u8]) -> Self {
        self.inputs[index] = bytes.to_vec();
        self
    }

    /// Room for the output, or the second one, in bytes.
    pub fn room(mut self, index: usize, bytes: u32) -> Self {
        self.rooms[index] = bytes.next_multiple_of(4);
        self
    }

    /// Inputs and outputs in the descriptors themselves.
    pub fn inline(mut self) -> Self {
        self.is_inline = true;
        self
    }

    /// Input and output wherever a hostile host says, instead of the bytes of [`Command::input`].
    pub fn spans(mut self, input: Span, output: Span) -> Self {
        self.hostile = Some((input, output));
        self
    }

    /// Another mode than a single call.
    pub fn mode(mut self, flags: Flags, context: u16) -> Self {
        self.request.flags = flags;
        self.request.context = context;
        self
    }
}

/// How a command ended.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// All of the response.
    pub response: Response,
    /// The outputs.
    pub outputs: [Vec<u8>; 2],
}

impl Outcome {
    /// The response's status.
    pub fn status(&self) -> Status {
        self.response.status()
    }

    /// The output of a command that must succeed.
    #[track_caller]
    pub fn output(&self) -> &[u8] {
        self.succeeded();
        &self.outputs[0]
    }

    /// For a command that must succeed.
    #[track_caller]
    pub fn succeeded(&self) -> &Self {
        assert_eq!(self.status(), Status::Ok, "{:?}", Opcode::from_number(self.response.opcode));
        self
    }
}

/// The host's end of a connection.
pub struct Client<'a> {
    emulator: &'a Emulator,
    rings: [HostRing; CHANNELS],
    sent: [[Option<Command>; RING]; CHANNELS],
    epoch: u16,
}

impl<'a> Client<'a> {
    /// Connects; panics when the HSM does not accept.
    #[track_caller]
    pub fn connect(emulator: &'a Emulator) -> Self {
        let rings = [0, 1, 2, 3].map(|channel| HostRing::new(channel).expect("there are four"));
        let epoch = HostStatus::from_word(emulator.words()[HOST_STATUS].load(Ordering::Acquire)).epoch;
        let mut client = Self { emulator, rings, sent: Default::default(), epoch };
        client.reconnect();
        client
    }

    /// Begins a new session; all that is outstanding is forgotten.
    #[track_caller]
    pub fn reconnect(&mut self) {
        let words = self.emulator.words();
        let tell = |state, epoch| {
            let status = HostStatus { state, version: VERSION, epoch };
            words[HOST_STATUS].store(status.to_word(), Ordering::Release);
        };
        tell(HostState::Absent, self.epoch);
        self.sent = Default::default();
        self.rings.iter_mut().for_each(|ring| ring.clear(words));
        self.epoch = self.epoch.wrapping_add(1);
        tell(HostState::Connecting, self.epoch);
        self.emulator.ring();
        let accepted = 0x1_0000 + u32::from(self.epoch);
        let done = self.emulator.wait_until(patience(), || words[HSM_ACCEPTED].load(Ordering::Acquire) == accepted);
        assert!(done, "the HSM does not accept the connection: {:?}", self.hsm_status());
        assert_eq!(self.hsm_status().state, HsmState::Ready);
        let session = session(self.epoch, self.hsm_status().epoch);
        self.rings.iter_mut().for_each(|ring| ring.connect(session));
        tell(HostState::Connected, self.epoch);
    }

    /// What the HSM says of itself.
    pub fn hsm_status(&self) -> HsmStatus {
        HsmStatus::from_word(self.emulator.words()[HSM_STATUS].load(Ordering::Acquire))
    }

    /// Publishes a command without ringing; its sequence.
    #[track_caller]
    pub fn publish(&mut self, channel: usize, command: Command) -> u32 {
        let ring = &mut self.rings[channel];
        let slot = (0..RING).find(|slot| self.sent[channel][*slot].is_none()).expect("no more than eight at a time");
        let at = |part: usize| Span {
            address: SHARED_BASE + PAYLOAD + ((channel * RING + slot) * 5 + part) as u32 * ROOM,
            length: match part {
                0..=2 => command.inputs[part].len() as u32,
                _ => command.rooms[part - 3],
            },
        };
        let request = if let Some((input, output)) = command.hostile {
            let none = Span::NONE;
            Request { data: RequestData::Spans { input, input2: none, input3: none, output, output2: none }, ..command.request }
        } else if command.is_inline {
            command.request.with_inline(&command.inputs[0], &command.inputs[1]).expect("fits")
        } else {
            let window = window(self.emulator);
            for (part, input) in command.inputs.iter().enumerate() {
                assert!(input.len() <= ROOM as usize && window.write(at(part).address, input));
            }
            let data = RequestData::Spans { input: at(0), input2: at(1), input3: at(2), output: at(3), output2: at(4) };
            Request { data, ..command.request }
        };
        let sequence = ring.publish(self.emulator.words(), &request).expect("the ring has room");
        let request = Request { sequence, ..request };
        self.sent[channel][slot] = Some(Command { request, ..command });
        sequence
    }

    /// Rings the HSM.
    pub fn ring(&self) {
        self.emulator.ring();
    }

    /// The next response of a channel, if it has come.
    #[track_caller]
    pub fn poll(&mut self, channel: usize) -> Option<Outcome> {
        let response = self.rings[channel].take(self.emulator.words()).expect("the HSM keeps to the protocol")?;
        let is_its = |sent: &Option<Command>| sent.as_ref().is_some_and(|sent| sent.request.sequence == response.sequence);
        let slot = self.sent[channel].iter().position(is_its).expect("a response to what was asked, once");
        let command = self.sent[channel][slot].take()?;
        assert_eq!(response.opcode, command.request.opcode);
        if command.hostile.is_some() {
            return Some(Outcome { response, outputs: Default::default() });
        }
        self.wipe(&command);
        let lengths = [response.length, response.length2];
        let mut outputs = [vec![], vec![]];
        if command.is_inline {
            let (first, second) = response.bytes.split_at((response.length as usize).min(response.bytes.len()));
            outputs[0] = first.to_vec();
            outputs[1] = second[..response.length2 as usize].to_vec();
        } else if let RequestData::Spans { output, output2, .. } = command.request.data {
            for ((bytes, room), length) in outputs.iter_mut().zip([output, output2]).zip(lengths) {
                assert!(length <= room.length, "{length} bytes in a room of {}", room.length);
                *bytes = vec![0; length as usize];
                assert!(window(self.emulator).read(room.address, bytes));
            }
        }
        Some(Outcome { response, outputs })
    }

    /// What was lent to the HSM may have been a key.
    fn wipe(&self, command: &Command) {
        if let RequestData::Spans { input, input2, input3, .. } = command.request.data {
            for span in [input, input2, input3] {
                assert!(window(self.emulator).write(span.address, &vec![0; span.length as usize]));
            }
        }
    }

    /// Waits for the next response of a channel.
    #[track_caller]
    pub fn wait(&mut self, channel: usize) -> Outcome {
        let mut outcome = None;
        let emulator = self.emulator;
        emulator.wait_until(patience(), || {
            outcome = self.poll(channel);
            outcome.is_some()
        });
        outcome.unwrap_or_else(|| {
            panic!("no response: {:?}, stopped {}", emulator.last_crash(), self.rings[channel].stopped(emulator.words()))
        })
    }

    /// Publishes, rings and waits.
    #[track_caller]
    pub fn call(&mut self, command: Command) -> Outcome {
        self.publish(0, command);
        self.ring();
        self.wait(0)
    }

    /// Gives a slot its policy.
    #[track_caller]
    pub fn define(&mut self, slot: u16, policy: Policy) {
        let (first, second) = policy.to_words();
        self.call(Command::new(Opcode::KeyDefine).key(slot).parameter(first).parameter2(second)).succeeded();
    }

    /// Gives a slot a value in plain, and makes it valid.
    #[track_caller]
    pub fn load(&mut self, slot: u16, value: &[u8]) {
        self.call(Command::new(Opcode::ElementSet).key(slot).input(0, value)).succeeded();
        self.call(Command::new(Opcode::KeySetValid).key(slot)).succeeded();
    }
}

fn window(emulator: &Emulator) -> Window<'_> {
    let words = emulator.words_at(0, HOST_BYTES / 4);
    Window::new(SHARED_BASE, words).expect("the mailbox is aligned")
}
