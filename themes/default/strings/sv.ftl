state-kept = Hållet
state-at-risk = I riskzonen
state-broken = Brutet
state-made = Givet
state-withdrawn = Återkallat
overdue = Försenad översyn
owner = Ägare
reviewed = Senaste översyn
next-review = Nästa översyn
on-this-page = På den här sidan
kind-journeys = Kundresor
kind-checklists = Checklistor
# --- kundresor
# Kartan, skedets sida, förstasidan och täckningen.
curve-everybody = Kunder
curve-comma = {", "}
curve-semicolon = {"; "}
curve-value = { $who } { $value }
curve-unknown = inte känt
curve-touchpoint = { $number } { $touchpoint }: { $values }
curve-stage = { $stage }: { $touchpoints }
curve-stage-empty = { $stage }: inga kontaktpunkter ännu

count-touchpoints = { $count ->
    [one] { $count } kontaktpunkt
   *[other] { $count } kontaktpunkter
}
count-moments = { $count ->
    [one] { $count } sanningens ögonblick
   *[other] { $count } sanningens ögonblick
}
count-promises = { $count ->
    [one] { $count } löfte
   *[other] { $count } löften
}
count-items = { $count ->
    [one] { $count } punkt
   *[other] { $count } punkter
}
days = { $count ->
    [one] { $count } dag
   *[other] { $count } dagar
}

map-objective = Syfte
map-target = mål
map-personas = Personor
map-department = Avdelning
map-all-departments = Alla avdelningar
map-stages = Skeden
map-region = Kundresans karta, rullas i sidled på en smal skärm
map-caption = Skeden är kolumner, banor är rader. Siffrorna är kontaktpunkter, desamma i varje bana.
map-lane = Bana
map-touchpoints = { $count ->
    [one] Kontaktpunkt { $first }
   *[other] Kontaktpunkter { $first }–{ $last }
}
map-checklist = { $count } att göra
map-no-stages = Den här kundresan har inga skeden ännu. Skriv det första:
map-no-touchpoints = Här möter ingen någon ännu. Skriv den första kontaktpunkten i ett skede:

lane-goal = Kundens mål
lane-actions = Handlingar
lane-actions-note = vad kunden gör
lane-touchpoints = Kontaktpunkter
lane-touchpoints-note = och kanaler
lane-touchpoints-empty = Inga ännu
lane-thoughts = Tankar
lane-thoughts-note = med kundens ord
lane-feelings = Känslor
lane-feelings-note = −2 till +2
lane-pains = Smärtpunkter och hinder
lane-gaps = Menat och upplevt
lane-gaps-note = där glappet är störst
lane-promises = Löften
lane-promises-note = som vi ska hålla
lane-opportunities = Möjligheter
lane-departments = Avdelningar
lane-departments-note = och bakom kulisserna

moment = Sanningens ögonblick
pain = Smärtpunkt
barrier = Hinder
opportunity = Möjlighet
evidence-researched = undersökt
evidence-partial = delvis undersökt
evidence-assumed = antaget
gap-meant = Menat
gap-felt = Upplevt
gap-word = Glapp
gap-more = { $count } till
gap-label = Menat { $meant }, upplevt { $felt }, glapp { $gap }
legend = Teckenförklaring
legend-visibility = Den dubbla linjen är synlighetslinjen
not-known = inte känt

numbers-title = Kurvan som siffror
numbers-stage = Skede
numbers-number = Nr
numbers-touchpoint = Kontaktpunkt
numbers-evidence = Underlag

floor-title = Förtroendegolv
floor-department = Avdelning
floor-share = Hållna
floor-judged = av bedömda
floor-mean = medel
floor-lowest = golv
floor-lowest-stage = Lägsta skedet
floor-not-known = Inte känt: inget är bedömt
floor-nothing-judged = Inte känt: inget löfte här är ännu kallat hållet eller brutet.
floor-empty = Ingen avdelning möter en kund på den här resan ännu.
floor-sentence = { $department } sätter golvet: { $kept } av { $judged ->
    [one] 1 löfte
   *[other] { $judged } löften
} hölls. Avdelningarnas medel är { $mean }{ $unknown ->
    [0] .
    [one] ; om en avdelning är inget känt.
   *[other] ; om { $unknown } avdelningar är inget känt.
}

