//! Chain validation: valid chains of every role and edition, and one defect for every rule of every table.

mod builder;
mod engine;
mod pki;

mod accepted;
mod defects;
mod flips;
mod machine;
mod memory;
mod paths;
mod policies;
mod status;
