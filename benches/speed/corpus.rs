//! A number of pages to a playbook of that size, the same on every machine.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

const STAGES: [&str; 5] = ["awareness", "consideration", "purchase", "retention", "advocacy"];
const PILLARS: [&str; 5] = ["reliability", "honesty", "competence", "care", "safety"];
const DEPARTMENTS: [&str; 5] = ["support", "billing", "sales", "delivery", "marketing"];
const CHANNELS: [&str; 4] = ["web", "email", "phone", "shop"];
const PERSONAS: [&str; 3] = ["first-time-buyer", "business-buyer", "returning-customer"];

/// How much there is of everything in a playbook of `pages` pages.
struct Size {
    guides: usize,
    strategies: usize,
    promises: usize,
    journeys: usize,
    code_every: usize,
}

const SETTINGS: &str = "title = \"A measured playbook\"\nid = \"measured\"\nbase_url = \"https://playbook.example.com/\"\n\
                        \n[checks]\nunmeasured-promise = \"allow\"\n";

/// Writes a playbook of about `pages` pages into the empty folder `root`: four fifths are guides, the rest strategies,
/// promises, journeys with their stages, and the few pillars, personas and departments that any playbook has. One guide
/// in `code_every` has a block of code. A playbook of one page is a front page with one.
pub fn generate(root: &Path, pages: usize, code_every: usize) -> io::Result<()> {
    if pages == 1 {
        let mut words = Words::new(1);
        let sections: String = (0..5).map(|at| format!("## Section {at}\n\n{}\n\n", words.paragraph(9))).collect();
        fs::create_dir_all(root.join("content"))?;
        fs::write(root.join("trustbook.toml"), SETTINGS)?;
        return fs::write(root.join("content/index.md"), front("One page", 0, "") + &sections + &code(0));
    }
    let size = Size {
        guides: (pages * 4 / 5).max(2),
        strategies: (pages * 7 / 100).max(5),
        promises: (pages / 20).max(5),
        journeys: (pages / 500).max(1),
        code_every: code_every.max(1),
    };
    let content = root.join("content");
    for folder in ["guides", "strategies", "pillars", "personas", "journeys"] {
        fs::create_dir_all(content.join(folder))?;
    }
    // No metrics here: their figures are another measurement.
    fs::write(root.join("trustbook.toml"), SETTINGS)?;
    fs::write(content.join("index.md"), front("A measured playbook", 0, "") + &index(&size))?;
    for at in 0..size.guides {
        let path = content.join("guides").join(guide_path(at));
        if at % 100 == 0 {
            let folder = path.parent().expect("a guide stands in a section");
            fs::create_dir_all(folder)?;
            let text = front(&format!("Section {}", at / 100), at / 100, "") + "What belongs together.\n";
            fs::write(folder.join("index.md"), text)?;
        }
        fs::write(path, guide(&size, at))?;
    }
    for at in 0..size.strategies {
        fs::write(content.join(format!("strategies/strategy-{at}.md")), strategy(&size, at))?;
    }
    for (at, pillar) in PILLARS.iter().enumerate() {
        let text = front(&capital(pillar), at, "") + &Words::new(at as u64 + 1).paragraph(6);
        fs::write(content.join(format!("pillars/{pillar}.md")), text)?;
    }
    for (at, persona) in PERSONAS.iter().enumerate() {
        let keys = "goals = [\"Know the price\"]\npains = [\"Waiting\"]\nvalues = [\"Plain words\"]\n";
        let text = front(&capital(persona), at, keys) + &Words::new(at as u64 + 100).paragraph(6);
        fs::write(content.join(format!("personas/{persona}.md")), text)?;
    }
    for at in 0..size.journeys {
        fs::write(content.join(format!("journeys/journey-{at}.toml")), journey(&size, at))?;
    }
    fs::write(content.join("promises.toml"), promises(&size))?;
    fs::write(content.join("departments.toml"), words_register(&DEPARTMENTS))?;
    fs::write(content.join("channels.toml"), words_register(&CHANNELS))
}

