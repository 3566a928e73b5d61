//! Calls of Csm, one by one, in a C program with a configuration of its own: ffi-tests/c/calls.c.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use crate::build::{Program, HOST};
use crate::configuration::Configuration;

/// `E_OK`
pub const E_OK: u8 = 0x00;
/// `CRYPTO_E_VER_OK`
pub const VER_OK: u8 = 0x00;
/// `CRYPTO_E_VER_NOT_OK`
pub const VER_NOT_OK: u8 = 0x01;

/// `CRYPTO_OPERATIONMODE_START`
pub const START: u8 = 0x01;
/// `CRYPTO_OPERATIONMODE_UPDATE`
pub const UPDATE: u8 = 0x02;
/// `CRYPTO_OPERATIONMODE_FINISH`
pub const FINISH: u8 = 0x04;
/// `CRYPTO_OPERATIONMODE_SINGLECALL`
pub const SINGLE: u8 = 0x07;

/// What a call gives, or its code.
pub type Answer<T> = Result<T, u8>;

/// Where the result of a cipher goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Into a buffer of its own.
    Apart,
    /// Over the input.
    Over,
}

/// Both places.
pub const PLACES: [Place; 2] = [Place::Apart, Place::Over];

/// Sixteen bytes at most that a cipher keeps back or adds.
const BLOCK: usize = 16;

/// A stack in a process of its own; the modules are initialised.
pub struct Stack {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// Hexadecimal digits; `-` for none.
pub fn hex(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "-".into();
    }
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The reverse of `hex`.
pub fn unhex(text: &str) -> Vec<u8> {
    let digits = text.trim_end_matches('-');
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal digits")).collect()
}

impl Stack {
    /// Builds and starts a program of this name.
    pub fn start(name: &str, configuration: &Configuration) -> Self {
        let folder = configuration.generate(name);
        let program = Program::new(name, &["ffi-tests/c/calls.c"]).configuration(&folder).archive(&HOST.build());
        let mut command = program.start();
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("piped"));
        Self { child, input, output }
    }

    /// The words of the answer.
    fn call(&mut self, line: std::fmt::Arguments<'_>) -> Vec<String> {
        let mut input = self.input.as_ref().expect("it was not ended");
        input.write_all(format!("{line}\n").as_bytes()).expect("the program takes a call");
        let mut answer = String::new();
        self.output.read_line(&mut answer).expect("the program prints text");
        assert!(answer.ends_with('\n'), "the program ended at: {line}");
        answer.split_whitespace().map(str::to_string).collect()
    }

    fn code(&mut self, line: std::fmt::Arguments<'_>) -> u8 {
        self.call(line)[0].parse().expect("a code")
    }

    fn bytes(&mut self, line: std::fmt::Arguments<'_>) -> Answer<Vec<u8>> {
        let words = self.call(line);
        checked(&words).map(|()| unhex(&words[1]))
    }

    fn verdict(&mut self, line: std::fmt::Arguments<'_>) -> Answer<bool> {
        let words = self.call(line);
        let verdict: u8 = words[1].parse().expect("a verdict");
        if let Err(code) = checked(&words) {
            assert!(verdict != VER_OK, "a verdict with an error: {words:?}");
            return Err(code);
        }
        assert!([VER_OK, VER_NOT_OK].contains(&verdict), "no verdict is {verdict}");
        Ok(verdict == VER_OK)
    }

    /// Starts all modules anew; every key is empty then.
    pub fn init(&mut self) {
        assert_eq!(self.code(format_args!("init")), E_OK);
    }

    /// `Csm_KeyElementSet`
    pub fn set(&mut self, key: u32, element: u32, value: &[u8]) -> u8 {
        self.code(format_args!("set {key} {element} {}", hex(value)))
    }

    /// `Csm_KeySetValid`
    pub fn set_valid(&mut self, key: u32) -> u8 {
        self.code(format_args!("valid {key}"))
    }

    /// Sets elements, and makes the key valid; the first code that is not `E_OK`.
    pub fn load(&mut self, key: u32, elements: &[(u32, &[u8])]) -> Answer<()> {
        for (element, value) in elements {
            match self.set(key, *element, value) {
                E_OK => {}
                code => return Err(code),
            }
        }
        match self.set_valid(key) {
            E_OK => Ok(()),
            code => Err(code),
        }
    }

    /// `Csm_KeyElementGet`
    pub fn get(&mut self, key: u32, element: u32, room: usize) -> Answer<Vec<u8>> {
        self.bytes(format_args!("get {key} {element} {room}"))
    }

