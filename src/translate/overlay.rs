//! Translated texts to the files that hold them; all else in these stays as its author wrote it.

use super::texts::PageText;
use crate::parse::id::normalised;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Key, Table, TableLike, Value};

/// Why a text cannot be put where it belongs: a sentence about the file.
type Refused = String;

/// A TOML overlay with these texts, by key as TOML writes it. Keys are spelt as in the source.
///
/// # Errors
/// The overlay or the source cannot be read, or something else stands where a text belongs.
pub fn table(source: &str, overlay: &str, texts: &[(&str, &str)]) -> Result<String, Refused> {
    let source: DocumentMut = source.parse().map_err(|_| "its source cannot be read".to_string())?;
    let mut document: DocumentMut = overlay.parse().map_err(|_| "it cannot be read".to_string())?;
    let putting = Putting { searched: has_other_spellings(document.as_table()) };
    for (key, text) in texts {
        let parts = Key::parse(key).map_err(|_| format!("`{key}` is no key"))?;
        let parts: Vec<&str> = parts.iter().map(Key::get).collect();
        putting
            .put(document.as_table_mut(), Some(source.as_table()), &parts, text)
            .map_err(|()| format!("`{key}` has no place in it, since something else stands there"))?;
    }
    Ok(with_line_ends(document.to_string(), overlay))
}

/// Whether a table has keys that are spelt in another way than ids are. Few have; only these have to be searched.
fn has_other_spellings(table: &dyn TableLike) -> bool {
    let is_as_ids_are = |key: &str| key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    table.iter().any(|(key, item)| {
        let in_tables = |tables: &ArrayOfTables| tables.iter().any(|table| has_other_spellings(table));
        !is_as_ids_are(key)
            || item.as_table_like().is_some_and(has_other_spellings)
            || item.as_array_of_tables().is_some_and(in_tables)
    })
}

/// Where texts are put, and where their keys are found.
struct Putting {
    /// Whether keys of the overlay have to be searched for other spellings.
    searched: bool,
}

impl Putting {
    /// The key of a table that is this part of a unit's key.
    fn spelt(table: &dyn TableLike, part: &str, searched: bool) -> Option<String> {
        if table.get(part).is_some() {
            return Some(part.to_string());
        }
        let mut keys = table.iter().map(|(key, _)| key).filter(|_| searched);
        keys.find(|key| normalised(key) == part).map(str::to_string)
    }

    /// Puts a text below a table. `source` is the table that this one translates, as far as it has one.
    fn put(
        &self,
        table: &mut dyn TableLike,
        source: Option<&dyn TableLike>,
        parts: &[&str],
        text: &str,
    ) -> Result<(), ()> {
        let (part, rest) = parts.split_first().ok_or(())?;
        let in_source = source.and_then(|source| Putting::spelt(source, part, true));
        let as_in_source = in_source.clone().filter(|key| table.get(key).is_some());
        let known = as_in_source.or_else(|| Putting::spelt(table, part, self.searched));
        let key = known.or_else(|| in_source.clone()).unwrap_or_else(|| part.to_string());
        let below = source.zip(in_source).and_then(|(source, key)| source.get(&key));
        if rest.is_empty() {
            return put_text(table, &key, text);
        }
        if table.get(&key).is_none_or(Item::is_none) {
            table.insert(&key, new_item(below, rest));
        }
        let item = table.get_mut(&key).ok_or(())?;
        match rest.split_first() {
            Some((number, rest)) if item.is_array() || item.is_array_of_tables() => {
                self.put_at(item, below, number.parse().map_err(|_| ())?, rest, text)
            }
            _ => self.put(item.as_table_like_mut().ok_or(())?, below.and_then(Item::as_table_like), rest, text),
        }
    }

    /// Puts a text into a list; an empty one keeps the place of what is not translated yet.
    fn put_at(
        &self,
        item: &mut Item,
        source: Option<&Item>,
        number: usize,
        rest: &[&str],
        text: &str,
    ) -> Result<(), ()> {
        // No list of the format is as long, and a number in a file is soon written.
        if number > 10_000 {
            return Err(());
        }
        if let Some(tables) = item.as_array_of_tables_mut() {
            let own = source.and_then(Item::as_array_of_tables);
            while tables.len() <= number {
                let mut table = Table::new();
                if tables.len() < number {
                    let last = rest.last().ok_or(())?;
                    table.insert(last, toml_edit::value(""));
                }
                tables.push(table);
            }
            let below = own.and_then(|tables| tables.get(number)).map(|table| table as &dyn TableLike);
            return self.put(tables.get_mut(number).ok_or(())?, below, rest, text);
        }
        let array = item.as_array_mut().ok_or(())?;
        // As many as its source has: what is not translated yet keeps its place.
        let wanted = source.and_then(Item::as_array).map_or(0, Array::len).max(number + 1);
        while array.len() < wanted {
            array.push("");
            if array.iter().map(|value| value.to_string().chars().count()).sum::<usize>() + text.chars().count() > 90 {
                spread(array);
            }
        }
        let value = array.get_mut(number).ok_or(())?;
        match value {
            // An opportunity may be `{ text = … }`.
            Value::InlineTable(table) => put_text(table, "text", text),
            value if value.is_str() => {
                set(value, text);
                Ok(())
            }
            _ => Err(()),
        }
    }
}

