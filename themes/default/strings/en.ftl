state-kept = Kept
state-at-risk = At risk
state-broken = Broken
state-made = Made
state-withdrawn = Withdrawn
overdue = Review overdue
owner = Owner
reviewed = Reviewed
next-review = Next review
on-this-page = On this page
kind-journeys = Journeys
kind-checklists = Checklists
# --- journeys
# The map, the stage page, the front page and coverage.
curve-everybody = Customers
curve-comma = {", "}
curve-semicolon = {"; "}
curve-value = { $who } { $value }
curve-unknown = not known
curve-touchpoint = { $number } { $touchpoint }: { $values }
curve-stage = { $stage }: { $touchpoints }
curve-stage-empty = { $stage }: no touchpoints yet

count-touchpoints = { $count ->
    [one] { $count } touchpoint
   *[other] { $count } touchpoints
}
count-moments = { $count ->
    [one] { $count } moment of truth
   *[other] { $count } moments of truth
}
count-promises = { $count ->
    [one] { $count } promise
   *[other] { $count } promises
}
count-items = { $count ->
    [one] { $count } item
   *[other] { $count } items
}
days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

map-objective = Objective
map-target = target
map-personas = Personas
map-department = Department
map-all-departments = All departments
map-stages = Stages
map-region = Journey map, scrolls sideways on a narrow screen
map-caption = Stages are columns, lanes are rows. Numbers are touchpoints, the same in every lane.
map-lane = Lane
map-touchpoints = { $count ->
    [one] Touchpoint { $first }
   *[other] Touchpoints { $first }–{ $last }
}
map-checklist = { $count } to do
map-no-stages = This journey has no stages yet. Write the first one:
map-no-touchpoints = Nobody meets anybody here yet. Write the first touchpoint of a stage:

lane-goal = Customer’s goal
lane-actions = Actions
lane-actions-note = what they do
lane-touchpoints = Touchpoints
lane-touchpoints-note = and channels
lane-touchpoints-empty = None yet
lane-thoughts = Thoughts
lane-thoughts-note = in their words
lane-feelings = Feelings
lane-feelings-note = −2 to +2
lane-pains = Pains and barriers
lane-gaps = Meant and felt
lane-gaps-note = where the gap is widest
lane-promises = Promises
lane-promises-note = ours to keep
lane-opportunities = Opportunities
lane-departments = Departments
lane-departments-note = and backstage

moment = Moment of truth
pain = Pain
barrier = Barrier
opportunity = Opportunity
evidence-researched = researched
evidence-partial = partly researched
evidence-assumed = assumed
gap-meant = Meant
gap-felt = Felt
gap-word = Gap
gap-more = { $count } more
gap-label = Meant { $meant }, felt { $felt }, gap { $gap }
legend = Key
legend-visibility = The double rule is the line of visibility
not-known = not known

numbers-title = The curve as numbers
numbers-stage = Stage
numbers-number = No.
numbers-touchpoint = Touchpoint
numbers-evidence = Evidence

floor-title = Trust floor
floor-department = Department
floor-share = Kept
floor-judged = of judged
floor-mean = mean
floor-lowest = floor
floor-lowest-stage = Lowest stage
floor-not-known = Not known: nothing judged
floor-nothing-judged = Not known: no promise here is called kept or broken yet.
floor-empty = No department meets a customer on this journey yet.
floor-sentence = { $department } sets the floor: { $kept } of { $judged ->
    [one] 1 promise
   *[other] { $judged } promises
} kept. The mean of the departments is { $mean }{ $unknown ->
    [0] .
    [one] ; of one department nothing is known.
   *[other] ; of { $unknown } departments nothing is known.
}

