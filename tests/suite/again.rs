//! A plan with a memory is the plan without one, whatever was changed in between.

use super::scratch::Scratch;
use proptest::prelude::*;
use std::fs;
use trustbook::load::{Shelf, Touched};
use trustbook::pipeline::{Choices, Memory, Planned, plan, plan_again};
use trustbook::render::Drawn;

/// A file, and what may stand in it.
const FILES: [(&str, &[&str]); 11] = [
    (
        "content/guides/a.md",
        &[
            "# A\n\n[B](b.md#there) [](promise:reply) [](term:churn)\n",
            "# Z\n\n## There\n\n[](promise:reply)\n\n:::checklist{#one}\n- [ ] Do {#do}\n:::\n",
            "---\nweight: 9\ntitle: A\n---\nWords, [gone](gone.md).\n",
            // As the first one, but for prose.
            "# A\n\nA picture, ![of it](it.svg), and [an address](/guides/b/#there).\n\n## More\n\n[B](b.md#gone)\n",
            "# A\n\nOf [](term:churn) and [](department:sales).\n",
            "# A\n\nOf [](department:sales) and [](department:support), but of no word.\n",
            // As the second one.
            "# Z\n\nMore before it.\n\n:::checklist{#one}\n- [ ] Do it {#do}\n- [ ] [Again](/gone/) {#again}\n:::\n",
            "# Z\n\n<!--\n\n:::checklist{#one}\n- [ ] Do {#do}\n:::\n",
            "# Z\n\n::::checklist{#one}\n- [ ] Do {#do}\n:::checklist{#in}\n- [ ] Do {#do}\n:::\n::::\n\n:::checklist{#last}\n- [ ] Do {#do}\n:::\n",
            "# Z\n\n:::checklist{#one}\n- [ ] Do {#do}\n:::\n\n:::checklist{#in}\n- [ ] Do {#do}\n:::\n\n:::checklist{#last}\n- [ ] Do {#do}\n:::\n",
            "# Z\n\n::::audience{only=internal}\n\nWords.\n\n:::checklist{#one}\n- [ ] Do {#do}\n:::\n::::\n",
            "# Z\n\n::::audience{only=internal}\n\nWords.\n\n::::\n\n:::checklist{#one}\n- [ ] Do {#do}\n:::\n",
        ],
    ),
    (
        "content/guides/b.md",
        &["# B\n\n## There\n\n[A](a.md)\n", "# B\n\n## Here\n\n:::checklist{#two}\n- [ ] Do {#do}\n:::\n"],
    ),
    ("content/guides/b.sv.md", &["# B på svenska\n\n## Där\n\n[A](a.md)\n", "+++\nslug = \"be\"\n+++\n# Be\n"]),
    ("content/guides/deep/index.md", &["# Deep\n\n:::promises\n", "+++\ndraft = true\n+++\n# Deep\n"]),
    (
        "content/strategies/early.md",
        &["+++\nstages = [\"buy\"]\npillars = [\"honesty\"]\n+++\n# Early\n", "# Early\n\n[](strategy:early)\n"],
    ),
    ("content/pillars/honesty.md", &["# Honesty\n", "# Honesty\n\n[A](../guides/a.md)\n"]),
    (
        "content/promises.toml",
        &[
            "[reply]\ntext = \"We reply in a day.\"\nmade_in = [\"guides/a.md\"]\ndepartment = \"support\"\n",
            "[other]\ntext = \"Another, see [B](guides/b.md).\"\n[reply]\ntext = \"We reply in two days.\"\n",
        ],
    ),
    (
        "content/departments.toml",
        &["[support]\ntitle = \"Support\"\n[sales]\n", "[support]\ntitle = \"Help\"\n[sales]\n"],
    ),
    (
        "content/journeys/year.toml",
        &[
            "title = \"Year\"\n[stages.buy]\ntitle = \"Buy\"\n",
            "[stages.use]\n[stages.buy.checklist.a]\ntext = \"Do\"\n",
        ],
    ),
    (
        "trustbook.toml",
        &[
            SETTINGS,
            "title = \"Q\"\nindex_pages = 1\n[languages.en]\n[languages.sv]\n[audiences]\npublic = []\ninternal = [\"public\"]\n",
            "title = \"P\"\ndefault_audience = \"internal\"\n[languages.en]\n[languages.sv]\n[audiences]\npublic = []\ninternal = [\"public\"]\n",
            "title = \"P\"\ndefault_audience = \"public\"\n[languages.sv]\n[languages.en]\n[audiences]\nstaff = []\npublic = []\ninternal = [\"public\"]\n",
            "title = \"P\"\ndefault_audience = \"public\"\nraw_html = \"trusted\"\n[languages.en]\n[audiences]\npublic = []\ninternal = [\"public\"]\n",
        ],
    ),
    (
        "content/index.md",
        &[
            "# Home\n\n[A](guides/a.md)\n",
            // Called as the playbook; addresses of pages that may be drafts.
            "[A](guides/a.md), [deep](/guides/deep/) and [B](/guides/b/)\n",
        ],
    ),
];

