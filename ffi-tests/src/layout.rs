//! Sizes and offsets of every struct that C and Rust share, for each pointer and enumeration width.
//!
//! They are computed here from the field lists, by the rules of C, and written out twice: as Rust constant assertions into
//! each crate and as a C file of array types whose size is negative when an offset is wrong. So three parties must agree:
//! this page, every Rust compiler and every C compiler.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::headers::Generated;

/// A pointer and enumeration width, in bytes.
#[derive(Debug, Clone, Copy)]
struct Widths {
    pointer: u32,
    enumeration: u32,
}

/// In the order of the arguments of `pick`.
const VARIANTS: [Widths; 4] = [
    Widths { pointer: 8, enumeration: 1 },
    Widths { pointer: 8, enumeration: 4 },
    Widths { pointer: 4, enumeration: 1 },
    Widths { pointer: 4, enumeration: 4 },
];

/// A crate's sources, the feature that brings the crate into the library, and the modules of its structs.
const CRATES: &[(&[&str], Option<&str>, &[&str])] = &[
    (&["types/src/std_types.rs", "types/src/rte_csm.rs", "types/src/crypto_general.rs"], None, &["v2gcrypt_types"]),
    (&["csm/src/config.rs"], Some("csm"), &["v2gcrypt_csm::config"]),
    (&["cryif/src/config.rs"], Some("cryif"), &["v2gcrypt_cryif::config"]),
    (&["crypto-driver/src/soft/config.rs"], Some("soft-symmetric"), &["v2gcrypt_crypto_driver::soft::config"]),
    (&["crypto-driver/src/hsm/config.rs"], Some("hsm"), &["v2gcrypt_crypto_driver::hsm::config"]),
    (&["keym/src/types.rs", "keym/src/config.rs"], Some("keym"), &["v2gcrypt_keym::types", "v2gcrypt_keym::config"]),
];

/// Where the Rust assertions are: in the library itself, so that every build for every target checks them.
const RUST_FILE: &str = "src/layout.rs";
/// Where the C assertions are.
const C_FILE: &str = "ffi-tests/generated/abi_layout.c";

/// The Rust assertions and the C file.
pub fn generate(workspace: &Path) -> Vec<Generated> {
    let mut known = Known::default();
    let mut c = String::from(C_PRELUDE);
    let mut rust = String::from(RUST_PRELUDE);
    for (sources, feature, modules) in CRATES {
        open_module(feature, modules, &mut rust);
        for source in *sources {
            let text = std::fs::read_to_string(workspace.join(source)).expect("the source is there");
            let file = syn::parse_file(&text).expect("the source is Rust");
            let is_const = |item: &&syn::Item| matches!(item, syn::Item::Const(_));
            file.items.iter().filter(is_const).for_each(|item| known.learn(item));
            file.items.iter().filter(|item| !is_const(item)).for_each(|item| known.learn(item));
            for item in &file.items {
                if let syn::Item::Struct(item) = item {
                    known.assert_struct(item, &mut rust, &mut c);
                }
                if let syn::Item::Union(item) = item {
                    known.assert_size(&item.ident.to_string(), &mut rust, &mut c);
                }
            }
        }
        rust.push_str("}\n");
    }
    vec![Generated { path: RUST_FILE, text: rust }, Generated { path: C_FILE, text: c }]
}

const C_PRELUDE: &str = "\
/* Sizes and offsets of the structs that C and Rust share.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 * It compiles if, and only if, this C compiler lays the structs out as Rust does.
 */
#include <stddef.h>

#include \"CryIf.h\"
#include \"Csm.h\"
#include \"KeyM.h\"
#include \"V2gcrypt_CryptoHsm.h\"
#include \"V2gcrypt_CryptoSoft.h\"

/* 64-bit pointers with uint8 and int enumerations, then 32-bit ones. */
#if defined(V2GCRYPT_POINTER_64)
#if defined(V2GCRYPT_ENUM_INT)
#define PICK(p64, p64int, p32, p32int) (p64int)
#else
#define PICK(p64, p64int, p32, p32int) (p64)
#endif
#else
#if defined(V2GCRYPT_ENUM_INT)
#define PICK(p64, p64int, p32, p32int) (p32int)
#else
#define PICK(p64, p64int, p32, p32int) (p32)
#endif
#endif

";

const RUST_PRELUDE: &str = "\
//! Sizes and offsets that C relies on, by pointer and enumeration width: `pick(64-bit, 64-bit int, 32-bit, 32-bit int)`.
//!
//! Generated: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
#![forbid(unsafe_code)]
#![cfg_attr(rustfmt, rustfmt_skip)]
";

fn open_module(feature: &Option<&str>, paths: &[&str], rust: &mut String) {
    if let Some(feature) = feature {
        let _ = write!(rust, "\n#[cfg(feature = \"{feature}\")]");
    }
    // `v2gcrypt_csm`; of a crate with two drivers `v2gcrypt_crypto_driver_soft`.
    let name = paths.first().map(|path| path.trim_end_matches("::config").replace("::", "_")).unwrap_or_default();
    let _ = writeln!(rust, "\nmod {name} {{\nuse core::mem::{{offset_of, size_of}};\n\nuse ::v2gcrypt_types::pick;");
    for path in paths {
        let _ = writeln!(rust, "use ::{path}::*;");
    }
    rust.push('\n');
}

#[derive(Clone, Copy)]
struct Layout {
    size: u32,
    align: u32,
}

/// Layouts of the types seen so far, one per variant, and array lengths.
#[derive(Default)]
struct Known {
    types: BTreeMap<String, [Layout; 4]>,
    lengths: BTreeMap<String, [u32; 4]>,
}

