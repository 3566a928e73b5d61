//! What the key store does while power stays on.

mod common;
use common::*;
use v2gcrypt_hsm_firmware::store::{Error, Report, Store, TestKey, IDS, LIFECYCLE, LOG, MAX_VALUE};

fn chip(pages: usize) -> Shared {
    share(Chip::new(8, 4096, pages, Torn::Bits, 1))
}

#[test]
fn a_new_chip_has_an_empty_store() {
    let chip = chip(4);
    let mut store = store::<8, 4096>(&chip);
    assert_eq!(store.mount(), Ok(Report { new: true, ..Report::default() }));
    assert_eq!(store.mount(), Ok(Report::default()));
    assert_eq!(content(&mut store), Model::new());
    assert_eq!(store.ids().count(), 0);
}

#[test]
fn what_is_saved_is_loaded_also_after_the_next_start() {
    let chip = chip(4);
    let mut first = store::<8, 4096>(&chip);
    let lengths = [(0, 0), (1, 1), (31, 133), (LIFECYCLE, 4), (LOG, MAX_VALUE), (IDS - 1, 7)];
    let model: Model = lengths.map(|(id, length)| (id, vec![id as u8; length])).into();
    for (id, value) in &model {
        first.save(*id, value).unwrap();
    }
    assert_eq!(content(&mut first), model);
    let mut second = store::<8, 4096>(&chip);
    assert_eq!(content(&mut second), model);
    assert_eq!(second.ids().collect::<Vec<_>>(), model.keys().copied().collect::<Vec<_>>());
    assert_eq!(second.tampered().count(), 0);
}

#[test]
fn a_value_is_replaced_and_erased() {
    let chip = chip(4);
    let mut store = store::<8, 4096>(&chip);
    store.save(3, b"old").unwrap();
    store.save(3, b"newer").unwrap();
    assert_eq!(load(&mut store, 3), Ok(Some(b"newer".to_vec())));
    store.erase(3).unwrap();
    assert_eq!(load(&mut store, 3), Ok(None));
    let before = chip.borrow().steps;
    store.erase(3).unwrap();
    assert_eq!(chip.borrow().steps, before, "nothing to erase, nothing to write");
}

#[test]
fn bad_arguments_are_refused_and_change_nothing() {
    let chip = chip(4);
    let mut store = store::<8, 4096>(&chip);
    store.save(1, b"value").unwrap();
    let before = chip.borrow().steps;
    assert_eq!(store.save(IDS, b""), Err(Error::Id));
    assert_eq!(store.erase(IDS), Err(Error::Id));
    assert_eq!(store.load(IDS, &mut [0; 8]), Err(Error::Id));
    assert_eq!(store.load(u16::MAX, &mut [0; 8]), Err(Error::Id));
    assert_eq!(store.save(1, &[0; MAX_VALUE + 1]), Err(Error::Length));
    let mut short = [7; 4];
    assert_eq!(store.load(1, &mut short), Err(Error::Length));
    assert_eq!(short, [7; 4]);
    assert_eq!(chip.borrow().steps, before);
    assert_eq!(load(&mut store, 1), Ok(Some(b"value".to_vec())));
}

#[test]
fn a_region_that_is_not_two_banks_of_whole_pages_is_refused() {
    let chip = chip(5);
    let new = |region| Store::new(Flash::<8, 4096>(chip.clone()), region, Steps(chip.clone()), TestKey).err();
    assert_eq!(new(0..0x4000), None);
    assert_eq!(new(0x1000..0x5000), None);
    let backwards = std::ops::Range { start: 0x4000, end: 0 };
    for region in [0..0, 0..0x1000, 0..0x3000, 0..0x6000, 0x10..0x4010, backwards, u32::MAX - 1..u32::MAX] {
        assert_eq!(new(region.clone()), Some(Error::Geometry), "{region:x?}");
    }
    let small = share(Chip::new(8, 512, 8, Torn::Bits, 1));
    assert_eq!(Store::new(Flash::<8, 512>(small.clone()), 0..4096, Steps(small), TestKey).err(), Some(Error::Geometry));
}

#[test]
fn what_lies_beside_the_region_is_never_touched() {
    let chip = chip(8);
    chip.borrow_mut().bytes[..0x2000].fill(0xA5);
    chip.borrow_mut().bytes[0x6000..].fill(0x5A);
    let mut store = Store::new(Flash::<8, 4096>(chip.clone()), 0x2000..0x6000, Steps(chip.clone()), TestKey).unwrap();
    for round in 0..200u32 {
        store.save((round % 5) as u16, &round.to_le_bytes()).unwrap();
    }
    let chip = chip.borrow();
    assert!(chip.erases > 8);
    assert!(chip.bytes[..0x2000].iter().all(|byte| *byte == 0xA5));
    assert!(chip.bytes[0x6000..].iter().all(|byte| *byte == 0x5A));
}

