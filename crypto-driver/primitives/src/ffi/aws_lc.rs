//! AES-CBC and AES-CTR by aws-lc's assembler. Its Rust interface has no CBC without padding, and nothing in place: hence C.

use core::mem::MaybeUninit;

use aws_lc_sys::{AES_cbc_encrypt, AES_ctr128_encrypt, AES_set_decrypt_key, AES_set_encrypt_key, AES_KEY};

use crate::cipher::{Block, BlockModes, InOutBuf};

/// Round keys for both directions.
#[derive(Clone)]
pub(crate) struct Aes {
    encrypt: AES_KEY,
    decrypt: AES_KEY,
}

/// One of the C library's functions that expand a key.
type Expand = unsafe extern "C" fn(*const u8, core::ffi::c_uint, *mut AES_KEY) -> core::ffi::c_int;

fn expand(function: Expand, key: &[u8]) -> Option<AES_KEY> {
    let bits = match key.len() {
        16 => 128,
        32 => 256,
        _ => return None,
    };
    let mut expanded = MaybeUninit::zeroed();
    // SAFETY: `key` has as many bits as told, `expanded` is writable.
    let status = unsafe { function(key.as_ptr(), bits, expanded.as_mut_ptr()) };
    // SAFETY: an `AES_KEY` is integers only: zeros are one.
    let expanded = unsafe { expanded.assume_init() };
    (status == 0).then_some(expanded)
}

impl BlockModes for Aes {
    const CBC: &'static str = "aws-lc";
    const CTR: &'static str = "aws-lc";

    fn new(key: &[u8]) -> Option<Self> {
        Some(Self { encrypt: expand(AES_set_encrypt_key, key)?, decrypt: expand(AES_set_decrypt_key, key)? })
    }

    #[inline]
    fn cbc_encrypt(&self, chain: &mut Block, text: InOutBuf<'_, '_, u8>) {
        cbc(&self.encrypt, 1, chain, text);
    }

    #[inline]
    fn cbc_decrypt(&self, chain: &mut Block, text: InOutBuf<'_, '_, u8>) {
        cbc(&self.decrypt, 0, chain, text);
    }

    #[inline]
    fn ctr(&self, counter: &mut Block, text: InOutBuf<'_, '_, u8>) {
        let length = text.len();
        let (input, output) = text.into_raw();
        let (mut key_stream, mut used) = ([0; 16], 0);
        // SAFETY: `length` bytes are readable at `input` and writable at `output`, which are the same or do not overlap; the counter
        // and the key stream are blocks; the key is one for encryption.
        unsafe {
            AES_ctr128_encrypt(input, output, length, &self.encrypt, counter.as_mut_ptr(), key_stream.as_mut_ptr(), &mut used);
        }
    }
}

/// `encrypts`: 1 with a key for encryption, 0 with one for decryption.
#[inline]
fn cbc(key: &AES_KEY, encrypts: core::ffi::c_int, chain: &mut Block, text: InOutBuf<'_, '_, u8>) {
    // What is not a whole block is not touched, as by the other engines: C would read beyond it.
    let length = text.len() & !15;
    let (input, output) = text.into_raw();
    // SAFETY: `length` bytes, whole blocks, are readable at `input` and writable at `output`, which are the same or do not overlap;
    // `chain` is a block; the key is one for that direction.
    unsafe { AES_cbc_encrypt(input, output, length, key, chain.as_mut_ptr(), encrypts) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine_rustcrypto::cipher::Aes as RustCrypto;

    fn run(engine: &impl BlockModes, mode: u8, chain: &mut Block, text: InOutBuf<'_, '_, u8>) {
        match mode {
            0 => engine.cbc_encrypt(chain, text),
            1 => engine.cbc_decrypt(chain, text),
            _ => engine.ctr(chain, text),
        }
    }

    #[test]
    fn aws_lc_and_rustcrypto_give_the_same_in_place_and_apart() {
        let key: [u8; 32] = core::array::from_fn(|at| at as u8 * 5);
        let text: [u8; 1024] = core::array::from_fn(|at| (at * at) as u8);
        for key in [&key[..16], &key[..]] {
            let (aws_lc, rustcrypto) = (Aes::new(key).unwrap(), RustCrypto::new(key).unwrap());
            for (blocks, mode) in (0..=64).flat_map(|blocks| [(blocks, 0), (blocks, 1), (blocks, 2)]) {
                let text = &text[..blocks * 16];
                let (mut chains, mut outputs) = ([[0xff - blocks as u8; 16]; 3], [[0; 1024]; 3]);
                let [apart, in_place, other] = &mut outputs;
                in_place[..text.len()].copy_from_slice(text);
                run(&aws_lc, mode, &mut chains[0], InOutBuf::new(text, &mut apart[..text.len()]).unwrap());
                run(&aws_lc, mode, &mut chains[1], InOutBuf::from(&mut in_place[..text.len()]));
                run(&rustcrypto, mode, &mut chains[2], InOutBuf::new(text, &mut other[..text.len()]).unwrap());
                assert_eq!((chains[0], outputs[0]), (chains[2], outputs[2]), "mode {mode}, {blocks} blocks apart");
                assert_eq!((chains[1], outputs[1]), (chains[2], outputs[2]), "mode {mode}, {blocks} blocks in place");
            }
        }
    }

    #[test]
    fn keys_of_other_lengths_are_refused() {
        assert!((0..64).all(|length| Aes::new(&[0; 64][..length]).is_some() == matches!(length, 16 | 32)));
    }
}
