//! What validations learnt and later ones need not compute again: signatures of issuers, and status of certificates.
#![forbid(unsafe_code)]

use crate::x509::Certificate;

/// SHA-256 of a whole certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    pub(crate) fn new(digest: &[u8]) -> Option<Self> {
        Some(Self(digest.try_into().ok()?))
    }
}

/// The signature of one certificate by the key of another is good. Only validation makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownIssuer {
    pub(crate) certificate: Fingerprint,
    pub(crate) issuer: Fingerprint,
    pub(crate) not_after: i64,
    pub(crate) generation: u32,
}

/// Which certificate of whose a status is about, as CRLs and OCSP responses name it. Whoever has a certificate with an ECDSA signature
/// can make another of it with another fingerprint, which is as good; the same goes for its issuer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct About {
    /// The end of the issuer's public key.
    issuer_key: [u8; 32],
    serial: [u8; 20],
    /// Of the serial number; longer ones are told by their last octets and this.
    length: u8,
}

impl About {
    pub(crate) fn new(subject: &Certificate<'_>, issuer: &Certificate<'_>) -> Self {
        let length = u8::try_from(subject.serial.len()).unwrap_or(u8::MAX);
        Self { issuer_key: end_of(issuer.public_key.bytes), serial: end_of(subject.serial), length }
    }
}

/// The last bytes, the last one first.
fn end_of<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut end = [0; N];
    end.iter_mut().zip(bytes.iter().rev()).for_each(|(to, byte)| *to = *byte);
    end
}

/// The status of one certificate. Only validation makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownStatus {
    pub(crate) certificate: Fingerprint,
    pub(crate) about: About,
    pub(crate) revoked: bool,
    pub(crate) this_update: i64,
    pub(crate) next_update: i64,
    pub(crate) generation: u32,
}

impl KnownStatus {
    /// Whose status it is.
    pub fn certificate(&self) -> Fingerprint {
        self.certificate
    }

    /// Revoked for good, else known to be good.
    pub fn is_revoked(&self) -> bool {
        self.revoked
    }

    /// Until when it counts.
    pub fn next_update(&self) -> i64 {
        self.next_update
    }
}

impl Lesson {
    /// That a certificate is revoked.
    pub(crate) fn is_revocation(&self) -> bool {
        matches!(self, Self::Status(status) if status.revoked)
    }
}

/// Something that a validation learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lesson {
    /// For [`Known::issuers`].
    Issuer(KnownIssuer),
    /// For [`Known::statuses`].
    Status(KnownStatus),
}

/// What is known, as a validation reads it.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Number of the stores' present state: what was learnt in another one does not count.
    pub generation: u32,
    /// Signatures.
    pub issuers: &'a [Option<KnownIssuer>],
    /// Status.
    pub statuses: &'a [Option<KnownStatus>],
    /// The query has to prove status by itself; only who is known to be revoked stays so.
    pub prove_again: bool,
}

impl Known<'_> {
    pub(crate) fn is_signed(&self, certificate: Fingerprint, issuer: Fingerprint) -> bool {
        self.issuers
            .iter()
            .flatten()
            .any(|known| known.generation == self.generation && known.certificate == certificate && known.issuer == issuer)
    }

    /// Good is this very certificate; revoked whatever is called so.
    pub(crate) fn status(&self, certificate: Fingerprint, about: About) -> Option<KnownStatus> {
        let same = |known: &&KnownStatus| {
            let counts = known.revoked || (known.certificate == certificate && !self.prove_again);
            counts && known.generation == self.generation && known.about == about
        };
        self.statuses.iter().flatten().filter(same).max_by_key(|known| known.revoked).copied()
    }
}

/// Room for what is known: `I` issuers and `S` statuses. A new one takes the place of an old one of the same certificate, else of one
/// that ended or will end first.
#[derive(Debug, Clone, Copy)]
pub struct Memory<const I: usize, const S: usize> {
    generation: u32,
    issuers: [Option<KnownIssuer>; I],
    statuses: [Option<KnownStatus>; S],
}

impl<const I: usize, const S: usize> Memory<I, S> {
    /// Nothing is known.
    pub const NEW: Self = Self { generation: 0, issuers: [None; I], statuses: [None; S] };

    /// For a [`Query`](super::Query).
    pub fn known(&self) -> Known<'_> {
        Known { generation: self.generation, issuers: &self.issuers, statuses: &self.statuses, prove_again: false }
    }

    /// A store has changed: all is forgotten but who is revoked, which its issuer has signed and which is final.
    pub fn forget(&mut self) {
        self.issuers.fill(None);
        self.forget_statuses();
    }

    /// What proves status has changed: signatures of issuers stay known, and who is revoked.
    pub fn forget_statuses(&mut self) {
        let (old, new) = (self.generation, self.generation.wrapping_add(1));
        self.generation = new;
        self.issuers.iter_mut().flatten().filter(|known| known.generation == old).for_each(|known| known.generation = new);
        for status in &mut self.statuses {
            match status {
                Some(known) if known.revoked && known.generation == old => known.generation = new,
                _ => *status = None,
            }
        }
    }

    /// Keeps a lesson, unless it was learnt before [`Self::forget`] or [`Self::forget_statuses`].
    pub fn learn(&mut self, lesson: Lesson) {
        match lesson {
            Lesson::Issuer(new) if new.generation == self.generation => {
                let same = |old: &KnownIssuer| old.certificate == new.certificate && old.issuer == new.issuer;
                put(&mut self.issuers, new, same, |old| old.not_after);
            }
            Lesson::Status(new) if new.generation == self.generation => {
                // One that is revoked once has no other status any more.
                let same = |old: &KnownStatus| old.about == new.about && (new.revoked || old.certificate == new.certificate);
                put(&mut self.statuses, new, same, |old| if old.revoked { i64::MAX } else { old.next_update });
            }
            Lesson::Issuer(_) | Lesson::Status(_) => {}
        }
    }

    /// Status that has to be asked for again by `time`.
    pub fn due(&self, time: i64) -> impl Iterator<Item = &KnownStatus> {
        self.statuses.iter().flatten().filter(move |status| !status.revoked && status.next_update <= time)
    }
}

fn put<T: Copy>(entries: &mut [Option<T>], new: T, same: impl Fn(&T) -> bool, end: impl Fn(&T) -> i64) {
    let rank = |entry: &Option<T>| match entry {
        Some(old) if same(old) => (0, 0),
        None => (1, 0),
        Some(old) => (2, end(old)),
    };
    if let Some(entry) = entries.iter_mut().min_by_key(|entry| rank(entry)) {
        *entry = Some(new);
    }
}
