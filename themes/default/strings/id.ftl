state-kept = Ditepati
state-at-risk = Terancam
state-broken = Dilanggar
state-made = Dibuat
state-withdrawn = Ditarik
overdue = Lewat tenggat peninjauan
owner = Penanggung jawab
reviewed = Ditinjau
next-review = Peninjauan berikutnya
on-this-page = Di halaman ini
kind-journeys = Perjalanan
kind-checklists = Daftar periksa
# --- perjalanan
# Peta, halaman tahap, halaman depan, dan cakupan.
curve-everybody = Pelanggan
curve-comma = {", "}
curve-semicolon = {"; "}
curve-value = { $who } { $value }
curve-unknown = tidak diketahui
curve-touchpoint = { $number } { $touchpoint }: { $values }
curve-stage = { $stage }: { $touchpoints }
curve-stage-empty = { $stage }: belum ada titik temu

count-touchpoints = { $count } titik temu
count-moments = { $count } momen penentu
count-promises = { $count } janji
count-items = { $count } butir
days = { $count } hari

map-objective = Sasaran
map-target = target
map-personas = Persona
map-department = Departemen
map-all-departments = Semua departemen
map-stages = Tahap
map-region = Peta perjalanan, dapat digeser ke samping di layar sempit
map-caption = Kolom adalah tahap, baris adalah lajur. Angka menandai titik temu dan sama di setiap lajur.
map-lane = Lajur
map-touchpoints = { $count ->
    [1] Titik temu { $first }
   *[other] Titik temu { $first }–{ $last }
}
map-checklist = { $count } belum selesai
map-no-stages = Perjalanan ini belum punya tahap. Tulis yang pertama:
map-no-touchpoints = Belum ada perjumpaan di sini. Tulis titik temu pertama sebuah tahap:

lane-goal = Tujuan pelanggan
lane-actions = Tindakan
lane-actions-note = yang dilakukan pelanggan
lane-touchpoints = Titik temu
lane-touchpoints-note = dan saluran
lane-touchpoints-empty = Belum ada
lane-thoughts = Pikiran
lane-thoughts-note = dengan kata-kata pelanggan
lane-feelings = Perasaan
lane-feelings-note = −2 sampai +2
lane-pains = Keluhan dan hambatan
lane-gaps = Dimaksud dan dirasakan
lane-gaps-note = di tempat kesenjangan terlebar
lane-promises = Janji
lane-promises-note = yang harus kami tepati
lane-opportunities = Peluang
lane-departments = Departemen
lane-departments-note = dan balik layar

moment = Momen penentu
pain = Keluhan
barrier = Hambatan
opportunity = Peluang
evidence-researched = diteliti
evidence-partial = diteliti sebagian
evidence-assumed = asumsi
gap-meant = Dimaksud
gap-felt = Dirasakan
gap-word = Kesenjangan
gap-more = { $count } lagi
gap-label = Dimaksud { $meant }, dirasakan { $felt }, kesenjangan { $gap }
legend = Keterangan
legend-visibility = Garis ganda adalah garis pandang pelanggan
not-known = tidak diketahui

numbers-title = Kurva dalam angka
numbers-stage = Tahap
numbers-number = No.
numbers-touchpoint = Titik temu
numbers-evidence = Bukti

floor-title = Lantai kepercayaan
floor-department = Departemen
floor-share = Ditepati
floor-judged = dari yang dinilai
floor-mean = rerata
floor-lowest = lantai
floor-lowest-stage = Tahap terendah
floor-not-known = Tidak diketahui: belum ada yang dinilai
floor-nothing-judged = Tidak diketahui: belum ada janji di sini yang dinyatakan ditepati atau dilanggar.
floor-empty = Belum ada departemen yang bertemu pelanggan dalam perjalanan ini.
floor-sentence = { $department } menentukan lantainya: { $kept } dari { $judged } janji ditepati. Rata-rata semua departemen { $mean }{ $unknown ->
    [0] .
   *[other] ; { $unknown } departemen belum diketahui.
}

floor-sentence-occasions = { $department } menentukan lantainya: ditepati pada { $kept } dari { $judged } kejadian. Rata-rata semua departemen { $mean }{ $unknown ->
    [0] .
   *[other] ; { $unknown } departemen belum diketahui.
}
floor-sample = Dari data contoh.
floor-lift = Jika janji { $number } ditepati, lantai naik ke { $to }.
floor-lift-occasions = Janji { $number } meleset { $missed } kali; tanpa itu lantai menjadi { $to }.

