//! The desk as a program that uses it meets it.

mod acts;
mod intake;
mod linking;
mod parts;
mod people;
mod questions;
mod reading;
mod report;
mod revisions;
mod taken_down;
