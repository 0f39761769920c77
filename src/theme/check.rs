//! What a theme says to what is made of it, compared: names that lead nowhere, and words that are missing.

use super::Theme;
use super::layer::Layer;
use super::style::{self, properties};
use super::words::chains;
use super::written::{Named, Said, Written, said};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::Settings;
use crate::source::Place;
use crate::strings::{self, Strings, StringsFile};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Looks for everything in a theme that can be told without a page. `named` are the templates that front matter names.
pub fn check(theme: &Theme, named: &[&str], settings: &Settings, diagnostics: &mut Diagnostics) {
    let all: Vec<(&Written, Said<'_>)> = theme.written.iter().map(|one| (one, said(&one.text))).collect();
    unused_templates(theme, &all, named, diagnostics);
    unused_components(&all, diagnostics);
    asked_strings(theme, &all, diagnostics);
    own_strings(theme, settings, diagnostics);
    custom_properties(theme, diagnostics);
    options(theme, &all, diagnostics);
}

fn place(written: &Written, span: &Range<usize>) -> Place {
    Place::new(&Arc::from(written.file.as_str()), span.clone())
}

type Templates<'a> = [(&'a Written, Said<'a>)];

/// A template by the name that others call it by.
fn template<'a, 'w>(all: &'w Templates<'a>, name: &str) -> Option<&'w (&'a Written, Said<'a>)> {
    all.iter().find(|(one, _)| one.name == name)
}

