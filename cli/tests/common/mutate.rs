//! Chains with accidents, the same ones in each run.

use v2gcrypt_test_pki::asn1::{constructed, elements, oid, tlv, SEQUENCE};
use v2gcrypt_test_pki::template::{extension, Template};
use v2gcrypt_test_pki::{Algorithm, Attribute, Date, Entropy, Extension, Key, Name, DAY};

/// SplitMix64: reproducible accidents, no secrets.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub fn chance(&mut self) -> bool {
        self.next() & 1 == 1
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A certificate under construction.
#[derive(Clone)]
pub struct Draft {
    pub template: Template,
    pub key: Key,
    /// `None`: the next certificate's key.
    pub signer: Option<Key>,
    /// What happens to the finished certificate.
    pub spoil: Option<Spoil>,
}

/// What happens to a finished certificate.
#[derive(Clone, Copy)]
pub enum Spoil {
    /// This bit, modulo its length, is flipped.
    Bit(usize),
    /// It ends early by so many bytes.
    Truncated(usize),
    /// A byte follows.
    Trailing,
    /// The length of the outer SEQUENCE has a zero too many.
    LongLength,
    /// The signature is n − s: as good as s.
    OtherSign,
}

/// What is handed to the verifiers.
pub struct World {
    /// Leaf first, root last.
    pub chain: Vec<Draft>,
    /// Further certificates for the pool.
    pub surplus: Vec<Vec<u8>>,
    pub now: i64,
    pub order: Order,
    pub anchors: Anchors,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Straight,
    Reversed,
    Doubled,
    /// One intermediate is missing.
    Without(usize),
    /// The root is among the intermediates.
    WithRoot,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Anchors {
    Root,
    /// Another root alone.
    Stranger,
    /// Both.
    Both,
    /// The intermediate next to the root, which is not self-signed.
    Intermediate,
    /// The leaf itself.
    Leaf,
}

/// What the verifiers see.
pub struct Case {
    pub mutations: Vec<&'static str>,
    pub leaf: Vec<u8>,
    pub pool: Vec<Vec<u8>>,
    pub anchors: Vec<Vec<u8>>,
    pub now: i64,
}

/// Keys and names that all chains share.
pub struct Base {
    chain: Vec<Draft>,
    strangers: Vec<Key>,
    /// Another root of the same name.
    stranger: Vec<u8>,
    /// The chain without accidents.
    signed: Vec<Vec<u8>>,
    now: i64,
}

impl Base {
    /// Root, two Sub-CAs and a server's leaf on P-256.
    pub fn new(now: i64) -> Self {
        let entropy = Entropy::Seed(b"differential".to_vec());
        let names = ["leaf.example", "Sub-CA 2", "Sub-CA 1", "Root CA"];
        let keys = names.map(|name| entropy.key(Algorithm::P256, name));
        let name = |place: usize| Name::new(&[("C", "DE"), ("O", "Example Authority"), ("CN", names[place])]);
        let draft = |place: usize| {
            let issuer = (place + 1).min(names.len() - 1);
            let ca = place > 0;
            use x509::KeyUsages::*;
            let usage = if ca { Extension::key_usage(KeyCertSign | CRLSign) } else { Extension::key_usage(DigitalSignature) };
            let path_len = [None, Some(0), Some(1), None][place];
            let mut extensions =
                vec![Extension::basic_constraints(ca, path_len), usage, Extension::subject_key_id(false, &keys[place].id_20())];
            if issuer != place {
                extensions.push(Extension::authority_key_id(false, &keys[issuer].id_20()));
            }
            if !ca {
                extensions.push(Extension::extended_key_usage(false, &[EKU[0]]));
                extensions.push(Extension::dns_name(names[0]));
            }
            let template = Template {
                version: 3,
                serial: vec![1 + place as u8, 0x55, 0xaa],
                inner_algorithm: None,
                outer_algorithm: None,
                issuer: name(issuer),
                not_before: Date::new(now - 100 * DAY),
                not_after: Date::new(now + 100 * DAY),
                subject: name(place),
                spki: keys[place].spki(),
                extensions,
            };
            Draft { template, key: keys[place].clone(), signer: None, spoil: None }
        };
        let strangers =
            [Algorithm::P256, Algorithm::P384, Algorithm::Ed25519].map(|algorithm| entropy.key(algorithm, "stranger")).to_vec();
        let chain: Vec<Draft> = (0..names.len()).map(draft).collect();
        let signed =
            (0..names.len()).map(|place| chain[place].template.sign(&chain[(place + 1).min(names.len() - 1)].key)).collect();
        let mut stranger = chain[names.len() - 1].template.clone();
        stranger.spki = strangers[0].spki();
        stranger.put(Extension::subject_key_id(false, &strangers[0].id_20()));
        let stranger = stranger.sign(&strangers[0]);
        Self { chain, strangers, stranger, signed, now }
    }