figure-answers = { $count } jawaban
figure-occasions = { $count } kejadian
figure-interval = interval 95%: { $low } sampai { $high }
figure-interval-from = interval 95% dari { $low }, batas atas tidak diketahui
figure-interval-to = interval 95% sampai { $high }, batas bawah tidak diketahui
figure-p90 = sembilan dari sepuluh dalam { $value }
figure-hidden = Jawaban terlalu sedikit untuk ditampilkan
figure-empty = Belum ada jawaban
figure-sample = data contoh
period-quarter = Triwulan { $quarter }/{ $year }
period-span = { $from } sampai { $to }
change-up = { $to } lebih tinggi daripada { $from }, melampaui kebetulan
change-down = { $to } lebih rendah daripada { $from }, melampaui kebetulan
change-unclear = Tidak ada perubahan yang jelas dari { $from } ke { $to }
figure-kept-occasions = ditepati pada { $share } · { $interval } · { $n } kejadian
budget-left = { $left ->
    [0] Tidak boleh meleset lagi
   *[other] Masih boleh meleset { $left } kali lagi
}: { $missed } dari { $n } meleset pada { $period }
budget-spent = Kelebihan { $left }: { $missed } dari { $n } meleset pada { $period }
by-stage = Menurut tahap
by-touchpoint = Menurut titik temu
by-persona = Menurut persona
by-channel = Menurut saluran
by-department = Menurut departemen
by-language = Menurut bahasa
by-not-stated = tidak disebutkan
specific-number = berapa banyak
specific-deadline = kapan
specific-whom = untuk siapa
specific-nothing = tidak satu pun (berapa banyak, kapan, untuk siapa)

# --- grafik
chart-value = Nilai
chart-interval = Interval 95%
chart-n = Jawaban
chart-period = Periode
chart-share = Proporsi
chart-score-head = Skor
chart-numbers = Semua angka
chart-by-period = per periode
chart-answers = jawaban menurut skor
chart-note-share = Batang penuh ikut dihitung dalam angkanya.
chart-note-net = Batang penuh menambah angkanya, yang kosong menguranginya, yang abu-abu tidak berpengaruh.
target-reached = target tercapai
target-unclear = belum dapat dipastikan
target-missed = target meleset
chart-target = target { $target }
chart-score = { $score }: { $count } jawaban
chart-periods-label = { $count ->
    [1] Satu periode, { $last } pada { $to }
   *[other] { $count } periode, dari { $first } pada { $from } sampai { $last } pada { $to }
}
metric-empty = Belum diukur. Cantumkan berkas jawaban pada metrik ini:
gap-title = Dari yang dimaksud ke yang dirasakan
gap-note = Di sinilah yang kami maksud dan yang dilaporkan pelanggan terpaut paling jauh. Cincin menandai yang dimaksud, cakram yang dirasakan.
gap-empty = Belum ada yang menulis perasaan apa yang dituju. Pada sebuah titik temu:
gap-measured = Hasil ukur dibandingkan target
gap-metric-short = { $value }, target { $target }: selisih { $gap }
gap-metric-reached = { $value }, target { $target }
lane-gap-curve = Dimaksud dan dirasakan
lane-gap-curve-note = sebagai kurva
front-trust = Kepercayaan
front-satisfaction = Kepuasan
front-effort = Upaya
front-not-measured = Belum diukur. Tulis sebuah metrik:
front-more-metrics = { $count } lagi

