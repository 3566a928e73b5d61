//! Whoever can write the flash, but neither the counter nor the device key, gets nothing accepted that was not saved last.

mod common;
use common::*;
use v2gcrypt_hsm_firmware::store::{Error, Report, Store, LIFECYCLE, LOG};

const WORD: usize = 8;
const PAGE: usize = 4096;

fn start(chip: &Shared) -> SimStore<WORD, PAGE> {
    store(chip)
}

fn new_chip() -> Shared {
    share(Chip::new(WORD, PAGE, 4, Torn::Bits, 1))
}

/// A store with keys of several lengths, some of which were replaced or erased, over two starts.
fn used() -> (Shared, Model) {
    let chip = new_chip();
    let mut first = start(&chip);
    first.save(LIFECYCLE, &[1]).unwrap();
    for id in 0..4u16 {
        first.save(id, &vec![0xC0 | id as u8; 32 + usize::from(id) * 8]).unwrap();
    }
    let mut second = start(&chip);
    second.save(2, &[0xD2; 32]).unwrap();
    second.save(4, b"to be erased").unwrap();
    second.erase(4).unwrap();
    second.save(LIFECYCLE, &[2]).unwrap();
    second.save(LOG, &[0xEE; 200]).unwrap();
    let model = content(&mut second);
    assert_eq!(model.len(), 6);
    (chip, model)
}

/// An item in an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    /// Of its header.
    at: usize,
    length: usize,
}

impl Place {
    fn bytes<'a>(&self, image: &'a [u8]) -> &'a [u8] {
        &image[self.at + 8..self.at + 8 + self.length]
    }

    fn kind(&self, image: &[u8]) -> u8 {
        self.bytes(image)[1]
    }

    fn id(&self, image: &[u8]) -> u16 {
        u16::from_le_bytes(self.bytes(image)[2..4].try_into().unwrap())
    }

    fn sequence(&self, image: &[u8]) -> u32 {
        u32::from_le_bytes(self.bytes(image)[4..8].try_into().unwrap())
    }

    /// Makes the checksum right: what refuses it then is the store, and not the framing.
    fn seal(&self, image: &mut [u8]) {
        let crc = checksum(self.bytes(image));
        image[self.at..self.at + 4].copy_from_slice(&crc.to_le_bytes());
    }

    fn replace(&self, image: &mut [u8], bytes: &[u8]) {
        assert_eq!(bytes.len(), self.length);
        image[self.at + 8..self.at + 8 + self.length].copy_from_slice(bytes);
        self.seal(image);
    }
}

const VALUE: u8 = 1;
const MANIFEST: u8 = 3;

/// CRC-32C, of a start of its own.
fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = 0xEEEE_EEEEu32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0x82F6_3B78 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

fn places(image: &[u8]) -> Vec<Place> {
    let mut found = Vec::new();
    for page in (0..image.len()).step_by(PAGE) {
        let mut at = page + WORD;
        while at + 8 < page + PAGE && image[at..at + 8] != [0xFF; 8] {
            let length = usize::from(u16::from_le_bytes([image[at + 4], image[at + 5]]));
            found.push(Place { at, length });
            let stored = u32::from_le_bytes(image[at..at + 4].try_into().unwrap());
            assert_eq!(stored, checksum(&image[at + 8..at + 8 + length]), "the test's own checksum");
            at += 8 + length.next_multiple_of(WORD);
        }
    }
    found
}

/// The newest record of an id.
fn newest(image: &[u8], id: u16) -> Place {
    let records = places(image).into_iter().filter(|place| place.kind(image) == VALUE && place.id(image) == id);
    records.max_by_key(|place| place.sequence(image)).unwrap()
}

/// The ids that are refused. Everything else is as in `model`, and the store goes on.
fn refused(chip: &Shared, model: &Model, what: &str) -> Vec<u16> {
    let mut store = start(chip);
    let report = store.mount().unwrap_or_else(|error| panic!("{what}: {error:?}"));
    let tampered: Vec<u16> = store.tampered().collect();
    assert_eq!(report.tampered as usize, tampered.len(), "{what}");
    for id in 0..40 {
        match load(&mut store, id) {
            Err(error) => assert!(error == Error::Tampered && tampered.contains(&id), "{what}: {id}: {error:?}"),
            Ok(value) => assert!(value == model.get(&id).cloned() && !tampered.contains(&id), "{what}: {id}: {value:02x?}"),
        }
    }
    for id in &tampered {
        store.save(*id, b"healed").unwrap();
        assert_eq!(load(&mut store, *id), Ok(Some(b"healed".to_vec())), "{what}");
    }
    store.save(30, b"goes on").unwrap();
    let mut again = start(chip);
    assert_eq!(again.mount().map(|report| report.tampered), Ok(0), "{what}");
    tampered
}