/// Blocks that the template which is extended does not have.
pub(super) fn blocks(written: &[Written], diagnostics: &mut Diagnostics) {
    let all: Vec<(&Written, Said<'_>)> = written.iter().map(|one| (one, said(&one.text))).collect();
    let mut lost: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (one, said) in &all {
        let Some(extends) = &said.extends else { continue };
        // A circle is a finding of its own.
        let (mut known, mut seen, mut next) = (Vec::new(), Vec::new(), Some(extends.name));
        while let Some((parent, above)) = next.filter(|name| !seen.contains(name)).and_then(|name| template(&all, name))
        {
            seen.push(parent.name.as_str());
            known.extend(above.blocks.iter().map(|block| block.name));
            next = above.extends.as_ref().map(|above| above.name);
        }
        let Some((parent, _)) = template(&all, extends.name) else { continue };
        for block in said.blocks.iter().filter(|block| !known.contains(&block.name)) {
            // One block of a template may stand in another of its own.
            if is_inside_another(one, block, said) {
                continue;
            }
            if one.layer < parent.layer {
                lost.entry((&parent.file, block.name)).or_default().push(&one.name);
                continue;
            }
            diagnostics.push(
                Diagnostic::new(Code::UnknownBlock, format!("`{}` has no block `{}`", extends.name, block.name))
                    .at(place(one, &block.span), "nothing of it is drawn")
                    .did_you_mean(block.name, known.iter().copied()),
            );
        }
    }
    for ((file, block), children) in lost {
        let (first, more) = (children[0], children.len() - 1);
        let who = if more == 0 { format!("`{first}` fills") } else { format!("`{first}` and {more} more fill") };
        diagnostics.push(
            Diagnostic::new(Code::UnknownBlock, format!("this template has no block `{block}`, which {who}"))
                .at(Place::file(&file.into()), "a block is missing")
                .help(format!("add {{% block {block} %}}{{% endblock {block} %}} where it is to stand")),
        );
    }
}

/// Whether a block stands within another block of the same template, which the parent may well have.
fn is_inside_another(one: &Written, block: &Named<'_>, said: &Said<'_>) -> bool {
    let before = &one.text[..block.span.start];
    let opened = said.blocks.iter().filter(|other| other.span.start < block.span.start).count();
    opened > before.matches("endblock").count()
}

/// Templates of themes above the built-in one that stand for nothing and that nothing calls.
fn unused_templates(theme: &Theme, all: &Templates<'_>, named: &[&str], diagnostics: &mut Diagnostics) {
    let called: BTreeSet<&str> = all
        .iter()
        .flat_map(|(_, said)| said.extends.iter().chain(&said.includes))
        .map(|other| other.name)
        .chain(named.iter().copied())
        .collect();
    let known = |name: &str, below: usize| {
        let path = format!("templates/{name}");
        theme.layers[..below].iter().any(|layer| layer.file(&path).is_some())
    };
    for (one, said) in all {
        let is_stranger = one.layer > 0 && !known(&one.name, one.layer) && !called.contains(&*one.name);
        if !is_stranger || one.name.contains("components/") || !said.defines.is_empty() || is_below(theme, one) {
            continue;
        }
        let below = theme.layers[..one.layer].iter().flat_map(|layer| &layer.files);
        let names = below.filter_map(|file| file.path.strip_prefix("templates/"));
        diagnostics.push(
            Diagnostic::new(Code::UnusedOverride, format!("no page is drawn with `{}`", one.name))
                .at(Place::file(&one.file.as_str().into()), "takes the place of no template")
                .did_you_mean(&one.name, names)
                .help("a page takes it with `template` in its front matter"),
        );
    }
}

/// Whether it stands here under its theme's name, for others to extend.
fn is_below(theme: &Theme, one: &Written) -> bool {
    theme.layers.iter().any(|layer| one.name.starts_with(&format!("{}/", layer.name)))
}

fn unused_components(all: &Templates<'_>, diagnostics: &mut Diagnostics) {
    let called: BTreeSet<&str> = all.iter().flat_map(|(_, said)| &said.calls).map(|call| call.name).collect();
    // Those of the built-in theme are blank where a theme above defines them anew: so ask its files.
    let built_in: Vec<String> = super::layer::default_templates().map(|(_, text)| text).collect();
    let built_in: Vec<&str> = built_in.iter().flat_map(|text| said(text).defines).map(|(name, _)| name.name).collect();
    for (one, said) in all.iter().filter(|(one, _)| one.layer > 0) {
        for (name, _) in &said.defines {
            if !called.contains(name.name) && !built_in.contains(&name.name) {
                diagnostics.push(
                    Diagnostic::new(Code::UnusedOverride, format!("nothing calls the component `{}`", name.name))
                        .at(place(one, &name.span), "takes the place of none")
                        .did_you_mean(name.name, built_in.iter().copied()),
                );
            }
        }
    }
}

/// Words with arguments, which `t` does not have.
fn asked_strings(theme: &Theme, all: &Templates<'_>, diagnostics: &mut Diagnostics) {
    let plain: BTreeSet<&str> = theme.strings.plain(0).map(|(key, _)| key).collect();
    let filled: BTreeSet<&str> = theme.strings.keys(0).filter(|key| !plain.contains(key)).collect();
    for (one, said) in all {
        for key in said.keys.iter().filter(|key| filled.contains(key.name)) {
            diagnostics.push(
                Diagnostic::new(
                    Code::MissingString,
                    format!("`{}` takes arguments, so `t` does not have it", key.name),
                )
                .at(place(one, &key.span), "not a plain text")
                .help("views fill such words and hand them over finished"),
            );
        }
    }
}

/// The layer in which a string is written.
fn layer_of<'t>(theme: &'t Theme, written: &strings::Written) -> Option<(usize, &'t Layer)> {
    let of = |layer: &Layer| layer.files.iter().any(|file| layer.shown(file) == written.path);
    theme.layers.iter().enumerate().find(|(_, layer)| of(layer))
}

/// Arguments that nobody fills.
fn own_strings(theme: &Theme, settings: &Settings, diagnostics: &mut Diagnostics) {
    let built_in = built_in_strings(theme, settings);
    let known: BTreeSet<&str> = built_in.keys(0).collect();
    for one in theme.strings.written().iter().filter(|one| known.contains(&*one.key)) {
        let Some((number, _)) = layer_of(theme, one).filter(|(number, _)| *number > 0) else { continue };
        let language = settings.language_tagged(&one.language);
        let Some(language) = language.filter(|_| number + 1 == theme.layers.len()) else { continue };
        let filled = built_in.arguments(0, &one.key);
        for argument in theme.strings.arguments(language.index(), &one.key) {
            if !filled.contains(&argument) {
                diagnostics.push(
                    Diagnostic::new(Code::UnusedString, format!("nobody fills `${argument}` in `{}`", one.key))
                        .at(Place::new(&Arc::from(one.path.as_str()), one.span.clone()), "these words")
                        .did_you_mean(argument, filled.iter().copied()),
                );
            }
        }
    }
}

