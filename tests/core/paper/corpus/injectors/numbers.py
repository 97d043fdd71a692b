"""Numbers and dates that cannot be right, or do not agree with each other."""

from __future__ import annotations

import re

from ..fault import Edit, Planted
from . import Injector, Setting, appended

DATE = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
PERIOD = re.compile(r"(?<!\d)(\d{4}年)?((\d{1,2})月(\d{1,2})日)至((\d{1,2})月(\d{1,2})日)")
YEAR = re.compile(r"(?<!\d)(\d{4})(?=年)")
RATE = re.compile(r"(?<=率)(为|达到)?(\d{2}(?:\.\d)?)(?=%)")
UNIT = re.compile(
    r"(?<![\d.第])(?P<verb>(?:检查|发现|整改|培训|出动|共|设置|新建|查处|登记|配备|转移|约谈|召开|印发|组织)"
    r"[一-鿿]{0,8}?)(?P<figure>\d+)(?P<unit>家次|人次|家|处|起|名|台|件|份|项|场|辆|套)(?=[，。；])"
)
LAST = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def _years(setting: Setting) -> tuple[tuple[int, int], ...]:
    """Every place that says the paper's year."""
    text = setting.paper.text
    return tuple(
        (match.start(), match.end()) for match in re.finditer(rf"(?<!\d){setting.paper.year}(?=[年〕])", text)
    )


def _title_year(setting: Setting) -> list[Planted]:
    """The title keeps the year of the paper it was copied from."""
    paper = setting.paper
    match = re.search(rf"{paper.year}(?=年)", paper.title.said)
    if not match:
        return []
    start = paper.title.start + match.start()
    wrong = paper.year - setting.one((1, 2, 10, 3), "TITLE_STEPS")
    also = tuple(place for place in _years(setting) if place[0] != start)
    # A year's difference from the date alone is usual in January; the text must speak of its year elsewhere.
    if len(also) < 2:
        return []
    return [Planted("numbers", "title's year", (Edit(start, start + 4, str(wrong)),), also=also)]


def _no_such_date(setting: Setting) -> list[Planted]:
    places = [
        (line.start + match.start(), line.start + match.end(), int(match[1]))
        for line in setting.paper.body
        for match in DATE.finditer(line.said)
    ]
    if not places:
        return []
    start, end, month = setting.chance.choice(places)
    wrong = setting.one(NO_DATES, "NO_DATES").format(m=month, over=LAST[month] + 1, past=LAST[month] + 2)
    return [Planted("numbers", "no such date", (Edit(start, end, wrong),), also=())]


NO_DATES = (
    "{m}月{over}日",
    "{m}月{over}日",
    "2月30日",
    "13月5日",
    "0月8日",
    "6月31日",
    "{m}月0日",
    "9月31日",
)


def _backwards(setting: Setting) -> list[Planted]:
    """A period that ends before it starts: within one month, or with the year written on both sides."""
    chance = setting.chance
    places = [
        (line.start, match)
        for line in setting.paper.body
        for match in PERIOD.finditer(line.said)
        if match[2] != match[5]
    ]
    if not places:
        return []
    base, match = chance.choice(places)
    joint = chance.choice(setting.kept.JOINTS) if setting.kept else "至"
    start, end = base + match.start(), base + match.end()
    year = match[1] or ""
    if match[3] == match[6] and chance.random() < 0.7:
        return [
            Planted("numbers", "period backwards", (Edit(start, end, f"{year}{match[5]}{joint}{match[2]}"),))
        ]
    if int(match[3]) > int(match[6]):
        return []  # it goes over the new year
    year = year or f"{setting.paper.year}年"
    new = setting.one(PERIODS, "PERIODS").format(
        y=year, early=match[2], late=match[5], before=f"{int(year[:4]) - 1}年"
    )
    return [Planted("numbers", "period backwards", (Edit(start, end, new),))]


PERIODS = ("{y}{late}至{y}{early}", "{y}{early}至{before}{late}")


def _other_year(setting: Setting) -> list[Planted]:
    """A year, document or plan of another time, left from the paper it was copied from."""
    paper, chance = setting.paper, setting.chance
    places = [
        (line.start + match.start(), line.start + match.end())
        for line in paper.body
        for match in YEAR.finditer(line.said)
        if int(match[1]) == paper.year and line.said[match.end() + 1 : match.end() + 2].isdigit()
    ]
    old = chance.choice((paper.year - 10, paper.year - 9, paper.year - 7, paper.year - 12))
    if places and chance.random() < 0.4:
        start, end = chance.choice(places)
        return [Planted("numbers", "other year", (Edit(start, end, str(old)),))]
    return appended(setting, "numbers", "other year", setting.one(OLD, "OLD").format(old=old, next=old + 1))


