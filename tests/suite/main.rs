//! What no case of `tests/cases` can say: the specification of Markdown, what must hold for any input, what must not happen
//! to a builder's machine or a reader, and whole sites. One binary, since linking is what takes time.

mod commonmark;
mod html;
