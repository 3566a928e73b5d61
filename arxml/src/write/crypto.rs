//! `Crypto_<vi>_<ai>.h`, `Crypto_<vi>_<ai>_Cfg.h` and `…_Cfg.c` of one instance of our drivers.

use v2gcrypt_types::Number;

use super::c::{boolean, extern_c, header as frame, pointer, wrapped, Source};
use super::csm::on_off;
use super::OutputFile;
use crate::model::{Access, Algorithm, CryptoKey, Driver, DriverObject, KeyElement, Model};

mod hsm;
mod nv;
mod trampolines;

pub(super) use nv::nv_function;
use trampolines::Core;

pub(super) fn files(model: &Model, index: usize) -> [OutputFile; 3] {
    let driver = &model.drivers[index];
    let source = match driver.hsm {
        Some(_) => hsm::source(model, index),
        None => source(model, index),
    };
    [header(driver), config_header(model, index), source]
}

fn header(driver: &Driver) -> OutputFile {
    let prefix = driver.prefix();
    let name = format!("{prefix}.h");
    let mut source = Source::new("CRYPTO", &format!("{name}: the functions of a Crypto driver."), &driver.origin);
    let core = Core::of(driver);
    frame(&mut source, &name, |source| {
        source.line(format!("#include \"V2gcrypt_{}.h\"", core.name()));
        source.line(format!("#include \"{prefix}_Cfg.h\""));
        source.blank();
        extern_c(source, |source| {
            if prefix != "Crypto" {
                source.line(format!("typedef Crypto_ConfigType {prefix}_ConfigType;"));
                source.blank();
            }
            source.line("/* The instance behind the functions. */");
            source.line(format!("extern const {}_InstanceType {prefix}_Instance;", core.name()));
            if driver.hsm.is_some() {
                hsm::transport(driver, source);
            }
            source.blank();
            for trampoline in core.trampolines() {
                if trampoline.name == "MainFunction" {
                    source.blank();
                    let what = core.main_function();
                    match driver.main_function_period {
                        Some(period) => source
                            .line(format!("/* To be called periodically (CryptoMainFunctionPeriod: {period} s): {what}. */")),
                        None => source.line(format!("/* To be called periodically: {what}. */")),
                    }
                }
                if trampoline.name == "MainFunctionBackground" {
                    source.line("/* To be called by a background task: elliptic curves, which take long. */");
                }
                source.line(wrapped(&format!("extern {};", trampoline.prototype(&prefix))));
            }
            match driver.hsm {
                Some(_) => hsm::prototypes(driver, source),
                None => nv::prototypes(driver, source),
            }
        });
    });
    OutputFile { name, contents: source.into_text() }
}

fn config_header(model: &Model, index: usize) -> OutputFile {
    let driver = &model.drivers[index];
    let prefix = driver.prefix();
    let name = format!("{prefix}_Cfg.h");
    let macros = prefix.to_uppercase();
    let mut source = Source::new("CRYPTO", &format!("{name}: names of driver objects, keys and key elements."), &driver.origin);
    frame(&mut source, &name, |source| {
        source.line("#include \"Std_Types.h\"");
        source.blank();
        source.line(format!("#define {macros}_DEV_ERROR_DETECT {}", on_off(driver.dev_error_detect)));
        source.line(format!("#define {macros}_VERSION_INFO_API {}", on_off(driver.version_info_api)));
        source.blank();
        source.line("/* Driver objects, for the parameter objectId. */");
        for object in &driver.objects {
            source.describe("", &object.origin);
            source.line(format!("#define CryptoConf_CryptoDriverObject_{} {}U", object.origin.name, object.id));
        }
        source.blank();
        source.line("/* Keys, for the parameter cryptoKeyId. */");
        for key in &driver.keys {
            source.describe("", &key.origin);
            source.line(format!("#define CryptoConf_CryptoKey_{} {}U", key.origin.name, key.id));
        }
        source.blank();
        source.line("/* Key elements, for the parameter keyElementId. */");
        for element in &driver.key_elements {
            source.describe("", &element.origin);
            source.line(format!("#define CryptoConf_CryptoKeyElement_{} {}U", element.origin.name, element.id));
        }
        let custom = [("Family", "families", &driver.custom_families), ("Mode", "modes", &driver.custom_modes)];
        for (part, what, algorithms) in custom {
            if !algorithms.is_empty() {
                source.blank();
                source.line(format!("/* Custom algorithm {what}. */"));
            }
            for algorithm in algorithms {
                let (name, id) = (&algorithm.origin.name, algorithm.id.value);
                source.describe("", &algorithm.origin);
                source.line(format!("#define CryptoConf_CryptoPrimitiveAlgorithm{part}Custom_{name} {id}U"));
            }
        }
        if driver.hsm.is_some() {
            hsm::definitions(model, index, source);
        }
    });
    OutputFile { name, contents: source.into_text() }
}