stage-position = Tahap { $number } dari { $count }
stage-strip = Tahap-tahap perjalanan ini
stage-touchpoints = Titik temu
stage-feeling = Perasaan, −2 sampai +2
stage-gap = Dari yang dirasakan (cakram) ke yang dimaksud (cincin)
stage-pains = Keluhan, hambatan, peluang
stage-no-pain = Tidak ada keluhan yang diketahui
stage-not-asked = Belum ditanyakan
stage-no-touchpoints = Belum ada titik temu: di mana pelanggan bertemu kami pada tahap ini? Tulis yang pertama:
stage-promises = Janji yang berlaku
stage-no-promises = Tidak ada janji yang berlaku di sini. Tambahkan tahap ini pada sebuah janji:
stage-strategies = Strategi menurut pilar
stage-effort-impact = upaya / dampak
stage-no-pillar = Tanpa pilar
stage-pillar-unserved = Tidak ada strategi yang menopang pilar ini di sini
stage-no-strategies = Tidak ada strategi untuk tahap ini. Tambahkan tahap ini pada sebuah strategi:
stage-checklists = Daftar periksa
stage-no-checklist = Belum ada yang dapat dicentang. Tulis butir pertama:
stage-metrics = Metrik
stage-neighbours = Tahap sebelum dan sesudahnya
stage-previous = Tahap sebelumnya
stage-next = Tahap berikutnya
promise = Janji
strategies-none = Belum ada strategi di sini.
promises-none = Belum ada janji di sini.
checklist-progress = Kemajuan
checklist-owner = Penanggung jawab
checklist-date = Tanggal
checklist-signature = Tanda tangan
promise-state = Keadaan
promise-department = Departemen
metric-kind-nps = Net promoter score, −100 sampai 100
metric-kind-csat = Kepuasan: proporsi jawaban 4 dan 5 dari 5
metric-kind-ces = Upaya: rata-rata skala 1 sampai 7
metric-kind-ces-top3 = Upaya: proporsi jawaban 5 sampai 7 dari 7
metric-kind-ces-net = Upaya: proporsi jawaban 6 dan 7 dikurangi proporsi jawaban 1 sampai 3
metric-kind-trust = Kepercayaan: proporsi jawaban 6 dan 7 dari 7
metric-kind-rate = Proporsi kejadian
metric-kind-duration = Median lama waktu
metric-kind-count = Jumlah peristiwa
grade-low = rendah
grade-medium = sedang
grade-high = tinggi

front-kept = Janji ditepati
front-of = dari
front-reviews = Ditinjau tepat waktu
front-nothing-overdue = Tidak ada yang lewat tenggat
front-overdue = Peninjauan lewat tenggat
front-overdue-words = { $count } lewat tenggat, terlama { $longest }
front-overdue-more = { $count } lagi
card-no-feelings = Belum ada yang menulis apa yang dirasakan pelanggan di sini. Pada sebuah titik temu:
card-no-stages = Belum ada tahap. Tulis yang pertama:
front-all-checklists = Semua daftar periksa
front-states = Janji menurut keadaan
front-register = Daftar janji
front-count = Jumlah
front-marks = Satu tanda, satu janji
front-trouble = { $broken ->
    [0] { $risk } terancam
   *[other] { $risk ->
        [0] { $broken } dilanggar
       *[other] { $broken } dilanggar, { $risk } terancam
    }
}
front-lowest = Terendah: { $number } { $touchpoint }, { $value }
front-empty = Belum ada janji atau perjalanan yang ditulis di sini. Salah satu berkas ini dapat menjadi permulaan:
front-no-journeys = Belum ada perjalanan. Tulis yang pertama:
front-no-promises = Belum ada janji. Tulis yang pertama:
due-what = Apa
due-day = Tenggat
due-late = Terlambat
thing-page = Halaman
thing-overview = Ikhtisar
thing-strategy = Strategi
thing-pillar = Pilar
thing-persona = Persona
thing-recovery = Pemulihan
thing-journey = Perjalanan
thing-stage = Tahap
thing-promise = Janji
thing-metric = Metrik
thing-department = Departemen
thing-channel = Saluran
thing-claim = Klaim
thing-term = Istilah
thing-checklist = Daftar periksa

coverage-lede = Strategi mana yang bekerja pada tahap mana, menurut pilar kepercayaan yang ditopangnya. Sel berarsir belum punya strategi.
coverage-stage = Tahap
coverage-other = Tanpa pilar
coverage-none = Belum ada
coverage-full = Setiap pilar hadir di setiap tahap
coverage-holes = { $count } sel tanpa strategi
coverage-which = Strategi yang mana
coverage-no-stages = Perjalanan ini belum punya tahap.
coverage-no-pillars = Belum ada pilar. Tulis yang pertama:

