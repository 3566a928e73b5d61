//! `KeyM_Cfg.h` and `KeyM_Cfg.c`.

mod callouts;
mod tables;

use super::c::{boolean, extern_c, header as frame, pointer, wrapped, Source};
use super::csm::on_off;
use super::OutputFile;
use crate::model::keym::{KeyM, Storage};
use crate::model::Model;
use crate::read::keym_literals::SECURITY_EVENTS;
use callouts::Callouts;

/// Both files; none without KeyM.
pub(super) fn files(model: &Model) -> Vec<OutputFile> {
    let Some(keym) = &model.keym else { return Vec::new() };
    let callouts = Callouts::of(keym);
    vec![header(keym, &callouts), source(model, keym, &callouts)]
}

fn header(keym: &KeyM, callouts: &Callouts<'_>) -> OutputFile {
    let name = "KeyM_Cfg.h";
    let mut source = Source::new("KEYM", "KeyM_Cfg.h: names of certificates, elements and keys; callouts.", &keym.origin);
    frame(&mut source, name, |source| {
        source.line("#include \"Rte_KeyM_Type.h\"");
        source.blank();
        source.line(format!("#define KEYM_DEV_ERROR_DETECT {}", on_off(keym.general.dev_error_detect)));
        source.blank();
        source.line("/* Certificates, for the parameter CertId. */");
        for certificate in &keym.certificates {
            source.describe("", &certificate.origin);
            source.line(format!("#define KeyMConf_KeyMCertificate_{} {}U", certificate.origin.name, certificate.id));
        }
        let mut elements: Vec<_> = keym.certificates.iter().flat_map(|certificate| &certificate.elements).collect();
        elements.sort_by_key(|element| (element.id, &element.origin.name));
        elements.dedup_by(|a, b| a.origin.name == b.origin.name);
        if !elements.is_empty() {
            source.blank();
            source.line("/* Elements of certificates, for the parameter CertElementId. */");
        }
        for element in elements {
            source.line(format!("#define KeyMConf_KeyMCertificateElement_{} {}U", element.origin.name, element.id));
        }
        if !keym.crypto_keys.is_empty() {
            source.blank();
            source.line("/* Keys. */");
        }
        for key in &keym.crypto_keys {
            source.describe("", &key.origin);
            source.line(format!("#define KeyMConf_KeyMCryptoKey_{} {}U", key.origin.name, key.id));
        }
        source.blank();
        extern_c(source, |source| callouts.prototypes(source));
    });
    OutputFile { name: name.into(), contents: source.into_text() }
}

fn source(model: &Model, keym: &KeyM, callouts: &Callouts<'_>) -> OutputFile {
    let mut source = Source::new("KEYM", "KeyM_Cfg.c: the configuration of KeyM.", &keym.origin);
    source.blank();
    source.line("#include \"KeyM.h\"");
    source.line("#include \"Csm.h\"");
    source.line("#include \"KeyM_Externals.h\"");
    callouts.includes(&mut source);
    source.line("#include \"V2gcrypt_Abi.h\"");
    source.blank();
    ram(keym, &mut source);
    source.section("CODE", |source| callouts.definitions(source));
    source.section("CONST_8", |source| tables::bytes(keym, source));
    source.section("CONST_UNSPECIFIED", |source| {
        tables::write(model, keym, callouts, source);
        callouts.tables(source);
        configuration(model, keym, callouts, source);
    });
    OutputFile { name: "KeyM_Cfg.c".into(), contents: source.into_text() }
}

fn ram(keym: &KeyM, source: &mut Source) {
    source.section("VAR_CLEARED_8", |source| {
        source.line("/* Certificates, in DER. */");
        for certificate in &keym.certificates {
            source.line(format!("static uint8 KeyM_Der_{}[{}];", certificate.origin.name, certificate.max_length));
            if certificate.ocsp_max_length > 0 {
                source.line(format!("static uint8 KeyM_Ocsp_{}[{}];", certificate.origin.name, certificate.ocsp_max_length));
            }
        }
        for key in keym.crypto_keys.iter().filter(|key| key.storage == Storage::Nvm) {
            source.line(format!("static uint8 KeyM_Key_{}[{}];", key.origin.name, key.max_length));
        }
        source.blank();
        source.line("/* What is under way. */");
        source.line(format!("static uint8 KeyM_RequestBuffer[{}];", keym.request_buffer_size()));
        source.line(format!("static uint8 KeyM_ChainBuffer[{}];", keym.chain_buffer_size()));
        if !keym.nvm_blocks.is_empty() {
            source.line(format!("static uint8 KeyM_NvmRecord[{}];", largest_record(keym)));
        }
    });
    source.section("VAR_CLEARED_UNSPECIFIED", |source| {
        for (kind, count) in
            [("Certificate", keym.certificates.len()), ("CryptoKey", keym.crypto_keys.len()), ("NvmBlock", keym.nvm_blocks.len())]
        {
            if count > 0 {
                source.line(format!("static KeyM_{kind}RamType KeyM_{kind}Ram[{count}];"));
            }
        }
        source.line("static KeyM_EngineRamType KeyM_EngineRam;");
    });
}

/// Bytes of the record that all blocks share.
fn largest_record(keym: &KeyM) -> u64 {
    (0..keym.nvm_blocks.len() as u32).map(|block| keym.record_size_of(block)).max().unwrap_or(0)
}

