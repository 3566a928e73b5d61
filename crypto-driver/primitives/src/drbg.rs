//! CTR_DRBG with AES-256 and derivation function [SP 800-90A Rev. 1, 10.2.1]: a construction over the block cipher of the crate
//! `aes`.

use aes::cipher::{BlockEncrypt, KeyInit};
use aes::{Aes256Enc, Block};

use crate::ffi::Wiped;

/// Length of a key and of the generator's entropy input in bytes: 256 bits of strength.
const KEY_LEN: usize = 32;
const BLOCK_LEN: usize = 16;
/// Key and counter [10.2.1, Table 3].
const SEED_LEN: usize = KEY_LEN + BLOCK_LEN;

/// Bytes that the generator gives at most for one call: 2¹⁹ bits [Table 3].
pub const MAX_REQUEST_LEN: usize = 1 << 16;
/// Calls that the generator answers between two seeds [Table 3 allows 2⁴⁸].
pub const RESEED_INTERVAL: u32 = 1 << 16;

/// The generator wants fresh entropy first ([`CtrDrbg::reseed`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReseedRequired;

type Seed = Wiped<[u8; SEED_LEN]>;
type Key = aes::cipher::Key<Aes256Enc>;

/// A deterministic random bit generator of 256 bits of strength. Wiped on drop.
pub struct CtrDrbg(Wiped<State>);

struct State {
    key: [u8; KEY_LEN],
    counter: [u8; BLOCK_LEN],
    /// Calls answered since the last seed.
    calls: u32,
}

impl CtrDrbg {
    /// Starts. `entropy` must hold 256 bits of entropy, with `nonce` at least half as much again or a value that never repeats
    /// [10.2.1.3.2].
    pub fn new(entropy: &[u8], nonce: &[u8], personalization: &[u8]) -> Self {
        let mut generator = Self(Wiped::new(State { key: [0; KEY_LEN], counter: [0; BLOCK_LEN], calls: 0 }));
        generator.0.update(&derive(&[entropy, nonce, personalization]));
        generator
    }

    /// Takes fresh entropy in. What `additional` holds is mixed in and never counts as entropy [10.2.1.4.2].
    pub fn reseed(&mut self, entropy: &[u8], additional: &[u8]) {
        self.0.update(&derive(&[entropy, additional]));
        self.0.calls = 0;
    }

    /// Fills `output`, in as many requests as it takes. On error it holds only zeros [10.2.1.5.2].
    pub fn generate(&mut self, output: &mut [u8], additional: &[u8]) -> Result<(), ReseedRequired> {
        for request in output.chunks_mut(MAX_REQUEST_LEN) {
            if self.0.calls >= RESEED_INTERVAL {
                output.fill(0);
                return Err(ReseedRequired);
            }
            self.0.calls += 1;
            self.0.request(request, additional);
        }
        Ok(())
    }
}

impl State {
    fn request(&mut self, output: &mut [u8], additional: &[u8]) {
        let additional = if additional.is_empty() {
            Seed::new([0; SEED_LEN])
        } else {
            let seed = derive(&[additional]);
            self.update(&seed);
            seed
        };
        self.keystream(output);
        self.update(&additional);
    }

    /// CTR_DRBG_Update [10.2.1.2].
    fn update(&mut self, provided: &Seed) {
        let mut seed = Seed::new([0; SEED_LEN]);
        self.keystream(&mut *seed);
        seed.iter_mut().zip(provided.iter()).for_each(|(to, from)| *to ^= from);
        self.key.iter_mut().chain(&mut self.counter).zip(seed.iter()).for_each(|(to, from)| *to = *from);
    }

    /// Encrypts the counter, which goes up before each block.
    fn keystream(&mut self, output: &mut [u8]) {
        let cipher = Wiped::new(Aes256Enc::new(&self.key.into()));
        for chunk in output.chunks_mut(BLOCK_LEN) {
            self.counter = u128::from_be_bytes(self.counter).wrapping_add(1).to_be_bytes();
            let mut block = Wiped::new(Block::from(self.counter));
            cipher.encrypt_block(&mut block);
            chunk.iter_mut().zip(block.iter()).for_each(|(to, from)| *to = *from);
        }
    }
}

/// Block_Cipher_df of the concatenated inputs [10.3.2], `SEED_LEN` bytes.
fn derive(inputs: &[&[u8]]) -> Seed {
    let mut temporary = Seed::new([0; SEED_LEN]);
    let cipher = Aes256Enc::new(&core::array::from_fn::<u8, KEY_LEN, _>(|index| index as u8).into());
    let length = inputs.iter().fold(0u32, |sum, input| sum.wrapping_add(input.len() as u32));
    for (index, part) in (0u32..).zip(temporary.chunks_mut(BLOCK_LEN)) {
        let mut chain = Chain { cipher: &cipher, block: Wiped::new(Block::default()), filled: 0 };
        chain.absorb(&index.to_be_bytes());
        chain.absorb(&[0; BLOCK_LEN - 4]);
        chain.absorb(&length.to_be_bytes());
        chain.absorb(&(SEED_LEN as u32).to_be_bytes());
        inputs.iter().for_each(|input| chain.absorb(input));
        chain.absorb(&[0x80]);
        chain.pad();
        part.iter_mut().zip(chain.block.iter()).for_each(|(to, from)| *to = *from);
    }
    let (mut key, mut block) = (Wiped::new(Key::default()), Wiped::new(Block::default()));
    key.iter_mut().chain(block.iter_mut()).zip(temporary.iter()).for_each(|(to, from)| *to = *from);
    let cipher = Wiped::new(Aes256Enc::new(&key));
    let mut seed = Seed::new([0; SEED_LEN]);
    for part in seed.chunks_mut(BLOCK_LEN) {
        cipher.encrypt_block(&mut block);
        part.iter_mut().zip(block.iter()).for_each(|(to, from)| *to = *from);
    }
    seed
}

/// BCC [10.3.3]: CBC-MAC without the last step's key.
struct Chain<'a> {
    cipher: &'a Aes256Enc,
    block: Wiped<Block>,
    filled: usize,
}

impl Chain<'_> {
    fn absorb(&mut self, data: &[u8]) {
        for byte in data {
            if let Some(place) = self.block.get_mut(self.filled) {
                *place ^= byte;
            }
            self.filled += 1;
            if self.filled == BLOCK_LEN {
                self.pad();
            }
        }
    }

    /// Ends a block with zeros. Nothing is to be done at the start of one.
    fn pad(&mut self) {
        if self.filled != 0 {
            self.cipher.encrypt_block(&mut self.block);
            self.filled = 0;
        }
    }
}
