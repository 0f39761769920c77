//! What a theme's template may not do: end the program, keep it busy for ever, or read what it was not given.

use super::scratch::Scratch;

/// A playbook of one page whose template for documents is this.
fn playbook(template: &str) -> Scratch {
    let scratch = Scratch::new();
    scratch.file("content/index.md", "# Hello").file("content/a.md", "# A\n\nText.");
    scratch.file("themes/default/templates/document.html", template);
    scratch
}

/// The build is denied, the template named, nothing written.
fn refused(template: &str) {
    let scratch = playbook(template);
    let ended = scratch.run(&["build"]);
    let said = format!("{}{}", ended.out, ended.err);
    assert_eq!(ended.code, Some(1), "{template}\n{said}");
    assert!(said.contains("error[invalid-template]"), "{template}\n{said}");
    assert!(said.contains("themes/default/templates/document.html"), "{template}\n{said}");
    assert!(said.len() < 6 * 1024, "{template}\n{said}");
    assert!(!scratch.site().exists(), "{template}");
}

#[test]
fn a_template_that_includes_itself_is_refused() {
    refused(r#"{% include "document.html" %}"#);
}

#[test]
fn a_template_that_extends_itself_is_refused() {
    refused(r#"{% extends "document.html" %}"#);
}

#[test]
fn templates_that_include_each_other_are_refused() {
    let scratch = playbook(r#"{% include "b.html" %}"#);
    scratch.file("themes/default/templates/b.html", r#"{% include "document.html" %}"#);
    let ended = scratch.run(&["build"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.contains("error[invalid-template]") && ended.err.contains("b.html"), "{}", ended.err);
}

#[test]
fn a_component_that_calls_itself_is_refused() {
    refused("{% component Loop() %}{{<Loop/>}}{% endcomponent Loop %}{{<Loop/>}}");
    refused("{% component Two() %}{{<Two/>}}{{<Two/>}}{% endcomponent Two %}{{<Two/>}}");
}

#[test]
fn a_loop_without_end_is_refused() {
    refused("{% for i in range(end=10000000000) %}x{% endfor %}");
    refused("{% for i in range(end=100000) %}{% for j in range(end=100000) %}{% endfor %}{% endfor %}");
    refused("{% set all = range(end=100000) %}{% for i in all %}{% for j in all %}{% endfor %}{% endfor %}");
}

#[test]
fn a_loop_of_a_fair_length_is_drawn() {
    let scratch = playbook("{% for i in range(start=2, end=9, step_by=3) %}{{ i }};{% endfor %}");
    assert_eq!(scratch.built(&[])["a/index.html"], b"2;5;8;");
}

#[test]
fn a_template_reads_no_file_and_no_environment() {
    for template in [
        r#"{% include "/etc/passwd" %}"#,
        r#"{% include "../../../content/a.md" %}"#,
        r#"{% extends "../../../trustbook.toml" %}"#,
        r#"{{ get_env(name="HOME") }}"#,
        r#"{{ load_data(path="content/a.md") }}"#,
        r#"{{ read_file(path="content/a.md") }}"#,
        r#"{{ now() }}"#,
    ] {
        refused(template);
    }
}

#[test]
fn a_template_that_names_nothing_is_refused() {
    refused("{{ nothing.of.this.name }}");
    refused("{{ page.title | no_such_filter }}");
    refused("{% if %}");
    refused(&"{% if true %}".repeat(100_000));
    refused(&format!("{{{{ {} }}}}", "(".repeat(100_000)));
    refused(&format!("{{{{ {} }}}}", "[".repeat(100_000)));
    refused(&format!("{{{{ 1 {} }}}}", "+ 1 ".repeat(100_000)));
}
