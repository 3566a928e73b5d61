//! The two ends of a channel's rings. Each keeps its own counts in its own memory and never reads back what it has published:
//! what the other side writes over it harms that side only.

use core::sync::atomic::{AtomicU32, Ordering};

use crate::layout::*;
use crate::{Request, RequestData, Response, INLINE_LEN};

/// What the other side has done that it must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Violation {
    /// It counts more than the ring holds, or backwards.
    Count = 1,
    /// A descriptor has another sequence than the one that is due, or one that nobody waits for.
    Sequence = 2,
    /// A descriptor is of another session.
    Session = 3,
    /// A descriptor is of another channel.
    Channel = 4,
    /// A response is to another opcode than the request was.
    Opcode = 5,
    /// A number that is none: a status, a length.
    Content = 6,
}

const MAX: u32 = RING as u32;

/// First word of a descriptor's payload, if it is inline, and how many there are.
const INLINE_WORD: usize = DESCRIPTOR_WORDS - INLINE_WORDS;
const INLINE_WORDS: usize = INLINE_LEN / 4;

/// Bit of a descriptor's place in its ring.
const fn place_bit(sequence: u32) -> u8 {
    1 << (sequence % MAX)
}

fn load(words: &[AtomicU32], base: usize, offset: usize) -> Option<u32> {
    words.get(base.checked_add(offset)?).map(|word| word.load(Ordering::Acquire))
}

fn store(words: &[AtomicU32], base: usize, offset: usize, value: u32) {
    if let Some(word) = base.checked_add(offset).and_then(|index| words.get(index)) {
        word.store(value, Ordering::Release);
    }
}

fn load_descriptor(words: &[AtomicU32], base: usize, offset: usize) -> Option<[u32; DESCRIPTOR_WORDS]> {
    let start = base.checked_add(offset)?;
    let from = words.get(start..start.checked_add(DESCRIPTOR_WORDS)?)?;
    let mut copy = [0; DESCRIPTOR_WORDS];
    copy.iter_mut().zip(from).for_each(|(to, from)| *to = from.load(Ordering::Acquire));
    Some(copy)
}

fn store_descriptor(words: &[AtomicU32], base: usize, offset: usize, descriptor: &[u32; DESCRIPTOR_WORDS]) {
    let to = base.checked_add(offset).and_then(|start| words.get(start..start.checked_add(DESCRIPTOR_WORDS)?));
    for (to, from) in to.unwrap_or_default().iter().zip(descriptor) {
        to.store(*from, Ordering::Release);
    }
}

fn wipe_words(words: &[AtomicU32], base: usize, offset: usize, count: usize) {
    for index in 0..count {
        store(words, base, offset.wrapping_add(index), 0);
    }
}

/// Overwrites what descriptors have of payload, also those of an earlier life of the host. Only while the HSM, which has accepted an
/// epoch, waits for the host to be connected: nothing of an older session is read or written then, and nothing of the new one is there.
pub fn wipe_payload(words: &[AtomicU32]) {
    for base in (0..CHANNELS).filter_map(crate::layout::channel) {
        for place in 0..MAX {
            wipe_words(words, base, descriptor(REQUESTS, place).wrapping_add(INLINE_WORD), INLINE_WORDS);
            wipe_words(words, base, descriptor(RESPONSES, place).wrapping_add(INLINE_WORD), INLINE_WORDS);
        }
    }
}

/// The host's end of a channel.
#[derive(Debug, Clone, Copy)]
pub struct HostRing {
    channel: u8,
    /// Bits of the places of requests that have payload in them.
    inline: u8,
    base: usize,
    session: u32,
    published: u32,
    consumed: u32,
}

impl HostRing {
    /// None if there is no such channel.
    pub fn new(channel: u8) -> Option<Self> {
        let base = crate::layout::channel(usize::from(channel))?;
        Some(Self { channel, inline: 0, base, session: 0, published: 0, consumed: 0 })
    }

    /// Forgets all, and clears the line that the host writes: before it asks for a connection.
    pub fn clear(&mut self, words: &[AtomicU32]) {
        (self.published, self.consumed, self.session, self.inline) = (0, 0, 0, 0);
        store(words, self.base, REQUESTS_PUBLISHED, 0);
        store(words, self.base, RESPONSES_CONSUMED, 0);
    }

    /// Begins a session that both sides have agreed on.
    pub fn connect(&mut self, session: u32) {
        self.session = session;
    }

    /// Requests without a response.
    pub fn outstanding(&self) -> u32 {
        self.published.wrapping_sub(self.consumed)
    }

    /// Is there room for another request? Each outstanding request keeps a response free.
    pub fn has_room(&self) -> bool {
        self.outstanding() < MAX
    }

