//! `trustbook.toml` to [`Settings`] of one edition.

use super::fields::{Fields, Reading};
use super::markdown::Rules;
use super::tree::{self, Table, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level, nearest};
use crate::playbook::settings::Names;
use crate::playbook::{Audience, External, Lang, Language, Settings, SocialCards, ThemeOption, is_address};
use crate::source::{Place, Source, Spanned};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A word of the author's and where it stands.
type Word = Spanned<Arc<str>>;

/// The settings for the edition of `audience`, or of the default one. Without a file: the defaults, with `fallback_title`
/// as title. An audience that does not exist comes back as `Err`, with those that do.
pub fn settings(
    source: Option<&Source>,
    audience: Option<&str>,
    fallback_title: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Result<Settings, Vec<Arc<str>>> {
    let mut settings = Settings::default();
    if let Some(title) = fallback_title {
        settings.title = title.into();
        settings.languages[0].title = title.into();
    }
    if let Some(source) = source {
        let mut findings = Vec::new();
        let table = tree::toml(&source.text, 0, &source.path, &mut findings);
        read(&table, source, &mut settings, audience, &mut findings);
        diagnostics.extend(findings);
    } else {
        settings.id = super::id::anchor(&settings.title).into();
    }
    if let Some(audience) = audience {
        if settings.audience(audience).is_none() {
            return Err(settings.audiences.iter().map(|audience| audience.name.clone()).collect());
        }
        settings.edition = audience.into();
    }
    Ok(settings)
}

fn read(
    table: &Table,
    source: &Source,
    settings: &mut Settings,
    edition: Option<&str>,
    findings: &mut Vec<Diagnostic>,
) {
    let rules = Rules::default();
    let path = &source.path;
    let mut reading =
        Reading { path, text: &source.text, language: Lang::DEFAULT, tag: "en", markdown: &rules, findings };
    let mut fields = Fields::new(&mut reading, table, Place::file(path), String::new());
    if let Some(title) = fields.text("title") {
        settings.title = title.value;
    }
    settings.id = super::id::anchor(&settings.title).into();
    if let Some(id) = fields.text("id") {
        settings.id = super::id::normalised(&id.value).into();
    }
    settings.description = fields.text("description").map(|text| text.value);
    settings.base_url = base_url(&mut fields);
    let default_language = fields.text("default_language");
    if let Some(theme) = fields.text("theme") {
        if safe_name(&theme.value) {
            settings.theme = theme;
        } else {
            fields.reading.findings.push(
                Diagnostic::new(Code::UnsafePath, format!("`{}` cannot be a theme's name", theme.value))
                    .at(theme.place, "not a folder in `themes/`"),
            );
        }
    }
    let default_audience =
        fields.text("default_audience").map(|name| Word::new(super::id::normalised(&name.value).into(), name.place));
    settings.edit_url = edit_url(&mut fields);
    settings.raw_html_trusted =
        fields.one_of("raw_html", &[("safe", false), ("trusted", true)]).is_some_and(|choice| choice.value);
    if let Some(min_n) = fields.integer("min_n") {
        match u32::try_from(min_n.value) {
            Ok(number) if number > 0 => settings.min_n = number,
            _ => fields
                .reading
                .findings
                .push(Diagnostic::new(Code::OutOfRange, "`min_n` is at least 1").at(min_n.place, "less than that")),
        }
    }
    settings.proof_by_point =
        fields.one_of("proof", &[("lower", false), ("point", true)]).is_some_and(|choice| choice.value);
    let cards = [("kinds", SocialCards::Kinds), ("pages", SocialCards::Pages), ("none", SocialCards::None)];
    if let Some(cards) = fields.one_of("social_cards", &cards) {
        settings.social_cards = cards.value;
    }
    let languages = fields.tables("languages");
    read_languages(settings, default_language, languages, &mut fields);
    let audiences = fields.node("audiences");
    read_audiences(settings, audiences, default_audience, &mut fields);
    let editions = fields.tables("editions");
    read_editions(settings, editions, edition, &mut fields);
    if let Some((node, table)) = fields.table("external") {
        settings.external = external(node.place.clone(), table, &mut fields);
    }
    if let Some((_, options)) = fields.table("theme_options") {
        let readable = options.entries.iter().filter(|entry| !matches!(entry.node.value, Value::Broken));
        settings.theme_options = readable.map(theme_option).collect();
    }
    if let Some((_, table)) = fields.table("checks") {
        read_checks(settings, table, &mut fields);
    }
    let outlets = fields.tables("publish");
    settings.outlets = super::outlets::outlets(settings, outlets, &mut fields);
    fields.finish("trustbook.toml", &|_| None);
}

/// The longest that anybody waits for a site, in seconds.
const LONGEST_TIMEOUT: i64 = 600;

fn external(place: Place, table: &tree::Table, fields: &mut Fields<'_, '_, '_>) -> External {
    let mut external = External::default();
    let mut inner = Fields::new(fields.reading, table, place, String::new());
    external.skip = inner.texts("skip").into_iter().map(|pattern| pattern.value).collect();
    for host in inner.texts("allow") {
        if host.value.contains('/') {
            inner.reading.findings.push(
                Diagnostic::new(Code::OutOfRange, format!("`{}` is no host", host.value))
                    .at(host.place, "more than a host")
                    .help("write its name or number alone, such as \"wiki.intern\" or \"*.corp.example.com\""),
            );
        } else {
            external.allow.push(host.value);
        }
    }
    if let Some(text) = inner.text("max_age") {
        external.max_age = inner.interval(text).unwrap_or(external.max_age);
    }
    if let Some(seconds) = inner.integer("timeout") {
        match u32::try_from(seconds.value) {
            Ok(number) if (1..=LONGEST_TIMEOUT).contains(&seconds.value) => external.timeout = number,
            _ => inner.reading.findings.push(
                Diagnostic::new(Code::OutOfRange, format!("`timeout` lies between 1 and {LONGEST_TIMEOUT} seconds"))
                    .at(seconds.place, "outside of it"),
            ),
        }
    }
    inner.finish("[external]", &|_| None);
    external
}

fn theme_option(entry: &tree::Entry) -> ThemeOption {
    ThemeOption {
        name: Word::new(entry.key.clone(), entry.place.clone()),
        value: Spanned::new(entry.node.value.to_extra(), entry.node.place.clone()),
    }
}

fn base_url(fields: &mut Fields<'_, '_, '_>) -> Option<Arc<str>> {
    let url = fields.text("base_url")?;
    let host = url.value.strip_prefix("https://").or_else(|| url.value.strip_prefix("http://"));
    let good = host.is_some_and(|host| {
        !host.is_empty()
            && !host.starts_with('/')
            && !host.contains(['?', '#', ' ', '\\', '"', '<', '>'])
            && !host.split('/').any(|part| part == "..")
            && !host.chars().any(char::is_control)
    });
    if !good {
        fields.reading.findings.push(
            Diagnostic::new(Code::UnsafeLink, format!("`{}` is no address that a site can stand at", url.value))
                .at(url.place, "not such an address")
                .help("write it like \"https://example.com/playbook/\""),
        );
        return None;
    }
    Some(if url.value.ends_with('/') { url.value } else { format!("{}/", url.value).into() })
}

fn edit_url(fields: &mut Fields<'_, '_, '_>) -> Option<Arc<str>> {
    let url = fields.text("edit_url")?;
    let good = is_address(&url.value);
    if !good {
        fields.reading.findings.push(
            Diagnostic::new(Code::UnsafeLink, "`edit_url` begins with https:// or http://").at(url.place, "does not"),
        );
    }
    good.then_some(url.value)
}

/// Whether `name` can be a folder's name on every system.
pub fn safe_name(name: &str) -> bool {
    super::document::unsafe_part(name).is_none()
}

fn read_languages(
    settings: &mut Settings,
    default: Option<Word>,
    tables: Vec<(Word, &Table)>,
    fields: &mut Fields<'_, '_, '_>,
) {
    struct Written {
        language: Language,
        fallback: Vec<Word>,
    }
    let mut written: Vec<Written> = Vec::new();
    for (tag, table) in tables {
        if !good_tag(&tag.value) {
            fields.reading.findings.push(
                Diagnostic::new(Code::OutOfRange, format!("`{}` is no language tag", tag.value))
                    .at(tag.place, "not a tag")
                    .help("write it like `sv` or `pt-BR`"),
            );
            continue;
        }
        let mut inner = Fields::new(fields.reading, table, tag.place.clone(), String::new());
        let name = inner.text("name").map(|text| text.value).unwrap_or_else(|| tag.value.clone());
        let title = inner.text("title").map(|text| text.value);
        let description = inner.text("description").map(|text| text.value);
        let fallback = inner.texts("fallback");
        let owners = names(&mut inner, "owners");
        let tags = names(&mut inner, "tags");
        inner.finish("a language", &|_| None);
        written.push(Written {
            language: Language {
                tag: tag.value,
                name,
                title: title.unwrap_or_else(|| settings.title.clone()),
                description: description.or_else(|| settings.description.clone()),
                chain: Vec::new(),
                owners,
                tags,
            },
            fallback,
        });
    }
    let default_tag: Arc<str> = match &default {
        Some(tag) if !written.is_empty() && !written.iter().any(|one| one.language.tag == tag.value) => {
            fields.reading.findings.push(
                Diagnostic::new(Code::UnknownName, format!("`{}` is no language of this playbook", tag.value))
                    .at(tag.place.clone(), "not declared")
                    .did_you_mean(&tag.value, written.iter().map(|one| &*one.language.tag))
                    .help(format!("declare it: [languages.{}]", tag.value)),
            );
            written[0].language.tag.clone()
        }
        Some(tag) if good_tag(&tag.value) => tag.value.clone(),
        Some(tag) => {
            fields.reading.findings.push(
                Diagnostic::new(Code::OutOfRange, format!("`{}` is no language tag", tag.value))
                    .at(tag.place.clone(), "not a tag"),
            );
            "en".into()
        }
        None if written.iter().any(|one| &*one.language.tag == "en") || written.is_empty() => "en".into(),
        None => written[0].language.tag.clone(),
    };
    if written.len() > 200 {
        written.truncate(200);
    }
    if !written.iter().any(|one| one.language.tag == default_tag) {
        let name = if &*default_tag == "en" { "English".into() } else { default_tag.clone() };
        let language = Language {
            tag: default_tag.clone(),
            name,
            title: settings.title.clone(),
            description: settings.description.clone(),
            chain: Vec::new(),
            owners: Names::new(),
            tags: Names::new(),
        };
        written.insert(0, Written { language, fallback: Vec::new() });
    }
    // The default language comes first; the others keep the author's order.
    written.sort_by_key(|one| one.language.tag != default_tag);
    let tags: Vec<Arc<str>> = written.iter().map(|one| one.language.tag.clone()).collect();
    let lang = |index: usize| Lang(u8::try_from(index).unwrap_or(0));
    let mut direct: Vec<Vec<Lang>> = Vec::new();
    for one in &written {
        let mut chain = Vec::new();
        for tag in &one.fallback {
            match tags.iter().position(|known| *known == tag.value) {
                Some(index) => chain.push(lang(index)),
                None => fields.reading.findings.push(
                    Diagnostic::new(Code::UnknownName, format!("`{}` is no language of this playbook", tag.value))
                        .at(tag.place.clone(), "not declared")
                        .did_you_mean(&tag.value, tags.iter().map(|tag| &**tag)),
                ),
            }
        }
        direct.push(chain);
    }
    settings.languages = written
        .into_iter()
        .enumerate()
        .map(|(index, one)| Language { chain: chain(lang(index), &direct), ..one.language })
        .collect();
    settings.title = settings.languages[0].title.clone();
}

/// `[languages.TAG.owners]`, `[languages.TAG.tags]`: names, and what they are called in a language. An empty one is not translated yet.
fn names(fields: &mut Fields<'_, '_, '_>, key: &'static str) -> Names {
    let Some(node) = fields.node(key) else { return Names::new() };
    let Value::Table(table) = &node.value else {
        fields.reading.findings.push(
            Diagnostic::new(Code::WrongType, format!("`{key}` is {}, not a table", node.value.kind()))
                .at(node.place.clone(), "wants a table")
                .help("write it like \"Head of support\" = \"Kundtjänstchef\""),
        );
        return Names::new();
    };
    let mut names = Names::new();
    for entry in &table.entries {
        match &entry.node.value {
            Value::Text(called) if called.trim().is_empty() => {}
            Value::Text(called) => {
                names.insert(entry.key.trim().into(), Word::new(called.clone(), entry.place.clone()));
            }
            Value::Broken => {}
            other => fields.reading.findings.push(
                Diagnostic::new(Code::WrongType, format!("a name is a text, not {}", other.kind()))
                    .at(entry.node.place.clone(), "wants a text"),
            ),
        }
    }
    names
}

/// Itself, its fallbacks, theirs (nothing twice), and the default language at the end.
fn chain(language: Lang, direct: &[Vec<Lang>]) -> Vec<Lang> {
    let mut chain = vec![language];
    let mut at = 0;
    while at < chain.len() {
        for next in &direct[chain[at].index()] {
            if !chain.contains(next) {
                chain.push(*next);
            }
        }
        at += 1;
    }
    chain.retain(|one| *one != Lang::DEFAULT || language == Lang::DEFAULT);
    if language != Lang::DEFAULT {
        chain.push(Lang::DEFAULT);
    }
    chain
}

fn good_tag(tag: &str) -> bool {
    let first = tag.split('-').next().unwrap_or("");
    (2..=8).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && tag.len() <= 35
        && tag
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn read_audiences(
    settings: &mut Settings,
    node: Option<&tree::Node>,
    default: Option<Word>,
    fields: &mut Fields<'_, '_, '_>,
) {
    let Some(node) = node else {
        if let Some(default) = default
            && settings.audience(&default.value).is_none()
        {
            unknown_audience(&default, settings, fields);
        }
        return;
    };
    let Value::Table(table) = &node.value else {
        fields.reading.findings.push(
            Diagnostic::new(Code::WrongType, format!("`audiences` is {}, not a table", node.value.kind()))
                .at(node.place.clone(), "wants a table"),
        );
        return;
    };
    settings.audiences_declared = true;
    let mut includes: Vec<(Arc<str>, Vec<Word>)> = Vec::new();
    for entry in &table.entries {
        let name: Arc<str> = super::id::normalised(&entry.key).into();
        let mut included = Vec::new();
        match &entry.node.value {
            Value::List(items) => {
                for item in items {
                    match &item.value {
                        Value::Text(text) => {
                            included.push(Word::new(super::id::normalised(text).into(), item.place.clone()));
                        }
                        other => fields.reading.findings.push(
                            Diagnostic::new(
                                Code::WrongType,
                                format!("an audience includes names, not {}", other.kind()),
                            )
                            .at(item.place.clone(), "wants a text"),
                        ),
                    }
                }
            }
            other => fields.reading.findings.push(
                Diagnostic::new(
                    Code::WrongType,
                    format!("`{}` is {}, not a list of audiences", entry.key, other.kind()),
                )
                .at(entry.node.place.clone(), "wants a list"),
            ),
        }
        includes.push((name, included));
    }
    let names: Vec<Arc<str>> = includes.iter().map(|(name, _)| name.clone()).collect();
    for (_, included) in &includes {
        for name in included {
            if !names.contains(&name.value) {
                fields.reading.findings.push(
                    Diagnostic::new(Code::UnknownName, format!("no audience is called `{}`", name.value))
                        .at(name.place.clone(), "unknown audience")
                        .did_you_mean(&name.value, names.iter().map(|name| &**name)),
                );
            }
        }
    }
    settings.audiences = includes
        .iter()
        .map(|(name, _)| {
            let mut sees = vec![name.clone()];
            let mut at = 0;
            while at < sees.len() {
                let direct = includes.iter().find(|(known, _)| *known == sees[at]);
                for next in direct.into_iter().flat_map(|(_, included)| included) {
                    if names.contains(&next.value) && !sees.contains(&next.value) {
                        sees.push(next.value.clone());
                    }
                }
                at += 1;
            }
            Audience { name: name.clone(), sees }
        })
        .collect();
    if settings.audiences.is_empty() {
        settings.audiences = Settings::default().audiences;
    }
    match default {
        Some(default) if settings.audience(&default.value).is_some() => {
            settings.default_audience = default.value.clone();
            settings.edition = default.value;
        }
        Some(default) => {
            unknown_audience(&default, settings, fields);
            fall_back_to_narrowest(settings);
        }
        None => {
            fields.place = node.place.clone();
            fields.reading.findings.push(
                Diagnostic::new(Code::MissingKey, "the audiences have no default")
                    .at(entry_place(table, &node.place), "`default_audience` is missing")
                    .help("say what content without `audience` belongs to: default_audience = \"internal\""),
            );
            fall_back_to_narrowest(settings);
        }
    }
}

fn entry_place(table: &Table, otherwise: &Place) -> Place {
    table.entries.first().map_or_else(|| otherwise.clone(), |entry| entry.place.clone())
}

/// Until the author says which, content belongs to the audience that sees most: so nothing leaks by a typing mistake.
fn fall_back_to_narrowest(settings: &mut Settings) {
    if let Some(audience) = settings.audiences.iter().max_by_key(|audience| audience.sees.len()) {
        settings.default_audience = audience.name.clone();
        settings.edition = audience.name.clone();
    }
}

pub(super) fn unknown_audience(name: &Word, settings: &Settings, fields: &mut Fields<'_, '_, '_>) {
    fields.reading.findings.push(
        Diagnostic::new(Code::UnknownName, format!("no audience is called `{}`", name.value))
            .at(name.place.clone(), "unknown audience")
            .did_you_mean(&name.value, settings.audiences.iter().map(|audience| &*audience.name)),
    );
}

fn read_editions(
    settings: &mut Settings,
    tables: Vec<(Word, &Table)>,
    edition: Option<&str>,
    fields: &mut Fields<'_, '_, '_>,
) {
    let wanted: Arc<str> = edition.map_or_else(|| settings.default_audience.clone(), Into::into);
    settings.index = settings.is_customer_facing(&wanted);
    let mut chosen_title = None;
    let mut chosen_languages = Vec::new();
    for (name, table) in tables {
        let name = Word::new(super::id::normalised(&name.value).into(), name.place);
        if settings.audience(&name.value).is_none() {
            unknown_audience(&name, settings, fields);
        }
        let mut inner = Fields::new(fields.reading, table, name.place.clone(), String::new());
        let base = base_url(&mut inner);
        let title = inner.text("title");
        let description = inner.text("description");
        let index = inner.truth("index");
        let edit_url = edit_url(&mut inner);
        let languages = inner.tables("languages");
        let canaries = inner.texts("canaries");
        for canary in canaries.iter().filter(|canary| !canary.value.chars().any(char::is_alphanumeric)) {
            inner.reading.findings.push(
                Diagnostic::new(Code::OutOfRange, "a canary is a word, or some")
                    .at(canary.place.clone(), "nothing to look for"),
            );
        }
        inner.finish("an edition", &|_| None);
        let languages: Vec<_> = languages.into_iter().filter_map(|one| in_language(one, settings, fields)).collect();
        if name.value != wanted {
            continue;
        }
        if base.is_some() {
            settings.base_url = base;
        }
        if let Some(description) = description {
            // Languages without words of their own say the edition's, not the playbook's.
            let before = settings.description.replace(description.value.clone());
            for (index, language) in settings.languages.iter_mut().enumerate() {
                if index == 0 || language.description == before {
                    language.description = Some(description.value.clone());
                }
            }
        }
        if let Some(index) = index {
            settings.index = index;
        }
        if let Some(url) = edit_url {
            settings.edit_url = Some(url);
        }
        settings.canaries = canaries;
        chosen_title = title;
        chosen_languages = languages;
    }
    if let Some(title) = chosen_title {
        for language in &mut settings.languages {
            if language.title == settings.title {
                language.title = title.value.clone();
            }
        }
        settings.title = title.value;
    }
    for one in chosen_languages {
        let language = &mut settings.languages[one.language.index()];
        language.title = one.title.unwrap_or_else(|| language.title.clone());
        language.description = one.description.or_else(|| language.description.take());
        if one.language == Lang::DEFAULT {
            (settings.title, settings.description) = (language.title.clone(), language.description.clone());
        }
    }
}

/// What an edition is called in a language.
struct InLanguage {
    language: Lang,
    title: Option<Arc<str>>,
    description: Option<Arc<str>>,
}

/// `[editions.NAME.languages.TAG]`
fn in_language(
    (tag, table): (Word, &Table),
    settings: &Settings,
    fields: &mut Fields<'_, '_, '_>,
) -> Option<InLanguage> {
    let mut inner = Fields::new(fields.reading, table, tag.place.clone(), String::new());
    let title = inner.text("title").map(|text| text.value);
    let description = inner.text("description").map(|text| text.value);
    inner.finish("a language of an edition", &|_| None);
    let Some(language) = settings.language_tagged(&tag.value) else {
        fields.reading.findings.push(
            Diagnostic::new(Code::UnknownName, format!("`{}` is no language of this playbook", tag.value))
                .at(tag.place, "not declared")
                .did_you_mean(&tag.value, settings.languages.iter().map(|language| &*language.tag)),
        );
        return None;
    };
    Some(InLanguage { language, title, description })
}

fn read_checks(settings: &mut Settings, table: &tree::Table, fields: &mut Fields<'_, '_, '_>) {
    let mut checks = BTreeMap::new();
    for entry in &table.entries {
        let Some(code) = Code::named(&entry.key) else {
            fields.reading.findings.push(
                Diagnostic::new(Code::UnknownName, format!("no finding is called `{}`", entry.key))
                    .at(entry.place.clone(), "unknown code")
                    .did_you_mean(&entry.key, Code::ALL.iter().map(|code| code.name())),
            );
            continue;
        };
        let level = match &entry.node.value {
            Value::Text(word) => match &**word {
                "allow" => Some(Level::Allow),
                "warn" => Some(Level::Warn),
                "deny" => Some(Level::Deny),
                other => {
                    let mut finding = Diagnostic::new(Code::UnknownName, format!("there is no level `{other}`"))
                        .at(entry.node.place.clone(), "unknown level");
                    if let Some(near) = nearest(other, ["allow", "warn", "deny"]) {
                        finding = finding.help(format!("did you mean `{near}`?"));
                    }
                    fields.reading.findings.push(finding.help("allow, warn or deny"));
                    None
                }
            },
            other => {
                fields.reading.findings.push(
                    Diagnostic::new(Code::WrongType, format!("a level is a text, not {}", other.kind()))
                        .at(entry.node.place.clone(), "wants a text"),
                );
                None
            }
        };
        if let Some(level) = level {
            checks.insert(code, level);
        }
    }
    settings.checks = checks;
}
