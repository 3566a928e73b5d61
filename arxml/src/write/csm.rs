//! `Csm_Cfg.h` and `Csm_Cfg.c`.

use std::collections::BTreeSet;

use super::c::{boolean, extern_c, header as frame, pointer, Source};
use super::OutputFile;
use crate::model::{Model, Processing};

pub(super) fn header(model: &Model) -> OutputFile {
    let csm = &model.csm;
    let name = "Csm_Cfg.h";
    let mut source = Source::new("CSM", "Csm_Cfg.h: names of jobs and keys, main functions, callbacks.", &csm.origin);
    frame(&mut source, name, |source| {
        source.line("#include \"Rte_Csm_Type.h\"");
        source.blank();
        source.line(format!("#define CSM_DEV_ERROR_DETECT {}", on_off(csm.dev_error_detect)));
        source.line(format!("#define CSM_VERSION_INFO_API {}", on_off(csm.version_info_api)));
        source.blank();
        source.line("/* Jobs, for the parameter jobId. */");
        for job in &csm.jobs {
            source.describe("", &job.origin);
            source.line(format!("#define CsmConf_CsmJob_{} {}U", job.origin.name, job.id));
        }
        source.blank();
        source.line("/* Keys, for the parameter keyId. */");
        for key in &csm.keys {
            source.describe("", &key.origin);
            source.line(format!("#define CsmConf_CsmKey_{} {}U", key.origin.name, key.id));
        }
        source.blank();
        extern_c(source, |source| {
            source.line("/* To be called periodically: each drains its queues and calls the callbacks that are due. */");
            for (index, function) in csm.main_function_names().iter().enumerate() {
                let main = csm.main_functions.get(index);
                if let Some(main) = main.filter(|main| main.origin.description.is_some()) {
                    source.describe("", &main.origin);
                }
                if let Some(period) = main.and_then(|main| main.period) {
                    source.line(format!("/* CsmMainFunctionPeriod: {period} s */"));
                }
                if let Some(partition) = main.and_then(|main| main.partition.as_deref()) {
                    source.comment("", &format!("Called in partition {partition}."));
                }
                source.line(format!("extern void {function}(void);"));
            }
            let of_jobs = csm.jobs.iter().filter_map(|job| csm.callback_function(job));
            let mut functions: BTreeSet<_> =
                csm.callbacks.iter().map(|callback| callback.function.clone()).chain(of_jobs).collect();
            let keym = functions.remove(KEYM_CALLBACK);
            if !functions.is_empty() {
                source.blank();
                source.line(
                    "/* Callbacks of asynchronous jobs. The application defines them, or rte/Csm_Rte.c for jobs with ports. */",
                );
            }
            for function in functions {
                source.line(format!("extern void {function}(uint32 jobId, Crypto_ResultType result);"));
            }
            if keym {
                source.blank();
                source.line("/* KeyM's own callback. */");
                source.line(format!("extern void {KEYM_CALLBACK}(uint32 jobId, Crypto_ResultType result);"));
            }
        });
    });
    OutputFile { name: name.into(), contents: source.into_text() }
}

/// What KeyM defines for its own jobs.
pub(crate) const KEYM_CALLBACK: &str = "KeyM_CsmJobFinished";

pub(super) fn on_off(value: bool) -> &'static str {
    if value {
        "STD_ON"
    } else {
        "STD_OFF"
    }
}

pub(super) fn source(model: &Model) -> OutputFile {
    let csm = &model.csm;
    let mut source = Source::new("CSM", "Csm_Cfg.c: the configuration of Csm.", &csm.origin);
    source.blank();
    source.line("#include \"Csm.h\"");
    source.line("#include \"V2gcrypt_Abi.h\"");
    source.blank();
    source.section("CONST_UNSPECIFIED", |source| constants(model, source));
    let slots = ram(model, &mut source);
    source.section("CONST_UNSPECIFIED", |source| configuration(model, slots, source));
    source.section("CODE", |source| {
        for (id, function) in csm.main_function_names().iter().enumerate() {
            if id > 0 {
                source.blank();
            }
            source.line(format!("void {function}(void)"));
            source.line("{");
            source.line(format!("    V2gcrypt_Csm_MainFunction({id}U);"));
            source.line("}");
        }
    });
    OutputFile { name: "Csm_Cfg.c".into(), contents: source.into_text() }
}

