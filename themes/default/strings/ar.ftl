# كلمات القالب الافتراضي بالعربية. Arabic: the words of the default theme, and its proof from right to left.

state-kept = مُوفى به
state-at-risk = معرَّض للخطر
state-broken = مُخلَف
state-made = مقطوع
state-withdrawn = مسحوب
overdue = المراجعة متأخرة
owner = المسؤول
reviewed = روجِع
next-review = المراجعة القادمة
on-this-page = في هذه الصفحة
kind-journeys = الرحلات
kind-checklists = قوائم التحقق
# --- journeys
curve-everybody = العملاء
curve-comma = {"، "}
curve-semicolon = {"؛ "}
curve-value = { $who } { $value }
curve-unknown = غير معروف
curve-touchpoint = { $number } { $touchpoint }: { $values }
curve-stage = { $stage }: { $touchpoints }
curve-stage-empty = { $stage }: لا نقاط تماس بعد

count-touchpoints = { $count ->
    [zero] لا نقاط تماس
    [one] نقطة تماس واحدة
    [two] نقطتا تماس
    [few] { $count } نقاط تماس
   *[other] { $count } نقطة تماس
}
count-moments = { $count ->
    [zero] لا لحظات حقيقة
    [one] لحظة حقيقة واحدة
    [two] لحظتا حقيقة
    [few] { $count } لحظات حقيقة
   *[other] { $count } لحظة حقيقة
}
count-promises = { $count ->
    [zero] لا وعود
    [one] وعد واحد
    [two] وعدان
    [few] { $count } وعود
    [many] { $count } وعدًا
   *[other] { $count } وعد
}
count-items = { $count ->
    [zero] لا بنود
    [one] بند واحد
    [two] بندان
    [few] { $count } بنود
    [many] { $count } بندًا
   *[other] { $count } بند
}
days = { $count ->
    [zero] { $count } يوم
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}

map-objective = الغاية
map-target = الهدف
map-personas = الشخصيات
map-department = القسم
map-all-departments = كل الأقسام
map-stages = المراحل
map-region = خريطة الرحلة، تُمرَّر أفقيًا على الشاشات الضيقة
map-caption = المراحل أعمدة والمسارات صفوف. الأرقام نقاط تماس، وهي نفسها في كل مسار.
map-lane = المسار
map-touchpoints = { $count ->
    [one] نقطة التماس { $first }
   *[other] نقاط التماس { $first }–{ $last }
}
map-checklist = { $count } للإنجاز
map-no-stages = لا مراحل في هذه الرحلة بعد. اكتب الأولى:
map-no-touchpoints = لا يلتقي أحد بأحد هنا بعد. اكتب أول نقطة تماس لمرحلة:

lane-goal = هدف العميل
lane-actions = الأفعال
lane-actions-note = ما يفعله
lane-touchpoints = نقاط التماس
lane-touchpoints-note = والقنوات
lane-touchpoints-empty = لا شيء بعد
lane-thoughts = الأفكار
lane-thoughts-note = بكلماته
lane-feelings = المشاعر
lane-feelings-note = من −2 إلى +2
lane-pains = الآلام والعوائق
lane-gaps = المقصود والمحسوس
lane-gaps-note = حيث الفجوة أوسع
lane-promises = الوعود
lane-promises-note = علينا الوفاء بها
lane-opportunities = الفرص
lane-departments = الأقسام
lane-departments-note = وما خلف الكواليس

moment = لحظة حقيقة
pain = ألم
barrier = عائق
opportunity = فرصة
evidence-researched = مدروس
evidence-partial = مدروس جزئيًا
evidence-assumed = مفترض
gap-meant = المقصود
gap-felt = المحسوس
gap-word = الفجوة
gap-more = { $count } أخرى
gap-label = المقصود { $meant }، المحسوس { $felt }، الفجوة { $gap }
legend = مفتاح الرموز
legend-visibility = الخط المزدوج هو حد ما يراه العميل
not-known = غير معروف

numbers-title = المنحنى بالأرقام
numbers-stage = المرحلة
numbers-number = الرقم
numbers-touchpoint = نقطة التماس
numbers-evidence = الدليل

floor-title = أرضية الثقة
floor-department = القسم
floor-share = مُوفى به
floor-judged = مما حُكم عليه
floor-mean = المتوسط
floor-lowest = الأرضية
floor-lowest-stage = أدنى مرحلة
floor-not-known = غير معروف: لم يُحكم على شيء
floor-nothing-judged = غير معروف: لم يوصف أي وعد هنا بعد بأنه مُوفى به أو مُخلَف.
floor-empty = لا يلتقي أي قسم بعميل في هذه الرحلة بعد.
floor-sentence = { $department } هو الأرضية: وُفي بـ { $kept } من { $judged ->
    [one] وعد واحد
    [two] وعدين
    [few] { $judged } وعود
    [many] { $judged } وعدًا
   *[other] { $judged } وعد
}. متوسط الأقسام { $mean }{ $unknown ->
    [0] .
    [one] ؛ ولا يُعرف شيء عن قسم واحد.
    [two] ؛ ولا يُعرف شيء عن قسمين.
    [few] ؛ ولا يُعرف شيء عن { $unknown } أقسام.
   *[other] ؛ ولا يُعرف شيء عن { $unknown } قسمًا.
}

