//! The `v2gcrypt` program.
fn main() {}
