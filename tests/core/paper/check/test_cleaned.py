"""What a document site put into a paper hides nothing of it from the other rules, and makes nothing up."""

from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.cleaned import cleaned
from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.finding import Elsewhere
from fenghuo.core.paper.check.rulebook import rules

LINES = st.lists(st.text("甲乙丙（一）、2026年。", max_size=12), min_size=1, max_size=6)
PIECES = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from([" 彐 ", "※", "\n本文来自某站", "k9\n"])), max_size=6
)

FAULTY = """龙泉镇2026年上半年安全生产工作总结
县应急管理局：
上半年共排查隐患389处，其中已整改300处、正在整改90处，整改率112%。
一、主要做法
（一）加强值守。2月30日召开会议，会上通报了情况。
（三）落实责任。值班员赵小满，电话13912345678，身份证号11010519491231002X。
特此报告。
龙泉镇人民政府
2026年7月3日"""


def strewn(text: str, pieces: list[tuple[int, str]]) -> tuple[str, list[tuple[int, int]]]:
    """A text with pieces put in at offsets of it, and where they stand then."""
    made, spans, at = "", [], 0
    for offset, piece in sorted(pieces):
        offset = min(offset, len(text))
        made += text[at:offset]
        spans.append((len(made), len(made) + len(piece)))
        made, at = made + piece, offset
    return made + text[at:], spans


def without(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    inside = {at for begun, stop in spans for at in range(begun, stop)}
    return "".join(text[at] for at in range(start, end) if at not in inside)


@given(LINES, PIECES, st.data())
def test_a_cleaned_paper_is_what_it_was_and_every_stretch_of_it_has_its_place(lines, pieces, data):
    text = "\n".join(lines)
    dosed, spans = strewn(text, pieces)
    noise = [rules()["copy-protection"].finding(*span, mend="", text="") for span in spans]
    clean = cleaned(from_text(dosed), noise)
    assert clean.document.text == text
    assert clean.document.paragraphs == from_text(text).paragraphs

    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = rules()["total-wrong"].finding(start, end)
    other = Elsewhere(found.span, "", "another paper")
    placed = clean.placed(
        rules()["total-wrong"].finding(start, end, elsewhere=(Elsewhere(found.span, ""), other))
    )
    assert without(dosed, placed.span.start, placed.span.end, spans) == text[start:end]
    assert placed.elsewhere == (Elsewhere(placed.span, ""), other)
    if end > start:
        assert dosed[placed.span.start] == text[start] and dosed[placed.span.end - 1] == text[end - 1]


def test_a_paper_full_of_a_sites_characters_has_the_faults_that_it_had_without_them():
    marks = "彐氼孒灬乄冇镸丨尐卋"
    places = [
        FAULTY.index(word) + 1
        for word in ("89处", "00处", "12%", "（一", "（三", "月30", "39123", "5194", "7月3", "满，")
    ]
    dosed, _ = strewn(FAULTY, [(at, f" {mark} ") for at, mark in zip(places, marks, strict=True)])
    named = {"numbers", "form", "personal"}

    def told(text):
        return [
            (
                each.rule,
                "".join(each for each in text[each.span.start : each.span.end] if each not in [" ", *marks]),
            )
            for each in check(from_text(text))
            if rules()[each.rule].family in named
        ]

    assert {"total-wrong", "number-skips", "date-unreal", "identity-card"} <= {
        rule for rule, _ in told(FAULTY)
    }
    assert told(dosed) == told(FAULTY)
