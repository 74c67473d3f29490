//! The server as its users meet it: people with a browser, programs, and strangers.

mod assistants;
mod browser;
mod checked;
mod guard;
mod hostile;
mod ledgers;
mod open;
mod pages;
mod programs;
mod schemathesis;
mod users;
mod webhooks;
