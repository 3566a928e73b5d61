//! Ciphers and AEAD: whole, in pieces, in place and apart, and what they refuse.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
use common::*;
use std::ptr::{null, null_mut};

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16) as usize % limit
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.below(256) as u8).collect()
    }

    /// `whole` in up to four pieces, which may be empty if `empty` says so.
    fn split<'a>(&mut self, whole: &'a [u8], empty: bool) -> Vec<&'a [u8]> {
        let mut cuts: Vec<usize> = (0..self.below(4)).map(|_| self.below(whole.len() + 1)).collect();
        cuts.extend([0, whole.len()]);
        cuts.sort_unstable();
        cuts.windows(2).map(|pair| &whole[pair[0]..pair[1]]).filter(|piece| empty || !piece.is_empty()).collect()
    }
}

fn piece(text: &[u8]) -> Piece<'_> {
    Piece { text, aad: &[], room: text.len() + 32, in_place: false }
}

#[test]
fn each_algorithm_gives_what_its_standard_says() {
    let driver = text_driver();
    let load = |key, value: &str, nonce: &str| {
        assert_eq!(driver.set(key, 5, &hex(nonce)), E_OK);
        driver.load(key, &hex(value));
    };
    let text = hex("6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51");
    // SP 800-38A F.2.1, F.5.1
    load(KEY_CIPHER, AES_KEY, "000102030405060708090a0b0c0d0e0f");
    let cbc = hex("7649abac8119b246cee98e9b12e9197d 5086cb9b507219ee95db113a917678b2");
    assert_eq!(driver.crypt(TextAlgorithm::CBC, &text, &[], &[], false).unwrap().text, cbc);
    let padded = driver.crypt(TextAlgorithm::PADDED, &text, &[], &[], false).unwrap().text;
    assert_eq!((&padded[..32], padded.len()), (&cbc[..], 48));
    load(KEY_CIPHER, AES_KEY, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    let ctr = hex("874d6191b620e3261bef6864990db6ce 9806f66b7970fdff8617187bb9fffdff");
    assert_eq!(driver.crypt(TextAlgorithm::CTR, &text, &[], &[], false).unwrap().text, ctr);
    // test case 4 of the specification of GCM
    load(KEY_GCM, "feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888");
    let text = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    let aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let sealed = driver.crypt(TextAlgorithm::GCM, &text, &aad, &[], false).unwrap();
    assert_eq!(sealed.text, hex("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"));
    assert_eq!(sealed.tag, hex("5bc94fbc3221a5db94fae95ae7121a47"));
    // RFC 8439 2.8.2
    load(KEY_CHACHA, "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f", "070000004041424344454647");
    let text =
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    let sealed = driver.crypt(TextAlgorithm::CHACHA, text, &hex("50515253c0c1c2c3c4c5c6c7"), &[], false).unwrap();
    assert_eq!(&sealed.text[..16], hex("d31a8d34648e60db7b86afbc53ef7ec2"));
    assert_eq!(sealed.tag, hex("1ae10b594f09e26a7e902ecbd0600691"));
    assert_eq!(driver.reports(), []);
}

#[test]
fn any_split_in_place_or_apart_gives_what_one_call_gives() {
    let driver = text_driver();
    let mut random = Random(7);
    let mut calls = 0;
    for round in 0..600 {
        let algorithm = TextAlgorithm::ALL[random.below(5)];
        let algorithm = if algorithm.is_aead() || random.below(2) == 0 { algorithm } else { algorithm.with_key(KEY_PLAIN_AES) };
        let length = 1 + random.below(90);
        let length = if algorithm == TextAlgorithm::CBC.with_key(algorithm.key) { length.div_ceil(16) * 16 } else { length };
        let text = random.bytes(length);
        let aad_length = random.below(40);
        let aad = if algorithm.is_aead() { random.bytes(aad_length) } else { vec![] };
        let sealed = driver.crypt(algorithm, &text, &aad, &[], false).unwrap();
        assert_eq!(driver.crypt(algorithm, &text, &aad, &[], true).unwrap(), sealed, "{algorithm:?} in place");
        let opened = driver.crypt(algorithm.inverse(), &sealed.text, &aad, &sealed.tag, random.below(2) == 0).unwrap();
        assert_eq!((&opened.text, opened.verified.unwrap_or(CRYPTO_E_VER_OK)), (&text, CRYPTO_E_VER_OK), "{algorithm:?}");
        for (algorithm, from, expected) in [(algorithm, &text, &sealed), (algorithm.inverse(), &sealed.text, &opened)] {
            let pieces = streamed(&mut random, algorithm, from, &aad);
            calls += pieces.len();
            let processing = if random.below(2) == 0 { SYNC } else { ASYNC };
            let streamed = driver.crypt_pieces(algorithm, processing, &pieces, &sealed.tag);
            assert_eq!(streamed.as_ref(), Ok(expected), "{round} {algorithm:?} {}", pieces.len());
        }
    }
    assert!(calls > 3000, "{calls} calls");
    assert_eq!(driver.reports(), []);
}

/// A random way to bring a text and what goes with it.
fn streamed<'a>(random: &mut Random, algorithm: TextAlgorithm, text: &'a [u8], aad: &'a [u8]) -> Vec<(u8, Piece<'a>)> {
    let in_place = random.below(2) == 0;
    let piece = |text: &'a [u8], aad| Piece { text, aad, room: text.len() + 32, in_place };
    let mut calls = vec![];
    let mut associated = random.split(aad, true);
    let mut texts = random.split(text, algorithm.is_aead()).into_iter();
    if let (Some(last), true) = (associated.pop(), algorithm.is_aead()) {
        calls.extend(associated.into_iter().map(|aad| piece(&[], aad)));
        calls.push(piece(texts.next().unwrap_or_default(), last)); // both in one call
    }
    calls.extend(texts.map(|text| piece(text, &[])));
    let mut calls: Vec<_> = calls.into_iter().map(|piece| (UPDATE, piece)).collect();
    match random.below(2) {
        0 => calls.insert(0, (START, piece(&[], &[]))),
        _ => calls[0].0 |= START,
    }
    match (random.below(2), calls.last_mut()) {
        (0, Some(last)) if last.0 == UPDATE => last.0 |= FINISH,
        _ => calls.push((FINISH, piece(&[], &[]))),
    }
    calls
}

