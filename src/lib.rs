//! x
pub mod source;
pub mod diagnostic;
pub mod playbook;
pub mod parse;
pub mod measure; pub mod routes;
