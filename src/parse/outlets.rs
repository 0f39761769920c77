//! `[publish.NAME]` to [`Outlet`]s.

use super::fields::Fields;
use super::tree::Table;
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::Settings;
use crate::playbook::outlet::{KEPT, Layout, Outlet, Store, Way};
use crate::source::Spanned;
use std::sync::Arc;

type Word = Spanned<Arc<str>>;

/// The words of `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum To {
    Folder,
    Ssh,
    Git,
    Objects(Store),
}

const TO: [(&str, To); 6] = [
    ("folder", To::Folder),
    ("ssh", To::Ssh),
    ("git", To::Git),
    ("s3", To::Objects(Store::S3)),
    ("gcs", To::Objects(Store::Gcs)),
    ("azure", To::Objects(Store::Azure)),
];

/// Which key belongs to which `to`, for those who mix them up.
const OWN: [(&str, &str); 10] = [
    ("path", "`to = \"folder\"` and `to = \"ssh\"`"),
    ("host", "`to = \"ssh\"`"),
    ("remote", "`to = \"git\"`"),
    ("branch", "`to = \"git\"`"),
    ("bucket", "object storage"),
    ("prefix", "object storage"),
    ("endpoint", "object storage"),
    ("layout", "object storage"),
    ("region", "`to = \"s3\"`"),
    ("account", "`to = \"azure\"`"),
];

/// Reads them, after the audiences.
pub(super) fn outlets(
    settings: &Settings,
    tables: Vec<(Word, &Table)>,
    fields: &mut Fields<'_, '_, '_>,
) -> Vec<Outlet> {
    let mut outlets = Vec::new();
    for (name, table) in tables {
        let inner = Fields::new(fields.reading, table, name.place.clone(), String::new());
        // A name that is none makes no target: it becomes a folder's.
        let is_safe = super::settings::safe_name(&name.value) && !name.value.starts_with('-');
        if !is_safe {
            inner.reading.findings.push(
                Diagnostic::new(Code::UnsafePath, format!("`{}` cannot be a target's name", name.value))
                    .at(name.place.clone(), "not such a name")
                    .help("write letters, digits and `-`: it is typed after `trustbook publish`"),
            );
        }
        outlets.extend(outlet(settings, name, inner).filter(|_| is_safe));
    }
    outlets
}

fn outlet(settings: &Settings, name: Word, mut fields: Fields<'_, '_, '_>) -> Option<Outlet> {
    let to = fields.one_of("to", &TO);
    let audience = fields.audience("audience").filter(|audience| {
        let known = settings.audience(&audience.value).is_some();
        if !known {
            super::settings::unknown_audience(
                &Word::new((*audience.value).into(), audience.place.clone()),
                settings,
                &mut fields,
            );
        }
        known
    });
    let public = fields.truth("public").unwrap_or(false);
    let keep = fields.integer("keep").map_or(KEPT, |keep| match u32::try_from(keep.value) {
        Ok(number @ 1..=1000) => number,
        _ => {
            fields.reading.findings.push(
                Diagnostic::new(Code::OutOfRange, "`keep` lies between 1 and 1000").at(keep.place, "outside of it"),
            );
            KEPT
        }
    });
    let way = to.as_ref().and_then(|to| way(to.value, &mut fields));
    let edition: &str = audience.as_ref().map_or(&settings.default_audience, |audience| &audience.value);
    if public && !settings.is_customer_facing(edition) {
        let place = audience.as_ref().map_or_else(|| name.place.clone(), |audience| audience.place.clone());
        fields.reading.findings.push(
            Diagnostic::new(
                Code::LeaksToAudience,
                format!("`{}` is public, and the edition of `{edition}` is not for the public", name.value),
            )
            .at(place, "not for everybody")
            .help("name an audience that includes no other, or take `public = true` away"),
        );
    }
    match to.as_ref().and_then(|to| word(to.value)) {
        Some(word) => fields.finish(&format!("a target `to = \"{word}\"`"), &|key| {
            let (_, owner) = OWN.iter().find(|(own, _)| *own == key)?;
            Some(format!("`{key}` belongs to {owner}"))
        }),
        // Which keys it may have, nobody knows; an unknown word was a finding already.
        None if fields.node("to").is_none() => fields.missing("the target", "to", "to = \"folder\""),
        None => {}
    }
    Some(Outlet {
        name: name.value,
        way: way?,
        audience: audience.map(|audience| (*audience.value).into()),
        public,
        keep,
        place: name.place,
    })
}

fn word(to: To) -> Option<&'static str> {
    TO.iter().find(|(_, known)| *known == to).map(|(word, _)| *word)
}