floor-sentence-occasions = { $department } sätter golvet: hållet vid { $kept } av { $judged ->
    [one] 1 tillfälle
   *[other] { $judged } tillfällen
}. Avdelningarnas medel är { $mean }{ $unknown ->
    [0] .
    [one] ; om en avdelning är inget känt.
   *[other] ; om { $unknown } avdelningar är inget känt.
}
floor-sample = Ur exempeldata.
floor-lift = Hålls löfte { $number } lyfts golvet till { $to }.
floor-lift-occasions = Löfte { $number } missades { $missed ->
    [one] en gång
   *[other] { $missed } gånger
}; utan det vore golvet { $to }.

figure-answers = { $count ->
    [one] 1 svar
   *[other] { $count } svar
}
figure-occasions = { $count ->
    [one] 1 tillfälle
   *[other] { $count } tillfällen
}
figure-interval = 95‑procentsintervall { $low } till { $high }
figure-interval-from = 95‑procentsintervall från { $low }, övre gränsen inte känd
figure-interval-to = 95‑procentsintervall till { $high }, nedre gränsen inte känd
figure-p90 = nio av tio inom { $value }
figure-hidden = För få svar för att visas
figure-empty = Inga svar ännu
figure-sample = exempeldata
period-quarter = kv. { $quarter } { $year }
period-span = { $from } till { $to }
change-up = Högre { $to } än { $from }, mer än slumpen förklarar
change-down = Lägre { $to } än { $from }, mer än slumpen förklarar
change-unclear = Ingen tydlig förändring från { $from } till { $to }
figure-kept-occasions = hållet vid { $share } · { $interval } · { $n ->
    [one] 1 tillfälle
   *[other] { $n } tillfällen
}
budget-left = { $left ->
    [0] Inget mer får missas
    [one] Ett till får missas
   *[other] { $left } till får missas
}: { $missed } av { $n } missades { $period }
budget-spent = { $left } för många: { $missed } av { $n } missades { $period }
by-stage = Per skede
by-touchpoint = Per kontaktpunkt
by-persona = Per persona
by-channel = Per kanal
by-department = Per avdelning
by-language = Per språk
by-not-stated = inte angivet
specific-number = hur många
specific-deadline = när
specific-whom = för vem
specific-nothing = varken hur många, när eller för vem

# --- diagram
chart-value = Värde
chart-interval = 95‑procentsintervall
chart-n = Svar
chart-period = Period
chart-share = Andel
chart-score-head = Betyg
chart-numbers = Alla siffror
chart-by-period = per period
chart-answers = svar per betyg
chart-note-share = Fyllda staplar räknas in i siffran.
chart-note-net = Fyllda staplar räknas till siffrans fördel, tomma till dess nackdel, grå varken eller.
target-reached = målet nått
target-unclear = för nära målet för att avgöra
target-missed = målet missat
chart-target = mål { $target }
chart-score = { $score }: { $count ->
    [one] 1 svar
   *[other] { $count } svar
}
chart-periods-label = { $count ->
    [one] En period, { $last } { $to }
   *[other] { $count } perioder, från { $first } { $from } till { $last } { $to }
}
metric-empty = Inte mätt ännu. Ange en fil med svar vid måttet:
gap-title = Från menat till upplevt
gap-note = Där det vi menar och det kunderna berättar ligger längst isär. Ringen är det vi menar, den fyllda punkten det som upplevs.
gap-empty = Ingen har ännu skrivit vilken känsla vi siktar på. Skriv den vid en kontaktpunkt:
gap-measured = Mätt mot mål
gap-metric-short = { $value }, mål { $target }: { $gap } ifrån
gap-metric-reached = { $value }, mål { $target }
lane-gap-curve = Menat och upplevt
lane-gap-curve-note = som kurvor
front-trust = Förtroende
front-satisfaction = Nöjdhet
front-effort = Ansträngning
front-not-measured = Inte mätt ännu. Skriv ett mått:
front-more-metrics = { $count ->
    [one] 1 till
   *[other] { $count } till
}

