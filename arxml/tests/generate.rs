//! What is generated depends on what a configuration says, not on how it is written down.

mod common;

use common::{evcc, example, folder, load_all, secc, write_all, Arxml};
use v2gcrypt_arxml::model::{Implementation, JobInterface, PreparedForm, Processing};
use v2gcrypt_arxml::{generate, load, Model};

fn file(model: &Model, name: &str) -> String {
    let files = generate(model);
    let found = files.into_iter().find(|file| file.name == name);
    found.unwrap_or_else(|| panic!("no {name}")).contents
}

#[test]
fn generated_files_are_those_that_were_reviewed() {
    for name in ["evcc", "secc"] {
        let model = load(&[example(&format!("{name}.arxml"))]).unwrap();
        let folder = example("tests/golden").join(name);
        let mut files = generate(&model);
        files.retain(|file| !file.name.starts_with("bswmd/")); // the same for every configuration
        if std::env::var_os("V2GCRYPT_BLESS").is_some() {
            let _ = std::fs::remove_dir_all(&folder);
            v2gcrypt_arxml::write_to(&files, &folder).unwrap();
        }
        for file in &files {
            let golden = std::fs::read_to_string(folder.join(&file.name)).unwrap_or_default();
            assert!(
                golden == file.contents,
                "{name}/{} differs: look at `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-arxml` and git diff",
                file.name
            );
        }
        let count = |folder: std::path::PathBuf| std::fs::read_dir(folder).map_or(0, Iterator::count);
        // A folder is an entry, too.
        let rte = count(folder.join("rte"));
        assert_eq!(count(folder) - usize::from(rte > 0) + rte, files.len(), "{name} has stale files");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for arxml in [evcc(), secc()] {
        let first = generate(&arxml.load().unwrap());
        for _ in 0..5 {
            assert!(generate(&arxml.load().unwrap()) == first);
        }
    }
}

/// Everything about a model, by names instead of numbers.
fn resolved(model: &Model) -> Vec<String> {
    let mut lines = Vec::new();
    for job in &model.csm.jobs {
        let primitive = model.primitive_of(job);
        let queue = &model.csm.queues[job.queue as usize];
        let channel = &model.cryif.channels[queue.channel as usize];
        let object = &model.drivers[channel.driver as usize].objects[channel.object as usize];
        let key = job.key.map(|key| {
            let csm_key = &model.csm.keys[key as usize];
            let cryif_key = &model.cryif.keys[csm_key.cryif_key as usize];
            let driver = &model.drivers[cryif_key.driver as usize];
            let crypto_key = &driver.keys[cryif_key.crypto_key as usize];
            let elements: Vec<_> =
                driver.elements_of(crypto_key).map(|element| (element.id, element.size, element.read_access)).collect();
            let form = model.prepared_form(cryif_key.driver as usize, crypto_key.id);
            format!("{} {} {} {elements:?} {form:?}", csm_key.origin.name, cryif_key.origin.name, crypto_key.origin.name)
        });
        let callback = job.callback.map(|callback| &model.csm.callbacks[callback as usize].function);
        lines.push(format!(
            "{} {:?} {} {:?} {} {:?} {} {} {} {} {} {key:?} {callback:?}",
            job.origin.name,
            job.origin.description,
            job.priority,
            job.processing,
            primitive.service.symbol,
            primitive.algorithm,
            primitive.key_length,
            queue.origin.name,
            queue.size,
            object.origin.name,
            object.queue_size,
        ));
    }
    lines.sort();
    lines
}

fn shuffled(arxml: Arxml) -> Arxml {
    arxml
        .reverse_order(12)
        .reverse_order(16)
        .reverse_ids("CsmJobId", 26)
        .reverse_ids("CsmKeyId", 12)
        .reverse_ids("CryIfChannelId", 3)
        .reverse_ids("CryIfKeyId", 12)
        .reverse_ids("CryptoKeyId", 12)
        .reverse_ids("CryptoDriverObjectId", 3)
}

#[test]
fn vendor_root_and_order_and_ids_do_not_change_the_meaning() {
    let plain = evcc().load().unwrap();
    let other = shuffled(evcc().replace_all("/AUTOSAR/EcucDefs/", "/MyVendor/Classic/").replace_all("/Evcc/", "/Car/Bsw/"))
        .replace(
            "<SHORT-NAME>Evcc</SHORT-NAME>",
            "<SHORT-NAME>Car</SHORT-NAME><AR-PACKAGES><AR-PACKAGE><SHORT-NAME>Bsw</SHORT-NAME>",
        )
        .replace("</ELEMENTS>", "</ELEMENTS></AR-PACKAGE></AR-PACKAGES>");
    let other = other.load().unwrap();
    assert_eq!(resolved(&plain), resolved(&other));
    assert_eq!(other.csm.jobs[25].origin.name, "ContractSign");
    assert_eq!(other.csm.jobs[25].origin.path, "/Car/Bsw/Csm/CsmJobs/ContractSign");
    assert!(file(&other, "Csm_Cfg.h").contains("#define CsmConf_CsmJob_ContractSign 25U"));
}

#[test]
fn the_order_of_the_file_changes_no_byte() {
    let plain = evcc().load().unwrap();
    let other = evcc().reverse_order(12).reverse_order(16).load().unwrap();
    assert!(generate(&plain) == generate(&other));
}

#[test]
fn other_names_change_names_only() {
    let renamed = |text: String| text.replace("ContractSign", "Unterschrift").replace("FrameKey", "SteuerKey");
    let other = evcc().replace_all("ContractSign", "Unterschrift").replace_all("FrameKey", "SteuerKey").load().unwrap();
    // Callbacks stand in the order of their names, and this one moves.
    let without_ids = |text: String| text.lines().filter(|line| !line.contains("callbackId")).collect::<Vec<_>>().join("\n");
    let plain = evcc().load().unwrap();
    for name in ["Csm_Cfg.c", "CryIf_Cfg.c", "CryIf_Cfg.h", "Crypto_Cfg.c", "Crypto_Cfg.h"] {
        assert_eq!(without_ids(renamed(file(&plain, name))), without_ids(file(&other, name)), "{name}");
    }
}

#[test]
fn a_configuration_may_be_split_over_files() {
    let whole = generate(&evcc().load().unwrap());
    let text = evcc().0;
    // By modules.
    let elements = text.find("      <ELEMENTS>\n").unwrap() + "      <ELEMENTS>\n".len();
    let end = text.find("      </ELEMENTS>").unwrap();
    let (head, tail) = (&text[..elements], &text[end..]);
    let open = "        <ECUC-MODULE-CONFIGURATION-VALUES>";
    let modules: Vec<String> =
        text[elements..end].split(open).skip(1).map(|module| format!("{head}{open}{module}{tail}")).collect();
    assert_eq!(modules.len(), 3);
    let parts: Vec<_> = modules.iter().map(String::as_str).collect();
    assert!(generate(&load_all(&parts).unwrap()) == whole);
    let backwards: Vec<_> = parts.iter().rev().copied().collect();
    assert!(generate(&load_all(&backwards).unwrap()) == whole);
    // Inside of a module: the jobs in a file of their own.
    let jobs_start = text.find("            <!-- Ids run from 0").unwrap();
    let jobs_end = jobs_start + text[jobs_start..].find("\n            </ECUC-CONTAINER-VALUE>\n").unwrap() + 1;
    let jobs_end = jobs_end + "            </ECUC-CONTAINER-VALUE>\n".len();
    let without_jobs = format!("{}{}", &text[..jobs_start], &text[jobs_end..]);
    let csm_end = text.find("          </CONTAINERS>").unwrap();
    let containers = text.find("          <CONTAINERS>\n").unwrap() + "          <CONTAINERS>\n".len();
    let csm_close = csm_end + text[csm_end..].find("</ECUC-MODULE-CONFIGURATION-VALUES>\n").unwrap();
    let csm_close = csm_close + "</ECUC-MODULE-CONFIGURATION-VALUES>\n".len();
    let only_jobs = format!("{}{}{}{tail}", &text[..containers], &text[jobs_start..jobs_end], &text[csm_end..csm_close]);
    assert!(load_all(&[&without_jobs]).unwrap().csm.jobs.is_empty());
    assert!(generate(&load_all(&[&without_jobs, &only_jobs]).unwrap()) == whole);
}

#[test]
fn every_schema_version_since_4_0_3_is_read() {
    let whole = generate(&evcc().load().unwrap());
    for schema in [
        "AUTOSAR_4-0-3.xsd",
        "AUTOSAR_4-2-2.xsd",
        "AUTOSAR_00044.xsd",
        "AUTOSAR_00046.xsd",
        "AUTOSAR_00048.xsd",
        "AUTOSAR_00049.xsd",
        "AUTOSAR_00050.xsd",
        "AUTOSAR_00052.xsd",
        "AUTOSAR_00053.xsd",
    ] {
        let model = evcc().replace("AUTOSAR_00051.xsd", schema).load().unwrap_or_else(|f| panic!("{schema}: {f}"));
        assert!(generate(&model) == whole, "{schema}");
    }
}

#[test]
fn parameters_of_older_releases_are_understood() {
    let older = evcc()
        .remove("CsmJob", "MessageDigest", "CsmProcessingMode")
        .remove("CsmJob", "MessageDigest", "CsmJobInterfaceUsePort")
        .remove("CsmJob", "LogDigest", "CsmProcessingMode")
        .remove("CsmJob", "LogDigest", "CsmJobPrimitiveCallbackRef")
        .add("CsmJob", "MessageDigest", "CsmJobUsePort", "true")
        .add("CsmHashConfig", "CsmHashConfig", "CsmHashProcessing", "CSM_SYNCHRONOUS")
        .load()
        .unwrap();
    assert_eq!(older.csm.jobs[2].processing, Processing::Sync);
    assert_eq!(older.csm.jobs[2].interface, JobInterface::Port);
    assert_eq!(older.csm.jobs[10].processing, Processing::Sync);
}

#[test]
fn a_hash_needs_no_key_and_a_key_of_a_hash_is_ignored() {
    let model = evcc().refer("CsmJob", "MessageDigest", "CsmJobKeyRef", "/Evcc/Csm/CsmKeys/FrameKey").load().unwrap();
    assert_eq!(model.csm.jobs[2].key, None);
    assert!(file(&model, "Csm_Cfg.c").contains(".cryIfKeyId = 0xFFFFFFFFU"));
}

#[test]
fn a_key_is_prepared_for_the_jobs_that_use_it() {
    let model = evcc().load().unwrap();
    let forms: Vec<_> = (0..4).map(|key| model.prepared_form(0, key)).collect();
    let expected = [PreparedForm::EcdsaP256Sign, PreparedForm::EcdsaP256Verify, PreparedForm::AesCmac, PreparedForm::HmacSha256];
    assert_eq!(forms, expected);
    // The jobs disagree: one of them parses the bytes itself.
    let disagreeing = evcc().set("CsmJob", "RecordMacVerify", "CsmJobKeyRef", "/Evcc/Csm/CsmKeys/FrameKey").load().unwrap();
    assert_eq!(disagreeing.prepared_form(0, 2), PreparedForm::None);
    assert_eq!(disagreeing.prepared_form(0, 3), PreparedForm::HmacSha256);
}

#[test]
fn a_key_lists_the_algorithms_of_its_jobs_and_what_its_elements_can_be_managed_by() {
    let usages = |model: &Model, key: u32| -> Vec<String> {
        let usages = model.usages(0, key);
        usages.iter().map(|usage| format!("{} {}", usage.service.symbol, usage.algorithm.family.symbol)).collect()
    };
    let model = evcc().load().unwrap();
    let frame_key = ["CRYPTO_MACGENERATE CRYPTO_ALGOFAM_AES", "CRYPTO_MACVERIFY CRYPTO_ALGOFAM_AES"];
    let always = ["CRYPTO_KEYSETVALID CRYPTO_ALGOFAM_NOT_SET", "CRYPTO_KEYSETINVALID CRYPTO_ALGOFAM_NOT_SET"];
    assert_eq!(usages(&model, 2), frame_key.iter().chain(&always).copied().collect::<Vec<_>>());
    let crypto = file(&model, "Crypto_Cfg.c");
    assert!(crypto.contains(".usages = &Crypto_Usages_FrameKey[0],\n        .usageCount = 4U,"));
    // Each managing service wants an element.
    for (id, services) in [
        ("3", &["CRYPTO_RANDOMSEED"][..]),
        ("4", &["CRYPTO_RANDOMSEED"]),
        ("15", &["CRYPTO_KEYDERIVE"]),
        ("17", &["CRYPTO_KEYGENERATE"]),
    ] {
        let model = evcc()
            .set("CryptoKeyElement", "HmacKeyElement", "CryptoKeyElementId", id)
            .refer("CryptoKeyType", "Aes128Key", "CryptoKeyElementRef", "/Evcc/Crypto/CryptoKeyElements/HmacKeyElement")
            .set("CryptoKey", "RecordKey", "CryptoKeyTypeRef", "/Evcc/Crypto/CryptoKeyTypes/Aes128Key")
            .load()
            .unwrap();
        let managed: Vec<_> = services.iter().map(|service| format!("{service} CRYPTO_ALGOFAM_NOT_SET")).collect();
        let managed = managed.iter().map(String::as_str);
        let expected: Vec<_> = frame_key.into_iter().chain(managed).chain(always).collect();
        assert_eq!(usages(&model, 2), expected, "{id}");
    }
    // A job that names the algorithm of what a key's element manages adds nothing: services are listed by themselves.
    let exchanges = ["KEYDERIVE", "KEYEXCHANGECALCPUBVAL", "KEYEXCHANGECALCSECRET"];
    let exchanges: Vec<_> = exchanges.iter().map(|service| format!("CRYPTO_{service} CRYPTO_ALGOFAM_NOT_SET")).collect();
    let expected: Vec<_> = exchanges.iter().map(String::as_str).chain(always).collect();
    assert_eq!(usages(&model, 9), expected);
    // The owner of a contract-key import.
    assert!(usages(&model, 5).contains(&"CRYPTO_CUSTOM_SERVICE CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2".to_string()));
}

#[test]
fn a_custom_algorithm_is_its_number_however_it_is_named() {
    let plain = evcc().load().unwrap();
    let csm = file(&plain, "Csm_Cfg.c");
    assert!(csm.contains(".family = CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2,") && !csm.contains("ALGOFAM_CUSTOM"), "{csm}");
    let crypto = file(&plain, "Crypto_Cfg.c");
    assert!(
        crypto.contains(".family = CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20,") && !crypto.contains("ALGOFAM_CUSTOM"),
        "{crypto}"
    );
    let names = file(&plain, "Crypto_Cfg.h");
    assert!(names.contains("#define CryptoConf_CryptoPrimitiveAlgorithmFamilyCustom_ImportFamily2 130U"), "{names}");
    for text in ["0x82", "130", "CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2", "ImportFamily2"] {
        let older = evcc()
            .remove("CsmCustomServiceConfig", "CsmCustomServiceConfig", "CsmCustomServiceAlgorithmFamilyCustomRef")
            .add("CsmCustomServiceConfig", "CsmCustomServiceConfig", "CsmCustomServiceAlgorithmFamilyCustom", text);
        let older = older.load().unwrap_or_else(|findings| panic!("{text}: {findings}"));
        assert!(generate(&older) == generate(&plain), "{text}");
    }
    // A number without a name, in a driver of somebody else's.
    let arxml = evcc()
        .set("CryptoPrimitiveAlgorithmFamilyCustom", "ImportFamily2", "CryptoPrimitiveAlgorithmFamilyCustomId", "0x90")
        .add("CryptoGeneral", "CryptoGeneral", "CryptoImplementation", "EXTERNAL");
    assert!(file(&arxml.load().unwrap(), "Csm_Cfg.c").contains(".family = 0x90U,"));
}

#[test]
fn a_key_is_prepared_for_each_algorithm() {
    use PreparedForm::*;
    let model = evcc().load().unwrap();
    let forms: Vec<_> = (4..12).map(|key| model.prepared_form(0, key)).collect();
    // The owner of an import is prepared for its signatures; a key exchange has no form.
    let expected = [EcdsaP256Sign, EcdsaP256Sign, EcdsaP521Sign, EcdsaP521Sign, EcdsaP521Verify, None, AesGcm, AesCipher];
    assert_eq!(forms, expected);
}

#[test]
fn a_vendor_may_have_names_of_its_own() {
    let with_extra = |arxml: Arxml| arxml.add("CsmGeneral", "CsmGeneral", "CsmTurboMode", "true");
    let vendor = |arxml: Arxml| arxml.replace_all("/AUTOSAR/EcucDefs/", "/MyVendor/Classic/");
    let warnings = |texts: &[&str]| v2gcrypt_arxml::load_with_warnings(&write_all(texts)).unwrap().warnings.len();
    assert_eq!(warnings(&[&with_extra(evcc()).0]), 1);
    assert_eq!(warnings(&[&vendor(with_extra(evcc())).0]), 0);
    let slip = vendor(evcc().add("CsmGeneral", "CsmGeneral", "CsmDevErorDetect", "true"));
    assert_eq!(warnings(&[&slip.0]), 1);
    // Not a slip: the vendor defines it.
    let definition = vendor_definition(
        r#"<ECUC-MODULE-DEF><SHORT-NAME>Csm</SHORT-NAME><CONTAINERS><ECUC-PARAM-CONF-CONTAINER-DEF><SHORT-NAME>CsmGeneral</SHORT-NAME>
        <PARAMETERS><ECUC-BOOLEAN-PARAM-DEF><SHORT-NAME>CsmDevErorDetect</SHORT-NAME></ECUC-BOOLEAN-PARAM-DEF></PARAMETERS>
        </ECUC-PARAM-CONF-CONTAINER-DEF></CONTAINERS></ECUC-MODULE-DEF>"#,
    );
    assert_eq!(warnings(&[&slip.0, &definition]), 0);
}

#[test]
fn an_external_driver_is_called_and_not_generated() {
    let arxml = secc().replace(">SOFT</VALUE>", ">EXTERNAL</VALUE>");
    let model = arxml.load().unwrap();
    assert_eq!(model.drivers[1].implementation, Implementation::External);
    let names: Vec<_> = generate(&model).into_iter().map(|file| file.name).collect();
    assert!(!names.iter().any(|name| name.starts_with("Crypto_0_Symmetric")), "{names:?}");
    assert!(names.iter().any(|name| name == "Crypto_0_Asymmetric_Cfg.c"));
    let cryif = file(&model, "CryIf_Cfg.c");
    assert!(cryif.contains("#include \"Crypto_0_Symmetric.h\""));
    assert!(cryif.contains("&Crypto_0_Symmetric_ProcessJob"));
}

/// A vendor's module definition, as its BSWMD has it.
fn vendor_definition(inside: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<AUTOSAR xmlns="http://autosar.org/schema/r4.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://autosar.org/schema/r4.0 AUTOSAR_00051.xsd">
<AR-PACKAGES><AR-PACKAGE><SHORT-NAME>Acme</SHORT-NAME><ELEMENTS>{inside}</ELEMENTS></AR-PACKAGE></AR-PACKAGES></AUTOSAR>"#
    )
}