# --- setiap halaman
skip-link = Lompat ke isi
moved = Halaman ini telah pindah
nav-menu = Menu
nav-label = Pedoman
nav-front = Ikhtisar
nav-journeys = Perjalanan
nav-all-journeys = Semua perjalanan
nav-promises = Janji
nav-work = Kerja
nav-guides = Panduan
nav-reference = Rujukan
crumbs = Jejak halaman
language = Bahasa
language-untranslated = Belum diterjemahkan
scheme = Warna
scheme-auto = Ikuti sistem
scheme-light = Terang
scheme-dark = Gelap
edition-internal = edisi internal
edit-page = Sunting halaman ini
neighbours = Halaman sebelum dan sesudahnya
previous = Sebelumnya
next = Berikutnya
heading-link = Tautan ke bagian ini
footnote = Catatan kaki { $number }
footnotes = Catatan kaki
footnote-back = Kembali ke teks
not-found = Halaman itu tidak ada
not-found-help = Mungkin namanya sudah diganti atau halamannya sudah dihapus. Semua yang ada tercantum di navigasi.
not-found-home = Ke ikhtisar
notice-draft = Halaman ini masih draf
notice-untranslated = Halaman ini belum tersedia dalam bahasa { $language }
notice-partly = Sebagian halaman ini belum tersedia dalam bahasa { $language }
notice-reading = Anda membacanya dalam bahasa { $language }.
notice-partly-reading = Bagian itu tersedia dalam bahasa { $language }.
reading-time = { $minutes } menit
linked-from = Ditautkan dari
pager = Halaman { $number } dari { $count }
pager-label = Halaman-halaman daftar ini
section-pages = Di bagian ini

# --- jenis
kind-promises = Janji
kind-metrics = Metrik
kind-strategies = Strategi
kind-recoveries = Pemulihan
kind-incidents = Insiden
kind-reviews = Jadwal peninjauan
kind-coverage = Cakupan
kind-pillars = Pilar
kind-personas = Persona
kind-departments = Departemen
kind-channels = Saluran
kind-claims = Klaim
kind-glossary = Glosarium
kind-tags = Tag

# --- kotak sisipan
aside-note = Catatan
aside-tip = Kiat
aside-warning = Peringatan
aside-promise = Janji
aside-risk = Risiko
aside-script = Yang dapat diucapkan
details = Selengkapnya

# --- daftar
overview-empty = Belum ada apa-apa di sini.
promises-no-department = Tanpa departemen
promises-by-department = Menurut departemen
promises-by-stage = Menurut tahap
promises-by-pillar = Menurut pilar
promises-by-state = Menurut keadaan
kept-of-judged = { $kept } dari { $judged } yang dinilai ditepati
stage-of-journey = { $stage } ({ $journey })
fact-and-value = { $fact }: { $value }
fact-stages = Tahap
fact-effort = Upaya
fact-impact = Dampak
pillar-no-strategies = Belum ada strategi yang menopang pilar ini.
pillar-no-promises = Belum ada janji yang bertumpu pada pilar ini.
persona-goals = Tujuan
persona-pains = Keluhan
persona-values = Yang dihargai
persona-behaviours = Perilaku
persona-evidence = Bukti
department-counts = { $touchpoints } titik temu · { $promises } janji
department-promises = Yang dijanjikannya
department-no-promises = Departemen ini tidak menjanjikan apa pun kepada pelanggan.
department-touchpoints = Tempat pelanggan menemuinya
department-no-touchpoints = Tidak ada perjalanan yang memuat titik temu dengan departemen ini.
department-no-strategies = Departemen ini belum bekerja dengan strategi apa pun.
channel-empty = Tidak ada titik temu atau janji pada saluran ini.
metric-target = Target
department-occasions = Hasil ukur
metric-proves = Membuktikan
claim-source = Sumber
claim-date = Terbit
claim-sample = Sampel
claim-expires = Periksa lagi paling lambat
claim-cited = Dikutip di
claim-expired = Kedaluwarsa: periksa kembali sumbernya
tag-pages = Halaman dengan tag ini
promise-pillar = Pilar
promise-channel = Saluran
promise-metric = Dibuktikan dengan
promise-measured = Hasil ukur
promise-budget = Sisa yang boleh meleset
promise-decided = Keadaan ditentukan oleh
promise-decided-metric = metriknya
promise-decided-declared = pernyataan penanggung jawabnya
promise-specific = Menyebutkan
promise-since = Berlaku sejak
promise-history = Riwayat
promise-no-history = Belum ada catatan. Tulis yang pertama:
promise-date = Tanggal
promise-happened = Yang terjadi
promise-touchpoints = Titik temu yang memuatnya
promise-no-touchpoints = Tidak ada titik temu yang menyebut janji ini. Pada sebuah titik temu:
promise-incidents = Saat janji ini dilanggar
promise-siblings = Janji lain departemen ini
promise-proof = Bukti
promise-no-proof = Belum ada bukti yang disebutkan.
promise-made-in = Di mana janji ini dibuat
promise-nowhere = Sejauh diketahui, tidak di mana pun.
promise-leaning = Halaman yang bertumpu padanya
severity-annoyance = kekesalan
severity-dissatisfaction = ketidakpuasan
severity-disvalue = rasa tak dihargai
incident-noticed = Diketahui
incident-acknowledged = Diakui
incident-apologised = Permintaan maaf
incident-fixed = Diperbaiki
incident-told = Diceritakan

