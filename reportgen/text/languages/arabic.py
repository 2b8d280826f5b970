"""Arabic, in Modern Standard Arabic. Digits are the Western ones, as charts and their workbooks print them."""

from __future__ import annotations

from types import MappingProxyType

from reportgen.text.languages.label_fields import (
    ChartLabels,
    DeckLabels,
    DistributeLabels,
    FormLabels,
    HandoutLabels,
    Labels,
    LetterLabels,
    Marks,
)


def plural(count: int) -> str:
    """Return Unicode's form for a count in Arabic."""
    if count < 3:
        return ("zero", "one", "two")[count]
    return "few" if 3 <= count % 100 <= 10 else "many" if 11 <= count % 100 <= 99 else "other"


def _forms(one: str, two: str, few: str, many: str, other: str) -> MappingProxyType[str, str]:
    return MappingProxyType({"zero": other, "one": one, "two": two, "few": few, "many": many, "other": other})


ARABIC = Labels(
    marks=Marks(comma="، ", semicolon="؛ ", colon=": ", opening="«", closing="»", stop_inside=False),
    letter=LetterLabels(
        subject="{markings}{title}",
        salutation="السيد/السيدة {name}،",
        enclosed="تجدون مع هذه الرسالة «{title}» بتاريخ {date}:",
        documents=MappingProxyType(
            {"memo": "مذكرة السياسات", "deck": "شرائح الإحاطة مع الملاحظات", "handout": "ملاحظات الإحاطة"}
        ),
        bottom_line="الخلاصة:",
        marked="الوثائق تحمل العلامات الآتية:",
        numbered="هذه هي النسخة رقم {number} من الإصدار {version}. نرجو عدم تمريرها.",
        encrypted="تُفتح الملفات بكلمة مرور تصلكم بطريق آخر.",
    ),
    forms=FormLabels(
        names=MappingProxyType(
            {"info": "مذكرة سياسات", "action": "مذكرة إجراء", "decision": "مذكرة قرار", "onepage": "أبرز النقاط"}
        ),
        bottom_line_up_front="الخلاصة أولًا",
        asked="التوصيات",
        asked_caption="القرار لدى: {decider}. الإجراءات والجهات والمواعيد من تقديرنا.",
        background="الخلفية",
        your_decision="القرار",
        choices=("موافقة", "رفض", "مناقشة"),
        choice_of="{number}. {title}: {choice}",
        ballot="القرار: {choice}",
        purpose="الغرض",
        options="الخيارات",
        options_caption="كلها من تقديرنا، وكذلك ما يترتب عليها.",
        option="الخيار",
        implications="ما يترتب عليه",
        recommended="الموصى به",
        dissent="رأي مخالف",
        dissent_by="{by}:",
        dissent_ours="الحجة المضادة كما نراها:",
        clearance="الإجازة",
        office="الجهة",
        name="الاسم",
        initials="التوقيع",
        signature_page="القرار",
        signature_caption="اختر واحدًا ووقّع.",
        discuss="المناقشة قبل القرار",
        comments="ملاحظات",
        why_this_matters="لماذا يهم هذا",
        we_found="ما وجدناه",
        read_more="أرقام ¶ هي فقرات المصدر، وكلماته في الملف {file} المرفق بهذا الملف.",
    ),
    to="إلى",
    sender="من",
    date="التاريخ",
    subject="الموضوع",
    bottom_line="الخلاصة",
    why_now="لماذا الآن",
    kinds=MappingProxyType({"immediate": "إجراء عاجل", "opportunity": "فرصة", "friction": "موضع خلاف"}),
    judged_as="تقديرنا{confidence}{likelihood}:",
    with_confidence=MappingProxyType(
        {"low": "، بدرجة ثقة منخفضة", "moderate": "، بدرجة ثقة متوسطة", "high": "، بدرجة ثقة عالية"}
    ),
    with_likelihood=MappingProxyType(
        {
            "almost no chance": "، واحتماله يكاد ينعدم",
            "very unlikely": "، وهو مستبعد جدًا",
            "unlikely": "، وهو مستبعد",
            "roughly even chance": "، واحتماله وعدمه متساويان تقريبًا",
            "likely": "، وهو مرجّح",
            "very likely": "، وهو مرجّح جدًا",
            "almost certain": "، وهو شبه مؤكد",
        }
    ),
    source="المصدر:",
    note="ملاحظة:",
    citing="نقلًا عن {name}",
    reference="{author}، «{title}»{more}",
    recommendations="توصياتنا",
    recommendations_caption="هذا تقديرنا: الإجراءات والجهات والمواعيد من وضعنا.",
    number="م",
    action="الإجراء",
    lead="الجهة المسؤولة",
    deadline="الموعد",
    deadline_in="الموعد ({year})",
    decide="القرار المطلوب",
    dates="مواعيد مهمة",
    basis="الأساس وحدوده",
    notes="الهوامش",
    stands_for="{name}: {reference}",
    said_by="{speaker} في {source}",
    as_in="كما في الهامش {number}",
    page="صفحة {page} من {pages}",
    numerals=("", "", "", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"),
    plural=plural,
    deck=DeckLabels(
        opening="تمهيد",
        decide="القرار",
        sources_section="المصادر",
        sections=MappingProxyType(
            {"why_now": "لماذا الآن", "immediate": "إجراء عاجل", "opportunity": "بناء", "friction": "إدارة الخلاف"}
        ),
        bottom_line="الخلاصة:",
        risk="الخطر:",
        asked="إذا سُئلت:",
        evidence="الدليل:",
        decisions=_forms(
            one="نوصي بقرار واحد",
            two="نوصي بقرارين",
            few="نوصي ب{number} قرارات",
            many="نوصي بـ{number} قرارًا",
            other="نوصي بـ{number} قرار",
        ),
        first_by=_forms("، موعده {day}", *["، أولها موعده {day}"] * 4),
        number="م",
        to_be_decided="القرار المطلوب",
        recommended="ما نوصي به هنا، بما فيه الجهات والمواعيد، هو تقديرنا.",
        kept_in_view=_forms("موعد ينبغي ألا يغيب عن النظر", *["مواعيد ينبغي ألا تغيب عن النظر"] * 4),
        date="التاريخ",
        event="الحدث",
        from_sources=_forms(
            one="كل الأرقام من مصدر واحد",
            two="كل الأرقام من مصدرين",
            few="كل الأرقام من {number} مصادر",
            many="كل الأرقام من {number} مصدرًا",
            other="كل الأرقام من {number} مصدر",
        ),
        leads_are_ours="، أما الجهات والمواعيد فمن تقديرنا",
        sources=_forms("المصدر", "المصدران", "المصادر", "المصادر", "المصادر"),
        open_marks="الأعمدة المظللة والعلامات المفرغة حدود أو توقعات، وليست قيمًا مقيسة.",
        continued="تتمة «{title}»؛ وما يقال مذكور في الجزء الأول.",
        part="({part} من {parts})",
        part_alt="الجزء {part} من {parts}.",
        table_alt="جدول: {title}",
    ),
    handout=HandoutLabels(
        kind="ملاحظات الإحاطة",
        slide="الشريحة {number}",
        slides="الشرائح {number}",
        table=_forms(
            "جدول من صف واحد", "جدول من صفين", "جدول من {rows} صفوف", "جدول من {rows} صفًا", "جدول من {rows} صف"
        ),
    ),
    distribute=DistributeLabels(
        prepared_for="المستلم: {name}",
        copy="النسخة {number}",
        version="الإصدار {number}",
        date_pattern="{day} {month} {year}",
    ),
    charts=ChartLabels(
        percent="نسبة مئوية",
        times="عدد الأضعاف",
        value="القيمة",
        no_figure="لا رقم",
        forecast="توقع",
        expected="متوقع",
        marks=MappingProxyType({"today": "اليوم", "deadline": "الموعد النهائي"}),
        charts=MappingProxyType(
            {
                "grouped bar": "رسم بأشرطة أفقية.",
                "stacked bar": "رسم بأشرطة أفقية متراكمة.",
                "percent bar": "رسم بأشرطة أفقية متراكمة إلى 100%.",
                "grouped column": "رسم بأعمدة.",
                "stacked column": "رسم بأعمدة متراكمة.",
                "percent column": "رسم بأعمدة متراكمة إلى 100%.",
                "line": "رسم خطي.",
                "range": "رسم للنطاقات.",
                "share": "أجزاء من كل، في شريط واحد.",
                "timeline": "خط زمني بمقياس صحيح.",
                "order": "خط زمني مرتب بلا مقياس.",
            }
        ),
        forecasts_from="القيم ابتداءً من {start} توقعات.",
        low="من",
        high="إلى",
        range="النطاق",
        below_zero="النطاق دون الصفر",
        low_to_high="{low} إلى {high}",
        from_to="من {low} إلى {high}",
        rest="الباقي محسوب من الأجزاء الأخرى.",
        when="التاريخ",
        what="الحدث",
        unfinished="لم ينته بعد.",
        in_order="مرتبة زمنيًا؛ والمسافات ليست بمقياس.",
        matrix="جدول مقارنة، عدد صفوفه {rows}. الأعمدة: {columns}.",
        table="جدول، عدد صفوفه {rows}. الأعمدة: {columns}.",
        decade_parts=MappingProxyType({"early": "أوائل", "mid": "منتصف", "late": "أواخر"}),
    ),
)