#[test]
fn a_refined_definition_is_known_by_what_it_refines() {
    let definition = vendor_definition(
        r#"<ECUC-MODULE-DEF><SHORT-NAME>Hsm</SHORT-NAME>
        <REFINED-MODULE-DEF-REF DEST="ECUC-MODULE-DEF">/AUTOSAR/EcucDefs/Crypto</REFINED-MODULE-DEF-REF></ECUC-MODULE-DEF>"#,
    );
    let values =
        evcc().replace_all("/AUTOSAR/EcucDefs/Crypto/", "/Acme/Hsm/").replace_all("/AUTOSAR/EcucDefs/Crypto<", "/Acme/Hsm<");
    let model = load_all(&[&values.0, &definition]).unwrap();
    assert_eq!(model.drivers[0].implementation, Implementation::External);
    // The switch decides, whatever the definition is.
    let soft = values.add("CryptoGeneral", "CryptoGeneral", "CryptoImplementation", "SOFT");
    assert_eq!(load_all(&[&soft.0, &definition]).unwrap().drivers[0].implementation, Implementation::Soft);
}

#[test]
fn the_infix_comes_from_the_module_description_too() {
    let description = vendor_definition(
        r#"<BSW-IMPLEMENTATION><SHORT-NAME>Soft</SHORT-NAME><VENDOR-ID>77</VENDOR-ID>
        <VENDOR-API-INFIX>Fast</VENDOR-API-INFIX></BSW-IMPLEMENTATION>"#,
    );
    // The driver is the last of the three modules.
    let text = evcc().0;
    let at = text.rfind("</IMPLEMENTATION-CONFIG-VARIANT>").unwrap() + "</IMPLEMENTATION-CONFIG-VARIANT>".len();
    let reference = r#"<MODULE-DESCRIPTION-REF DEST="BSW-IMPLEMENTATION">/Acme/Soft</MODULE-DESCRIPTION-REF>"#;
    let values = format!("{}{reference}{}", &text[..at], &text[at..]);
    let model = load_all(&[&values, &description]).unwrap();
    assert_eq!(model.drivers[0].prefix(), "Crypto_77_Fast");
    assert!(file(&model, "Crypto_77_Fast_Cfg.c").contains("Crypto_77_Fast_Instance"));
}

