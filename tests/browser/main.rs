//! Built sites as readers have them: what only a browser can show. One binary, since linking is what takes time.

mod checklists;
mod driver;
