//! The desk as a program that uses it meets it.