OLD = (
    "各单位要对照《安岭县{old}年安全生产工作要点》抓好落实。", "请于{old}年12月20日前将落实情况书面报送。",
    "按照“十二五”规划部署，年内完成全部建设任务。", "要认真贯彻《{old}年度森林防火工作实施方案》各项要求。",
    "本通知自{old}年5月1日起执行。", "上述工作须在{old}年11月底前全部完成。",
    "要落实好{old}年全县防汛工作会议部署。", "以上措施纳入“十一五”安全生产规划统筹推进。",
    "为做好{old}年春节期间各项工作，各村要提前准备。", "对照《{old}年消防工作目标责任书》逐项检查。",
)  # fmt: skip


def _total(setting: Setting) -> list[Planted]:
    """A total of the paper or one of its parts, changed; or a sentence whose parts do not add up."""
    paper, chance = setting.paper, setting.chance
    if paper.total and chance.random() < 0.7:
        start, end = paper.marked(chance.choice(paper.total))
        old = paper.text[start:end]
        step = setting.one((1, 10, 2, 3, -1, 7), "TOTAL_STEPS")
        new = f"{float(old) + step:.1f}" if "." in old else str(max(int(old) + step, 1))
        if new == old:
            return []
        before, after = paper.sentence(start, end)
        if "\t" in paper.text[before:after]:  # a table's column
            before, after = paper.text.index("\t"), paper.text.rindex("\t") + 6
        # The parts may stand in the next sentence, or the total in the one before.
        before = paper.sentence(max(before - 2, 0), max(before - 1, 1))[0] if before > 2 else before
        also = ((before, start), (end, after))
        return [Planted("numbers", "total", (Edit(start, end, new),), also=also)]
    a, b, c = (chance.randint(3, 60) for _ in range(3))
    wrong = a + b + c + chance.choice((1, -1, 2, 9, 10, -3))
    return appended(setting, "numbers", "total", setting.one(TOTALS, "TOTALS").format(a=a, b=b, c=c, t=wrong))


TOTALS = (
    "期间共出动车辆{t}台次，其中应急办{a}台次、派出所{b}台次、林场{c}台次。",
    "收到群众来电{a}件、来信{b}件、网络留言{c}件，合计{t}件。",
    "发放宣传品{t}份，其中手册{a}份，海报{b}份，折页{c}份。",
    "上述问题按类别分，电气类{a}处、通道类{b}处、器材类{c}处，共计{t}处。",
)  # fmt: skip


def _over(setting: Setting) -> list[Planted]:
    """A rate of more than all."""
    places = [
        (line.start + match.start(2), line.start + match.end(2), match[2])
        for line in setting.paper.body
        for match in RATE.finditer(line.said)
    ]
    if places and setting.chance.random() < 0.6:
        start, end, said = setting.chance.choice(places)
        return [Planted("numbers", "percentage over 100", (Edit(start, end, "1" + said),))]
    return appended(
        setting,
        "numbers",
        "percentage over 100",
        setting.one(OVER, "OVER").format(r=setting.chance.randint(102, 190)),
    )


OVER = (
    "上述问题的整改率为{r}%。", "责任书签订率达{r}%。", "入户检查覆盖率达到{r}.5%。", "值班人员在岗率{r}%。",
    "其中已完成整改的占{r}%。", "器材完好率为{r}.2%。",
)  # fmt: skip


def _shares(setting: Setting) -> list[Planted]:
    """Shares of one whole that do not make 100."""
    paper, chance = setting.paper, setting.chance
    if paper.share and chance.random() < 0.5:
        start, end = paper.marked(chance.choice(paper.share))
        old = float(paper.text[start:end])
        before, after = paper.sentence(start, end)
        new = f"{old + chance.choice((3.1, 5, 12.4)):.1f}"
        return [Planted("numbers", "shares", (Edit(start, end, new),), also=((before, start), (end, after)))]
    a, b = chance.randint(30, 50), chance.randint(15, 30)
    c = 100 - a - b + chance.choice((-7, -4, 3, 6, 11))
    return appended(setting, "numbers", "shares", setting.one(SHARES, "SHARES").format(a=a, b=b, c=c))


