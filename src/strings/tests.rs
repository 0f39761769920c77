//! Strings of several languages: told, fallen back, and found wrong.

use super::*;

fn file(language: &str, text: &str) -> StringsFile {
    StringsFile { language: language.to_owned(), path: format!("strings/{language}.ftl"), text: text.to_owned() }
}

/// `"sv en"` is Swedish falling back to English.
fn chains(chains: &[&str]) -> Vec<Vec<String>> {
    chains.iter().map(|chain| chain.split(' ').map(str::to_owned).collect()).collect()
}

/// The strings of one language, with nothing wrong in them.
fn strings(language: &str, text: &str) -> Strings {
    let (strings, troubles) = Strings::new(&[file(language, text)], &chains(&[language]));
    assert_eq!(troubles, []);
    strings
}

/// What is wrong with an English text: the words pointed at, and the message.
fn troubles(text: &str) -> Vec<(String, String)> {
    let (_, troubles) = Strings::new(&[file("en", text)], &chains(&["en"]));
    troubles.into_iter().map(|it| (text[it.span].to_owned(), it.message)).collect()
}

const PAGES: &[(&str, &str)] = &[
    ("en", "pages = { $count ->\n    [0] No pages\n    [one] { $count } page\n   *[other] { $count } pages\n }\n"),
    ("sv", "pages = { $count ->\n    [one] { $count } sida\n   *[other] { $count } sidor\n }\n"),
    ("id", "pages = { $count } halaman\n"),
    (
        "ar",
        "pages = { $count ->\n    [zero] لا صفحات\n    [one] صفحة واحدة\n    [two] صفحتان\n    \
         [few] { $count } صفحات\n    [many] { $count } صفحة\n   *[other] { $count } صفحة.\n }\n",
    ),
];

#[test]
fn plurals_of_four_languages() {
    let files: Vec<StringsFile> = PAGES.iter().map(|(tag, text)| file(tag, text)).collect();
    let (strings, troubles) = Strings::new(&files, &chains(&["en", "sv en", "id en", "ar en"]));
    assert_eq!(troubles, []);
    for (language, count, text) in [
        (0, 0, "No pages"),
        (0, 1, "1 page"),
        (0, 1234, "1,234 pages"),
        (1, 0, "0 sidor"),
        (1, 1, "1 sida"),
        (1, 1234, "1\u{a0}234 sidor"),
        (2, 1, "1 halaman"),
        (2, 1234, "1.234 halaman"),
        (3, 0, "لا صفحات"),
        (3, 1, "صفحة واحدة"),
        (3, 2, "صفحتان"),
        (3, 3, "3 صفحات"),
        (3, 11, "11 صفحة"),
        (3, 100, "100 صفحة."),
    ] {
        assert_eq!(strings.with(language, "pages", &[("count", Arg::Count(count))]), text);
    }
}

#[test]
fn a_number_is_printed_as_given_and_chooses_by_its_value() {
    let strings = strings("en", "days = within { $n ->\n [1] a day\n [one] { $n } day\n *[other] { $n } days\n }\n");
    let days = |value: f64, shown: &str| strings.with(0, "days", &[("n", Arg::Number { value, shown })]);
    assert_eq!(days(1.0, "one"), "within a day");
    assert_eq!(days(1.5, "1½"), "within 1½ days");
    assert_eq!(days(2.0, "2.0"), "within 2.0 days");
    assert_eq!(days(f64::NAN, "–"), "within – days");
    assert_eq!(days(f64::INFINITY, "–"), "within – days");
}

#[test]
fn ordinals() {
    let strings = strings(
        "en",
        "place = { NUMBER($n, type: \"ordinal\") ->\n [one] { $n }st\n [two] { $n }nd\n [few] { $n }rd\n *[other] { NUMBER($n) }th\n }\n",
    );
    let place = |n| strings.with(0, "place", &[("n", Arg::Count(n))]);
    assert_eq!([1, 2, 3, 4, 11, 21].map(place), ["1st", "2nd", "3rd", "4th", "11th", "21st"]);
}