fn source(model: &Model, index: usize) -> OutputFile {
    let driver = &model.drivers[index];
    let prefix = driver.prefix();
    let name = format!("{prefix}_Cfg.c");
    let what = format!("{name}: the configuration of a Crypto driver, and its functions.");
    let mut source = Source::new("CRYPTO", &what, &driver.origin);
    source.blank();
    source.line(format!("#include \"{prefix}.h\""));
    source.line("#include \"V2gcrypt_Abi.h\"");
    nv::includes(driver, &mut source);
    source.blank();
    key_ram(driver, &mut source);
    nv::records(driver, &mut source);
    init_values(driver, &mut source);
    source.section("CONST_UNSPECIFIED", |source| {
        keys(model, index, source);
        objects(driver, source);
    });
    let slots = object_ram(driver, &mut source);
    source.section("CONST_UNSPECIFIED", |source| {
        nv::tables(driver, source);
        instance(driver, slots, source);
    });
    source.section("CODE", |source| {
        trampolines::write(Core::Soft, &prefix, source);
        nv::definitions(driver, source);
    });
    OutputFile { name, contents: source.into_text() }
}

/// Name of a table of one key.
fn of_key(driver: &Driver, what: &str, key: &CryptoKey) -> String {
    format!("{}_{what}_{}", driver.prefix(), key.origin.name)
}

fn data_size(driver: &Driver, key: &CryptoKey) -> u64 {
    driver.elements_of(key).map(|element| u64::from(element.size)).sum()
}

fn key_ram(driver: &Driver, source: &mut Source) {
    if driver.keys.is_empty() {
        return;
    }
    source.section("VAR_CLEARED_8", |source| {
        source.line("/* What the keys hold. */");
        for key in &driver.keys {
            source.line(format!("static uint8 {}[{}];", of_key(driver, "Data", key), data_size(driver, key)));
        }
    });
    source.section("VAR_CLEARED_32", |source| {
        source.line("/* How many bytes of each element have been written. */");
        for key in &driver.keys {
            let count = driver.elements_of(key).count();
            source.line(format!("static uint32 {}[{count}];", of_key(driver, "Lengths", key)));
        }
    });
}

fn init_name(driver: &Driver, element: &KeyElement) -> String {
    format!("{}_Init_{}", driver.prefix(), element.origin.name)
}

fn init_values(driver: &Driver, source: &mut Source) {
    // An element that no key has would be an unused constant.
    let mut elements: Vec<_> = driver.keys.iter().flat_map(|key| driver.elements_of(key)).collect();
    elements.retain(|element| !element.init_value.is_empty());
    elements.sort_by_key(|element| &element.origin.name);
    elements.dedup_by_key(|element| &element.origin.name);
    if elements.is_empty() {
        return;
    }
    source.section("CONST_8", |source| {
        for element in elements {
            let lines = element.init_value.chunks(12).map(|chunk| {
                let bytes: Vec<_> = chunk.iter().map(|byte| format!("0x{byte:02X}U,")).collect();
                vec![bytes.join(" ")]
            });
            let lines: Vec<_> = lines.collect();
            let count = element.init_value.len();
            source.line(format!("static const uint8 {}[{count}] =", init_name(driver, element)));
            source.line("{");
            lines.iter().flatten().for_each(|line| source.line(format!("    {line}")));
            source.line("};");
        }
    });
}

