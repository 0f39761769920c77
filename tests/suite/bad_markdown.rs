//! Markdown at its worst, in one table: built in `pathological.rs`, measured in `tests/growth.rs`.

/// Every fourth of them, so that tests run beside each other.
pub fn a_fourth(part: usize, share: usize) -> impl Iterator<Item = (&'static str, String)> {
    bad_markdown(share).into_iter().enumerate().filter(move |(at, _)| at % 4 == part).map(|(_, one)| one)
}

/// Markdown that makes parsers, sanitisers and lists of contents slow or deep: `share` thousandths of what stands here.
fn bad_markdown(share: usize) -> Vec<(&'static str, String)> {
    let of = |times: usize| times * share / 1_000;
    let many = |text: &str, times: usize| text.repeat(of(times));
    let numbered = |times: usize, text: &dyn Fn(usize) -> String| (0..of(times)).map(text).collect::<String>();
    vec![
        ("quotes in quotes", many(">", 100_000)),
        ("quotes in quotes, with text", many("> ", 50_000) + "text"),
        ("alerts in quotes", many("> [!NOTE]\n", 20_000)),
        ("lists in lists", numbered(2_000, &|n| format!("{}- a\n", " ".repeat(2 * n)))),
        ("lists in one line", many("- ", 50_000) + "text"),
        ("definitions", numbered(50_000, &|n| format!("[r{n}]: /a\n")) + &numbered(50_000, &|n| format!("[r{n}]\n"))),
        ("references to one long definition", format!("[a]: /{}\n\n", many("x", 50_000)) + &many("[a] ", 50_000)),
        ("equal headings", many("## Hours\n\n", 20_000)),
        ("nearly equal headings", many("## Hours\n\n## Hours 1\n\n## Hours-1\n\n", 7_000)),
        ("raw elements", many("<div>", 50_000)),
        ("raw elements, closed", many("<b>", 50_000) + &many("</b>", 50_000)),
        ("raw elements beside each other", many("<b>x</b> ", 20_000)),
        ("raw tags never finished", many("<a href=\"", 50_000)),
        ("comments never closed", many("<!--", 100_000)),
        ("declarations", many("<!A ", 50_000) + &many("<?", 50_000) + &many("<![CDATA[", 20_000)),
        ("opening brackets", many("[", 100_000)),
        ("closing brackets", many("]", 100_000)),
        ("brackets, nested", many("[", 50_000) + "a" + &many("](b)", 50_000)),
        ("image brackets", many("![", 50_000)),
        ("links in titles", many("[a](<b", 50_000)),
        ("stars", many("*", 100_000)),
        ("stars and words", many("*a ", 50_000) + &many(" b**", 50_000)),
        ("emphasis, nested", many("*a **a ", 25_000)),
        ("underscores", many("_a __", 50_000)),
        ("tildes", many("~~a ~", 50_000)),
        ("backticks", numbered(400, &|n| format!("{} ", "`".repeat(n)))),
        ("one run of backticks", many("`", 100_000)),
        ("dollars", many("$a$$", 50_000)),
        ("braces in formulas", "$".to_string() + &many("{", 20_000) + "$"),
        ("fences", many("```\n", 50_000)),
        ("colons", many(":", 100_000)),
        ("directives in directives", numbered(3_000, &|n| format!("{}details\n", ":".repeat(of(3_000) + 3 - n)))),
        ("directives never closed", many(":::aside\n", 20_000)),
        ("closings of nothing", many(":::\n\n", 50_000)),
        ("checklists", numbered(5_000, &|n| format!(":::checklist{{#c{n}}}\n- [ ] a {{#i}}\n:::\n\n"))),
        (
            "items of one checklist",
            ":::checklist{#c}\n".to_string() + &numbered(10_000, &|n| format!("- [ ] a {{#i{n}}}\n")) + ":::\n",
        ),
        ("table columns", many("|a", 20_000) + "|\n" + &many("|-", 20_000) + "|\n" + &many("|b", 20_000) + "|\n"),
        ("table rows", "|a|b|\n|-|-|\n".to_string() + &many("|c|d|\n", 30_000)),
        ("short rows of a wide table", many("|a", 2_000) + "|\n" + &many("|-", 2_000) + "|\n" + &many("|c|\n", 2_000)),
        (
            "footnotes",
            numbered(10_000, &|n| format!("[^n{n}] ")) + "\n\n" + &numbered(10_000, &|n| format!("[^n{n}]: x\n\n")),
        ),
        ("footnotes of nothing", many("[^n] ", 20_000)),
        ("one footnote, many references", many("[^n] ", 20_000) + "\n\n[^n]: x\n"),
        ("footnotes in footnotes", numbered(5_000, &|n| format!("[^n{n}]: [^n{}]\n\n", n + 1)) + "[^n0]"),
        ("a definition list", many("a\n: b\n\n", 20_000)),
        ("entities", many("&amp;&#0;&#x110000;&nosuch;", 20_000)),
        ("quotes", many("\"'", 50_000)),
        ("dead links", many("[a](b.md) ", 20_000)),
        ("dead anchors", many("[a](#b) ", 20_000)),
        ("unsafe links", many("[a](javascript:b) ", 20_000)),
        ("images of nothing", many("![](b.png) ", 20_000)),
        ("unknown names", numbered(5_000, &|n| format!("[](promise:p{n}) "))),
        ("headings with attributes", many("# a {#b .c .d}\n\n", 10_000)),
        ("a heading of one long word", format!("# {}\n", many("ab", 500_000))),
        ("a long line", many("word ", 400_000)),
        ("marks upon a letter", format!("a{}", many("\u{301}", 100_000))),
        ("private characters", many("\u{f0000}1\u{f0001}\u{f0002}2\u{f0003}<b>", 10_000)),
    ]
}