incident-severity = Tingkat keparahan
incident-recovery = Pemulihan
incident-after = { $count ->
    [0] pada hari yang sama
   *[other] setelah { $count } hari
}
incident-not-yet = belum, { $count ->
    [0] baru diketahui hari ini
   *[other] sudah { $count } hari
}
incident-unknown = tidak diketahui
incidents-lede = Janji yang dilanggar, dan berapa lama waktu yang kami perlukan untuk mengakuinya, meminta maaf, memperbaikinya, dan menceritakan pelajarannya. Hari dihitung sejak diketahui.
incidents-log = Yang terjadi
incidents-promise = Janji
incidents-repeats = Keparahan dan pengulangan
incidents-repeats-lede = Harga sebuah pelanggaran adalah keparahannya dikalikan seberapa sering ia terulang.
incidents-times = Berapa kali
incidents-ungraded = belum dinilai
incidents-recoveries = Yang harus dilakukan bila terjadi
incidents-none = Belum ada insiden yang dicatat. Satu entri untuk masing-masing:

reviews-lede = Semua yang harus ditinjau lagi oleh seseorang, menurut penanggung jawab; yang paling lama menunggu didahulukan.
reviews-key-overdue = lewat tenggat
reviews-key-total = punya tanggal peninjauan
reviews-by-owner = Menurut penanggung jawab
reviews-overdue = Lewat tenggat
reviews-what = Apa
reviews-kind = Jenis
reviews-reviewed = Ditinjau
reviews-due = Peninjauan berikutnya
reviews-no-owner = Tanpa penanggung jawab
reviews-none = Belum ada yang punya tanggal peninjauan. Di kepala halaman, perjalanan, atau janji:
reviews-calendar = Sebagai kalender
reviews-calendar-name = { $site }: peninjauan
reviews-event = Tinjau: { $title }
reviews-event-owner = Penanggung jawab: { $owner }

promises-overdue = { $count } peninjauan lewat tenggat
register-stages = Tahap
register-target = Target
register-reviewed = Ditinjau

