//! `trustbook theme`, the one style sheet that a brand makes, and the themes in the program.

use super::scratch::Scratch;
use std::collections::BTreeMap;
use std::process::Command;

/// A playbook with a theme of its own over the second one.
fn playbook() -> Scratch {
    let scratch = Scratch::new();
    scratch
        .file("trustbook.toml", "theme = \"brand\"\n[theme_options]\naccent = \"#064\"\n")
        .file("themes/brand/theme.toml", "api = 1\nextends = \"editorial\"\n")
        .file(
            "themes/brand/templates/document.html",
            "{% extends \"default/document.html\" %}{% block head %}{{ t[\"nav-guides\"] }}{% endblock head %}",
        )
        .file("themes/brand/strings/en.ftl", "nav-guides = Handbook\n")
        .file("content/guides/a.md", "# A\n\n:::aside{kind=\"tip\" title=\"Mind\"}\nThe step.\n:::\n");
    scratch
}

/// The built style sheet.
fn sheet(site: &BTreeMap<String, Vec<u8>>) -> String {
    let name = site.keys().find(|name| name.starts_with("assets/style.")).expect("a site has a style sheet");
    String::from_utf8(site[name].clone()).expect("a style sheet is text")
}

#[test]
fn a_page_is_explained_by_address_and_by_source() {
    let scratch = playbook();
    for asked in ["/guides/a/", "guides/a", "content/guides/a.md", "guides/a.md"] {
        let ended = scratch.run(&["theme", "explain", asked]);
        assert_eq!(ended.code, Some(0), "{asked}: {ended:?}");
        for line in [
            "theme       brand → editorial → default",
            "page        /guides/a/",
            "source      content/guides/a.md",
            "document.html          themes/brand/templates/document.html, extends default/document.html",
            "instead of default/templates/document.html (default)",
            "layout.html            default/templates/layout.html",
            "head                   themes/brand/templates/document.html",
            "Aside                  default/templates/components/prose.html",
            "StateShapes            editorial/templates/components/editorial.html",
            "themes/brand/strings/en.ftl 1 asked for: nav-guides",
            "accent                 \"#064\" (trustbook.toml), --signal",
            "logo                   not set",
        ] {
            assert!(ended.out.contains(line), "{asked} lacks `{line}`:\n{}", ended.out);
        }
    }
}