    /// `Csm_KeyGenerate`
    pub fn generate(&mut self, key: u32) -> u8 {
        self.code(format_args!("generate {key}"))
    }

    /// `Csm_KeyDerive`
    pub fn derive(&mut self, key: u32, target: u32) -> u8 {
        self.code(format_args!("derive {key} {target}"))
    }

    /// `Csm_KeyExchangeCalcPubVal`
    pub fn public_value(&mut self, key: u32, room: usize) -> Answer<Vec<u8>> {
        self.bytes(format_args!("public {key} {room}"))
    }

    /// `Csm_KeyExchangeCalcSecret`
    pub fn secret(&mut self, key: u32, partner: &[u8]) -> u8 {
        self.code(format_args!("secret {key} {}", hex(partner)))
    }

    fn crypt(&mut self, call: &str, job: u32, mode: u8, place: Place, text: &[u8], room: usize) -> Answer<Vec<u8>> {
        self.bytes(format_args!("{call} {job} {mode} {} {} {room}", u8::from(place == Place::Over), hex(text)))
    }

    /// `Csm_Encrypt`, in pieces of so many bytes, or in one call if that is 0.
    pub fn encrypt(&mut self, job: u32, place: Place, text: &[u8], pieces: usize) -> Answer<Vec<u8>> {
        self.cipher("encrypt", job, place, text, pieces)
    }

    /// `Csm_Decrypt`, as `encrypt`.
    pub fn decrypt(&mut self, job: u32, place: Place, text: &[u8], pieces: usize) -> Answer<Vec<u8>> {
        self.cipher("decrypt", job, place, text, pieces)
    }

    fn cipher(&mut self, call: &str, job: u32, place: Place, text: &[u8], pieces: usize) -> Answer<Vec<u8>> {
        if pieces == 0 {
            return self.crypt(call, job, SINGLE, place, text, text.len() + BLOCK);
        }
        self.crypt(call, job, START, Place::Apart, &[], BLOCK)?;
        let mut result = Vec::new();
        for piece in chunks(text, pieces) {
            result.extend(self.crypt(call, job, UPDATE, place, piece, piece.len() + BLOCK)?);
        }
        result.extend(self.crypt(call, job, FINISH, Place::Apart, &[], BLOCK)?);
        Ok(result)
    }

    /// `Csm_AEADEncrypt`, in pieces of so many bytes, or in one call if that is 0: the text, and a tag of 16 bytes.
    pub fn seal(&mut self, job: u32, place: Place, text: &[u8], data: &[u8], pieces: usize) -> Answer<(Vec<u8>, Vec<u8>)> {
        if pieces == 0 {
            return self.seal_call(job, SINGLE, place, text, data, text.len());
        }
        self.seal_call(job, START, Place::Apart, &[], &[], BLOCK)?;
        let mut result = Vec::new();
        for piece in data.chunks(pieces) {
            result.extend(self.seal_call(job, UPDATE, Place::Apart, &[], piece, BLOCK)?.0);
        }
        for piece in chunks(text, pieces) {
            result.extend(self.seal_call(job, UPDATE, place, piece, &[], piece.len() + BLOCK)?.0);
        }
        let (rest, tag) = self.seal_call(job, FINISH, Place::Apart, &[], &[], BLOCK)?;
        result.extend(rest);
        Ok((result, tag))
    }

    fn seal_call(
        &mut self,
        job: u32,
        mode: u8,
        place: Place,
        text: &[u8],
        data: &[u8],
        room: usize,
    ) -> Answer<(Vec<u8>, Vec<u8>)> {
        let over = u8::from(place == Place::Over);
        let words = self.call(format_args!("seal {job} {mode} {over} {} {} {room} 16", hex(text), hex(data)));
        checked(&words)?;
        // Before the end the call leaves the room for the tag alone.
        let tag = if mode & FINISH == 0 { Vec::new() } else { unhex(&words[2]) };
        Ok((unhex(&words[1]), tag))
    }

    /// `Csm_AEADDecrypt`, as `seal`: the text if the tag is right.
    pub fn open(
        &mut self,
        job: u32,
        place: Place,
        text: &[u8],
        data: &[u8],
        tag: &[u8],
        pieces: usize,
    ) -> Answer<Option<Vec<u8>>> {
        if pieces == 0 {
            let (right, result) = self.open_call(job, SINGLE, place, text, data, tag, text.len())?;
            assert!(right || result.is_empty(), "a wrong tag gives away the text");
            return Ok(right.then_some(result));
        }
        self.open_call(job, START, Place::Apart, &[], &[], &[], BLOCK)?;
        for piece in data.chunks(pieces) {
            self.open_call(job, UPDATE, Place::Apart, &[], piece, &[], BLOCK)?;
        }
        let mut result = Vec::new();
        for piece in chunks(text, pieces) {
            result.extend(self.open_call(job, UPDATE, place, piece, &[], &[], piece.len() + BLOCK)?.1);
        }
        let (right, rest) = self.open_call(job, FINISH, Place::Apart, &[], &[], tag, BLOCK)?;
        result.extend(rest);
        Ok(right.then_some(result))
    }

