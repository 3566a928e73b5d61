//! An instance of the HSM driver: its slots, tables, RAM and interrupt entries.

use v2gcrypt_hsm_protocol::layout::MAILBOX_BYTES;

use super::super::c::{boolean, pointer, Source};
use super::super::OutputFile;
use super::trampolines::{self, Core};
use super::{access_symbol, init_name, init_values, of_key, offered, primitive_entry};
use crate::model::{describe, CryptoKey, Driver, HsmGeneral, HsmSlots, KeyElement, Model, Storage};

/// One buffer for each job in flight, and one for the services of keys.
fn work_count(driver: &Driver) -> u32 {
    driver.objects.iter().map(|object| object.hsm.jobs_in_flight).sum::<u32>() + 1
}

fn general(driver: &Driver) -> &HsmGeneral {
    driver.hsm.as_ref().expect("this is an instance of the HSM driver")
}

/// Channels that responses come in.
fn channels(driver: &Driver) -> Vec<u8> {
    let objects = driver.objects.iter().map(|object| object.hsm.channel);
    let mut channels: Vec<_> = objects.chain([general(driver).service_channel]).collect();
    channels.sort_unstable();
    channels.dedup();
    channels
}

pub(super) fn transport(driver: &Driver, source: &mut Source) {
    source.line("/* How the HSM is reached: to be defined by the integrator. */");
    source.line(format!("extern const CryptoHsm_TransportType {};", driver.hsm_transport()));
}

/// `(name, parameter of the core)` of each interrupt entry.
fn interrupts(driver: &Driver) -> Vec<(String, String)> {
    let prefix = driver.prefix();
    let instance = format!("&{prefix}_Instance");
    let channel =
        |channel: u8| (format!("{prefix}_Interrupt_{channel}"), format!("V2gcrypt_CryptoHsm_Interrupt({instance}, {channel}U)"));
    let status = (format!("{prefix}_Interrupt_Status"), format!("V2gcrypt_CryptoHsm_InterruptStatus({instance})"));
    channels(driver).into_iter().map(channel).chain([status]).collect()
}

pub(super) fn prototypes(driver: &Driver, source: &mut Source) {
    source.blank();
    source.line("/* To be called by the interrupt of the HSM, for each channel whose bell has rung, and when its status word may have changed.");
    source.line("   Callbacks of jobs come from here. */");
    for (name, _) in interrupts(driver) {
        source.line(format!("extern void {name}(void);"));
    }
}

/// Sizes and numbers for the linker script, and for whoever looks into the HSM.
pub(super) fn definitions(model: &Model, index: usize, source: &mut Source) {
    let driver = &model.drivers[index];
    let macros = driver.prefix().to_uppercase();
    let bytes = MAILBOX_BYTES + work_count(driver) as usize * general(driver).bounce_size as usize;
    source.blank();
    source.line("/* Bytes of the region that is shared with the HSM. */");
    source.line(format!("#define {macros}_HSM_REGION_LENGTH {bytes}U"));
    let slots = model.hsm_slots(index);
    if !slots.slots.is_empty() {
        source.blank();
        source.line("/* Slots of the HSM. */");
    }
    for slot in &slots.slots {
        let key = &driver.keys[slot.key as usize];
        source.comment("", &format!("{}, element {}: {}", key.origin.name, slot.element, describe(slot.policy)));
        source.line(format!("#define {macros}_HSM_SLOT_{}_{} {}U", key.origin.name, slot.element, slot.number));
    }
}

pub(super) fn source(model: &Model, index: usize) -> OutputFile {
    let driver = &model.drivers[index];
    let prefix = driver.prefix();
    let name = format!("{prefix}_Cfg.c");
    let what = format!("{name}: the configuration of the HSM's Crypto driver, and its functions.");
    let mut source = Source::new("CRYPTO", &what, &driver.origin);
    source.blank();
    source.line(format!("#include \"{prefix}.h\""));
    source.line("#include \"V2gcrypt_Abi.h\"");
    source.blank();
    let slots = model.hsm_slots(index);
    key_ram(driver, &slots, &mut source);
    init_values(driver, &mut source);
    if !driver.keys.is_empty() || !driver.objects.is_empty() {
        source.section("CONST_UNSPECIFIED", |source| {
            slot_table(driver, &slots, source);
            keys(model, index, &slots, source);
            objects(driver, source);
        });
    }
    ram(driver, &mut source);
    source.section("CONST_UNSPECIFIED", |source| instance(driver, &slots, source));
    source.section("CODE", |source| {
        trampolines::write(Core::Hsm, &prefix, source);
        for (name, call) in interrupts(driver) {
            source.blank();
            source.line(format!("void {name}(void)"));
            source.line("{");
            source.line(format!("    {call};"));
            source.line("}");
        }
    });
    OutputFile { name, contents: source.into_text() }
}

/// Elements of a key, and where they are.
fn placed<'a>(driver: &'a Driver, key: &'a CryptoKey, slots: &'a HsmSlots) -> impl Iterator<Item = (&'a KeyElement, Storage)> {
    let storages = slots.storages.get(key.id as usize).into_iter().flatten().copied();
    driver.elements_of(key).zip(storages)
}