floor-sentence-occasions = { $department } هو الأرضية: وُفي في { $kept } من { $judged ->
    [one] مرة واحدة
    [two] مرتين
    [few] { $judged } مرات
   *[other] { $judged } مرة
}. متوسط الأقسام { $mean }{ $unknown ->
    [0] .
    [one] ؛ ولا يُعرف شيء عن قسم واحد.
    [two] ؛ ولا يُعرف شيء عن قسمين.
    [few] ؛ ولا يُعرف شيء عن { $unknown } أقسام.
   *[other] ؛ ولا يُعرف شيء عن { $unknown } قسمًا.
}
floor-sample = من بيانات نموذجية.
floor-lift = الوفاء بالوعد { $number } يرفعها إلى { $to }.
floor-lift-occasions = أُخلف الوعد { $number } { $missed ->
    [one] مرة واحدة
    [two] مرتين
    [few] { $missed } مرات
   *[other] { $missed } مرة
}؛ ولولا ذلك لكانت الأرضية { $to }.

figure-answers = { $count ->
    [zero] لا إجابات
    [one] إجابة واحدة
    [two] إجابتان
    [few] { $count } إجابات
   *[other] { $count } إجابة
}
figure-occasions = { $count ->
    [zero] لا مرات
    [one] مرة واحدة
    [two] مرتان
    [few] { $count } مرات
   *[other] { $count } مرة
}
figure-interval = مجال 95% من { $low } إلى { $high }
figure-interval-from = مجال 95% من { $low }، وطرفه الأعلى غير معروف
figure-interval-to = مجال 95% حتى { $high }، وطرفه الأدنى غير معروف
figure-p90 = تسع من عشر في حدود { $value }
figure-hidden = الإجابات أقل من أن تُعرض
figure-empty = لا إجابات بعد
figure-sample = بيانات نموذجية
period-quarter = الربع { $quarter } من { $year }
period-span = من { $from } إلى { $to }
change-up = أعلى في { $to } منه في { $from }، بما يتجاوز المصادفة
change-down = أدنى في { $to } منه في { $from }، بما يتجاوز المصادفة
change-unclear = لا تغيُّر واضحًا من { $from } إلى { $to }
figure-kept-occasions = وُفي في { $share } · { $interval } · { $n ->
    [one] مرة واحدة
    [two] مرتان
    [few] { $n } مرات
   *[other] { $n } مرة
}
budget-left = { $left ->
    [0] لا يجوز تفويت أي مرة أخرى
    [one] يجوز تفويت مرة واحدة أخرى
    [two] يجوز تفويت مرتين أخريين
    [few] يجوز تفويت { $left } مرات أخرى
   *[other] يجوز تفويت { $left } مرة أخرى
}: فُوِّت { $missed } من { $n } في { $period }
budget-spent = زيادة قدرها { $left }: فُوِّت { $missed } من { $n } في { $period }
by-stage = حسب المرحلة
by-touchpoint = حسب نقطة التماس
by-persona = حسب الشخصية
by-channel = حسب القناة
by-department = حسب القسم
by-language = حسب اللغة
by-not-stated = غير مذكور
specific-number = كم
specific-deadline = متى
specific-whom = لمن
specific-nothing = لا كم ولا متى ولا لمن

# --- charts
chart-value = القيمة
chart-interval = مجال 95%
chart-n = الإجابات
chart-period = الفترة
chart-share = الحصة
chart-score-head = الدرجة
chart-numbers = كل الأرقام
chart-by-period = حسب الفترة
chart-answers = الإجابات حسب الدرجة
chart-note-share = الأعمدة الممتلئة تُحسب في الرقم.
chart-note-net = الأعمدة الممتلئة تُحسب للرقم والفارغة عليه، والرمادية لا هذا ولا ذاك.
target-reached = بُلغ الهدف
target-unclear = أقرب من أن يُحسم
target-missed = لم يُبلغ الهدف
chart-target = الهدف { $target }
chart-score = { $score }: { $count ->
    [zero] لا إجابات
    [one] إجابة واحدة
    [two] إجابتان
    [few] { $count } إجابات
   *[other] { $count } إجابة
}
chart-periods-label = { $count ->
    [one] فترة واحدة، { $last } في { $to }
    [two] فترتان، من { $first } في { $from } إلى { $last } في { $to }
    [few] { $count } فترات، من { $first } في { $from } إلى { $last } في { $to }
   *[other] { $count } فترة، من { $first } في { $from } إلى { $last } في { $to }
}
metric-empty = لم يُقَس بعد. سمِّ عند المقياس ملفًا فيه إجابات:
gap-title = من المقصود إلى المحسوس
gap-note = حيث يتباعد ما نقصده وما يرويه العملاء أكثر ما يكون. الحلقة ما نقصده، والقرص ما يُحَس.
gap-empty = لم يكتب أحد بعد أي شعور نقصده. عند نقطة تماس:
gap-measured = المقيس مقابل الهدف
gap-metric-short = { $value }، والهدف { $target }: ينقصه { $gap }
gap-metric-reached = { $value }، والهدف { $target }
lane-gap-curve = المقصود والمحسوس
lane-gap-curve-note = منحنيين
front-trust = الثقة
front-satisfaction = الرضا
front-effort = الجهد
front-not-measured = لم يُقَس بعد. اكتب مقياسًا:
front-more-metrics = { $count ->
    [one] مقياس آخر
    [two] مقياسان آخران
    [few] { $count } مقاييس أخرى
   *[other] { $count } مقياسًا آخر
}