#[test]
fn every_byte_that_is_changed_is_refused_or_harmless() {
    let (chip, model) = used();
    let base = chip.borrow().clone();
    // A bank that has just been made has no records of changes beside its manifest.
    start(&chip).purge().unwrap();
    let purged = chip.borrow().clone();
    let (mut flips, mut refusals, mut harmless) = (0, 0, 0);
    for base in [base, purged] {
        for at in 0..base.bytes.len() {
            // Behind what is used one byte in 16 stands for the others.
            let used = base.bytes[at] != 0xFF || at % PAGE < WORD || at % PAGE >= PAGE - WORD || at % 16 == 0;
            for mask in [0xFF, 1 << (at % 8)] {
                if used {
                    let chip = share(base.clone());
                    chip.borrow_mut().bytes[at] ^= mask;
                    let ids = refused(&chip, &model, &format!("byte {at:#x} ^ {mask:#x}"));
                    assert!(ids.len() <= 1, "byte {at:#x}: {ids:?}");
                    flips += 1;
                    *(if ids.is_empty() { &mut harmless } else { &mut refusals }) += 1;
                }
            }
        }
    }
    println!("{flips} changed bytes: {refusals} refused a record, {harmless} were harmless");
    assert!(flips > 5_000 && refusals > 500);
}

#[test]
fn every_byte_that_is_changed_under_a_right_checksum_is_refused_or_harmless() {
    let (chip, model) = used();
    let base = chip.borrow().clone();
    let (mut flips, mut refusals) = (0, 0);
    for place in places(&base.bytes) {
        let counts = place.kind(&base.bytes) == VALUE && newest(&base.bytes, place.id(&base.bytes)) == place;
        let counts = counts && model.contains_key(&place.id(&base.bytes));
        for at in 0..place.length {
            let chip = share(base.clone());
            let image = &mut chip.borrow_mut().bytes.clone();
            image[place.at + 8 + at] ^= 1 << (at % 8);
            place.seal(image);
            chip.borrow_mut().bytes.clone_from(image);
            let ids = refused(&chip, &model, &format!("{place:?}, byte {at}"));
            let expected = if counts { vec![place.id(&base.bytes)] } else { vec![] };
            assert_eq!(ids, expected, "{place:?}, byte {at}");
            flips += 1;
            refusals += ids.len();
        }
    }
    println!("{flips} bytes under a right checksum: {refusals} refused a record");
    assert!(flips > 3_000 && refusals > 500);
}

#[test]
fn an_old_image_that_is_put_back_is_refused() {
    let chip = new_chip();
    let mut images = Vec::new();
    let mut store = start(&chip);
    for change in 0..40u16 {
        match change % 5 {
            4 => store.erase(change % 3).unwrap(),
            3 => store.save(LIFECYCLE, &change.to_le_bytes()).unwrap(),
            _ => store.save(change % 3, &change.to_le_bytes()).unwrap(),
        }
        images.push(chip.borrow().clone());
        if change % 8 == 7 {
            store = start(&chip);
        }
    }
    let newest = images.pop().unwrap();
    for (number, image) in images.iter().enumerate() {
        // An erasure of nothing changes nothing.
        if image.bytes == newest.bytes {
            continue;
        }
        let chip = share(newest.clone());
        chip.borrow_mut().put_back(image);
        let mut store = start(&chip);
        assert_eq!(store.mount(), Err(Error::RolledBack), "image {number}");
        assert_eq!(store.save(1, b"x"), Err(Error::RolledBack));
        assert_eq!(store.erase(1), Err(Error::RolledBack));
        assert_eq!(load(&mut store, 1), Err(Error::RolledBack));
        assert_eq!(store.purge(), Err(Error::RolledBack));
        store.format().unwrap();
        assert_eq!(content(&mut store), Model::new());
    }
    // The newest one is the newest, wherever it has been.
    let chip = share(newest.clone());
    chip.borrow_mut().put_back(&newest);
    assert!(start(&chip).mount().is_ok());
}