fn keys(model: &Model, index: usize, source: &mut Source) {
    let driver = &model.drivers[index];
    for key in &driver.keys {
        let mut offset = 0;
        let mut elements = Vec::new();
        for element in driver.elements_of(key) {
            elements.push(element_entry(driver, element, offset));
            offset += element.size;
        }
        let name = of_key(driver, "Elements", key);
        source.array(&format!("static const CryptoSoft_KeyElementConfigType {name}"), &elements);
        source.blank();
        let usages: Vec<_> =
            model.usages(index, key.id).iter().map(|usage| primitive_entry(usage.service, usage.algorithm, None)).collect();
        let name = of_key(driver, "Usages", key);
        source.array(&format!("static const CryptoSoft_PrimitiveConfigType {name}"), &usages);
        source.blank();
    }
    let entries: Vec<_> = driver
        .keys
        .iter()
        .map(|key| {
            vec![
                format!("/* {} */", key.origin.name),
                "{".into(),
                format!("    .elements = &{}[0],", of_key(driver, "Elements", key)),
                format!("    .elementCount = {}U,", driver.elements_of(key).count()),
                format!("    .data = &{}[0],", of_key(driver, "Data", key)),
                format!("    .dataSize = {}U,", data_size(driver, key)),
                format!("    .elementLengths = &{}[0],", of_key(driver, "Lengths", key)),
                format!("    .preparedForm = {},", model.prepared_form(index, key.id).symbol()),
                format!("    .usages = &{}[0],", of_key(driver, "Usages", key)),
                format!("    .usageCount = {}U,", model.usages(index, key.id).len()),
                match key.nv_block {
                    Some(block) => format!("    .nvBlock = {block}U"),
                    None => "    .nvBlock = CRYPTO_SOFT_NO_NV_BLOCK".into(),
                },
                "},".into(),
            ]
        })
        .collect();
    source.array(&format!("static const CryptoSoft_KeyConfigType {}_Keys", driver.prefix()), &entries);
    source.blank();
}

fn element_entry(driver: &Driver, element: &KeyElement, offset: u32) -> Vec<String> {
    let init = match element.init_value.len() {
        0 => "NULL_PTR".into(),
        count => pointer(&init_name(driver, element), count),
    };
    vec![
        format!("/* {} */", element.origin.name),
        "{".into(),
        format!("    .keyElementId = {}U,", element.id),
        format!("    .size = {}U,", element.size),
        format!("    .offset = {offset}U,"),
        format!("    .initValue = {init},"),
        format!("    .initLength = {}U,", element.init_value.len()),
        format!("    .format = {},", element.format.symbol),
        format!("    .readAccess = CRYPTO_SOFT_RA_{},", access_symbol(element.read_access)),
        format!("    .writeAccess = CRYPTO_SOFT_WA_{},", access_symbol(element.write_access)),
        format!("    .allowPartialAccess = {},", boolean(element.allow_partial_access)),
        format!("    .persist = {}", boolean(element.persist)),
        "},".into(),
    ]
}

fn access_symbol(access: Access) -> &'static str {
    match access {
        Access::Allowed => "ALLOWED",
        Access::Encrypted => "ENCRYPTED",
        Access::InternalCopy => "INTERNAL_COPY",
        Access::Denied => "DENIED",
    }
}

/// A `CryptoSoft_PrimitiveConfigType`.
fn primitive_entry(service: Number, algorithm: Algorithm, comment: Option<&str>) -> Vec<String> {
    let mut lines: Vec<_> = comment.map(|comment| format!("/* {comment} */")).into_iter().collect();
    lines.extend([
        "{".into(),
        format!("    .service = {},", service.symbol),
        format!("    .family = {},", algorithm.family.symbol),
        format!("    .mode = {},", algorithm.mode.symbol),
        format!("    .secondaryFamily = {}", algorithm.secondary_family.symbol),
        "},".into(),
    ]);
    lines
}

