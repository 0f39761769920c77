//! trustbook turns a folder of Markdown and TOML into a trust playbook: a static site of journeys, promises and proof.
//!
//! A playbook is a pure function of its files. Reading the disk and writing the site happen at the rim; everything between
//! takes values and returns values.
//!
//! ```text
//! disk ─load→ Sources ─parse→ Drafts ─select→ Drafts ─localize→ Drafts ─resolve→ Playbook ─measure→ Measures ─routes→ Routes
//!             text, ids       as written,     only this        texts in all     names became ids,    states,        which pages,
//!                             with spans      audience, date   languages        nothing dangles      floors         which URLs
//!                                                                                                             │ check → findings, audit
//!       write → disk  ◀── render ◀── view ◀──────────────────────────────────────────────────────────────────┘
//!      serve → browser     (theme)    (one page's data; made on demand)
//! ```
//!
//! The preview ([`serve`], told by [`watch`]) walks the same road with a memory ([`pipeline::Memory`]) and draws a page when it is
//! asked for.
//!
//! From what views may see, [`search`] makes the files that the reader's search loads.
//!
//! A release ([`publish`]) is a site that was built and put where it is read, with a way back.
//!
//! A pack ([`pack`]) is some of those pages in one document, for a reader who gets it by mail or on paper.
//!
//! What was live before is held against what is there now by [`against`]; two states of a playbook are held against each other by
//! [`compare`]. What a web server has to do for an edition is written by [`emit`].
//! Links to other sites are asked ([`external`]) only where `check` is told to: no other check leaves the machine.
//!
//! Every arrow may add findings to [`diagnostic::Diagnostics`]; nothing flows back. Two kinds of trouble, two roads:
//! *findings* are about the author's files, *failures* ([`failure::Failure`]) about the world.
//!
//! One thing is simpler than it might be: there is one playbook for all languages, not one for each. A text keeps its
//! translations ([`playbook::Text`]) and the reader's fallback chain chooses among them where it is shown, so names are looked
//! up once, findings are made once, and what falls back is stored once.

pub mod against;
pub mod audit;
pub mod card;
pub mod check;
pub mod cli;
pub mod compare;
pub mod diagnostic;
pub mod emit;
pub mod external;
pub mod failure;
pub mod load;
pub mod locale;
pub mod localize;
pub mod measure;
pub mod pack;
pub mod parse;
pub mod pipeline;
pub mod playbook;
pub mod publish;
pub mod render;
pub mod resolve;
pub mod routes;
pub mod search;
pub mod select;
pub mod serve;
pub mod source;
pub mod strings;
pub mod theme;
pub mod tls;
pub mod translate;
pub mod view;
pub mod watch;
pub mod write;
