//! Tables, RAM and functions of the NV blocks of a driver.

use super::super::c::{boolean, Source};
use crate::model::{Driver, NvBlock, NvProcessing};

fn of_block(driver: &Driver, what: &str, block: &NvBlock) -> String {
    format!("{}_{what}_{}", driver.prefix(), block.origin.name)
}

pub(super) fn includes(driver: &Driver, source: &mut Source) {
    if !driver.nv_blocks.is_empty() {
        source.line("#include \"Crypto_Externals.h\"");
        source.line("#include \"NvM.h\"");
    }
}

/// RAM for what is being written or read: ciphertext only.
pub(super) fn records(driver: &Driver, source: &mut Source) {
    if driver.nv_blocks.is_empty() {
        return;
    }
    source.section("VAR_CLEARED_8", |source| {
        source.line("/* What NvM reads and writes: encrypted. */");
        for block in &driver.nv_blocks {
            let size = driver.record_size_of(block);
            source.line(format!("static uint8 {}[{size}];", of_block(driver, "NvRecord", block)));
        }
    });
}

/// Constant tables, behind the RAM that they point to.
pub(super) fn tables(driver: &Driver, source: &mut Source) {
    if driver.nv_blocks.is_empty() {
        return;
    }
    let prefix = driver.prefix();
    let blocks: Vec<_> = driver.nv_blocks.iter().map(|block| entry(driver, block)).collect();
    source.array(&format!("static const CryptoSoft_NvBlockConfigType {prefix}_NvBlocks"), &blocks);
    source.blank();
    source.line(format!("static const CryptoSoft_NvMType {prefix}_NvM ="));
    source.line("{");
    source.line("    .setDataIndex = &NvM_SetDataIndex,");
    source.line("    .readBlock = &NvM_ReadBlock,");
    source.line("    .writeBlock = &NvM_WriteBlock,");
    source.line("    .getErrorStatus = &NvM_GetErrorStatus,");
    source.line("    .deviceKey = &Crypto_DeviceKeyCallout");
    source.line("};");
    source.blank();
}

fn entry(driver: &Driver, block: &NvBlock) -> Vec<String> {
    let processing = match block.processing {
        NvProcessing::Immediate => "CRYPTO_SOFT_NV_IMMEDIATE",
        NvProcessing::Deferred => "CRYPTO_SOFT_NV_DEFERRED",
    };
    vec![
        format!("/* {}: {} */", block.origin.name, driver.key_of(block).origin.name),
        "{".into(),
        format!("    .keyId = {}U,", block.key),
        format!("    .record = &{}[0],", of_block(driver, "NvRecord", block)),
        format!("    .recordSize = {}U,", driver.record_size_of(block)),
        format!("    .nvmBlockId = {}U,", block.descriptor.id),
        format!("    .processing = {processing},"),
        format!("    .failedRetries = {}U,", block.failed_retries),
        format!("    .useSyncMechanism = {}", boolean(block.descriptor.use_sync_mechanism)),
        "},".into(),
    ]
}

/// A function that NvM calls for one block.
struct Function {
    name: String,
    parameters: &'static str,
    core: &'static str,
    arguments: &'static str,
}

/// What NvM calls: the end of a request, and with explicit synchronisation the exchange of the record. [SWS_Crypto, NvM callbacks]
fn functions(driver: &Driver, block: &NvBlock) -> Vec<Function> {
    let function = |part: &str, parameters, core, arguments| Function {
        name: nv_function(driver, part, block),
        parameters,
        core,
        arguments,
    };
    let mut functions =
        vec![function("Callback", "uint8 serviceId, uint8 jobResult", "NvBlockCallback", ", serviceId, jobResult")];
    if block.descriptor.use_sync_mechanism {
        functions.push(function("ReadFrom", "const void* NvMBuffer", "NvBlockReadFrom", ", NvMBuffer"));
        functions.push(function("WriteTo", "void* NvMBuffer", "NvBlockWriteTo", ", NvMBuffer"));
        functions.push(function("Init", "void", "NvBlockInit", ""));
    }
    functions
}

/// `Crypto_NvBlock_<part>_<block>`
pub(crate) fn nv_function(driver: &Driver, part: &str, block: &NvBlock) -> String {
    format!("{}_NvBlock_{part}_{}", driver.prefix(), block.origin.name)
}

pub(super) fn prototypes(driver: &Driver, source: &mut Source) {
    if driver.nv_blocks.is_empty() {
        return;
    }
    source.blank();
    source.line("/* Called by NvM. serviceId is a NvM_BlockRequestType, jobResult a NvM_RequestResultType. */");
    for function in driver.nv_blocks.iter().flat_map(|block| functions(driver, block)) {
        source.line(format!("extern Std_ReturnType {}({});", function.name, function.parameters));
    }
}

pub(super) fn definitions(driver: &Driver, source: &mut Source) {
    for (index, block) in driver.nv_blocks.iter().enumerate() {
        for Function { name, parameters, core, arguments } in functions(driver, block) {
            source.blank();
            source.line(format!("Std_ReturnType {name}({parameters})"));
            source.line("{");
            source.line(format!("    return V2gcrypt_CryptoSoft_{core}(&{}_Instance, {index}U{arguments});", driver.prefix()));
            source.line("}");
        }
    }
}