/// What has to stand at a key so that the rest of the key fits below it.
fn new_item(source: Option<&Item>, rest: &[&str]) -> Item {
    match source {
        Some(source) if source.is_array_of_tables() => Item::ArrayOfTables(ArrayOfTables::new()),
        Some(source) if source.is_array() && rest.len() > 1 => Item::ArrayOfTables(ArrayOfTables::new()),
        Some(source) if source.is_array() => Item::Value(Value::Array(Array::new())),
        _ => {
            let mut table = Table::new();
            // Its header stands there only if it holds a text itself.
            table.set_implicit(true);
            Item::Table(table)
        }
    }
}

fn put_text(table: &mut dyn TableLike, key: &str, text: &str) -> Result<(), ()> {
    match table.get_mut(key) {
        Some(Item::Value(value)) if value.is_str() => set(value, text),
        Some(item) if !item.is_none() => return Err(()),
        _ => {
            table.insert(key, toml_edit::value(text));
        }
    }
    Ok(())
}

/// Another text in a value's place: with the spaces and the comment around it.
fn set(value: &mut Value, text: &str) {
    let around = value.decor().clone();
    *value = Value::from(text);
    *value.decor_mut() = around;
}

/// A line for each of a list's texts.
fn spread(array: &mut Array) {
    for value in array.iter_mut() {
        if value.decor().prefix().and_then(|prefix| prefix.as_str()).is_none_or(|prefix| !prefix.contains('\n')) {
            value.decor_mut().set_prefix("\n    ");
        }
    }
    array.set_trailing("\n");
    array.set_trailing_comma(true);
}

/// A Markdown overlay with this prose, and these texts in its front matter, by key as TOML writes it. That has the fences of the
/// source's where it is new.
///
/// # Errors
/// The front matter that is there cannot be read.
pub fn page(
    source: &PageText,
    overlay: Option<&PageText>,
    texts: &[(&str, &str)],
    body: &str,
) -> Result<String, Refused> {
    let fence = overlay.and_then(|overlay| overlay.fence).or(source.fence);
    let old = overlay.map_or("", |overlay| &overlay.front);
    let Some(fence) = fence.filter(|_| !texts.is_empty() || !old.is_empty()) else { return Ok(body.to_string()) };
    let front = match fence {
        "+++" => toml_front(source, old, texts)?,
        _ => yaml_front(old, &values(source, overlay, texts)),
    };
    let mut text = format!("{fence}\n{front}");
    if !front.is_empty() && !front.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(fence);
    text.push('\n');
    text.push_str(body);
    Ok(with_line_ends(text, &source.body))
}

fn toml_front(source: &PageText, old: &str, texts: &[(&str, &str)]) -> Result<String, Refused> {
    let mut document: DocumentMut = old.parse().map_err(|_| "its front matter cannot be read".to_string())?;
    for (key, text) in texts {
        let table = document.as_table_mut();
        let put = match listed(key) {
            None => put_text(table, key, text),
            Some((list, number)) => {
                let own: Array = (0..length(source, list)).map(|_| "").collect();
                let item = table.entry(list).or_insert_with(|| toml_edit::value(Array::new()));
                Putting { searched: false }.put_at(item, Some(&toml_edit::value(own)), number, &[], text)
            }
        };
        put.map_err(|()| format!("its `{key}` has no place, since something else stands there"))?;
    }
    Ok(document.to_string())
}

/// The list that a text of front matter stands in, and its place there.
fn listed(key: &str) -> Option<(&str, usize)> {
    let (list, number) = key.split_once('.')?;
    Some((list, number.parse().ok()?))
}

/// How many entries a list of front matter has.
fn length(page: &PageText, list: &str) -> usize {
    let numbers = page.texts.keys().filter_map(|key| listed(key)).filter(|(own, _)| *own == list);
    numbers.map(|(_, number)| number + 1).max().unwrap_or(0)
}

