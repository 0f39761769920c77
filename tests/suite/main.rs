//! What no case of `tests/cases` can say: the specification of Markdown, what must hold for any input, what must not happen
//! to a builder's machine or to a reader. One binary, since linking is what takes time.

mod again;
mod audit;
mod bad_markdown;
mod commonmark;
mod diff;
mod emit;
mod external;
mod feed;
#[cfg(feature = "object-storage")]
mod gateway;
mod html;
mod left_out;
mod machine;
#[cfg(feature = "object-storage")]
mod objects;
mod odd_input;
mod packs;
mod pages;
mod pathological;
mod pipeline;
mod properties;
mod publish;
mod reviews;
mod scratch;
mod search;
mod sites;
mod templates;
mod themes;
mod translate;
