//! C that stands in for an RTE. With an RTE generator's own `Rte_KeyM.h` only `KeyM_Rte.c` is needed.

use super::{Argument, DataType, Direction, Face, Notification, Operation, Port};
use crate::model::keym::KeyM;
use crate::write::c::{extern_c, header as frame, wrapped, Source};
use crate::write::OutputFile;

pub(super) fn files(keym: &KeyM, face: &Face<'_>) -> Vec<OutputFile> {
    let mut files = vec![swc_header(keym, face), rte_source(keym, face)];
    if !face.notifications.is_empty() {
        files.push(keym_header(keym, face));
        files.push(keym_source(keym, face));
    }
    files
}

/// What the software component sees.
fn swc_header(keym: &KeyM, face: &Face<'_>) -> OutputFile {
    let name = "Rte_KeyM_Swc.h";
    let what = "Rte_KeyM_Swc.h: what a software component calls, and what it provides.";
    let mut source = Source::new("KEYM", what, &keym.origin);
    frame(&mut source, name, |source| {
        source.line("#include \"Rte_KeyM_Type.h\"");
        source.blank();
        // What the component names in a call.
        for certificate in keym.certificates.iter().filter(|certificate| certificate.use_port) {
            for element in &certificate.elements {
                let symbol = format!("KeyMConf_KeyMCertificateElement_{}", element.origin.name);
                source.line(format!("#ifndef {symbol}"));
                source.line(format!("#define {symbol} {}U", element.id));
                source.line("#endif");
            }
        }
        source.blank();
        extern_c(source, |source| {
            for (index, port) in face.ports.iter().enumerate() {
                if index > 0 {
                    source.blank();
                }
                source.describe("", port.origin);
                for operation in &port.operations {
                    source.line(wrapped(&format!("extern {};", prototype(port, operation))));
                }
            }
            if !face.notifications.is_empty() {
                source.blank();
                source.line("/* Server runnables of the software component: told outcomes. */");
            }
            for notification in &face.notifications {
                let arguments = parameters(&notification.arguments);
                source.line(wrapped(&format!("extern void {}({arguments});", notification.runnable)));
            }
        });
    });
    file(name, source)
}

/// What stands between the software component and KeyM.
fn rte_source(keym: &KeyM, face: &Face<'_>) -> OutputFile {
    let name = "Rte_KeyM.c";
    let what = "Rte_KeyM.c: stands in for an RTE between a software component and KeyM.";
    let mut source = Source::new("KEYM", what, &keym.origin);
    source.blank();
    source.line("#include \"KeyM.h\"");
    if !face.notifications.is_empty() {
        source.line("#include \"Rte_KeyM.h\"");
    }
    source.line("#include \"Rte_KeyM_Swc.h\"");
    source.blank();
    source.section("CODE", |source| {
        let mut first = true;
        for port in &face.ports {
            for operation in &port.operations {
                if !std::mem::take(&mut first) {
                    source.blank();
                }
                let value = port.value.iter().map(|(_, _, value)| value.as_str());
                let values: Vec<_> = value.chain(operation.arguments.iter().map(|argument| argument.name)).collect();
                source.line(wrapped(&prototype(port, operation)));
                source.line("{");
                source.line(wrapped(&format!("    return {}({});", operation.function, values.join(", "))));
                source.line("}");
            }
        }
        for notification in &face.notifications {
            source.blank();
            source.line(wrapped(&call(notification)));
            source.line("{");
            source.line(format!("    {}({});", notification.runnable, names(&notification.arguments)));
            source.line("    return E_OK;");
            source.line("}");
        }
    });
    file(name, source)
}

/// What KeyM, as a component, sees of the RTE.
fn keym_header(keym: &KeyM, face: &Face<'_>) -> OutputFile {
    let name = "Rte_KeyM.h";
    let what = "Rte_KeyM.h: what KeyM calls in the RTE. An RTE generator's own wins by include order.";
    let mut source = Source::new("KEYM", what, &keym.origin);
    frame(&mut source, name, |source| {
        source.line("#include \"Rte_KeyM_Type.h\"");
        source.blank();
        extern_c(source, |source| {
            for notification in &face.notifications {
                source.line(wrapped(&format!("extern {};", call(notification))));
            }
        });
    });
    file(name, source)
}

/// The callbacks that the tables of KeyM name.
fn keym_source(keym: &KeyM, face: &Face<'_>) -> OutputFile {
    let name = "KeyM_Rte.c";
    let mut source = Source::new("KEYM", "KeyM_Rte.c: hands outcomes to the RTE.", &keym.origin);
    source.blank();
    source.line("#include \"KeyM.h\"");
    source.line("#include \"KeyM_Externals.h\"");
    source.line("#include \"Rte_KeyM.h\"");
    source.blank();
    source.section("CODE", |source| {
        for (index, notification) in face.notifications.iter().enumerate() {
            if index > 0 {
                source.blank();
            }
            let id = notification.unused.map(|name| format!("KeyM_CertificateIdType {name}, ")).unwrap_or_default();
            let arguments = parameters(&notification.arguments);
            source.line(wrapped(&format!("{} {}({id}{arguments})", notification.returns, notification.function)));
            source.line("{");
            if let Some(unused) = notification.unused {
                source.line(format!("    (void){unused};"));
            }
            let call = format!("Rte_Call_{}_{}({})", notification.port, notification.operation, names(&notification.arguments));
            match notification.returns {
                "void" => source.line(format!("    (void){call};")),
                _ => source.line(format!("    return {call};")),
            }
            source.line("}");
        }
    });
    file(name, source)
}

fn prototype(port: &Port<'_>, operation: &Operation) -> String {
    let arguments = parameters(&operation.arguments);
    let arguments = if arguments.is_empty() { "void".into() } else { arguments };
    format!("Std_ReturnType Rte_Call_{}_{}({arguments})", port.name, operation.name)
}

fn call(notification: &Notification) -> String {
    let arguments = parameters(&notification.arguments);
    format!("Std_ReturnType Rte_Call_{}_{}({arguments})", notification.port, notification.operation)
}

fn parameters(arguments: &[Argument]) -> String {
    let parameter = |argument: &Argument| {
        let constant = if argument.direction == Direction::In { "const " } else { "" };
        match (&argument.data_type, argument.direction) {
            (DataType::Bytes(..), _) => format!("{constant}uint8 *{}", argument.name),
            (DataType::Certificate | DataType::Certificates(..), _) => format!("{constant}KeyM_CertDataType *{}", argument.name),
            (DataType::Plain(data_type), Direction::In) => format!("{data_type} {}", argument.name),
            (DataType::Plain(data_type), _) => format!("{data_type} *{}", argument.name),
        }
    };
    arguments.iter().map(parameter).collect::<Vec<_>>().join(", ")
}

fn names(arguments: &[Argument]) -> String {
    arguments.iter().map(|argument| argument.name).collect::<Vec<_>>().join(", ")
}

fn file(name: &str, source: Source) -> OutputFile {
    OutputFile { name: format!("rte/{name}"), contents: source.into_text() }
}