/// The path of a guide in `guides/`: sections of a hundred.
fn guide_path(at: usize) -> String {
    format!("section-{}/guide-{at}.md", at / 100)
}

fn front(title: &str, weight: usize, more: &str) -> String {
    format!("+++\ntitle = \"{title}\"\nweight = {weight}\n{more}+++\n")
}

fn capital(name: &str) -> String {
    name[..1].to_uppercase() + &name[1..].replace('-', " ")
}

fn index(size: &Size) -> String {
    let mut text = "Where to begin.\n\n".to_owned();
    for section in 0..size.guides.div_ceil(100) {
        writeln!(text, "- [Section {section}](guides/section-{section}/index.md)").expect("a String takes everything");
    }
    text
}

/// 600 to 900 words with what guides have: headings, lists, links, now and then a table, a checklist, code.
fn guide(size: &Size, at: usize) -> String {
    let mut words = Words::new(at as u64 + 10_000);
    let tags = format!("tags = [\"{}\"]\nowner = \"Customer experience\"\n", DEPARTMENTS[at % 5]);
    let title = capital(&format!("{} guide {at}", words.pick(NOUNS)));
    let mut text = front(&title, at % 100, &tags);
    let mut line = |part: &str| {
        text.push_str(part);
        text.push_str("\n\n");
    };
    line(&words.paragraph(4));
    // The next guide, so that each is linked, and one anywhere.
    let next = (at + 1) % size.guides;
    let any = words.below(size.guides);
    let promise = words.below(size.promises);
    for section in 0..5 {
        line(&format!("## {} {section}", capital(words.pick(NOUNS))));
        line(&words.paragraph(3));
        match section {
            0 => line(&format!(
                "See [the next guide](../{}) and [another](../{}). {}",
                guide_path(next),
                guide_path(any),
                words.paragraph(3)
            )),
            1 => line(&format!(
                "What we tell customers here is [](promise:promise-{promise}), and [the wording](promise:promise-{promise}) \
                 counts. {}",
                words.paragraph(2)
            )),
            2 => {
                let items: Vec<_> =
                    (0..5).map(|_| format!("- **{}**: {}", words.pick(NOUNS), words.sentence())).collect();
                line(&items.join("\n"));
            }
            3 if at.is_multiple_of(3) => {
                let rows: String =
                    (0..5).map(|row| format!("\n| {} | {} | {row} |", words.pick(NOUNS), words.pick(ENDS))).collect();
                line(&format!("| What | Where | Days |\n|---|---|---:|{rows}"));
            }
            _ => {
                line(&format!("### {} in practice", capital(words.pick(NOUNS))));
                let steps: Vec<_> = (1..5).map(|step| format!("{step}. {}", words.sentence())).collect();
                line(&steps.join("\n"));
            }
        }
        line(&words.paragraph(3));
    }
    if at.is_multiple_of(5) {
        let items: String = (0..5).map(|item| format!("- [ ] {} {{#item-{item}}}\n", words.sentence())).collect();
        line(&format!(":::checklist{{#guide-{at} title=\"Before you go on\"}}\n{items}:::"));
    }
    if at.is_multiple_of(size.code_every) {
        line(&format!("## As a program\n\n{}", code(at)));
    }
    text
}

fn strategy(size: &Size, at: usize) -> String {
    let mut words = Words::new(at as u64 + 5_000_000);
    let keys = format!(
        "pillars = [\"{}\"]\nstages = [\"{}\"]\ndepartments = [\"{}\"]\neffort = \"low\"\nimpact = \"high\"\n",
        PILLARS[at % 5],
        stage(size, at),
        DEPARTMENTS[at % 5]
    );
    let items: String = (0..4).map(|item| format!("- [ ] {} {{#item-{item}}}\n", words.sentence())).collect();
    front(&format!("Strategy {at}"), at, &keys)
        + &format!(
            "{}\n\n## Tactics\n\n{}\n\n{}\n\n## Measures\n\n{}\n\n\
             :::checklist{{#strategy-{at} title=\"Done when\"}}\n{items}:::\n",
            words.paragraph(5),
            words.paragraph(6),
            words.paragraph(6),
            words.paragraph(4)
        )
}