#[test]
fn banks_take_turns_and_no_word_is_written_twice() {
    let chip = chip(4);
    let mut store = store::<8, 4096>(&chip);
    let mut model = Model::new();
    for round in 0..2000u32 {
        let (id, value) = ((round % 34) as u16, vec![round as u8; (round % 60) as usize]);
        store.save(id, &value).unwrap();
        model.insert(id, value);
    }
    assert_eq!(content(&mut store), model);
    let chip = chip.borrow();
    assert_eq!(chip.overwritten, 0);
    let (least, most) = (chip.erases_of_page.iter().min().unwrap(), chip.erases_of_page.iter().max().unwrap());
    assert!(most - least <= 1 && *least > 20, "{:?}", chip.erases_of_page);
}

/// `docs/hsm/store.md` tells these numbers.
#[test]
fn a_store_of_128_kib_takes_as_many_changes_as_the_paper_says() {
    let chip = chip(32);
    let mut store = store::<8, 4096>(&chip);
    for id in 0..32 {
        store.save(id, &[id as u8; 133 + 12]).unwrap();
    }
    store.save(LIFECYCLE, &[2]).unwrap();
    store.save(LOG, &[0; MAX_VALUE]).unwrap();
    let changes = |store: &mut SimStore<8, 4096>, starts: bool| -> u64 {
        let erases = chip.borrow().erases;
        (0..)
            .find(|round| {
                if starts {
                    *store = common::store(&chip);
                }
                store.save((round % 32) as u16, &[*round as u8; 32 + 12]).unwrap();
                chip.borrow().erases > erases
            })
            .unwrap()
    };
    changes(&mut store, false);
    let (within, each) = (changes(&mut store, false), changes(&mut store, true));
    println!("a bank of 64 KiB takes {within} changes of keys of 32 bytes, or {each} starts with one change");
    println!("a store has {} bytes of RAM here", std::mem::size_of_val(&store));
    assert!(within >= 160 && each >= 65, "{within}, {each}");
}

#[test]
fn a_store_that_is_full_says_so_and_still_erases() {
    let chip = share(Chip::new(8, 1024, 8, Torn::Bits, 1));
    let mut store = store::<8, 1024>(&chip);
    let mut model = Model::new();
    for id in 0..IDS {
        match store.save(id, &[id as u8; 300]) {
            Ok(()) => drop(model.insert(id, vec![id as u8; 300])),
            Err(error) => assert_eq!(error, Error::Full),
        }
    }
    assert!((4..IDS as usize).contains(&model.len()), "{}", model.len());
    assert_eq!(content(&mut store), model);
    // Whatever is in the bank, what is there can be erased.
    for id in model.keys() {
        let mut other = common::store::<8, 1024>(&share(chip.borrow().clone()));
        other.erase(*id).unwrap();
        assert_eq!(load(&mut other, *id), Ok(None));
    }
    let ids: Vec<u16> = model.keys().copied().collect();
    for id in ids {
        store.erase(id).unwrap();
        model.remove(&id);
        assert_eq!(content(&mut store), model);
    }
    store.save(0, &[1; 300]).unwrap();
}

/// However exactly values of one length fill a bank.
#[test]
fn a_store_that_is_full_of_any_length_still_erases() {
    for pages in [4, 6] {
        for length in (4..=512).step_by(12) {
            let mut store = store::<8, 1024>(&share(Chip::new(8, 1024, pages, Torn::Bits, 1)));
            let saved = (0..IDS).take_while(|id| store.save(*id, &vec![*id as u8; length]).is_ok()).count() as u16;
            let before = content(&mut store);
            assert_eq!(before.len(), usize::from(saved));
            for id in 0..saved {
                store.erase(id).unwrap_or_else(|error| panic!("{error:?}: {id} of {saved}, {length} bytes, {pages} pages"));
            }
            assert!(content(&mut store).is_empty());
        }
    }
}

#[test]
fn purge_leaves_nothing_of_the_past_in_the_flash() {
    let chip = chip(4);
    let mut store = store::<8, 4096>(&chip);
    store.save(1, &[0x11; 100]).unwrap();
    let old: Vec<u8> = chip.borrow().bytes.clone();
    store.save(1, &[0x22; 100]).unwrap();
    store.save(2, &[0x33; 100]).unwrap();
    store.erase(2).unwrap();
    store.purge().unwrap();
    let now = chip.borrow().bytes.clone();
    // The sealed bytes of the old record.
    let header = old.windows(8).position(|window| window == [1, 1, 1, 0, 2, 0, 0, 0]).unwrap();
    let sealed = &old[header + 24..header + 52 + 100];
    assert!(!now.windows(sealed.len()).any(|window| window == sealed));
    assert_eq!(content(&mut store), Model::from([(1, vec![0x22; 100])]));
}

#[test]
fn format_leaves_an_empty_store_and_nothing_in_the_flash() {
    let chip = chip(4);
    let mut store = store::<8, 4096>(&chip);
    for round in 0..30 {
        store.save(round, b"value").unwrap();
    }
    store.format().unwrap();
    assert_eq!(content(&mut store), Model::new());
    let programmed = chip.borrow().bytes.iter().filter(|byte| **byte != 0xFF).count();
    assert!(programmed < 600, "two manifests and nothing else: {programmed}");
    assert_eq!(content(&mut common::store::<8, 4096>(&chip)), Model::new());
    store.save(5, b"again").unwrap();
    assert_eq!(load(&mut store, 5), Ok(Some(b"again".to_vec())));
}
