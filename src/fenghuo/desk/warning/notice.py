"""The official notice 预警单 of a warning, as a .docx file or a PDF."""

from django.utils import timezone
from django.utils.translation import override

from fenghuo.core import paper
from fenghuo.desk.places.models import Area

from . import document, wording
from .models import Warning


def described(warning: Warning, areas: list[Area], units: list[str], language: str = "zh") -> paper.Paper:
    """The notice as a paper; `language` is zh or en, `units` the names of those it is addressed to."""
    day = timezone.localtime(warning.issued_at or warning.drafted_at).date()
    body = document.issuer(warning.area, language)
    with override("en" if language == "en" else "zh-hans"):
        signed = str(warning.approved_by or warning.issued_by or "")
        return paper.Paper(
            kind=paper.Kind.WARNING_NOTICE,
            issuer=body,
            number=warning.number_text if language == "en" else warning.number,
            title=_title(warning, language),
            addressees=tuple(units),
            blocks=_blocks(warning, areas, signed, language),
            signature=body,
            date=day,
            language=language,
        )


def render(
    warning: Warning,
    areas: list[Area],
    units: list[str],
    language: str = "zh",
    form: paper.Form = paper.Form.DOCX,
) -> bytes:
    """The notice as the bytes of a file."""
    return paper.render(described(warning, areas, units, language), form)


def _title(warning: Warning, language: str) -> str:
    if language == "en":
        return f"Notice\n{warning.headline_in('en')}"
    lifted = warning.msg_type == Warning.Kind.CANCEL
    return f"{warning.headline_in('zh')}{'通知单' if lifted else '单'}"


def _blocks(warning: Warning, areas: list[Area], signed: str, language: str) -> tuple[paper.Block, ...]:
    english = language == "en"
    lifted = warning.msg_type == Warning.Kind.CANCEL
    blocks: list[paper.Block] = []
    if warning.original is not None:
        kind = ("lifts" if lifted else "replaces") if english else ("解除" if lifted else "替代")
        number = warning.original.number_text if english else warning.original.number
        blocks.append(
            paper.Paragraph(f"This notice {kind} {number}." if english else f"本预警单{kind}{number}。")
        )
    until = wording.moment(warning.expires)
    blocks += [
        paper.Heading(1, "Where" if english else "预警范围"),
        paper.Paragraph(wording.names(areas) + ("." if english else "。")),
    ]
    if not lifted:
        blocks += [
            paper.Heading(1, "Level and time" if english else "预警级别和时间"),
            paper.Paragraph(
                f"{warning.level_name}, in force until {until}."
                if english
                else f"{warning.level_name}预警，自签发时起至{until}。"
            ),
            paper.Heading(1, "What is happening" if english else "情况"),
            paper.Paragraph(wording.cause_and_description(warning)),
            paper.Heading(1, "What to do" if english else "要求"),
            *(paper.Paragraph(f"({n}) {line}" if english else f"{n}. {line}")
              for n, line in enumerate(warning.instructions, 1)),
        ]  # fmt: skip
    if signed:
        blocks.append(paper.Paragraph(f"Signed off by: {signed}" if english else f"签发：{signed}"))
    return tuple(blocks)