fn promises(size: &Size) -> String {
    let mut text = String::new();
    for at in 0..size.promises {
        let guide = (at * 16) % size.guides;
        write!(
            text,
            "[promise-{at}]\ntext = \"A person answers letter {at} within {} working days.\"\npillar = \"{}\"\n\
             stages = [\"{}\"]\nchannel = \"{}\"\ndepartment = \"{}\"\nowner = \"Head of {}\"\n\
             made_in = [\"guides/{}\"]\nstatus = \"made\"\n\n",
            at % 5 + 1,
            PILLARS[at % 5],
            stage(size, at),
            CHANNELS[at % 4],
            DEPARTMENTS[at % 5],
            DEPARTMENTS[at % 5],
            guide_path(guide)
        )
        .expect("a String takes everything");
    }
    text
}

/// One stage of one journey: were it meant in all of them, lists would grow with the square of the playbook.
fn stage(size: &Size, at: usize) -> String {
    format!("journey-{}/{}", at / 5 % size.journeys, STAGES[at % 5])
}

fn words_register(names: &[&str]) -> String {
    names.iter().map(|name| format!("[{name}]\ntitle = \"{}\"\n\n", capital(name))).collect()
}

/// Five stages of four touchpoints.
fn journey(size: &Size, at: usize) -> String {
    let mut words = Words::new(at as u64 + 9_000_000);
    let mut text = format!(
        "title = \"Journey {at}\"\nsummary = \"{}\"\nowner = \"Customer experience\"\npersonas = [\"{}\"]\n\n\
         [objectives.keep]\ntext = \"More customers stay\"\n\n",
        words.sentence(),
        PERSONAS[at % 3]
    );
    for (number, stage) in STAGES.iter().enumerate() {
        write!(
            text,
            "[stages.{stage}]\ntitle = \"{}\"\ngoal = \"{}\"\nsummary = \"{}\"\n\n",
            capital(stage),
            words.sentence(),
            words.paragraph(3)
        )
        .expect("a String takes everything");
        for touchpoint in 0..4 {
            let promise = (at * 20 + number * 4 + touchpoint) % size.promises;
            write!(
                text,
                "[stages.{stage}.touchpoints.point-{touchpoint}]\ntitle = \"Touchpoint {touchpoint}\"\nchannel = \"{}\"\n\
                 department = \"{}\"\naction = \"{}\"\nthought = \"{}\"\nemotion = {}\nintent = \"{}\"\n\
                 perceived = \"{}\"\nintent_emotion = 1\nevidence = \"assumed\"\npains = [\"{}\"]\n\
                 opportunities = [\"{}\"]\npromises = [\"promise-{promise}\"]\n\n",
                CHANNELS[touchpoint],
                DEPARTMENTS[(number + touchpoint) % 5],
                words.sentence(),
                words.sentence(),
                words.below(5) as i64 - 2,
                words.sentence(),
                words.sentence(),
                words.sentence(),
                words.sentence()
            )
            .expect("a String takes everything");
        }
        write!(text, "[stages.{stage}.checklist.first]\ntext = \"{}\"\nowner = \"Sales\"\n\n", words.sentence())
            .expect("a String takes everything");
    }
    text
}