floor-sentence-occasions = { $department } sets the floor: kept on { $kept } of { $judged ->
    [one] 1 occasion
   *[other] { $judged } occasions
}. The mean of the departments is { $mean }{ $unknown ->
    [0] .
    [one] ; of one department nothing is known.
   *[other] ; of { $unknown } departments nothing is known.
}
floor-sample = From sample data.
floor-lift = Keeping promise { $number } would lift it to { $to }.
floor-lift-occasions = Promise { $number } was missed { $missed ->
    [one] once
   *[other] { $missed } times
}; without that the floor would be { $to }.

figure-answers = { $count ->
    [one] 1 answer
   *[other] { $count } answers
}
figure-occasions = { $count ->
    [one] 1 occasion
   *[other] { $count } occasions
}
figure-interval = 95% interval { $low } to { $high }
figure-interval-from = 95% interval from { $low }, upper end not known
figure-interval-to = 95% interval to { $high }, lower end not known
figure-p90 = nine of ten within { $value }
figure-hidden = Too few answers to show
figure-empty = No answers yet
figure-sample = sample data
period-quarter = Q{ $quarter } { $year }
period-span = { $from } to { $to }
change-up = Higher in { $to } than in { $from }, beyond chance
change-down = Lower in { $to } than in { $from }, beyond chance
change-unclear = No clear change from { $from } to { $to }
figure-kept-occasions = kept on { $share } · { $interval } · { $n ->
    [one] 1 occasion
   *[other] { $n } occasions
}
budget-left = { $left ->
    [0] None may be missed any more
    [one] 1 more may be missed
   *[other] { $left } more may be missed
}: { $missed } of { $n } were in { $period }
budget-spent = { $left } too many: { $missed } of { $n } missed in { $period }
by-stage = By stage
by-touchpoint = By touchpoint
by-persona = By persona
by-channel = By channel
by-department = By department
by-language = By language
by-not-stated = not stated
specific-number = how many
specific-deadline = when
specific-whom = for whom
specific-nothing = neither how many, nor when, nor for whom

# --- charts
chart-value = Value
chart-interval = 95% interval
chart-n = Answers
chart-period = Period
chart-share = Share
chart-score-head = Score
chart-numbers = All numbers
chart-by-period = by period
chart-answers = answers by score
chart-note-share = Filled bars count for the figure.
chart-note-net = Filled bars count for the figure, empty ones against it, grey ones neither way.
target-reached = target reached
target-unclear = too close to tell
target-missed = target missed
chart-target = target { $target }
chart-score = { $score }: { $count ->
    [one] 1 answer
   *[other] { $count } answers
}
chart-periods-label = { $count ->
    [one] One period, { $last } in { $to }
   *[other] { $count } periods, from { $first } in { $from } to { $last } in { $to }
}
metric-empty = Not measured yet. Name a file with answers at the metric:
gap-title = From meant to felt
gap-note = Where what we mean and what customers report lie furthest apart. The ring is what we mean, the disc what is felt.
gap-empty = Nobody has written yet which feeling we aim at. At a touchpoint:
gap-measured = Measured against target
gap-metric-short = { $value }, target { $target }: { $gap } off
gap-metric-reached = { $value }, target { $target }
lane-gap-curve = Meant and felt
lane-gap-curve-note = as curves
front-trust = Trust
front-satisfaction = Satisfaction
front-effort = Effort
front-not-measured = Not measured yet. Write a metric:
front-more-metrics = { $count ->
    [one] 1 more
   *[other] { $count } more
}

