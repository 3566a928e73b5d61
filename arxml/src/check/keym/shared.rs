//! Is nothing else written into a key that KeyM loads public keys into?

use std::collections::BTreeMap;

use crate::ecuc::Handle;
use crate::findings::{Findings, Kind};
use crate::model::keym::Storage;
use crate::model::Origin;
use crate::read::{Draft, KeyMDraft};

/// Whose public keys are loaded into which keys of drivers: two keys of Csm may be one there.
struct Loaded<'a> {
    draft: &'a Draft,
    owners: BTreeMap<Handle, String>,
}

impl Loaded<'_> {
    /// The driver's key behind a Csm key; what leads nowhere has been reported.
    fn place(&self, csm_key: Option<Handle>) -> Option<Handle> {
        let key = self.draft.csm.keys.get(&csm_key?)?;
        Some(self.draft.cryif.keys.get(&key.cryif_key)?.crypto_key)
    }

    /// Reports a reference to a key that has an owner; `false` then.
    fn is_free(&self, origin: &Origin, reference: &str, csm_key: Option<Handle>, findings: &mut Findings) -> bool {
        let Some(owner) = self.place(csm_key).and_then(|place| self.owners.get(&place)) else { return true };
        let problem = format!("{reference} leads to the {owner}: what overwrites or wipes one does so with the other.");
        let remedy = "Give each a CryptoKey of its own; a certificate may do without, with a job of the pool.";
        findings.at(origin, Kind::CertificateJob, problem, remedy);
        false
    }

    fn own(&mut self, csm_key: Option<Handle>, owner: String) {
        if let Some(place) = self.place(csm_key) {
            self.owners.insert(place, owner);
        }
    }
}

pub(super) fn check(draft: &Draft, keym: &KeyMDraft, findings: &mut Findings) {
    const VERIFY_KEY: &str = "KeyMCertCsmSignatureVerifyKeyRef";
    let mut loaded = Loaded { draft, owners: BTreeMap::new() };
    // KeyM loads the certificate's public key into it. [SWS_KeyM_00032]
    for certificate in keym.certificates.values() {
        let origin = &certificate.origin;
        // The pool's key is nobody's own: reported with the job.
        let pooled = keym.pool.values().any(|entry| entry.job == certificate.verify_job);
        if !pooled && loaded.is_free(origin, VERIFY_KEY, certificate.verify_key, findings) {
            loaded.own(certificate.verify_key, format!("verify key of {}", origin.path));
        }
    }
    // Jobs of the pool may have one key: it is loaded before each use.
    let pool = keym.pool.values().map(|entry| (&entry.origin, draft.csm.jobs.get(&entry.job).and_then(|job| job.key)));
    let free: Vec<_> = pool.filter(|(origin, key)| loaded.is_free(origin, "Its job's CsmJobKeyRef", *key, findings)).collect();
    for (origin, key) in free {
        loaded.own(key, format!("key of {}", origin.path));
    }
    // Not even the certificate itself: its key is wiped when a successor is refused.
    for certificate in keym.certificates.values().filter(|certificate| certificate.storage == Storage::Csm) {
        loaded.is_free(&certificate.origin, "KeyMCertificateCsmKeyTargetRef", certificate.target_key, findings);
    }
    for key in keym.crypto_keys.values() {
        loaded.is_free(&key.origin, "KeyMCryptoKeyCsmKeyTargetRef", Some(key.target_key), findings);
        loaded.is_free(&key.origin, "KeyMCryptoKeyCsmKeySourceDeriveRef", key.source_key, findings);
    }
}