stage-position = Skede { $number } av { $count }
stage-strip = Skeden i den här kundresan
stage-touchpoints = Kontaktpunkter
stage-feeling = Känsla, −2 till +2
stage-gap = Från upplevt (punkt) till menat (ring)
stage-pains = Smärtpunkter, hinder, möjligheter
stage-no-pain = Ingen smärtpunkt känd
stage-not-asked = Inte frågat
stage-no-touchpoints = Inga kontaktpunkter ännu: var möter kunden oss i det här skedet? Skriv den första:
stage-promises = Löften som gäller
stage-no-promises = Inget löfte gäller här. Ge ett löfte det här skedet:
stage-strategies = Strategier per pelare
stage-effort-impact = insats / effekt
stage-no-pillar = Utan pelare
stage-pillar-unserved = Ingen strategi stöder den här pelaren här
stage-no-strategies = Ingen strategi gäller i det här skedet. Ge en strategi det här skedet:
stage-checklists = Checklista
stage-no-checklist = Inget att bocka av ännu. Skriv den första punkten:
stage-metrics = Mått
stage-neighbours = Föregående och nästa skede
stage-previous = Föregående skede
stage-next = Nästa skede
promise = Löfte
strategies-none = Ingen strategi här ännu.
promises-none = Inget löfte här ännu.
checklist-progress = Avbockat
checklist-owner = Ägare
checklist-date = Datum
checklist-signature = Underskrift
promise-state = Status
promise-department = Avdelning
metric-kind-nps = Net Promoter Score, −100 till 100
metric-kind-csat = Nöjdhet: andel 4 och 5 av 5
metric-kind-ces = Ansträngning: medel av 1 till 7
metric-kind-ces-top3 = Ansträngning: andel 5 till 7 av 7
metric-kind-ces-net = Ansträngning: andel 6 och 7 minus andel 1 till 3
metric-kind-trust = Förtroende: andel 6 och 7 av 7
metric-kind-rate = Andel av tillfällena
metric-kind-duration = Median av tiderna
metric-kind-count = Antal händelser
grade-low = låg
grade-medium = medel
grade-high = hög

front-kept = Hållna löften
front-of = av
front-reviews = Översyner i tid
front-nothing-overdue = Inget är försenat
front-overdue = Försenade översyner
front-overdue-words = { $count ->
    [one] { $count } försenad
   *[other] { $count } försenade
}, längst { $longest }
front-overdue-more = { $count } till
card-no-feelings = Ingen har ännu skrivit vad kunderna känner här. Skriv det vid en kontaktpunkt:
card-no-stages = Inga skeden ännu. Skriv det första:
front-all-checklists = Alla checklistor
front-states = Löften per status
front-register = Register
front-count = Antal
front-marks = Ett märke per löfte
front-trouble = { $broken ->
    [0] { $risk } i riskzonen
    [one] { $risk ->
        [0] { $broken } brutet
       *[other] { $broken } brutet, { $risk } i riskzonen
    }
   *[other] { $risk ->
        [0] { $broken } brutna
       *[other] { $broken } brutna, { $risk } i riskzonen
    }
}
front-lowest = Lägst: { $number } { $touchpoint }, { $value }
front-empty = Här är ännu inget löfte och ingen kundresa nedskriven. En av de här filerna är en början:
front-no-journeys = Ingen kundresa ännu. Skriv den första:
front-no-promises = Inget löfte ännu. Skriv det första:
due-what = Vad
due-day = Senast
due-late = Försenad
thing-page = Sida
thing-overview = Översikt
thing-strategy = Strategi
thing-pillar = Pelare
thing-persona = Persona
thing-recovery = Gottgörelse
thing-journey = Kundresa
thing-stage = Skede
thing-promise = Löfte
thing-metric = Mått
thing-department = Avdelning
thing-channel = Kanal
thing-claim = Påstående
thing-term = Term
thing-checklist = Checklista

