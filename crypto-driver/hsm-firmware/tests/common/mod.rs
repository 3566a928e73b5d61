//! A chip: data flash and a counter, whose power can be cut at any step.
#![allow(dead_code)] // each test uses its part

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash};
use v2gcrypt_hsm_firmware::store::{Counter, CounterError, Error, Store, TestKey, IDS};

/// SplitMix64: the same schedule for the same seed.
#[derive(Clone)]
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }
}

/// How the flash answers for a word that power was cut in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Torn {
    /// With the bits that it got.
    Bits,
    /// With an error, as flash with error correction does.
    Unreadable,
    /// With other bits each time.
    Flaky,
}

pub const TORN: [Torn; 3] = [Torn::Bits, Torn::Unreadable, Torn::Flaky];

/// How much of a step is done when power goes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Nothing of it.
    Before,
    /// A word: its first bits. A page: the front of it is erased.
    Front,
    /// A word: its last bits. A page: the end of it is erased.
    Back,
    /// A word: any of its bits. A page: any words of it are erased.
    Any,
    /// A page: any bits of it. A word: all but one bit.
    Bits,
    /// All of it.
    After,
}

pub const CUTS: [Cut; 6] = [Cut::Before, Cut::Front, Cut::Back, Cut::Any, Cut::Bits, Cut::After];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// All bits are 1, and nothing was tried.
    Erased,
    Written,
    /// A write, or an erase, did not end.
    Torn,
}

/// What stays when power is off, and how long it stays on.
#[derive(Clone)]
pub struct Chip {
    pub bytes: Vec<u8>,
    words: Vec<Word>,
    word: usize,
    page: usize,
    /// What a torn word may read as, where it is not certain.
    wanted: Vec<u8>,
    pub counter: u32,
    torn: Torn,
    random: Random,
    /// Steps until power goes off, and how.
    pub cut: Option<(u64, Cut)>,
    pub off: bool,
    /// Words written, pages erased, counter stepped.
    pub steps: u64,
    pub writes: u64,
    pub erases: u64,
    pub erases_of_page: Vec<u64>,
    /// Words that were written while they were not erased.
    pub overwritten: u64,
}

impl Chip {
    pub fn new(word: usize, page: usize, pages: usize, torn: Torn, seed: u64) -> Self {
        let bytes = vec![0xFF; page * pages];
        let words = vec![Word::Erased; bytes.len() / word];
        Self {
            wanted: bytes.clone(),
            bytes,
            words,
            word,
            page,
            counter: 0,
            torn,
            random: Random(seed),
            cut: None,
            off: false,
            steps: 0,
            writes: 0,
            erases: 0,
            erases_of_page: vec![0; pages],
            overwritten: 0,
        }
    }

    /// Takes the flash of another time; the counter stays.
    pub fn put_back(&mut self, other: &Chip) {
        let counter = self.counter;
        *self = other.clone();
        self.counter = counter;
        self.on();
    }

    pub fn reseed(&mut self, seed: u64) {
        self.random = Random(seed);
    }

    pub fn torn(&self) -> Torn {
        self.torn
    }

    pub fn on(&mut self) {
        self.off = false;
        self.cut = None;
    }

    /// Does this step end? `Some`: power goes off in it, so.
    fn step(&mut self) -> Option<Cut> {
        self.steps += 1;
        match &mut self.cut {
            None => None,
            Some((0, cut)) => {
                self.off = true;
                Some(*cut)
            }
            Some((left, _)) => {
                *left -= 1;
                None
            }
        }
    }

    fn write_word(&mut self, at: usize, value: &[u8]) -> Result<(), Failure> {
        let word = at / self.word;
        self.writes += 1;
        if self.words[word] != Word::Erased {
            self.overwritten += 1;
        }
        let cut = self.step();
        let bits = value.len() * 8;
        let mut random = self.random.clone();
        let some = random.below(bits as u64) as usize;
        let kept = |bit: usize, random: &mut Random| match cut {
            None | Some(Cut::After) => true,
            Some(Cut::Before) => false,
            Some(Cut::Front) => bit < some,
            Some(Cut::Back) => bit >= some,
            Some(Cut::Any) => random.below(2) == 0,
            Some(Cut::Bits) => bit != some,
        };
        for bit in 0..bits {
            let clear = value[bit / 8] & (1 << (bit % 8)) == 0;
            if clear && kept(bit, &mut random) {
                self.bytes[at + bit / 8] &= !(1 << (bit % 8));
            }
        }
        self.random = random;
        self.wanted[at..at + value.len()].copy_from_slice(value);
        self.words[word] = match cut {
            None | Some(Cut::After) => Word::Written,
            Some(Cut::Before) => self.words[word],
            // A word that came out as it should is what it should be; one that shows no bit was not begun.
            _ if self.bytes[at..at + value.len()] == *value => Word::Written,
            _ if self.words[word] == Word::Erased && self.bytes[at..at + value.len()].iter().all(|byte| *byte == 0xFF) => {
                Word::Erased
            }
            _ => Word::Torn,
        };
        cut.map_or(Ok(()), |_| Err(Failure::Off))
    }