# --- audit
# Halamannya, dan keluaran `trustbook audit` di terminal, dalam Markdown, dan dalam CSV.
audit-title = Audit janji
audit-of = Audit janji: { $site }, { $day }
audit-lede = Apa yang kita janjikan, apakah kita menepatinya, dan apa yang tidak diketahui siapa pun. Yang terburuk lebih dulu: agenda rapat, dengan ruang untuk keputusannya.
audit-day = Per tanggal
audit-empty = Belum ada yang dapat diaudit: mulailah dengan janji yang pernah dibuat kepada pelanggan, di content/promises.toml.
audit-narrow = Edisi ini sengaja tidak memuat semuanya, jadi yang dicari hanyalah janji yang dilanggar, terancam, atau lewat tenggat.
audit-nothing = Tidak ada masalah yang dapat diketahui pedoman ini. Sebaiknya ada yang mencoba sebuah janji seperti pelanggan mencobanya.
audit-kept-about = Dari janji yang keadaannya diketahui.
audit-weight-broken = Dilanggar
audit-weight-broken-about = Ini terasa oleh pelanggan.
audit-weight-unsure = Tidak pasti
audit-weight-unsure-about = Tidak ada yang dapat memastikan bahwa ini ditepati.
audit-weight-unfinished = Belum selesai
audit-weight-unfinished-about = Pekerjaan yang dimulai lalu ditinggalkan.
audit-accounts = Dibuat dan ditepati
audit-basis-occasions = Yang terlemah lebih dulu, menurut kejadian saat janji ditepati
audit-basis-promises = Yang terlemah lebih dulu, menurut janji yang ditepati dari yang dinilai
audit-made = Dibuat
audit-share = Ditepati pada
audit-judged = dari
audit-late-short = Lewat tenggat
audit-total = Semua departemen
audit-interval = { $low }–{ $high }
audit-more = { $count } lagi; trustbook audit --format csv mencantumkan semuanya
audit-lines = { $count } baris
audit-whose = Milik
audit-known = Yang diketahui
audit-decision = Keputusan, nama, tanggal
audit-sign = Pengesahan
audit-sign-about = Yang menandatangani telah membaca baris-baris departemennya dan memutuskannya.
audit-who = Untuk
audit-chair = Rapat
audit-undeliverable-promise = Janji yang tidak dapat ditepati
audit-undeliverable-promise-about = Setiap kali diperiksa, janji ini ternyata dilanggar. Memperbaikinya sekali lagi tidak akan cukup: perkecil, biayai, atau tarik.
audit-broken-promise = Janji yang dilanggar
audit-broken-promise-about = Pelanggan telah diberi tahu, tetapi janji ini tidak ditepati. Putuskan: perbaiki, biayai, perkecil, atau tarik.
audit-promise-at-risk = Janji yang terancam
audit-promise-at-risk-about = Angkanya tidak membuktikan bahwa janji ini ditepati. Hitung lebih banyak kejadian, atau bekerja lebih baik.
audit-department-without-promise = Departemen yang bertemu pelanggan tanpa menjanjikan apa pun
audit-department-without-promise-about = Di sini kepercayaan hilang tanpa terlihat. Beri masing-masing satu janji yang sanggup ditepatinya.
audit-unowned-promise = Janji tanpa penanggung jawab
audit-unowned-promise-about = Ditepati karena kebetulan. Sebutkan sebuah jabatan dan departemen yang harus menepatinya.
audit-unmeasured-promise = Janji yang tidak diukur
audit-unmeasured-promise-about = Tidak ada yang dapat memastikan apakah janji ini ditepati. Sebutkan sebuah metrik, atau kumpulkan jawabannya.
audit-overdue-review = Janji yang lewat tenggat peninjauan
audit-overdue-review-about = Tidak ada yang memeriksa tepat waktu, apa pun keadaan yang tertulis. Tetapkan tanggal, atau serahkan janjinya.
audit-promise-nowhere-made = Janji yang tidak disampaikan di mana pun
audit-promise-nowhere-made-about = Tidak ada pelanggan yang diberi tahu, jadi menepatinya tidak menumbuhkan kepercayaan. Sampaikan, atau coret.
audit-pain-without-opportunity = Keluhan tanpa peluang
audit-pain-without-opportunity-about = Sudah ditulis, lalu tidak ada tindak lanjut. Yang menyakitkan di sini akan menyakitkan juga tahun depan.
audit-unowned-opportunity = Peluang tanpa penanggung jawab
audit-unowned-opportunity-about = Gagasan bagus, tetapi belum ada yang diminta melaksanakannya.
audit-assumed-touchpoint = Titik temu yang baru diasumsikan
audit-assumed-touchpoint-about = Belum ada pelanggan yang ditanyai. Dahulukan momen penentu.
audit-idle-strategy = Strategi tanpa tahap
audit-idle-strategy-about = Tidak ada pelanggan di perjalanan mana pun yang merasakannya. Sebutkan tahapnya, atau lepaskan.
audit-against = { $value }, target { $target }
audit-against-lower = { $value }, target paling banyak { $target }
audit-sample = Angkanya data contoh.
audit-declared = Menurut penanggung jawabnya; tidak ada yang diukur
audit-missed-periods = Target meleset di masing-masing dari { $count } periode terakhir
audit-broken-entries = Ditemukan dilanggar { $count } kali berturut-turut
audit-no-owner = Tanpa penanggung jawab
audit-no-department = Tidak ada departemen yang harus menepatinya
audit-no-owner-nor-department = Tanpa penanggung jawab, dan tidak ada departemen yang harus menepatinya
audit-no-metric = Tanpa metrik
audit-no-target = Metriknya tidak punya target
audit-late = lewat { $days }
audit-due = tenggat { $day }
audit-in-force = Berlaku pada: { $stage }
audit-in-force-more = Berlaku pada: { $stage } dan { $count } lainnya
audit-felt = Dirasakan { $value }

