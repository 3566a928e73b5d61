//! The HSM driver: what of a key is in the HSM, in which slot, and what that slot permits. docs/arxml.md

use v2gcrypt_hsm_protocol::policy::{Group, Kind, Policy, SymmetricKind, Usage as Permission};
use v2gcrypt_types as types;

use super::{Access, CryptoKey, Curve, Driver, KeyElement, Model, Origin, PreparedForm, Primitive, NIST};

/// Key slots of the HSM.
pub const HSM_SLOTS: u16 = 32;
/// Channels of the mailbox.
pub const HSM_CHANNELS: u32 = 4;

/// What `CryptoGeneral` says of an instance of the HSM driver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HsmGeneral {
    /// `V2gcryptHsmTransport`: C name of the transport; [`Driver::hsm_transport`] has it in any case.
    pub transport: Option<String>,
    /// `V2gcryptHsmServiceChannel`: channel of the services of keys.
    pub service_channel: u8,
    /// `V2gcryptHsmBounceSize` in bytes.
    pub bounce_size: u32,
    /// `V2gcryptHsmConnectTimeout`, `…FastTimeout`, `…SlowTimeout`, `…SynchronousTimeout` in ticks of the transport's clock.
    pub timeouts: [u32; 4],
}

/// What a `CryptoDriverObject` of the HSM driver says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HsmObject {
    /// `V2gcryptHsmChannel`
    pub channel: u8,
    /// `V2gcryptHsmJobsInFlight`
    pub jobs_in_flight: u32,
}

/// What a `CryptoKey` of the HSM driver says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HsmKey {
    /// `V2gcryptHsmSlot`: `CryptoKeyElementId` and number of the slot.
    pub slots: Vec<(u32, u32)>,
    /// `V2gcryptHsmWriteAfterFactory`: a private key may be written in plain when the part has left the factory.
    pub write_after_factory: bool,
}

/// Where the value of a key element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// In the host's RAM.
    Host,
    /// In the HSM: index in [`HsmSlots::slots`].
    Slot(u32),
    /// Nowhere: the public half of the private key in that slot.
    PublicKey(u32),
}

/// A slot of the HSM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Number in the HSM.
    pub number: u16,
    /// `CryptoKeyId`
    pub key: u32,
    /// `CryptoKeyElementId`
    pub element: u32,
    /// What it holds and permits.
    pub policy: Policy,
}

/// All slots of an instance.
#[derive(Debug, Clone, Default)]
pub struct HsmSlots {
    /// By key and element.
    pub slots: Vec<Slot>,
    /// Per key: where its elements are, in the order of [`Driver::elements_of`].
    pub storages: Vec<Vec<Storage>>,
}

/// Why a key cannot be in the HSM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HsmFault {
    pub origin: Origin,
    pub fault: Fault,
    pub problem: String,
    pub remedy: String,
}

/// What kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    Readable,
    Element,
    Kind,
    Slots,
}

/// What somebody takes the bytes of an element for; the length follows from the element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Symmetric(SymmetricKind),
    Private(Curve),
    Public(Curve),
}

impl Driver {
    /// C name of the transport: `CryptoHsm_Transport_<ai>`, unless the configuration gives another one.
    pub fn hsm_transport(&self) -> String {
        let given = self.hsm.as_ref().and_then(|hsm| hsm.transport.clone());
        given.unwrap_or_else(|| match &self.infix {
            Some(infix) => format!("CryptoHsm_Transport_{}", infix.api_infix),
            None => "CryptoHsm_Transport".into(),
        })
    }
}

impl Model {
    /// Where each element of an instance of the HSM driver is. A model that was loaded has no faults; see also
    /// [`crate::load`].
    pub fn hsm_slots(&self, driver: usize) -> HsmSlots {
        self.allocate(driver, &mut Vec::new())
    }

    /// Every reason why a key cannot be in its HSM.
    pub(crate) fn hsm_faults(&self) -> Vec<HsmFault> {
        let mut faults = Vec::new();
        for (index, driver) in self.drivers.iter().enumerate() {
            if driver.hsm.is_some() {
                self.allocate(index, &mut faults);
            }
        }
        faults
    }