/// Bytes of the elements of a key that are in the host.
fn data_size(driver: &Driver, key: &CryptoKey, slots: &HsmSlots) -> u32 {
    placed(driver, key, slots).filter(|(_, storage)| *storage == Storage::Host).map(|(element, _)| element.size).sum()
}

fn key_ram(driver: &Driver, slots: &HsmSlots, source: &mut Source) {
    if driver.keys.iter().any(|key| data_size(driver, key, slots) > 0) {
        source.section("VAR_CLEARED_8", |source| {
            source.line("/* What is not secret: initialisation vectors, algorithms, salts. */");
            for key in &driver.keys {
                let size = data_size(driver, key, slots);
                if size > 0 {
                    source.line(format!("static uint8 {}[{size}];", of_key(driver, "Data", key)));
                }
            }
        });
    }
    if !driver.keys.is_empty() {
        source.section("VAR_CLEARED_32", |source| {
            source.line("/* How many bytes of each element have been written. */");
            for key in &driver.keys {
                let count = driver.elements_of(key).count();
                source.line(format!("static uint32 {}[{count}];", of_key(driver, "Lengths", key)));
            }
        });
    }
}

fn slot_table(driver: &Driver, slots: &HsmSlots, source: &mut Source) {
    let entries: Vec<_> = slots
        .slots
        .iter()
        .map(|slot| {
            let (kind, usage) = slot.policy.to_words();
            let name = &driver.keys[slot.key as usize].origin.name;
            vec![
                format!("/* {name}, element {}: {} */", slot.element, describe(slot.policy)),
                "{".into(),
                format!("    .policyKind = 0x{kind:X}U,"),
                format!("    .policyUsage = 0x{usage:X}U,"),
                format!("    .number = {}U", slot.number),
                "},".into(),
            ]
        })
        .collect();
    source.array(&format!("static const CryptoHsm_SlotConfigType {}_Slots", driver.prefix()), &entries);
    source.blank();
}

fn keys(model: &Model, index: usize, slots: &HsmSlots, source: &mut Source) {
    let driver = &model.drivers[index];
    for key in &driver.keys {
        let mut offset = 0;
        let mut elements = Vec::new();
        for (element, storage) in placed(driver, key, slots) {
            elements.push(element_entry(driver, element, storage, offset));
            if storage == Storage::Host {
                offset += element.size;
            }
        }
        let name = of_key(driver, "Elements", key);
        source.array(&format!("static const CryptoHsm_KeyElementConfigType {name}"), &elements);
        source.blank();
        let usages = model.usages(index, key.id);
        let usages: Vec<_> = usages.iter().map(|usage| primitive_entry(usage.service, usage.algorithm, None)).collect();
        let name = of_key(driver, "Usages", key);
        source.array(&format!("static const CryptoSoft_PrimitiveConfigType {name}"), &usages);
        source.blank();
    }
    let entries: Vec<_> = driver
        .keys
        .iter()
        .map(|key| {
            let size = data_size(driver, key, slots);
            vec![
                format!("/* {} */", key.origin.name),
                "{".into(),
                format!("    .elements = &{}[0],", of_key(driver, "Elements", key)),
                format!("    .elementCount = {}U,", driver.elements_of(key).count()),
                format!("    .data = {},", pointer(&of_key(driver, "Data", key), size as usize)),
                format!("    .dataSize = {size}U,"),
                format!("    .elementLengths = &{}[0],", of_key(driver, "Lengths", key)),
                format!("    .usages = &{}[0],", of_key(driver, "Usages", key)),
                format!("    .usageCount = {}U", model.usages(index, key.id).len()),
                "},".into(),
            ]
        })
        .collect();
    source.array(&format!("static const CryptoHsm_KeyConfigType {}_Keys", driver.prefix()), &entries);
    source.blank();
}

fn element_entry(driver: &Driver, element: &KeyElement, storage: Storage, offset: u32) -> Vec<String> {
    let init = match element.init_value.len() {
        0 => "NULL_PTR".into(),
        count => pointer(&init_name(driver, element), count),
    };
    let (storage, slot, offset) = match storage {
        Storage::Host => ("HOST", "CRYPTO_HSM_NO_SLOT".into(), offset),
        Storage::Slot(slot) => ("SLOT", format!("{slot}U"), 0),
        Storage::PublicKey(slot) => ("PUBLIC_KEY", format!("{slot}U"), 0),
    };
    vec![
        format!("/* {} */", element.origin.name),
        "{".into(),
        format!("    .keyElementId = {}U,", element.id),
        format!("    .size = {}U,", element.size),
        format!("    .offset = {offset}U,"),
        format!("    .initValue = {init},"),
        format!("    .initLength = {}U,", element.init_value.len()),
        format!("    .slot = {slot},"),
        format!("    .storage = CRYPTO_HSM_STORAGE_{storage},"),
        format!("    .readAccess = CRYPTO_SOFT_RA_{},", access_symbol(element.read_access)),
        format!("    .writeAccess = CRYPTO_SOFT_WA_{},", access_symbol(element.write_access)),
        format!("    .allowPartialAccess = {}", boolean(element.allow_partial_access)),
        "},".into(),
    ]
}