stage-position = المرحلة { $number } من { $count }
stage-strip = مراحل هذه الرحلة
stage-touchpoints = نقاط التماس
stage-feeling = الشعور من −2 إلى +2
stage-gap = من المحسوس (القرص) إلى المقصود (الحلقة)
stage-pains = الآلام والعوائق والفرص
stage-no-pain = لا ألم معروفًا
stage-not-asked = لم يُسأل
stage-no-touchpoints = لا نقاط تماس بعد: أين يلتقينا العميل في هذه المرحلة؟ اكتب الأولى:
stage-promises = الوعود السارية
stage-no-promises = لا وعد ساريًا هنا. انسب هذه المرحلة إلى وعد:
stage-strategies = الاستراتيجيات حسب الركيزة
stage-effort-impact = الجهد / الأثر
stage-no-pillar = بلا ركيزة
stage-pillar-unserved = لا تخدم أي استراتيجية هذه الركيزة هنا
stage-no-strategies = لا تخدم أي استراتيجية هذه المرحلة. انسب هذه المرحلة إلى استراتيجية:
stage-checklists = قائمة التحقق
stage-no-checklist = لا شيء للتأشير عليه بعد. اكتب البند الأول:
stage-metrics = المقاييس
stage-neighbours = المرحلة السابقة والتالية
stage-previous = المرحلة السابقة
stage-next = المرحلة التالية
promise = الوعد
strategies-none = لا استراتيجية هنا بعد.
promises-none = لا وعد هنا بعد.
checklist-progress = التقدم
checklist-owner = المسؤول
checklist-date = التاريخ
checklist-signature = التوقيع
promise-state = الحال
promise-department = القسم
metric-kind-nps = صافي المروِّجين، من −100 إلى 100
metric-kind-csat = الرضا: حصة 4 و5 من 5
metric-kind-ces = الجهد: متوسط 1 إلى 7
metric-kind-ces-top3 = الجهد: حصة 5 إلى 7 من 7
metric-kind-ces-net = الجهد: حصة 6 و7 ناقص حصة 1 إلى 3
metric-kind-trust = الثقة: حصة 6 و7 من 7
metric-kind-rate = حصة المرات
metric-kind-duration = وسيط المدد
metric-kind-count = عدد الأحداث
grade-low = منخفض
grade-medium = متوسط
grade-high = مرتفع

front-kept = الوعود المُوفى بها
front-of = من
front-reviews = المراجعات في موعدها
front-nothing-overdue = لا شيء متأخر
front-overdue = المراجعات المتأخرة
front-overdue-words = { $count } متأخرة، أطولها { $longest }
front-overdue-more = { $count } أخرى
card-no-feelings = لم يكتب أحد بعد ما يشعر به العملاء هنا. عند نقطة تماس:
card-no-stages = لا مراحل بعد. اكتب الأولى:
front-all-checklists = كل قوائم التحقق
front-states = الوعود حسب الحال
front-register = السجل
front-count = العدد
front-marks = علامة لكل وعد
front-trouble = { $broken ->
    [0] { $risk } معرَّض للخطر
   *[other] { $risk ->
        [0] { $broken } مُخلَف
       *[other] { $broken } مُخلَف، { $risk } معرَّض للخطر
    }
}
front-lowest = الأدنى: { $number } { $touchpoint }، { $value }
front-empty = لا وعد ولا رحلة مكتوبة هنا بعد. أحد هذه الملفات بداية:
front-empty-promises = ما وعدتم به العملاء، ومن عليه الوفاء به، وأين قيل.
front-empty-journey = أين يلتقي بكم العميل، مرحلةً بعد مرحلة، وما شعوره.
front-empty-guide = كيف تعملون: صفحة Markdown لكل أمر يُسأل عنه.
front-empty-new = يصنع دليلاً صغيراً من هذا كله، مع تعليقات تشرحه.
front-no-journeys = لا رحلة بعد. اكتب الأولى:
front-no-promises = لا وعد بعد. اكتب الأول:
due-what = ماذا
due-day = الموعد
due-late = متأخر
thing-page = صفحة
thing-overview = نظرة عامة
thing-strategy = استراتيجية
thing-pillar = ركيزة
thing-persona = شخصية
thing-recovery = تدارُك
thing-journey = رحلة
thing-stage = مرحلة
thing-promise = وعد
thing-metric = مقياس
thing-department = قسم
thing-channel = قناة
thing-claim = شاهد
thing-term = مصطلح
thing-checklist = قائمة تحقق