#[test]
fn an_erased_flash_is_refused_once_the_counter_has_moved() {
    let (chip, _) = used();
    chip.borrow_mut().bytes.fill(0xFF);
    assert_eq!(start(&chip).mount(), Err(Error::RolledBack));
}

#[test]
fn the_counter_of_another_part_is_refused() {
    let (chip, _) = used();
    let counter = chip.borrow().counter;
    for (number, expected) in [
        (0, Err(Error::CounterBehind)),
        (counter - 2, Err(Error::CounterBehind)),
        (counter + 1, Err(Error::RolledBack)),
        (u32::MAX, Err(Error::RolledBack)),
        (counter, Ok(Report::default())),
    ] {
        chip.borrow_mut().counter = number;
        assert_eq!(start(&chip).mount(), expected, "counter {number} of {counter}");
    }
}

#[test]
fn the_flash_of_another_part_is_refused() {
    struct Other;
    impl v2gcrypt_hsm_firmware::store::DeviceKey for Other {
        const IS_TEST_KEY: bool = false;
        fn device_key(&self, out: &mut [u8; 32]) -> Result<(), v2gcrypt_hsm_firmware::store::DeviceKeyError> {
            *out = [0x42; 32];
            Ok(())
        }
    }
    let (chip, _) = used();
    let mut other = Store::new(Flash::<WORD, PAGE>(chip.clone()), 0..0x4000, Steps(chip.clone()), Other).unwrap();
    assert_eq!(other.mount(), Err(Error::RolledBack));
}

#[test]
fn two_records_that_change_places_are_where_they_were_and_with_changed_ids_are_refused() {
    let (chip, model) = used();
    let base = chip.borrow().clone();
    let (a, b) = (newest(&base.bytes, 0), newest(&base.bytes, 2));
    let (of_a, of_b) = (a.bytes(&base.bytes).to_vec(), b.bytes(&base.bytes).to_vec());
    let with = |of_a: &[u8], of_b: &[u8]| {
        let chip = share(base.clone());
        a.replace(&mut chip.borrow_mut().bytes, of_a);
        b.replace(&mut chip.borrow_mut().bytes, of_b);
        refused(&chip, &model, "swapped")
    };
    assert_eq!(with(&of_b, &of_a), [], "a place says nothing");
    let renamed = |bytes: &[u8], from: &[u8]| [&bytes[..2], &from[2..8], &bytes[8..]].concat();
    assert_eq!(with(&renamed(&of_b, &of_a), &renamed(&of_a, &of_b)), [0, 2]);
    assert_eq!(with(&of_b, &of_b), [0]);
}

#[test]
fn an_old_record_in_the_place_of_the_new_one_is_refused_and_the_others_stay() {
    let chip = new_chip();
    let mut store = start(&chip);
    store.save(1, &[0x11; 32]).unwrap();
    store.save(3, b"beside").unwrap();
    let old = chip.borrow().bytes.clone();
    store.save(1, &[0x12; 32]).unwrap();
    store.save(3, b"besides").unwrap();
    let model = content(&mut store);
    let image = chip.borrow().bytes.clone();
    let old = newest(&old, 1).bytes(&old).to_vec();
    newest(&image, 1).replace(&mut chip.borrow_mut().bytes, &old);
    assert_eq!(refused(&chip, &model, "old record"), [1]);
}

#[test]
fn an_erased_key_does_not_come_back_when_what_erased_it_is_taken_away() {
    let chip = new_chip();
    let mut store = start(&chip);
    store.save(1, &[0x11; 32]).unwrap();
    let before = chip.borrow().bytes.clone();
    store.erase(1).unwrap();
    let model = content(&mut store);
    let image = chip.borrow().bytes.clone();
    let added: Vec<Place> = places(&image).into_iter().filter(|place| !places(&before).contains(place)).collect();
    assert_eq!(added.len(), 2, "the record of the erasure, and the manifest");
    for place in &added {
        let chip = share(chip.borrow().clone());
        chip.borrow_mut().bytes[place.at..place.at + 8 + place.length].fill(0);
        assert_eq!(refused(&chip, &model, "one of two"), [], "either tells that it is erased");
    }
    for place in &added {
        chip.borrow_mut().bytes[place.at..place.at + 8 + place.length].fill(0);
    }
    assert_eq!(start(&chip).mount(), Err(Error::RolledBack));
}