#[test]
fn a_text_chooses_too() {
    let strings = strings("en", "state = { $state ->\n [kept] Kept\n [broken] Broken by { $who }\n *[open] Open\n }\n");
    let state = |state| strings.with(0, "state", &[("state", Arg::Text(state)), ("who", Arg::Text("us"))]);
    assert_eq!(["kept", "broken", "?"].map(state), ["Kept", "Broken by us", "Open"]);
    // A number in a text is a text: `one` is not asked.
    assert_eq!(strings.with(0, "state", &[]), "Open");
    assert_eq!(strings.arguments(0, "state"), ["state", "who"]);
}

#[test]
fn each_string_falls_back_by_itself() {
    let files = [
        file("en", "home = Home\nmore = More\nonly = Only { $name }\n"),
        file("pt", "home = Início\nmore = Mais\n"),
        file("pt-BR", "more = Mais ainda\n"),
    ];
    let (strings, troubles) = Strings::new(&files, &chains(&["en", "pt-BR pt en"]));
    assert_eq!(troubles, []);
    assert_eq!(["home", "more"].map(|key| strings.get(1, key)), ["Início", "Mais ainda"]);
    assert_eq!(strings.with(1, "only", &[("name", Arg::Text("x"))]), "Only x");
    let found = ["more", "home", "only", "none"].map(|key| strings.language_of(1, key));
    assert_eq!(found, [Some("pt-BR"), Some("pt"), Some("en"), None]);
    assert_eq!(strings.keys(1).collect::<Vec<_>>(), ["more", "home", "only"]);
    assert_eq!(strings.plain(1).collect::<Vec<_>>(), [("more", "Mais ainda"), ("home", "Início")]);
    assert_eq!(strings.plain(0).collect::<Vec<_>>(), [("home", "Home"), ("more", "More")]);
}

#[test]
fn a_fallback_counts_in_its_own_plurals_and_the_page_s_digits() {
    let files = [file("en", PAGES[0].1), file("ar-EG", "x = y\n"), file("sv", "x = y\n")];
    let (strings, _) = Strings::new(&files, &chains(&["ar-EG en", "sv en"]));
    assert_eq!(strings.with(0, "pages", &[("count", Arg::Count(2))]), "٢ pages");
    assert_eq!(strings.with(1, "pages", &[("count", Arg::Count(5000))]), "5\u{a0}000 pages");
}

#[test]
fn a_custom_theme_overrides_string_by_string() {
    let files = [
        file("en", "-shop = Shop\nwelcome = Welcome to { -shop }\n    .title = Hello\nbye = Bye\n"),
        file("en", "-shop = Our shop\nwelcome = Come into { -shop }\nown = Own\n"),
    ];
    let (strings, troubles) = Strings::new(&files, &chains(&["en"]));
    assert_eq!(troubles, []);
    let all: Vec<_> = strings.plain(0).collect();
    assert_eq!(all, [("welcome", "Come into Our shop"), ("welcome.title", "Hello"), ("bye", "Bye"), ("own", "Own")]);
    let written: Vec<_> = strings.written().iter().map(|it| &*it.key).collect();
    assert_eq!(written, ["welcome", "welcome.title", "bye", "welcome", "own"]);
    assert_eq!(&files[0].text[strings.written()[1].span.clone()], "title");
}

