//! The built site as a reader's browser shows it: the reference playbook, walked by keyboard in Chromium. One binary, since
//! linking is what takes time.
//!
//! `driver` starts browsers, `site` builds and serves; a file for each part of the pages uses both.

mod checklists;
mod driver;
mod search;
mod site;
