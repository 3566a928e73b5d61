//! What the configuration says of a slot, in the words of [`crate::profile`].
#![forbid(unsafe_code)]

use crate::config::*;
use crate::ffi::view::View;
use crate::numbers::*;
use crate::profile::{Level, Profile, Role};
use crate::types::*;

/// The rules that a certificate in the slot is judged by.
pub fn profile(certificate: &KeyM_CertificateConfigType) -> Profile {
    match certificate.profile {
        KEYM_V2G_PROFILE_ISO15118_2 => Profile::Iso15118_2,
        KEYM_V2G_PROFILE_ISO15118_20 => Profile::Iso15118_20,
        KEYM_V2G_PROFILE_ISO15118_20_AMD1 => Profile::Iso15118_20Amd1,
        KEYM_V2G_PROFILE_PRIVATE => Profile::Private,
        _ => Profile::Rfc5280,
    }
}

/// Where a certificate in the slot stands in a chain.
pub fn level(view: &View, id: KeyM_CertificateIdType) -> Level {
    match view.certificate(id).map(|certificate| certificate.role) {
        _ if view.is_root(id) => Level::Root,
        Some(KEYM_V2G_ROLE_SUB_CA_1) => Level::SubCa1,
        Some(KEYM_V2G_ROLE_SUB_CA_2) => Level::SubCa2,
        Some(KEYM_V2G_ROLE_NONE) if is_upper(view, id) => Level::SubCa2,
        _ => Level::Leaf,
    }
}

/// What the chains are for that a certificate in the slot stands in.
pub fn chain_role(view: &View, id: KeyM_CertificateIdType) -> Role {
    let own = view.certificate(id).map_or(KEYM_V2G_ROLE_NONE, |certificate| certificate.role);
    match own {
        KEYM_V2G_ROLE_SUB_CA_1 | KEYM_V2G_ROLE_SUB_CA_2 => {
            let below = view.certificates().iter().enumerate().filter_map(|(index, certificate)| {
                let below = u16::try_from(index).ok()?;
                (below != id && is_above(view, id, below)).then(|| leaf_role(certificate.role)).flatten()
            });
            below.fold(None, |first, role| first.or(Some(role))).unwrap_or(Role::Any)
        }
        KEYM_V2G_ROLE_V2G_ROOT => Role::Secc,
        KEYM_V2G_ROLE_MO_ROOT => Role::Contract,
        KEYM_V2G_ROLE_OEM_ROOT => Role::OemProvisioning,
        role => leaf_role(role).unwrap_or(Role::Any),
    }
}

fn leaf_role(role: u8) -> Option<Role> {
    match role {
        KEYM_V2G_ROLE_SECC => Some(Role::Secc),
        KEYM_V2G_ROLE_EVCC => Some(Role::Evcc),
        KEYM_V2G_ROLE_CONTRACT => Some(Role::Contract),
        KEYM_V2G_ROLE_OEM_PROVISIONING => Some(Role::OemProvisioning),
        KEYM_V2G_ROLE_CPS => Some(Role::Cps),
        KEYM_V2G_ROLE_OCSP_SIGNER => Some(Role::OcspSigner),
        _ => None,
    }
}

/// Whether roots of a role are anchors of such chains, beside the configured upper one.
pub fn takes_anchor(chain: Role, root: u8) -> bool {
    match chain {
        Role::Any => false,
        Role::Secc | Role::Cps | Role::OcspSigner => root == KEYM_V2G_ROLE_V2G_ROOT,
        Role::Contract => matches!(root, KEYM_V2G_ROLE_MO_ROOT | KEYM_V2G_ROLE_V2G_ROOT),
        Role::Evcc | Role::OemProvisioning => matches!(root, KEYM_V2G_ROLE_OEM_ROOT | KEYM_V2G_ROLE_V2G_ROOT),
    }
}

/// Whether a certificate names this one as its upper one.
pub fn is_upper(view: &View, id: KeyM_CertificateIdType) -> bool {
    view.certificates().iter().enumerate().any(|(index, certificate)| {
        certificate.upperCertificateId == id && index != usize::from(id) && certificate.format == KEYM_CERT_FORMAT_X509
    })
}

/// Whether a certificate stands somewhere above another.
pub fn is_above(view: &View, above: KeyM_CertificateIdType, mut below: KeyM_CertificateIdType) -> bool {
    for _ in 0..super::MAX_CHAIN {
        let Some(certificate) = view.certificate(below) else { return false };
        if certificate.upperCertificateId == above {
            return true;
        }
        below = certificate.upperCertificateId;
    }
    false
}