    /// Publishes a request, and gives its sequence; None if there is no room. The doorbell is the caller's.
    pub fn publish(&mut self, words: &[AtomicU32], request: &Request) -> Option<u32> {
        if !self.has_room() {
            return None;
        }
        let sequence = self.published;
        let request = Request { channel: self.channel, sequence, session: self.session, ..*request };
        store_descriptor(words, self.base, descriptor(REQUESTS, sequence), &request.to_words());
        let bit = place_bit(sequence);
        self.inline = if matches!(request.data, RequestData::Inline { .. }) { self.inline | bit } else { self.inline & !bit };
        self.published = sequence.wrapping_add(1);
        // Release: whoever reads the count reads the descriptor and the payload that were written before it.
        store(words, self.base, REQUESTS_PUBLISHED, self.published);
        Some(sequence)
    }

    /// Takes the next response, if there is one. Whose it is, the caller knows by its sequence. What it and its request had of payload is
    /// wiped: the HSM has copied the one before it answered, and uses the place of the other when it is consumed.
    pub fn take(&mut self, words: &[AtomicU32]) -> Result<Option<Response>, Violation> {
        let published = load(words, self.base, RESPONSES_PUBLISHED).ok_or(Violation::Count)?;
        match published.wrapping_sub(self.consumed) {
            0 => return Ok(None),
            waiting if waiting > self.outstanding() => return Err(Violation::Count),
            _ => {}
        }
        let copy = load_descriptor(words, self.base, descriptor(RESPONSES, self.consumed)).ok_or(Violation::Count)?;
        let response = Response::from_words(&copy);
        if response.session != self.session {
            return Err(Violation::Session);
        }
        if response.channel != self.channel {
            return Err(Violation::Channel);
        }
        let place = descriptor(RESPONSES, self.consumed);
        for (index, _) in copy.iter().enumerate().skip(INLINE_WORD).filter(|(_, word)| **word != 0) {
            store(words, self.base, place.wrapping_add(index), 0);
        }
        self.wipe_request(words, response.sequence);
        self.consumed = self.consumed.wrapping_add(1);
        store(words, self.base, RESPONSES_CONSUMED, self.consumed);
        Ok(Some(response))
    }

    /// Unless a later request has its place already.
    fn wipe_request(&mut self, words: &[AtomicU32], sequence: u32) {
        let age = self.published.wrapping_sub(sequence);
        let bit = place_bit(sequence);
        if (1..=MAX).contains(&age) && self.inline & bit != 0 {
            self.inline &= !bit;
            wipe_words(words, self.base, descriptor(REQUESTS, sequence).wrapping_add(INLINE_WORD), INLINE_WORDS);
        }
    }

    /// Why the HSM has stopped serving the channel, if it has.
    pub fn stopped(&self, words: &[AtomicU32]) -> bool {
        load(words, self.base, STOPPED) != Some(0)
    }
}

/// The HSM's end of a channel.
#[derive(Debug, Clone, Copy)]
pub struct HsmRing {
    channel: u8,
    base: usize,
    session: u32,
    consumed: u32,
    published: u32,
    is_open: bool,
}

impl HsmRing {
    /// Closed until `connect`; None if there is no such channel.
    pub fn new(channel: u8) -> Option<Self> {
        let base = crate::layout::channel(usize::from(channel))?;
        Some(Self { channel, base, session: 0, consumed: 0, published: 0, is_open: false })
    }

    /// Begins a session: forgets all, and clears the line that the HSM writes.
    pub fn connect(&mut self, words: &[AtomicU32], session: u32) {
        (self.consumed, self.published, self.session, self.is_open) = (0, 0, session, true);
        store(words, self.base, REQUESTS_CONSUMED, 0);
        store(words, self.base, RESPONSES_PUBLISHED, 0);
        store(words, self.base, STOPPED, 0);
    }

    /// Serves nothing until the next `connect`.
    pub fn close(&mut self) {
        self.is_open = false;
    }

    /// Requests that were taken and not yet answered.
    pub fn in_work(&self) -> u32 {
        self.consumed.wrapping_sub(self.published)
    }

    /// Takes the next request, if there is one, and a response free for it. A violation closes the channel: the host has to
    /// connect again.
    pub fn take(&mut self, words: &[AtomicU32]) -> Result<Option<Request>, Violation> {
        if !self.is_open {
            return Ok(None);
        }
        let taken = self.try_take(words);
        if let Err(violation) = taken {
            self.is_open = false;
            store(words, self.base, STOPPED, violation as u32);
        }
        taken
    }