/// The keys that belong to one way.
fn way(to: To, fields: &mut Fields<'_, '_, '_>) -> Option<Way> {
    Some(match to {
        To::Folder => Way::Folder { path: path(fields)? },
        To::Ssh => {
            let host = wanted("host", "host = \"web.example.com\"", fields);
            let path = path(fields);
            Way::Ssh { host: checked(host?, "a host's name", is_host, fields)?, path: path? }
        }
        To::Git => {
            let remote = fields.text("remote").unwrap_or_else(|| Word::new("origin".into(), fields.place.clone()));
            let branch = wanted("branch", "branch = \"pages\"", fields);
            let remote = checked(remote, "a repository", is_remote, fields);
            let branch = checked(branch?, "a branch's name", is_branch, fields);
            Way::Git { remote: remote?, branch: branch? }
        }
        To::Objects(store) => {
            let bucket = wanted("bucket", "bucket = \"playbook\"", fields);
            let prefix = fields.text("prefix").map_or_else(|| "".into(), |prefix| prefix.value);
            let prefix = prefix.trim_matches('/');
            let layout = fields.one_of("layout", &Layout::ALL.map(|layout| (layout.word(), layout)));
            Way::Objects {
                store,
                prefix: if prefix.is_empty() { "".into() } else { format!("{prefix}/").into() },
                endpoint: fields.text("endpoint").map(|text| text.value),
                region: if store == Store::S3 { fields.text("region").map(|text| text.value) } else { None },
                account: if store == Store::Azure { fields.text("account").map(|text| text.value) } else { None },
                layout: layout.map_or_else(Layout::default, |layout| layout.value),
                bucket: bucket?.value,
            }
        }
    })
}

/// A folder. Nobody expands a `~` in it.
fn path(fields: &mut Fields<'_, '_, '_>) -> Option<Arc<str>> {
    let path = wanted("path", "path = \"/srv/playbook\"", fields)?;
    if path.value.starts_with('~') {
        fields.reading.findings.push(
            Diagnostic::new(Code::UnsafePath, "`~` stands for no folder here")
                .at(path.place, "not the home folder")
                .help("write the whole path; on a host, one without a first `/` is seen from the user's home folder"),
        );
        return None;
    }
    Some(path.value)
}

/// A text that has to be there, and to be something.
fn wanted(key: &'static str, example: &str, fields: &mut Fields<'_, '_, '_>) -> Option<Word> {
    match fields.text(key) {
        Some(text) if !text.value.trim().is_empty() && !text.value.chars().any(char::is_control) => Some(text),
        Some(text) => {
            fields
                .reading
                .findings
                .push(Diagnostic::new(Code::OutOfRange, format!("`{key}` names nothing")).at(text.place, "not a name"));
            None
        }
        None if fields.node(key).is_none() => {
            fields.missing("the target", key, example);
            None
        }
        None => None,
    }
}

/// What becomes an argument of another program must not be taken for one of its options.
fn checked(text: Word, what: &str, good: fn(&str) -> bool, fields: &mut Fields<'_, '_, '_>) -> Option<Arc<str>> {
    if good(&text.value) {
        return Some(text.value);
    }
    fields.reading.findings.push(
        Diagnostic::new(Code::UnsafePath, format!("`{}` cannot be {what}", text.value))
            .at(text.place, "not such a name"),
    );
    None
}

fn is_host(host: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
    };
    match host.split_once('@') {
        Some((user, host)) => part(user) && part(host),
        None => part(host),
    }
}

fn is_remote(remote: &str) -> bool {
    !remote.is_empty() && !remote.starts_with('-') && !remote.contains("::") && !remote.chars().any(char::is_control)
}

fn is_branch(branch: &str) -> bool {
    !branch.contains("..")
        && !branch.contains("@{")
        && branch.split('/').all(|part| !part.is_empty() && !part.starts_with(['.', '-']) && !part.ends_with(".lock"))
        && !branch.ends_with('.')
        && !branch.chars().any(|c| c.is_control() || " ~^:?*[\\".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_be_options() {
        assert!(is_host("web.example.com") && is_host("deploy@web-1") && !is_host("-oProxyCommand=x"));
        assert!(!is_host("a@-b") && !is_host("a b") && !is_host("a;b") && !is_host("") && !is_host("a@b@c"));
        assert!(
            is_branch("pages")
                && is_branch("site/live")
                && !is_branch("-f")
                && !is_branch("a..b")
                && !is_branch("a//b")
        );
        assert!(!is_branch("a.lock") && !is_branch("a:b") && !is_branch("/a") && !is_branch("a@{1}"));
        assert!(is_remote("origin") && is_remote("git@example.com:a/b.git") && !is_remote("--upload-pack=x"));
        assert!(!is_remote("ext::sh -c x"));
    }
}
