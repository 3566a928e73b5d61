//! What both sides of the HSM's mailbox agree on: where each word of the shared memory lies and who writes it, requests,
//! responses, rings, the handshake. The paper is `docs/hsm/protocol.md`.
//!
//! Shared memory is a slice of `AtomicU32`. Words are loaded with acquire and stored with release semantics, whole, and
//! nothing is ever exchanged: each word has one writer, for the cores have no exclusive monitor in common. Bytes lie in words
//! little-endian. Addresses are those of the bus, 32 bits.
#![no_std]
#![forbid(unsafe_code)]

pub mod algorithm;
mod descriptor;
mod handshake;
pub mod layout;
mod opcode;
pub mod policy;
mod ring;
mod status;
pub mod window;

pub use descriptor::{Flags, Request, RequestData, Response, Span, INLINE_LEN};
pub use handshake::{session, HostState, HostStatus, HsmState, HsmStatus, VERSION};
pub use opcode::{Level, Opcode};
pub use ring::{wipe_payload, HostRing, HsmRing, Violation};
pub use status::{Class, Status};
pub use window::Window;