    fn allocate(&self, index: usize, faults: &mut Vec<HsmFault>) -> HsmSlots {
        let driver = &self.drivers[index];
        let scope = Scope::of(self, index);
        let mut found = HsmSlots::default();
        let mut numbers = Numbers::of(driver, faults);
        for key in &driver.keys {
            let elements: Vec<_> = driver.elements_of(key).collect();
            let view = View { model: self, index, key, elements: &elements, scope: &scope };
            let places: Vec<_> = elements.iter().map(|element| view.place(element, faults)).collect();
            let mut slots: Vec<Option<u32>> = Vec::new();
            for (element, place) in elements.iter().zip(&places) {
                slots.push(match place {
                    Place::Slot(policy) => {
                        let slot = found.slots.len() as u32;
                        let number = numbers.take(key, element.id, faults);
                        found.slots.push(Slot { number, key: key.id, element: element.id, policy: *policy });
                        Some(slot)
                    }
                    _ => None,
                });
            }
            numbers.check_unused(key, &elements, &slots, faults);
            let slot_of = |id: u32| elements.iter().zip(&slots).find(|(element, _)| element.id == id).and_then(|(_, slot)| *slot);
            let storages = places.iter().zip(&slots).map(|(place, slot)| match (place, slot) {
                (_, Some(slot)) => Storage::Slot(*slot),
                (Place::PublicOf(id), None) => slot_of(*id).map_or(Storage::Host, Storage::PublicKey),
                _ => Storage::Host,
            });
            found.storages.push(storages.collect());
        }
        found
    }
}

/// What becomes of an element.
enum Place {
    Host,
    Slot(Policy),
    /// The public half of another element.
    PublicOf(u32),
    /// It has been reported.
    Faulty,
}

/// What is done in an instance at all: a slot permits nothing that nobody does.
struct Scope {
    derives: bool,
    imports: Vec<Curve>,
    /// Sorts and sizes of elements that may be copied.
    copied: Vec<(Sort, u32)>,
}

impl Scope {
    fn of(model: &Model, index: usize) -> Self {
        let driver = &model.drivers[index];
        let mut scope = Self { derives: false, imports: Vec::new(), copied: Vec::new() };
        for key in &driver.keys {
            for usage in model.usages(index, key.id) {
                scope.derives |= usage.service.value == u32::from(types::CRYPTO_KEYDERIVE);
            }
            scope.imports.extend(model.primitives_with(index, key.id).filter_map(contract_owner));
        }
        for key in &driver.keys {
            let elements: Vec<_> = driver.elements_of(key).collect();
            let view = View { model, index, key, elements: &elements, scope: &scope };
            let copied: Vec<_> = elements
                .iter()
                .filter(|element| matches!(element.read_access, Access::Allowed | Access::InternalCopy))
                .filter_map(|element| Some((*view.sorts(element).first()?, element.size)))
                .collect();
            scope.copied.extend(copied);
        }
        scope
    }
}

/// The edition's curve, if the primitive imports contract keys.
fn contract_owner(primitive: &Primitive) -> Option<Curve> {
    if primitive.service.value != u32::from(types::CRYPTO_CUSTOM_SERVICE) {
        return None;
    }
    match primitive.algorithm.family.value as types::Crypto_AlgorithmFamilyType {
        types::CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2 => Some(Curve::P256),
        types::CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20 => Some(Curve::P521),
        _ => None,
    }
}

/// One key.
struct View<'a> {
    model: &'a Model,
    index: usize,
    key: &'a CryptoKey,
    elements: &'a [&'a KeyElement],
    scope: &'a Scope,
}

/// Elements with secrets that the HSM has no slot for.
const NOT_KEPT: [u32; 3] =
    [types::CRYPTO_KE_RANDOM_SEED_STATE, types::CRYPTO_KE_KEYGENERATE_SEED, types::CRYPTO_KE_CIPHER_2NDKEY];