# --- mesin pencari
page-of-site = { $page }: { $site }

# --- pratinjau
# Bilah `trustbook serve` dan yang dibukanya. Tidak pernah ada di situs yang dibangun.
preview-bar = Pratinjau
preview-language = Bahasa
preview-audience = Kalangan
preview-drafts = Draf
preview-date = Hari
preview-source = Salin jalur berkas halaman ini
preview-copied = Tersalin
preview-templates = Templat
preview-close = Tutup
preview-polling = Memeriksa sekali per detik
preview-last-good = Ini halaman sebelum perubahan terakhir.
preview-missing = Tidak ada halaman di alamat ini. Mungkin salah satu dari ini?
preview-missing-none = Tidak ada halaman di alamat ini.
preview-badge-draft = Draf
preview-badge-fallback = Belum diterjemahkan
preview-badge-overdue = Lewat tenggat peninjauan
preview-errors = { $count } kesalahan
preview-warnings = { $count } peringatan

# --- bahasa: seberapa mudah halaman dibaca, dalam audit
audit-reading = Keterbacaan halaman
audit-reading-about = Halaman dengan prosa seratus kata atau lebih, yang tersulit lebih dulu. Judul, daftar, dan kutipan tidak dihitung; tiap bahasa punya ukurannya sendiri.
audit-reading-measure = Diukur dengan
audit-reading-limit = Sulit di atas
audit-reading-line = { $measure } { $value }, { $sentence } kata per kalimat
audit-reading-hard = { $measure } { $value }, { $sentence } kata per kalimat: sulit
reading-grade = Tingkat kelas (Flesch–Kincaid)
reading-lix = LIX
reading-sentence = Kata per kalimat

# --- terjemahan
# Yang diketahui pembaca tentang terjemahan yang lebih lama daripada sumbernya, dan halaman tentang kekurangan setiap bahasa.
language-outdated = Usang
notice-stale = Terjemahan ini lebih lama daripada sumbernya
notice-stale-about = Teks dalam { $language } sudah berubah sejak terjemahan ini dibuat.
preview-badge-stale = Terjemahan usang
translations-title = Terjemahan
translations-lede = Apa yang masih kurang dalam setiap bahasa, dan apa yang lebih lama daripada sumbernya. Di situ pembaca mendapat teks dalam bahasa lain atau teks lama, disertai pemberitahuan.
translations-percent = { $percent } dari kata-katanya mutakhir
translations-current = Mutakhir
translations-stale = Lebih lama daripada sumbernya
translations-unaccepted = Belum disetujui
translations-missing = Belum diterjemahkan
translations-stale-texts = { $count } teks lebih lama daripada sumbernya
translations-unaccepted-texts = { $count } teks belum disetujui
translations-missing-texts = { $count } teks belum diterjemahkan
translations-what = Halaman
translations-open = Yang belum selesai
translations-source = Berkas
translations-nothing = Semua terjemahan sesuai dengan sumber yang terbaru.
translations-more = Masih ada { $count } lagi; perintah ini menampilkannya:

front-empty-promises = Apa yang telah Anda janjikan kepada pelanggan, siapa yang harus menepatinya, dan di mana itu diucapkan.
front-empty-journey = Di mana pelanggan bertemu Anda, tahap demi tahap, dan bagaimana rasanya.
front-empty-guide = Cara Anda bekerja: satu halaman Markdown untuk setiap hal yang ditanyakan orang.
front-empty-new = Membuat pedoman kecil berisi semua ini, dengan komentar yang mengajari.

# --- sejauh mana janji ditepati, dalam daftarnya
proof-head = Ditepati; garis: target
proof-now = Sekarang
proof-declared = Menurut penanggung jawabnya
proof-none = Belum terbukti
proof-withdrawn = Tidak berlaku lagi

# --- yang dilakukan perangkat peta
map-lanes = Lajur
map-print = Cetak
map-a3 = A3, semua tahap
map-a4 = A4, satu halaman per tahap
map-keys = Tombol panah berpindah dari sel ke sel