#[test]
fn a_description_cannot_end_its_comment() {
    let text = evcc().replace(
        "SHA-256 of a fragment, for the DigestValue of a Reference.",
        "evil */ int x; /* // \\ ??/ /*/ &lt;b>\n  and     blanks",
    );
    let header = file(&text.load().unwrap(), "Csm_Cfg.h");
    let line = header.lines().find(|line| line.contains("evil")).unwrap();
    assert_eq!(line, "/* MessageDigest: evil * / int x; / * / / / ? ?/ / * / <b> and blanks */");
}

#[test]
fn policies_and_initial_values_reach_the_tables() {
    let model = evcc()
        .add("CryptoGeneral", "CryptoGeneral", "CryptoTolerateEmptyInput", "true")
        .add("CryptoGeneral", "CryptoGeneral", "CryptoMacLengthInBytes", "true")
        .add("CsmGeneral", "CsmGeneral", "CsmMacLengthInBytes", "true")
        .add("CryptoKeyElement", "HmacKeyElement", "CryptoKeyElementInitValue", "0x00 01 fe FF")
        .load()
        .unwrap();
    let crypto = file(&model, "Crypto_Cfg.c");
    assert!(crypto.contains(".tolerateEmptyInput = TRUE") && crypto.contains(".macLengthInBytes = TRUE"));
    assert!(crypto.contains("Crypto_Init_HmacKeyElement[4] =\n{\n    0x00U, 0x01U, 0xFEU, 0xFFU,\n};"));
    assert!(crypto.contains(".initValue = &Crypto_Init_HmacKeyElement[0]") && crypto.contains(".initLength = 4U"));
    assert!(file(&model, "Csm_Cfg.c").contains(".macLengthInBytes = TRUE"));
}

