//! One register file to a [`RegisterDraft`].

use super::Register;
use super::draft::{
    ClaimDraft, DeskDraft, EntryDraft, HistoryDraft, IncidentDraft, MetricDraft, PromiseDraft, RegisterDraft,
    TermDraft, ThingDraft, Words,
};
use super::fields::{Fields, KEY_SEPARATOR, Reading, interval};
use super::journey::unique;
use super::tree::{self, Table, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::prose::Name;
use crate::playbook::{Better, ICONS, Kind, MetricKind, Severity, Status, Unit, is_address};
use crate::source::{Place, Spanned};
use jiff::civil::Date;

/// The states that an author can declare.
const STATUSES: [(&str, Status); 5] = [
    ("made", Status::Made),
    ("kept", Status::Kept),
    ("at-risk", Status::AtRisk),
    ("broken", Status::Broken),
    ("withdrawn", Status::Withdrawn),
];

/// Reads a register.
pub fn register(reading: &mut Reading<'_>, kind: Register) -> RegisterDraft {
    let path = reading.path.clone();
    let table = tree::toml(reading.text, 0, &path, reading.findings);
    let mut fields = Fields::new(reading, &table, Place::file(&path), String::new());
    let tables = fields.tables_of(&table);
    let what = match kind {
        Register::Promises => "promise",
        Register::Metrics => "metric",
        Register::Departments => "department",
        Register::Channels => "channel",
        Register::Claims => "claim",
        Register::Glossary => "term",
        Register::Incidents => "incident",
    };
    let entries = unique(tables, what, fields.reading)
        .into_iter()
        .map(|(id, place, table)| {
            let mut fields = Fields::new(fields.reading, table, place.clone(), id.to_string());
            let mut audience = None;
            let thing = match kind {
                Register::Promises => promise(&mut fields, &mut audience, table),
                Register::Metrics => metric(&mut fields, &mut audience, table),
                Register::Departments => desk(&mut fields, Kind::Departments),
                Register::Channels => desk(&mut fields, Kind::Channels),
                Register::Claims => claim(&mut fields, &mut audience, table),
                Register::Glossary => term(&mut fields, table),
                Register::Incidents => incident(&mut fields, &mut audience),
            };
            fields.finish(&format!("a {what}"), &|_| None);
            EntryDraft { id, place, audience, thing }
        })
        .collect();
    RegisterDraft { path, entries }
}

fn promise(fields: &mut Fields<'_, '_, '_>, audience: &mut Option<Name>, table: &Table) -> ThingDraft {
    *audience = fields.audience("audience");
    let text = fields.line("text");
    if table.get("text").is_none() {
        fields.missing("this promise", "text", "text = \"A person answers you within one working day.\"");
    }
    let status = fields.one_of("status", &STATUSES);
    ThingDraft::Promise(Box::new(PromiseDraft {
        text,
        pillar: fields.name("pillar"),
        stages: fields.names("stages"),
        channel: fields.name("channel"),
        department: fields.name("department"),
        made_in: fields.listed_words("made_in"),
        metric: fields.name("metric"),
        status,
        target: fields.number("target"),
        evidence: fields.words("evidence").filter(|evidence| is_safe_url(evidence, fields)),
        since: fields.date("since"),
        review: fields.review(),
        history: history(fields),
    }))
}

/// Words, or an address of which only http and https may become a link.
fn is_safe_url(words: &Words, fields: &mut Fields<'_, '_, '_>) -> bool {
    let said = &words.text.source;
    let cleaned: String = said.value.chars().filter(|c| !c.is_control()).collect();
    let scheme = super::link::scheme(cleaned.trim()).map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("javascript" | "data" | "vbscript" | "file" | "blob" | "about") => {
            fields.reading.findings.push(
                Diagnostic::new(Code::UnsafeLink, "this address cannot become a link")
                    .at(said.place.clone(), "this scheme")
                    .help("http, https, mailto and tel can"),
            );
            false
        }
        _ => true,
    }
}