#[test]
fn what_a_message_refers_to_is_put_in_its_place() {
    let strings = strings(
        "sv",
        r#"
-guide = { $form ->
   *[plain] guide
    [definite] guiden
    [plural] { $count ->
        [one] en guide
       *[other] guider
    }
}
    .gender = utrum
-other = { -guide }
open = Öppna { -guide(form: "definite") }
all = Alla { -guide(form: "plural", count: 2) }, { -guide(form: "plural", count: 1) }, { -other }
new = { -guide.gender ->
    [utrum] Ny
   *[neutrum] Nytt
} { -guide }
nested = { all }, { open } och { "{" }{ "\u00e5" }{ 1.50 }{ $x }
menu = Meny
    .label = { menu } för { $who }
lines =
    en
      två

    tre
empty = { "" }
"#,
    );
    assert_eq!(strings.get(0, "open"), "Öppna guiden");
    assert_eq!(strings.get(0, "all"), "Alla guider, en guide, guide");
    assert_eq!(strings.get(0, "new"), "Ny guide");
    assert_eq!(
        strings.with(0, "nested", &[("x", Arg::Text("!"))]),
        "Alla guider, en guide, guide, Öppna guiden och {å1.50!"
    );
    assert_eq!(strings.with(0, "menu.label", &[("who", Arg::Text("Bo"))]), "Meny för Bo");
    assert_eq!(strings.get(0, "lines"), "en\n  två\n\ntre");
    assert_eq!(strings.get(0, "empty"), "");
    assert!(strings.plain(0).any(|(key, text)| key == "new" && text == "Ny guide"));
    assert!(strings.plain(0).all(|(key, _)| key != "nested" && key != "menu.label"));
    assert!(matches!(strings.get(0, "open"), Cow::Borrowed(_)));
}

#[test]
fn a_term_of_the_fallback_serves_the_translation() {
    let files = [file("en", "-name = Trustbook\n"), file("sv", "about = Om { -name }\n")];
    let (strings, troubles) = Strings::new(&files, &chains(&["sv en"]));
    assert_eq!(troubles, []);
    assert_eq!(strings.get(0, "about"), "Om Trustbook");
}

#[test]
fn what_is_missing_shows() {
    let strings = strings("en", "hello = Hello { $name }\n");
    assert_eq!(strings.get(0, "skip-link"), "⟨skip-link⟩");
    assert_eq!(strings.with(0, "skip-link", &[]), "⟨skip-link⟩");
    assert_eq!(strings.get(7, "hello"), "⟨hello⟩");
    assert_eq!(strings.get(0, "hello"), "Hello ⟨$name⟩");
    assert_eq!(strings.plain(7).count() + strings.keys(7).count() + strings.arguments(7, "x").len(), 0);
    let (none, _) = Strings::new(&[], &[vec![]]);
    assert_eq!(none.get(0, "x"), "⟨x⟩");
}

#[test]
fn isolation_only_where_directions_meet() {
    let files = [file("en", "by = By { $who }\n"), file("ar", "by = بقلم { $who }\n")];
    let (strings, _) = Strings::new(&files, &chains(&["en", "ar en"]));
    let by = |language, who| strings.with(language, "by", &[("who", Arg::Text(who))]);
    assert_eq!(by(0, "Åsa"), "By Åsa");
    assert_eq!(by(0, "ليلى"), "By \u{2068}ليلى\u{2069}");
    assert_eq!(by(1, "ليلى"), "بقلم ليلى");
    assert_eq!(by(1, "Åsa"), "بقلم \u{2068}Åsa\u{2069}");
    assert_eq!(by(1, "12 %"), "بقلم 12 %");
}

