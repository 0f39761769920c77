//! What an edition leaves out is in none of its artefacts: not in pages, data, lists, addresses or names of files.

use super::packs::unpacked;
use super::scratch::{Scratch, files, nothing_denied};

/// A playbook with a public face, and a canary in everything that the public must not see.
fn playbook() -> Scratch {
    let scratch = Scratch::new();
    let hidden = [
        ("audience = \"internal\"", "internal"),
        ("", "undeclared"),
        ("audience = \"public\"\ndraft = true", "draft"),
        ("audience = \"public\"\npublish_on = 2026-11-23", "future"),
        ("audience = \"public\"\nexpires_on = 2026-11-22", "expired"),
    ];
    scratch.file(
        "trustbook.toml",
        "# canary in a comment\ntitle = \"Playbook\"\nbase_url = \"https://example.com/\"\ndefault_audience = \"internal\"\n\
         [languages.en]\nname = \"English\"\n[languages.sv]\nname = \"Svenska\"\n\
         [audiences]\npublic = []\ninternal = [\"public\"]\n[editions.internal]\ntitle = \"Canary title\"\n\
         CHECKS".replace("CHECKS", &nothing_denied()),
    );
    for (keys, why) in hidden {
        for folder in ["", "guides/", "strategies/", "pillars/", "personas/", "recoveries/", "canary-folder/"] {
            let path = format!("content/{folder}canary-{why}");
            let slug =
                if why == "draft" { format!("slug = \"canary-slug-{}\"\n", folder.len()) } else { String::new() };
            scratch.file(
                &format!("{path}.md"),
                format!(
                    "+++\ntitle = \"Canary\"\ndescription = \"Canary\"\nowner = \"Canary\"\ntags = [\"canary\"]\n\
                     date = 2026-01-01\nupdated = 2026-01-02\nlast_reviewed = 2026-01-03\nreview_every = \"1 month\"\naliases = [\"/canary-alias-{why}-{}/\"]\n{slug}{keys}\n[extra]\na = \"canary\"\n+++\n# Canary\n\nCanary\n\n## Canary\n\n\
                     ![Canary](/content-canary.svg)\n\n:::checklist{{#canary-{why}-{} title=\"Canary\"}}\n- [ ] Canary {{#canary}}\n:::\n",
                    folder.replace('/', ""),
                    folder.replace('/', "")
                ),
            );
            scratch.file(&format!("{path}.sv.md"), "+++\ntitle = \"Canary\"\n+++\nCanary\n");
            scratch.file(
                &format!("content/{folder}canary-{why}.svg"),
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- canary --></svg>",
            );
        }
    }
    scratch.file("content/content-canary.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    scratch
        .file("content/data/canary.csv", "canary,1\n")
        .file("content/_canary.md", "# Canary")
        .file("content/.canary.md", "# Canary");
    scratch.file(
        "content/index.md",
        "+++\n# canary in a comment\ntitle = \"Welcome\"\naudience = \"public\"\n+++\nSeen. <!-- canary -->\n\n<!--\ncanary\n-->\n\n\
         [//]: # (canary)\n\n[unused]: /canary \"canary\"\n\n\
         ::::audience{only=\"internal\"}\n## Canary {#canary}\n\nCanary[^canary]. [Canary](canary-internal.md) ![Canary](content-canary.svg \"Canary\")\n\n\
         [^canary]: Canary.\n\n[ref]: https://canary.example/ \"Canary\"\n\n\
         :::checklist{#canary-block title=\"Canary\"}\n- [ ] Canary {#canary}\n:::\n::::\n\n\
         [ref]\n\n[Out](canary-draft.md) [Out](guides/canary-internal.md)\n\n\
         :::checklist{#seen title=\"Seen\"}\n- [ ] Seen {#seen}\n:::\n",
    );
    scratch.file(
        "content/promises.toml",
        "# canary\n[seen]\ntext = \"Seen\"\naudience = \"public\"\ndepartment = \"support\"\nmade_in = [\"canary-internal.md\", \"index.md\"]\n\
         metric = \"canary\"\npillar = \"canary-internal\"\nstages = [\"canary\", \"year/canary\", \"canary/buy\"]\n\
         [canary]\ntext = \"Canary\"\nowner = \"Canary\"\nlast_reviewed = 2026-01-01\nreview_every = \"1 month\"\ndepartment = \"canary\"\nchannel = \"canary\"\nevidence = \"https://canary.example/\"\n\
         [[canary.history]]\ndate = 2026-01-01\nstatus = \"kept\"\nnote = \"Canary\"\n",
    );
    scratch.file("content/metrics.toml", "[canary]\ntitle = \"Canary\"\nkind = \"rate\"\ndata = \"data/canary.csv\"\n");
    scratch.file(
        "content/departments.toml",
        "[support]\ntitle = \"Support\"\n[canary]\ntitle = \"Canary\"\nowner = \"Canary\"\n",
    );
    scratch.file("content/channels.toml", "[canary]\ntitle = \"Canary\"\n");
    scratch.file("content/glossary.toml", "[canary]\nterm = \"Canary\"\nmeaning = \"Canary\"\n");
    scratch.file(
        "content/claims.toml",
        "[canary]\ntext = \"Canary\"\nsource = \"Canary\"\nurl = \"https://canary.example/\"\n",
    );
    scratch.file(
        "content/incidents.toml",
        "[canary]\ntitle = \"Canary\"\npromise = \"seen\"\nseverity = \"disvalue\"\nnoticed = 2026-02-02\n\
         [seen]\ntitle = \"Seen\"\naudience = \"public\"\npromise = \"canary\"\nrecovery = \"canary-internal\"\nnoticed = 2026-02-02\n",
    );
    scratch.file(
        "content/journeys/year.toml",
        "# canary\ntitle = \"Year\"\naudience = \"public\"\npersonas = [\"canary-internal\"]\n\
         [objectives.canary]\ntext = \"Canary\"\naudience = \"internal\"\n[objectives.seen]\ntext = \"Seen\"\nmetric = \"canary\"\n\
         [stages.buy]\ntitle = \"Buy\"\n[stages.buy.touchpoints.pay]\ntitle = \"Pay\"\ndepartment = \"support\"\npromises = [\"seen\", \"canary\"]\n\
         metrics = [\"canary\"]\n[stages.buy.touchpoints.pay.emotions]\ncanary-internal = 1\n\
         [stages.buy.touchpoints.canary]\ntitle = \"Canary\"\naction = \"Canary\"\ndepartment = \"canary\"\nchannel = \"canary\"\naudience = \"internal\"\n\
         [stages.buy.checklist.canary]\ntext = \"Canary\"\naudience = \"internal\"\n[stages.buy.checklist.seen]\ntext = \"Seen\"\n\
         [stages.canary]\ntitle = \"Canary\"\naudience = \"internal\"\n[stages.canary.touchpoints.canary]\ntitle = \"Canary\"\n",
    );
    scratch.file(
        "content/journeys/year.sv.toml",
        "title = \"År\"\n[stages.canary]\ntitle = \"Canary\"\n[stages.buy.touchpoints.canary]\ntitle = \"Canary\"\n",
    );
    scratch.file("content/journeys/canary.toml", "title = \"Canary\"\n[stages.buy]\ntitle = \"Canary\"\n");
    scratch.file(
        "content/strategies/early.md",
        "+++\ntitle = \"Early\"\naudience = \"public\"\nlast_reviewed = 2026-01-01\nreview_every = \"1 month\"\npillars = [\"canary-internal\"]\nstages = [\"year/canary\", \"canary/buy\", \"buy\"]\n\
         departments = [\"support\"]\n+++\nSeen.\n",
    );
    scratch
}

fn with_canary(scratch: &Scratch, arguments: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in scratch.built(arguments) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        if path.to_lowercase().contains("canary") {
            found.push(format!("{path}: its name"));
        }
        if let Some(at) = text.find("canary") {
            let from = (at.saturating_sub(80)..=at).find(|from| text.is_char_boundary(*from)).unwrap_or(at);
            let around: String = text[from..].chars().take(160).collect();
            found.push(format!("{path}: …{around}…"));
        }
    }
    found
}