    /// A chain with one to three accidents.
    pub fn case(&self, random: &mut Random) -> Case {
        let mut world = World {
            chain: self.chain.clone(),
            surplus: Vec::new(),
            now: self.now,
            order: Order::Straight,
            anchors: Anchors::Root,
        };
        let count = [1, 1, 1, 1, 2, 2, 3][random.below(7)];
        let mutations: Vec<&'static str> = (0..count)
            .map(|_| {
                let (name, mutate) = random.one(MUTATIONS);
                mutate(&mut world, self, random);
                *name
            })
            .collect();
        world.finish(self, mutations)
    }
}

impl World {
    fn finish(self, base: &Base, mutations: Vec<&'static str>) -> Case {
        let last = self.chain.len() - 1;
        let sign = |place: usize| {
            let draft = &self.chain[place];
            let signer = draft.signer.as_ref().unwrap_or(&self.chain[(place + 1).min(last)].key);
            let as_before = base.chain.iter().position(|old| {
                let issuer = base.chain.iter().find(|issuer| issuer.template.subject == old.template.issuer);
                old.template == draft.template && issuer.is_some_and(|issuer| issuer.key.secret == signer.secret)
            });
            let der = as_before.map_or_else(|| draft.template.sign(signer), |old| base.signed[old].clone());
            spoiled(der, draft.spoil)
        };
        let mut ders: Vec<Vec<u8>> = (0..=last).map(sign).collect();
        let root = ders.pop().expect("a root");
        let leaf = ders.remove(0);
        let mut pool = ders;
        let anchors = match self.anchors {
            Anchors::Root => vec![root.clone()],
            Anchors::Stranger => vec![base.stranger.clone()],
            Anchors::Both => vec![base.stranger.clone(), root.clone()],
            Anchors::Intermediate => pool.last().cloned().into_iter().collect(),
            Anchors::Leaf => vec![leaf.clone()],
        };
        match self.order {
            Order::Straight => {}
            Order::Reversed => pool.reverse(),
            Order::Doubled => pool.extend(pool.clone()),
            Order::Without(place) => drop(pool.remove(place % pool.len())),
            Order::WithRoot => pool.insert(0, root),
        }
        pool.splice(0..0, self.surplus);
        Case { mutations, leaf, pool, anchors, now: self.now }
    }

    fn any(&mut self, random: &mut Random) -> &mut Draft {
        let place = random.below(self.chain.len());
        &mut self.chain[place]
    }

