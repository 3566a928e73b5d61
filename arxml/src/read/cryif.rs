//! CryIf: channels and keys.

use super::{Reader, Table};
use crate::ecuc::Handle;
use crate::model::{Channel, CryIf, CryIfKey};

pub(crate) struct CryIfDraft {
    /// The module's own parameters; its tables are empty.
    pub shell: CryIf,
    pub channels: Table<Channel>,
    pub keys: Table<CryIfKey>,
}

pub(super) fn read(reader: &mut Reader<'_>, root: Handle) -> CryIfDraft {
    let general = reader.child(root, "CryIfGeneral");
    CryIfDraft {
        shell: CryIf {
            origin: reader.origin(root),
            dev_error_detect: reader.boolean(general, "CryIfDevErrorDetect"),
            version_info_api: reader.boolean(general, "CryIfVersionInfoApi"),
            channels: Vec::new(),
            keys: Vec::new(),
        },
        // The driver of a channel or key follows from what it refers to: `link` fills it in.
        channels: reader.table(root, "CryIfChannel", Some("CryIfChannelId"), |reader, handle| {
            let id = reader.required_integer(handle, "CryIfChannelId");
            let object =
                moved(reader, handle, ["CryIfDriverObjectRef", "V2gcryptCryIfDriverObjectMovedRef"], "CryptoDriverObject");
            Some(Channel { origin: reader.origin(handle), id: id?, driver: u32::MAX, object: object? })
        }),
        keys: reader.table(root, "CryIfKey", Some("CryIfKeyId"), |reader, handle| {
            let id = reader.required_integer(handle, "CryIfKeyId");
            let crypto_key = moved(reader, handle, ["CryIfKeyRef", "V2gcryptCryIfKeyMovedRef"], "CryptoKey");
            Some(CryIfKey { origin: reader.origin(handle), id: id?, driver: u32::MAX, crypto_key: crypto_key? })
        }),
    }
}

/// What the second reference points to, if it stands there: a file beside the others has moved the key or channel to another driver.
fn moved(reader: &mut Reader<'_>, handle: Handle, [reference, moved]: [&str; 2], target: &str) -> Option<Handle> {
    let first = reader.required_reference(handle, reference, target);
    match reader.refers(handle, moved) {
        true => reader.reference(handle, moved, target),
        false => first,
    }
}