#[test]
fn every_flipped_bit_of_an_aead_is_noticed_and_gives_no_text() {
    let driver = text_driver();
    for algorithm in [TextAlgorithm::GCM, TextAlgorithm::CHACHA] {
        let (text, aad) = ([0x77; 20], [0x88; 5]);
        let sealed = driver.crypt(algorithm, &text, &aad, &[], false).unwrap();
        let mut whole = [&sealed.text[..], &aad, &sealed.tag].concat();
        for bit in 0..whole.len() * 8 {
            whole[bit / 8] ^= 1 << (bit % 8);
            for in_place in [false, true] {
                let job = algorithm.inverse().job(SYNC).tertiary(&whole[25..]).verify();
                job.piece(Piece { text: &whole[..20], aad: &whole[20..25], room: 20, in_place });
                assert_eq!(driver.process(0, job), E_OK);
                assert_eq!((job.verified(), job.room()), (CRYPTO_E_VER_NOT_OK, 0), "bit {bit}");
                assert_eq!(job.memory(20), [0; 20], "bit {bit}: in place the cipher text is gone, too");
            }
            whole[bit / 8] ^= 1 << (bit % 8);
        }
        // In a stream what came before the last call is out already.
        let job = algorithm.inverse().job(SYNC).tertiary(&[0; 16]).verify();
        assert_eq!(driver.process(0, job.piece(Piece { aad: &aad, ..piece(&sealed.text[..9]) }).mode(STREAMSTART)), E_OK);
        assert_eq!(job.memory(9), text[..9]);
        assert_eq!(driver.process(0, job.piece(piece(&sealed.text[9..])).mode(UPDATE | FINISH)), E_OK);
        assert_eq!((job.verified(), job.room(), job.memory(11)), (CRYPTO_E_VER_NOT_OK, 0, vec![0; 11]));
        assert!(!job.is_active());
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_tag_may_be_shorter_where_the_algorithm_has_shorter_ones() {
    let driver = text_driver();
    for (algorithm, least) in [(TextAlgorithm::GCM, 12), (TextAlgorithm::CHACHA, 16)] {
        let whole = driver.crypt(algorithm, b"text", b"", &[], false).unwrap();
        for length in 1..=17u32 {
            let job = algorithm.job(SYNC).piece(piece(b"text")).second_output(length);
            let code = driver.process(0, job);
            assert_eq!(code, if length >= least { E_OK } else { E_NOT_OK }, "{length}");
            if code == E_OK {
                assert_eq!(
                    (job.second_room(), &job.second_result()[..]),
                    (length.min(16), &whole.tag[..length.min(16) as usize])
                );
            } else {
                assert!(job.is_untouched(36) && job.second_result() == vec![UNTOUCHED; length as usize]);
            }
            let tag = [&whole.tag[..], &[0]].concat();
            let opened = driver.crypt(algorithm.inverse(), &whole.text, &[], &tag[..length as usize], false);
            let expected = if (least..=16).contains(&length) { Ok(Some(CRYPTO_E_VER_OK)) } else { Err(E_NOT_OK) };
            assert_eq!(opened.map(|opened| opened.verified), expected, "{length}");
        }
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn an_aead_takes_no_text_and_no_associated_data_by_null_pointers() {
    let driver = text_driver();
    for algorithm in [TextAlgorithm::GCM, TextAlgorithm::CHACHA] {
        for aad in [&b""[..], b"associated"] {
            let expected = driver.crypt(algorithm, b"", aad, &[], false).unwrap();
            let job = algorithm.job(SYNC).piece(Piece { aad, ..piece(b"") }).second_output(16);
            (job.io().inputPtr, job.io().outputPtr, job.io().outputLengthPtr) = (null(), null_mut(), null_mut());
            assert_eq!(driver.process(0, job), E_OK);
            assert_eq!(job.second_result(), expected.tag);
            let job = algorithm.inverse().job(SYNC).piece(Piece { aad, ..piece(b"") }).tertiary(&expected.tag).verify();
            (job.io().inputPtr, job.io().outputPtr) = (null(), null_mut());
            assert_eq!(driver.process(0, job), E_OK);
            assert_eq!((job.verified(), job.room()), (CRYPTO_E_VER_OK, 0), "a length that is there is written");
        }
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn associated_data_behind_the_text_ends_the_stream() {
    let driver = text_driver();
    for algorithm in [TextAlgorithm::GCM, TextAlgorithm::CHACHA] {
        let job = algorithm.job(SYNC).second_output(16);
        assert_eq!(driver.process(0, job.piece(Piece { aad: b"before", ..piece(b"") }).mode(STREAMSTART)), E_OK);
        assert_eq!(driver.process(0, job.piece(Piece { aad: b"still", ..piece(b"t") }).mode(UPDATE)), E_OK);
        let late = job.piece(Piece { aad: b"late", ..piece(b"ext") }).mode(UPDATE);
        assert_eq!(driver.process(0, late), E_NOT_OK);
        assert!(job.memory(36).iter().all(|&byte| byte == UNTOUCHED) && !job.is_active());
        assert_eq!(driver.process(0, job.mode(FINISH)), E_NOT_OK, "there is no stream any more");
    }
    assert_eq!(driver.reports(), []);
}

/// The most a call can give, and whether one byte less is refused before anything is written.
#[test]
fn room_is_checked_for_what_the_call_gives_before_anything_is_written() {
    let driver = text_driver();
    let text = [0x5A; 40];
    let padded = driver.crypt(TextAlgorithm::PADDED, &text[..37], &[], &[], false).unwrap().text;
    let whole_block = driver.crypt(TextAlgorithm::PADDED, &text[..32], &[], &[], false).unwrap().text;
    let blocks = driver.crypt(TextAlgorithm::CBC, &text[..32], &[], &[], false).unwrap().text;
    let table: [(TextAlgorithm, &[u8], usize); 9] = [
        (TextAlgorithm::CBC, &text[..32], 32),
        (TextAlgorithm::CBC.inverse(), &blocks, 32),
        (TextAlgorithm::PADDED, &text[..32], 48),
        (TextAlgorithm::PADDED, &text[..37], 48),
        (TextAlgorithm::PADDED.inverse(), &padded, 37),
        (TextAlgorithm::PADDED.inverse(), &whole_block, 32),
        (TextAlgorithm::CTR, &text[..37], 37),
        (TextAlgorithm::GCM, &text[..37], 37),
        (TextAlgorithm::CHACHA, &text[..37], 37),
    ];
    for (algorithm, input, gives) in table {
        for in_place in [false, true] {
            let job = algorithm.job(SYNC).second_output(16);
            assert_eq!(
                driver.process(0, job.piece(Piece { text: input, aad: &[], room: gives, in_place })),
                E_OK,
                "{algorithm:?}"
            );
            assert_eq!(job.room() as usize, gives);
            job.piece(Piece { text: input, aad: &[], room: gives - 1, in_place });
            let before = job.memory(input.len().max(gives - 1) + 1);
            assert_eq!(driver.process(0, job), E_NOT_OK, "{algorithm:?} {in_place}");
            assert_eq!((job.memory(before.len()), job.room() as usize), (before, gives - 1), "{algorithm:?} {in_place}");
        }
    }
    // The padding of the last call counts, too.
    for (room, code) in [(31, E_NOT_OK), (32, E_OK)] {
        let job = TextAlgorithm::PADDED.job(SYNC);
        assert_eq!(driver.process(0, job.piece(piece(&text[..5])).mode(STREAMSTART)), E_OK);
        let last = Piece { text: &text[5..16], aad: &[], room, in_place: false };
        assert_eq!(driver.process(0, job.piece(last).mode(UPDATE | FINISH)), code);
        assert_eq!(job.memory(room).iter().all(|&byte| byte == UNTOUCHED), code == E_NOT_OK);
    }
    // In a stream: 5 bytes give nothing and need no room, 11 more give a block.
    for in_place in [false, true] {
        let job = TextAlgorithm::CBC.job(SYNC);
        assert_eq!(driver.process(0, job.piece(Piece { text: &text[..5], aad: &[], room: 0, in_place }).mode(STREAMSTART)), E_OK);
        assert_eq!(job.room(), 0);
        assert_eq!(driver.process(0, job.piece(Piece { text: &text[5..16], aad: &[], room: 16, in_place }).mode(UPDATE)), E_OK);
        assert_eq!(job.memory(16), blocks[..16]);
        let short = job.piece(Piece { text: &text[16..32], aad: &[], room: 15, in_place }).mode(UPDATE);
        let before = job.memory(17);
        assert_eq!(driver.process(0, short), E_NOT_OK);
        assert_eq!(job.memory(17), before);
        assert!(!job.is_active(), "the stream has ended");
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn what_is_wrong_at_the_end_of_a_text_is_one_code_and_leaves_no_text() {
    let driver = text_driver();
    for direction in [TextAlgorithm::CBC, TextAlgorithm::CBC.inverse()] {
        assert_eq!(driver.crypt(direction, &[1; 17], &[], &[], false), Err(E_NOT_OK), "an incomplete block");
        let job = direction.job(SYNC);
        assert_eq!(driver.process(0, job.piece(piece(&[1; 17])).mode(STREAMSTART)), E_OK);
        assert_eq!(driver.process(0, job.piece(piece(&[1; 16])).mode(UPDATE | FINISH)), E_NOT_OK);
        assert!(job.memory(48).iter().all(|&byte| byte == UNTOUCHED), "that shows beforehand");
    }
    // Every last byte of the padding; the block before it is the vector's.
    let padded = driver.crypt(TextAlgorithm::PADDED, &[7; 20], &[], &[], false).unwrap().text;
    let mut good = 0;
    for change in 1..=255u8 {
        let mut wrong = padded.clone();
        wrong[15] ^= change;
        let whole = driver.crypt(TextAlgorithm::PADDED.inverse(), &wrong, &[], &[], false);
        good += u32::from(whole.is_ok());
        let job = TextAlgorithm::PADDED.inverse().job(SYNC);
        assert_eq!(driver.process(0, job.piece(piece(&wrong[..3])).mode(STREAMSTART)), E_OK);
        let code = driver.process(0, job.piece(piece(&wrong[3..])).mode(UPDATE | FINISH));
        assert_eq!(code, whole.map_or(E_NOT_OK, |_| E_OK), "{change}");
        if code == E_NOT_OK {
            let memory = job.memory(61);
            assert!(memory[..16].iter().all(|&byte| byte == 0) && memory[16..].iter().all(|&byte| byte == UNTOUCHED));
        }
    }
    assert_eq!(good, 1, "a padding of one byte, by chance of the change");
    assert_eq!(driver.crypt(TextAlgorithm::PADDED.inverse(), &[1; 15], &[], &[], false), Err(E_NOT_OK));
    assert_eq!(driver.reports(), []);
}

#[test]
fn output_lies_on_its_input_or_clear_of_it() {
    let driver = text_driver();
    for algorithm in TextAlgorithm::ALL {
        for distance in -33i64..=33 {
            let memory = vec![0x3Cu8; 200].leak();
            let base = memory.as_mut_ptr();
            let job = algorithm.job(SYNC).second_output(16);
            job.io().inputPtr = base.wrapping_add(64);
            job.io().inputLength = 16;
            job.io().outputPtr = base.wrapping_add(64).wrapping_offset(distance as isize);
            job.io().outputLengthPtr = leak(&[32]);
            let clear = distance == 0 || distance >= 16 || distance <= -32;
            assert_eq!(driver.process(0, job), if clear { E_OK } else { E_NOT_OK }, "{algorithm:?} {distance}");
            let reports = driver.development(CRYPTO_SID_PROCESSJOB);
            assert_eq!(reports, if clear { vec![] } else { vec![CRYPTO_E_PARAM_POINTER] });
            assert!(clear || memory.iter().all(|&byte| byte == 0x3C));
        }
    }
    // Nothing else may be shared: (what is written, over what).
    type Spoil = fn(Job);
    let encryptions: [(&str, Spoil); 5] = [
        ("text over associated data", |job| job.io().secondaryInputPtr = job.io().outputPtr),
        ("tag over text", |job| job.io().secondaryOutputPtr = job.io().inputPtr.cast_mut()),
        ("tag over output", |job| job.io().secondaryOutputPtr = job.io().outputPtr.wrapping_add(8)),
        ("tag over associated data", |job| job.io().secondaryOutputPtr = job.io().secondaryInputPtr.cast_mut()),
        ("one length for both", |job| job.io().secondaryOutputLengthPtr = job.io().outputLengthPtr),
    ];
    let decryptions: [(&str, Spoil); 3] = [
        ("text over tag", |job| job.io().tertiaryInputPtr = job.io().outputPtr),
        ("verdict over tag", |job| job.io().verifyPtr = job.io().tertiaryInputPtr.cast_mut()),
        ("verdict over text", |job| job.io().verifyPtr = job.io().outputPtr),
    ];
    let tables = [(TextAlgorithm::GCM, &encryptions[..]), (TextAlgorithm::GCM.inverse(), &decryptions[..])];
    for (algorithm, spoil) in tables.iter().flat_map(|(algorithm, table)| table.iter().map(move |row| (algorithm, row))) {
        let whole = Piece { text: &[1; 32], aad: &[2; 32], room: 32, in_place: false };
        let job = algorithm.job(SYNC).piece(whole).second_output(32).tertiary(&[3; 16]).verify();
        spoil.1(job);
        assert_eq!(driver.process(0, job), E_NOT_OK, "{}", spoil.0);
        assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), [CRYPTO_E_PARAM_POINTER], "{}", spoil.0);
        assert!(job.memory(32).iter().all(|&byte| byte == UNTOUCHED), "{}", spoil.0);
    }
}

#[test]
fn each_missing_buffer_of_a_text_has_its_report() {
    let driver = text_driver();
    let pointer = vec![CRYPTO_E_PARAM_POINTER];
    let value = vec![CRYPTO_E_PARAM_VALUE];
    let job = |algorithm: TextAlgorithm, mode| {
        let whole = Piece { text: &[1; 16], aad: &[2; 4], room: 32, in_place: false };
        algorithm.job(SYNC).piece(whole).second_output(16).tertiary(&[3; 16]).verify().mode(mode)
    };
    let (cipher, seal, open) = (TextAlgorithm::CBC, TextAlgorithm::GCM, TextAlgorithm::GCM.inverse());
    type Row = (&'static str, TextAlgorithm, u8, fn(&mut Crypto_JobPrimitiveInputOutputType), Vec<u8>);
    let table: Vec<Row> = vec![
        ("cipher without input", cipher, SINGLECALL, |io| io.inputPtr = null(), pointer.clone()),
        ("cipher without output", cipher, SINGLECALL, |io| io.outputPtr = null_mut(), pointer.clone()),
        ("cipher without length", cipher, SINGLECALL, |io| io.outputLengthPtr = null_mut(), pointer.clone()),
        ("cipher's UPDATE without output", cipher, STREAMSTART, |io| io.outputPtr = null_mut(), pointer.clone()),
        ("cipher of nothing", cipher, SINGLECALL, |io| io.inputLength = 0, value.clone()),
        ("text without output", seal, SINGLECALL, |io| io.outputPtr = null_mut(), pointer.clone()),
        ("text without length", open, SINGLECALL, |io| io.outputLengthPtr = null_mut(), pointer.clone()),
        ("text without pointer", seal, SINGLECALL, |io| io.inputPtr = null(), pointer.clone()),
        ("associated data without pointer", seal, STREAMSTART, |io| io.secondaryInputPtr = null(), pointer.clone()),
        ("no tag", seal, SINGLECALL, |io| io.secondaryOutputPtr = null_mut(), pointer.clone()),
        ("no length of the tag", seal, SINGLECALL, |io| io.secondaryOutputLengthPtr = null_mut(), pointer.clone()),
        ("no room for a tag", seal, SINGLECALL, |io| unsafe { io.secondaryOutputLengthPtr.write(0) }, value.clone()),
        ("no tag to compare", open, SINGLECALL, |io| io.tertiaryInputPtr = null(), pointer.clone()),
        ("tag of no bytes", open, SINGLECALL, |io| io.tertiaryInputLength = 0, value),
        ("no verdict", open, SINGLECALL, |io| io.verifyPtr = null_mut(), pointer),
    ];
    for (name, algorithm, mode, spoil, reports) in table {
        let job = job(algorithm, mode);
        spoil(job.io());
        assert_eq!(driver.process(0, job), E_NOT_OK, "{name}");
        assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), reports, "{name}");
    }
    // What a call does not need is not looked at.
    let seal = job(seal, STREAMSTART);
    (seal.io().secondaryOutputPtr, seal.io().secondaryOutputLengthPtr) = (null_mut(), 8 as *mut u32);
    assert_eq!(driver.process(0, seal), E_OK);
    (seal.io().inputPtr, seal.io().inputLength, seal.io().outputPtr) = (8 as *const u8, u32::MAX, null_mut());
    seal.io().outputLengthPtr = null_mut(); // where there is one, it is told that there is no text
    assert_eq!(driver.process(0, seal.second_output(16).mode(FINISH)), E_OK);
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_nonce_that_does_not_fit_has_its_code() {
    let driver = text_driver();
    let missing = Reported::Runtime(CRYPTO_SID_PROCESSJOB, CRYPTO_E_RE_KEY_NOT_AVAILABLE);
    let refused = |algorithm: TextAlgorithm| driver.crypt(algorithm, &[1; 16], &[], &[], false).err();
    assert_eq!(refused(TextAlgorithm::CBC.with_key(KEY_WITHOUT_NONCE)), Some(CRYPTO_E_KEY_NOT_AVAILABLE));
    assert_eq!(driver.reports(), [missing]);
    let fresh = Builder::new().object(0).key(0, &[ElementSpec::new(1, 16), ElementSpec::new(5, 16).partial()]).start();
    fresh.load(0, &[1; 16]);
    let cbc = TextAlgorithm::CBC.with_key(0);
    assert_eq!(fresh.crypt(cbc, &[1; 16], &[], &[], false), Err(CRYPTO_E_KEY_EMPTY));
    for (algorithm, length, code) in [
        (TextAlgorithm::CBC, 15, Some(CRYPTO_E_KEY_SIZE_MISMATCH)),
        (TextAlgorithm::CTR, 17, Some(CRYPTO_E_KEY_SIZE_MISMATCH)),
        (TextAlgorithm::CBC, 16, None),
        (TextAlgorithm::GCM, 1, None),
        (TextAlgorithm::GCM, 64, None),
        (TextAlgorithm::CHACHA, 11, Some(CRYPTO_E_KEY_SIZE_MISMATCH)),
        (TextAlgorithm::CHACHA, 16, Some(CRYPTO_E_KEY_SIZE_MISMATCH)),
        (TextAlgorithm::CHACHA, 12, None),
    ] {
        assert_eq!(driver.set(algorithm.key, 5, &vec![9; length]), E_OK);
        assert_eq!(refused(algorithm), Some(CRYPTO_E_KEY_NOT_VALID), "a vector is part of its key");
        assert_eq!(driver.set_valid(algorithm.key), E_OK);
        assert_eq!(refused(algorithm), code, "{algorithm:?} {length}");
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_key_or_vector_that_changes_in_the_middle_of_a_text_ends_it() {
    let driver = text_driver();
    for element in [1, 5] {
        for (algorithm, change) in [(TextAlgorithm::CTR, 16), (TextAlgorithm::GCM, if element == 1 { 32 } else { 12 })] {
            let job = algorithm.job(SYNC).second_output(16);
            assert_eq!(driver.process(0, job.piece(piece(b"some")).mode(STREAMSTART)), E_OK);
            assert_eq!(driver.set(algorithm.key, element, &vec![5; change]), E_OK);
            assert_eq!(driver.set_valid(algorithm.key), E_OK);
            assert_eq!(driver.process(0, job.piece(piece(b"more")).mode(UPDATE)), CRYPTO_E_KEY_NOT_VALID);
            assert!(!job.is_active() && job.memory(36).iter().all(|&byte| byte == UNTOUCHED));
        }
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_canceled_call_takes_back_the_text_that_it_gave() {
    let driver = text_driver();
    for algorithm in [TextAlgorithm::CTR, TextAlgorithm::GCM] {
        let job = algorithm.job(ASYNC).piece(piece(&[1; 50])).second_output(16);
        assert_eq!(driver.process(0, job), E_OK);
        // One area counts the jobs that wait, one takes this one; the text is written, and the third ends the call.
        before_next_area(move || {
            before_next_area(move || {
                before_next_area(move || {
                    assert!(job.memory(50).iter().any(|&byte| byte != UNTOUCHED));
                    assert_eq!(driver.cancel(0, job), CRYPTO_E_JOB_CANCELED);
                });
            });
        });
        driver.main_function();
        assert_eq!(job.callbacks(), [CRYPTO_E_JOB_CANCELED]);
        assert_eq!(job.memory(50), [0; 50]);
        assert_eq!((job.room(), job.second_room()), (82, 16));
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn nothing_of_a_text_is_left_in_the_object_when_it_ends() {
    let driver = text_driver();
    let workspace = || {
        let ram = unsafe { (*driver.instance).objectRam };
        let bytes = unsafe { std::slice::from_raw_parts(ram.cast::<u8>(), size_of::<CryptoSoft_ObjectRamType>()) };
        bytes[384..].to_vec()
    };
    for algorithm in TextAlgorithm::ALL {
        let job = algorithm.job(SYNC).second_output(16);
        for last in [Some(FINISH), None] {
            assert_eq!(driver.process(0, job.piece(piece(&[1; 16])).mode(STREAMSTART)), E_OK);
            assert!(workspace().iter().any(|&byte| byte != 0), "{algorithm:?}");
            match last {
                Some(mode) => assert_eq!(driver.process(0, job.piece(piece(&[])).mode(mode)), E_OK),
                None => assert_eq!(driver.cancel(0, job), E_OK),
            }
            assert!(workspace().iter().all(|&byte| byte == 0), "{algorithm:?}");
        }
    }
}

#[test]
fn a_gmac_is_generated_and_compared_in_one_call_and_in_pieces() {
    let driver = text_driver();
    let gmac = |service| primitive(service, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_GMAC, CRYPTO_ALGOFAM_NOT_SET, 256);
    let message: Vec<u8> = (0..50).collect();
    // GMAC is GCM of no text.
    let expected = driver.crypt(TextAlgorithm::GCM, b"", &message, &[], false).unwrap().tag;
    let generate = Job::new(gmac(CRYPTO_MACGENERATE), SYNC, KEY_GCM).output(20);
    assert_eq!(driver.process(0, generate.input(&message)), E_OK);
    assert_eq!(generate.result(), expected);
    assert_eq!(driver.process(0, generate.input(&message[..7]).mode(STREAMSTART)), E_OK);
    assert_eq!(driver.process(0, generate.input(&message[7..]).output(16).mode(UPDATE | FINISH)), E_OK);
    assert_eq!(generate.result(), expected);
    assert_eq!(driver.process(0, generate.output(15).mode(SINGLECALL)), E_NOT_OK);
    let verify = Job::new(gmac(CRYPTO_MACVERIFY), SYNC, KEY_GCM).input(&message);
    for (bits, accepted) in [(128, true), (96, true), (104, true), (88, false), (100, false), (136, false)] {
        verify.secondary(&[&expected[..], &[0]].concat()[..(bits as usize).div_ceil(8)], bits).verify();
        assert_eq!(driver.process(0, verify), if accepted { E_OK } else { E_NOT_OK }, "{bits} bits");
        assert_eq!(verify.verified(), if accepted { CRYPTO_E_VER_OK } else { UNTOUCHED });
    }
    let mut wrong = expected.clone();
    wrong[11] ^= 1;
    for mode in [&[SINGLECALL][..], &[STREAMSTART, FINISH]] {
        verify.secondary(&wrong, 96).verify();
        mode.iter().for_each(|mode| assert_eq!(driver.process(0, verify.mode(*mode)), E_OK));
        assert_eq!(verify.verified(), CRYPTO_E_VER_NOT_OK);
    }
    assert_eq!(driver.reports(), []);
}