/// Two futures of one past: power is cut when a change was written but not counted, the flash is put back, and another change is
/// made. What was cut must not take the place of what was done.
#[test]
fn a_change_that_was_cut_never_takes_the_place_of_one_that_was_done() {
    // Power is cut when the record is whole, when its manifest is, and each time before the counter steps.
    let mut accepted = 0;
    for started in [false, true] {
        let chip = new_chip();
        let mut store = start(&chip);
        store.save(LIFECYCLE, &[1]).unwrap();
        store.save(1, &[0x11; 32]).unwrap();
        if started {
            store = start(&chip);
            store.save(2, b"a first change").unwrap();
        }
        let past = chip.borrow().clone();
        for step in 0..200 {
            chip.borrow_mut().put_back(&past);
            chip.borrow_mut().counter = past.counter;
            let mut other = start(&chip);
            if started {
                // The same store, so that its first change is behind it.
                other.save(2, b"a first change").unwrap();
            }
            let before = chip.borrow().clone();
            chip.borrow_mut().cut = Some((step, Cut::After));
            let result = other.save(1, &[0xBB; 32]);
            let counted = chip.borrow().counter > before.counter + 1;
            if result.is_ok() || counted {
                break;
            }
            chip.borrow_mut().on();
            let evil = chip.borrow().clone();

            // The flash is put back; the counter is where it is.
            chip.borrow_mut().put_back(&before);
            let mut honest = start(&chip);
            if honest.mount().is_err() {
                continue; // the start's own number was counted: too late to put anything back
            }
            honest.save(LIFECYCLE, &[2]).unwrap();
            let done = content(&mut honest);
            let honest_image = chip.borrow().bytes.clone();

            // All that was written in the other future, and all mixtures of one item with this one.
            chip.borrow_mut().put_back(&evil);
            let verdict = start(&chip).mount();
            assert_eq!(verdict, Err(Error::RolledBack), "step {step}, {started}");
            let foreign: Vec<Place> =
                places_of_torn(&evil.bytes).into_iter().filter(|place| !places(&before.bytes).contains(place)).collect();
            for place in foreign {
                for target in places(&honest_image).into_iter().filter(|target| target.length == place.length) {
                    let mixed = share(chip.borrow().clone());
                    mixed.borrow_mut().bytes.clone_from(&honest_image);
                    target.replace(&mut mixed.borrow_mut().bytes, place.bytes(&evil.bytes));
                    let mut store = start(&mixed);
                    match store.mount() {
                        Err(error) => assert_eq!(error, Error::RolledBack),
                        Ok(_) => {
                            accepted += 1;
                            for (id, value) in &done {
                                let found = load(&mut store, *id);
                                assert!(
                                    found == Ok(Some(value.clone())) || found == Err(Error::Tampered),
                                    "step {step}: {id}: {found:02x?}"
                                );
                            }
                        }
                    }
                }
            }
        }
    }
    println!("{accepted} mixtures were accepted, each with what was done or nothing");
    assert!(accepted > 20);
}