coverage-lede = Vilka strategier som gäller i vilket skede, efter den del av förtroendet som de bär upp. En streckad ruta har ingen.
coverage-stage = Skede
coverage-other = Utan pelare
coverage-none = Inget ännu
coverage-full = Varje pelare har stöd i varje skede
coverage-holes = { $count ->
    [one] { $count } ruta utan strategi
   *[other] { $count } rutor utan strategi
}
coverage-which = Vilka strategier
coverage-no-stages = Den här kundresan har inga skeden ännu.
coverage-no-pillars = Ingen pelare ännu. Skriv den första:

# --- varje sida
skip-link = Hoppa till innehållet
moved = Sidan har flyttat
nav-menu = Meny
nav-label = Handboken
nav-front = Översikt
nav-journeys = Kundresor
nav-all-journeys = Alla kundresor
nav-promises = Löften
nav-work = Arbete
nav-guides = Guider
nav-reference = Slå upp
crumbs = Brödsmulor
language = Språk
language-untranslated = Inte översatt
scheme = Färger
scheme-auto = Som systemet
scheme-light = Ljusa
scheme-dark = Mörka
edition-internal = intern utgåva
edit-page = Redigera sidan
neighbours = Föregående och nästa sida
previous = Föregående
next = Nästa
heading-link = Länk till det här avsnittet
footnote = Fotnot { $number }
footnotes = Fotnoter
footnote-back = Tillbaka till texten
not-found = Det finns ingen sådan sida
not-found-help = Den kan ha fått ett nytt namn eller tagits bort. I navigeringen syns allt som finns.
not-found-home = Till översikten
notice-draft = Den här sidan är ett utkast
notice-untranslated = Den här sidan finns ännu inte på { $language }
notice-partly = Delar av den här sidan finns ännu inte på { $language }
notice-reading = Du läser den på { $language }.
reading-time = { $minutes ->
    [one] { $minutes } minut
   *[other] { $minutes } minuter
}
linked-from = Länkas från
pager = Sida { $number } av { $count }
pager-label = Listans sidor
section-pages = I det här avsnittet

# --- slag
kind-promises = Löften
kind-metrics = Mått
kind-strategies = Strategier
kind-recoveries = Gottgörelser
kind-incidents = Incidenter
kind-reviews = Översyner
kind-coverage = Täckning
kind-pillars = Pelare
kind-personas = Personor
kind-departments = Avdelningar
kind-channels = Kanaler
kind-claims = Påståenden
kind-glossary = Ordlista
kind-tags = Etiketter

# --- sidorutor
aside-note = Obs
aside-tip = Tips
aside-warning = Varning
aside-promise = Löfte
aside-risk = Risk
aside-script = Så kan du säga
details = Mer

# --- register
overview-empty = Inget här ännu.
promises-no-department = Utan avdelning
promises-by-department = Per avdelning
promises-by-stage = Per skede
promises-by-pillar = Per pelare
promises-by-state = Per status
kept-of-judged = { $kept } av { $judged } bedömda hållna
stage-of-journey = { $stage } ({ $journey })
fact-and-value = { $fact }: { $value }
fact-stages = Skeden
fact-effort = Insats
fact-impact = Effekt
pillar-no-strategies = Ingen strategi stöder den här pelaren ännu.
pillar-no-promises = Inget löfte bärs av den här pelaren ännu.
persona-goals = Mål
persona-pains = Smärtpunkter
persona-values = Värderar
persona-behaviours = Beteende
persona-evidence = Underlag
department-counts = { $touchpoints ->
    [one] { $touchpoints } kontaktpunkt
   *[other] { $touchpoints } kontaktpunkter
} · { $promises ->
    [one] { $promises } löfte
   *[other] { $promises } löften
}
department-promises = Vad den har lovat
department-no-promises = Den har inte lovat kunderna något.
department-touchpoints = Var kunderna möter den
department-no-touchpoints = Ingen kundresa har en kontaktpunkt med den.
department-no-strategies = Den arbetar inte efter någon strategi ännu.
channel-empty = Ingen kontaktpunkt och inget löfte finns i den här kanalen.
metric-target = Mål
department-occasions = Uppmätt
metric-proves = Bevisar
claim-source = Källa
claim-date = Publicerat
claim-sample = Urval
claim-expires = Kontrolleras igen senast
claim-cited = Citeras i
claim-expired = För gammalt: slå upp källan igen
tag-pages = Sidor med den här etiketten
promise-pillar = Pelare
promise-channel = Kanal
promise-metric = Bevisas av
promise-measured = Uppmätt
promise-budget = Får missas
promise-decided = Status avgörs av
promise-decided-metric = måttet
promise-decided-declared = ägarens ord
promise-specific = Löftet anger
promise-since = Gäller sedan
promise-history = Historik
promise-no-history = Inget har antecknats ännu. Skriv den första raden:
promise-date = Datum
promise-happened = Vad som hände
promise-touchpoints = Kontaktpunkter där det ges
promise-no-touchpoints = Ingen kontaktpunkt nämner det här löftet. Skriv det vid en kontaktpunkt:
promise-incidents = När det bröts
promise-siblings = Avdelningens andra löften
promise-proof = Bevis
promise-no-proof = Inget är angivet som bevis ännu.
promise-made-in = Var det gavs
promise-nowhere = Ingenstans som vi känner till.
promise-leaning = Sidor som stöder sig på det
severity-annoyance = irritation
severity-dissatisfaction = missnöje
severity-disvalue = nedvärdering
incident-noticed = Upptäckt
incident-acknowledged = Bekräftad
incident-apologised = Ursäkt
incident-fixed = Åtgärdad
incident-told = Berättat