/// The words of the built-in theme alone.
fn built_in_strings(theme: &Theme, settings: &Settings) -> Strings {
    let files = theme.layers.first().into_iter().flat_map(|layer| &layer.files);
    let files: Vec<StringsFile> = files
        .filter_map(|file| {
            let language = file.path.strip_prefix("strings/")?.strip_suffix(".ftl")?.to_string();
            Some(StringsFile { language, path: file.path.clone(), text: file.text().into_owned() })
        })
        .collect();
    Strings::new(&files, &chains(settings)).0
}

fn custom_properties(theme: &Theme, diagnostics: &mut Diagnostics) {
    let sheets: Vec<(usize, Arc<str>, String)> = theme
        .layers
        .iter()
        .enumerate()
        .flat_map(|(number, layer)| layer.files.iter().map(move |file| (number, layer, file)))
        .filter(|(_, _, file)| file.path.starts_with("static/") && file.path.ends_with(".css"))
        .map(|(number, layer, file)| (number, layer.shown(file).into(), file.text().into_owned()))
        .collect();
    let read: Vec<_> = sheets.iter().map(|(number, path, text)| (*number, path, properties(text))).collect();
    let mut declared: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, _, (declarations, _)) in &read {
        for declaration in declarations {
            declared.entry(declaration.name).or_insert(*number);
        }
    }
    let used: BTreeSet<&str> = read.iter().flat_map(|(_, _, (_, uses))| uses).map(|one| one.name).collect();
    let scripts: Vec<String> = theme
        .layers
        .iter()
        .flat_map(|layer| &layer.files)
        .filter(|file| file.path.ends_with(".js"))
        .map(|file| file.text().into_owned())
        .collect();
    let in_script = |name: &str| scripts.iter().any(|text| text.contains(name));
    for (number, path, (declarations, uses)) in &read {
        let mut said: BTreeSet<&str> = BTreeSet::new();
        for one in
            uses.iter().filter(|one| !one.has_fallback && !declared.contains_key(one.name) && !in_script(one.name))
        {
            if said.insert(one.name) {
                diagnostics.push(
                    Diagnostic::new(Code::UnknownProperty, format!("nothing declares `{}`", one.name))
                        .at(Place::new(path, one.span.clone()), "has no value")
                        .did_you_mean(one.name, declared.keys().copied()),
                );
            }
        }
        for one in declarations.iter().filter(|one| *number > 0 && declared.get(one.name) == Some(number)) {
            if !used.contains(one.name) && !in_script(one.name) && said.insert(one.name) {
                diagnostics.push(
                    Diagnostic::new(Code::UnknownProperty, format!("nothing uses `{}`", one.name))
                        .at(Place::new(path, one.span.clone()), "takes the place of none")
                        .did_you_mean(one.name, used.iter().copied()),
                );
            }
        }
    }
    let sheet = style::Tokens::of(&style::sheet(&theme.layers));
    for option in &theme.options {
        for property in option.declared.property.iter().chain(&option.declared.on) {
            if sheet.value(&property.value).is_none() && !used.contains(&*property.value) {
                diagnostics.push(
                    Diagnostic::new(Code::UnknownProperty, format!("no style sheet has `{}`", property.value))
                        .at(property.place.clone(), "unknown property")
                        .did_you_mean(&property.value, declared.keys().copied()),
                );
            }
        }
    }
}

/// Options that templates ask for and no theme declares.
fn options(theme: &Theme, all: &Templates<'_>, diagnostics: &mut Diagnostics) {
    let known: Vec<&str> = theme.options.iter().map(|option| &*option.declared.name.value).collect();
    for (one, said) in all {
        for asked in &said.options {
            let name = asked.name.split('.').next().unwrap_or(asked.name);
            if !known.contains(&name) {
                diagnostics.push(
                    Diagnostic::new(Code::UnknownKey, format!("the theme declares no option `{name}`"))
                        .at(place(one, &asked.span), "unknown option")
                        .did_you_mean(name, known.iter().copied())
                        .help(format!("declare it in theme.toml: [options.{name}]")),
                );
            }
        }
    }
}