coverage-lede = أي الاستراتيجيات تخدم أي مرحلة، حسب جانب الثقة الذي تحمله. الخانة المهشَّرة لا تخدمها أي استراتيجية.
coverage-stage = المرحلة
coverage-other = بلا ركيزة
coverage-none = لا شيء بعد
coverage-full = كل ركيزة تخدم كل مرحلة
coverage-holes = { $count ->
    [zero] لا خانات بلا استراتيجية
    [one] خانة واحدة بلا استراتيجية
    [two] خانتان بلا استراتيجية
    [few] { $count } خانات بلا استراتيجية
   *[other] { $count } خانة بلا استراتيجية
}
coverage-which = أي استراتيجيات
coverage-no-stages = لا مراحل في هذه الرحلة بعد.
coverage-no-pillars = لا ركيزة بعد. اكتب الأولى:

# --- every page
skip-link = انتقل إلى المحتوى
moved = انتقلت هذه الصفحة
nav-menu = القائمة
nav-label = الدليل
nav-front = نظرة عامة
nav-journeys = الرحلات
nav-all-journeys = كل الرحلات
nav-promises = الوعود
nav-work = العمل
nav-guides = الأدلة
nav-reference = المراجع
crumbs = مسار التصفح
language = اللغة
language-untranslated = غير مترجمة
scheme = الألوان
scheme-auto = كالنظام
scheme-light = فاتح
scheme-dark = داكن
edition-internal = نسخة داخلية
edit-page = عدِّل هذه الصفحة
neighbours = الصفحة السابقة والتالية
previous = السابق
next = التالي
heading-link = رابط إلى هذا القسم
footnote = الحاشية { $number }
footnotes = الحواشي
footnote-back = عودة إلى النص
not-found = لا توجد صفحة كهذه
not-found-help = ربما تغيَّر اسمها أو أزيلت. تعرض قائمة التصفح كل ما هو موجود.
not-found-home = إلى النظرة العامة
notice-draft = هذه الصفحة مسودة
notice-untranslated = هذه الصفحة ليست بعدُ باللغة { $language }
notice-partly = أجزاء من هذه الصفحة ليست بعدُ باللغة { $language }
notice-reading = أنت تقرؤها باللغة { $language }.
notice-partly-reading = تلك الأجزاء باللغة { $language }.
reading-time = { $minutes ->
    [zero] أقل من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $minutes } دقائق
   *[other] { $minutes } دقيقة
}
linked-from = صفحات تحيل إلى هنا
pager = الصفحة { $number } من { $count }
pager-label = صفحات هذه القائمة
section-pages = في هذا القسم

# --- kinds
kind-promises = الوعود
kind-metrics = المقاييس
kind-strategies = الاستراتيجيات
kind-recoveries = التدارُك
kind-incidents = الحوادث
kind-reviews = مواعيد المراجعة
kind-coverage = التغطية
kind-pillars = الركائز
kind-personas = الشخصيات
kind-departments = الأقسام
kind-channels = القنوات
kind-claims = الشواهد
kind-glossary = المصطلحات
kind-tags = الوسوم

# --- asides
aside-note = ملاحظة
aside-tip = نصيحة
aside-warning = تحذير
aside-promise = وعد
aside-risk = خطر
aside-script = كلمات تُقال
details = المزيد