impl View<'_> {
    fn element(&self, id: u32) -> Option<&KeyElement> {
        self.elements.iter().copied().find(|element| element.id == id)
    }

    fn services(&self) -> impl Iterator<Item = u32> {
        self.model.usages(self.index, self.key.id).into_iter().map(|usage| usage.service.value)
    }

    fn is_used_for(&self, service: types::Crypto_ServiceInfoType) -> bool {
        self.services().any(|used| used == u32::from(service))
    }

    fn exchanges(&self) -> bool {
        self.is_used_for(types::CRYPTO_KEYEXCHANGECALCPUBVAL) || self.is_used_for(types::CRYPTO_KEYEXCHANGECALCSECRET)
    }

    /// Families that jobs name for a service, or that an element of the key holds from the beginning.
    fn families(&self, service: types::Crypto_ServiceInfoType, element: u32) -> Vec<types::Crypto_AlgorithmFamilyType> {
        let jobs = self.model.primitives_with(self.index, self.key.id);
        let named = jobs.filter(|primitive| primitive.service.value == u32::from(service));
        let mut families: Vec<_> =
            named.map(|primitive| primitive.algorithm.family.value as types::Crypto_AlgorithmFamilyType).collect();
        if let Some([family]) = self.element(element).map(|element| &element.init_value[..]) {
            families.push(*family as types::Crypto_AlgorithmFamilyType);
        }
        families.retain(|family| *family != types::CRYPTO_ALGOFAM_NOT_SET);
        families
    }

    /// What the bytes of an element are, by everybody who uses them.
    fn sorts(&self, element: &KeyElement) -> Vec<Sort> {
        let by_size = || NIST.iter().copied().find(|curve| curve.private_length() == element.size);
        let pair = |family| match family {
            types::CRYPTO_ALGOFAM_ED25519 => Some(Curve::Ed25519),
            types::CRYPTO_ALGOFAM_X25519 => Some(Curve::X25519),
            _ => by_size(),
        };
        let mut sorts: Vec<Sort> = Vec::new();
        if element.id == types::CRYPTO_KE_KEYEXCHANGE_PRIVKEY && self.exchanges() {
            let services = [types::CRYPTO_KEYEXCHANGECALCPUBVAL, types::CRYPTO_KEYEXCHANGECALCSECRET];
            let families = services.iter().flat_map(|service| self.families(*service, types::CRYPTO_KE_KEYEXCHANGE_ALGORITHM));
            sorts.extend(families.filter_map(pair).map(Sort::Private));
        }
        if element.id == types::CRYPTO_KE_CIPHER_KEY {
            for primitive in self.model.primitives_with(self.index, self.key.id) {
                sorts.extend(of_primitive(primitive).or_else(|| contract_owner(primitive).map(Sort::Private)));
            }
            for family in self.families(types::CRYPTO_KEYGENERATE, types::CRYPTO_KE_KEYGENERATE_ALGORITHM) {
                sorts.extend(match family {
                    types::CRYPTO_ALGOFAM_AES => Some(Sort::Symmetric(SymmetricKind::Aes)),
                    types::CRYPTO_ALGOFAM_CHACHA => Some(Sort::Symmetric(SymmetricKind::ChaCha20)),
                    types::CRYPTO_ALGOFAM_SHA2_256 | types::CRYPTO_ALGOFAM_SHA2_384 | types::CRYPTO_ALGOFAM_SHA2_512 => {
                        Some(Sort::Symmetric(SymmetricKind::Hmac))
                    }
                    family => pair(family).map(Sort::Private),
                });
            }
            let is_secret = self.is_used_for(types::CRYPTO_KEYDERIVE) || self.is_used_for(types::CRYPTO_KEYEXCHANGECALCSECRET);
            if sorts.is_empty() && is_secret {
                sorts.push(Sort::Symmetric(SymmetricKind::Secret));
            }
        }
        let mut different: Vec<Sort> = Vec::new();
        for sort in sorts {
            if !different.contains(&sort) {
                different.push(sort);
            }
        }
        different
    }

    fn place(&self, element: &KeyElement, faults: &mut Vec<HsmFault>) -> Place {
        let before = faults.len();
        let mut fault = |fault, problem: String, remedy: &str| {
            faults.push(HsmFault { origin: element.origin.clone(), fault, problem, remedy: remedy.into() });
        };
        let name = &self.key.origin.name;
        let id = element.id;
        let is_private = |id| self.element(id).is_some_and(|other| matches!(self.sorts(other).first(), Some(Sort::Private(_))));
        let octets = element.format.value as u8 == types::CRYPTO_KE_FORMAT_BIN_OCTET;
        let public_of = match id {
            types::CRYPTO_KE_V2GCRYPT_PUBLICKEY => Some(types::CRYPTO_KE_KEYGENERATE_KEY),
            types::CRYPTO_KE_KEYEXCHANGE_OWNPUBKEY => Some(types::CRYPTO_KE_KEYEXCHANGE_PRIVKEY),
            _ => None,
        };
        let secret = [types::CRYPTO_KE_CIPHER_KEY, types::CRYPTO_KE_KEYEXCHANGE_PRIVKEY].contains(&id);
        let public_of = public_of.filter(|private| is_private(*private));
        if (secret || public_of.is_some()) && !octets {
            let problem = format!("Key {name} is in a HSM, but the format of its element is {}.", element.format.symbol);
            fault(Fault::Element, problem, "Use CRYPTO_KE_FORMAT_BIN_OCTET.");
            return Place::Faulty;
        }
        if (secret || public_of.is_some()) && !element.init_value.is_empty() {
            let problem = format!("Key {name} is in a HSM, but an initial value would be in the host's flash.");
            fault(Fault::Element, problem, "Remove CryptoKeyElementInitValue.");
            return Place::Faulty;
        }
        if let Some(private) = public_of {
            return Place::PublicOf(private);
        }
        let private_format = [types::CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8, types::CRYPTO_KE_FORMAT_BIN_RSA_PRIVATEKEY];
        if NOT_KEPT.contains(&id) || private_format.contains(&(element.format.value as u8)) {
            let problem = format!("Key {name} is in a HSM, which has no slot for this secret.");
            fault(Fault::Element, problem, "Remove the element from the key's type.");
            return Place::Faulty;
        }
        if !secret {
            if element.persist {
                let problem = format!("Key {name} is in a HSM, which keeps keys only, but this element is persistent.");
                fault(Fault::Element, problem, "Set CryptoKeyElementPersist to false, and write it at each start.");
            }
            return Place::Host;
        }
        let sorts = self.sorts(element);
        let [sort] = sorts[..] else {
            let (problem, remedy) = match sorts.len() {
                0 => ("No job and no algorithm of the key tells", "Let a job use the key, or remove it from the HSM."),
                _ => ("Jobs and algorithms of the key disagree about", "Give each use a CryptoKey of its own."),
            };
            let problem = format!("{problem} what this element of key {name} in the HSM is.");
            fault(Fault::Kind, problem, remedy);
            return Place::Faulty;
        };
        let is_public = matches!(sort, Sort::Public(_));
        if element.read_access == Access::Allowed && !is_public {
            let problem = format!("Csm_KeyElementGet may read the secret of key {name}, which is in a HSM and never leaves it.");
            fault(Fault::Readable, problem, "Set CryptoKeyElementReadAccess to CRYPTO_RA_DENIED.");
        }
        if element.allow_partial_access {
            let problem = format!("Key {name} is in a HSM, whose slots take no pieces of a key and no shorter ones.");
            fault(Fault::Element, problem, "Remove CryptoKeyElementAllowPartialAccess, and make the element as long as the key.");
        }
        let policy = Policy { kind: self.kind(sort, element), usage: self.permissions(sort, element) };
        let (kind, usage) = policy.to_words();
        if policy.kind.len() as u32 != element.size && !is_public {
            let problem = format!("Its size is {}, that of key {name} in the HSM is {}.", element.size, policy.kind.len());
            fault(Fault::Element, problem, "Give it the size of the key.");
        } else if Policy::from_words(kind, usage) != Some(policy) {
            let problem = format!("The HSM has no slot for key {name}: {}.", describe(policy));
            fault(Fault::Kind, problem, "Give each use a CryptoKey of its own, or a size that its algorithm has.");
        }
        match faults.len() == before {
            true => Place::Slot(policy),
            false => Place::Faulty,
        }
    }

    fn kind(&self, sort: Sort, element: &KeyElement) -> Kind {
        let length = u16::try_from(element.size).unwrap_or(u16::MAX);
        match sort {
            Sort::Symmetric(SymmetricKind::Secret) => {
                // What an exchange gives has the length of a coordinate.
                let exchange = self.element(types::CRYPTO_KE_KEYEXCHANGE_PRIVKEY).filter(|_| self.exchanges());
                let curve = exchange.and_then(|private| self.sorts(private).first().copied());
                let length = match curve {
                    Some(Sort::Private(curve)) => curve.private_length() as u16,
                    _ => length,
                };
                Kind::Symmetric(SymmetricKind::Secret, length)
            }
            Sort::Symmetric(kind) => Kind::Symmetric(kind, length),
            Sort::Private(curve) => Kind::Private(group(curve)),
            Sort::Public(curve) => Kind::Public(group(curve)),
        }
    }

    fn permissions(&self, sort: Sort, element: &KeyElement) -> Permission {
        let is_exchange_key = element.id == types::CRYPTO_KE_KEYEXCHANGE_PRIVKEY;
        let written_inside = element.write_access != Access::Denied;
        let symmetric = matches!(sort, Sort::Symmetric(_));
        let mut usage = Permission::NONE;
        let mut permit = |condition: bool, permission: Permission| {
            if condition {
                usage = usage.with(permission);
            }
        };
        if is_exchange_key {
            permit(true, Permission::AGREE.with(Permission::GENERATE));
        } else {
            let primitives: Vec<_> = self.model.primitives_with(self.index, self.key.id).collect();
            primitives.iter().for_each(|primitive| permit(true, of_service(primitive)));
            let is_owner = primitives.iter().any(|primitive| contract_owner(primitive).is_some());
            permit(is_owner, Permission::CONTRACT_OWNER);
            let is_target = |curve| written_inside && !is_owner && self.scope.imports.contains(&curve);
            permit(matches!(sort, Sort::Private(curve) if is_target(curve)), Permission::CONTRACT_TARGET);
            permit(self.is_used_for(types::CRYPTO_KEYGENERATE), Permission::GENERATE);
            permit(self.is_used_for(types::CRYPTO_KEYDERIVE), Permission::DERIVE_SOURCE);
            let takes_secrets = self.scope.derives || self.is_used_for(types::CRYPTO_KEYEXCHANGECALCSECRET);
            permit(symmetric && written_inside && takes_secrets, Permission::DERIVE_TARGET);
        }
        if element.write_access == Access::Allowed {
            let factory_only = matches!(sort, Sort::Private(_)) && !self.key.hsm.write_after_factory;
            permit(true, if factory_only { Permission::WRITE_IN_FACTORY } else { Permission::WRITE });
        }
        permit(matches!(sort, Sort::Public(_)) && element.read_access == Access::Allowed, Permission::READ);
        permit(matches!(element.read_access, Access::Allowed | Access::InternalCopy), Permission::COPY_SOURCE);
        permit(written_inside && self.has_source(sort, element), Permission::COPY_TARGET);
        permit(element.persist, Permission::PERSIST);
        usage
    }

    /// Is there anything of this sort that may be copied here?
    fn has_source(&self, sort: Sort, element: &KeyElement) -> bool {
        let own = usize::from(matches!(element.read_access, Access::Allowed | Access::InternalCopy));
        self.scope.copied.iter().filter(|copied| **copied == (sort, element.size)).count() > own
    }
}

