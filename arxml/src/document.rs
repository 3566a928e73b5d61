//! Writing ARXML: a thin layer over `autosar-data`, which checks every element against the schema of R22-11.

use autosar_data::{
    AttributeName, AutosarDataError, AutosarModel, AutosarVersion, CharacterData, Element, ElementName, EnumItem,
};

pub(crate) type Result<T> = std::result::Result<T, AutosarDataError>;

/// R22-11.
const VERSION: AutosarVersion = AutosarVersion::Autosar_00051;

/// One element of a document in the making. The schema decides where a new child goes.
#[derive(Clone)]
pub(crate) struct Node(Element);

/// Writes a document; `build` gets its AR-PACKAGES.
pub(crate) fn document(comment: &str, build: impl FnOnce(&Node) -> Result<()>) -> Result<String> {
    let model = AutosarModel::new();
    let file = model.create_file("document.arxml", VERSION)?;
    let root = model.root_element();
    root.set_comment(Some(comment.into()));
    build(&Node(root.create_sub_element(ElementName::ArPackages)?))?;
    file.serialize()
}

impl Node {
    /// The package called `name` in these AR-PACKAGES.
    pub fn package(&self, name: &str) -> Result<Self> {
        Ok(Self(self.0.get_or_create_named_sub_element(ElementName::ArPackage, name)?))
    }

    /// The only child of this name, such as ELEMENTS or PORTS.
    pub fn group(&self, name: ElementName) -> Result<Self> {
        Ok(Self(self.0.get_or_create_sub_element(name)?))
    }

    /// A new child that has no SHORT-NAME.
    pub fn add(&self, name: ElementName) -> Result<Self> {
        Ok(Self(self.0.create_sub_element(name)?))
    }

    /// A new child with a SHORT-NAME.
    pub fn named(&self, name: ElementName, short_name: &str) -> Result<Self> {
        Ok(Self(self.0.create_named_sub_element(name, short_name)?))
    }

    /// The child with this SHORT-NAME, a new one if there is none.
    pub fn get_or_add_named(&self, name: ElementName, short_name: &str) -> Result<Self> {
        Ok(Self(self.0.get_or_create_named_sub_element(name, short_name)?))
    }

    /// Whether it holds nothing but its SHORT-NAME.
    pub fn is_empty(&self) -> bool {
        self.0.sub_elements().count() <= 1
    }

    /// Removes AR-PACKAGES without a package below this one.
    pub fn remove_empty_groups(&self) -> Result<()> {
        let groups: Vec<_> = self.0.elements_dfs().map(|(_, element)| element).collect();
        for group in groups.into_iter().rev() {
            if group.element_name() == ElementName::ArPackages && group.sub_elements().next().is_none() {
                if let Some(parent) = group.parent()? {
                    parent.remove_sub_element(group)?;
                }
            }
        }
        Ok(())
    }

    /// A new child that holds a value: text, a literal of the schema, or a number.
    pub fn set(&self, name: ElementName, value: impl ToString) -> Result<&Self> {
        let child = self.0.create_sub_element(name)?;
        let value = value.to_string();
        let candidates = [
            Some(CharacterData::String(value.clone())),
            value.parse::<EnumItem>().ok().map(CharacterData::Enum),
            value.parse::<u64>().ok().map(CharacterData::UnsignedInteger),
            value.parse::<f64>().ok().map(CharacterData::Float),
        ];
        let mut outcome = Ok(());
        for candidate in candidates.into_iter().flatten() {
            outcome = child.set_character_data(candidate);
            if outcome.is_ok() {
                break;
            }
        }
        outcome.map(|()| self)
    }

    /// A new child that refers to `path`, which may lie in another document.
    pub fn refer(&self, name: ElementName, dest: &str, path: &str) -> Result<&Self> {
        let child = self.0.create_sub_element(name)?;
        child.set_attribute_string(AttributeName::Dest, dest)?;
        child.set_character_data(path)?;
        Ok(self)
    }

    /// DESC, in English.
    pub fn describe(&self, text: &str) -> Result<&Self> {
        if !text.is_empty() {
            let text_element = self.0.create_sub_element(ElementName::Desc)?.create_sub_element(ElementName::L2)?;
            text_element.set_attribute_string(AttributeName::L, "EN")?;
            text_element.insert_character_content_item(text, 0)?;
        }
        Ok(self)
    }

    /// ARXML path.
    pub fn path(&self) -> Result<String> {
        self.0.path()
    }
}