stage-position = Stage { $number } of { $count }
stage-strip = Stages of this journey
stage-touchpoints = Touchpoints
stage-feeling = Feeling, −2 to +2
stage-gap = From felt (disc) to meant (ring)
stage-pains = Pains, barriers, opportunities
stage-no-pain = No pain known
stage-not-asked = Not asked
stage-no-touchpoints = No touchpoints yet: where does the customer meet us in this stage? Write the first one:
stage-promises = Promises in force
stage-no-promises = No promise is in force here. Give a promise this stage:
stage-strategies = Strategies by pillar
stage-effort-impact = effort / impact
stage-no-pillar = Without a pillar
stage-pillar-unserved = No strategy serves this pillar here
stage-no-strategies = No strategy serves this stage. Give a strategy this stage:
stage-checklists = Checklist
stage-no-checklist = Nothing to tick off yet. Write the first item:
stage-metrics = Metrics
stage-neighbours = Previous and next stage
stage-previous = Previous stage
stage-next = Next stage
promise = Promise
strategies-none = No strategy here yet.
promises-none = No promise here yet.
checklist-progress = Progress
checklist-owner = Owner
checklist-date = Date
checklist-signature = Signature
promise-state = State
promise-department = Department
metric-kind-nps = Net promoter score, −100 to 100
metric-kind-csat = Satisfaction: share of 4 and 5 of 5
metric-kind-ces = Effort: mean of 1 to 7
metric-kind-ces-top3 = Effort: share of 5 to 7 of 7
metric-kind-ces-net = Effort: share of 6 and 7 less share of 1 to 3
metric-kind-trust = Trust: share of 6 and 7 of 7
metric-kind-rate = Share of occasions
metric-kind-duration = Median of durations
metric-kind-count = Number of events
grade-low = low
grade-medium = medium
grade-high = high

front-kept = Promises kept
front-of = of
front-reviews = Reviews in date
front-nothing-overdue = Nothing overdue
front-overdue = Overdue reviews
front-overdue-words = { $count } overdue, longest { $longest }
front-overdue-more = { $count } more
card-no-feelings = Nobody has written yet what customers feel here. At a touchpoint:
card-no-stages = No stages yet. Write the first one:
front-all-checklists = All checklists
front-states = Promises by state
front-register = Register
front-count = Count
front-marks = One mark a promise
front-trouble = { $broken ->
    [0] { $risk } at risk
   *[other] { $risk ->
        [0] { $broken } broken
       *[other] { $broken } broken, { $risk } at risk
    }
}
front-lowest = Lowest: { $number } { $touchpoint }, { $value }
front-empty = No promise and no journey is written down here yet. One of these files is a beginning:
front-empty-promises = What you have promised to customers, who has to keep it, and where it was said.
front-empty-journey = Where a customer meets you, stage by stage, and how that feels.
front-empty-guide = How you work: a page of Markdown for each thing that people ask.
front-empty-new = Makes a small playbook of all these, with comments that teach.
front-no-journeys = No journey yet. Write the first one:
front-no-promises = No promise yet. Write the first one:
due-what = What
due-day = Due
due-late = Overdue
thing-page = Page
thing-overview = Overview
thing-strategy = Strategy
thing-pillar = Pillar
thing-persona = Persona
thing-recovery = Recovery
thing-journey = Journey
thing-stage = Stage
thing-promise = Promise
thing-metric = Metric
thing-department = Department
thing-channel = Channel
thing-claim = Claim
thing-term = Term
thing-checklist = Checklist

coverage-lede = Which strategies serve which stage, by the part of trust that they carry. A hatched cell is served by none.
coverage-stage = Stage
coverage-other = Without a pillar
coverage-none = Nothing yet
coverage-full = Every stage is served by every pillar
coverage-holes = { $count ->
    [one] { $count } cell without a strategy
   *[other] { $count } cells without a strategy
}
coverage-which = Which strategies
coverage-no-stages = This journey has no stages yet.
coverage-no-pillars = No pillar yet. Write the first one:

