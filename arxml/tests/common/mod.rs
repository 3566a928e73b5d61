//! Small edits of the example configurations.
#![allow(dead_code)] // each test file uses some of it

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use v2gcrypt_arxml::{Findings, Model};

/// Text of a configuration.
#[derive(Clone)]
pub struct Arxml(pub String);

pub fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

pub fn evcc() -> Arxml {
    Arxml(std::fs::read_to_string(example("evcc.arxml")).unwrap())
}

/// The vehicle with its whole driver in the HSM: keys, hashes, random numbers.
pub fn evcc_in_hsm() -> Arxml {
    evcc().add("CryptoGeneral", "CryptoGeneral", "CryptoImplementation", "HSM").set(
        "CryptoKeyElement",
        "HmacKeyElement",
        "CryptoKeyElementAllowPartialAccess",
        "false",
    )
}

pub fn secc() -> Arxml {
    Arxml(std::fs::read_to_string(example("secc.arxml")).unwrap())
}

/// A fresh folder.
pub fn folder() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("arxml-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// Writes texts as `0.arxml`, `1.arxml`, … and loads them together.
pub fn load_all(texts: &[&str]) -> Result<Model, Findings> {
    v2gcrypt_arxml::load(&write_all(texts))
}

pub fn write_all(texts: &[&str]) -> Vec<PathBuf> {
    let folder = folder();
    let write = |(index, text): (usize, &&str)| {
        let path = folder.join(format!("{index}.arxml"));
        std::fs::write(&path, text).unwrap();
        path
    };
    texts.iter().enumerate().map(write).collect()
}

impl Arxml {
    pub fn load(&self) -> Result<Model, Findings> {
        load_all(&[&self.0])
    }

    /// Replaces the first occurrence.
    pub fn replace(self, from: &str, to: &str) -> Self {
        assert!(self.0.contains(from), "nothing to replace: {from}");
        Self(self.0.replacen(from, to, 1))
    }

    pub fn replace_all(self, from: &str, to: &str) -> Self {
        assert!(self.0.contains(from), "nothing to replace: {from}");
        Self(self.0.replace(from, to))
    }

    /// Where a container's own values are: from its short name to its sub-containers or its end.
    fn block(&self, definition: &str, name: &str) -> std::ops::Range<usize> {
        let short_name = format!("<SHORT-NAME>{name}</SHORT-NAME>");
        let mut from = 0;
        loop {
            let start = from + self.0[from..].find(&short_name).unwrap_or_else(|| panic!("no {definition} {name}"));
            let rest = &self.0[start..];
            let reference = rest.find("</DEFINITION-REF>").unwrap();
            let end = rest.find("<SUB-CONTAINERS>").into_iter().chain(rest.find("</ECUC-CONTAINER-VALUE>")).min();
            if rest[..reference].ends_with(&format!("/{definition}")) {
                return start..start + end.unwrap();
            }
            from = start + short_name.len();
        }
    }

    fn edit(mut self, definition: &str, name: &str, edit: impl FnOnce(String) -> String) -> Self {
        let block = self.block(definition, name);
        let edited = edit(self.0[block.clone()].to_string());
        self.0.replace_range(block, &edited);
        self
    }

    /// Changes the value of a parameter or reference.
    pub fn set(self, definition: &str, name: &str, parameter: &str, value: &str) -> Self {
        self.edit(definition, name, |mut block| {
            let at = block.find(&format!("/{parameter}</DEFINITION-REF>")).expect("the parameter is there");
            let open = at + block[at..].find("<VALUE").unwrap();
            let start = open + block[open..].find('>').unwrap() + 1;
            let end = start + block[start..].find("</VALUE").unwrap();
            block.replace_range(start..end, value);
            block
        })
    }

    /// Like `set`, for a container whose short name others have, too: by its path below the module.
    pub fn set_in(self, path: &str, definition: &str, parameter: &str, value: &str) -> Self {
        let mut names = path.rsplit('/');
        let (name, parent) = (names.next().unwrap(), names.next().unwrap());
        let at = self.0.find(&format!("<SHORT-NAME>{parent}</SHORT-NAME>")).unwrap_or_else(|| panic!("no {parent}"));
        let (before, after) = self.0.split_at(at);
        Self(format!("{before}{}", Self(after.into()).set(definition, name, parameter, value).0))
    }

    /// Removes a parameter or reference.
    pub fn remove(self, definition: &str, name: &str, parameter: &str) -> Self {
        self.edit(definition, name, |mut block| {
            let at = block.find(&format!("/{parameter}</DEFINITION-REF>")).expect("the parameter is there");
            let start = block[..at].rfind("<ECUC-").unwrap();
            let end = at + block[at..].find("</ECUC-").unwrap();
            let end = end + block[end..].find('>').unwrap() + 1;
            block.replace_range(start..end, "");
            block
        })
    }

    /// Adds a parameter in front of the others.
    pub fn add(self, definition: &str, name: &str, parameter: &str, value: &str) -> Self {
        let kind = if value.parse::<f64>().is_ok() || value == "true" || value == "false" { "NUMERICAL" } else { "TEXTUAL" };
        self.edit(definition, name, |block| {
            let start = block.find("<DEFINITION-REF").unwrap();
            let open = start + block[start..].find('>').unwrap() + 1;
            let end = open + block[open..].find('<').unwrap();
            let path = format!("{}/{parameter}", &block[open..end]);
            let parameter = format!(
                "<ECUC-{kind}-PARAM-VALUE><DEFINITION-REF DEST=\"ECUC-INTEGER-PARAM-DEF\">{path}</DEFINITION-REF>\
                 <VALUE>{value}</VALUE></ECUC-{kind}-PARAM-VALUE>"
            );
            block.replacen("<PARAMETER-VALUES>", &format!("<PARAMETER-VALUES>{parameter}"), 1)
        })
    }

    /// Adds a reference in front of the others.
    pub fn refer(self, definition: &str, name: &str, reference: &str, target: &str) -> Self {
        self.edit(definition, name, |block| {
            let reference = format!(
                "<ECUC-REFERENCE-VALUE><DEFINITION-REF DEST=\"ECUC-REFERENCE-DEF\">/AUTOSAR/EcucDefs/X/{reference}\
                 </DEFINITION-REF><VALUE-REF DEST=\"ECUC-CONTAINER-VALUE\">{target}</VALUE-REF></ECUC-REFERENCE-VALUE>"
            );
            if block.contains("<REFERENCE-VALUES>") {
                return block.replacen("<REFERENCE-VALUES>", &format!("<REFERENCE-VALUES>{reference}"), 1);
            }
            // References follow the parameters, if there are any.
            let end = ["</PARAMETER-VALUES>", "</DEFINITION-REF>"].into_iter().find(|end| block.contains(end)).unwrap();
            let at = block.rfind(end).unwrap() + end.len();
            format!("{}<REFERENCE-VALUES>{reference}</REFERENCE-VALUES>{}", &block[..at], &block[at..])
        })
    }

    /// Removes all parameters of a container.
    pub fn without_parameters(self, definition: &str, name: &str) -> Self {
        self.edit(definition, name, |block| {
            let start = block.find("<PARAMETER-VALUES>").expect("there are parameters");
            let close = "</PARAMETER-VALUES>";
            let end = block.find(close).expect("there are parameters") + close.len();
            format!("{}{}", &block[..start], &block[end..])
        })
    }

    /// Removes the containers of one kind that have no sub-containers.
    pub fn without(mut self, definition: &str) -> Self {
        let marker = format!("/{definition}</DEFINITION-REF>");
        while let Some(at) = self.0.find(&marker) {
            let start = self.0[..at].rfind("<ECUC-CONTAINER-VALUE>").unwrap();
            let close = "</ECUC-CONTAINER-VALUE>";
            let end = at + self.0[at..].find(close).unwrap() + close.len();
            self.0.replace_range(start..end, "");
        }
        self
    }

    /// Every job gets a port; a custom service has no arrays.
    pub fn with_all_ports(self) -> Self {
        let ports = self.replace_all("<VALUE>CRYPTO_USE_FNC</VALUE>", "<VALUE>CRYPTO_USE_PORT</VALUE>");
        ["ContractImport", "ContractImport20"]
            .into_iter()
            .fold(ports, |arxml, job| arxml.set("CsmJob", job, "CsmJobInterfaceUsePort", "CRYPTO_USE_PORT_OPTIMIZED"))
    }

    /// What is left has empty tables in every module.
    pub fn without_jobs_and_keys(self) -> Self {
        ["CsmJob", "CsmKey", "CsmQueue", "CsmCallback", "CryIfKey", "CryptoKey"].into_iter().fold(self, Self::without)
    }

    /// Numbers a kind of container backwards.
    pub fn reverse_ids(self, parameter: &str, count: u32) -> Self {
        let marker = format!("/{parameter}</DEFINITION-REF>");
        let mut parts = self.0.split(&marker);
        let mut text = parts.next().unwrap().to_string();
        for part in parts {
            let start = part.find("<VALUE>").unwrap() + "<VALUE>".len();
            let end = part.find("</VALUE>").unwrap();
            let id: u32 = part[start..end].parse().unwrap();
            text += &format!("{marker}{}{}{}", &part[..start], count - 1 - id, &part[end..]);
        }
        Self(text)
    }

    /// Puts the containers of one level of indentation into reverse order.
    pub fn reverse_order(self, indent: usize) -> Self {
        let open = format!("{}<ECUC-CONTAINER-VALUE>", " ".repeat(indent));
        let close = format!("{}</ECUC-CONTAINER-VALUE>", " ".repeat(indent));
        let mut text = Vec::new();
        let mut run: Vec<Vec<&str>> = Vec::new();
        let mut inside = false;
        let lines = self.0.lines().filter(|line| !line.trim_start().starts_with("<!-- "));
        for line in lines {
            if line == open {
                inside = true;
                run.push(Vec::new());
            }
            if inside {
                run.last_mut().unwrap().push(line);
                inside = line != close;
            } else {
                run.reverse();
                text.extend(run.drain(..).flatten());
                text.push(line);
            }
        }
        Self(text.join("\n"))
    }
}
