//! Power goes off at every byte of every write of a record: afterwards the key is the old one or the new one.
#![allow(unsafe_code, clippy::undocumented_unsafe_blocks)]

mod common;
use common::nv::*;
use common::*;
use v2gcrypt_crypto_driver::soft::nv::machine::NVM_REQ_INTEGRITY_FAILED;
use v2gcrypt_primitives::{ec, ecdsa, Curve, HashAlgorithm};

const KEY: u32 = 0;
const BLOCK: u16 = 0x100;
const MESSAGE: &[u8] = b"AuthorizationReq";

/// A pair of keys, as an import leaves them.
struct Pair {
    private: Vec<u8>,
    public: Vec<u8>,
    verifying: ecdsa::VerifyingKey,
}

impl Pair {
    fn new(number: u8) -> Self {
        let private: Vec<u8> = (0..32).map(|at| number.wrapping_mul(37).wrapping_add(at) | 1).collect();
        let public = ec::public_key(Curve::P256, &private).unwrap().as_bytes().to_vec();
        let verifying = ecdsa::VerifyingKey::new(Curve::P256, &public).unwrap();
        Self { private, public, verifying }
    }
}

/// The station under test: one signing key with its public key, both persistent, and an element that is not.
struct Bench {
    driver: Driver,
    pairs: Vec<Pair>,
    sign: Job,
}

type Flash = [Option<Vec<u8>>; 3];

impl Bench {
    fn new() -> Self {
        Self::with(NvSpec::new(KEY, &[1, CRYPTO_KE_V2GCRYPT_PUBLICKEY]))
    }

    fn with(spec: NvSpec) -> Self {
        let elements =
            [ElementSpec::new(1, 32), ElementSpec::new(5, 16).partial(), ElementSpec::new(CRYPTO_KE_V2GCRYPT_PUBLICKEY, 65)];
        let driver = Builder::new().object(0).key(CRYPTO_SOFT_FORM_ECDSA_P256_SIGN, &elements).persistent(&[spec]);
        let sign = Job::new(ecdsa(CRYPTO_SIGNATUREGENERATE), SYNC, KEY).input(MESSAGE).output(64);
        Self { driver, pairs: (1..=8).map(Pair::new).collect(), sign }
    }

    fn record_len(&self) -> usize {
        self.driver.record(0).len()
    }

    fn flash(&self) -> Flash {
        nvm(|nvm| nvm.block(BLOCK).sets.clone())
    }

    /// Power on with this in flash, and until power goes off or all has settled.
    fn boot(&self, flash: &Flash, cut: Option<Cut>) {
        nvm(|nvm| nvm.block(BLOCK).sets = flash.clone());
        if cut.is_some() {
            // The cut has to be there before Init, which reads and may write.
            let instance = unsafe { &*self.driver.instance };
            unsafe { instance.ram.cast::<u8>().write_bytes(0, size_of::<CryptoSoft_InstanceRamType>()) };
            nvm(|nvm| {
                nvm.off = false;
                let block = nvm.block(BLOCK);
                (block.status, block.pending) = (0, None);
                nvm.cut = cut;
            });
            self.driver.init();
        } else {
            self.driver.power_cycle();
        }
        self.run();
    }

    /// Main functions until power is off or nothing is left to do.
    fn run(&self) {
        for _ in 0..50 {
            let busy = matches!(self.driver.nv_status(KEY), CRYPTO_SOFT_NV_LOADING | CRYPTO_SOFT_NV_PENDING);
            if !busy || nvm(|nvm| nvm.off) {
                return;
            }
            self.driver.main_function();
        }
        panic!("it never settles");
    }

    fn update(&self, pair: usize) {
        let pair = &self.pairs[pair];
        assert_eq!(self.driver.set(KEY, 1, &pair.private), E_OK);
        assert_eq!(self.driver.set(KEY, CRYPTO_KE_V2GCRYPT_PUBLICKEY, &pair.public), E_OK);
        assert_eq!(self.driver.set_valid(KEY), E_OK);
        self.run();
    }