fn history(fields: &mut Fields<'_, '_, '_>) -> Vec<HistoryDraft> {
    let Some(node) = fields.node("history") else { return Vec::new() };
    let Value::List(items) = &node.value else {
        fields.reading.findings.push(
            Diagnostic::new(Code::WrongType, format!("`history` is {}, not a list of tables", node.value.kind()))
                .at(node.place.clone(), "wants [[….history]]"),
        );
        return Vec::new();
    };
    let key = fields.text_key("history");
    let mut history = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let Value::Table(table) = &item.value else {
            fields.reading.findings.push(
                Diagnostic::new(
                    Code::WrongType,
                    format!("an entry of `history` is {}, not a table", item.value.kind()),
                )
                .at(item.place.clone(), "wants a table"),
            );
            continue;
        };
        let place = table.entries.first().map_or_else(|| item.place.clone(), |entry| entry.place.clone());
        let mut inner = Fields::new(fields.reading, table, place, format!("{key}{KEY_SEPARATOR}{index}"));
        let date = inner.date("date");
        let status = inner.one_of("status", &STATUSES).map(|status| status.value);
        let note = inner.line("note");
        match date {
            Some(date) => history.push(HistoryDraft { date, status, note }),
            None if table.get("date").is_none() => inner.missing("this entry", "date", "date = 2026-03-31"),
            None => {}
        }
        inner.finish("an entry of a promise's history", &|_| None);
    }
    history
}

fn metric(fields: &mut Fields<'_, '_, '_>, audience: &mut Option<Name>, table: &Table) -> ThingDraft {
    #[derive(Clone, Copy, PartialEq)]
    enum Kinds {
        Ces,
        Other(MetricKind),
    }
    *audience = fields.audience("audience");
    let title = fields.words("title");
    let kind = fields.one_of(
        "kind",
        &[
            ("nps", Kinds::Other(MetricKind::Nps)),
            ("csat", Kinds::Other(MetricKind::Csat)),
            ("ces", Kinds::Ces),
            ("trust", Kinds::Other(MetricKind::Trust)),
            ("rate", Kinds::Other(MetricKind::Rate)),
            ("duration", Kinds::Other(MetricKind::Duration)),
            ("count", Kinds::Other(MetricKind::Count)),
        ],
    );
    if table.get("kind").is_none() {
        fields.missing("this metric", "kind", "kind = \"rate\"");
    }
    let method = fields
        .one_of("method", &[("mean", MetricKind::CesMean), ("top3", MetricKind::CesTop3), ("net", MetricKind::CesNet)]);
    let kind = match (kind.map(|kind| kind.value), method) {
        (Some(Kinds::Ces), Some(method)) => Some(method.value),
        (Some(Kinds::Ces), None) => {
            if table.get("method").is_none() {
                fields.missing("this effort metric", "method", "method = \"top3\" (mean, top3 or net)");
            }
            None
        }
        (Some(Kinds::Other(kind)), method) => {
            if let Some(method) = method {
                fields.reading.findings.push(
                    Diagnostic::new(Code::UnknownKey, "only metrics of the kind `ces` have a method")
                        .at(method.place, "not of this kind"),
                );
            }
            Some(kind)
        }
        (None, _) => None,
    };
    let data = fields.text("data").and_then(|data| {
        let inside = data.value.split('/').all(|part| super::document::unsafe_part(part).is_none());
        if !inside {
            fields.reading.findings.push(
                Diagnostic::new(Code::UnsafePath, "this file does not lie within `content/`")
                    .at(data.place.clone(), "not a file of the playbook"),
            );
        }
        inside.then_some(data)
    });
    ThingDraft::Metric(Box::new(MetricDraft {
        title,
        kind,
        data,
        stages: fields.names("stages"),
        target: fields.number("target"),
        unit: fields.words("unit"),
        better: fields
            .one_of("better", &[("higher", Better::Higher), ("lower", Better::Lower)])
            .map(|better| better.value),
        date_format: fields.text("date_format"),
        column: fields.text("column").map(|column| column.value),
        window: window(fields),
        sample: fields.truth("sample").unwrap_or(false),
    }))
}

/// `window = "12 months"`: in months.
fn window(fields: &mut Fields<'_, '_, '_>) -> Option<u16> {
    let text = fields.text("window")?;
    let months = interval(&text.value).and_then(|interval| match interval.unit {
        Unit::Month => Some(interval.count),
        Unit::Year => interval.count.checked_mul(12),
        Unit::Day | Unit::Week => None,
    });
    if months.is_none() {
        fields.reading.findings.push(
            Diagnostic::new(Code::OutOfRange, "`window` wants a number of months or years")
                .at(text.place, "not this")
                .help("for example window = \"12 months\""),
        );
    }
    months
}

