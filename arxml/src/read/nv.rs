//! `CryptoNvStorage`: the blocks that keep keys, and their descriptors in NvM.

use v2gcrypt_types::Number;

use super::{Reader, Table};
use crate::ecuc::Handle;
use crate::findings::Kind;
use crate::model::{NvBlock, NvDescriptor, NvProcessing};

/// All blocks. Their keys follow from the keys: `link` fills them in.
pub(super) fn blocks(reader: &mut Reader<'_>, root: Handle) -> Table<NvBlock> {
    reader.table(root, "CryptoNvBlock", None, |reader, handle| {
        let processing = processing(reader, handle);
        let retries = reader.integer(handle, "CryptoNvBlockFailedRetries").unwrap_or(0);
        let failed_retries = u8::try_from(retries).ok();
        if failed_retries.is_none() {
            let problem = format!("CryptoNvBlockFailedRetries is {retries}.");
            reader.report(handle, Kind::InvalidValue, problem, "Use a number from 0 to 255.");
        }
        let descriptor = reader.required_reference(handle, "CryptoNvBlockDescriptorRef", "NvMBlockDescriptor");
        let descriptor = descriptor.and_then(|descriptor| self::descriptor(reader, descriptor, &KEY));
        Some(NvBlock {
            origin: reader.origin(handle),
            failed_retries: failed_retries?,
            processing: processing?,
            descriptor: descriptor?,
            key: u32::MAX,
        })
    })
}

fn processing(reader: &mut Reader<'_>, handle: Handle) -> Option<NvProcessing> {
    const LITERALS: &[Number] =
        &[Number { symbol: "CRYPTO_NV_BLOCK_IMMEDIATE", value: 0 }, Number { symbol: "CRYPTO_NV_BLOCK_DEFERRED", value: 1 }];
    Some(match reader.required_literal(handle, "CryptoNvBlockProcessing", LITERALS)?.value {
        0 => NvProcessing::Immediate,
        _ => NvProcessing::Deferred,
    })
}

/// What a block is for, and so what it must be.
pub(super) struct Purpose {
    /// Data sets, and why.
    copies: (&'static str, &'static str),
    /// Who addresses them.
    module: &'static str,
    /// What is kept.
    what: &'static str,
    /// Whether NvM may call for it.
    synchronised: bool,
}

/// A key of a driver.
pub(super) const KEY: Purpose =
    Purpose { copies: ("3", "two copies and a quarantine"), module: "driver", what: "key", synchronised: true };
/// Certificates or keys of KeyM.
pub(super) const CERTIFICATE: Purpose =
    Purpose { copies: ("2", "two copies of a record"), module: "KeyM", what: "certificate", synchronised: false };

pub(super) fn descriptor(reader: &mut Reader<'_>, handle: Handle, purpose: &Purpose) -> Option<NvDescriptor> {
    let id = reader.required_integer(handle, "NvMNvramBlockIdentifier")?;
    // 0 and 1 are NvM's own.
    let own = u16::try_from(id).ok().filter(|id| *id >= 2);
    if own.is_none() {
        let problem = format!("NvMNvramBlockIdentifier is {id}.");
        reader.report(handle, Kind::InvalidValue, problem, "Use a number from 2 to 65535.");
    }
    let Purpose { copies, module, what, synchronised } = purpose;
    let again = format!("a {what} is written again when it changes");
    for (parameter, expected, why) in [
        ("NvMNvBlockNum", copies.0, copies.1),
        ("NvMRomBlockNum", "0", "there is nothing in ROM"),
        ("NvMBlockManagementType", "NVM_BLOCK_DATASET", &format!("the {module} addresses the copies by their index")),
        ("NvMSelectBlockForReadAll", "false", &format!("the {module} reads by itself")),
        ("NvMSelectBlockForWriteAll", "false", &format!("the {module} writes by itself")),
        ("NvMWriteBlockOnce", "false", &again),
        ("NvMBlockWriteProt", "false", &again),
    ] {
        demand(reader, handle, parameter, expected, what, why);
    }
    if !synchronised {
        demand(reader, handle, "NvMBlockUseSyncMechanism", "false", what, "KeyM hands over its own buffer");
    }
    if reader.boolean(Some(handle), "NvMBlockUseCrc") {
        reader.report(
            handle,
            Kind::NvBlockCrc,
            "NvMBlockUseCrc is true: NvM keeps back the bytes of a corrupt copy, which are then not kept for analysis.",
            "Set it to false: a record authenticates itself.",
        );
    }
    let length = reader.integer(handle, "NvMNvBlockLength");
    let use_sync_mechanism = reader.boolean(Some(handle), "NvMBlockUseSyncMechanism");
    let container = reader.ecuc.get(handle);
    let module = reader.ecuc.get(container.root);
    Some(NvDescriptor {
        origin: container.origin.clone(),
        definition: container.definition_path.clone(),
        module: (module.origin.path.clone(), module.definition_path.clone()),
        id: own?,
        length,
        use_sync_mechanism,
    })
}

/// Reports a setting of NvM with which nothing can be kept. One that is absent is left to the block list that is generated.
fn demand(reader: &mut Reader<'_>, handle: Handle, parameter: &str, expected: &str, what: &str, why: &str) {
    let Some(value) = reader.value(handle, parameter) else { return };
    let same = match super::parse_integer(expected) {
        Some(number) => super::parse_integer(&value.text) == Some(number),
        None if expected == "false" => ["false", "0"].contains(&value.text.to_ascii_lowercase().as_str()),
        None => value.text == expected,
    };
    if !same {
        let problem = format!("{parameter} is `{}`, but a block that keeps a {what} needs {expected}: {why}.", value.text);
        reader.report_value(handle, &value, Kind::NvBlockSetting, problem, format!("Set it to {expected}."));
    }
}