incident-severity = Allvarsgrad
incident-recovery = Gottgörelse
incident-after = { $count ->
    [0] samma dag
    [one] efter { $count } dag
   *[other] efter { $count } dagar
}
incident-not-yet = inte ännu, { $count ->
    [0] upptäckt i dag
    [one] efter { $count } dag
   *[other] efter { $count } dagar
}
incident-unknown = inte känt
incidents-lede = Löften som bröts, och hur lång tid det tog innan vi sade det, bad om ursäkt, åtgärdade det och berättade vad vi lärde oss. Dagarna räknas från upptäckten.
incidents-log = Vad som hände
incidents-promise = Löfte
incidents-repeats = Allvar och upprepning
incidents-repeats-lede = Vad ett löftesbrott kostar är allvaret gånger hur ofta det kommer tillbaka.
incidents-times = Gånger
incidents-ungraded = utan grad
incidents-recoveries = Vad du gör när det händer
incidents-none = Ingen incident har antecknats. Skriv en post för varje:

reviews-lede = Allt som någon ska se över igen, efter ägare; den som har väntat längst står först.
reviews-key-overdue = försenade
reviews-key-total = med översynsdatum
reviews-by-owner = Per ägare
reviews-overdue = Försenade
reviews-what = Vad
reviews-kind = Slag
reviews-reviewed = Senaste översyn
reviews-due = Nästa översyn
reviews-no-owner = Ingen ägare
reviews-none = Inget har något översynsdatum ännu. Skriv det i en sidas huvud, i en kundresa eller vid ett löfte:
reviews-calendar = Som kalender
reviews-calendar-name = { $site }: översyner
reviews-event = Översyn: { $title }
reviews-event-owner = Ägare: { $owner }

promises-overdue = { $count ->
    [one] { $count } försenad översyn
   *[other] { $count } försenade översyner
}
register-stages = Skeden
register-target = Mål
register-reviewed = Översyn

