//! The firmware in one thread with its host: every command, every refusal, a hostile host.
#![allow(dead_code)] // each module uses its part of the harness

mod harness;
mod hostile;
mod keys;
mod levels;
mod public;
mod seams;
mod size;
mod symmetric;