    fn try_take(&mut self, words: &[AtomicU32]) -> Result<Option<Request>, Violation> {
        let published = load(words, self.base, REQUESTS_PUBLISHED).ok_or(Violation::Count)?;
        let waiting = published.wrapping_sub(self.consumed);
        if waiting == 0 {
            return Ok(None);
        }
        let read = load(words, self.base, RESPONSES_CONSUMED).ok_or(Violation::Count)?;
        let unread = self.published.wrapping_sub(read);
        if waiting > MAX || unread > MAX {
            return Err(Violation::Count);
        }
        if unread.saturating_add(self.in_work()) >= MAX {
            return Ok(None); // a response would have no place
        }
        let copy = load_descriptor(words, self.base, descriptor(REQUESTS, self.consumed)).ok_or(Violation::Count)?;
        let request = Request::from_words(&copy);
        if request.session != self.session {
            return Err(Violation::Session);
        }
        if request.channel != self.channel {
            return Err(Violation::Channel);
        }
        if request.sequence != self.consumed {
            return Err(Violation::Sequence);
        }
        self.consumed = self.consumed.wrapping_add(1);
        store(words, self.base, REQUESTS_CONSUMED, self.consumed);
        Ok(Some(request))
    }

    /// Publishes the response to a request that `take` gave in this session; false, and nothing is written, of any other. The
    /// doorbell is the caller's.
    pub fn publish(&mut self, words: &[AtomicU32], response: &Response) -> bool {
        let is_due = response.session == self.session && response.channel == self.channel && self.in_work() != 0;
        if !self.is_open || !is_due {
            return false;
        }
        store_descriptor(words, self.base, descriptor(RESPONSES, self.published), &response.to_words());
        self.published = self.published.wrapping_add(1);
        store(words, self.base, RESPONSES_PUBLISHED, self.published);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Opcode, Status};

    fn region() -> [AtomicU32; MAILBOX_WORDS] {
        core::array::from_fn(|_| AtomicU32::new(0xDEAD_BEEF))
    }

    fn connected(words: &[AtomicU32]) -> (HostRing, HsmRing) {
        let (mut host, mut hsm) = (HostRing::new(2).unwrap(), HsmRing::new(2).unwrap());
        host.clear(words);
        hsm.connect(words, 7);
        host.connect(7);
        (host, hsm)
    }

    #[test]
    fn requests_arrive_in_order_and_responses_in_any() {
        let words = region();
        let (mut host, mut hsm) = connected(&words);
        for round in 0..1000u32 {
            for number in 0..MAX {
                let request = Request { parameter: round * 8 + number, ..Request::new(Opcode::Ping) };
                assert_eq!(host.publish(&words, &request), Some(round * 8 + number));
            }
            assert_eq!(host.publish(&words, &Request::new(Opcode::Ping)), None, "the ring is full");
            let mut taken = [0; RING].map(|_| hsm.take(&words).unwrap().unwrap());
            assert_eq!(hsm.take(&words), Ok(None));
            taken.reverse();
            for request in taken {
                assert!(hsm.publish(&words, &Response { result: request.parameter, ..Response::to(&request, Status::Ok) }));
            }
            for number in (0..MAX).rev() {
                let response = host.take(&words).unwrap().unwrap();
                assert_eq!((response.sequence, response.result), (round * 8 + number, round * 8 + number));
            }
            assert_eq!(host.take(&words), Ok(None));
        }
        assert!(!host.stopped(&words));
    }

    fn words_with(words: &[AtomicU32], value: u32) -> usize {
        words.iter().filter(|word| word.load(Ordering::Relaxed) == value).count()
    }

    #[test]
    fn what_was_inline_is_wiped_when_its_response_is_taken_and_a_later_request_stays() {
        let words = region();
        let (mut host, mut hsm) = connected(&words);
        let marked = |byte| Request::new(Opcode::Hash).with_inline(&[byte; 32], &[]).unwrap();
        for _ in 0..MAX {
            host.publish(&words, &marked(0xA7)).unwrap();
        }
        let taken = [0; RING].map(|_| hsm.take(&words).unwrap().unwrap());
        let answer = |request: &Request| Response { length: 32, bytes: [0xB8; 32], ..Response::to(request, Status::Ok) };
        // The second is answered first, and its response's place in the count lets a ninth overwrite the first.
        assert!(hsm.publish(&words, &answer(&taken[1])));
        assert_eq!((words_with(&words, 0xA7A7_A7A7), words_with(&words, 0xB8B8_B8B8)), (64, 8));
        assert_eq!(host.take(&words).unwrap().unwrap().bytes, [0xB8; 32]);
        assert_eq!((words_with(&words, 0xA7A7_A7A7), words_with(&words, 0xB8B8_B8B8)), (56, 0));
        host.publish(&words, &marked(0xC9)).unwrap();
        assert!(hsm.publish(&words, &answer(&taken[0])));
        assert!(host.take(&words).unwrap().is_some());
        assert_eq!(words_with(&words, 0xC9C9_C9C9), 8, "the HSM has not copied the ninth yet");
        let ninth = hsm.take(&words).unwrap().unwrap();
        for request in taken[2..].iter().chain([&ninth]) {
            assert!(hsm.publish(&words, &answer(request)));
            assert!(host.take(&words).unwrap().is_some());
        }
        assert_eq!([0xA7A7_A7A7, 0xB8B8_B8B8, 0xC9C9_C9C9].map(|word| words_with(&words, word)), [0; 3]);
    }