# --- registers
overview-empty = لا شيء هنا بعد.
promises-no-department = بلا قسم
promises-by-department = حسب القسم
promises-by-stage = حسب المرحلة
promises-by-pillar = حسب الركيزة
promises-by-state = حسب الحال
kept-of-judged = وُفي بـ { $kept } من { $judged } حُكم عليها
stage-of-journey = { $stage } ({ $journey })
fact-and-value = { $fact }: { $value }
fact-stages = المراحل
fact-effort = الجهد
fact-impact = الأثر
pillar-no-strategies = لا تخدم أي استراتيجية هذه الركيزة بعد.
pillar-no-promises = لا يحمل أي وعد هذه الركيزة بعد.
persona-goals = الأهداف
persona-pains = الآلام
persona-values = القيم
persona-behaviours = السلوك
persona-evidence = الدليل
department-counts = { $touchpoints ->
    [zero] لا نقاط تماس
    [one] نقطة تماس واحدة
    [two] نقطتا تماس
    [few] { $touchpoints } نقاط تماس
   *[other] { $touchpoints } نقطة تماس
} · { $promises ->
    [zero] لا وعود
    [one] وعد واحد
    [two] وعدان
    [few] { $promises } وعود
    [many] { $promises } وعدًا
   *[other] { $promises } وعد
}
department-promises = ما وعد به
department-no-promises = لم يعد العملاء بشيء.
department-touchpoints = أين يلتقي به العملاء
department-no-touchpoints = لا نقطة تماس معه في أي رحلة.
department-no-strategies = لا يعمل باستراتيجية بعد.
channel-empty = لا نقطة تماس ولا وعد على هذه القناة.
metric-target = الهدف
department-occasions = المقيس
metric-proves = يُثبت
claim-source = المصدر
claim-date = نُشر
claim-sample = العينة
claim-expires = يُراجَع قبل
claim-cited = استُشهد به في
claim-expired = انتهت صلاحيته: راجِع مصدره من جديد
tag-pages = صفحات بهذا الوسم
promise-pillar = الركيزة
promise-channel = القناة
promise-metric = يُثبته
promise-measured = المقيس
promise-budget = المتبقي للتفويت
promise-decided = تقرَّرت حاله بـ
promise-decided-metric = المقياس
promise-decided-declared = كلمة المسؤول عنه
promise-specific = يقول
promise-since = سارٍ منذ
promise-history = التاريخ
promise-no-history = لم يُدوَّن شيء بعد. اكتب القيد الأول:
promise-date = التاريخ
promise-happened = ما حدث
promise-touchpoints = نقاط التماس التي تعطيه
promise-no-touchpoints = لا تذكر أي نقطة تماس هذا الوعد. عند نقطة تماس:
promise-incidents = متى أُخلف
promise-siblings = وعود أخرى لهذا القسم
promise-proof = البرهان
promise-no-proof = لم يُذكر برهان بعد.
promise-made-in = أين قُطع
promise-nowhere = في لا مكان نعرفه.
promise-leaning = صفحات تستند إليه
severity-annoyance = إزعاج
severity-dissatisfaction = عدم رضا
severity-disvalue = ضرر
incident-noticed = لُوحظ
incident-acknowledged = أُقرَّ به
incident-apologised = اعتُذر عنه
incident-fixed = أُصلح
incident-told = أُخبر به

incident-severity = الشدة
incident-recovery = التدارُك
incident-after = { $count ->
    [0] في اليوم نفسه
    [one] بعد يوم واحد
    [two] بعد يومين
    [few] بعد { $count } أيام
    [many] بعد { $count } يومًا
   *[other] بعد { $count } يوم
}
incident-not-yet = ليس بعد، { $count ->
    [0] لُوحظ اليوم
    [one] بعد يوم واحد
    [two] بعد يومين
    [few] بعد { $count } أيام
    [many] بعد { $count } يومًا
   *[other] بعد { $count } يوم
}
incident-unknown = غير معروف
incidents-lede = وعود أُخلفت، وكم لزمنا لنقول ذلك ونعتذر ونُصلح ونُخبر بما تعلَّمناه. تُحسب الأيام منذ الملاحظة.
incidents-log = ما حدث
incidents-promise = الوعد
incidents-repeats = الشدة والتكرار
incidents-repeats-lede = كلفة الإخلال هي شدته مضروبة في عدد مرات تكراره.
incidents-times = المرات
incidents-ungraded = غير مُقدَّر
incidents-recoveries = ما يُعمل حين يحدث
incidents-none = لم تُدوَّن أي حادثة. قيد لكل واحدة:

reviews-lede = كل ما على أحد أن ينظر فيه من جديد، حسب المسؤول؛ والأطول انتظارًا أولًا.
reviews-key-overdue = متأخرة
reviews-key-total = لها موعد مراجعة
reviews-by-owner = حسب المسؤول
reviews-overdue = متأخر
reviews-what = ماذا
reviews-kind = النوع
reviews-reviewed = روجِع
reviews-due = المراجعة القادمة
reviews-no-owner = بلا مسؤول
reviews-none = لا موعد مراجعة لشيء بعد. في رأس الملف أو في رحلة أو وعد:
reviews-calendar = تقويمًا
reviews-calendar-name = { $site }: المراجعات
reviews-event = مراجعة: { $title }
reviews-event-owner = المسؤول: { $owner }

promises-overdue = { $count ->
    [zero] لا مراجعات متأخرة
    [one] مراجعة واحدة متأخرة
    [two] مراجعتان متأخرتان
    [few] { $count } مراجعات متأخرة
   *[other] { $count } مراجعة متأخرة
}
register-stages = المراحل
register-target = الهدف
register-reviewed = روجِع