    fn issued(&mut self, random: &mut Random) -> &mut Draft {
        let place = random.below(self.chain.len() - 1);
        &mut self.chain[place]
    }
}

fn spoiled(mut der: Vec<u8>, spoil: Option<Spoil>) -> Vec<u8> {
    match spoil {
        None => {}
        Some(Spoil::Bit(bit)) => {
            let place = bit / 8 % der.len();
            der[place] ^= 1 << (bit % 8);
        }
        Some(Spoil::Truncated(bytes)) => der.truncate(der.len().saturating_sub(bytes)),
        Some(Spoil::Trailing) => der.push(0),
        Some(Spoil::LongLength) => {
            if let [SEQUENCE, 0x82, ..] = der[..] {
                der.splice(1..2, [0x83, 0]);
            }
        }
        Some(Spoil::OtherSign) => return other_sign(&der).unwrap_or(der),
    }
    der
}

/// Order of P-256.
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e,
    0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

fn other_sign(der: &[u8]) -> Option<Vec<u8>> {
    let parts = elements(der)?;
    let signature = parts.get(2)?.get(3..)?;
    let numbers = elements(signature)?;
    let mut s = vec![0; 32];
    let digits = numbers.get(1)?.get(2..)?;
    for (to, from) in s.iter_mut().rev().zip(digits.iter().rev()) {
        *to = *from;
    }
    let mut borrow = 0i16;
    for (digit, order) in s.iter_mut().rev().zip(ORDER.iter().rev()) {
        let difference = i16::from(*order) - i16::from(*digit) - borrow;
        borrow = i16::from(difference < 0);
        *digit = difference.rem_euclid(256) as u8;
    }
    let s = tlv(0x02, &v2gcrypt_test_pki::asn1::positive(&s));
    let signature = constructed(SEQUENCE, &[numbers[0], &s]);
    Some(constructed(SEQUENCE, &[parts[0], parts[1], &v2gcrypt_test_pki::asn1::bit_string(&signature)]))
}

mod x509 {
    pub use x509_cert::ext::pkix::KeyUsages;
}

const EKU: [&str; 5] = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.9", "2.5.29.37.0", "1.3.6.1.4.1.99999.7"];

type Mutation = (&'static str, fn(&mut World, &Base, &mut Random));

/// All accidents, by the names that `differences.txt` uses.
pub const MUTATIONS: &[Mutation] = &[
    ("none", |_, _, _| {}),
    ("expired", |world, _, random| {
        let now = world.now;
        world.any(random).template.not_after = Date::new(now - 1);
    }),
    ("not-yet-valid", |world, _, random| {
        let now = world.now;
        world.any(random).template.not_before = Date::new(now + 1);
    }),
    ("last-second", |world, _, random| {
        let now = world.now;
        world.any(random).template.not_after = Date::new(now);
    }),
    ("first-second", |world, _, random| {
        let now = world.now;
        world.any(random).template.not_before = Date::new(now);
    }),
    ("outlives-issuer", |world, _, random| {
        let now = world.now;
        world.issued(random).template.not_after = Date::new(now + 40_000 * DAY);
    }),
    ("generalized-time", |world, _, random| {
        let template = &mut world.any(random).template;
        template.not_before.generalized = true;
        template.not_after.generalized = true;
    }),
    ("key-usage", |world, _, random| {
        let bits = random.below(511) + 1;
        let mut bytes = [0u8; 2];
        (0..9).filter(|bit| bits >> bit & 1 == 1).for_each(|bit| bytes[bit / 8] |= 0x80 >> (bit % 8));
        let used: &[u8] = if bytes[1] == 0 { &bytes[..1] } else { &bytes };
        let unused = used[used.len() - 1].trailing_zeros() as u8;
        let value = constructed(0x03, &[&[unused], used]);
        world.any(random).template.put(Extension::new(extension::KU, random.chance(), value));
    }),
    ("no-key-usage", |world, _, random| world.any(random).template.remove(extension::KU)),
    ("basic-constraints", |world, _, random| {
        let mut constraints = Extension::basic_constraints(random.chance(), *random.one(&[None, Some(0), Some(1), Some(2)]));
        constraints.critical = random.chance();
        world.any(random).template.put(constraints);
    }),
    ("no-basic-constraints", |world, _, random| world.any(random).template.remove(extension::BC)),
    ("explicit-false", |world, _, random| {
        world.any(random).template.put(Extension::new(extension::BC, true, vec![0x30, 3, 1, 1, 0]));
    }),
    ("extended-key-usage", |world, _, random| {
        let mut purposes = vec![*random.one(&EKU)];
        if random.chance() {
            purposes.push(*random.one(&EKU));
        }
        let critical = random.chance();
        world.any(random).template.put(Extension::extended_key_usage(critical, &purposes));
    }),
    ("no-extended-key-usage", |world, _, random| world.any(random).template.remove(extension::EKU)),
    ("subject-key-id", |world, _, random| {
        let length = *random.one(&[1, 8, 20, 32]);
        world.any(random).template.put(Extension::subject_key_id(false, &vec![7; length]));
    }),
    ("no-subject-key-id", |world, _, random| world.any(random).template.remove(extension::SKI)),
    ("authority-key-id", |world, _, random| {
        world.any(random).template.put(Extension::authority_key_id(false, &[9; 20]));
    }),
    ("no-authority-key-id", |world, _, random| world.any(random).template.remove(extension::AKI)),
    ("authority-issuer-serial", |world, _, random| {
        let template = &mut world.issued(random).template;
        let right = random.chance();
        let issuer = tlv(0xa1, &tlv(0xa4, &template.issuer.der()));
        let serial = tlv(0x82, if right { &[3, 0x55, 0xaa] } else { &[9] });
        template.put(Extension::new(extension::AKI, false, constructed(SEQUENCE, &[&issuer, &serial])));
    }),
    ("critical-key-id", |world, _, random| {
        let template = &mut world.any(random).template;
        let which = *random.one(&[extension::SKI, extension::AKI]);
        if let Some(extension) = template.extension(which) {
            extension.critical = true;
        }
    }),
    ("critical-access", |world, _, random| {
        world.any(random).template.put(Extension::ocsp_access(true, "http://ocsp.example/"));
    }),
    ("crl-distribution-point", |world, _, random| {
        let critical = random.chance();
        world.any(random).template.put(Extension::crl_distribution_point(critical, "http://crl.example/"));
    }),
    ("unknown-extension", |world, _, random| {
        world.any(random).template.put(Extension::new("1.3.6.1.4.1.99999.1", false, vec![5, 0]));
    }),
    ("unknown-critical-extension", |world, _, random| {
        world.any(random).template.put(Extension::new("1.3.6.1.4.1.99999.1", true, vec![5, 0]));
    }),
    ("double-extension", |world, _, random| {
        let template = &mut world.any(random).template;
        if let Some(first) = template.extensions.first().cloned() {
            template.extensions.push(first);
        }
    }),
    ("garbage-extension", |world, _, random| {
        let which = *random.one(&[extension::BC, extension::KU, extension::EKU, extension::SKI, extension::AKI]);
        let critical = random.chance();
        world.any(random).template.put(Extension::new(which, critical, vec![0x04, 1, 0xff]));
    }),
    ("no-extensions", |world, _, random| world.any(random).template.extensions.clear()),
    ("name-constraints", |world, _, random| {
        let subtree = |name: &[u8]| tlv(SEQUENCE, name);
        let permitted = tlv(0xa0, &subtree(&tlv(0x82, random.one::<&[u8]>(&[b"example", b"elsewhere"]))));
        let critical = random.chance();
        world.any(random).template.put(Extension::new("2.5.29.30", critical, tlv(SEQUENCE, &permitted)));
    }),
    ("policies", |world, _, random| {
        let critical = random.chance();
        world.any(random).template.put(Extension::certificate_policy(critical, "1.3.6.1.4.1.99999.2"));
    }),
    ("policy-constraints", |world, _, random| {
        let (which, value) = *random.one(&[("2.5.29.36", &[0x30u8, 3, 0x80, 1, 0][..]), ("2.5.29.54", &[2, 1, 0])]);
        world.any(random).template.put(Extension::new(which, true, value.to_vec()));
    }),
    ("alternative-name", |world, _, random| {
        let mut name = Extension::dns_name("other.example");
        name.critical = random.chance();
        world.any(random).template.put(name);
    }),
    ("issuer-name", |world, _, random| world.any(random).template.issuer.set("CN", Some("Nobody"))),
    ("subject-name", |world, _, random| world.any(random).template.subject.set("CN", Some("Nobody"))),
    ("name-case", |world, _, random| {
        let name = &mut world.issued(random).template.issuer;
        name.0.iter_mut().for_each(|attribute| attribute.value = attribute.value.to_uppercase());
    }),
    ("name-space", |world, _, random| {
        let name = &mut world.issued(random).template.issuer;
        name.0.iter_mut().for_each(|attribute| attribute.value = format!(" {} ", attribute.value.replace(' ', "   ")));
    }),
    ("name-string-type", |world, _, random| {
        let tag = *random.one(&[0x13, 0x16, 0x14]);
        let name = &mut world.issued(random).template.issuer;
        name.0.iter_mut().for_each(|attribute| attribute.tag = tag);
    }),
    ("name-order", |world, _, random| world.issued(random).template.issuer.0.reverse()),
    ("empty-name", |world, _, random| world.any(random).template.subject = Name::default()),
    ("empty-issuer", |world, _, random| world.any(random).template.issuer = Name::default()),
    ("more-names", |world, _, random| {
        let place = random.below(world.chain.len() - 1);
        let more = Attribute::new("OU", "Department");
        world.chain[place + 1].template.subject.0.push(more.clone());
        world.chain[place].template.issuer.0.push(more);
    }),
    ("version", |world, _, random| {
        let version = *random.one(&[1, 2, 4]);
        let template = &mut world.any(random).template;
        template.version = version;
        if random.chance() {
            template.extensions.clear();
        }
    }),
    ("serial", |world, _, random| {
        let serials: [&[u8]; 6] = [&[0], &[0xff], &[0x80, 1], &[0x11; 20], &[0x11; 21], &[0x11; 40]];
        world.any(random).template.serial = random.one(&serials).to_vec();
    }),
    ("serial-not-minimal", |world, _, random| world.any(random).template.serial = vec![0, 1]),
    ("algorithm-differs", |world, base, random| {
        world.any(random).template.outer_algorithm = Some(base.strangers[1].algorithm.signature_identifier());
    }),
    ("algorithm-parameters", |world, _, random| {
        let identifier = constructed(SEQUENCE, &[&oid("1.2.840.10045.4.3.2"), &[5, 0]]);
        let template = &mut world.any(random).template;
        template.inner_algorithm = Some(identifier.clone());
        template.outer_algorithm = Some(identifier);
    }),
    ("key-swapped", |world, base, random| {
        let key = random.one(&base.strangers).spki();
        world.any(random).template.spki = key;
    }),
    ("other-curve", |world, base, random| {
        let key = random.one(&base.strangers).clone();
        let place = random.below(world.chain.len());
        let id = key.id_20();
        let draft = &mut world.chain[place];
        draft.template.spki = key.spki();
        draft.template.put(Extension::subject_key_id(false, &id));
        draft.key = key;
        if let Some(below) = place.checked_sub(1) {
            world.chain[below].template.put(Extension::authority_key_id(false, &id));
        }
    }),
    ("wrong-signer", |world, base, random| world.any(random).signer = Some(base.strangers[0].clone())),
    ("point-off-curve", |world, _, random| {
        if let Some(last) = world.any(random).template.spki.last_mut() {
            *last ^= 1;
        }
    }),
    ("bit", |world, _, random| {
        let bit = random.below(1 << 20);
        world.any(random).spoil = Some(Spoil::Bit(bit));
    }),
    ("bit-of-leaf", |world, _, random| {
        let bit = random.below(1 << 20);
        world.chain[0].spoil = Some(Spoil::Bit(bit));
    }),
    ("truncated", |world, _, random| {
        let bytes = 1 + random.below(40);
        world.any(random).spoil = Some(Spoil::Truncated(bytes));
    }),
    ("trailing", |world, _, random| world.any(random).spoil = Some(Spoil::Trailing)),
    ("long-length", |world, _, random| world.any(random).spoil = Some(Spoil::LongLength)),
    ("other-sign", |world, _, random| world.any(random).spoil = Some(Spoil::OtherSign)),
    ("reversed", |world, _, _| world.order = Order::Reversed),
    ("doubled", |world, _, _| world.order = Order::Doubled),
    ("missing", |world, _, random| world.order = Order::Without(random.below(2))),
    ("root-in-pool", |world, _, _| world.order = Order::WithRoot),
    ("other-anchor", |world, _, _| world.anchors = Anchors::Stranger),
    ("more-anchors", |world, _, _| world.anchors = Anchors::Both),
    ("intermediate-anchor", |world, _, _| world.anchors = Anchors::Intermediate),
    ("leaf-anchor", |world, _, _| world.anchors = Anchors::Leaf),
    ("self-signed-leaf", |world, _, _| {
        let leaf = &mut world.chain[0];
        leaf.template.issuer = leaf.template.subject.clone();
        leaf.signer = Some(leaf.key.clone());
        if random_anchor(world) {
            world.anchors = Anchors::Leaf;
        }
    }),
    ("same-name-sub-ca", |world, base, _| {
        let mut other = world.chain[1].clone();
        other.template.spki = base.strangers[0].spki();
        other.template.remove(extension::SKI);
        let issuer = world.chain[2].key.clone();
        world.surplus.push(other.template.sign(&issuer));
    }),
    ("cross-certificate", |world, base, _| {
        let mut cross = world.chain[world.chain.len() - 1].clone();
        cross.template.issuer = Name::new(&[("CN", "Elsewhere")]);
        world.surplus.push(cross.template.sign(&base.strangers[0]));
    }),
    ("deeper", |world, base, _| {
        // A further CA between leaf and Sub-CA 2.
        let mut further = world.chain[1].clone();
        further.template.subject.set("CN", Some("Sub-CA 3"));
        further.template.issuer = world.chain[1].template.subject.clone();
        further.key = base.strangers[0].clone();
        further.template.spki = further.key.spki();
        further.template.put(Extension::subject_key_id(false, &further.key.id_20()));
        further.template.put(Extension::authority_key_id(false, &world.chain[1].key.id_20()));
        world.chain[0].template.issuer = further.template.subject.clone();
        world.chain[0].template.put(Extension::authority_key_id(false, &further.key.id_20()));
        world.chain.insert(1, further);
    }),
    ("self-issued-ca", |world, base, _| {
        // A CA's new key, certified under its own name: it does not count for the path length.
        let mut renewed = world.chain[1].clone();
        renewed.template.issuer = renewed.template.subject.clone();
        renewed.key = base.strangers[0].clone();
        renewed.template.spki = renewed.key.spki();
        renewed.template.put(Extension::subject_key_id(false, &renewed.key.id_20()));
        renewed.template.put(Extension::authority_key_id(false, &world.chain[1].key.id_20()));
        world.chain[0].template.put(Extension::authority_key_id(false, &renewed.key.id_20()));
        world.chain.insert(1, renewed);
    }),
    ("leaf-is-ca", |world, _, _| world.chain[0].template.put(Extension::basic_constraints(true, None))),
];

/// Half of the self-signed leafs are their own anchor.
fn random_anchor(world: &World) -> bool {
    world.chain[0].template.serial.len() == 3
}
