//! The desk as a program that uses it meets it.

mod intake;
mod linking;
mod reading;