# --- the audit
audit-title = تدقيق الوعود
audit-of = تدقيق الوعود: { $site }، { $day }
audit-lede = ما وعدنا به، وهل وفينا به، وما لا يعرفه أحد. الأسوأ أولًا: جدول أعمال اجتماع، وفيه متسع لقراراته.
audit-day = في يوم
audit-empty = لا شيء للتدقيق بعد: ابدأ بوعد قطعتموه للعملاء في content/promises.toml.
audit-narrow = تترك هذه النسخة أشياء عمدًا، لذلك لا يُبحث إلا عن الوعود المُخلَفة أو المعرَّضة للخطر أو المتأخرة.
audit-nothing = لا خطأ يمكن أن يعرفه الدليل. ليجرِّب أحدكم وعدًا كما يجرِّبه العميل.
audit-kept-about = مما عُرف حاله.
audit-weight-broken = مُخلَف
audit-weight-broken-about = يلاحظه العملاء.
audit-weight-unsure = غير مؤكَّد
audit-weight-unsure-about = لا أحد يستطيع القول إنها قائمة.
audit-weight-unfinished = غير مكتمل
audit-weight-unfinished-about = عمل بُدئ وتُرك.
audit-accounts = المقطوع مقابل المُوفى به
audit-basis-occasions = الأضعف أولًا، حسب المرات التي وُفي فيها بالوعود
audit-basis-promises = الأضعف أولًا، حسب الوعود المُوفى بها مما حُكم عليه
audit-made = مقطوع
audit-share = وُفي في
audit-judged = من
audit-late-short = متأخر
audit-total = كل الأقسام
audit-interval = { $low }–{ $high }
audit-more = { $count ->
    [one] واحد آخر؛ يسردها كلها trustbook audit --format csv
    [two] اثنان آخران؛ يسردها كلها trustbook audit --format csv
   *[other] { $count } أخرى؛ يسردها كلها trustbook audit --format csv
}
audit-lines = { $count ->
    [zero] لا أسطر
    [one] سطر واحد
    [two] سطران
    [few] { $count } أسطر
    [many] { $count } سطرًا
   *[other] { $count } سطر
}
audit-whose = لمن
audit-known = ما يُعرف
audit-decision = القرار والاسم والتاريخ
audit-sign = الاعتماد
audit-sign-about = من يوقِّع فقد رأى أسطر قسمه وقرَّر بشأنها.
audit-who = عن
audit-chair = الاجتماع
audit-undeliverable-promise = وعود لا يمكن الوفاء بها
audit-undeliverable-promise-about = مُخلَفة منذ أن نظر فيها أحد. لن يكفي الإصلاح مرة أخرى: صغِّرها، أو ادفع ثمنها، أو اسحبها.
audit-broken-promise = وعود مُخلَفة
audit-broken-promise-about = قيل هذا للعملاء وليس قائمًا. قرِّر: أصلِح أو موِّل أو صغِّر أو اسحب.
audit-promise-at-risk = وعود معرَّضة للخطر
audit-promise-at-risk-about = لا تُثبت الأرقام أنها قائمة. عُدَّ حالات أكثر، أو أحسِن.
audit-department-without-promise = أقسام تلتقي بالعملاء ولا تعد بشيء
audit-department-without-promise-about = تُفقد الثقة هنا دون أن تُرى. أعطِ كلًّا منها وعدًا يستطيع الوفاء به.
audit-unowned-promise = وعود لا مسؤول عنها
audit-unowned-promise-about = يُوفى بها مصادفة. سمِّ دورًا، والقسم الذي عليه الوفاء.
audit-unmeasured-promise = وعود لا يقيسها شيء
audit-unmeasured-promise-about = لا أحد يستطيع القول إنها قائمة. سمِّ مقياسًا، أو أحضِر إجاباته.
audit-overdue-review = وعود تأخرت مراجعتها
audit-overdue-review-about = لم ينظر أحد في الوقت المناسب، مهما قالت الحال. حدِّد موعدًا، أو سلِّم الوعد لغيرك.
audit-promise-nowhere-made = وعود لم تُقطع في أي مكان
audit-promise-nowhere-made-about = لم يُخبَر بها عميل، فالوفاء بها لا يكسب ثقة. قلها، أو اشطبها.
audit-pain-without-opportunity = آلام بلا فرصة
audit-pain-without-opportunity-about = كُتبت ولم يتبعها شيء. ما يؤلم هنا سيؤلم العام القادم.
audit-unowned-opportunity = فرص بلا مسؤول
audit-unowned-opportunity-about = أفكار جيدة لم يُطلب من أحد تنفيذها.
audit-assumed-touchpoint = نقاط تماس نفترضها فقط
audit-assumed-touchpoint-about = لم يسأل أحد عميلًا. لحظات الحقيقة أولًا.
audit-idle-strategy = استراتيجيات لا تخدم أي مرحلة
audit-idle-strategy-about = لا ينال أحد في أي رحلة شيئًا منها. سمِّ مراحلها، أو دعها.
audit-against = { $value }، والهدف { $target }
audit-against-lower = { $value }، والهدف { $target } على الأكثر
audit-sample = الأرقام بيانات نموذجية.
audit-declared = يقوله المسؤول عنه؛ ولا شيء مقيس
audit-missed-periods = لم يُبلغ الهدف في كل من آخر { $count ->
    [one] فترة
    [two] فترتين
    [few] { $count } فترات
   *[other] { $count } فترة
}
audit-broken-entries = { $count ->
    [one] وُجد مُخلَفًا مرة واحدة
    [two] وُجد مُخلَفًا مرتين متتاليتين
    [few] وُجد مُخلَفًا { $count } مرات متتالية
   *[other] وُجد مُخلَفًا { $count } مرة متتالية
}
audit-no-owner = بلا مسؤول
audit-no-department = لا قسم عليه الوفاء به
audit-no-owner-nor-department = بلا مسؤول، ولا قسم عليه الوفاء به
audit-no-metric = بلا مقياس
audit-no-target = لا هدف لمقياسه
audit-late = متأخر { $days }
audit-due = موعده { $day }
audit-in-force = سارٍ في: { $stage }
audit-in-force-more = سارٍ في: { $stage } و{ $count } غيرها
audit-felt = الشعور { $value }