# --- every page
skip-link = Skip to content
moved = This page has moved
nav-menu = Menu
nav-label = Playbook
nav-front = Overview
nav-journeys = Journeys
nav-all-journeys = All journeys
nav-promises = Promises
nav-work = Work
nav-guides = Guides
nav-reference = Reference
crumbs = Breadcrumbs
language = Language
language-untranslated = Untranslated
scheme = Colours
scheme-auto = As the system
scheme-light = Light
scheme-dark = Dark
edition-internal = internal edition
edit-page = Edit this page
neighbours = Previous and next page
previous = Previous
next = Next
heading-link = Link to this section
footnote = Footnote { $number }
footnotes = Footnotes
footnote-back = Back to text
not-found = There is no such page
not-found-help = It may have been renamed or taken away. The navigation shows everything that there is.
not-found-home = To the overview
notice-draft = This page is a draft
notice-untranslated = This page is not yet in { $language }
notice-partly = Parts of this page are not yet in { $language }
notice-reading = You are reading it in { $language }.
notice-partly-reading = They stand in { $language }.
reading-time = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
linked-from = Linked from
pager = Page { $number } of { $count }
pager-label = Pages of this list
section-pages = In this section

# --- kinds
kind-promises = Promises
kind-metrics = Metrics
kind-strategies = Strategies
kind-recoveries = Recoveries
kind-incidents = Incidents
kind-reviews = Review dates
kind-coverage = Coverage
kind-pillars = Pillars
kind-personas = Personas
kind-departments = Departments
kind-channels = Channels
kind-claims = Claims
kind-glossary = Glossary
kind-tags = Tags

# --- asides
aside-note = Note
aside-tip = Tip
aside-warning = Warning
aside-promise = Promise
aside-risk = Risk
aside-script = Words to say
details = More

# --- registers
overview-empty = Nothing here yet.
promises-no-department = Without a department
promises-by-department = By department
promises-by-stage = By stage
promises-by-pillar = By pillar
promises-by-state = By state
kept-of-judged = { $kept } of { $judged } judged kept
stage-of-journey = { $stage } ({ $journey })
fact-and-value = { $fact }: { $value }
fact-stages = Stages
fact-effort = Effort
fact-impact = Impact
pillar-no-strategies = No strategy serves this pillar yet.
pillar-no-promises = No promise carries this pillar yet.
persona-goals = Goals
persona-pains = Pains
persona-values = Values
persona-behaviours = Behaviour
persona-evidence = Evidence
department-counts = { $touchpoints ->
    [one] { $touchpoints } touchpoint
   *[other] { $touchpoints } touchpoints
} · { $promises ->
    [one] { $promises } promise
   *[other] { $promises } promises
}
department-promises = What it has promised
department-no-promises = It has promised customers nothing.
department-touchpoints = Where customers meet it
department-no-touchpoints = No journey has a touchpoint with it.
department-no-strategies = It works by no strategy yet.
channel-empty = No touchpoint or promise is on this channel.
metric-target = Target
department-occasions = Measured
metric-proves = Proves
claim-source = Source
claim-date = Published
claim-sample = Sample
claim-expires = Look again by
claim-cited = Cited in
claim-expired = Expired: look its source up again
tag-pages = Pages with this tag
promise-pillar = Pillar
promise-channel = Channel
promise-metric = Proven by
promise-measured = Measured
promise-budget = Left to miss
promise-decided = State decided by
promise-decided-metric = the metric
promise-decided-declared = its owner’s word
promise-specific = It says
promise-since = In force since
promise-history = History
promise-no-history = Nothing has been noted yet. Write the first entry:
promise-date = Date
promise-happened = What happened
promise-touchpoints = Touchpoints that make it
promise-no-touchpoints = No touchpoint names this promise. At a touchpoint:
promise-incidents = When it broke
promise-siblings = Other promises of this department
promise-proof = Proof
promise-no-proof = Nothing is named as proof yet.
promise-made-in = Where it was made
promise-nowhere = Nowhere that we know of.
promise-leaning = Pages that lean on it
severity-annoyance = annoyance
severity-dissatisfaction = dissatisfaction
severity-disvalue = disvalue
incident-noticed = Noticed
incident-acknowledged = Acknowledged
incident-apologised = Apologised
incident-fixed = Fixed
incident-told = Told