    fn erase_page(&mut self, page: usize) -> Result<(), Failure> {
        self.erases += 1;
        self.erases_of_page[page] += 1;
        let range = page * self.page..(page + 1) * self.page;
        let cut = self.step();
        let words = self.page / self.word;
        let some = self.random.below(words as u64) as usize;
        for (index, at) in range.step_by(self.word).enumerate() {
            let erased = match cut {
                None | Some(Cut::After) => true,
                Some(Cut::Before) => false,
                Some(Cut::Front) => index < some,
                Some(Cut::Back) => index >= some,
                Some(Cut::Any) => self.random.below(2) == 0,
                Some(Cut::Bits) => {
                    let bits = self.random.bytes(self.word);
                    self.wanted[at..at + self.word].copy_from_slice(&self.bytes[at..at + self.word]);
                    self.bytes[at..at + self.word].iter_mut().zip(bits).for_each(|(byte, bits)| *byte |= bits);
                    if self.bytes[at..at + self.word].iter().any(|byte| *byte != 0xFF) {
                        self.words[at / self.word] = Word::Torn;
                        continue;
                    }
                    true
                }
            };
            if erased {
                self.bytes[at..at + self.word].fill(0xFF);
                self.words[at / self.word] = Word::Erased;
            }
        }
        cut.map_or(Ok(()), |_| Err(Failure::Off))
    }

    fn read(&mut self, at: usize, bytes: &mut [u8]) -> Result<(), Failure> {
        if self.off {
            return Err(Failure::Off);
        }
        for (at, byte) in (at..).zip(bytes) {
            *byte = self.bytes[at];
            if self.words[at / self.word] == Word::Torn {
                match self.torn {
                    Torn::Bits => {}
                    Torn::Unreadable => return Err(Failure::Unreadable),
                    Torn::Flaky => {
                        let differing = self.bytes[at] ^ self.wanted[at];
                        *byte ^= differing & self.random.next() as u8;
                    }
                }
            }
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    Off,
    Unreadable,
    Bounds,
}

impl NorFlashError for Failure {
    fn kind(&self) -> NorFlashErrorKind {
        match self {
            Self::Off | Self::Unreadable => NorFlashErrorKind::Other,
            Self::Bounds => NorFlashErrorKind::OutOfBounds,
        }
    }
}

pub type Shared = Rc<RefCell<Chip>>;

pub fn share(chip: Chip) -> Shared {
    Rc::new(RefCell::new(chip))
}

/// The flash of a chip.
#[derive(Clone)]
pub struct Flash<const WORD: usize, const PAGE: usize>(pub Shared);

/// The counter of a chip.
#[derive(Clone)]
pub struct Steps(pub Shared);

impl<const WORD: usize, const PAGE: usize> ErrorType for Flash<WORD, PAGE> {
    type Error = Failure;
}

impl<const WORD: usize, const PAGE: usize> ReadNorFlash for Flash<WORD, PAGE> {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Failure> {
        let mut chip = self.0.borrow_mut();
        let range = offset as usize..offset as usize + bytes.len();
        chip.bytes.get(range).ok_or(Failure::Bounds)?;
        chip.read(offset as usize, bytes)
    }

    fn capacity(&self) -> usize {
        self.0.borrow().bytes.len()
    }
}

impl<const WORD: usize, const PAGE: usize> NorFlash for Flash<WORD, PAGE> {
    const WRITE_SIZE: usize = WORD;
    const ERASE_SIZE: usize = PAGE;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), Failure> {
        let (from, to) = (from as usize, to as usize);
        assert!(from.is_multiple_of(PAGE) && to.is_multiple_of(PAGE) && from < to, "{from}..{to}");
        for page in from / PAGE..to / PAGE {
            let mut chip = self.0.borrow_mut();
            if chip.off {
                return Err(Failure::Off);
            }
            chip.erase_page(page)?;
        }
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Failure> {
        let offset = offset as usize;
        assert!(offset.is_multiple_of(WORD) && bytes.len().is_multiple_of(WORD), "{offset}, {}", bytes.len());
        for (at, word) in (offset..).step_by(WORD).zip(bytes.chunks(WORD)) {
            let mut chip = self.0.borrow_mut();
            if chip.off {
                return Err(Failure::Off);
            }
            chip.write_word(at, word)?;
        }
        Ok(())
    }
}

impl Counter for Steps {
    fn read(&mut self) -> Result<u32, CounterError> {
        let chip = self.0.borrow();
        (!chip.off).then_some(chip.counter).ok_or(CounterError)
    }

    fn increment(&mut self) -> Result<(), CounterError> {
        let mut chip = self.0.borrow_mut();
        if chip.off {
            return Err(CounterError);
        }
        match chip.step() {
            None => chip.counter += 1,
            Some(Cut::After | Cut::Front | Cut::Any) => {
                chip.counter += 1;
                return Err(CounterError);
            }
            Some(_) => return Err(CounterError),
        }
        Ok(())
    }
}

pub type SimStore<const WORD: usize, const PAGE: usize> = Store<Flash<WORD, PAGE>, Steps, TestKey>;

/// A store over all the flash of a chip, after power on.
pub fn store<const WORD: usize, const PAGE: usize>(chip: &Shared) -> SimStore<WORD, PAGE> {
    let region: Range<u32> = 0..chip.borrow().bytes.len() as u32;
    Store::new(Flash(chip.clone()), region, Steps(chip.clone()), TestKey).unwrap()
}

/// What the store should have.
pub type Model = BTreeMap<u16, Vec<u8>>;

/// What the store has. Panics where a record is refused.
pub fn content<const WORD: usize, const PAGE: usize>(store: &mut SimStore<WORD, PAGE>) -> Model {
    let mut model = Model::new();
    for id in 0..IDS {
        if let Some(value) = load(store, id).unwrap_or_else(|error| panic!("{id}: {error:?}")) {
            model.insert(id, value);
        }
    }
    model
}

pub fn load<const WORD: usize, const PAGE: usize>(store: &mut SimStore<WORD, PAGE>, id: u16) -> Result<Option<Vec<u8>>, Error> {
    let mut into = [0; v2gcrypt_hsm_firmware::store::MAX_VALUE];
    Ok(store.load(id, &mut into)?.map(|length| into[..length].to_vec()))
}