#[test]
fn the_public_edition_holds_no_canary() {
    let found = with_canary(&playbook(), &["--audience", "public"]);
    assert!(found.is_empty(), "{} artefacts\n{}", found.len(), found[..found.len().min(30)].join("\n"));
}

/// A pack is an artefact too, whatever is asked for.
#[test]
fn no_pack_of_the_public_edition_holds_a_canary() {
    let scratch = playbook();
    for asked in [&[][..], &["--stage", "buy"], &["--department", "support"], &["--language", "sv"]] {
        for (format, audience) in [("html", "public"), ("epub", "public"), ("html", "internal"), ("epub", "internal")] {
            let file = scratch.around().join(format!("pack.{format}"));
            let file = file.to_str().expect("scratch folders have plain names");
            let arguments = ["pack", "--audience", audience, "--format", format, "-o", file];
            let ended = scratch.run(&arguments.iter().chain(asked).copied().collect::<Vec<_>>());
            assert_eq!(ended.code, Some(0), "{asked:?} {ended:?}");
            let text = match format {
                "epub" => unpacked(file).into_iter().map(|(name, text)| format!("{name}\n{text}\n")).collect(),
                _ => std::fs::read_to_string(file).expect("a page is text"),
            };
            let canary = text.to_lowercase().find("canary").map(|at| text[at..].chars().take(80).collect::<String>());
            // The other edition holds them, else this would look for nothing.
            assert_eq!(canary.is_some(), audience == "internal", "{asked:?} {format} {audience} {canary:?}");
        }
    }
}

