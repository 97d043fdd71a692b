"""How many phases, batches or terms there are, beside those that are numbered: 分3期, and 第一期、…、第四期."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded, how_many
from ..faults import counts_differ

_HAN = "一二两三四五六七八九十"
_KINDS = r"阶段|批次|批|期|轮|步|组|小组|标段|片区|中队|梯队|环节|步骤|科目|板块|单元|学段|档|路"
_NTH = re.compile(
    rf"第(?P<nth>\d{{1,2}}|[{_HAN}]{{1,2}})(?P<kind>{_KINDS})|(?P<named>科目|标段)(?P<at>[{_HAN}]{{1,2}})"
)
_MANY = re.compile(
    rf"(?<![\d.第{_HAN}百千万前后首每余再另续])(?P<found>(?P<many>\d{{1,2}}|[{_HAN}]{{1,2}})个?(?P<kind>{_KINDS}))(?![\u4e00-\u9fff]?第)"
)
_ALL_OF = re.compile(r"(?:分(?:成|为|作)?|共|设|按|安排|划为|划分为|组成|下设|开展|经过?)[^，。；\d]{0,6}$")
_LEAD, _MOST = 12, 12


def check(document: Document) -> Iterator[Finding]:
    """Silent where the numbered ones are not 1, 2, 3, or fewer are told and nothing says that they are all."""
    said = folded(document.text)
    if "第" not in said and "科目" not in said:
        return
    places: dict[str, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for match in _NTH.finditer(said):
        number = how_many(match["nth"] or match["at"])
        places[match["kind"] or match["named"]][number].append(Span(*match.span()))
    counted = [match for match in _MANY.finditer(said) if match["kind"] in places]
    for match in counted:
        numbered, many = places[match["kind"]], how_many(match["many"])
        last = len(numbered)
        if many == last or not 2 <= many <= _MOST or last < 2 or sorted(numbered) != list(range(1, last + 1)):
            continue
        told = [how_many(each["many"]) for each in counted if each["kind"] == match["kind"]]
        if not _ALL_OF.search(said[max(match.start() - _LEAD, 0) : match.start()]):
            continue
        if many > last and last not in told:
            continue
        place = numbered[last][0]
        yield counts_differ(
            document.text,
            0,
            Span(*match.span("found")),
            Elsewhere(place, document.text[place.start : place.end]),
            other=f"{last}",
        )