#[test]
fn queues_share_their_words_without_overlap() {
    let model = secc().load().unwrap();
    let text = file(&model, "Csm_Cfg.c");
    assert!(text.contains(".firstSlot = 0U") && text.contains(".firstSlot = 16U"));
    assert!(text.contains("static uint32 Csm_QueueSlots[32];"));
    assert!(text.contains("void Csm_MainFunction_Charging(void)\n{\n    V2gcrypt_Csm_MainFunction(0U);"));
    assert!(text.contains("void Csm_MainFunction_Signatures(void)\n{\n    V2gcrypt_Csm_MainFunction(1U);"));
}

#[test]
fn each_main_function_of_csm_has_a_function_a_period_and_a_partition() {
    let second = "/EcuC/EcucPartitionCollection/Safe";
    let model = secc().refer("CsmMainFunction", "Signatures", "CsmMainFunctionPartitionRef", second).load().unwrap();
    assert_eq!(model.csm.main_functions[0].partition, None);
    assert_eq!(model.csm.main_functions[1].partition.as_deref(), Some(second));
    let header = file(&model, "Csm_Cfg.h");
    assert_eq!(header.matches("extern void Csm_MainFunction").count(), 2, "{header}");
    assert!(header.contains(&format!("/* Called in partition {second}. */\nextern void Csm_MainFunction_Signatures(void);")));
    let source = file(&model, "Csm_Cfg.c");
    assert!(source.contains(".mainFunctionCount = 2U,"));
    for queue in &model.csm.queues {
        let main = &model.csm.main_functions[queue.main_function.unwrap() as usize].origin.name;
        assert_eq!(*main, if queue.origin.name == "ChargingQueue" { "Charging" } else { "Signatures" });
    }
    // Without a CsmMainFunction there is the plain one.
    let plain = evcc().load().unwrap();
    assert!(file(&plain, "Csm_Cfg.h").contains("extern void Csm_MainFunction(void);"));
}

#[test]
fn the_output_folder_is_made_and_files_are_reported() {
    let out = folder().join("a/b");
    let report = v2gcrypt_arxml::generate_to(&write_all(&[&evcc().0]), &out).unwrap();
    assert!(report.files.iter().all(|file| file.starts_with(&out) && file.exists()));
    assert!(report.files.contains(&out.join("Csm_Cfg.c")));
}