SHARES = (
    "从起因看，电气故障占{a}%、用火不慎占{b}%、其他原因占{c}%。",
    "按行业分，工贸企业占{a}%，商贸餐饮占{b}%，其余占{c}%。",
    "隐患类型构成为：通道类{a}%、线路类{b}%、其他{c}%。",
    "经费来源中，县级补助占{a}%，镇级配套占{b}%，村级自筹占{c}%。",
)  # fmt: skip


def _again(setting: Setting) -> list[Planted]:
    """A count said one way here and another there."""
    paper, chance = setting.paper, setting.chance
    if paper.again and chance.random() < 0.7:
        here, there = chance.choice(paper.again)
        first, (start, end) = paper.marked(here), paper.marked(there)
        new = str(int(paper.text[start:end].split(".")[0]) + setting.one((2, 1, 10, 5), "AGAIN_STEPS"))
        if "." in paper.text[start:end]:
            new += ".5"
        # The new figure may also disagree with what its own sentence goes on to say.
        before, after = paper.sentence(start, end)
        also = (first, (before, start), (end, after))
        return [Planted("numbers", "said two ways", (Edit(start, end, new),), also=also)]
    lines = [line for line in paper.body if line.said.rstrip().endswith("。")]
    if len(lines) < 3:
        return []
    one, two = sorted(chance.sample(lines, 2), key=lambda line: line.start)
    n = chance.randint(12, 80)
    here, there = setting.one(AGAIN, "AGAIN")
    edits = (
        Edit(one.end, one.end, here.format(n=n)),
        Edit(two.end, two.end, there.format(n=n + chance.choice((1, 2, -3, 6)))),
    )
    return [Planted("numbers", "said two ways", edits)]


AGAIN = (
    ("全镇现有应急避难场所{n}处。", "对{n}处应急避难场所逐一核查标识标牌。"),
    ("共有重点管控企业{n}家。", "{n}家重点管控企业均已落实专人联系。"),
    ("目前在册网格员{n}名。", "要发挥好{n}名网格员的作用。"),
    ("全乡共有消防水源{n}处。", "以上{n}处消防水源由专人管护。"),
)


def _no_unit(setting: Setting) -> list[Planted]:
    places = [
        (line.start + match.start("figure"), line.start + match.end("unit"), match["figure"])
        for line in setting.paper.body
        for match in UNIT.finditer(line.said)
    ]
    if not places:
        return appended(
            setting,
            "numbers",
            "no unit",
            setting.one(UNITLESS, "UNITLESS").format(n=setting.chance.randint(11, 90)),
        )
    start, end, said = setting.chance.choice(places)
    return [Planted("numbers", "no unit", (Edit(start, end, said),))]


UNITLESS = (
    "累计检查场所{n}，没有发现新的问题。",
    "先后出动人员{n}，车辆8辆。",
    "组织集中培训{n}，覆盖全部责任人。",
    "共排查隐患{n}，均已建档。",
)


def _other_half(setting: Setting) -> list[Planted]:
    """A thing done in the half year that the summary is not about."""
    paper, chance = setting.paper, setting.chance
    if not paper.half:
        return []
    month = chance.randint(8, 11) if paper.half == 1 else chance.randint(2, 5)
    said = setting.one(HALF, "HALF_YEAR").format(m=month, d=chance.randint(3, 27), n=chance.randint(3, 40))
    plans = min(
        (
            place
            for word in ("打算", "下一步", "工作计划\n", "2026年打算", "下半年安排\n", "下半年计划\n")
            if (place := paper.text.find(word, 60)) > 0
        ),
        default=len(paper.text),
    )
    ends = [line.end for line in paper.body if line.end < plans and line.said.rstrip().endswith("。")]
    place = chance.choice(ends)
    return [Planted("numbers", "other half of the year", (Edit(place, place, said),))]


HALF = (
    "{m}月{d}日，镇安委会组织了一次夜间突击检查，发现问题{n}处。", "{m}月{d}日召开专题会议，研究解决问题{n}项。",
    "{m}月中旬开展集中宣传，已发放资料{n}份。", "其中{m}月{d}日组织的综合演练有{n}人参加，达到了预期效果。",
)  # fmt: skip

KINDS: dict[str, Injector] = {
    "title's year": _title_year,
    "no such date": _no_such_date,
    "period backwards": _backwards,
    "other year": _other_year,
    "total": _total,
    "percentage over 100": _over,
    "shares": _shares,
    "said two ways": _again,
    "no unit": _no_unit,
    "other half of the year": _other_half,
}