fn of_primitive(primitive: &Primitive) -> Option<Sort> {
    Some(match PreparedForm::of(primitive) {
        PreparedForm::None => return None,
        PreparedForm::AesCmac | PreparedForm::AesCipher | PreparedForm::AesGcm => Sort::Symmetric(SymmetricKind::Aes),
        PreparedForm::HmacSha256 | PreparedForm::HmacSha384 | PreparedForm::HmacSha512 => Sort::Symmetric(SymmetricKind::Hmac),
        PreparedForm::ChaCha20Poly1305 => Sort::Symmetric(SymmetricKind::ChaCha20),
        PreparedForm::EcdsaP256Sign => Sort::Private(Curve::P256),
        PreparedForm::EcdsaP384Sign => Sort::Private(Curve::P384),
        PreparedForm::EcdsaP521Sign => Sort::Private(Curve::P521),
        PreparedForm::Ed25519Sign => Sort::Private(Curve::Ed25519),
        PreparedForm::EcdsaP256Verify => Sort::Public(Curve::P256),
        PreparedForm::EcdsaP384Verify => Sort::Public(Curve::P384),
        PreparedForm::EcdsaP521Verify => Sort::Public(Curve::P521),
        PreparedForm::Ed25519Verify => Sort::Public(Curve::Ed25519),
    })
}

