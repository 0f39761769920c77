//! The built site as a reader's browser shows it: the reference playbook, walked by keyboard in Chromium. One binary, since
//! linking is what takes time.
//!
//! `driver` starts browsers, `site` builds and serves; a file for each part of the pages uses both. `judged`, `markup`,
//! `paper` and `weight` look at every kind of page; `EVERY_PAGE=1 cargo test --test browser judged` looks at every single one.

mod checklists;
mod driver;
mod judged;
mod keyboard;
mod markup;
mod pages;
mod paper;
mod search;
mod site;
mod weight;