#[test]
fn the_internal_edition_holds_them() {
    // Else the test above would look for nothing.
    let inside = with_canary(&playbook(), &[]).len();
    let all = with_canary(&playbook(), &["--drafts"]).len();
    assert!(inside > 30, "{inside}");
    assert!(all > inside, "{all}");
}

#[test]
fn the_public_edition_comes_out_of_a_changed_one_clean() {
    // The same folder, first with everything: what is no longer made is gone.
    let scratch = playbook();
    scratch.built(&["--drafts"]);
    let found = with_canary(&scratch, &["--audience", "public"]);
    assert!(found.is_empty(), "{} artefacts\n{}", found.len(), found[..found.len().min(30)].join("\n"));
}

/// What people wrote in a survey, and who they are, stays in its file: in the site there are numbers, in the findings lines.
#[test]
fn nobody_reads_what_stands_in_a_survey() {
    let scratch = Scratch::new();
    scratch.file("trustbook.toml", "title = \"T\"\n");
    scratch.file(
        "content/metrics.toml",
        "[recommend]\nkind = \"nps\"\ndata = \"data/answers.csv\"\n[wide]\nkind = \"csat\"\ndata = \"data/wide.csv\"\n",
    );
    let mut answers = "Score,Comment,Submitted At,Email,stage\n".to_string();
    for _ in 0..30 {
        answers.push_str("9,canary comment,2026-01-05,canary@example.com,\n");
    }
    answers.push_str(
        "canary,9,2026-01-05,,\n9,,canary,,\n9,,2026-01-05,,canary stage\n99,,2026-01-05,canary@example.com,\n",
    );
    answers.push_str("9,,2027-01-05,canary@example.com,\n9,,2026-01-05,,,canary\n");
    scratch.file("content/data/answers.csv", answers);
    scratch.file("content/data/wide.csv", "canary@example.com,canary\n1,2\n");
    for arguments in [&["check"][..], &["check", "--format", "json"], &["build"]] {
        let ended = scratch.run(arguments);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        for told in [&ended.out, &ended.err] {
            assert!(!told.to_lowercase().contains("canary"), "{arguments:?}: {told}");
        }
    }
    for (file, bytes) in files(&scratch.site()) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!file.contains("canary") && !text.contains("canary"), "{file}");
    }
    let metrics = String::from_utf8(files(&scratch.site())["metrics.json"].clone()).expect("JSON is text");
    assert!(metrics.contains("\"n\":31"), "{metrics}");
}
