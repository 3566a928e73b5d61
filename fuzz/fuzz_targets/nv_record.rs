//! A record from NvM: random bytes, and records of this driver's own with bytes changed. What is not exactly what was written is
//! refused, whatever is restored fits the element.
#![no_main]

use libfuzzer_sys::fuzz_target;
use v2gcrypt_crypto_driver::soft::nv::record::*;
use v2gcrypt_fuzz::Bytes;

struct Key {
    layouts: Vec<ElementLayout>,
    values: Vec<(Vec<u8>, usize)>,
}

impl Elements for Key {
    fn layout(&self, index: usize) -> Option<ElementLayout> {
        self.layouts.get(index).copied()
    }

    fn value(&self, index: usize) -> &[u8] {
        let (bytes, length) = &self.values[index];
        &bytes[..*length]
    }
}

impl ElementsMut for Key {
    fn bytes_mut(&mut self, index: usize) -> &mut [u8] {
        &mut self.values[index].0
    }

    fn set_length(&mut self, index: usize, length: u32) {
        assert!(length as usize <= self.values[index].0.len());
        self.values[index].1 = length as usize;
    }
}

fuzz_target!(|data: &[u8]| {
    let mut data = Bytes(data);
    let count = usize::from(data.byte() % 4);
    let mut key = Key { layouts: vec![], values: vec![] };
    for id in 0..count {
        let size = u32::from(data.byte()).max(1);
        let length = usize::from(data.byte()).min(size as usize);
        let value = data.take(length).to_vec();
        key.layouts.push(ElementLayout::octets(id as u32 * 3 + 1, size));
        let length = value.len();
        key.values.push(([value, vec![0; size as usize - length]].concat(), length));
    }
    let keys = RecordKeys::derive(&[7; 32], 5).expect("the primitives are in this build");
    let bytes = key.layouts.iter().map(|layout| layout.size).sum();
    let size = record_size(count as u32, bytes).expect("small elements") as usize;
    let mut record = vec![0; size];
    seal(&keys, &key, data.word(), &mut record).expect("the record is as long as it must be");
    let written: Vec<Vec<u8>> = (0..count).map(|index| key.value(index).to_vec()).collect();

    let genuine = record.clone();
    while !data.is_empty() {
        let at = data.word() as usize % size;
        record[at] ^= data.byte();
    }
    let examined = examine(&keys, &key, &record).map(|authentic| authentic.sequence());
    assert_eq!(examined.is_ok(), record == genuine);
    if let Ok(authentic) = examine(&keys, &Key { layouts: key.layouts.clone(), values: key.values.clone() }, &record) {
        authentic.restore(&mut key).expect("an authentic record is well-formed");
        assert!((0..count).all(|index| key.value(index) == written[index]));
    }
});