/// Texts by the keys that hold them: of a list all entries, those that are there already among them.
fn values<'t>(
    source: &PageText,
    overlay: Option<&PageText>,
    texts: &[(&'t str, &str)],
) -> Vec<(&'t str, serde_json::Value)> {
    let mut values: Vec<(&str, serde_json::Value)> = Vec::new();
    for (key, text) in texts {
        let Some((list, _)) = listed(key) else {
            values.push((key, serde_json::Value::from(*text)));
            continue;
        };
        if values.iter().any(|(known, _)| *known == list) {
            continue;
        }
        let entry = |number: usize| {
            let key = format!("{list}.{number}");
            let given = texts.iter().find(|(known, _)| *known == key).map(|(_, text)| *text);
            let known = || overlay.and_then(|overlay| overlay.texts.get(&key)).map(|text| &*text.value);
            given.or_else(known).unwrap_or_default().to_string()
        };
        values.push((list, (0..length(source, list)).map(entry).collect()));
    }
    values
}

/// Line by line: a key at the left margin, with the lines below that are further in, gives way to one line.
fn yaml_front(old: &str, values: &[(&str, serde_json::Value)]) -> String {
    let line = |key: &str, value: &serde_json::Value| format!("{key}: {value}\n");
    let mut waiting: Vec<&(&str, serde_json::Value)> = values.iter().collect();
    let mut out = String::new();
    let mut gone = false;
    for old in old.split_inclusive('\n') {
        let at_margin = !old.starts_with([' ', '\t', '-', '#']) && !old.trim().is_empty();
        if at_margin {
            gone = false;
            let key = old.split(':').next().unwrap_or("").trim();
            if let Some(index) = waiting.iter().position(|(wanted, _)| *wanted == key) {
                let (key, value) = waiting.remove(index);
                out.push_str(&line(key, value));
                gone = true;
            }
        }
        if !gone {
            out.push_str(old);
        }
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    waiting.iter().for_each(|(key, value)| out.push_str(&line(key, value)));
    out
}

/// As the file had them.
fn with_line_ends(text: String, as_in: &str) -> String {
    if !as_in.contains("\r\n") {
        return text;
    }
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "title = \"Year\"\n\n[stages.Buy_it]\ntitle = \"Buy\"\npains = [\"a\", \"b\", \"c\"]\n\n[stages.Buy_it.touchpoints.ad]\ntitle = \"Ad\"\n\n[[stages.Buy_it.history]]\nnote = \"x\"\n\n[[stages.Buy_it.history]]\nnote = \"y\"\n";

    #[test]
    fn a_new_overlay_has_the_tables_that_it_needs() {
        let texts = [
            ("title", "År"),
            ("stages.buy-it.pains.1", "två"),
            ("stages.buy-it.touchpoints.ad.title", "Annons"),
            ("stages.buy-it.history.1.note", "ypsilon"),
        ];
        let wanted = "title = \"År\"\n\n[stages.Buy_it]\npains = [\"\", \"två\", \"\"]\n\n[stages.Buy_it.touchpoints.ad]\ntitle = \"Annons\"\n\n[[stages.Buy_it.history]]\nnote = \"\"\n\n[[stages.Buy_it.history]]\nnote = \"ypsilon\"\n";
        assert_eq!(table(SOURCE, "", &texts).as_deref(), Ok(wanted));
    }

    #[test]
    fn what_stands_there_stays_as_it_was_written() {
        let old = "# Ours.\ntitle   = 'Gammal' # look again\n\n[stages.\"Buy it\"]\npains = [\n  \"ett\", # one\n  \"två\",\n]\n";
        let texts = [("title", "Ny \"titel\""), ("stages.buy-it.pains.0", "1"), ("stages.buy-it.title", "Köp")];
        let wanted = "# Ours.\ntitle   = 'Ny \"titel\"' # look again\n\n[stages.\"Buy it\"]\npains = [\n  \"1\", # one\n  \"två\", \"\",\n]\ntitle = \"Köp\"\n";
        assert_eq!(table(SOURCE, old, &texts).as_deref(), Ok(wanted));
    }

    #[test]
    fn text_never_takes_the_place_of_something_else() {
        assert!(table(SOURCE, "title = 3\n", &[("title", "x")]).is_err());
        assert!(table(SOURCE, "stages = 3\n", &[("stages.buy-it.title", "x")]).is_err());
        assert!(table(SOURCE, "title = \n", &[("title", "x")]).is_err());
    }

    #[test]
    fn front_matter_keeps_its_other_keys_in_either_form() {
        let source = PageText { fence: Some("+++"), ..PageText::default() };
        let mut old =
            PageText { fence: Some("+++"), front: "slug = \"x\" # why\ntitle = \"a\"\n".into(), ..PageText::default() };
        let made = page(&source, Some(&old), &[("title", "b")], "\nProse.\n");
        assert_eq!(made.as_deref(), Ok("+++\nslug = \"x\" # why\ntitle = \"b\"\n+++\n\nProse.\n"));
        old = PageText { fence: Some("---"), front: "title: >\n  a\n  b\nslug: x\n".into(), ..PageText::default() };
        let made = page(&source, Some(&old), &[("title", "b: c"), ("description", "d")], "");
        assert_eq!(made.as_deref(), Ok("---\ntitle: \"b: c\"\nslug: x\ndescription: \"d\"\n---\n"));
        let bare = PageText::default();
        assert_eq!(page(&bare, None, &[], "# T\n").as_deref(), Ok("# T\n"));
    }
}
