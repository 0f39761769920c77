//! A built edition to where it is read: what changes is shown first, what must not leave is held back, and the live site is the old
//! one or the new one, whole.
//!
//! ```text
//! plan ─build→ stage ─staged→ Manifest ─difference→ what changes   ─guard→  refusals ┐
//!              (a folder)      │                     (with what is live)             ├→ Target: put, switch, clean
//!                              └─canary→ what was left out, found after all ─────────┘
//! ```
//!
//! The manifest is made of the files of the stage and of nothing else but a few facts, without a clock: the same revision, for the
//! same day, has the same one everywhere. A [`target::Target`] says what stands there, takes a release and switches to it.

pub mod canary;
pub mod difference;
pub mod guard;
pub mod manifest;
pub mod page;
pub mod stage;
pub mod target;