/// Everything that an object offers.
fn offered(driver: &Driver, object: &DriverObject) -> Vec<Vec<String>> {
    let primitives = object.primitives.iter().map(|&primitive| &driver.primitives[primitive as usize]);
    let entries = primitives.flat_map(|primitive| {
        let entry = |algorithm| primitive_entry(primitive.service, algorithm, Some(&primitive.origin.name));
        primitive.algorithms.iter().copied().map(entry)
    });
    entries.collect()
}

fn objects(driver: &Driver, source: &mut Source) {
    let prefix = driver.prefix();
    let mut entries = Vec::new();
    let mut first_slot = 0;
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
            format!("    .firstSlot = {first_slot}U"),
            "},".into(),
        ]);
        first_slot += object.queue_size;
    }
    source.array(&format!("static const CryptoSoft_ObjectConfigType {prefix}_Objects"), &entries);
}

/// Reserves RAM; returns the slots of all objects.
fn object_ram(driver: &Driver, source: &mut Source) -> u32 {
    let prefix = driver.prefix();
    let slots = driver.objects.iter().map(|object| object.queue_size).sum();
    source.section("VAR_CLEARED_UNSPECIFIED", |source| {
        source.line(format!("static CryptoSoft_InstanceRamType {prefix}_InstanceRam;"));
        let tables = [
            ("CryptoSoft_ObjectRamType", "ObjectRam", driver.objects.len()),
            ("CryptoSoft_KeyRamType", "KeyRam", driver.keys.len()),
            ("CryptoSoft_SlotRamType", "QueueRam", slots as usize),
            ("CryptoSoft_NvBlockRamType", "NvBlockRam", driver.nv_blocks.len()),
        ];
        for (kind, name, count) in tables {
            if count > 0 {
                source.line(format!("static {kind} {prefix}_{name}[{count}];"));
            }
        }
    });
    slots
}

fn instance(driver: &Driver, slots: u32, source: &mut Source) {
    let prefix = driver.prefix();
    let (objects, keys) = (driver.objects.len(), driver.keys.len());
    let table = |name: &str, count: usize| pointer(&format!("{prefix}_{name}"), count);
    source.line(format!("const CryptoSoft_InstanceType {prefix}_Instance ="));
    source.line("{");
    source.line("    .magic = V2GCRYPT_CONFIG_MAGIC,");
    source.line("    .instanceSize = (uint32)sizeof(CryptoSoft_InstanceType),");
    source.line("    .keyRamSize = (uint32)sizeof(CryptoSoft_KeyRamType),");
    source.line("    .objectRamSize = (uint32)sizeof(CryptoSoft_ObjectRamType),");
    source.line(format!("    .instanceId = {}U,", driver.instance_id));
    source.line(format!("    .objectCount = {objects}U,"));
    source.line(format!("    .keyCount = {keys}U,"));
    source.line(format!("    .slotCount = {slots}U,"));
    source.line(format!("    .objects = {},", table("Objects", objects)));
    source.line(format!("    .keys = {},", table("Keys", keys)));
    source.line(format!("    .ram = &{prefix}_InstanceRam,"));
    source.line(format!("    .objectRam = {},", table("ObjectRam", objects)));
    source.line(format!("    .keyRam = {},", table("KeyRam", keys)));
    source.line(format!("    .queueRam = {},", table("QueueRam", slots as usize)));
    let blocks = driver.nv_blocks.len();
    let nvm = if blocks == 0 { "NULL_PTR".into() } else { format!("&{prefix}_NvM") };
    source.line(format!("    .nvBlockCount = {blocks}U,"));
    source.line(format!("    .nvBlocks = {},", table("NvBlocks", blocks)));
    source.line(format!("    .nvBlockRam = {},", table("NvBlockRam", blocks)));
    source.line(format!("    .nvM = {nvm},"));
    source.line(format!("    .devErrorDetect = {},", boolean(driver.dev_error_detect)));
    source.line(format!("    .tolerateEmptyInput = {},", boolean(driver.tolerate_empty_input)));
    source.line(format!("    .macLengthInBytes = {},", boolean(driver.mac_length_in_bytes)));
    source.line("    .abi = &V2GCRYPT_ABI_SYMBOL");
    source.line("};");
}