incident-severity = Severity
incident-recovery = Recovery
incident-after = { $count ->
    [0] the same day
    [one] after { $count } day
   *[other] after { $count } days
}
incident-not-yet = not yet, { $count ->
    [0] noticed today
    [one] after { $count } day
   *[other] after { $count } days
}
incident-unknown = not known
incidents-lede = Promises that broke, and how long it took us to say so, to apologise, to mend it and to tell what we learnt. Days are counted from noticing.
incidents-log = What happened
incidents-promise = Promise
incidents-repeats = Severity and repetition
incidents-repeats-lede = What a breach costs is its severity times how often it comes back.
incidents-times = Times
incidents-ungraded = not graded
incidents-recoveries = What to do when it happens
incidents-none = No incident has been written down. One entry each:

reviews-lede = Everything that somebody has to look at again, by owner; who has waited longest comes first.
reviews-key-overdue = overdue
reviews-key-total = with a review date
reviews-by-owner = By owner
reviews-overdue = Overdue
reviews-what = What
reviews-kind = Kind
reviews-reviewed = Reviewed
reviews-due = Next review
reviews-no-owner = No owner
reviews-none = Nothing has a review date yet. In front matter, a journey or a promise:
reviews-calendar = As a calendar
reviews-calendar-name = { $site }: reviews
reviews-event = Review: { $title }
reviews-event-owner = Owner: { $owner }

promises-overdue = { $count ->
    [one] { $count } review overdue
   *[other] { $count } reviews overdue
}
register-stages = Stages
register-target = Target
register-reviewed = Reviewed

# --- the audit
# The page, and what `trustbook audit` says in a terminal, in Markdown and in CSV.
audit-title = Promise audit
audit-of = Promise audit: { $site }, { $day }
audit-lede = What we promised, whether we kept it, and what nobody knows. Worst first: the agenda of a meeting, with room for its decisions.
audit-day = As of
audit-empty = There is nothing to audit yet: begin with a promise that you have made to customers, in content/promises.toml.
audit-narrow = This edition leaves things out on purpose, so only promises that are broken, at risk or overdue are looked for.
audit-nothing = Nothing is wrong that the playbook could know of. Somebody should try a promise as a customer would.
audit-kept-about = Of those of which it is known.
audit-weight-broken = Broken
audit-weight-broken-about = Customers notice these.
audit-weight-unsure = Unsure
audit-weight-unsure-about = Nobody can say that these hold.
audit-weight-unfinished = Unfinished
audit-weight-unfinished-about = Work that was begun and left.
audit-accounts = Made against kept
audit-basis-occasions = Weakest first, by the occasions on which promises were kept
audit-basis-promises = Weakest first, by promises kept of those judged
audit-made = Made
audit-share = Kept on
audit-judged = of
audit-late-short = Overdue
audit-total = All departments
audit-interval = { $low }–{ $high }
audit-more = { $count ->
    [one] 1 more; trustbook audit --format csv lists all
   *[other] { $count } more; trustbook audit --format csv lists all
}
audit-lines = { $count ->
    [one] 1 line
   *[other] { $count } lines
}
audit-whose = Whose
audit-known = What is known
audit-decision = Decision, name, date
audit-sign = Sign-off
audit-sign-about = Who signs has seen the lines of their department and decided about them.
audit-who = For
audit-chair = The meeting
audit-undeliverable-promise = Promises that cannot be kept
audit-undeliverable-promise-about = Broken for as long as anybody has looked. Repairing again will not do: make it smaller, pay for it, or withdraw it.
audit-broken-promise = Broken promises
audit-broken-promise-about = Customers were told this and it does not hold. Decide: repair, fund, make smaller or withdraw.
audit-promise-at-risk = Promises at risk
audit-promise-at-risk-about = The figures do not prove that these hold. Count more cases, or do better.
audit-department-without-promise = Departments that meet customers and promise nothing
audit-department-without-promise-about = Trust is lost here unseen. Give each a promise that it can keep.
audit-unowned-promise = Promises that nobody owns
audit-unowned-promise-about = Kept by accident. Name a role, and the department that has to keep it.
audit-unmeasured-promise = Promises that nothing measures
audit-unmeasured-promise-about = Nobody can say whether these hold. Name a metric, or bring its answers.
audit-overdue-review = Promises with an overdue review
audit-overdue-review-about = Nobody has looked in time, whatever the state says. Give a date, or hand the promise over.
audit-promise-nowhere-made = Promises made nowhere
audit-promise-nowhere-made-about = No customer was told, so keeping them earns no trust. Say them, or strike them out.
audit-pain-without-opportunity = Pains without an opportunity
audit-pain-without-opportunity-about = Written down, and nothing follows. What hurts here will hurt next year.
audit-unowned-opportunity = Opportunities without an owner
audit-unowned-opportunity-about = Good ideas that nobody has been asked to carry out.
audit-assumed-touchpoint = Touchpoints that we only assume
audit-assumed-touchpoint-about = Nobody has asked a customer. Moments of truth first.
audit-idle-strategy = Strategies that serve no stage
audit-idle-strategy-about = Nobody on any journey gets anything from these. Name their stages, or let them go.
audit-against = { $value }, target { $target }
audit-against-lower = { $value }, target at most { $target }
audit-sample = The figures are sample data.
audit-declared = Says its owner; nothing is measured
audit-missed-periods = Target missed in each of the last { $count } periods
audit-broken-entries = Found broken { $count } times in a row
audit-no-owner = No owner
audit-no-department = No department has to keep it
audit-no-owner-nor-department = No owner, and no department has to keep it
audit-no-metric = No metric
audit-no-target = Its metric has no target
audit-late = { $days } overdue
audit-due = due { $day }
audit-in-force = In force: { $stage }
audit-in-force-more = In force: { $stage } and { $count } more
audit-felt = Feels { $value }

