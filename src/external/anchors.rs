//! The text of a page to the places in it that an address can name.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use rustc_hash::FxHashSet;
use std::cell::RefCell;

/// A page of strangers may have any number; nobody links to the ones behind these.
const MOST: usize = 50_000;

/// Every `id`, and every `name` of an `<a>`, as a browser would look for them. What scripts make is not there.
pub fn ids(html: &str) -> FxHashSet<String> {
    let tokenizer = Tokenizer::new(Ids::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.found.take()
}

#[derive(Default)]
struct Ids {
    found: RefCell<FxHashSet<String>>,
}

impl TokenSink for Ids {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        if tag.kind != TagKind::StartTag {
            return TokenSinkResult::Continue;
        }
        let mut found = self.found.borrow_mut();
        for attribute in &tag.attrs {
            let is_id = &*attribute.name.local == "id" || (&*attribute.name.local == "name" && &*tag.name == "a");
            if is_id && found.len() < MOST {
                found.insert(attribute.value.to_string());
            }
        }
        // Between these tags stands no markup, whatever it looks like.
        match &*tag.name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_markup_alone() {
        let found = ids(
            "<h2 id=prices>A</h2><a name='old'>B</a><p name=no><script>\"<i id='drawn'>\"</script><b ID=\"c&amp;d\">",
        );
        let mut found: Vec<String> = found.into_iter().collect();
        found.sort();
        assert_eq!(found, ["c&d", "old", "prices"]);
    }
}
