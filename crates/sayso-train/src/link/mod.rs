//! Trains the models of `sayso-link`: what ranks claims, what groups statements, what tells a denial.

pub(crate) mod boost;
