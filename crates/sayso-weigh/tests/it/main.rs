//! Tests of weighing: worked cases, and random ledgers against naive ways of the same answer.

mod as_of;
mod case_files;
mod doubts;
mod explain;
mod hypotheses;
mod metamorphic;
mod naive;
mod prolog;
mod random;
mod what_if;
