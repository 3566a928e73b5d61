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
            let object = reader.required_reference(handle, "CryIfDriverObjectRef", "CryptoDriverObject");
            Some(Channel { origin: reader.origin(handle), id: id?, driver: u32::MAX, object: object? })
        }),
        keys: reader.table(root, "CryIfKey", Some("CryIfKeyId"), |reader, handle| {
            let id = reader.required_integer(handle, "CryIfKeyId");
            let crypto_key = reader.required_reference(handle, "CryIfKeyRef", "CryptoKey");
            Some(CryIfKey { origin: reader.origin(handle), id: id?, driver: u32::MAX, crypto_key: crypto_key? })
        }),
    }
}
