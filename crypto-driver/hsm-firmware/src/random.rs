//! A level's own generator: CTR_DRBG of the primitives, seeded from the board's source.

use v2gcrypt_hsm_protocol::Status;
use v2gcrypt_primitives::drbg::CtrDrbg;
use zeroize::Zeroizing;

use crate::platform::Trng;

/// Bytes of entropy for a seed, and for a first one with its nonce [SP 800-90A 10.2.1.3.2].
const SEED_LEN: usize = 32;
const FIRST_LEN: usize = SEED_LEN + SEED_LEN / 2;

/// A generator that seeds itself when it has to.
pub struct Random<T> {
    trng: T,
    drbg: Option<CtrDrbg>,
    personalization: &'static [u8],
}

impl<T: Trng> Random<T> {
    /// Not seeded before it is used. The two levels differ in `personalization`.
    pub const fn new(trng: T, personalization: &'static [u8]) -> Self {
        Self { trng, drbg: None, personalization }
    }

    /// Fills `out`. [`Status::Entropy`]: it holds zeros, and a later try may succeed.
    pub fn fill(&mut self, out: &mut [u8]) -> Result<(), Status> {
        let drbg = self.drbg()?;
        if drbg.generate(out, &[]).is_ok() {
            return Ok(());
        }
        self.reseed(&[])?;
        self.drbg()?.generate(out, &[]).map_err(|_| Status::Internal)
    }

    /// Takes fresh entropy in, and mixes `additional` in, which never counts as entropy.
    pub fn reseed(&mut self, additional: &[u8]) -> Result<(), Status> {
        let mut entropy = Zeroizing::new([0; SEED_LEN]);
        self.trng.fill(&mut *entropy).map_err(|_| Status::Entropy)?;
        self.drbg()?.reseed(&*entropy, additional);
        Ok(())
    }

    fn drbg(&mut self) -> Result<&mut CtrDrbg, Status> {
        if self.drbg.is_none() {
            let mut entropy = Zeroizing::new([0; FIRST_LEN]);
            self.trng.fill(&mut *entropy).map_err(|_| Status::Entropy)?;
            let (seed, nonce) = entropy.split_at(SEED_LEN);
            self.drbg = Some(CtrDrbg::new(seed, nonce, self.personalization));
        }
        self.drbg.as_mut().ok_or(Status::Internal)
    }
}