# --- search engines
page-of-site = { $page }: { $site }

# --- preview
preview-bar = المعاينة
preview-language = اللغة
preview-audience = الجمهور
preview-drafts = المسودات
preview-date = اليوم
preview-source = انسخ مسار ملف هذه الصفحة
preview-copied = نُسخ
preview-templates = القوالب
preview-close = أغلق
preview-polling = ينظر مرة كل ثانية
preview-last-good = هذه الصفحة كما كانت من قبل.
preview-missing = لا صفحة في هذا العنوان. لعلك تقصد إحدى هذه؟
preview-missing-none = لا صفحة في هذا العنوان.
preview-badge-draft = مسودة
preview-badge-fallback = غير مترجمة
preview-badge-overdue = المراجعة متأخرة
preview-errors = { $count ->
    [zero] لا أخطاء
    [one] خطأ واحد
    [two] خطآن
    [few] { $count } أخطاء
    [many] { $count } خطأً
   *[other] { $count } خطأ
}
preview-warnings = { $count ->
    [zero] لا تحذيرات
    [one] تحذير واحد
    [two] تحذيران
    [few] { $count } تحذيرات
    [many] { $count } تحذيرًا
   *[other] { $count } تحذير
}

# --- languages
audit-reading = كيف تُقرأ الصفحات
audit-reading-about = صفحات فيها مئة كلمة من النثر فأكثر، الأصعب أولًا. لا تُحسب العناوين والقوائم والاقتباسات، ولكل لغة مقياسها.
audit-reading-measure = المقياس
audit-reading-limit = صعب فوق
audit-reading-line = { $measure } { $value }، { $sentence } كلمة في الجملة
audit-reading-hard = { $measure } { $value }، { $sentence } كلمة في الجملة: صعب
reading-grade = صف مدرسي (Flesch–Kincaid)
reading-lix = LIX
reading-sentence = كلمات الجملة