# --- search engines
page-of-site = { $page }: { $site }

# --- preview
# The bar of `trustbook serve` and what it opens. Never in the built site.
preview-bar = Preview
preview-language = Language
preview-audience = Audience
preview-drafts = Drafts
preview-date = Day
preview-source = Copy the path of this page’s file
preview-copied = Copied
preview-templates = Templates
preview-close = Close
preview-polling = Looks once a second
preview-last-good = This is the page as it was before.
preview-missing = There is no page at this address. Perhaps one of these?
preview-missing-none = There is no page at this address.
preview-badge-draft = Draft
preview-badge-fallback = Not translated
preview-badge-overdue = Review overdue
preview-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
preview-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}

# --- search
search-label = Search
search-pages = Pages
search-results = Results
search-none = Nothing found. Try another word, or fewer.
search-help = Arrow keys move, Enter opens, Escape closes.
search-kind = Kind
search-stage = Stage
search-all = All
search-more = There are more: add a word.
search-close = Close search
search-failed = Search could not be loaded. Reload the page, or look in the navigation.

# --- how far promises are kept, in lists of them
proof-head = Kept; tick: target
proof-now = Now
proof-declared = As its owner says
proof-none = Not proven yet
proof-withdrawn = No longer in force

# --- what the map's tools do
map-lanes = Lanes
map-print = Print
map-a3 = A3, all stages
map-a4 = A4, a page a stage
map-keys = Arrow keys walk from cell to cell

# --- where customers leave
drop-off = Customers leave

# --- languages: how pages read, in the audit
audit-reading = How pages read
audit-reading-about = Pages with a hundred words of prose and more, hardest first. Headings, lists and quotations are not counted; each language has a measure of its own.
audit-reading-measure = Measured by
audit-reading-limit = Hard above
audit-reading-line = { $measure } { $value }, { $sentence } words a sentence
audit-reading-hard = { $measure } { $value }, { $sentence } words a sentence: hard
reading-grade = School grade (Flesch–Kincaid)
reading-lix = LIX
reading-sentence = Words a sentence