fn constants(model: &Model, source: &mut Source) {
    let csm = &model.csm;
    let primitives: Vec<_> = csm
        .primitives
        .iter()
        .map(|primitive| {
            let algorithm = primitive.algorithm;
            vec![
                format!("/* {} */", primitive.origin.name),
                "{".into(),
                format!("    .service = {},", primitive.service.symbol),
                "    .algorithm =".into(),
                "    {".into(),
                format!("        .family = {},", algorithm.family.symbol),
                format!("        .secondaryFamily = {},", algorithm.secondary_family.symbol),
                format!("        .keyLength = {}U,", primitive.key_length),
                format!("        .mode = {}", algorithm.mode.symbol),
                "    }".into(),
                "},".into(),
            ]
        })
        .collect();
    if !csm.jobs.is_empty() {
        source.array("static const Crypto_PrimitiveInfoType Csm_PrimitiveInfo", &primitives);
        source.blank();
    }
    let infos: Vec<_> = csm
        .jobs
        .iter()
        .map(|job| {
            let callback = job.callback.map_or("0xFFFFFFFFU".into(), |callback| format!("{callback}U"));
            let key = job.key.map_or("0xFFFFFFFFU".into(), |key| format!("{}U", csm.keys[key as usize].cryif_key));
            let processing = match job.processing {
                Processing::Async => "CRYPTO_PROCESSING_ASYNC",
                Processing::Sync => "CRYPTO_PROCESSING_SYNC",
            };
            vec![
                format!("/* {} */", job.origin.name),
                "{".into(),
                format!("    .callbackId = {callback},"),
                format!("    .primitiveInfo = &Csm_PrimitiveInfo[{}],", job.primitive),
                format!("    .cryIfKeyId = {key},"),
                format!("    .processingType = {processing}"),
                "},".into(),
            ]
        })
        .collect();
    source.array("static const Crypto_JobPrimitiveInfoType Csm_JobPrimitiveInfo", &infos);
    source.blank();
    let jobs: Vec<_> = csm
        .jobs
        .iter()
        .map(|job| {
            let callback = csm.callback_function(job);
            let callback = callback.map_or("NULL_PTR".into(), |function| format!("&{function}"));
            vec![
                format!("/* {} */", job.origin.name),
                "{".into(),
                format!("    .jobPrimitiveInfo = &Csm_JobPrimitiveInfo[{}],", job.id),
                "    .jobRedirectionInfoRef = NULL_PTR,".into(),
                format!("    .callback = {callback},"),
                format!("    .priority = {}U,", job.priority),
                format!("    .queueId = {}U,", job.queue),
                format!("    .callbackUpdateNotification = {}", boolean(job.callback_update_notification)),
                "},".into(),
            ]
        })
        .collect();
    source.array("static const Csm_JobConfigType Csm_Jobs", &jobs);
    source.blank();
    let mut first_slot = 0;
    let mut queues = Vec::new();
    for queue in &csm.queues {
        queues.push(vec![
            format!("/* {} */", queue.origin.name),
            "{".into(),
            format!("    .channelId = {}U,", queue.channel),
            format!("    .size = {}U,", queue.size),
            format!("    .firstSlot = {first_slot}U,"),
            format!("    .mainFunctionId = {}U", queue.main_function.unwrap_or(0)),
            "},".into(),
        ]);
        first_slot += queue.size;
    }
    source.array("static const Csm_QueueConfigType Csm_Queues", &queues);
    source.blank();
    source.line("/* CryIf keys by Csm key. */");
    let keys: Vec<_> = csm.keys.iter().map(|key| vec![format!("{}U, /* {} */", key.cryif_key, key.origin.name)]).collect();
    source.array("static const uint32 Csm_Keys", &keys);
}

/// Reserves RAM; returns the words of all queues.
fn ram(model: &Model, source: &mut Source) -> u32 {
    let csm = &model.csm;
    source.section("VAR_CLEARED_UNSPECIFIED", |source| {
        if !csm.jobs.is_empty() {
            source.line(format!("static Crypto_JobType Csm_JobRecords[{}];", csm.jobs.len()));
            source.line(format!("static Csm_JobRamType Csm_JobRam[{}];", csm.jobs.len()));
        }
        if !csm.queues.is_empty() {
            source.line(format!("static Csm_QueueRamType Csm_QueueRam[{}];", csm.queues.len()));
        }
    });
    let slots = csm.queues.iter().map(|queue| queue.size).sum();
    if slots > 0 {
        source.section("VAR_CLEARED_32", |source| source.line(format!("static uint32 Csm_QueueSlots[{slots}];")));
    }
    slots
}

fn configuration(model: &Model, slots: u32, source: &mut Source) {
    let csm = &model.csm;
    let (jobs, queues, keys) = (csm.jobs.len(), csm.queues.len(), csm.keys.len());
    source.line("const Csm_ConfigType Csm_Config =");
    source.line("{");
    source.line("    .magic = V2GCRYPT_CONFIG_MAGIC,");
    source.line("    .configSize = (uint32)sizeof(Csm_ConfigType),");
    source.line("    .jobConfigSize = (uint32)sizeof(Csm_JobConfigType),");
    source.line("    .jobSize = (uint32)sizeof(Crypto_JobType),");
    source.line(format!("    .jobCount = {jobs}U,"));
    source.line(format!("    .queueCount = {queues}U,"));
    source.line(format!("    .keyCount = {keys}U,"));
    source.line(format!("    .mainFunctionCount = {}U,", csm.main_function_names().len()));
    source.line(format!("    .queueSlotCount = {slots}U,"));
    source.line(format!("    .jobs = {},", pointer("Csm_Jobs", jobs)));
    source.line(format!("    .queues = {},", pointer("Csm_Queues", queues)));
    source.line(format!("    .keys = {},", pointer("Csm_Keys", keys)));
    source.line(format!("    .jobRecords = {},", pointer("Csm_JobRecords", jobs)));
    source.line(format!("    .jobRam = {},", pointer("Csm_JobRam", jobs)));
    source.line(format!("    .queueRam = {},", pointer("Csm_QueueRam", queues)));
    source.line(format!("    .queueSlots = {},", pointer("Csm_QueueSlots", slots as usize)));
    source.line(format!("    .devErrorDetect = {},", boolean(csm.dev_error_detect)));
    source.line(format!("    .macLengthInBytes = {},", boolean(csm.mac_length_in_bytes)));
    source.line("    .abi = &V2GCRYPT_ABI_SYMBOL");
    source.line("};");
}