impl Known {
    fn learn(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Type(alias) => {
                let name = alias.ident.to_string();
                let layout = match name.as_str() {
                    "Enumeration" => VARIANTS.map(|v| Layout { size: v.enumeration, align: v.enumeration }),
                    _ => match self.layout(&alias.ty) {
                        Some(layout) => layout,
                        None => return,
                    },
                };
                self.types.insert(name, layout);
            }
            syn::Item::Const(constant) => self.learn_length(constant),
            syn::Item::Struct(item) => {
                let layout = VARIANTS.map(|_| Layout { size: 0, align: 1 });
                let mut layout = layout;
                for field in &item.fields {
                    let field = self.field(field);
                    layout = zip(layout, field, |l, f| Layout {
                        size: round_up(l.size, f.align) + f.size,
                        align: l.align.max(f.align),
                    });
                }
                let layout = layout.map(|l| Layout { size: round_up(l.size, l.align), ..l });
                self.types.insert(item.ident.to_string(), layout);
            }
            syn::Item::Union(item) => {
                let mut layout = VARIANTS.map(|_| Layout { size: 0, align: 1 });
                for field in &item.fields.named {
                    let field = self.field(field);
                    layout = zip(layout, field, |l, f| Layout { size: l.size.max(f.size), align: l.align.max(f.align) });
                }
                let layout = layout.map(|l| Layout { size: round_up(l.size, l.align), ..l });
                self.types.insert(item.ident.to_string(), layout);
            }
            _ => {}
        }
    }

    /// A constant array length, possibly one per pointer width.
    fn learn_length(&mut self, constant: &syn::ItemConst) {
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(value), .. }) = &*constant.expr else { return };
        let Ok(value) = value.base10_parse::<u32>() else { return };
        let condition = constant.attrs.iter().find_map(|a| match &a.meta {
            syn::Meta::List(list) if list.path.is_ident("cfg") => Some(list.tokens.to_string()),
            _ => None,
        });
        let entry = self.lengths.entry(constant.ident.to_string()).or_insert([0; 4]);
        for (slot, widths) in entry.iter_mut().zip(VARIANTS) {
            let applies = match condition.as_deref() {
                None => true,
                Some(c) => c.contains(&format!("\"{}\"", widths.pointer * 8)) != c.starts_with("not"),
            };
            if applies {
                *slot = value;
            }
        }
    }

    fn field(&self, field: &syn::Field) -> [Layout; 4] {
        let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        self.layout(&field.ty).unwrap_or_else(|| panic!("the layout of field `{name}` is not known"))
    }

    fn layout(&self, ty: &syn::Type) -> Option<[Layout; 4]> {
        match ty {
            syn::Type::Ptr(_) => Some(VARIANTS.map(|v| Layout { size: v.pointer, align: v.pointer })),
            syn::Type::Array(array) => {
                let length = match &array.len {
                    syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(n), .. }) => [n.base10_parse().ok()?; 4],
                    syn::Expr::Path(path) => *self.lengths.get(&path.path.get_ident()?.to_string())?,
                    _ => return None,
                };
                Some(zip(self.layout(&array.elem)?, length, |l, n| Layout { size: l.size * n, ..l }))
            }
            syn::Type::Path(path) => {
                let name = path.path.segments.last()?.ident.to_string();
                match name.as_str() {
                    "u8" => Some([Layout { size: 1, align: 1 }; 4]),
                    "u16" => Some([Layout { size: 2, align: 2 }; 4]),
                    "u32" => Some([Layout { size: 4, align: 4 }; 4]),
                    // Only function pointers are optional.
                    "Option" => Some(VARIANTS.map(|v| Layout { size: v.pointer, align: v.pointer })),
                    other => self.types.get(other).copied(),
                }
            }
            _ => None,
        }
    }

    fn assert_struct(&self, item: &syn::ItemStruct, rust: &mut String, c: &mut String) {
        let name = item.ident.to_string();
        self.assert_size(&name, rust, c);
        let mut end = [0; 4];
        for field in &item.fields {
            let layout = self.field(field);
            let offset = zip(end, layout, |end, l| round_up(end, l.align));
            end = zip(offset, layout, |offset, l| offset + l.size);
            let field = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
            let [a, b, p, q] = offset;
            let _ = writeln!(rust, "const _: () = assert!(offset_of!({name}, {field}) == pick({a}, {b}, {p}, {q}));");
            let _ = writeln!(
                c,
                "typedef uint8 Offset_{name}_{field}[(offsetof({name}, {field}) == PICK({a}U, {b}U, {p}U, {q}U)) ? 1 : -1];"
            );
        }
        rust.push('\n');
        c.push('\n');
    }

    fn assert_size(&self, name: &str, rust: &mut String, c: &mut String) {
        let [a, b, p, q] = self.types[name].map(|layout| layout.size);
        let _ = writeln!(rust, "const _: () = assert!(size_of::<{name}>() == pick({a}, {b}, {p}, {q}));");
        let _ = writeln!(c, "typedef uint8 Size_{name}[(sizeof({name}) == PICK({a}U, {b}U, {p}U, {q}U)) ? 1 : -1];");
    }
}

fn round_up(value: u32, align: u32) -> u32 {
    value.div_ceil(align) * align
}

fn zip<A: Copy, B: Copy, C>(a: [A; 4], b: [B; 4], mut f: impl FnMut(A, B) -> C) -> [C; 4] {
    std::array::from_fn(|i| f(a[i], b[i]))
}