    /// Which pair the key is: it is whole, and it signs. `None`: the key is INVALID and as empty as it was made.
    fn pair(&self) -> Option<usize> {
        let public = self.driver.get(KEY, CRYPTO_KE_V2GCRYPT_PUBLICKEY, 65);
        if !self.driver.is_valid(KEY) {
            assert_eq!(public.0, CRYPTO_E_KEY_EMPTY, "nothing of a key that is not there");
            assert_eq!(self.driver.get(KEY, 1, 32).0, CRYPTO_E_KEY_EMPTY);
            return None;
        }
        let pair = self.pairs.iter().position(|pair| pair.public == public.1).expect("one of the public keys, whole");
        assert_eq!(self.driver.get(KEY, 1, 32), (E_OK, self.pairs[pair].private.clone()), "not a mix");
        unsafe { self.sign.io().outputLengthPtr.write(64) };
        assert_eq!(self.driver.process(0, self.sign), E_OK);
        assert!(self.pairs[pair].verifying.verify(HashAlgorithm::Sha256, MESSAGE, &self.sign.result()), "the key signs");
        Some(pair)
    }

    /// Nothing that is left from cuts prevents the next update.
    fn updates_again(&self) {
        self.driver.reports();
        let last = self.pairs.len() - 1;
        self.update(last);
        assert_eq!(self.driver.nv_status(KEY), CRYPTO_SOFT_NV_IDLE);
        assert_eq!(self.driver.nvm_reports(), 0);
        let flash = self.flash();
        self.boot(&flash, None);
        assert_eq!(self.pair(), Some(last));
        assert_eq!(self.driver.nvm_reports(), 0, "and both copies are good again");
    }
}

/// What is in flash before each update, which pair the key was then, and how many writes the update makes.
fn history(bench: &Bench, updates: usize) -> Vec<(Flash, Option<usize>, usize)> {
    let mut before = (bench.flash(), None);
    let mut all = vec![];
    for update in 0..updates {
        bench.boot(&before.0, None);
        assert_eq!(bench.pair(), before.1);
        nvm(|nvm| nvm.log.clear());
        bench.update(update);
        assert_eq!(bench.driver.nv_status(KEY), CRYPTO_SOFT_NV_IDLE);
        all.push((before.0, before.1, nvm(|nvm| nvm.writes())));
        before = (bench.flash(), Some(update));
    }
    all
}

const RESTS: [Rest; 3] = [Rest::Old, Rest::Torn, Rest::Erased];

/// Cuts one update everywhere, and the recovery from each cut at some bytes; at all of them every `thorough` cuts. Returns the cuts.
fn cut_everywhere(bench: &Bench, updates: std::ops::Range<usize>, some: usize, thorough: usize) -> usize {
    let history = history(bench, updates.end);
    assert_eq!(history[0].2, 2, "the first write of a key is followed by that of the other copy");
    assert!(history[1..].iter().all(|(_, _, writes)| *writes == 1));
    let length = bench.record_len();
    let mut cuts = 0;
    let mut random = 0x1234_5678u32;
    for update in updates {
        let (flash, old, writes) = &history[update];
        for (write, bytes, rest) in
            (0..*writes).flat_map(|write| (0..=length).flat_map(move |bytes| RESTS.map(|rest| (write, bytes, rest))))
        {
            bench.boot(flash, None);
            nvm(|nvm| nvm.cut = Some(Cut { write, bytes, rest }));
            bench.update(update);
            assert!(nvm(|nvm| nvm.off), "power went off");
            cuts += 1;
            let after = bench.flash();
            let at = format!("update {update}, write {write}, byte {bytes}, {rest:?}");

            bench.boot(&after, None);
            let found = bench.pair();
            assert!(found == *old || found == Some(update), "{at}: {found:?}");
            assert!(write == 0 || found == Some(update), "{at}: only the other copy was being written");
            let recovery = nvm(|nvm| nvm.writes());
            bench.updates_again();

            // Recovery is cut, too: it changes nothing.
            let seconds: Vec<(usize, usize, Rest)> = if cuts % thorough == 0 {
                (0..recovery)
                    .flat_map(|write| (0..=length).flat_map(move |bytes| RESTS.map(|rest| (write, bytes, rest))))
                    .collect()
            } else {
                let mut pick = |below: usize| {
                    random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (random >> 8) as usize % below
                };
                (0..if recovery == 0 { 0 } else { some }).map(|_| (pick(recovery), pick(length + 1), RESTS[pick(3)])).collect()
            };
            for (write, bytes, rest) in seconds {
                bench.boot(&after, Some(Cut { write, bytes, rest }));
                assert!(nvm(|nvm| nvm.off), "{at}: power went off again");
                cuts += 1;
                let twice = bench.flash();
                bench.boot(&twice, None);
                assert_eq!(bench.pair(), found, "{at}; then write {write}, byte {bytes}, {rest:?}");
                bench.updates_again();
            }
        }
    }
    cuts
}