# --- daftar periksa: yang dikatakan skripnya
# %done, %all, %na, %count, %item, %name, %fresh, %other diisi oleh skrip; biarkan, dalam urutan apa pun.
ticks-count = %done dari %all selesai
ticks-count-na = %done dari %all selesai, %na tidak berlaku
ticks-short = %done dari %all
ticks-all = Semua daftar periksa
ticks-here = Gabungan daftar periksa ini
ticks-none-open = Semua butir dalam daftar periksa sudah selesai.
# Tombol di samping setiap butir: tidak berlaku. Tiga atau empat huruf.
ticks-na = t/b
ticks-na-word = tidak berlaku
ticks-na-label = t/b (tidak berlaku): %item
ticks-copy = Salin sebagai Markdown
ticks-copied = Tersalin.
ticks-copy-by-hand = Salin ini
ticks-close = Tutup
ticks-export = Ekspor
ticks-export-markdown = Ekspor sebagai Markdown
ticks-exported = Tersimpan sebagai berkas.
ticks-import = Impor
ticks-link = Tautan berisi centang
ticks-linked = Tautan tersalin. Siapa pun yang membukanya ditanyai lebih dulu.
ticks-too-many = Centangnya lebih banyak daripada yang dapat dimuat sebuah tautan. Ekspor sebagai berkas.
ticks-reset = Kosongkan
ticks-reset-all = Kosongkan semua
ticks-was-reset = Centang yang dihapus: %count.
ticks-merged = Butir yang berubah: %count.
ticks-nothing = Tidak ada yang perlu diubah.
ticks-undo = Urungkan
ticks-undone = Kembali seperti semula.
ticks-gone = Tidak ada lagi dalam pedoman
ticks-off = Peramban ini tidak menyimpan apa pun di sini: centang bertahan sampai Anda meninggalkan halaman. Ekspor untuk menyimpannya.
ticks-full = Peramban ini tidak punya ruang lagi untuk centang: yang terakhir hilang bila Anda meninggalkan halaman. Ekspor untuk menyimpannya.
ticks-later = Centang ini disimpan oleh versi pedoman yang lebih baru. Yang Anda centang di sini tidak disimpan.
ticks-large = Berkas ini lebih besar dari 1 MB: tidak ada ekspor centang sebesar itu.
ticks-unreadable = Berkas ini tidak memuat centang.
ticks-newer = Centang ini disimpan oleh versi pedoman yang lebih baru.
ticks-foreign = Berkas ini milik pedoman lain: %name.
ticks-link-title = Tautan ini memuat centang
ticks-link-text = Centang: %count. Baru bagi Anda: %fresh. Berbeda dari milik Anda: %other. Milik Anda tidak ada yang dihapus.
ticks-link-some = Untuk butir yang tidak ada di halaman ini: %count.
ticks-link-unknown = Tidak satu pun milik butir di halaman ini.
ticks-link-unreadable = Tidak dapat dibaca: barangkali sebagian tautannya hilang.
ticks-link-foreign = Centang ini milik pedoman lain.
ticks-yes = Ambil centang ini
ticks-no = Biarkan milik saya
department-no-checklists = Tidak ada daftar periksa yang menyebut departemen ini. Tambahkan penanggung jawab ini pada sebuah daftar atau butir.

# --- perjalanan
drop-off = Pelanggan pergi

# --- pencarian
search-label = Cari
search-pages = Halaman
search-results = Hasil
search-none = Tidak ada yang ditemukan. Coba kata lain, atau lebih sedikit kata.
search-help = Tombol panah berpindah, Enter membuka, Esc menutup.
search-kind = Jenis
search-stage = Tahap
search-all = Semua
search-more = Masih ada lagi: tambahkan satu kata.
search-close = Tutup pencarian
search-failed = Pencarian tidak dapat dimuat. Muat ulang halaman ini, atau carilah di navigasi.

# --- paket: pedoman atau bagiannya dalam satu berkas
pack-contents = Daftar isi
pack-day = Per
pack-pages = { $count } halaman
pack-home = Pedoman di web
pack-empty = Belum ada yang termasuk di sini.

# Umpan perubahan.
feed-title = { $site }: perubahan
feed-added = Baru: { $title }
feed-changed = Diubah: { $title }
feed-reviewed = Ditinjau: { $title }
feed-state = { $state }: { $title }