/// What a job with element 1 needs.
fn of_service(primitive: &Primitive) -> Permission {
    match primitive.service.value as types::Crypto_ServiceInfoType {
        types::CRYPTO_MACGENERATE => Permission::MAC_GENERATE,
        types::CRYPTO_MACVERIFY => Permission::MAC_VERIFY,
        types::CRYPTO_ENCRYPT => Permission::ENCRYPT,
        types::CRYPTO_DECRYPT => Permission::DECRYPT,
        types::CRYPTO_AEADENCRYPT => Permission::AEAD_ENCRYPT,
        types::CRYPTO_AEADDECRYPT => Permission::AEAD_DECRYPT,
        types::CRYPTO_SIGNATUREGENERATE => Permission::SIGN,
        types::CRYPTO_SIGNATUREVERIFY => Permission::VERIFY,
        _ => Permission::NONE,
    }
}

fn group(curve: Curve) -> Group {
    match curve {
        Curve::P256 => Group::P256,
        Curve::P384 => Group::P384,
        Curve::P521 => Group::P521,
        Curve::Ed25519 => Group::Ed25519,
        Curve::X25519 => Group::X25519,
    }
}

/// In words: `private P256: SIGN, GENERATE`.
pub(crate) fn describe(policy: Policy) -> String {
    let kind = match policy.kind {
        Kind::Symmetric(kind, length) => format!("{kind:?} of {length} bytes"),
        Kind::Private(group) => format!("private key on {group:?}"),
        Kind::Public(group) => format!("public key on {group:?}"),
    };
    let usages = Permission::NAMES.iter().filter(|(_, bit)| policy.usage.permits(*bit)).map(|(name, _)| *name);
    let usages: Vec<_> = usages.collect();
    format!("{kind}: {}", usages.join(", "))
}