const SETTINGS: &str = "title = \"P\"\ndefault_audience = \"public\"\n[languages.en]\n[languages.sv]\n[audiences]\npublic = []\n\
                        internal = [\"public\"]\n";

fn bytes(planned: &Planned) -> Vec<(String, Vec<u8>)> {
    let desk = planned.desk();
    let drawn = Drawn::default();
    let mut all: Vec<_> = planned
        .routes
        .all
        .iter()
        .map(|route| (route.file(), planned.page(&desk, &drawn, route).expect("the built-in theme draws all")))
        .collect();
    all.extend(planned.for_programs(&desk));
    all
}

/// A file by its number, and a text by its: half of all changes are of the first file. Where there is no such text the file goes.
fn change() -> impl Strategy<Value = (usize, usize)> {
    (prop_oneof![Just(0), 0..FILES.len()])
        .prop_flat_map(|file| (Just(file), 0..FILES[file].1.len() + usize::from(FILES[file].0 != "trustbook.toml")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_remembered_changes_nothing(changes in proptest::collection::vec(change(), 1..16)) {
        let scratch = Scratch::new();
        scratch.file("trustbook.toml", SETTINGS);
        scratch.file("content/glossary.toml", "[churn]\nterm = \"Churn\"\n[floor]\nterm = \"Floor\"\n");
        scratch.file("content/departments.toml", FILES[7].1[0]);
        scratch.file("content/guides/it.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        scratch.file("content/index.md", "# Home\n\n[A](guides/a.md)\n");
        for (path, texts) in &FILES[..6] {
            scratch.file(path, texts[0]);
        }
        let today = jiff::civil::date(2026, 11, 22);
        let editions = [None, Some("internal".to_string())];
        let choices = editions.map(|audience| Choices { audience, drafts: false, today, strict: false });
        let root = scratch.root();
        let mut shelf = Shelf::new(&root).expect("it can be read");
        let mut memory = Memory::default();
        for choices in &choices {
            plan_again(&root, &shelf, &mut memory, choices).expect("there is such an edition");
        }
        for (file, text) in changes {
            let (path, texts) = FILES[file];
            let was_there = root.join(path).is_file();
            match texts.get(text) {
                Some(text) => _ = scratch.file(path, text),
                None => _ = fs::remove_file(root.join(path)),
            }
            let touched = match was_there && root.join(path).is_file() {
                true => Touched::Paths([root.join(path)].into()),
                false => Touched::Anything,
            };
            let doubt = shelf.look(&touched).expect("it can be read");
            memory.look(shelf.sources(), &doubt);
            for choices in &choices {
                let again = plan_again(&root, &shelf, &mut memory, choices).expect("there is such an edition");
                let (sources, found) = trustbook::load::load(&root).expect("it can be read");
                let anew = plan(&root, sources, found, choices).expect("there is such an edition");
                let said = |planned: &Planned| format!("{:?}", planned.report.findings);
                prop_assert_eq!(said(&again), said(&anew));
                prop_assert!(bytes(&again) == bytes(&anew), "{path} {text} {:?}", choices.audience);
            }
        }
    }
}