#[test]
fn mistakes_are_pointed_at() {
    let cases: &[(&str, &str, &str)] = &[
        ("good = x\nbad\n", "bad", "expected `=`"),
        ("good = x\nbad =\n", "bad =", "`bad` has no text"),
        ("bad key = x\n", "k", "expected `=`"),
        ("a = { $x ->\n [one] y\n }\n", "}", "no variant is the default: put a `*` before its `[`"),
        ("a = x }\n", "}", "`}` closes nothing; to print one, write `{\"}\"}`"),
        ("a = { \"x\n", "a = { \"x", "the closing `\"` is missing"),
        ("a = { $x\n", "a = { $x", "expected `}`"),
        ("a = { number($x) }\n", "a = { number($x)", "a function is written in capitals"),
        ("a = x\nb = y\na = z\n", "a", "`a` is already written in this file; this one is not used"),
        ("-a = x\na = x\n-a = y\n", "a", "`-a` is already written in this file; this one is not used"),
        ("a = x\n .b = y\n .b = z\n", "b", "`a.b` is already written in this file; this one is not used"),
        ("a = { b }\n", "b", "no message is called `b`"),
        ("a = { b.c }\nb = x\n", "b", "no message is called `b.c`"),
        ("a = { -b }\n", "b", "no term is called `-b`"),
        ("a = { a }\n", "a", "`a` refers to itself"),
        ("a = { DATETIME($x) }\n", "DATETIME", "no function is called `DATETIME`; there is `NUMBER`"),
        ("a = { NUMBER() }\n", "NUMBER", "`NUMBER` takes one variable or number"),
        (
            "a = { NUMBER($x, minimumFractionDigits: 2) }\n",
            "minimumFractionDigits",
            "`minimumFractionDigits` has no effect here: numbers come already written",
        ),
        ("-t = { $x }\na = { -t }\n", "x", "a term knows only what it is given, and `$x` is not"),
    ];
    for (text, at, message) in cases {
        assert_eq!(troubles(text), [((*at).to_owned(), (*message).to_owned())], "{text}");
    }
    // What a file has besides its mistakes is read.
    let (strings, troubles) =
        Strings::new(&[file("sv", "ok = Ja\nfel\nsen = Sen\n"), file("en", "fel = Wrong\n")], &chains(&["sv en"]));
    assert_eq!(troubles.len(), 1);
    assert_eq!(troubles[0].path, "strings/sv.ftl");
    assert_eq!(["ok", "fel", "sen"].map(|key| strings.get(0, key)), ["Ja", "Wrong", "Sen"]);
}

#[test]
fn a_mistake_in_a_fallback_is_told_once() {
    let files = [file("en", "a = { none }\n")];
    let (_, troubles) = Strings::new(&files, &chains(&["en", "sv en", "id en"]));
    assert_eq!(troubles.len(), 1);
}

#[test]
fn windows_lines_and_a_byte_order_mark() {
    let strings = strings("en", "\u{feff}a = x\r\nb =\r\n    one\r\n    two { $n }\r\n");
    assert_eq!(strings.get(0, "a"), "x");
    assert_eq!(strings.with(0, "b", &[("n", Arg::Count(2))]), "one\ntwo 2");
    assert_eq!(troubles("\u{feff}a = x\nå\n").len(), 1);
}

#[test]
fn nothing_brings_it_down() {
    let circle = "a = { b }\nb = { c }\nc = { a }\n";
    assert!(troubles(circle).iter().all(|(_, message)| message.ends_with("refers to itself")));

    // Each message twice the one before: 2⁶⁰ letters.
    let mut doubling = "m0 = xxxx\n".to_owned();
    (1..60).for_each(|n| doubling += &format!("m{n} = {{ m{0} }}{{ m{0} }}\n", n - 1));
    assert!(troubles(&doubling).iter().all(|(_, message)| message.starts_with("grows too large")));

    let mut chain = "m0 = x\n".to_owned();
    (1..5000).for_each(|n| chain += &format!("m{n} = {{ m{} }}\n", n - 1));
    assert!(troubles(&chain).iter().all(|(_, message)| message.starts_with("grows too large")));

    for deep in [
        format!("a = {}", "{".repeat(100_000)),
        format!("a = {{{}", "F(".repeat(100_000)),
        format!("a = {{\n{}", "F(\n".repeat(100_000)),
        format!("a = {{{}", "-t(\n".repeat(100_000)),
    ] {
        assert!(troubles(&deep)[0].1.starts_with("nested more than"));
    }
    let deep = format!("a = {}{{ $x }}{}", "{ ".repeat(MAX_DEPTH - 2), " }".repeat(MAX_DEPTH - 2));
    assert_eq!(troubles(&deep), []);
    // Braces in quotes don't add up from one string to the next.
    let braces: String = (0..100).map(|n| format!("m{n} = {{\"{{\"}} {{\"(\"}}\n# ({{(\n")).collect();
    assert_eq!(troubles(&braces), []);

    assert!(troubles("a = { \"\\u00é\" }\n")[0].1.ends_with("no string of this file is read"));
    assert_eq!(troubles("a = C:\\u00é \"\\\\\"\n"), []);
    let strings = strings("en", "a = { 1.0000000000000000000000000000000 ->\n [one] one\n *[other] other\n }\n");
    assert_eq!(strings.get(0, "a"), "one");
}
