//! An address to what the preview's bar shows there, as JSON for its script.

use super::Change;
use super::address::below;
use super::editions::Shown;
use super::templates;
use super::wanted::Wanted;
use crate::playbook::Lang;
use crate::routes::{PageId, Route};
use crate::strings::Arg;
use crate::view::view;
use serde_json::{Value, json};

/// Words that the script shows as they are.
const WORDS: [&str; 13] = [
    "preview-bar",
    "preview-language",
    "preview-audience",
    "preview-drafts",
    "preview-date",
    "preview-source",
    "preview-copied",
    "preview-templates",
    "preview-close",
    "preview-polling",
    "preview-last-good",
    "preview-missing",
    "preview-missing-none",
];

/// What the bar shows at `whole`, an address with the base path.
pub fn bar(shown: &Shown, wanted: &Wanted, change: Change, whole: &str) -> String {
    let planned = &shown.site.planned;
    let settings = &planned.playbook.settings;
    let address = below(whole, settings.base_path()).unwrap_or(whole);
    let route = shown.site.page_at(address);
    let language = route.map_or(Lang::DEFAULT, |route| route.language).index();
    let strings = &planned.theme.strings;
    let word = |key: &str| strings.get(language, key).into_owned();
    let count = |key: &str, count: usize| {
        strings.with(language, key, &[("count", Arg::Count(i64::try_from(count).unwrap_or(i64::MAX)))])
    };
    let words: serde_json::Map<String, Value> =
        WORDS.iter().map(|key| (key.trim_start_matches("preview-").replace('-', "_"), json!(word(key)))).collect();
    let findings = &shown.findings;
    let bar = json!({
        "lang": settings.languages[language].tag.as_ref(),
        "dir": planned.locales[language].direction(),
        "words": words,
        "page": route.map(|route| page(shown, route, &word)),
        "near": if route.is_some() { Vec::new() } else { near(shown, address) },
        "edition": {
            "audience": settings.edition.as_ref(),
            "audiences": settings.audiences.iter().map(|audience| audience.name.as_ref()).collect::<Vec<_>>(),
            "drafts": wanted.drafts,
            "day": planned.measures.today.to_string(),
            "chosen_day": wanted.day.is_some(),
        },
        "address": address,
        "polling": change.polling,
        "good": shown.good,
        "errors": { "count": findings.errors, "words": count("preview-errors", findings.errors), "drawn": findings.drawn_errors },
        "warnings": {
            "count": findings.warnings,
            "words": count("preview-warnings", findings.warnings),
            "drawn": findings.drawn_warnings,
        },
    });
    bar.to_string()
}

fn near(shown: &Shown, address: &str) -> Vec<Value> {
    shown.site.near(address).into_iter().map(|(href, title)| json!({ "href": href, "title": title })).collect()
}

/// What the bar says about a page.
fn page(shown: &Shown, route: &Route, word: &dyn Fn(&str) -> String) -> Value {
    let planned = &shown.site.planned;
    let settings = &planned.playbook.settings;
    let view = view(&planned.desk(), route);
    let frame = view.context.iter().find(|(name, _)| *name == "page");
    let frame = frame.and_then(|(_, frame)| serde_json::to_value(frame).ok()).unwrap_or_default();
    let mut badges: Vec<Value> = Vec::new();
    let mut badge = |kind: &str, text: String| badges.push(json!({ "kind": kind, "text": text }));
    for notice in frame["notices"].as_array().into_iter().flatten() {
        match notice["kind"].as_str() {
            Some("draft") => badge("draft", word("preview-badge-draft")),
            Some("fallback") => badge("fallback", word("preview-badge-fallback")),
            Some("stale") => badge("stale", word("preview-badge-stale")),
            _ => {}
        }
    }
    if frame["overdue"] == json!(true) {
        badge("overdue", word("preview-badge-overdue"));
    }
    let audience = match route.page {
        PageId::Thing(thing) => planned.playbook.document(thing).map(|document| &document.audience),
        PageId::Front => planned.playbook.front.map(|front| &planned.playbook[front].document.audience),
        _ => None,
    };
    if settings.audiences_declared
        && let Some(audience) = audience
        && !settings.is_customer_facing(audience)
    {
        badge("internal", audience.to_string());
    }
    json!({
        "source": frame["source"],
        "badges": badges,
        "languages": frame["languages"],
        "templates": templates::files(&planned.theme, &view),
    })
}
