//! Jobs with a text: ciphers and AEAD.
use super::*;

/// Keys of `text_driver`: each algorithm's own, prepared; then AES without a prepared form.
pub const KEY_CIPHER: u32 = 0;
pub const KEY_GCM: u32 = 1;
pub const KEY_CHACHA: u32 = 2;
pub const KEY_PLAIN_AES: u32 = 3;
pub const KEY_WITHOUT_NONCE: u32 = 4;

pub const IV: [u8; 16] = [0xF0; 16];
pub const NONCE: [u8; 12] = [0x0E; 12];

/// Two objects, and keys that are valid.
pub fn text_driver() -> Driver {
    let elements = [ElementSpec::new(1, 32).partial(), ElementSpec::new(5, 64).partial()];
    let driver = Builder::new()
        .object(2)
        .object(2)
        .key(CRYPTO_SOFT_FORM_AES_CIPHER, &elements)
        .key(CRYPTO_SOFT_FORM_AES_GCM, &elements)
        .key(CRYPTO_SOFT_FORM_CHACHA20_POLY1305, &elements)
        .key(CRYPTO_SOFT_FORM_NONE, &elements)
        .key(CRYPTO_SOFT_FORM_AES_CIPHER, &elements[..1])
        .start();
    for (key, value, nonce) in [
        (KEY_CIPHER, &[0x11; 16][..], &IV[..]),
        (KEY_GCM, &[0x22; 32], &NONCE),
        (KEY_CHACHA, &[0x33; 32], &NONCE),
        (KEY_PLAIN_AES, &[0x44; 32], &IV),
    ] {
        assert_eq!(driver.set(key, 5, nonce), E_OK);
        driver.load(key, value);
    }
    driver.load(KEY_WITHOUT_NONCE, &[0x55; 16]);
    driver
}

/// An algorithm of texts, in one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextAlgorithm {
    pub service: Enumeration,
    pub family: Enumeration,
    pub mode: Enumeration,
    pub secondary: Enumeration,
    pub key: u32,
}

impl TextAlgorithm {
    pub const CBC: Self = Self::cipher(CRYPTO_ALGOMODE_CBC, CRYPTO_ALGOFAM_NOT_SET);
    pub const PADDED: Self = Self::cipher(CRYPTO_ALGOMODE_CBC, CRYPTO_ALGOFAM_PADDING_PKCS7);
    pub const CTR: Self = Self::cipher(CRYPTO_ALGOMODE_CTR, CRYPTO_ALGOFAM_NOT_SET);
    pub const GCM: Self = Self {
        service: CRYPTO_AEADENCRYPT,
        family: CRYPTO_ALGOFAM_AES,
        mode: CRYPTO_ALGOMODE_GCM,
        secondary: CRYPTO_ALGOFAM_NOT_SET,
        key: KEY_GCM,
    };
    pub const CHACHA: Self = Self {
        service: CRYPTO_AEADENCRYPT,
        family: CRYPTO_ALGOFAM_CHACHA,
        mode: CRYPTO_ALGOMODE_20ROUNDS,
        secondary: CRYPTO_ALGOFAM_POLY1305,
        key: KEY_CHACHA,
    };
    pub const ALL: [Self; 5] = [Self::CBC, Self::PADDED, Self::CTR, Self::GCM, Self::CHACHA];

    const fn cipher(mode: Enumeration, secondary: Enumeration) -> Self {
        Self { service: CRYPTO_ENCRYPT, family: CRYPTO_ALGOFAM_AES, mode, secondary, key: KEY_CIPHER }
    }

    pub fn inverse(self) -> Self {
        let service = if self.is_aead() { CRYPTO_AEADDECRYPT } else { CRYPTO_DECRYPT };
        Self { service, ..self }
    }

    pub fn with_key(self, key: u32) -> Self {
        Self { key, ..self }
    }

    pub fn is_aead(self) -> bool {
        matches!(self.service, CRYPTO_AEADENCRYPT | CRYPTO_AEADDECRYPT)
    }

    pub fn job(self, processing: Enumeration) -> Job {
        Job::new(primitive(self.service, self.family, self.mode, self.secondary, 0), processing, self.key)
    }
}