    #[allow(clippy::too_many_arguments)] // the function called has more
    fn open_call(
        &mut self,
        job: u32,
        mode: u8,
        place: Place,
        text: &[u8],
        data: &[u8],
        tag: &[u8],
        room: usize,
    ) -> Answer<(bool, Vec<u8>)> {
        let over = u8::from(place == Place::Over);
        let line = format!("open {job} {mode} {over} {} {} {} {room}", hex(text), hex(data), hex(tag));
        let words = self.call(format_args!("{line}"));
        let verdict: u8 = words[1].parse().expect("a verdict");
        if let Err(code) = checked(&words) {
            assert!(verdict != VER_OK, "a verdict with an error: {words:?}");
            return Err(code);
        }
        let ends = mode & FINISH != 0;
        assert!(!ends || [VER_OK, VER_NOT_OK].contains(&verdict), "no verdict is {verdict}");
        Ok((ends && verdict == VER_OK, unhex(&words[2])))
    }

    /// `Csm_MacGenerate`, in pieces of so many bytes, or in one call if that is 0.
    pub fn mac(&mut self, job: u32, message: &[u8], room: usize, pieces: usize) -> Answer<Vec<u8>> {
        self.make("mac", job, message, room, pieces)
    }

    /// `Csm_SignatureGenerate`, as `mac`.
    pub fn sign(&mut self, job: u32, message: &[u8], room: usize, pieces: usize) -> Answer<Vec<u8>> {
        self.make("sign", job, message, room, pieces)
    }

    fn make(&mut self, call: &str, job: u32, message: &[u8], room: usize, pieces: usize) -> Answer<Vec<u8>> {
        if pieces == 0 {
            return self.bytes(format_args!("{call} {job} {SINGLE} {} {room}", hex(message)));
        }
        self.begin(call, job, message, &room.to_string(), pieces)?;
        self.bytes(format_args!("{call} {job} {FINISH} - {room}"))
    }

    /// `Csm_MacVerify`, as `mac`: whether the tag is right.
    pub fn check_mac(&mut self, job: u32, message: &[u8], tag: &[u8], pieces: usize) -> Answer<bool> {
        self.check("check-mac", job, message, tag, pieces)
    }

    /// `Csm_SignatureVerify`, as `mac`: whether the signature is right.
    pub fn verify(&mut self, job: u32, message: &[u8], signature: &[u8], pieces: usize) -> Answer<bool> {
        self.check("verify", job, message, signature, pieces)
    }

    fn check(&mut self, call: &str, job: u32, message: &[u8], tag: &[u8], pieces: usize) -> Answer<bool> {
        if pieces == 0 {
            return self.verdict(format_args!("{call} {job} {SINGLE} {} {}", hex(message), hex(tag)));
        }
        self.begin(call, job, message, "-", pieces)?;
        self.verdict(format_args!("{call} {job} {FINISH} - {}", hex(tag)))
    }

    /// Gives a message to a stream, which is then to be finished.
    fn begin(&mut self, call: &str, job: u32, message: &[u8], last: &str, pieces: usize) -> Answer<()> {
        checked(&self.call(format_args!("{call} {job} {START} - {last}")))?;
        for piece in chunks(message, pieces) {
            checked(&self.call(format_args!("{call} {job} {UPDATE} {} {last}", hex(piece))))?;
        }
        Ok(())
    }

    /// Ends the process, which must have found nothing wrong.
    pub fn end(mut self) {
        drop(self.input.take());
        let status = self.child.wait().expect("it ends");
        assert!(status.success(), "{status}");
    }
}

/// Pieces of a text; of an empty one, an empty piece: no stream ends without an UPDATE.
fn chunks(text: &[u8], size: usize) -> Vec<&[u8]> {
    if text.is_empty() {
        return vec![text];
    }
    text.chunks(size).collect()
}

fn checked(words: &[String]) -> Answer<()> {
    match words[0].parse().expect("a code") {
        E_OK => Ok(()),
        code => Err(code),
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}
