"""What there was, what came, what went and what there is: 原有34处，新增4处、核销5处，现有33处; what came net of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, product

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import reckoned_wrong
from ..text.quantities import Quantity, amounts_in
from ..text.sentences import passages

_THEN = re.compile(
    r"原有|原先|(?:调整|整合|改革|改造|扩建|合并|优化|核定|整治|重组|清理|修订)前|原(?=[在登建])|[年月季期]初|(?:上|去)年[末底]|上期|上年结[转存]|期初|此前|年前|普查前|整治前|台账|上[月季周旬轮学][期度]?[末底]|上[年月季周期](?:结[余存转]|余|存|库存)|旧存|旧有|老底|接手时|盘点前"
)
_NOW = re.compile(
    r"现有|现存|(?:调整|整合|改革|改造|扩建|合并|优化|核定|整治|重组|清理|修订)后|现(?=[在登有])|实有|[年月季期]末|[年月]底|目前|期末|结存|库存|净?剩|总数|达到?|[增减升降扩涨][至到]|变为|眼下|如今|在册|在库|账面|余额|存量|手头|手上|盘点后|尚存|还有"
)
_CAME = re.compile(
    r"新增|增加|补[栏充]|新设|增[设补配]|新建|新开|开业|新设|新办|入职|调入|招录|新?购|进|迁入|出生|纳入|入库|收入|筹集|到账|新录|补录|转入|吸收|发展|登记|进新|购[置买]|调[进来]|接收|借[入来]|捐[入来]|产出|新[收受]|续[购添]|添[置购]"
)
_WENT = re.compile(
    r"退出|减少|淘汰|撤[减销并]|裁[减撤]|出栏|注销|关闭|关停|离职|调出|退休|迁出|死亡|退|流出|拆除|取消|核[减销]|销号|报废|转出|消耗|支[出付]|使用|发放|销售|领用|出库|清退|剔除|灭失|发[往出给放]|拨[给出付]|调[拨走]|借出|用[去掉]|花[去掉]|卖[出掉]|售出|送[往出]|耗[用去]|折损|退旧|交付|结案|审结|办结|兑付|划[出走]"
)
_STAYED = re.compile(r"移位|迁[址移]|改造|维修|整修|更新|置换|更名|续[聘签]|保留|变更")
"""What was done with some that are there before and after."""
_NET = re.compile(r"净[增减](?:加|长|少)?(?:了)?\s*$")
_FROM_TO = re.compile(r"[增减升降扩缩压提涨跌添裁][^，。；、：\d]{0,4}[到至为成]")
_MORE = re.compile(r"[，；、][^，。；、：\d]{0,6}(?:净?增加?|多[了出]|新[\u4e00-\u9fff]{1,2}的|添)[了的]?")
_LESS = re.compile(r"[，；、][^，。；、：\d]{0,6}(?:净?减少?|减下来|少了|[退裁撤][下出掉]?来?的)[了的]?")
_APART = re.compile(r"[。；\n]")
_NO_STOCK = re.compile(r"较|比(?!例)|同比|环比|其中|每|均|拟|计划|将|约")
_CLAUSE = re.compile(r"[，、；。：,（）()]")
_LABEL, _MOST, _NEAR = 18, 8, 30
"""Signs of a label, amounts of an account, and signs between two of them."""
_CLOSE = 5
"""An amount that differs by more than the fifth part is of another account, where the way of a move is not known."""


def check(document: Document) -> Iterator[Finding]:
    """Silent where anything but what came and went stands between the first amount and the last."""
    for start, passage in passages(document):
        moved = _CAME.search(passage) or _WENT.search(passage)
        if not moved and not ((_THEN.search(passage) and _NOW.search(passage)) or _FROM_TO.search(passage)):
            continue
        said = folded(passage)
        counted = amounts_in(said)
        moves = [_move(said, each) for each in counted]
        for at, one in enumerate(counted):
            for end in range(at + 2, min(at + _MOST, len(counted))):
                account = counted[at : end + 1]
                if not _one_account(said, account):
                    break
                if _now(said, counted[end]):
                    if _then(said, one):
                        yield from _judged(said, start, account, moves[at + 1 : end])
                    break
        yield from _nets(said, start, counted, moves)
        yield from _changes(said, start, counted)


def _label(said: str, each: Quantity) -> str:
    return _CLAUSE.split(said[max(each.start - _LABEL, 0) : each.start])[-1]


def _value(each: Quantity) -> Decimal:
    return each.value


def _move(said: str, each: Quantity) -> int:
    """1 for what came, -1 for what went, 0 for neither or for what cannot be told."""
    label = _STAYED.sub("", _label(said, each))
    came, went = bool(_CAME.search(label)), bool(_WENT.search(label))
    return 0 if came == went or _NET.search(label) else 1 if came else -1


def _stayed(said: str, each: Quantity) -> bool:
    return bool(_STAYED.search(_label(said, each)))


def _then(said: str, each: Quantity) -> bool:
    return bool(_THEN.search(_label(said, each)))


def _now(said: str, each: Quantity) -> bool:
    return bool(_NOW.search(_label(said, each)))


def _one_account(said: str, account: Sequence[Quantity]) -> bool:
    last, before = account[-1], account[-2]
    between = said[before.end : last.start]
    return (
        last.unit == before.unit
        and not (last.about or before.about)
        and len(between) <= _NEAR
        and not _APART.search(between)
        and not _NO_STOCK.search(between)
    )


def _judged(said: str, start: int, account: Sequence[Quantity], moves: Sequence[int]) -> Iterator[Finding]:
    """What of the moves is not known to have come or gone may be either, unless it makes no other sense."""
    first, *moved, last = account
    changed = [
        (each, move) for each, move in zip(moved, moves, strict=True) if move or not _stayed(said, each)
    ]
    moved, moves = [each for each, _ in changed], [move for _, move in changed]
    steps = {each.step for each in account}
    rough = max(steps) * len(account) / 2 if len(steps) > 1 else Decimal(0)
    if _adds_up(first, moved, last, [-move for move in moves], rough):
        return  # of loans what was paid out came to what is owed, and what was called in went
    if _adds_up(first, moved, last, moves, rough, unknown=(1, -1, 0)):
        return  # 新增4处、移位2处: what was moved is there still
    ways = list(product(*((move,) if move else (1, -1) for move in moves)))
    rights = [
        first.value + sum((each.value * way for each, way in zip(moved, way_, strict=True)), Decimal(0))
        for way_ in ways
    ]
    if min(abs(right - last.value) for right in rights) <= rough:
        return
    right, way_ = min(zip(rights, ways, strict=True), key=lambda each: abs(each[0] - last.value))
    if 0 not in moves or abs(right - last.value) * _CLOSE <= last.value:
        signs = [" + " if way > 0 else " - " for way in way_]
        yield reckoned_wrong(said, start, last, right, [first, *moved], signs)


def _adds_up(
    first: Quantity,
    moved: Sequence[Quantity],
    last: Quantity,
    moves: Sequence[int],
    rough: Decimal,
    *,
    unknown: Sequence[int] = (1, -1),
) -> bool:
    """Whether what came and went makes the last of the first, some way that is open."""
    return any(
        abs(first.value + sum((each.value * way for each, way in zip(moved, ways, strict=True)), -last.value))
        <= rough
        for ways in product(*((move,) if move else unknown for move in moves))
    )


def _moved(said: str, counted: Sequence[Quantity], moves: Sequence[int], last: int) -> Iterator[Decimal]:
    """What came and went up to an amount, the last first: 淘汰21头，转入26头，死亡1头，净增4头."""
    for at in range(last, max(last - _MOST, -1), -1):
        if not moves[at] or counted[at].unit != counted[last].unit:
            return
        if at < last and _APART.search(said[counted[at].end : counted[at + 1].start]):
            return
        yield counted[at].value * moves[at]


def _nets(said: str, start: int, counted: Sequence[Quantity], moves: Sequence[int]) -> Iterator[Finding]:
    """新增16家、退出7家，净增9家."""
    for at, (one, two, net) in enumerate(zip(counted, counted[1:], counted[2:], strict=False)):
        alike = one.unit == two.unit and net.unit in (one.unit, "人", "户")
        if not alike or any(each.about for each in (one, two, net)):
            continue
        if not _NET.search(said[two.end : net.start]) or _APART.search(said[one.end : net.start]):
            continue
        right = abs(one.value - two.value)
        sums = list(accumulate(_moved(said, counted, moves, at + 1)))
        if {moves[at], moves[at + 1]} == {1, -1} and net.value not in map(abs, sums):
            yield reckoned_wrong(said, start, net, right, sorted((one, two), key=_value, reverse=True), " - ")


def _changes(said: str, start: int, counted: Sequence[Quantity]) -> Iterator[Finding]:
    """值班员由9人增至12人，新来的3人均已持证."""
    for one, two, by in zip(counted, counted[1:], counted[2:], strict=False):
        if not one.unit == two.unit == by.unit or any(each.about for each in (one, two, by)):
            continue
        led = re.search(r"[由从][^，。；：\d]{0,6}$", said[max(one.start - _CLOSE * 2, 0) : one.start])
        if not led or not _FROM_TO.fullmatch(said, one.end, two.start):
            continue
        right = abs(two.value - one.value)
        told = _MORE if two.value > one.value else _LESS
        if told.fullmatch(said, two.end, by.start) and 0 < abs(right - by.value) <= right:
            yield reckoned_wrong(said, start, by, right, sorted((one, two), key=_value, reverse=True), " - ")
