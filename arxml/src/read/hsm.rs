//! What is ours in a driver of the HSM: channels, buffers, bounds of time, numbers of slots.

use super::Reader;
use crate::ecuc::{is_c_identifier, Handle};
use crate::findings::Kind;
use crate::model::{HsmGeneral, HsmKey, HsmObject, HSM_CHANNELS};

/// Bounds of time, and what they are if nobody says: for a clock of microseconds.
const TIMEOUTS: [(&str, u32); 4] = [
    ("V2gcryptHsmConnectTimeout", 1_000_000),
    ("V2gcryptHsmFastTimeout", 500_000),
    ("V2gcryptHsmSlowTimeout", 5_000_000),
    ("V2gcryptHsmSynchronousTimeout", 10_000_000),
];

/// Whatever one request can carry.
const BOUNCE_SIZE: u32 = 4480;

pub(super) fn general(reader: &mut Reader<'_>, general: Option<Handle>) -> HsmGeneral {
    let Some(handle) = general else {
        let timeouts = TIMEOUTS.map(|(_, default)| default);
        return HsmGeneral { transport: None, service_channel: 0, bounce_size: BOUNCE_SIZE, timeouts };
    };
    let bounce_size = reader.integer(handle, "V2gcryptHsmBounceSize").unwrap_or(BOUNCE_SIZE);
    if !(640..=16384).contains(&bounce_size) || !bounce_size.is_multiple_of(64) {
        let problem = format!("V2gcryptHsmBounceSize is {bounce_size}.");
        reader.report(handle, Kind::InvalidValue, problem, "Use a multiple of 64 from 640 to 16384.");
    }
    let transport = reader.text(handle, "V2gcryptHsmTransport");
    if let Some(name) = transport.as_ref().filter(|name| !is_c_identifier(name)) {
        let problem = format!("V2gcryptHsmTransport is `{name}`, which is no name in C.");
        reader.report(handle, Kind::InvalidName, problem, "Use letters, digits and underscores.");
    }
    HsmGeneral {
        transport,
        service_channel: channel(reader, handle, "V2gcryptHsmServiceChannel"),
        bounce_size,
        timeouts: TIMEOUTS.map(|(name, default)| within(reader, handle, name, (1, (1 << 31) - 1), default)),
    }
}

pub(super) fn object(reader: &mut Reader<'_>, handle: Handle) -> HsmObject {
    HsmObject {
        channel: channel(reader, handle, "V2gcryptHsmChannel"),
        jobs_in_flight: within(reader, handle, "V2gcryptHsmJobsInFlight", (1, 8), 4),
    }
}

pub(super) fn key(reader: &mut Reader<'_>, handle: Handle) -> HsmKey {
    let slots = reader.table(handle, "V2gcryptHsmSlot", None, |reader, slot| {
        let element = reader.required_integer(slot, "V2gcryptHsmSlotElementId");
        let number = reader.required_integer(slot, "V2gcryptHsmSlotNumber");
        Some((element?, number?))
    });
    HsmKey {
        slots: slots.into_values().collect(),
        write_after_factory: reader.boolean(Some(handle), "V2gcryptHsmWriteAfterFactory"),
    }
}

fn channel(reader: &mut Reader<'_>, handle: Handle, parameter: &str) -> u8 {
    within(reader, handle, parameter, (0, HSM_CHANNELS - 1), 0) as u8
}

fn within(reader: &mut Reader<'_>, handle: Handle, parameter: &str, (least, most): (u32, u32), default: u32) -> u32 {
    let number = reader.integer(handle, parameter).unwrap_or(default);
    if (least..=most).contains(&number) {
        return number;
    }
    let problem = format!("{parameter} is {number}.");
    reader.report(handle, Kind::InvalidValue, problem, format!("Use a number from {least} to {most}."));
    default
}