#[test]
fn a_cut_at_any_byte_of_the_first_writes_leaves_no_key_or_the_new_one() {
    let cuts = cut_everywhere(&Bench::new(), 0..2, 8, 150);
    println!("{cuts} cuts in the first two updates");
    assert!(cuts >= 10_000, "{cuts}");
}

#[test]
fn a_cut_at_any_byte_of_a_write_leaves_the_old_key_or_the_new_one() {
    let cuts = cut_everywhere(&Bench::new(), 2..5, 8, 150);
    println!("{cuts} cuts in later updates");
    assert!(cuts >= 10_000, "{cuts}");
}

#[test]
fn every_flipped_bit_of_the_newest_record_is_reported_and_the_other_copy_is_used() {
    let bench = Bench::new();
    let history = history(&bench, 4);
    let (flash, newest, _) = &history[3];
    let slot = (0..2).max_by_key(|&slot| flash[slot].as_ref().map(|record| record[16..20].to_vec())).unwrap();
    for bit in 0..bench.record_len() * 8 {
        let mut flipped = flash.clone();
        flipped[slot].as_mut().unwrap()[bit / 8] ^= 1 << (bit % 8);
        bench.boot(&flipped, None);
        assert_eq!(bench.driver.nvm_reports(), 1, "bit {bit}");
        assert_eq!(bench.pair(), newest.map(|newest| newest - 1), "bit {bit}: the other copy");
        let healed = bench.flash();
        assert_eq!(healed[2], flipped[slot], "bit {bit}: kept for analysis");
        assert_eq!(healed[1 - slot], flash[1 - slot]);
        bench.boot(&healed, None);
        assert_eq!(bench.driver.nvm_reports(), 0, "bit {bit}: reported once");
        assert_eq!(bench.pair(), newest.map(|newest| newest - 1));
        bench.updates_again();
    }
}

#[test]
fn two_corrupt_copies_are_reported_and_leave_the_key_invalid_and_ready_for_another() {
    let bench = Bench::new();
    let (flash, _, _) = history(&bench, 4).pop().unwrap();
    for (bit, other) in [(0, 40), (7 * 8, 36 * 8), (20 * 8, 164 * 8 + 7), (300, 301)] {
        let mut flipped = flash.clone();
        flipped[0].as_mut().unwrap()[bit / 8] ^= 1 << (bit % 8);
        flipped[1].as_mut().unwrap()[other / 8] ^= 1 << (other % 8);
        bench.boot(&flipped, None);
        assert_eq!(bench.driver.nvm_reports(), 2);
        assert_eq!((bench.pair(), bench.driver.nv_status(KEY)), (None, CRYPTO_SOFT_NV_FAILED));
        assert_eq!(bench.flash(), flipped, "nothing is overwritten that might still be read by somebody");
        bench.updates_again();
        assert_eq!(bench.flash()[2], flipped[0], "the first one is kept for analysis");
    }
}

