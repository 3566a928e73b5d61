//! Key derivation over this crate's own HMAC and hashes: one engine for both, and nothing in between is left behind.

use crate::data::copy;
use crate::{Hash, HashAlgorithm, Mac, MacAlgorithm, MacKey, Tag};

/// Is it in this build? Without the feature `kdf` every derivation ends in [`KdfError::Hash`].
pub const AVAILABLE: bool = cfg!(feature = "kdf");

/// Why nothing is derived. The output is untouched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KdfError {
    /// Not with this hash: HMAC is here with SHA-256, SHA-384 and SHA-512.
    Hash,
    /// More bytes than the derivation can give.
    Length,
}

/// HKDF [RFC 5869]: extract, then expand. At most 255 hash values.
pub fn hkdf(hash: HashAlgorithm, salt: &[u8], secret: &[u8], info: &[u8], out: &mut [u8]) -> Result<(), KdfError> {
    hkdf_expand(hash, hkdf_extract(hash, salt, secret)?.as_bytes(), info, out)
}

/// The first half of HKDF [RFC 5869 2.2]: a pseudorandom key as long as a hash value.
pub fn hkdf_extract(hash: HashAlgorithm, salt: &[u8], secret: &[u8]) -> Result<Tag, KdfError> {
    Ok(hmac_key(hash, salt)?.mac(secret))
}

/// The second half of HKDF [RFC 5869 2.3], from a pseudorandom key. At most 255 hash values.
pub fn hkdf_expand(hash: HashAlgorithm, key: &[u8], info: &[u8], out: &mut [u8]) -> Result<(), KdfError> {
    let key = hmac_key(hash, key)?;
    if out.len() > hash.output_len().saturating_mul(255) {
        return Err(KdfError::Length);
    }
    let mut previous: Option<Tag> = None;
    for (part, counter) in out.chunks_mut(hash.output_len()).zip(1u8..=255) {
        let mut mac = key.start();
        update_tag(&mut mac, &previous);
        mac.update(info);
        mac.update(&[counter]);
        let tag = mac.finish();
        copy(tag.as_bytes(), part);
        previous = Some(tag);
    }
    Ok(())
}

/// The pseudorandom function of TLS 1.2 [RFC 5246 5]: `P_hash(secret, label ‖ seed)`.
pub fn tls12_prf(hash: HashAlgorithm, secret: &[u8], label: &[u8], seed: &[u8], out: &mut [u8]) -> Result<(), KdfError> {
    let key = hmac_key(hash, secret)?;
    let mut a: Option<Tag> = None;
    for part in out.chunks_mut(hash.output_len()) {
        let mut mac = key.start();
        match &a {
            None => [label, seed].iter().for_each(|bytes| mac.update(bytes)),
            a => update_tag(&mut mac, a),
        }
        let next = Some(mac.finish());
        let mut mac = key.start();
        update_tag(&mut mac, &next);
        mac.update(label);
        mac.update(seed);
        copy(mac.finish().as_bytes(), part);
        a = next;
    }
    Ok(())
}

/// The derivation of ANSI X9.63 [SEC 1 3.6.1]: hash values of `secret ‖ counter ‖ shared_info`.
pub fn x963(hash: HashAlgorithm, secret: &[u8], shared_info: &[u8], out: &mut [u8]) -> Result<(), KdfError> {
    counted(hash, secret, [shared_info, &[]], out)
}

/// The single-step derivation with a hash [SP 800-56C 4.1 option 1]: hash values of `counter ‖ secret ‖ other_info`.
pub fn concat(hash: HashAlgorithm, secret: &[u8], other_info: &[u8], out: &mut [u8]) -> Result<(), KdfError> {
    counted(hash, &[], [secret, other_info], out)
}

/// Hash values of `before ‖ counter ‖ after`; the counter is a big-endian 32-bit number from 1 on.
fn counted(hash: HashAlgorithm, before: &[u8], after: [&[u8]; 2], out: &mut [u8]) -> Result<(), KdfError> {
    if !AVAILABLE {
        return Err(KdfError::Hash);
    }
    if u32::try_from(out.len().div_ceil(hash.output_len())).is_err() {
        return Err(KdfError::Length);
    }
    for (part, counter) in out.chunks_mut(hash.output_len()).zip(1u32..) {
        let mut state = Hash::new(hash);
        state.update(before);
        state.update(&counter.to_be_bytes());
        after.iter().for_each(|bytes| state.update(bytes));
        copy(state.finish().as_bytes(), part);
    }
    Ok(())
}

fn hmac_key(hash: HashAlgorithm, key: &[u8]) -> Result<MacKey, KdfError> {
    let algorithm = match hash {
        _ if !AVAILABLE => return Err(KdfError::Hash),
        HashAlgorithm::Sha256 => MacAlgorithm::HmacSha256,
        HashAlgorithm::Sha384 => MacAlgorithm::HmacSha384,
        HashAlgorithm::Sha512 => MacAlgorithm::HmacSha512,
        _ => return Err(KdfError::Hash),
    };
    // HMAC fills a key up with zeros: one zero is the same as none, and a `MacKey` is never empty.
    MacKey::new(algorithm, if key.is_empty() { &[0] } else { key }).map_err(|_| KdfError::Hash)
}

fn update_tag(mac: &mut Mac, tag: &Option<Tag>) {
    if let Some(tag) = tag {
        mac.update(tag.as_bytes());
    }
}
