//! C that stands in for an RTE. With an RTE generator's own `Rte_Csm.h` only `Csm_Rte.c` is needed.

use super::{runnable, CallbackPort, DataType, Direction, Face, Operation, Port};
use crate::model::Model;
use crate::write::c::{extern_c, header as frame, wrapped, Source};
use crate::write::OutputFile;

pub(super) fn files(model: &Model, face: &Face<'_>) -> Vec<OutputFile> {
    let mut files = vec![swc_header(model, face), rte_source(model, face)];
    if !face.callbacks.is_empty() {
        files.push(csm_header(model, face));
        files.push(csm_source(model, face));
    }
    files
}

/// What the software component sees.
fn swc_header(model: &Model, face: &Face<'_>) -> OutputFile {
    let name = "Rte_Csm_Swc.h";
    let mut source =
        Source::new("CSM", "Rte_Csm_Swc.h: what a software component calls, and what it provides.", &model.csm.origin);
    frame(&mut source, name, |source| {
        source.line("#include \"Rte_Csm_Type.h\"");
        source.blank();
        extern_c(source, |source| {
            for (index, port) in face.ports.iter().enumerate() {
                if index > 0 {
                    source.blank();
                }
                source.describe("", port.origin);
                for operation in &face.interfaces[&port.interface].operations {
                    source.line(wrapped(&format!("extern {};", prototype(port, operation))));
                }
            }
            if !face.callbacks.is_empty() {
                source.blank();
                source.line("/* Server runnables of the software component: told the result of asynchronous jobs. */");
            }
            for callback in &face.callbacks {
                source.line(format!("extern void {}(Crypto_ResultType result);", runnable(&callback.job.origin.name)));
            }
        });
    });
    file(name, source)
}

/// What stands between the software component and Csm.
fn rte_source(model: &Model, face: &Face<'_>) -> OutputFile {
    let name = "Rte_Csm.c";
    let mut source =
        Source::new("CSM", "Rte_Csm.c: stands in for an RTE between a software component and Csm.", &model.csm.origin);
    source.blank();
    source.line("#include \"Csm.h\"");
    if !face.callbacks.is_empty() {
        source.line("#include \"Rte_Csm.h\"");
    }
    source.line("#include \"Rte_Csm_Swc.h\"");
    source.blank();
    source.section("CODE", |source| {
        let mut first = true;
        for port in &face.ports {
            for operation in &face.interfaces[&port.interface].operations {
                if !std::mem::take(&mut first) {
                    source.blank();
                }
                let values = port.values.iter().map(|(_, _, value)| value.clone());
                let values: Vec<_> = values
                    .chain(operation.arguments.iter().map(|argument| passed(&argument.name, &argument.data_type)))
                    .collect();
                source.line(wrapped(&prototype(port, operation)));
                source.line("{");
                source.line(wrapped(&format!("    return {}({});", operation.function, values.join(", "))));
                source.line("}");
            }
        }
        for callback in &face.callbacks {
            source.blank();
            source.line(notification(callback));
            source.line("{");
            source.line(format!("    {}(result);", runnable(&callback.job.origin.name)));
            source.line("    return E_OK;");
            source.line("}");
        }
    });
    file(name, source)
}

/// What Csm, as a component, sees of the RTE.
fn csm_header(model: &Model, face: &Face<'_>) -> OutputFile {
    let name = "Rte_Csm.h";
    let mut source = Source::new(
        "CSM",
        "Rte_Csm.h: what Csm calls in the RTE. An RTE generator's own wins by include order.",
        &model.csm.origin,
    );
    frame(&mut source, name, |source| {
        source.line("#include \"Rte_Csm_Type.h\"");
        source.blank();
        extern_c(source, |source| {
            for callback in &face.callbacks {
                source.line(format!("extern {};", notification(callback)));
            }
        });
    });
    file(name, source)
}

/// The callbacks that the tables of Csm name.
fn csm_source(model: &Model, face: &Face<'_>) -> OutputFile {
    let name = "Csm_Rte.c";
    let mut source = Source::new("CSM", "Csm_Rte.c: hands results of asynchronous jobs to the RTE.", &model.csm.origin);
    source.blank();
    source.line("#include \"Csm.h\"");
    source.line("#include \"Rte_Csm.h\"");
    source.blank();
    let mut functions: Vec<&str> = face.callbacks.iter().map(|callback| callback.function.as_str()).collect();
    functions.sort();
    functions.dedup();
    source.section("CODE", |source| {
        for (index, function) in functions.iter().enumerate() {
            if index > 0 {
                source.blank();
            }
            let callbacks: Vec<_> = face.callbacks.iter().filter(|callback| callback.function == *function).collect();
            source.line(format!("void {function}(uint32 jobId, Crypto_ResultType result)"));
            source.line("{");
            match callbacks[..] {
                [only] => {
                    source.line("    (void)jobId;");
                    source.line(format!("    (void)Rte_Call_{}_CallbackNotification(result);", only.name));
                }
                _ => dispatch(source, &callbacks),
            }
            source.line("}");
        }
    });
    file(name, source)
}

/// Several jobs share one callback.
fn dispatch(source: &mut Source, callbacks: &[&CallbackPort<'_>]) {
    source.line("    switch (jobId)");
    source.line("    {");
    for callback in callbacks {
        source.line(format!("        case CsmConf_CsmJob_{}:", callback.job.origin.name));
        source.line(format!("            (void)Rte_Call_{}_CallbackNotification(result);", callback.name));
        source.line("            break;");
    }
    source.line("        default:");
    source.line("            /* No other job names this callback. */");
    source.line("            break;");
    source.line("    }");
}

fn prototype(port: &Port<'_>, operation: &Operation) -> String {
    let arguments: Vec<_> = operation
        .arguments
        .iter()
        .map(|argument| match (&argument.data_type, argument.direction) {
            (DataType::Bytes(..), Direction::In) => format!("const uint8 *{}", argument.name),
            (DataType::Bytes(..), _) => format!("uint8 *{}", argument.name),
            (DataType::Plain(data_type), Direction::In) => format!("{data_type} {}", argument.name),
            (DataType::Plain(data_type), _) => format!("{data_type} *{}", argument.name),
        })
        .collect();
    let arguments = if arguments.is_empty() { "void".to_string() } else { arguments.join(", ") };
    format!("Std_ReturnType Rte_Call_{}_{}({arguments})", port.name, operation.name)
}

/// An argument as Csm takes it.
fn passed(name: &str, data_type: &DataType) -> String {
    match data_type {
        DataType::Plain("Csm_ConstDataPtr") => format!("(const uint8 *){name}"),
        DataType::Plain("Csm_DataPtr") => format!("(uint8 *){name}"),
        _ => name.into(),
    }
}

fn notification(callback: &CallbackPort<'_>) -> String {
    format!("Std_ReturnType Rte_Call_{}_CallbackNotification(Crypto_ResultType result)", callback.name)
}

fn file(name: &str, source: Source) -> OutputFile {
    OutputFile { name: format!("rte/{name}"), contents: source.into_text() }
}