#[test]
fn a_theme_is_explained_without_a_page() {
    let ended = playbook().run(&["theme", "explain"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for line in ["brand (themes/brand)", "instead of default/templates/document.html", "editorial (in the program)"] {
        assert!(ended.out.contains(line), "{line}:\n{}", ended.out);
    }
}

#[test]
fn a_page_that_is_not_there_cannot_be_explained() {
    let ended = playbook().run(&["theme", "explain", "/guide/a/"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("did you mean `/guides/a/`?") && ended.out.is_empty(), "{ended:?}");
}

#[test]
fn a_check_of_a_theme_ends_as_check_does() {
    let scratch = playbook();
    let ended = scratch.run(&["theme", "check"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.err.contains("theme brand → editorial → default"), "{ended:?}");
    scratch.file("themes/brand/strings/en.ftl", "nav-guides = Handbook\nnav-gides = Handbook\n");
    assert_eq!(scratch.run(&["theme", "check"]).code, Some(0), "a warning does not deny");
    assert_eq!(scratch.run(&["theme", "check", "--strict"]).code, Some(1));
    let json = scratch.run(&["theme", "check", "--format", "json"]).out;
    assert!(json.lines().all(|line| line.starts_with('{')) && json.contains("unused-string"), "{json}");
}

#[test]
fn a_view_field_that_a_template_misspells_is_found_by_drawing() {
    let scratch = playbook();
    scratch.file(
        "themes/brand/templates/document.html",
        "{% extends \"default/document.html\" %}{% block head %}{{ view.raeding }}{% endblock head %}",
    );
    let ended = scratch.run(&["theme", "check"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(format!("{}{}", ended.out, ended.err).contains("themes/brand/templates/document.html:1:"), "{ended:?}");
}

#[test]
fn the_themes_in_the_program_have_no_mistake() {
    for theme in ["default", "editorial"] {
        let scratch = Scratch::new();
        scratch.file("trustbook.toml", format!("theme = \"{theme}\"\n")).file("content/guides/a.md", "# A\n");
        let ended = scratch.run(&["theme", "check", "--strict", "--format", "json"]);
        assert_eq!((ended.code, ended.out.as_str()), (Some(0), ""), "{theme}: {ended:?}");
    }
}

#[test]
fn one_style_sheet_holds_the_themes_and_the_brand() {
    let scratch = playbook();
    scratch.file("themes/brand/static/theme.css", "@layer theme { .brand { background: url(shop.svg) } }");
    scratch.file("themes/brand/static/shop.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let site = scratch.built(&[]);
    let sheet = sheet(&site);
    let at = |words: &str| sheet.find(words).unwrap_or_else(|| panic!("the sheet lacks `{words}`"));
    assert!(at("@layer reset") < at("editorial:") && at("editorial:") < at(".brand { background"));
    assert!(at(".brand { background") < at("/* [theme_options] */"));
    let copy = site.keys().find_map(|name| name.strip_prefix("assets/shop.")).expect("the picture is copied");
    at(&format!("url(\"shop.{copy}\")"));
    assert!(!site.keys().any(|name| name.starts_with("assets/theme.")), "what is added is no sheet of its own");
}

#[test]
fn a_font_of_ones_own_is_served_from_the_site() {
    let scratch = Scratch::new();
    scratch
        .file("trustbook.toml", "[theme_options]\nfont = \"fonts/inter.woff2\"\nfont_bold = \"fonts/inter.woff2\"\n")
        .file("static/fonts/inter.woff2", "no font, but a file")
        .file("content/a.md", "# A\n");
    let site = scratch.built(&[]);
    let copy = site.keys().find(|name| name.starts_with("assets/fonts/inter.")).expect("the font is copied");
    let address = copy.strip_prefix("assets/").expect("looked at before");
    let sheet = sheet(&site);
    assert!(sheet.contains(&format!("font-weight: 100 900; font-display: swap; src: url(\"{address}\")")), "{sheet}");
    assert!(sheet.contains("--font: \"option-font\", -apple-system"), "{sheet}");
}

#[test]
fn an_accent_brings_its_shades() {
    let scratch = Scratch::new();
    scratch.file("trustbook.toml", "[theme_options]\naccent = \"#7a1f5c\"\n").file("content/a.md", "# A\n");
    let sheet = sheet(&scratch.built(&[]));
    let brand = sheet.split("/* [theme_options] */").nth(1).expect("the brand stands at the end");
    assert!(brand.contains("--accent: light-dark(#7a1f5c, #"), "{brand}");
    assert!(brand.contains("--tint: light-dark(#"), "{brand}");
}

#[test]
fn nothing_that_an_option_says_leaves_its_place_in_the_sheet() {
    let scratch = Scratch::new();
    scratch
        .file("trustbook.toml", "theme = \"brand\"\n[theme_options]\nmotto = '\"; } </style><script>*/ \\'\n")
        .file("themes/brand/theme.toml", "api = 1\n[options.motto]\ntype = \"string\"\nproperty = \"--motto\"\n")
        .file("themes/brand/static/theme.css", "@layer theme { .brand::after { content: var(--motto) } }")
        .file("content/a.md", "# A\n");
    let sheet = sheet(&scratch.built(&[]));
    let brand = sheet.split("/* [theme_options] */").nth(1).expect("the brand stands at the end");
    assert!(!brand.contains(['<', '\'']) && brand.matches('"').count() == 2, "{brand}");
}

#[test]
fn styles_of_the_second_theme_keep_their_weight() {
    let scratch = Scratch::new();
    scratch.file("trustbook.toml", "theme = \"editorial\"\n").file("content/a.md", "# A\n");
    let sheet = sheet(&scratch.built(&[]));
    scratch.file("sheet.css", &sheet);
    let gzip =
        Command::new("gzip").arg("-c").arg(scratch.root().join("sheet.css")).output().expect("gzip is installed");
    assert!(gzip.status.success() && gzip.stdout.len() < 20 * 1024, "{} bytes", gzip.stdout.len());
}
