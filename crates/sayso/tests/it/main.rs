//! The desk as a program that uses it meets it.

mod intake;
mod reading;
