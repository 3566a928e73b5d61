//! What is ours in the configuration of a driver of the HSM.

use super::{boolean, container, id, integer, optional, Container, Parameter, ANY};

/// In `CryptoGeneral`.
pub(super) fn general() -> [Parameter; 7] {
    const LATEST: u32 = (1 << 31) - 1;
    let timeout = |name: &str, what: &str| {
        let description = format!("HSM driver: ticks of the transport's clock {what}.");
        integer(name, 1, LATEST, &description).optional().vendor()
    };
    let bounce = "HSM driver: bytes of each buffer in shared memory, a multiple of 64; 4480 take whatever a request carries.";
    let transport = "HSM driver: C name of the transport that the integrator defines; CryptoHsm_Transport_<infix> if absent.";
    [
        optional("V2gcryptHsmTransport", transport).vendor(),
        integer("V2gcryptHsmServiceChannel", 0, 3, "HSM driver: channel of the services of keys.").optional().vendor(),
        integer("V2gcryptHsmBounceSize", 640, 16384, bounce).optional().vendor(),
        timeout("V2gcryptHsmConnectTimeout", "that the HSM may take to accept a connection"),
        timeout("V2gcryptHsmFastTimeout", "for symmetric cryptography"),
        timeout("V2gcryptHsmSlowTimeout", "for anything else"),
        timeout("V2gcryptHsmSynchronousTimeout", "that a synchronous call waits at most"),
    ]
}

/// In `CryptoDriverObject`.
pub(super) fn object() -> [Parameter; 2] {
    [
        integer("V2gcryptHsmChannel", 0, 3, "HSM driver: channel of the mailbox.").optional().vendor(),
        integer(
            "V2gcryptHsmJobsInFlight",
            1,
            8,
            "HSM driver: jobs of the object that the HSM has at the same time; 4 if absent.",
        )
        .optional()
        .vendor(),
    ]
}

/// In `CryptoKey`.
pub(super) fn key() -> [Parameter; 1] {
    let description =
        "HSM driver: a private key may be written in plain also when the HSM has left the factory. Strict value: false.";
    [boolean("V2gcryptHsmWriteAfterFactory", description).vendor()]
}

/// In `CryptoKey`.
pub(super) fn slot() -> Container {
    let element = id("V2gcryptHsmSlotElementId", "CryptoKeyElementId of the element in the slot.");
    container("V2gcryptHsmSlot", ANY, "HSM driver: number of the slot of an element. Others get the lowest that are free.").with(
        [
            Parameter { symbolic_name: false, ..element }.vendor(),
            integer("V2gcryptHsmSlotNumber", 0, 31, "Slot in the HSM.").vendor(),
        ],
    )
}
