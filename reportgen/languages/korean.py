"""Korean, in the plain style (-다) and the nominal headings of Korean government papers."""

from __future__ import annotations

from types import MappingProxyType

from reportgen.languages.words import ChartLabels, DeckLabels, HandoutLabels, Labels, Marks


def plural(count: int) -> str:  # noqa: ARG001  # Korean nouns have one form
    return "other"


KOREAN = Labels(
    marks=Marks(comma=", ", semicolon="; ", colon=": ", opening="“", closing="”", stop_inside=False),
    memorandum="정책 메모",
    to="수신",
    sender="발신",
    date="일자",
    subject="제목",
    bottom_line="핵심 결론",
    why_now="왜 지금인가",
    kinds=MappingProxyType({"immediate": "즉시 조치", "opportunity": "기회", "friction": "마찰"}),
    judged_as="우리의 판단{confidence}{likelihood}:",
    with_confidence=MappingProxyType({"low": " · 확신도 낮음", "moderate": " · 확신도 보통", "high": " · 확신도 높음"}),
    with_likelihood=MappingProxyType(
        {
            "almost no chance": " · 가능성 거의 없음",
            "very unlikely": " · 가능성 매우 낮음",
            "unlikely": " · 가능성 낮음",
            "roughly even chance": " · 가능성 반반",
            "likely": " · 가능성 높음",
            "very likely": " · 가능성 매우 높음",
            "almost certain": " · 거의 확실함",
        }
    ),
    source="출처:",
    note="주:",
    citing="{name} 인용",
    reference="{author}, 「{title}」{more}",
    recommendations="권고 사항",
    recommendations_caption="조치와 담당, 시한은 모두 우리의 판단이다.",
    number="#",
    action="조치",
    lead="담당",
    deadline="시한",
    deadline_in="시한({year})",
    decide="결정할 사항",
    dates="주요 일정",
    basis="근거와 한계",
    notes="주석",
    stands_for="{name}: {reference}",
    said_by="{source}에서 {speaker}",
    as_in="주 {number} 참조",
    page="{page} / {pages}쪽",
    numerals=(),
    plural=plural,
    deck=DeckLabels(
        opening="시작",
        decide="결정",
        sources_section="출처",
        sections=MappingProxyType(
            {"why_now": "왜 지금인가", "immediate": "즉시 조치", "opportunity": "추진", "friction": "관리"}
        ),
        bottom_line="핵심 결론:",
        risk="위험 요인:",
        asked="질문을 받으면:",
        evidence="근거:",
        decisions=MappingProxyType({"other": "결정 {number}건을 권고한다"}),
        first_by=MappingProxyType({"other": "(첫 시한: {day})"}),
        number="#",
        to_be_decided="결정할 사항",
        recommended="여기에 권고한 내용과 담당, 시한은 모두 우리의 판단이다.",
        kept_in_view=MappingProxyType({"other": "눈여겨볼 일정"}),
        date="일자",
        event="내용",
        from_sources=MappingProxyType({"other": "모든 수치의 출처는 {number}건이다"}),
        leads_are_ours=" — 담당과 시한은 우리의 판단이다",
        sources=MappingProxyType({"other": "출처"}),
        open_marks="빗금 막대와 속이 빈 표시는 실측값이 아니라 한계값이나 전망치이다.",
        continued="“{title}”에서 이어짐. 발표할 내용은 첫 부분에 있다.",
        part="({part}/{parts})",
        part_alt="전체 {parts}부분 중 {part}번째.",
        table_alt="표: {title}",
    ),
    handout=HandoutLabels(
        kind="브리핑 노트",
        slide="슬라이드 {number}",
        slides="슬라이드 {number}",
        table=MappingProxyType({"other": "{rows}행으로 된 표"}),
    ),
    charts=ChartLabels(
        percent="단위: %",
        times="단위: 배",
        value="값",
        no_figure="수치 없음",
        forecast="전망",
        expected="예정",
        marks=MappingProxyType({"today": "오늘", "deadline": "시한"}),
        charts=MappingProxyType(
            {
                "grouped bar": "가로 막대그래프.",
                "stacked bar": "누적 가로 막대그래프.",
                "percent bar": "100% 누적 가로 막대그래프.",
                "grouped column": "세로 막대그래프.",
                "stacked column": "누적 세로 막대그래프.",
                "percent column": "100% 누적 세로 막대그래프.",
                "line": "꺾은선그래프.",
                "range": "범위 그래프.",
                "share": "전체와 부분을 한 막대로 나타낸 그래프.",
                "timeline": "연표(축척에 맞춤).",
                "order": "연표(순서만 나타내며 축척과 무관함).",
            }
        ),
        forecasts_from="{start} 이후의 값은 전망치이다.",
        low="하한",
        high="상한",
        range="범위",
        below_zero="0 미만 범위",
        low_to_high="{low} ~ {high}",
        from_to="{low}에서 {high}까지",
        rest="나머지는 다른 부분에서 계산한 값이다.",
        when="시기",
        what="내용",
        unfinished="아직 끝나지 않음.",
        in_order="순서만 나타내며 간격은 실제 기간과 무관하다.",
        matrix="{rows}행으로 된 비교표. 열: {columns}.",
        table="{rows}행으로 된 표. 열: {columns}.",
        decade_parts=MappingProxyType({"early": "초", "mid": "중반", "late": "말"}),
    ),
)