# --- löftesrevisionen
# Sidan, och det som `trustbook audit` säger i en terminal, i Markdown och i CSV.
audit-title = Löftesrevision
audit-of = Löftesrevision: { $site }, { $day }
audit-lede = Vad vi lovade, om vi höll det och vad ingen vet. Det värsta först: dagordningen för ett möte, med plats för dess beslut.
audit-day = Per den
audit-empty = Det finns inget att revidera ännu: börja med ett löfte som ni har gett kunder, i content/promises.toml.
audit-narrow = Den här utgåvan utelämnar saker med avsikt, så här söks bara efter löften som är brutna, i riskzonen eller försenade.
audit-nothing = Inget är fel, såvitt handboken vet. Någon borde pröva ett löfte så som en kund gör.
audit-kept-about = Av de löften som man vet något om.
audit-weight-broken = Brutet
audit-weight-broken-about = Det här märker kunderna.
audit-weight-unsure = Osäkert
audit-weight-unsure-about = Ingen kan säga om det här hålls.
audit-weight-unfinished = Ogjort
audit-weight-unfinished-about = Arbete som påbörjades och blev liggande.
audit-accounts = Givna mot hållna
audit-basis-occasions = Svagast först, efter de tillfällen då löften hölls
audit-basis-promises = Svagast först, efter andelen hållna av bedömda löften
audit-made = Givna
audit-share = Hållet vid
audit-judged = av
audit-late-short = Försenade
audit-total = Alla avdelningar
audit-interval = { $low }–{ $high }
audit-more = { $count ->
    [one] 1 till; trustbook audit --format csv visar alla
   *[other] { $count } till; trustbook audit --format csv visar alla
}
audit-lines = { $count ->
    [one] 1 rad
   *[other] { $count } rader
}
audit-whose = Vems
audit-known = Vad man vet
audit-decision = Beslut, namn, datum
audit-sign = Godkännande
audit-sign-about = Den som skriver under har läst sin avdelnings rader och beslutat om dem.
audit-who = För
audit-chair = Mötet
audit-undeliverable-promise = Löften som inte går att hålla
audit-undeliverable-promise-about = Brutna så länge någon har sett efter. Att laga en gång till räcker inte: gör löftet mindre, betala för det eller återkalla det.
audit-broken-promise = Brutna löften
audit-broken-promise-about = Kunderna fick höra det här, och vi håller det inte. Besluta: laga, finansiera, gör mindre eller återkalla.
audit-promise-at-risk = Löften i riskzonen
audit-promise-at-risk-about = Siffrorna bevisar inte att de hålls. Räkna fler fall, eller gör det bättre.
audit-department-without-promise = Avdelningar som möter kunder och inte lovar något
audit-department-without-promise-about = Här förloras förtroende utan att det syns. Ge varje avdelning ett löfte som den kan hålla.
audit-unowned-promise = Löften som ingen äger
audit-unowned-promise-about = De hålls av en slump. Ange en roll, och avdelningen som ska hålla löftet.
audit-unmeasured-promise = Löften som inget mäter
audit-unmeasured-promise-about = Ingen kan säga om de hålls. Ange ett mått, eller ta fram dess svar.
audit-overdue-review = Löften med försenad översyn
audit-overdue-review-about = Ingen har sett efter i tid, vad statusen än säger. Sätt ett datum, eller lämna över löftet.
audit-promise-nowhere-made = Löften som inte har getts någonstans
audit-promise-nowhere-made-about = Ingen kund har hört dem, så det ger inget förtroende att hålla dem. Säg dem, eller stryk dem.
audit-pain-without-opportunity = Smärtpunkter utan möjlighet
audit-pain-without-opportunity-about = Antecknade, och inget följer. Det som gör ont här gör ont nästa år också.
audit-unowned-opportunity = Möjligheter utan ägare
audit-unowned-opportunity-about = Goda idéer som ingen har ombetts genomföra.
audit-assumed-touchpoint = Kontaktpunkter som vi bara antar
audit-assumed-touchpoint-about = Ingen har frågat en kund. Sanningens ögonblick först.
audit-idle-strategy = Strategier som inte gäller i något skede
audit-idle-strategy-about = Ingen på någon kundresa får ut något av dem. Ange deras skeden, eller släpp dem.
audit-against = { $value }, mål { $target }
audit-against-lower = { $value }, mål högst { $target }
audit-sample = Siffrorna är exempeldata.
audit-declared = Säger ägaren; inget är uppmätt
audit-missed-periods = Målet missat i var och en av de senaste { $count } perioderna
audit-broken-entries = Brutet { $count } gånger i rad
audit-no-owner = Ingen ägare
audit-no-department = Ingen avdelning ska hålla det
audit-no-owner-nor-department = Ingen ägare, och ingen avdelning ska hålla det
audit-no-metric = Inget mått
audit-no-target = Måttet saknar mål
audit-late = { $days } försenad
audit-due = skulle ha skett { $day }
audit-in-force = Gäller: { $stage }
audit-in-force-more = Gäller: { $stage } och { $count } till
audit-felt = Känns { $value }