# --- translations
# What readers of a translation are told that is older than its source, and the page that says what each language lacks.
language-outdated = Outdated
notice-stale = This translation is older than its source
notice-stale-about = The text in { $language } has changed since it was made.
preview-badge-stale = Outdated translation
translations-title = Translations
translations-lede = What each language lacks, and what is older than its source. Readers get another language there, or an old text, and are told so.
translations-percent = { $percent } of the words are current
translations-current = Current
translations-stale = Older than its source
translations-unaccepted = Not accepted
translations-missing = Not translated
translations-stale-texts = { $count ->
    [one] { $count } text older than its source
   *[other] { $count } texts older than their source
}
translations-unaccepted-texts = { $count ->
    [one] { $count } text not accepted
   *[other] { $count } texts not accepted
}
translations-missing-texts = { $count ->
    [one] { $count } text not translated
   *[other] { $count } texts not translated
}
translations-what = Page
translations-open = What is open
translations-source = File
translations-nothing = Everything is translated from today’s source.
translations-more = { $count ->
    [one] And { $count } more, which this command lists:
   *[other] And { $count } more, which this command lists:
}

# --- checklists: what their script says
# %done, %all, %na, %count, %item, %name, %fresh, %other are filled by the script; leave them as they are, in any order.
# Numbers stand apart from nouns, so that no plural is needed.
ticks-count = %done of %all done
ticks-count-na = %done of %all done, %na not applicable
ticks-short = %done of %all
ticks-all = All checklists
ticks-here = These checklists together
ticks-none-open = Everything on the checklists is done.
# A button beside every item: not applicable. Three or four letters.
ticks-na = n/a
ticks-na-word = not applicable
ticks-na-label = n/a (not applicable): %item
ticks-copy = Copy as Markdown
ticks-copied = Copied.
ticks-copy-by-hand = Copy this
ticks-close = Close
ticks-export = Export
ticks-export-markdown = Export as Markdown
ticks-exported = Saved as a file.
ticks-import = Import
ticks-link = Link with ticks
ticks-linked = Link copied. Whoever opens it is asked first.
ticks-too-many = More ticks than a link can carry. Export a file.
ticks-reset = Reset
ticks-reset-all = Reset all
ticks-was-reset = Ticks taken away: %count.
ticks-merged = Items changed: %count.
ticks-nothing = Nothing to change.
ticks-undo = Undo
ticks-undone = As it was before.
ticks-gone = No longer in the playbook
ticks-off = This browser keeps nothing here: ticks last until you leave the page. Export them to keep them.
ticks-full = This browser has no room left for ticks: the last ones are lost when you leave the page. Export them to keep them.
ticks-later = These ticks were kept by a later version of the playbook. What you tick here is not kept.
ticks-large = The file is larger than 1 MB: no export of ticks is.
ticks-unreadable = This file holds no ticks.
ticks-newer = These ticks were saved by a later version of the playbook.
ticks-foreign = This file belongs to another playbook: %name.
ticks-link-title = This link carries ticks
ticks-link-text = Ticks: %count. New to you: %fresh. Otherwise set by you: %other. Nothing of yours is taken away.
ticks-link-some = Of items that do not stand on this page: %count.
ticks-link-unknown = None of them belongs to an item on this page.
ticks-link-unreadable = They cannot be read: perhaps a part of the link is missing.
ticks-link-foreign = They belong to another playbook.
ticks-yes = Take them over
ticks-no = Leave mine as they are
department-no-checklists = Nothing on the checklists names it. Give a list or an item this owner.

# --- packs: the playbook, or a part of it, in one file
pack-contents = Contents
pack-day = As of
pack-pages = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}
pack-home = The playbook online
pack-empty = Nothing belongs to it yet.

# The feed of changes.
feed-title = { $site }: changes
feed-added = New: { $title }
feed-changed = Changed: { $title }
feed-reviewed = Reviewed: { $title }
feed-state = { $state }: { $title }