/// As above, but the change that was cut is not put in the place of one that was done: it is put under it.
#[test]
fn a_change_that_was_cut_never_gets_under_one_that_was_done() {
    let chip = new_chip();
    start(&chip).save(1, &[0x11; 32]).unwrap();
    let past = chip.borrow().clone();
    // The start's own number is counted, and then the change is written, all but the counter.
    let cuts: Vec<Chip> = (0..300)
        .map(|step| {
            let chip = share(past.clone());
            chip.borrow_mut().cut = Some((step, Cut::After));
            let _ = start(&chip).save(1, &[0xBB; 32]);
            chip.borrow_mut().on();
            let chip = chip.borrow().clone();
            chip
        })
        .filter(|chip| chip.counter == past.counter + 1)
        .collect();
    let (before, evil) = (cuts.first().unwrap(), cuts.last().unwrap());
    let chip = share(before.clone());
    let mut honest = start(&chip);
    honest.save(LIFECYCLE, &[2]).unwrap();
    let done = content(&mut honest);
    assert_eq!(done[&1], [0x11; 32]);

    let image = chip.borrow().bytes.clone();
    let manifests = |image: &[u8], sequence: u32| -> Vec<Place> {
        let all = places_of_torn(image).into_iter();
        all.filter(|place| place.kind(image) == MANIFEST && place.sequence(image) == sequence).collect()
    };
    let (own, last) = (past.counter + 2, past.counter + 3);
    let (copies, newest) = (manifests(&image, own), manifests(&image, last));
    assert_eq!((copies.len(), newest.len()), (2, 1));
    let wipe = |place: &Place| chip.borrow_mut().bytes[place.at..place.at + 8 + place.length].fill(0);
    newest.iter().for_each(wipe);
    assert_eq!(refused(&share(chip.borrow().clone()), &done, "without its manifest"), [], "the change alone is enough");
    // The manifest of the change that was cut has the number that the honest start took.
    let foreign = manifests(&evil.bytes, own)[0].bytes(&evil.bytes).to_vec();
    copies.iter().for_each(|place| place.replace(&mut chip.borrow_mut().bytes, &foreign));
    assert_eq!(start(&chip).mount(), Err(Error::RolledBack));
}

/// The whole items of an image that ends in one that is not.
fn places_of_torn(image: &[u8]) -> Vec<Place> {
    let mut found = Vec::new();
    for page in (0..image.len()).step_by(PAGE) {
        let mut at = page + WORD;
        while at + 8 < page + PAGE {
            let length = usize::from(u16::from_le_bytes([image[at + 4], image[at + 5]]));
            let Some(bytes) = image.get(at + 8..at + 8 + length) else { break };
            if u32::from_le_bytes(image[at..at + 4].try_into().unwrap()) != checksum(bytes) {
                break;
            }
            found.push(Place { at, length });
            at += 8 + length.next_multiple_of(WORD);
        }
    }
    found
}

#[test]
fn a_page_that_is_filled_with_anything_refuses_what_was_in_it_and_nothing_else() {
    let (chip, model) = used();
    let base = chip.borrow().clone();
    let mut random = Random(7);
    for page in 2..4 {
        for _ in 0..20 {
            let chip = share(base.clone());
            let rubbish = random.bytes(PAGE);
            chip.borrow_mut().bytes[page * PAGE..(page + 1) * PAGE].copy_from_slice(&rubbish);
            assert_eq!(refused(&chip, &model, "rubbish"), []);
        }
    }
    assert!(places(&base.bytes).iter().any(|place| place.at > PAGE), "a manifest is in the second page");
    chip.borrow_mut().bytes[..PAGE].fill(0);
    assert_eq!(refused(&chip, &model, "the first page is gone").len(), model.len());
}

#[test]
fn the_flash_shows_no_value_and_two_equal_values_do_not_look_alike() {
    let chip = new_chip();
    let mut store = start(&chip);
    let value: Vec<u8> = (0..64).map(|at| at * 3 + 1).collect();
    store.save(1, &value).unwrap();
    store.save(2, &value).unwrap();
    store.save(2, &value).unwrap();
    let image = chip.borrow().bytes.clone();
    assert!(!image.windows(8).any(|window| value.windows(8).any(|part| part == window)));
    let texts: Vec<&[u8]> =
        places(&image).iter().filter(|place| place.kind(&image) == VALUE).map(|place| &place.bytes(&image)[24..]).collect();
    assert_eq!(texts.len(), 3);
    assert!(texts[0] != texts[1] && texts[1] != texts[2] && texts[0] != texts[2]);
    assert!(places(&image).iter().any(|place| place.kind(&image) == MANIFEST));
}

#[test]
fn a_value_is_not_left_where_it_was_refused() {
    let (chip, _) = used();
    let image = chip.borrow().bytes.clone();
    let place = newest(&image, 1);
    let mut store = start(&chip);
    store.mount().unwrap();
    // Between the start and the load.
    chip.borrow_mut().bytes[place.at + 8 + place.length - 1] ^= 1;
    place.seal(&mut chip.borrow_mut().bytes);
    let mut into = [0x5A; 64];
    assert_eq!(store.load(1, &mut into), Err(Error::Tampered));
    assert!(into == [0x5A; 64] || into[..40] == [0; 40]);
}
