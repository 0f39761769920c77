//! The names of the rules, their levels and what `trustbook explain` says about them.

use super::Level;
use std::fmt;

macro_rules! codes {
    ($($variant:ident $name:literal $level:ident $explanation:literal)*) => {
        /// A rule. Code, finding, documentation and test case share its name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $explanation] $variant,)*
        }

        impl Code {
            /// Every rule, in the order of this file.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// The name as it stands in findings and in `[checks]`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// The level where the settings say nothing.
            pub fn default_level(self) -> Level {
                match self { $(Code::$variant => Level::$level,)* }
            }

            /// What it means and what to do, as Markdown.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $explanation,)* }
            }
        }
    };
}

codes! {
    Syntax "syntax" Deny
"The file cannot be read as TOML or YAML at this point.

Everything that could be read is used for the other checks; the site is not written until it is mended. Common causes: a
missing quote, a table header written twice, a `+++` line that opens the front matter and is never closed."

    NotText "not-text" Deny
"The file is not UTF-8 text, or is no plain file.

Save it as UTF-8 (a byte order mark is accepted). Links that lead out of the playbook, loops of links, devices and files
over 64 MB are not opened at all."

    MissingKey "missing-key" Deny
"A key that everything else leans on is not there.

For example a promise without `text`, or `[audiences]` without `default_audience`."

    UnsafePath "unsafe-path" Deny
"An id, a `slug`, an alias or a template name would lead out of its folder, or cannot be a file name on every system.

A slug is one part of an address: no `/`, no `..`, no `\\`. An alias starts with exactly one `/`."

    UnknownKey "unknown-key" Deny
"No key of this name belongs here.

The help names the nearest one that does. In journeys the usual cause is order: a stage's own keys written after the header
of one of its touchpoints belong, in TOML, to that touchpoint. Move them up. Keys of your own go under `[extra]`.

A translation holds texts only: a table or key in it that its source lacks, that is no text, or that says something else than
the source, is reported under this code as well. Arguments of directives are keys too: `:::aside{kind=\"tip\"}`."

    UnknownName "unknown-name" Deny
"Something is named that the playbook does not have: a promise, department, channel, persona, pillar, stage, metric or
audience.

It is reported once, with every place that uses the name, and the nearest name that exists. Words of the format itself, such
as `status = \"kept\"`, and languages in file names (`tell-early.sv.md`) are names too.

What the nearest name lacks is not reported beside it: spelt right, the name may well give it."

    UnknownDirective "unknown-directive" Deny
"A line of colons opens something that does not exist.

With a body: aside, details, card, tab, tabs, cards, steps, figure, quote, checklist, audience. Without: journey, promises,
metric, strategies, floor, coverage."

    UnknownTemplate "unknown-template" Deny
"The theme has no template of this name."

    InvalidTemplate "invalid-template" Deny
"A template of the theme cannot be read or drawn. The finding names it; `themes/NAME/templates/` holds the playbook's own."

    InvalidTheme "invalid-theme" Deny
"A theme cannot be what its `theme.toml` says: it is made for a newer contract than this program keeps, it extends itself by way of
others, or it calls itself by another name than its folder's."

    UnknownBlock "unknown-block" Deny
"A template of the theme fills a block that the template which it extends does not have, so nothing of it is drawn. The block was renamed
or misspelt, or the theme's own `layout.html` left it out. docs/theme.md lists the blocks."

    UnknownProperty "unknown-property" Deny
"A style sheet of the theme uses a custom property that nothing declares, or declares one that nothing uses: most often a name was misspelt.
docs/theme.md lists those of the default theme. `trustbook theme check` looks for it."

    UnusedOverride "unused-override" Warn
"A file or component of the theme takes the place of nothing, and nothing uses it: the one that it stood for was renamed or misspelt. `trustbook
theme check` looks for it."

    LowContrast "low-contrast" Warn
"Words in a colour of `[theme_options]` could not be read on the theme's pages: WCAG 2.2 (AA) wants a contrast of 4.5 : 1, also on the colour's own
wash. Pages take the nearest shade that can be read, so that nobody is shut out; write a shade of your own that can be."

    WrongType "wrong-type" Deny
"The value is of another kind than the key takes: a text where a list is wanted, a number where a date is wanted."

    OutOfRange "out-of-range" Deny
"The value is of the right kind but outside of what it can mean: an emotion beyond -2 and 2, an incident
fixed before it was noticed."

    DuplicateId "duplicate-id" Deny
"Two things of one kind have the same id, once letters are lower-cased and spaces and `_` become `-`.

Ids are file names and table keys. Checklists' ids are unique in the playbook, items' ids in their checklist."

    DeadLink "dead-link" Deny
"A link leads to nothing: no such file, address or id; or to a page that is a draft, not yet published or expired, which the
finding says."

    DeadAnchor "dead-anchor" Deny
"The page exists, the heading that the link names after `#` does not."

    DeadAsset "dead-asset" Deny
"An image or file that a page uses is not there."

    DeadExternalLink "dead-external-link" Deny
"A link to another site leads nowhere: nothing is called so, nobody answers, or the answer is that there is no such page. `trustbook check
--external` looks for it, after three tries and a pause between them.

A site that asks for a name, or that wants to be left alone, is no finding; how many there were is said at the end. Addresses that answer
people and not programs belong into `skip` of `[external]`."

    DeadExternalAnchor "dead-external-anchor" Warn
"The page of another site is there, the heading that the link names after `#` is not. Looked at is the page as it is sent: what a script adds
later is not in it. `trustbook check --external` looks for it."

    MovedExternalLink "moved-external-link" Allow
"The other site says that the page has moved for good (301 or 308). The link still works; write the new address before the old one is given
up. It is a finding only where `[checks]` names it, and `trustbook check --external` looks for it."

    UndefinedFootnote "undefined-footnote" Warn
"A footnote is used that nothing defines, so it stands there as it was typed. A definition inside an audience block does not
reach out of it."

    UndefinedTerm "undefined-term" Deny
"A `term:` link names a word that the glossary does not have. Add it to `content/glossary.toml`."

    RouteCollision "route-collision" Deny
"Two pages, aliases or files would stand at one address, also once capital letters and Unicode forms are made equal.

Change the `slug` of one, or drop the alias."

    VanishedAddress "vanished-address" Deny
"A page was live and has neither page nor alias now, so that bookmarks and links from elsewhere lead to nothing. `trustbook check --against`
looks for it, in the manifest that publishing leaves or in the folder of a site that was built before.

Add the old address to `aliases` of the page that says it now; the finding names the likeliest. Only Markdown pages take `aliases`: where
a promise, journey or department was renamed, redirect its address where the site is served. The following pages of long lists are not looked at."

    VanishedAnchor "vanished-anchor" Warn
"A heading was live and its page has nothing of that name any more, so that links to it open the page at its top. `trustbook check --against`
looks for it.

Write the old name after the heading that says it now: `## Title {#old-name}`."

    LeaksToAudience "leaks-to-audience" Deny
"Prose for a wider audience links to something that only a narrower one may see.

Put the sentence into an `:::audience` block, or widen what it links to. It is reported whichever edition is built. A target of
`[publish]` that is `public = true` and would get an edition for your own people is reported under this code as well."

    LeakedText "leaked-text" Deny
"A file of the edition that is about to be published holds words of something that the edition leaves out: a title, an id, eight words in a
row, or one of the `canaries` of `[editions]`. The finding names the file and byte, and the words in their source.

It cannot come from content, which is left out before anything is drawn; so look at what goes another way: a template or script of your own
theme, a file in `static/`, an image in `content/`. `trustbook publish` stops at it, whatever `[checks]` says."

    UnsafeLink "unsafe-link" Deny
"The link's scheme can run something or is unknown. Only http, https, mailto, tel and the playbook's own ids become links."

    ChecklistItemWithoutId "checklist-item-without-id" Deny
"A checklist's item has no `{#id}` at the end of its first line.

Readers' ticks are kept under the id, so that rewording an item does not lose them."

    UnclosedDirective "unclosed-directive" Deny
"A directive is opened and never closed, or a closing line closes nothing. It closes at a line of exactly as many colons."

    RawHtml "raw-html" Warn
"The sanitiser removed a tag or an attribute. Write `raw_html = \"trusted\"` in the settings only if every author may run
scripts in every reader's browser."

    UnreadableData "unreadable-data" Warn
"A survey file cannot be read: it is empty, no text in UTF-8, over 2 GiB, or lacks columns. None of its rows is counted.

One answer a row: `date,metric,score`, and where known `stage`, `touchpoint`, `persona`, `channel`, `department`, `locale`. Or counted
already: `period,metric,score,count`, or `period,metric,n,promoters,passives,detractors`. `metric` may be missing where one
metric alone names the file; a column may also be called as its metric, or be named by the metric's `column`. Exports of survey
tools with `Score` and `Submitted At`, `Created At` or `RecordedDate` are understood as they are. Commas, semicolons or tabs separate."

    RejectedRows "rejected-rows" Warn
"Rows of a survey file are not counted: their answer is outside of its scale, their date cannot be read, and the like. One finding a
file and reason names the first 20 lines and counts the rest. What stands in the rows is never quoted: it may be anybody's words.

A row that names a stage, persona or channel which the playbook does not have counts in the total, not by that word."

    MetricWithoutData "metric-without-data" Warn
"Nothing is counted for this metric: it names no file, or the file has no row for it. Its promises keep their declared states."

    UnreachableTarget "unreachable-target" Warn
"No number of answers reaches this target: with `proof = \"lower\"`, the near end of an interval has to, and that of a share stays
below 100 % however many are kept. Choose a target that may be missed sometimes, or `proof = \"point\"`."

    ContradictedStatus "contradicted-status" Warn
"The promise's `status` says another word than its metric, which has answers enough to decide. The metric's state is shown. Correct the
word, and write into the promise's `history` what happened."

    UnspecificPromise "unspecific-promise" Warn
"The promise says neither how many, nor until when, nor for whom, so that nobody can tell whether it is kept. Looked at are its words in
the language that it was written in, where that is English, Swedish or Indonesian."

    UnmeasuredPromise "unmeasured-promise" Warn
"Nothing measures this promise, so nobody will notice when it breaks. Name a metric."

    UnownedPromise "unowned-promise" Warn
"Nobody owns this promise. Give it an `owner`: a role that answers for it."

    PromiseNowhereMade "promise-nowhere-made" Warn
"No customer was ever told this: no `made_in`, and no touchpoint names it. Say where it is made, or drop it."

    VaguePromise "vague-promise" Warn
"Words for customers that nobody can verify (`promptly`) or nobody can keep (`always`), in a paragraph that links no promise.

Say the number, or link the promise that the sentence leans on: `[one working day](promise:reply-within-a-day)`. It is looked
for in prose of audiences that include no other, and in `script` asides."

    SilentStage "silent-stage" Warn
"A stage has no touchpoint, or no strategy serves it. Customers pass through it all the same."

    DepartmentWithoutPromise "department-without-promise" Warn
"The department meets customers and promises them nothing. Billing is the classic one."

    PainWithoutOpportunity "pain-without-opportunity" Warn
"A touchpoint has pains and no opportunity: written down, and nothing follows."

    UncoveredPillar "uncovered-pillar" Warn
"No strategy serves this pillar of trust."

    OverdueReview "overdue-review" Warn
"The date of the last review plus its interval has passed. Review it and move `last_reviewed`."

    ExpiredClaim "expired-claim" Warn
"The claim's `expires_on` has come. It is still shown: look its source up again, or take it out."

    FutureDate "future-date" Warn
"A date lies after the day of the build where only the past makes sense, such as `last_reviewed`. One warning a file."

    IncidentOrder "incident-order" Warn
"Days of an incident stand in an order that cannot have been: an apology says that it happened, so `acknowledged` does not lie
after `apologised`; what was learnt is told once it is mended, so `told` does not lie before `fixed`. Before `noticed` nothing
can lie at all: that is `out-of-range`."

    UncitedFigure "uncited-figure" Warn
"A figure (`86 %`, `five per cent`, `3 ×`, `three times as many`) in a paragraph, list item or row of a table that names no source.

Link where it comes from: `[86 %](claim:sprout-transparency-86)`, or `metric:` for a figure of your own. It is looked for in
Markdown files, in English, Swedish and Indonesian words and everywhere as `%` and `×`; not in headings, code, formulas, the text of
images, registers or `script` asides. 100 % is an absolute, of which `vague-promise` tells. A playbook that reckons with figures of
its own more than it cites others may say `uncited-figure = \"allow\"` in `[checks]`."

    LonelyGuide "lonely-guide" Warn
"No other page's prose links to this guide, so only the navigation leads to it."

    HeadingOrder "heading-order" Warn
"A heading skips a level. The page's title is level 1, so a page's own headings start at `##`."

    ImageWithoutAlt "image-without-alt" Warn
"The image says nothing to those who cannot see it. Write what it shows between the square brackets."

    EmptyChecklist "empty-checklist" Warn
"The checklist has no item."

    OrphanedTranslation "orphaned-translation" Warn
"The file translates one that does not exist; most often its source was renamed. Rename it as well, or take it away."

    UntranslatedText "untranslated-text" Warn
"A paragraph or text of a translation says, letter by letter, what its source says. Either it was forgotten, or it needs no
translation: then leave it out, and it falls back with its language marked.

Looked at are texts of 40 letters and more, outside of quotations, code and headings."

    UnevenList "uneven-list" Warn
"A list of a translation has fewer entries than its source's. Entries are matched by their place, so nobody can tell which one was left
out: what follows it may stand beside another entry's source.

Write as many entries as the source has, in its order. An empty text, `\"\"`, keeps the place of one that is not translated yet: that one
falls back. Entries beyond the source's are `unknown-key`."

    OffGlossary "off-glossary" Warn
"The source uses a word of the glossary, and its translation never uses the word that the glossary gives it in this language.

Readers look a word up as they read it, and two words for one thing are taken for two things. Use the glossary's, or change the
glossary's translation. A word that is also an everyday one may say `fixed = false` in `content/glossary.toml`."

    HardToRead "hard-to-read" Allow
"The prose of this page is harder than people read in passing. It is a finding only where `[checks]` names it; `trustbook audit`
reports how every page reads.

Measured is prose alone, without headings, lists, tables and quotations, of at least 100 words: in English the Flesch–Kincaid
grade (hard above 12), in Swedish LIX (hard above 50), in Indonesian words a sentence (hard above 20). Shorter sentences help most."

    MissingString "missing-string" Warn
"The theme lacks words in a language of the site, so that another language's stand in their place, marked as such; or a
template asks for words that no language has.

Write them into `themes/NAME/strings/LANG.ftl`: it lies over the built-in words, message by message."

    UnusedString "unused-string" Warn
"A string of the playbook's own theme is asked for by no template and overrides none of the built-in ones. Most often its
name is misspelt. `trustbook theme check` also looks for arguments in such words that nobody fills."

    LostMarkup "lost-markup" Deny
"A text that came back from a translator lacks something that its source has, or has something beyond it: a link within the
playbook, an `{#id}`, a footnote, a directive. `trustbook translate import` takes nothing of such a file.

Write in the file what the finding names as it stands in the source. Words, anchors after `#` and links to other sites may differ."

    DottedName "dotted-name" Warn
"A dot in a file's name is kept for languages: `contact.sv.md`. The file is built under its whole name."

    InvalidMath "invalid-math" Warn
"The formula cannot be read as LaTeX. It is shown as it was typed."
}

impl Code {
    /// The rule called `name`.
    pub fn named(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The first sentence of an explanation in one line, without its full stop.
pub fn first_sentence(explanation: &str) -> String {
    let words = explanation.split_whitespace().collect::<Vec<_>>().join(" ");
    words.split(". ").next().unwrap_or_default().trim_end_matches('.').to_string()
}
