//! What has changed in the settings, as far as it changes what readers are told.

use super::{Both, Fields, Sort, Subject};

pub fn settings(both: &Both<'_>, subjects: &mut Vec<Subject>) {
    let (then, now) = (&both.then.playbook.settings, &both.now.playbook.settings);
    let mut fields = Fields::default();
    fields.title(&then.title, &now.title);
    let list = |names: Vec<&str>| Some(names.join(", ")).filter(|names| !names.is_empty());
    fields.key(
        "languages",
        list(then.languages.iter().map(|one| &*one.tag).collect()),
        list(now.languages.iter().map(|one| &*one.tag).collect()),
    );
    fields.key(
        "audiences",
        list(then.audiences.iter().map(|one| &*one.name).collect()),
        list(now.audiences.iter().map(|one| &*one.name).collect()),
    );
    fields.key("default_audience", Some(&then.default_audience), Some(&now.default_audience));
    fields.key("base_url", then.base_url.as_ref(), now.base_url.as_ref());
    fields.key("min_n", Some(then.min_n), Some(now.min_n));
    let proof = |by_point: bool| Some(if by_point { "point" } else { "lower" });
    fields.key("proof", proof(then.proof_by_point), proof(now.proof_by_point));
    if !fields.0.is_empty() {
        let (id, title) = (now.id.to_string(), now.title.to_string());
        subjects.push(Subject { sort: Sort::Settings, id, title, path: "trustbook.toml".into(), changes: fields.0 });
    }
}