fn objects(driver: &Driver, source: &mut Source) {
    let prefix = driver.prefix();
    let mut entries = Vec::new();
    let (mut first_slot, mut first_work) = (0, 0);
    for object in &driver.objects {
        let primitives = offered(driver, object);
        let table = format!("{prefix}_Primitives_{}", object.origin.name);
        source.array(&format!("static const CryptoSoft_PrimitiveConfigType {table}"), &primitives);
        source.blank();
        entries.push(vec![
            format!("/* {} */", object.origin.name),
            "{".into(),
            format!("    .primitives = {},", pointer(&table, primitives.len())),
            format!("    .primitiveCount = {}U,", primitives.len()),
            format!("    .queueSize = {}U,", object.queue_size),
            format!("    .firstQueueSlot = {first_slot}U,"),
            format!("    .firstWork = {first_work}U,"),
            format!("    .workCount = {}U,", object.hsm.jobs_in_flight),
            format!("    .channel = {}U", object.hsm.channel),
            "},".into(),
        ]);
        first_slot += object.queue_size;
        first_work += object.hsm.jobs_in_flight;
    }
    source.array(&format!("static const CryptoHsm_ObjectConfigType {prefix}_Objects"), &entries);
}

fn queue_slots(driver: &Driver) -> u32 {
    driver.objects.iter().map(|object| object.queue_size).sum()
}

fn ram(driver: &Driver, source: &mut Source) {
    let prefix = driver.prefix();
    source.section("VAR_CLEARED_UNSPECIFIED", |source| {
        source.line(format!("static CryptoHsm_InstanceRamType {prefix}_InstanceRam;"));
        let tables = [
            ("CryptoHsm_ObjectRamType", "ObjectRam", driver.objects.len()),
            ("CryptoHsm_KeyRamType", "KeyRam", driver.keys.len()),
            ("CryptoSoft_SlotRamType", "QueueRam", queue_slots(driver) as usize),
            ("CryptoHsm_WorkRamType", "WorkRam", work_count(driver) as usize),
        ];
        for (kind, name, count) in tables.into_iter().filter(|(_, _, count)| *count > 0) {
            source.line(format!("static {kind} {prefix}_{name}[{count}];"));
        }
    });
}

fn instance(driver: &Driver, slots: &HsmSlots, source: &mut Source) {
    let prefix = driver.prefix();
    let general = general(driver);
    let [connect, fast, slow, synchronous] = general.timeouts;
    let (objects, keys, queue) = (driver.objects.len(), driver.keys.len(), queue_slots(driver));
    let table = |name: &str, count: usize| pointer(&format!("{prefix}_{name}"), count);
    let works = work_count(driver);
    source.line(format!("const CryptoHsm_InstanceType {prefix}_Instance ="));
    source.line("{");
    for line in [
        ".magic = V2GCRYPT_CONFIG_MAGIC,".into(),
        ".instanceSize = (uint32)sizeof(CryptoHsm_InstanceType),".into(),
        ".workRamSize = (uint32)sizeof(CryptoHsm_WorkRamType),".into(),
        ".instanceRamSize = (uint32)sizeof(CryptoHsm_InstanceRamType),".into(),
        format!(".instanceId = {}U,", driver.instance_id),
        format!(".objectCount = {objects}U,"),
        format!(".keyCount = {keys}U,"),
        format!(".slotCount = {}U,", slots.slots.len()),
        format!(".queueSlotCount = {queue}U,"),
        format!(".workCount = {works}U,"),
        format!(".objects = {},", table("Objects", objects)),
        format!(".keys = {},", table("Keys", keys)),
        format!(".slots = {},", table("Slots", slots.slots.len())),
        format!(".ram = &{prefix}_InstanceRam,"),
        format!(".objectRam = {},", table("ObjectRam", objects)),
        format!(".keyRam = {},", table("KeyRam", keys)),
        format!(".queueRam = {},", table("QueueRam", queue as usize)),
        format!(".workRam = {},", table("WorkRam", works as usize)),
        format!(".transport = &{},", driver.hsm_transport()),
        format!(".timeouts = {{ .connect = {connect}U, .fast = {fast}U, .slow = {slow}U, .synchronous = {synchronous}U }},"),
        format!(".bounceOffset = {}U,", MAILBOX_BYTES),
        format!(".bounceSize = {}U,", general.bounce_size),
        format!(".serviceChannel = {}U,", general.service_channel),
        format!(".devErrorDetect = {},", boolean(driver.dev_error_detect)),
        format!(".tolerateEmptyInput = {},", boolean(driver.tolerate_empty_input)),
        format!(".macLengthInBytes = {},", boolean(driver.mac_length_in_bytes)),
        ".abi = &V2GCRYPT_ABI_SYMBOL".into(),
    ] {
        let line: String = line;
        source.line(format!("    {line}"));
    }
    source.line("};");
}