#[test]
fn records_of_another_block_layout_device_or_version_are_refused_and_so_is_a_truncated_one() {
    let elements = [ElementSpec::new(1, 16)];
    let build = |ids: [u16; 2]| {
        let specs = [NvSpec { id: ids[0], ..NvSpec::new(0, &[1]) }, NvSpec { id: ids[1], ..NvSpec::new(1, &[1]) }];
        let driver = Builder::new().key(0, &elements).key(0, &elements).persistent(&specs);
        driver.init();
        driver
    };
    let driver = build([0x201, 0x202]);
    driver.load(0, &[1; 16]);
    driver.load(1, &[2; 16]);
    let (one, two) = nvm(|nvm| (nvm.block(0x201).sets.clone(), nvm.block(0x202).sets.clone()));
    let refused = |sets: [&Flash; 2], what: &str| {
        nvm(|nvm| {
            nvm.block(0x201).sets = sets[0].clone();
            nvm.block(0x202).sets = sets[1].clone();
        });
        driver.power_cycle();
        assert_eq!(driver.nvm_reports(), 4, "{what}");
        assert!(!driver.is_valid(0) && !driver.is_valid(1), "{what}");
        assert_eq!(driver.get(0, 1, 16).0, CRYPTO_E_KEY_EMPTY, "{what}");
    };
    refused([&two, &one], "swapped");
    let renamed = |flash: &Flash, id: u16| {
        flash.clone().map(|set| {
            set.map(|mut record| {
                record[6..8].copy_from_slice(&id.to_le_bytes());
                record
            })
        })
    };
    refused([&renamed(&two, 0x201), &renamed(&one, 0x202)], "swapped, and the number in them changed");
    let altered = |at: usize, to: u8| {
        [&one, &two].map(|flash| {
            flash.clone().map(|set| {
                set.map(|mut record| {
                    record[at] = to;
                    record
                })
            })
        })
    };
    for (at, to, what) in
        [(4, 2, "another version"), (5, 1, "a reserved byte"), (8, 0xEE, "another layout"), (20, 0xFF, "another length")]
    {
        let [one, two] = altered(at, to);
        refused([&one, &two], what);
    }
    for kept in [1, 24, 36, 60, 75] {
        let cut = |flash: &Flash| {
            flash.clone().map(|set| {
                set.map(|record| {
                    let mut short = vec![0xFF; record.len()];
                    short[..kept].copy_from_slice(&record[..kept]);
                    short
                })
            })
        };
        refused([&cut(&one), &cut(&two)], "truncated");
    }
    // The same bytes on another device.
    nvm(|nvm| {
        nvm.block(0x201).sets = one.clone();
        nvm.block(0x202).sets = two.clone();
    });
    driver.power_cycle();
    assert!(driver.is_valid(0) && driver.is_valid(1) && driver.nvm_reports() == 0);
    let instance = unsafe { &*driver.instance };
    unsafe { instance.ram.cast::<u8>().write_bytes(0, size_of::<CryptoSoft_InstanceRamType>()) };
    nvm(|nvm| nvm.device_key = [0x43; 32]);
    driver.init();
    assert_eq!(driver.nvm_reports(), 4);
    assert!(!driver.is_valid(0) && !driver.is_valid(1));
}

#[test]
fn a_new_device_says_nothing_of_copies_that_nobody_wrote() {
    let bench = Bench::new();
    bench.boot(&[None, None, None], None);
    assert_eq!((bench.driver.nvm_reports(), bench.driver.nv_status(KEY), bench.pair()), (0, CRYPTO_SOFT_NV_IDLE, None));
    for erased in [0x00, 0xFF] {
        let erased = Some(vec![erased; bench.record_len()]);
        bench.boot(&[erased.clone(), erased, None], None);
        assert_eq!((bench.driver.nvm_reports(), bench.driver.nv_status(KEY), bench.pair()), (0, CRYPTO_SOFT_NV_IDLE, None));
    }
    assert_eq!(nvm(|nvm| (nvm.reads(), nvm.writes())), (2, 0));
    // An NvM that cannot tell never written from lost.
    nvm(|nvm| nvm.block(BLOCK).sets = [None, None, None]);
    let instance = unsafe { &*bench.driver.instance };
    unsafe { instance.ram.cast::<u8>().write_bytes(0, size_of::<CryptoSoft_InstanceRamType>()) };
    nvm(|nvm| nvm.never_written = NVM_REQ_INTEGRITY_FAILED);
    bench.driver.init();
    bench.run();
    assert_eq!((bench.driver.nvm_reports(), bench.driver.nv_status(KEY), bench.pair()), (2, CRYPTO_SOFT_NV_FAILED, None));
    bench.updates_again();
}