# --- sökmotorer
page-of-site = { $page }: { $site }

# --- förhandsvisning
# Raden i `trustbook serve` och det den öppnar. Finns inte på den byggda webbplatsen.
preview-bar = Förhandsvisning
preview-language = Språk
preview-audience = Målgrupp
preview-drafts = Utkast
preview-date = Dag
preview-source = Kopiera sökvägen till sidans fil
preview-copied = Kopierat
preview-templates = Mallar
preview-close = Stäng
preview-polling = Ser efter en gång i sekunden
preview-last-good = Så här såg sidan ut tidigare.
preview-missing = Det finns ingen sida på den här adressen. Kanske en av dessa?
preview-missing-none = Det finns ingen sida på den här adressen.
preview-badge-draft = Utkast
preview-badge-fallback = Inte översatt
preview-badge-overdue = Försenad översyn
preview-errors = { $count ->
    [one] { $count } fel
   *[other] { $count } fel
}
preview-warnings = { $count ->
    [one] { $count } varning
   *[other] { $count } varningar
}

notice-partly-reading = De står på { $language }.

# --- språk: hur sidorna läses, i revisionen
audit-reading = Hur lättlästa sidorna är
audit-reading-about = Sidor med hundra ord löpande text eller mer, svårast först. Rubriker, listor och citat räknas inte; varje språk har sitt eget mått.
audit-reading-measure = Mätt med
audit-reading-limit = Svår över
audit-reading-line = { $measure } { $value }, { $sentence } ord per mening
audit-reading-hard = { $measure } { $value }, { $sentence } ord per mening: svår
reading-grade = Årskurs (Flesch–Kincaid)
reading-lix = LIX
reading-sentence = Ord per mening

# --- översättningar
# Vad läsare av en översättning får veta som är äldre än sin källa, och sidan som säger vad varje språk saknar.
language-outdated = Inaktuell
notice-stale = Den här översättningen är äldre än originalet
notice-stale-about = Texten på { $language } har ändrats sedan översättningen gjordes.
preview-badge-stale = Inaktuell översättning
translations-title = Översättningar
translations-lede = Vad varje språk saknar, och vad som är äldre än originalet. Där får läsarna ett annat språk, eller en äldre text, och får veta det.
translations-percent = { $percent } av orden är aktuella
translations-current = Aktuella
translations-stale = Äldre än originalet
translations-unaccepted = Inte godkända
translations-missing = Inte översatta
translations-stale-texts = { $count ->
    [one] { $count } text äldre än originalet
   *[other] { $count } texter äldre än originalet
}
translations-unaccepted-texts = { $count ->
    [one] { $count } text inte godkänd
   *[other] { $count } texter inte godkända
}
translations-missing-texts = { $count ->
    [one] { $count } text inte översatt
   *[other] { $count } texter inte översatta
}
translations-what = Sida
translations-open = Vad som återstår
translations-source = Fil
translations-nothing = Allt är översatt från det aktuella originalet.
translations-more = { $count ->
    [one] Och { $count } till, som det här kommandot visar:
   *[other] Och { $count } till, som det här kommandot visar:
}

front-empty-promises = Vad ni har lovat kunder, vem som ska hålla det och var det sades.
front-empty-journey = Var en kund möter er, skede för skede, och hur det känns.
front-empty-guide = Hur ni arbetar: en Markdown-sida för varje sak som folk frågar om.
front-empty-new = Gör en liten handbok av allt detta, med kommentarer som lär ut.

# --- hur långt löften hålls, i listor över dem
proof-head = Hållet; streck: mål
proof-now = Nu
proof-declared = Enligt ägaren
proof-none = Inte bevisat ännu
proof-withdrawn = Gäller inte längre

# --- vad kartans verktyg gör
map-lanes = Banor
map-print = Skriv ut
map-a3 = A3, alla skeden
map-a4 = A4, en sida per skede
map-keys = Piltangenterna går från ruta till ruta