fn desk(fields: &mut Fields<'_, '_, '_>, kind: Kind) -> ThingDraft {
    let draft = DeskDraft {
        title: fields.words("title"),
        owner: fields.text("owner").map(|owner| owner.value),
        description: fields.prose("description"),
        icon: match kind {
            Kind::Channels => fields.one_of("icon", &ICONS.map(|icon| (icon, icon))).map(|icon| icon.value),
            _ => None,
        },
    };
    ThingDraft::Desk(kind, Box::new(draft))
}

fn claim(fields: &mut Fields<'_, '_, '_>, audience: &mut Option<Name>, table: &Table) -> ThingDraft {
    *audience = fields.audience("audience");
    let text = fields.line("text");
    if table.get("text").is_none() {
        fields.missing("this claim", "text", "text = \"what the source really says\"");
    }
    let url = fields.text("url").and_then(|url| {
        let good = is_address(&url.value);
        if !good {
            fields.reading.findings.push(
                Diagnostic::new(Code::UnsafeLink, "the address of a source begins with https:// or http://")
                    .at(url.place.clone(), "does not"),
            );
        }
        good.then_some(url)
    });
    ThingDraft::Claim(Box::new(ClaimDraft {
        text,
        value: fields.words("value"),
        source: fields.words("source"),
        url,
        date: fields.date("date"),
        sample: fields.words("sample"),
        expires_on: fields.date("expires_on"),
    }))
}

fn term(fields: &mut Fields<'_, '_, '_>, table: &Table) -> ThingDraft {
    let term = fields.words("term");
    let meaning = fields.prose("meaning");
    if table.get("meaning").is_none() {
        fields.missing("this term", "meaning", "meaning = \"Customers who leave in a period.\"");
    }
    let fixed = fields.truth("fixed").unwrap_or(true);
    ThingDraft::Term(Box::new(TermDraft { term, meaning, fixed }))
}

fn incident(fields: &mut Fields<'_, '_, '_>, audience: &mut Option<Name>) -> ThingDraft {
    *audience = fields.audience("audience");
    let draft = IncidentDraft {
        title: fields.words("title"),
        promise: fields.name("promise"),
        severity: fields
            .one_of(
                "severity",
                &[
                    ("annoyance", Severity::Annoyance),
                    ("dissatisfaction", Severity::Dissatisfaction),
                    ("disvalue", Severity::Disvalue),
                ],
            )
            .map(|severity| severity.value),
        recovery: fields.name("recovery"),
        noticed: fields.date("noticed"),
        acknowledged: fields.date("acknowledged"),
        apologised: fields.date("apologised"),
        fixed: fields.date("fixed"),
        told: fields.date("told"),
    };
    in_order(&draft, fields);
    ThingDraft::Incident(Box::new(draft))
}

/// Nothing can be acknowledged before somebody noticed it; what else is out of order may be a slip.
fn in_order(draft: &IncidentDraft, fields: &mut Fields<'_, '_, '_>) {
    // An apology says that it happened, and nobody has learnt what it was before it is mended.
    for (first, earlier, then, later) in [
        ("acknowledged", &draft.acknowledged, "apologised", &draft.apologised),
        ("fixed", &draft.fixed, "told", &draft.told),
    ] {
        let (Some(earlier), Some(later)) = (earlier, later) else { continue };
        if later.value < earlier.value {
            fields.reading.findings.push(
                Diagnostic::new(Code::IncidentOrder, format!("`{then}` lies before `{first}`"))
                    .at(later.place.clone(), "earlier")
                    .at(earlier.place.clone(), "later")
                    .help("noticed, acknowledged, apologised, fixed, told: is one of the dates a slip?"),
            );
        }
    }
    let Some(noticed) = &draft.noticed else { return };
    let later: [(&str, &Option<Spanned<Date>>); 4] = [
        ("acknowledged", &draft.acknowledged),
        ("apologised", &draft.apologised),
        ("fixed", &draft.fixed),
        ("told", &draft.told),
    ];
    for (word, date) in later {
        if let Some(date) = date
            && date.value < noticed.value
        {
            fields.reading.findings.push(
                Diagnostic::new(Code::OutOfRange, format!("`{word}` lies before `noticed`"))
                    .at(date.place.clone(), "earlier")
                    .at(noticed.place.clone(), "noticed here"),
            );
        }
    }
}
