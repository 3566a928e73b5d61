//! Where each word of the shared region lies, in words from its beginning.
//!
//! ```text
//!    0  host line      [host writes]   status word, then unused
//!   16  HSM line       [HSM writes]    status word, host epoch that it accepted, then unused
//!   32  channel 0
//!         0  host line   [host writes]   requests published, responses consumed
//!        16  HSM line    [HSM writes]    requests consumed, responses published, why it stopped
//!        32  requests    [host writes]   8 descriptors of 16 words
//!       160  responses   [HSM writes]    8 descriptors of 16 words; the host wipes what is inline in one that it has taken
//!  320  channel 1 …
//! 1184  payload         [managed by the host]
//! ```
//!
//! A line is 64 bytes, so that words of two writers never lie in one cache line of 32 bytes; what is inline fills one of its own.

/// Channels: each is used by one core or one priority of the host.
pub const CHANNELS: usize = 4;
/// Requests that a channel holds, and responses.
pub const RING: usize = 8;
/// Words of a request or response.
pub const DESCRIPTOR_WORDS: usize = 16;
/// Words that have one writer.
pub const LINE_WORDS: usize = 16;

/// The host's status word, where the bridge has no register for it.
pub const HOST_STATUS: usize = 0;
/// The HSM's status word, where the bridge has no register for it.
pub const HSM_STATUS: usize = LINE_WORDS;
/// The host's epoch that the HSM has accepted.
pub const HSM_ACCEPTED: usize = LINE_WORDS + 1;

const FIRST_CHANNEL: usize = 2 * LINE_WORDS;
const CHANNEL_WORDS: usize = 2 * LINE_WORDS + 2 * RING * DESCRIPTOR_WORDS;

/// Words of a channel's host line.
pub(crate) const REQUESTS_PUBLISHED: usize = 0;
pub(crate) const RESPONSES_CONSUMED: usize = 1;
/// Words of a channel's HSM line.
pub(crate) const REQUESTS_CONSUMED: usize = LINE_WORDS;
pub(crate) const RESPONSES_PUBLISHED: usize = LINE_WORDS + 1;
pub(crate) const STOPPED: usize = LINE_WORDS + 2;
pub(crate) const REQUESTS: usize = 2 * LINE_WORDS;
pub(crate) const RESPONSES: usize = REQUESTS + RING * DESCRIPTOR_WORDS;

/// Words before the payload.
pub const MAILBOX_WORDS: usize = FIRST_CHANNEL + CHANNELS * CHANNEL_WORDS;
/// Bytes before the payload.
pub const MAILBOX_BYTES: usize = MAILBOX_WORDS * 4;

/// First word of a channel; None if there is no such channel.
pub const fn channel(index: usize) -> Option<usize> {
    if index < CHANNELS {
        Some(FIRST_CHANNEL + index * CHANNEL_WORDS)
    } else {
        None
    }
}

/// Word of a descriptor in a ring that begins at `ring` of a channel; `counter` runs freely.
pub(crate) const fn descriptor(ring: usize, counter: u32) -> usize {
    ring + (counter as usize % RING) * DESCRIPTOR_WORDS
}

// The published layout: a change here is a new version of the protocol.
const _: () = assert!(DESCRIPTOR_WORDS * 4 == 64);
const _: () = assert!(RING.is_power_of_two() && u32::MAX as usize % RING == RING - 1);
const _: () = assert!(HOST_STATUS == 0 && HSM_STATUS == 16 && HSM_ACCEPTED == 17);
const _: () = assert!(REQUESTS == 32 && RESPONSES == 160 && CHANNEL_WORDS == 288);
const _: () = assert!(MAILBOX_WORDS == 1184 && MAILBOX_BYTES == 4736);
const _: () = assert!(MAILBOX_BYTES % 64 == 0 && CHANNEL_WORDS % LINE_WORDS == 0);
