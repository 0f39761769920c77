//! x
pub mod source;
pub mod diagnostic;
pub mod playbook;
pub mod parse;
pub mod select;
pub mod localize;
pub mod resolve;
pub mod measure; pub mod routes;
pub mod check;
