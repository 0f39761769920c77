//! Items of a checklist, with their ids and boxes.

use super::*;

impl Writer<'_> {
    pub(super) fn start_item(&mut self, state: &mut Segment, range: Range<usize>) {
        let checklist = self.open_checklist().filter(|_| matches!(state.lists.last(), Some(List::Checklist)));
        let Some(checklist) = checklist else {
            self.begin_block();
            let task = is_task(&self.text[range.clone()]);
            self.html.push_str(if task { "<li class=\"task\">" } else { "<li>" });
            state.items.push(OpenItem { in_checklist: false, depth_of_quotes: state.quotes, ..OpenItem::default() });
            return;
        };
        let line_end = self.text[range.clone()].find(['\n', '\r']).map_or(range.end, |length| range.start + length);
        let line = &self.text[range.start..line_end];
        let (id, renamed_from, span) = match directive::item_id(line) {
            Some(found) => {
                if let Some(unknown) = found.unknown {
                    let place = self.place(range.start + unknown.start..range.start + unknown.end);
                    let word = &line[unknown];
                    self.findings.push(
                        Diagnostic::new(Code::UnknownKey, format!("an item takes no `{word}`"))
                            .at(place, "unknown argument")
                            .did_you_mean(word, ["renamed_from"]),
                    );
                }
                let span = range.start + found.span.start..range.start + found.span.end;
                let place = self.place(range.start + found.id.start..range.start + found.id.end);
                let id = crate::parse::id::normalised(&line[found.id.clone()]);
                (
                    Name::new(id.into(), place),
                    found.renamed_from.map(|id| crate::parse::id::normalised(&id).into()),
                    Some(span),
                )
            }
            None => {
                let place = self.place(range.start..line_end);
                self.findings.push(
                    Diagnostic::new(Code::ChecklistItemWithoutId, "this item has no id, so ticks on it cannot be kept")
                        .at(place.clone(), "`{#id}` is missing at its end")
                        .help("end the line with an id of your own, such as `{#final-price}`"),
                );
                (Name::new("".into(), place), None, None)
            }
        };
        // A parent's words end where its list of sub-items begins.
        self.flush();
        let depth = state.items.iter().filter(|item| item.in_checklist).count().min(250) as u8;
        let number = self.body.checklists[checklist as usize].items.len();
        self.body.checklists[checklist as usize].items.push(ItemBlock { id, renamed_from, pieces: Vec::new(), depth });
        self.sinks.push(Vec::new());
        self.begin_block();
        state.item_id = span;
        state.items.push(OpenItem {
            in_checklist: true,
            first_paragraph: true,
            number,
            depth_of_quotes: state.quotes,
            ..OpenItem::default()
        });
    }

    pub(super) fn end_item(&mut self, state: &mut Segment) {
        self.end_block();
        self.close_label(state);
        let Some(item) = state.items.pop() else { return };
        if !item.in_checklist {
            self.html.push_str("</li>\n");
            return;
        }
        // The id was the last thing of its line, with a space before it.
        let kept = self.html.trim_end().len();
        self.html.truncate(kept);
        self.flush();
        let pieces = self.sinks.pop().unwrap_or_default();
        if let Some(checklist) = self.open_checklist() {
            self.body.checklists[checklist as usize].items[item.number].pieces = pieces;
        }
        state.item_id = None;
    }
}
