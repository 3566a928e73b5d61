//! A configuration that a configuration editor made over our module descriptions.

mod common;

use common::{example, folder};
use v2gcrypt_arxml::{generate, load, write_to, OutputFile};

#[test]
fn a_configuration_over_our_definitions_gives_what_one_over_autosars_gives() {
    for name in ["evcc.arxml", "secc.arxml"] {
        let out = folder();
        let standard = std::fs::read_to_string(example(name)).unwrap();
        let files = generate(&load(&[example(name)]).unwrap());
        let descriptions: Vec<OutputFile> = files.iter().filter(|file| file.name.starts_with("bswmd/")).cloned().collect();
        assert_eq!(descriptions.len(), 4);
        let mut inputs = write_to(&descriptions, &out).unwrap();
        let ours = out.join(name);
        std::fs::write(&ours, standard.replace("/AUTOSAR/EcucDefs/", "/v2gcrypt/EcucDefs/")).unwrap();
        inputs.push(ours);
        let over_ours = generate(&load(&inputs).unwrap_or_else(|findings| panic!("{findings}")));
        assert!(over_ours == files, "{name}");
    }
}