# --- checklistor: vad deras skript säger
# %done, %all, %na, %count, %item, %name, %fresh, %other fylls i av skriptet; låt dem stå, i vilken ordning som helst.
# Tal står skilda från substantiv, så att inget plural behövs.
ticks-count = %done av %all klara
ticks-count-na = %done av %all klara, %na ej tillämpliga
ticks-short = %done av %all
ticks-all = Alla checklistor
ticks-here = De här checklistorna tillsammans
ticks-none-open = Allt på checklistorna är gjort.
# En knapp bredvid varje punkt: ej tillämpligt. Tre eller fyra bokstäver.
ticks-na = e/t
ticks-na-word = ej tillämpligt
ticks-na-label = e/t (ej tillämpligt): %item
ticks-copy = Kopiera som Markdown
ticks-copied = Kopierat.
ticks-copy-by-hand = Kopiera det här
ticks-close = Stäng
ticks-export = Exportera
ticks-export-markdown = Exportera som Markdown
ticks-exported = Sparat som fil.
ticks-import = Importera
ticks-link = Länk med bockar
ticks-linked = Länken är kopierad. Den som öppnar den tillfrågas först.
ticks-too-many = Fler bockar än en länk rymmer. Exportera en fil.
ticks-reset = Nollställ
ticks-reset-all = Nollställ alla
ticks-was-reset = Borttagna bockar: %count.
ticks-merged = Ändrade punkter: %count.
ticks-nothing = Inget att ändra.
ticks-undo = Ångra
ticks-undone = Som det var förut.
ticks-gone = Finns inte längre i handboken
ticks-off = Den här webbläsaren sparar inget här: bockarna finns kvar tills du lämnar sidan. Exportera dem för att behålla dem.
ticks-full = Den här webbläsaren har ingen plats kvar för bockar: de sista går förlorade när du lämnar sidan. Exportera dem för att behålla dem.
ticks-later = De här bockarna sparades av en senare version av handboken. Det du bockar av här sparas inte.
ticks-large = Filen är större än 1 MB: så stor är ingen export av bockar.
ticks-unreadable = Den här filen innehåller inga bockar.
ticks-newer = De här bockarna sparades av en senare version av handboken.
ticks-foreign = Den här filen hör till en annan handbok: %name.
ticks-link-title = Den här länken innehåller bockar
ticks-link-text = Bockar: %count. Nya för dig: %fresh. Annorlunda satta av dig: %other. Inget av ditt tas bort.
ticks-link-some = För punkter som inte står på den här sidan: %count.
ticks-link-unknown = Ingen av dem hör till en punkt på den här sidan.
ticks-link-unreadable = De går inte att läsa: kanske saknas en del av länken.
ticks-link-foreign = De hör till en annan handbok.
ticks-yes = Ta över dem
ticks-no = Låt mina vara som de är
department-no-checklists = Inget på checklistorna nämner den. Ge en lista eller en punkt den här ägaren.

# --- resan
drop-off = Kunder hoppar av

# --- sökning
search-label = Sök
search-pages = Sidor
search-results = Träffar
search-none = Inget hittat. Pröva ett annat ord, eller färre.
search-help = Piltangenter flyttar, Retur öppnar, Esc stänger.
search-kind = Slag
search-stage = Skede
search-all = Alla
search-more = Det finns fler: lägg till ett ord.
search-close = Stäng sökningen
search-failed = Sökningen gick inte att läsa in. Läs in sidan på nytt, eller leta i navigeringen.

# --- utdrag: handboken eller en del av den i en fil
pack-contents = Innehåll
pack-day = Per
pack-pages = { $count ->
    [one] { $count } sida
   *[other] { $count } sidor
}
pack-home = Handboken på webben
pack-empty = Inget hör hit ännu.

# Flödet av ändringar.
feed-title = { $site }: ändringar
feed-added = Nytt: { $title }
feed-changed = Ändrat: { $title }
feed-reviewed = Genomgånget: { $title }
feed-state = { $state }: { $title }