/// What a text has become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crypted {
    pub text: Vec<u8>,
    /// Of an encryption.
    pub tag: Vec<u8>,
    /// Of a decryption.
    pub verified: Option<u8>,
}

/// One call's buffers.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    pub text: &'a [u8],
    pub aad: &'a [u8],
    /// Room for the text.
    pub room: usize,
    pub in_place: bool,
}

impl Job {
    pub fn second_output(self, room: u32) -> Self {
        self.io().secondaryOutputPtr = leak(&vec![UNTOUCHED; room as usize + 1]);
        self.io().secondaryOutputLengthPtr = leak(&[room]);
        self
    }

    pub fn second_room(self) -> u32 {
        unsafe { self.io().secondaryOutputLengthPtr.read() }
    }

    pub fn second_result(self) -> Vec<u8> {
        unsafe { std::slice::from_raw_parts(self.io().secondaryOutputPtr, self.second_room() as usize) }.to_vec()
    }

    /// Puts a piece into the buffers; what is behind the room must stay.
    pub fn piece(self, piece: Piece<'_>) -> Self {
        let io = self.io();
        let mut memory = vec![UNTOUCHED; piece.room.max(piece.text.len()) + 1];
        if piece.in_place {
            memory[..piece.text.len()].copy_from_slice(piece.text);
        }
        io.outputPtr = leak(&memory);
        io.outputLengthPtr = leak(&[piece.room as u32]);
        io.inputPtr = if piece.in_place { io.outputPtr } else { leak(piece.text) };
        io.inputLength = piece.text.len() as u32;
        io.secondaryInputPtr = if piece.aad.is_empty() { null() } else { leak(piece.aad) };
        io.secondaryInputLength = piece.aad.len() as u32;
        self
    }

    /// All there is at the output, which the last piece put there.
    pub fn memory(self, length: usize) -> Vec<u8> {
        unsafe { std::slice::from_raw_parts(self.io().outputPtr, length) }.to_vec()
    }
}

impl Driver {
    /// Encrypts or decrypts at once. `tag`: what a decryption compares with.
    pub fn crypt(&self, algorithm: TextAlgorithm, text: &[u8], aad: &[u8], tag: &[u8], in_place: bool) -> Result<Crypted, u8> {
        self.crypt_pieces(algorithm, SYNC, &[(SINGLECALL, Piece { text, aad, room: text.len() + 16, in_place })], tag)
    }

    /// The same in several calls, each with what it gives. FINISH is in the last one.
    pub fn crypt_pieces(
        &self,
        algorithm: TextAlgorithm,
        processing: Enumeration,
        pieces: &[(u8, Piece<'_>)],
        tag: &[u8],
    ) -> Result<Crypted, u8> {
        let job = algorithm.job(processing);
        let mut text = vec![];
        for (mode, piece) in pieces {
            job.piece(*piece).mode(*mode).second_output(16).tertiary(tag).verify();
            let mut code = self.process(0, job);
            if processing == ASYNC && code == E_OK {
                self.main_function();
                code = job.callbacks()[0];
            }
            if code != E_OK {
                return Err(code);
            }
            let gives = mode & (UPDATE | FINISH) != 0; // FINISH of an AEAD: nothing, and says so
            let memory = job.memory(piece.room.max(piece.text.len()) + 1);
            if gives {
                let (given, rest) = memory.split_at(job.room() as usize);
                let beyond = if piece.in_place { piece.text.len().saturating_sub(given.len()) } else { 0 };
                assert!(rest[beyond..].iter().all(|&byte| byte == UNTOUCHED), "no more is written than told");
                text.extend(given);
            } else {
                assert_eq!(job.room() as usize, piece.room, "this call gives no text");
            }
        }
        let sealed = algorithm.service == CRYPTO_AEADENCRYPT;
        let opened = algorithm.service == CRYPTO_AEADDECRYPT;
        let tag = if sealed { job.second_result() } else { vec![] };
        Ok(Crypted { text, tag, verified: opened.then(|| job.verified()) })
    }
}
