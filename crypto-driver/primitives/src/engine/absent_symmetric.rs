//! Engines that this build leaves out: their values cannot be made, so users need no condition of their own.

#[cfg(not(feature = "cipher"))]
pub(crate) mod cipher {
    use crate::cipher::{Block, BlockModes, InOutBuf};

    #[derive(Clone)]
    pub(crate) enum Aes {}

    impl BlockModes for Aes {
        const CBC: &'static str = "none";
        const CTR: &'static str = "none";

        fn new(_: &[u8]) -> Option<Self> {
            None
        }

        fn cbc_encrypt(&self, _: &mut Block, _: InOutBuf<'_, '_, u8>) {
            match *self {}
        }

        fn cbc_decrypt(&self, _: &mut Block, _: InOutBuf<'_, '_, u8>) {
            match *self {}
        }

        fn ctr(&self, _: &mut Block, _: InOutBuf<'_, '_, u8>) {
            match *self {}
        }
    }
}

#[cfg(not(feature = "aead"))]
pub(crate) mod aead {
    use crate::aead::{AeadAlgorithm, AeadError, Direction, Engine, Stream, Tag16};
    use crate::data::Data;

    pub(crate) enum AeadKey {}

    impl Engine for AeadKey {
        const NAME: &'static str = "none";
        type Stream = Self;

        fn new(_: AeadAlgorithm, _: &[u8]) -> Option<Self> {
            None
        }

        fn algorithm(&self) -> AeadAlgorithm {
            match *self {}
        }

        fn seal(&self, _: &[u8], _: &[u8], _: Data<'_>) -> Result<Tag16, AeadError> {
            match *self {}
        }

        fn open(&self, _: &[u8], _: &[u8], _: Data<'_>, _: &[u8]) -> Result<(), AeadError> {
            match *self {}
        }

        fn start(&self, _: Direction, _: &[u8]) -> Result<Self::Stream, AeadError> {
            match *self {}
        }
    }

    impl Stream for AeadKey {
        fn update_aad(&mut self, _: &[u8]) -> Result<(), AeadError> {
            match *self {}
        }

        fn update(&mut self, _: Data<'_>) -> Result<(), AeadError> {
            match *self {}
        }

        fn finish(&mut self) -> Tag16 {
            match *self {}
        }
    }
}