fn configuration(model: &Model, keym: &KeyM, callouts: &Callouts<'_>, source: &mut Source) {
    let general = &keym.general;
    let jobs = model.keym_async_jobs();
    let blocks = keym.nvm_blocks.len();
    let job = |job: Option<u32>| tables::job(model, job);
    source.line("const KeyM_ConfigType KeyM_Config =");
    source.line("{");
    let mut field = |name: &str, value: String| source.line(format!("    .{name} = {value},"));
    field("magic", "V2GCRYPT_CONFIG_MAGIC".into());
    field("configSize", "(uint32)sizeof(KeyM_ConfigType)".into());
    field("certificateConfigSize", "(uint32)sizeof(KeyM_CertificateConfigType)".into());
    field("engineRamSize", "(uint32)sizeof(KeyM_EngineRamType)".into());
    for (name, table, count) in [
        ("certificates", "KeyM_Certificates", keym.certificates.len()),
        ("cryptoKeys", "KeyM_CryptoKeys", keym.crypto_keys.len()),
        ("nvmBlocks", "KeyM_NvmBlocks", blocks),
        ("rules", "KeyM_Rules", keym.rules.len()),
        ("conditions", "KeyM_Conditions", keym.conditions.len()),
        ("keyPool", "KeyM_KeyPool", keym.pool.len()),
        ("asyncJobs", "KeyM_AsyncJobs", jobs.len()),
        ("certificateRam", "KeyM_CertificateRam", keym.certificates.len()),
        ("cryptoKeyRam", "KeyM_CryptoKeyRam", keym.crypto_keys.len()),
        ("nvmBlockRam", "KeyM_NvmBlockRam", blocks),
    ] {
        field(name, pointer(table, count));
    }
    field("engineRam", "&KeyM_EngineRam".into());
    field("nvmRecord", pointer("KeyM_NvmRecord", blocks));
    field("requestBuffer", "&KeyM_RequestBuffer[0]".into());
    field("chainBuffer", "&KeyM_ChainBuffer[0]".into());
    field("nvmRecordSize", format!("{}U", largest_record(keym)));
    field("requestBufferSize", format!("{}U", keym.request_buffer_size()));
    field("chainBufferSize", format!("{}U", keym.chain_buffer_size()));
    for (name, count) in [
        ("certificateCount", keym.certificates.len()),
        ("cryptoKeyCount", keym.crypto_keys.len()),
        ("nvmBlockCount", blocks),
        ("ruleCount", keym.rules.len()),
        ("conditionCount", keym.conditions.len()),
        ("keyPoolCount", keym.pool.len()),
        ("asyncJobCount", jobs.len()),
    ] {
        field(name, format!("{count}U"));
    }
    for (name, value) in callouts.fields() {
        field(name, value);
    }
    for (name, own) in [
        ("sha1JobId", keym.jobs.sha1),
        ("sha256JobId", keym.jobs.sha256),
        ("sha384JobId", keym.jobs.sha384),
        ("sha512JobId", keym.jobs.sha512),
        ("randomJobId", keym.jobs.random),
        ("macGenerateJobId", keym.jobs.mac_generate),
        ("macVerifyJobId", keym.jobs.mac_verify),
    ] {
        field(name, job(own));
    }
    let period = (general.main_function_period.unwrap_or(0.0) * 1e6).round();
    field("mainFunctionPeriod", format!("{}U", period.min(f64::from(u32::MAX)) as u32));
    let events = SECURITY_EVENTS.iter().map(|name| {
        let event = keym.security_events.iter().find(|event| event.name == *name);
        event.map_or("KEYM_NO_SECURITY_EVENT".into(), |event| format!("{}U", event.id))
    });
    let events = wrapped(&format!("    .securityEvents = {{ {} }},", events.collect::<Vec<_>>().join(", ")));
    field("keyCertNameMaxLength", format!("{}U", general.name_max_length));
    field("certificateChainMaxDepth", format!("{}U", general.chain_max_depth));
    let tolerances = &keym.policy.path_tolerances;
    field("pathTolerances", if tolerances.is_empty() { "0U".into() } else { tolerances.join(" | ") });
    field("publicKeyFormat", tables::public_key_format(model, keym).into());
    field("timeUnknown", keym.policy.time_unknown.into());
    for (name, value) in [
        ("certificateManagerEnabled", general.certificate_manager),
        ("cryptoKeyManagerEnabled", general.crypto_key_manager),
        ("startFinalizeEnabled", general.start_finalize),
        ("prepareEnabled", general.prepare),
        ("verifyEnabled", general.verify),
        ("verifyAsyncMode", general.verify_async),
        ("serviceCertificateEnabled", general.service_certificate),
        ("securityEventReporting", general.security_event_reporting),
        ("devErrorDetect", general.dev_error_detect),
        ("tolerateSetOfStoredCertificate", keym.policy.tolerate_set_of_stored_certificate),
        ("tolerateUnsignedRootReplacement", keym.policy.tolerate_unsigned_root_replacement),
        ("allowSecp384r1", keym.policy.allow_secp384r1),
        ("tolerateUnknownRevocation", keym.policy.tolerate_unknown_revocation),
    ] {
        field(name, boolean(value).into());
    }
    source.line(events);
    source.line("    .abi = &V2GCRYPT_ABI_SYMBOL");
    source.line("};");
}
