//! The desk as a program that uses it meets it.

mod acts;
mod affiliations;
mod check;
mod copies;
mod intake;
mod kept;
mod linking;
mod notices;
mod parts;
mod people;
mod questions;
mod reading;
mod report;
mod revisions;
mod taken_down;
mod verifying;
