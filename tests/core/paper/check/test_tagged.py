"""PDFs that say themselves what their paragraphs are, and those that say it wrongly."""

import pytest

from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.read import read

from .files import tagged_pdf

FULL = "当前气温回升快、降水偏少，林下可燃物积累较多，加上祭扫春"
LINES = [
    (80, 700, FULL),
    (80, 671, "耕等用火活动增加，各乡镇要把准备做在前面。"),
    (80, 640, "责任区域由各乡镇"),
    (300, 640, "第一号检查站和"),
    (80, 620, "自行划定并公布"),
    (300, 620, "第二号检查站"),
    (500, 60, "~— 1 —"),
]


def element(kind: str, *kids: object) -> str:
    return f"<< /S /{kind} /Pg 3 0 R /K [{' '.join(map(str, kids))}] >>"


def said(structure: str, lines=LINES) -> list[str]:
    document = read(tagged_pdf(lines, structure), "paper.pdf")
    return [document.said(each) for each in document.paragraphs]


TABLE = element("Table", element("TR", element("TD", element("P", 2, 4)), element("TD", 3, 5)))


def test_paragraphs_and_cells_are_those_of_the_tags_and_decoration_is_left_out():
    structure = element("Document", element("P", 0, 1), TABLE)
    assert said(structure) == [
        FULL + "耕等用火活动增加，各乡镇要把准备做在前面。",
        "责任区域由各乡镇自行划定并公布",
        "第一号检查站和第二号检查站",
    ]
    document = read(tagged_pdf(LINES, structure), "paper.pdf")
    assert [each.cell for each in document.paragraphs] == [False, True, True]
    assert not [each for each in check(document) if each.rule in ("broken-line", "space-in-chinese")]


def test_the_order_is_that_of_the_tags():
    assert said(element("Document", TABLE, element("P", 0, 1)))[-1].startswith(FULL)


def test_titles_and_headings_are_known_for_what_they_are():
    structure = element(
        "Document", element("Title", element("P", 0, 1)), element("H2", 2, 4), element("P", 3, 5)
    )
    document = read(tagged_pdf(LINES, structure), "paper.pdf")
    assert [each.style for each in document.paragraphs][:2] == ["Title", "heading 2"]


def test_tags_that_make_every_line_a_paragraph_are_not_believed():
    lines = [(80, 700, FULL), (80, 671, FULL), (80, 642, FULL), (80, 613, "把准备做在前面。")]
    structure = element("Document", *(element("P", number) for number in range(4)))
    assert said(structure, lines) == [FULL * 3 + "把准备做在前面。"]


@pytest.mark.parametrize(
    "structure",
    [
        "",  # none
        "4 0 R",  # the root is its own kid
        element("Document", element("P", 0)),  # most of the text is not tagged
        "<< /S /P /K 99999 >>",
        "<< /S /P /Pg 3 0 R /K (words) >>",
        "<< /K << /K << /K [] >> >> >> null 7 0 R",
        element("Document", *("<< /S /Div /K " * 90 + "0" + " >>" * 90,)),
    ],
)
def test_broken_tags_do_not_cost_the_text(structure):
    text = "".join(said(structure))
    assert FULL in text and "第二号检查站" in text