/// Some thirty lines of one of eight languages, other words on each page.
fn code(at: usize) -> String {
    let mut words = Words::new(at as u64 + 20_000_000);
    let (language, lines): (&str, Vec<String>) = match at / 20 % 8 {
        0 => ("toml", (0..10).map(|n| format!("[{}-{n}]\ntitle = \"{}\"\ndays = {n}", words.pick(NOUNS), words.pick(ENDS))).collect()),
        1 => (
            "rust",
            (0..7)
                .map(|n| {
                    let name = words.pick(NOUNS);
                    format!("/// Days to the {name}.\nfn {name}_{n}(days: &[u32]) -> Option<u32> {{\n    days.iter().copied().filter(|day| *day > {n}).max()\n}}\n")
                })
                .collect(),
        ),
        2 => (
            "js",
            (0..7)
                .map(|n| {
                    let name = words.pick(NOUNS);
                    format!("// The {name}\nconst {name}{n} = (days) => {{\n  const late = days.filter((day) => day > {n});\n  return `${{late.length}} late`;\n}};")
                })
                .collect(),
        ),
        3 => (
            "python",
            (0..7)
                .map(|n| {
                    let name = words.pick(NOUNS);
                    format!("def {name}_{n}(days):\n    \"\"\"Days to the {name}.\"\"\"\n    late = [day for day in days if day > {n}]\n    return f\"{{len(late)}} late\"\n")
                })
                .collect(),
        ),
        4 => (
            "bash",
            (0..7)
                .map(|n| {
                    let name = words.pick(NOUNS);
                    format!("# The {name}\nfor file in {name}/*.csv; do\n  if [ -s \"$file\" ]; then\n    wc -l < \"$file\" | head -n {n}\n  fi\ndone")
                })
                .collect(),
        ),
        5 => ("json", vec![format!("{{\n{}\n  \"end\": true\n}}", (0..24).map(|n| format!("  \"{}-{n}\": [{n}, \"{}\"],", words.pick(NOUNS), words.pick(ENDS))).collect::<Vec<_>>().join("\n"))]),
        6 => ("html", (0..10).map(|n| format!("<section id=\"{}-{n}\">\n  <p class=\"late\">{}</p>\n</section>", words.pick(NOUNS), words.sentence())).collect()),
        _ => (
            "sql",
            (0..5)
                .map(|n| format!("-- {}\nSELECT customer, count(*) AS days\nFROM {}\nWHERE days > {n} AND channel = 'phone'\nGROUP BY customer\nORDER BY days DESC;", words.sentence(), words.pick(NOUNS)))
                .collect(),
        ),
    };
    format!("```{language}\n{}\n```", lines.join("\n"))
}

const NOUNS: &[&str] = &[
    "invoice",
    "letter",
    "parcel",
    "refund",
    "complaint",
    "answer",
    "order",
    "contract",
    "price",
    "delay",
    "question",
    "receipt",
    "visit",
    "call",
    "form",
    "review",
    "account",
    "renewal",
    "apology",
    "survey",
    "delivery",
    "repair",
    "offer",
    "message",
    "record",
    "team",
    "customer",
    "payment",
    "reminder",
    "address",
];
const SUBJECTS: &[&str] = &[
    "The person at the desk",
    "A new customer",
    "The billing team",
    "Somebody from support",
    "The next colleague",
    "A returning customer",
    "The head of delivery",
    "The writer of the letter",
    "A colleague in sales",
    "The reader",
];
const VERBS: &[&str] = &[
    "reads",
    "explains",
    "writes down",
    "checks",
    "sends",
    "asks about",
    "keeps",
    "compares",
    "repeats",
    "corrects",
    "names",
    "shows",
    "opens",
    "files",
    "counts",
    "mentions",
];
const ENDS: &[&str] = &[
    "before the call ends",
    "on the same page",
    "in plain words",
    "with the date and the name",
    "at the second desk",
    "next to the price",
    "when the parcel is late",
    "in the first paragraph",
    "after lunch on Monday",
    "while the customer listens",
    "on the back of the form",
    "without a second form",
    "in the shared notebook",
    "with a copy to billing",
    "under the old number",
    "by the end of the week",
];

/// Sentences from a seed (xorshift64).
struct Words(u64);

impl Words {
    fn new(seed: u64) -> Words {
        let mut words = Words(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        words.below(1);
        words
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn sentence(&mut self) -> String {
        let (subject, verb, first) = (self.pick(SUBJECTS), self.pick(VERBS), self.pick(NOUNS));
        let (second, end) = (self.pick(NOUNS), self.pick(ENDS));
        format!("{subject} {verb} the {first} and the {second} {end}.")
    }

    fn paragraph(&mut self, sentences: usize) -> String {
        let sentences: Vec<_> = (0..sentences).map(|_| self.sentence()).collect();
        sentences.join(" ")
    }
}
