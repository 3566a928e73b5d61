//! `CryIf_Cfg.h` and `CryIf_Cfg.c`.

use super::c::{boolean, header as frame, pointer, Source};
use super::csm::on_off;
use super::OutputFile;
use crate::model::{Driver, Implementation, Model};

pub(super) fn header(model: &Model) -> OutputFile {
    let cryif = &model.cryif;
    let name = "CryIf_Cfg.h";
    let mut source = Source::new("CRYIF", "CryIf_Cfg.h: names of channels and keys.", &cryif.origin);
    frame(&mut source, name, |source| {
        source.line("#include \"Std_Types.h\"");
        source.blank();
        source.line(format!("#define CRYIF_DEV_ERROR_DETECT {}", on_off(cryif.dev_error_detect)));
        source.line(format!("#define CRYIF_VERSION_INFO_API {}", on_off(cryif.version_info_api)));
        source.blank();
        source.line("/* Channels, for the parameter channelId. */");
        for channel in &cryif.channels {
            source.describe("", &channel.origin);
            source.line(format!("#define CryIfConf_CryIfChannel_{} {}U", channel.origin.name, channel.id));
        }
        source.blank();
        source.line("/* Keys, for the parameter cryIfKeyId. */");
        for key in &cryif.keys {
            source.describe("", &key.origin);
            source.line(format!("#define CryIfConf_CryIfKey_{} {}U", key.origin.name, key.id));
        }
    });
    OutputFile { name: name.into(), contents: source.into_text() }
}

/// Members of `CryIf_DriverType` and the functions behind them.
const FUNCTIONS: &[(&str, &str)] = &[
    ("processJob", "ProcessJob"),
    ("cancelJob", "CancelJob"),
    ("keyElementSet", "KeyElementSet"),
    ("keyElementGet", "KeyElementGet"),
    ("keySetValid", "KeySetValid"),
    ("keySetInvalid", "KeySetInvalid"),
    ("keyGetStatus", "KeyGetStatus"),
];

/// Further members. A driver of somebody else's may lack the function: its header then defines the name as `NULL_PTR`, which
/// has no address.
const OPTIONAL_FUNCTIONS: &[(&str, &str)] = &[
    ("keyElementCopy", "KeyElementCopy"),
    ("keyElementCopyPartial", "KeyElementCopyPartial"),
    ("keyCopy", "KeyCopy"),
    ("randomSeed", "RandomSeed"),
    ("keyGenerate", "KeyGenerate"),
    ("keyDerive", "KeyDerive"),
    ("keyExchangeCalcPubVal", "KeyExchangeCalcPubVal"),
    ("keyExchangeCalcSecret", "KeyExchangeCalcSecret"),
    ("customSync", "CustomSync"),
];

/// The functions of one driver, as initialisers.
fn functions(driver: &Driver) -> Vec<String> {
    let prefix = driver.prefix();
    let all = FUNCTIONS.iter().map(|(member, function)| format!("    .{member} = &{prefix}_{function}"));
    let optional = OPTIONAL_FUNCTIONS.iter().map(|(member, function)| match driver.implementation {
        Implementation::External => format!("    .{member} = {prefix}_{function}"),
        Implementation::Soft | Implementation::Hsm => format!("    .{member} = &{prefix}_{function}"),
    });
    let mut lines: Vec<String> = all.chain(optional).collect();
    let last = lines.len().saturating_sub(1);
    lines.iter_mut().take(last).for_each(|line| line.push(','));
    lines
}

pub(super) fn source(model: &Model) -> OutputFile {
    let cryif = &model.cryif;
    let mut source = Source::new("CRYIF", "CryIf_Cfg.c: the configuration of CryIf.", &cryif.origin);
    source.blank();
    source.line("#include \"CryIf.h\"");
    source.line("#include \"V2gcrypt_Abi.h\"");
    for driver in &model.drivers {
        source.line(format!("#include \"{}.h\"", driver.prefix()));
    }
    source.blank();
    source.section("CONST_UNSPECIFIED", |source| {
        let drivers: Vec<_> = model
            .drivers
            .iter()
            .map(|driver| {
                let mut lines = vec![format!("/* {} */", driver.origin.name), "{".into()];
                lines.extend(functions(driver));
                lines.push("},".into());
                lines
            })
            .collect();
        if !cryif.channels.is_empty() || !cryif.keys.is_empty() {
            source.array("static const CryIf_DriverType CryIf_Drivers", &drivers);
            source.blank();
        }
        let channels: Vec<_> = cryif
            .channels
            .iter()
            .map(|channel| {
                vec![
                    format!("/* {} */", channel.origin.name),
                    "{".into(),
                    format!("    .driver = &CryIf_Drivers[{}],", channel.driver),
                    format!("    .objectId = {}U", channel.object),
                    "},".into(),
                ]
            })
            .collect();
        source.array("static const CryIf_ChannelConfigType CryIf_Channels", &channels);
        source.blank();
        let keys: Vec<_> = cryif
            .keys
            .iter()
            .map(|key| {
                vec![
                    format!("/* {} */", key.origin.name),
                    "{".into(),
                    format!("    .driver = &CryIf_Drivers[{}],", key.driver),
                    format!("    .cryptoKeyId = {}U", key.crypto_key),
                    "},".into(),
                ]
            })
            .collect();
        source.array("static const CryIf_KeyConfigType CryIf_Keys", &keys);
        source.blank();
        let (channels, keys) = (cryif.channels.len(), cryif.keys.len());
        source.line("const CryIf_ConfigType CryIf_Config =");
        source.line("{");
        source.line("    .magic = V2GCRYPT_CONFIG_MAGIC,");
        source.line("    .configSize = (uint32)sizeof(CryIf_ConfigType),");
        source.line("    .driverSize = (uint32)sizeof(CryIf_DriverType),");
        source.line(format!("    .channelCount = {channels}U,"));
        source.line(format!("    .keyCount = {keys}U,"));
        source.line(format!("    .channels = {},", pointer("CryIf_Channels", channels)));
        source.line(format!("    .keys = {},", pointer("CryIf_Keys", keys)));
        source.line(format!("    .devErrorDetect = {},", boolean(cryif.dev_error_detect)));
        source.line("    .abi = &V2GCRYPT_ABI_SYMBOL");
        source.line("};");
    });
    OutputFile { name: "CryIf_Cfg.c".into(), contents: source.into_text() }
}