/// Numbers of slots: those that the configuration gives, and the lowest that are free.
struct Numbers {
    taken: Vec<u32>,
    next: u32,
}

impl Numbers {
    fn of(driver: &Driver, faults: &mut Vec<HsmFault>) -> Self {
        let mut taken = Vec::new();
        for key in &driver.keys {
            for (_, number) in &key.hsm.slots {
                if *number >= u32::from(HSM_SLOTS) || taken.contains(number) {
                    let problem = format!("V2gcryptHsmSlotNumber {number} is that of another slot, or not one from 0 to 31.");
                    faults.push(HsmFault {
                        origin: key.origin.clone(),
                        fault: Fault::Slots,
                        problem,
                        remedy: "Give each slot a number of its own.".into(),
                    });
                }
                taken.push(*number);
            }
        }
        Self { taken, next: 0 }
    }

    fn take(&mut self, key: &CryptoKey, element: u32, faults: &mut Vec<HsmFault>) -> u16 {
        let given = key.hsm.slots.iter().find(|(id, _)| *id == element).map(|(_, number)| *number);
        let number = given.unwrap_or_else(|| {
            while self.taken.contains(&self.next) {
                self.next += 1;
            }
            let number = self.next;
            self.next += 1;
            number
        });
        if given.is_none() && number >= u32::from(HSM_SLOTS) {
            faults.push(HsmFault {
                origin: key.origin.clone(),
                fault: Fault::Slots,
                problem: format!("Its element {element} needs slot {number}, but the HSM has {HSM_SLOTS}."),
                remedy: "Keep fewer keys in it.".into(),
            });
        }
        number as u16
    }

    /// A number for what is in no slot is a mistake.
    fn check_unused(&self, key: &CryptoKey, elements: &[&KeyElement], slots: &[Option<u32>], faults: &mut Vec<HsmFault>) {
        for (id, _) in &key.hsm.slots {
            let faulty = || elements.iter().zip(slots).any(|(element, slot)| element.id == *id && slot.is_some());
            // An element that is out of order has been reported.
            if !faulty() && !faults.iter().any(|fault| elements.iter().any(|element| element.origin == fault.origin)) {
                faults.push(HsmFault {
                    origin: key.origin.clone(),
                    fault: Fault::Slots,
                    problem: format!("There is a V2gcryptHsmSlot for element {id}, which is in no slot."),
                    remedy: "Remove it, or correct V2gcryptHsmSlotElementId.".into(),
                });
            }
        }
    }
}
