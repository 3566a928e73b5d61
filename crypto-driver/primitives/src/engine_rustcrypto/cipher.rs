//! AES-CBC and AES-CTR in plain Rust, or with the processor's AES instructions.

use aes::cipher::generic_array::GenericArray;
use aes::cipher::{BlockDecryptMut, BlockEncryptMut, InnerIvInit, IvState, KeyInit, StreamCipherCore};
use aes::{Aes128, Aes256};
use ctr::flavors::Ctr128BE;
use ctr::CtrCore;

use crate::cipher::{Block, BlockModes, InOutBuf};

/// Round keys for both directions.
#[derive(Clone)]
// No allocator: the largest form decides in any case.
#[allow(clippy::large_enum_variant)]
pub(crate) enum Aes {
    Aes128(Aes128),
    Aes256(Aes256),
}

impl BlockModes for Aes {
    const CBC: &'static str = "RustCrypto cbc over aes";
    const CTR: &'static str = "RustCrypto ctr over aes";

    fn new(key: &[u8]) -> Option<Self> {
        let aes_128 = Aes128::new_from_slice(key).map(Self::Aes128);
        aes_128.or_else(|_| Aes256::new_from_slice(key).map(Self::Aes256)).ok()
    }

    fn cbc_encrypt(&self, chain: &mut Block, text: InOutBuf<'_, '_, u8>) {
        fn run<C: BlockEncryptMut + BlockUser>(aes: C, chain: &mut Block, text: InOutBuf<'_, '_, u8>) {
            let mut mode = cbc::Encryptor::inner_iv_init(aes, GenericArray::from_slice(chain));
            mode.encrypt_blocks_inout_mut(text.into_chunks().0);
            *chain = mode.iv_state().into();
        }
        match self {
            Self::Aes128(aes) => run(aes, chain, text),
            Self::Aes256(aes) => run(aes, chain, text),
        }
    }

    fn cbc_decrypt(&self, chain: &mut Block, text: InOutBuf<'_, '_, u8>) {
        fn run<C: BlockDecryptMut + BlockUser>(aes: C, chain: &mut Block, text: InOutBuf<'_, '_, u8>) {
            let mut mode = cbc::Decryptor::inner_iv_init(aes, GenericArray::from_slice(chain));
            mode.decrypt_blocks_inout_mut(text.into_chunks().0);
            *chain = mode.iv_state().into();
        }
        match self {
            Self::Aes128(aes) => run(aes, chain, text),
            Self::Aes256(aes) => run(aes, chain, text),
        }
    }

    fn ctr(&self, counter: &mut Block, text: InOutBuf<'_, '_, u8>) {
        fn run<C: BlockEncryptMut + BlockUser>(aes: C, counter: &mut Block, text: InOutBuf<'_, '_, u8>) {
            let mut mode = CtrCore::<_, Ctr128BE>::inner_iv_init(aes, GenericArray::from_slice(counter));
            mode.apply_keystream_blocks_inout(text.into_chunks().0);
            *counter = mode.iv_state().into();
        }
        match self {
            Self::Aes128(aes) => run(aes, counter, text),
            Self::Aes256(aes) => run(aes, counter, text),
        }
    }
}

/// A block cipher with blocks of 16 bytes.
trait BlockUser: aes::cipher::BlockCipher + aes::cipher::BlockSizeUser<BlockSize = aes::cipher::consts::U16> {}

impl<C: aes::cipher::BlockCipher + aes::cipher::BlockSizeUser<BlockSize = aes::cipher::consts::U16>> BlockUser for C {}