# --- what came with places, translations and ticks
proof-head = مُوفى به؛ الشرطة: الهدف
proof-now = الآن
proof-declared = كما يقول المسؤول عنه
proof-none = لم يُثبت بعد
proof-withdrawn = لم يعد ساريًا
map-lanes = المسارات
map-print = طباعة
map-a3 = A3، كل المراحل
map-a4 = A4، صفحة لكل مرحلة
map-keys = تنتقل مفاتيح الأسهم من خانة إلى خانة
drop-off = هنا يغادر العملاء
language-outdated = قديمة
notice-stale = هذه الترجمة أقدم من مصدرها
notice-stale-about = تغيَّر النص باللغة { $language } منذ أُنجزت.
preview-badge-stale = ترجمة قديمة
translations-title = الترجمات
translations-lede = ما ينقص كل لغة، وما هو أقدم من مصدره. يرى القراء هناك لغة أخرى أو نصًا قديمًا، ويُخبَرون بذلك.
translations-percent = { $percent } من الكلمات حديثة
translations-current = حديثة
translations-stale = أقدم من مصدرها
translations-unaccepted = غير معتمدة
translations-missing = غير مترجمة
translations-stale-texts = { $count ->
    [zero] لا نصوص أقدم من مصدرها
    [one] نص واحد أقدم من مصدره
    [two] نصان أقدم من مصدرهما
    [few] { $count } نصوص أقدم من مصدرها
    [many] { $count } نصًا أقدم من مصدره
   *[other] { $count } نص أقدم من مصدره
}
translations-unaccepted-texts = { $count ->
    [zero] لا نصوص غير معتمدة
    [one] نص واحد غير معتمد
    [two] نصان غير معتمدين
    [few] { $count } نصوص غير معتمدة
    [many] { $count } نصًا غير معتمد
   *[other] { $count } نص غير معتمد
}
translations-missing-texts = { $count ->
    [zero] لا نصوص غير مترجمة
    [one] نص واحد غير مترجم
    [two] نصان غير مترجمين
    [few] { $count } نصوص غير مترجمة
    [many] { $count } نصًا غير مترجم
   *[other] { $count } نص غير مترجم
}
translations-what = الصفحة
translations-open = ما بقي مفتوحًا
translations-source = الملف
translations-nothing = كل شيء مترجم من مصدر اليوم.
translations-more = { $count ->
    [one] وواحد آخر يسرده هذا الأمر:
    [two] واثنان آخران يسردهما هذا الأمر:
   *[other] و{ $count } أخرى يسردها هذا الأمر:
}
ticks-count = أُنجز %done من %all
ticks-count-na = أُنجز %done من %all، و%na لا ينطبق
ticks-short = %done من %all
ticks-all = كل قوائم التحقق
ticks-here = هذه القوائم معًا
ticks-none-open = أُنجز كل ما في قوائم التحقق.
ticks-na = لا ينطبق
ticks-na-word = لا ينطبق
ticks-na-label = لا ينطبق: %item
ticks-copy = انسخ بصيغة Markdown
ticks-copied = نُسخ.
ticks-copy-by-hand = انسخ هذا
ticks-close = أغلق
ticks-export = صدِّر
ticks-export-markdown = صدِّر بصيغة Markdown
ticks-exported = حُفظ في ملف.
ticks-import = استورد
ticks-link = رابط فيه العلامات
ticks-linked = نُسخ الرابط. من يفتحه يُسأل أولًا.
ticks-too-many = العلامات أكثر مما يحمله رابط. صدِّر ملفًا.
ticks-reset = امسح
ticks-reset-all = امسح الكل
ticks-was-reset = العلامات الممسوحة: %count.
ticks-merged = البنود المتغيرة: %count.
ticks-nothing = لا شيء يتغير.
ticks-undo = تراجع
ticks-undone = كما كان من قبل.
ticks-gone = لم يعد في الدليل
ticks-off = لا يحفظ هذا المتصفح شيئًا هنا: تبقى العلامات حتى تغادر الصفحة. صدِّرها لتحفظها.
ticks-full = لم يبق في هذا المتصفح متسع للعلامات: تضيع الأخيرة حين تغادر الصفحة. صدِّرها لتحفظها.
ticks-later = حفظت هذه العلاماتِ نسخةٌ أحدث من الدليل. ما تؤشر عليه هنا لا يُحفظ.
ticks-large = الملف أكبر من 1 MB، ولا تبلغ علامات مصدَّرة هذا الحجم.
ticks-unreadable = لا علامات في هذا الملف.
ticks-newer = حفظت هذه العلاماتِ نسخةٌ أحدث من الدليل.
ticks-foreign = هذا الملف لدليل آخر: %name.
ticks-link-title = في هذا الرابط علامات
ticks-link-text = العلامات: %count. جديدة عليك: %fresh. وضعتَها على غير ذلك: %other. لا يُمحى شيء مما لك.
ticks-link-some = لبنود ليست في هذه الصفحة: %count.
ticks-link-unknown = ليس بينها ما هو لبند في هذه الصفحة.
ticks-link-unreadable = لا يمكن قراءتها: ربما نقص جزء من الرابط.
ticks-link-foreign = هي لدليل آخر.
ticks-yes = خذها
ticks-no = اترك ما لي كما هو
department-no-checklists = لا تذكره أي قائمة تحقق. اجعله المسؤول عن قائمة أو بند.

# --- البحث
search-label = بحث
search-pages = الصفحات
search-results = النتائج
search-none = لم يُعثر على شيء. جرّب كلمة أخرى أو كلمات أقل.
search-help = مفاتيح الأسهم للتنقل، وEnter للفتح، وEscape للإغلاق.
search-kind = النوع
search-stage = المرحلة
search-all = الكل
search-more = هناك المزيد: أضف كلمة.
search-close = إغلاق البحث
search-failed = تعذّر تحميل البحث. أعد تحميل الصفحة أو ابحث في التنقل.

# --- الحزم: الدليل أو جزء منه في ملف واحد
pack-contents = المحتويات
pack-day = في
pack-pages = { $count ->
    [zero] لا صفحات
    [one] صفحة واحدة
    [two] صفحتان
    [few] { $count } صفحات
    [many] { $count } صفحة
   *[other] { $count } صفحة
}
pack-home = الدليل على الشبكة
pack-empty = لا شيء ينتمي إليها بعد.

# موجز التغييرات.
feed-title = { $site }: التغييرات
feed-added = جديد: { $title }
feed-changed = تغيَّر: { $title }
feed-reviewed = رُوجِع: { $title }
feed-state = { $state }: { $title }
