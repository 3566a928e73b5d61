//! Chain validation, RFC 5280 6 with the V2G profiles: a state machine that is polled. It calls nobody and keeps nothing.
//!
//! ```ignore
//! let mut validation = Validation::new(query);
//! let mut event = Event::Continue;
//! loop {
//!     event = match validation.step(event) {
//!         Action::Verify(check) => Event::Verified(verify(&check)),
//!         Action::Hash { algorithm, message } => Event::Hashed(hash(algorithm, message)),
//!         Action::Continue => Event::Continue,
//!         Action::Done => break,
//!     };
//! }
//! let chain = validation.into_result()?;
//! ```
//! Names and key identifiers choose candidates, signatures decide. Order: path → times → profile → signatures from the anchor down →
//! status. Work is bounded: [`MAX_SIGNATURES`], [`MAX_PATH`], [`MAX_CANDIDATES`], and each call of `step` does a small part of it.
#![forbid(unsafe_code)]

mod chain;
pub(crate) mod judge;
mod known;
mod policy;
mod refusal;
pub(crate) mod rules;
mod search;
mod validation;

use crate::profile::{Level, Profile, Role};
use crate::time::Now;
use crate::x509::{PublicKey, SignatureAlgorithm};

pub use crate::x509::HashAlgorithm;

pub(crate) use chain::Link;
pub use chain::{Evidence, VerifiedChain};
pub(crate) use known::About;
pub use known::{Fingerprint, Known, KnownIssuer, KnownStatus, Lesson, Memory};
pub use policy::{Policy, Presence, Revocation};
pub use refusal::{Position, Refusal, Refusals, Rule, MAX_REFUSALS};
pub use rules::GENERAL_RULES;
pub(crate) use validation::Answer;
pub use validation::Validation;

/// Certificates of a path, leaf and anchor included.
pub const MAX_PATH: usize = 6;
/// Default and upper bound of the signatures that one validation checks, those of lists and responses included.
pub const MAX_SIGNATURES: u8 = 32;
/// How many certificates building a path looks at, each time counted.
pub const MAX_CANDIDATES: u16 = 4096;

/// What to validate, and by what.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// DER.
    pub leaf: &'a [u8],
    /// DER of what may be between leaf and anchor: in any order, with surplus.
    pub pool: &'a [&'a [u8]],
    /// DER of whole certificates that are trusted.
    pub anchors: &'a [&'a [u8]],
    /// DER CertificateLists.
    pub crls: &'a [&'a [u8]],
    /// DER OCSPResponses, stapled or fetched, in any order.
    pub ocsp: &'a [&'a [u8]],
    /// The nonce of the request, if the responses are answers to one that had it.
    pub ocsp_nonce: Option<&'a [u8]>,
    /// The present time.
    pub time: Now,
    /// By whose rules.
    pub profile: Profile,
    /// What the leaf of the chain is for.
    pub role: Role,
    /// What `leaf` is: [`Level::Leaf`]; for a store that takes a Sub-CA or a root on trial, that. A root is its own anchor: it has to be
    /// signed by itself.
    pub level: Level,
    /// What is tolerated.
    pub policy: &'a Policy,
    /// What earlier validations learnt. Without it nothing is hashed for the memory.
    pub known: Option<Known<'a>>,
}

impl<'a> Query<'a> {
    /// A leaf and its anchors; no pool, no status, unknown time.
    pub const fn new(leaf: &'a [u8], anchors: &'a [&'a [u8]], profile: Profile, role: Role, policy: &'a Policy) -> Self {
        Self {
            leaf,
            pool: &[],
            anchors,
            crls: &[],
            ocsp: &[],
            ocsp_nonce: None,
            time: Now::UNKNOWN,
            profile,
            role,
            level: Level::Leaf,
            policy,
            known: None,
        }
    }
}

/// What validation needs next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action<'a> {
    /// Is this signature good? Answer: [`Event::Verified`].
    Verify(SignatureCheck<'a>),
    /// The digest of these bytes. Answer: [`Event::Hashed`].
    Hash {
        /// By which hash.
        algorithm: HashAlgorithm,
        /// What is hashed.
        message: &'a [u8],
    },
    /// Nothing: call again with [`Event::Continue`] when there is time. Keeps a call short.
    Continue,
    /// The verdict is there: [`Validation::into_result`].
    Done,
}

/// A signature to verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignatureCheck<'a> {
    /// Whose key it is, so that the caller finds the slot. [`Position::Ocsp`] is a responder's certificate inside that response.
    pub issuer: Position,
    /// The key that signed.
    pub public_key: PublicKey<'a>,
    /// Fits the key.
    pub algorithm: SignatureAlgorithm,
    /// What is signed, not hashed.
    pub message: &'a [u8],
    /// As in the certificate: of ECDSA an ECDSA-Sig-Value, see [`crate::x509::ecdsa_raw`].
    pub signature: &'a [u8],
}

/// What happened since the last step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'r> {
    /// Nothing. While an answer is due, the same action is given again.
    Continue,
    /// True when the signature is good.
    Verified(bool),
    /// The digest, of the algorithm's length.
    Hashed(&'r [u8]),
    /// The job could not be done. No verdict: the validation ends undecided.
    CryptoFailed,
}