    #[test]
    fn all_that_descriptors_may_have_of_payload_is_wiped_and_nothing_else() {
        let words = region();
        wipe_payload(&words);
        assert_eq!(words_with(&words, 0), CHANNELS * 2 * RING * INLINE_WORDS);
        let first = crate::layout::channel(3).unwrap() + RESPONSES + 7 * DESCRIPTOR_WORDS;
        assert_eq!(words[first + 7].load(Ordering::Relaxed), 0xDEAD_BEEF);
        assert!(words[first + 8..first + 16].iter().all(|word| word.load(Ordering::Relaxed) == 0));
    }

    #[test]
    fn no_request_is_taken_while_its_response_would_have_no_place() {
        let words = region();
        let (mut host, mut hsm) = connected(&words);
        for _ in 0..MAX {
            host.publish(&words, &Request::new(Opcode::Ping)).unwrap();
            let request = hsm.take(&words).unwrap().unwrap();
            assert!(hsm.publish(&words, &Response::to(&request, Status::Ok)));
        }
        // A host that does not count its own: one more request than responses have places.
        let more = Request { channel: 2, session: 7, sequence: MAX, ..Request::new(Opcode::Ping) };
        store_descriptor(&words, host.base, descriptor(REQUESTS, MAX), &more.to_words());
        store(&words, host.base, REQUESTS_PUBLISHED, MAX + 1);
        assert_eq!(hsm.take(&words), Ok(None));
        assert!(host.take(&words).unwrap().is_some());
        assert!(hsm.take(&words).unwrap().is_some());
    }

    #[test]
    fn whatever_is_wrong_with_a_request_stops_the_channel() {
        let good = Request { channel: 2, session: 7, ..Request::new(Opcode::Ping) };
        for (request, count, violation) in [
            (good, MAX + 1, Violation::Count),
            (good, u32::MAX, Violation::Count),
            (Request { session: 6, ..good }, 1, Violation::Session),
            (Request { channel: 1, ..good }, 1, Violation::Channel),
            (Request { sequence: 1, ..good }, 1, Violation::Sequence),
        ] {
            let words = region();
            let (host, mut hsm) = connected(&words);
            store_descriptor(&words, host.base, descriptor(REQUESTS, 0), &request.to_words());
            store(&words, host.base, REQUESTS_PUBLISHED, count);
            assert_eq!(hsm.take(&words), Err(violation));
            assert!(host.stopped(&words));
            assert_eq!(hsm.take(&words), Ok(None), "it stays stopped");
        }
    }

    #[test]
    fn whatever_is_wrong_with_a_response_is_noticed() {
        for (session, channel, count, violation) in [
            (7, 2, 2, Violation::Count),
            (7, 2, u32::MAX, Violation::Count),
            (6, 2, 1, Violation::Session),
            (7, 3, 1, Violation::Channel),
        ] {
            let words = region();
            let (mut host, _) = connected(&words);
            host.publish(&words, &Request::new(Opcode::Ping)).unwrap();
            let response = Response { session, channel, ..Response::to(&Request::new(Opcode::Ping), Status::Ok) };
            store_descriptor(&words, host.base, descriptor(RESPONSES, 0), &response.to_words());
            store(&words, host.base, RESPONSES_PUBLISHED, count);
            assert_eq!(host.take(&words), Err(violation));
        }
    }

    #[test]
    fn a_response_of_an_earlier_session_is_not_published() {
        let words = region();
        let (mut host, mut hsm) = connected(&words);
        host.publish(&words, &Request::new(Opcode::Sign)).unwrap();
        let request = hsm.take(&words).unwrap().unwrap();
        host.clear(&words);
        hsm.connect(&words, 8);
        host.connect(8);
        assert!(!hsm.publish(&words, &Response::to(&request, Status::Ok)));
        assert_eq!(host.take(&words), Ok(None));
        assert!(!hsm.publish(&words, &Response { session: 8, ..Response::to(&request, Status::Ok) }), "nobody asked");
    }
}
