"""Papers written out in full and right, of every kind and many lengths, of a county that does not exist."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fenghuo.core.paper import (
    Attachment,
    Attendance,
    Block,
    Grade,
    Heading,
    Kind,
    Paper,
    Paragraph,
    Picture,
    Secrecy,
    Stamp,
    Table,
    Urgency,
    order_number,
    paper_number,
)

from ..samples import drawn, stamp

_CHAPTERS = (
    ("提高思想认识", (
        "当前气温回升快、降水偏少，林下可燃物积累较多，加上祭扫、春耕等用火活动增加，森林防灭火工作进入最吃劲的时期。"
        "各乡镇要克服麻痹思想和侥幸心理，把准备做在前面。",
        "要坚持预防为主、积极消灭的方针，把人民群众生命安全放在第一位，做到思想上不松、组织上不散、措施上不软。",
    )),
    ("严格火源管理", (
        "防火期内严禁一切野外用火。进入林区的车辆和人员由检查站登记，火种集中保管，出林时退还。",
        "对坟头集中、农林交错的地段实行专人看守，倡导鲜花祭扫、网络祭扫，引导群众文明过节。",
        "输配电线路穿越林区的，由供电企业在4月10日前完成隐患排查，砍伐通道内的超高树木，并把结果报县林业局备案。",
        "林区施工单位要与属地乡镇签订防火责任书，动火作业前办理审批手续，作业点配备灭火器具和看护人员。",
    )),
    ("加强监测预警", (
        "县气象局每日16时发布次日火险天气等级，出现四级以上等级时随时加密会商，并及时通报县森林防灭火指挥部办公室。",
        "瞭望台、视频监控和护林员巡护要相互补位。发现烟点后，值班员应当在10分钟内核实并报告，不得等待，不得漏报。",
        "预警信息要发到村、到户、到人。收到橙色以上预警后，村级联络员应当在30分钟内签收，未按时签收的由乡镇逐一催办。",
    )),
    ("做好扑救准备", (
        "县森林消防大队和各乡镇半专业队伍自3月15日起集中食宿，保持队伍、车辆、装备随时能够出动。",
        "各乡镇要检修水泵、风力灭火机和通信设备，补足油料和干粮，在重点林区前置蓄水桶和灭火水带。",
        "扑救火灾必须坚持专业队伍先行，严禁组织老人、孕妇、残疾人和未成年人参加。火场情况不明、风向突变时，先撤人再打火。",
        "每支队伍至少开展一次实战演练，演练要设置夜间转移、紧急避险等科目，结束后当场讲评，查找不足。",
    )),
    ("落实值班制度", (
        "严格执行24小时专人值班和领导带班制度。带班领导要在岗在位，外出须报备并明确代理人。",
        "交接班要当面进行，把未办结的预警、隐患和事项逐项交代清楚，双方在值班记录上签字。",
        "接到火情报告后，属地乡镇应当立即核实并上报，先报简要情况，再续报处置进展，不得以核实为由拖延。",
    )),
    ("强化宣传教育", (
        "利用村村响广播、宣传车和微信群滚动播放防火提示，在进山路口更换破损的警示牌，做到抬头可见、入耳入心。",
        "中小学要上好一堂森林防火课，让学生把防火知识带回家。旅游景区要在门票和导览图上印制禁火提示。",
        "对主动制止野外用火、及时报告火情的群众，各乡镇可按规定给予奖励，并注意保护举报人的信息。",
    )),
    ("压实工作责任", (
        "乡镇主要负责人是第一责任人，分管负责人是直接责任人，村干部包片、护林员包山头，责任书要签到最末端。",
        "县森林防灭火指挥部办公室将组织明查暗访，对发现的问题下发整改通知，逾期不改的予以通报。",
        "因工作不力引发火灾的，依照有关规定追究责任；涉嫌犯罪的，移送司法机关处理。",
    )),
    ("抓好隐患整改", (
        "对排查出的隐患建立清单，写明地点、问题、措施、责任单位和完成时限，整改一处、复查一处、销号一处。",
        "一时难以整改的，要落实临时管控措施，设置警示标志，安排专人盯守，直到隐患消除。",
    )),
)  # fmt: skip
_CLOSING = "请将贯彻落实情况于4月30日前报县森林防灭火指挥部办公室。"


def blocks(paragraphs: int, opening: str = "", closing: str = _CLOSING) -> tuple[Block, ...]:
    """So many paragraphs of text under their headings, none of them twice."""
    found: list[Block] = [Paragraph(opening)] if opening else []
    left = paragraphs
    for heading, texts in _CHAPTERS:
        if left <= 0:
            break
        found.append(Heading(1, heading))
        found += [Paragraph(text) for text in texts[:left]]
        left -= len(texts)
    return (*found, Paragraph(closing)) if closing else tuple(found)


_TABLE = Table(
    ("乡镇", "林地面积（公顷）", "护林员（人）", "检查站（个）"),
    (("云岭镇", "5210", "36", "7"), ("石桥乡", "3480", "25", "5"), ("上湾乡", "2960", "19", "4")),
    (2, 2, 2, 2),
    "表1 各乡镇防火力量",
)
NOTICE = Paper(
    Kind.NOTICE,
    "青峰县林业局",
    paper_number("青林", 2026, 18),
    "青峰县林业局关于做好2026年春季\n森林防灭火工作的通知",
    ("各乡镇人民政府", "县直有关单位"),
    blocks(9, "为切实做好春季森林防灭火工作，现将有关事项通知如下。"),
    (),
    date(2026, 3, 9),
    copy_to=("市林业局", "县应急管理局"),
    printed_by="青峰县林业局办公室",
)
JOINT = replace(
    NOTICE,
    issuer=("青峰县应急管理局", "青峰县林业局", "青峰县气象局", "青峰县公安局", "青峰县自然资源局"),
    number=paper_number("青应急", 2026, 21),
    title="关于开展2026年春季森林防灭火联合督查的通知",
    file_mark=True,
    copy_number=12,
    secrecy=Secrecy(Grade.CONFIDENTIAL, years=1),
    urgency=Urgency.MOST_URGENT,
    notes="此件公开发布",
    attachments=(
        Attachment("各乡镇防火力量表", (_TABLE,)),
        Attachment("督查路线图", (Picture(drawn(), "由县城向北经云岭镇到石桥乡", 100, "图1 督查路线"),)),
        "督查联系人通讯录（另发）",
    ),
)
REPORT = replace(
    NOTICE,
    kind=Kind.REPORT,
    issuer=("云岭镇人民政府", "石桥乡人民政府"),
    number=paper_number("云政", 2026, 11),
    title="关于跨界林区联防工作情况的报告",
    addressees=("县人民政府",),
    blocks=blocks(7, "现将跨界林区联防工作情况报告如下。", "特此报告。"),
    signer=("张带班", "赵值守"),
    copy_to=(),
    printed_by="云岭镇党政综合办公室",
)
REQUEST = replace(
    NOTICE,
    kind=Kind.REQUEST,
    issuer="云岭镇人民政府",
    number=paper_number("云政", 2026, 8),
    title="云岭镇人民政府关于新建\n森林防灭火蓄水池的请示",
    addressees=("县人民政府",),
    blocks=(
        Paragraph("我镇北部林区水源不足，扑救用水要到12公里外拉运。为提高扑救能力，拟新建蓄水池3座。"),
        *blocks(5, closing="妥否，请批示。"),
    ),
    signer=("张带班", "李值守", "王备勤"),
    notes="联系人：党政综合办公室，电话：0571-86012345",
    copy_to=(),
    file_mark=True,
    printed_by="云岭镇党政综合办公室",
)
REPLY = replace(
    NOTICE,
    kind=Kind.REPLY,
    issuer="青峰县人民政府",
    number=paper_number("青政复", 2026, 5),
    title="青峰县人民政府关于云岭镇新建\n森林防灭火蓄水池的批复",
    addressees=("云岭镇人民政府",),
    blocks=blocks(4, "你镇《关于新建森林防灭火蓄水池的请示》（云政〔2026〕8号）收悉。现批复如下。", "此复。"),
    sealed=False,
    printed_by="青峰县人民政府办公室",
)
LETTER = replace(
    NOTICE,
    kind=Kind.LETTER,
    number=paper_number("青林函", 2026, 14),
    title="青峰县林业局关于商请提供\n火险气象资料的函",
    addressees=("县气象局",),
    blocks=blocks(8, "为做好火险预报工作，现商请贵局提供有关资料。", "请予支持为盼。"),
    urgency=Urgency.URGENT,
)
MINUTES = replace(
    NOTICE,
    kind=Kind.MINUTES,
    issuer="云岭镇人民政府专题会议",
    number="〔2026〕4号",
    title="研究清明期间森林防灭火工作",
    addressees=(),
    blocks=blocks(7, "3月28日，镇人民政府召开专题会议，研究清明期间森林防灭火工作。现纪要如下。", ""),
    signature="云岭镇党政综合办公室",
    date=date(2026, 3, 28),
    attendance=Attendance(
        ("镇人民政府主要负责人", "分管负责人", "党政综合办公室", "应急管理办公室", "林业工作站"),
        ("派出所",),
        ("石桥村村民委员会", "上湾村村民委员会"),
    ),
    copy_to=("镇属各单位",),
    printed_by="云岭镇党政综合办公室",
)
WARNING = replace(
    NOTICE,
    kind=Kind.WARNING_NOTICE,
    issuer="云岭镇森林防灭火指挥部办公室",
    number=paper_number("云森防办预警", 2026, 3),
    title="森林火险橙色预警单",
    addressees=("各村民委员会", "镇直有关单位"),
    blocks=blocks(
        4, "受干旱少雨和大风天气影响，我镇4月3日至5日火险等级为四级，现发布森林火险“橙色”预警。", ""
    ),
    date=date(2026, 4, 2),
    attachments=("各村火险等级表", "值班电话表"),
    printed_by="云岭镇党政综合办公室",
)
SUMMARY = replace(
    NOTICE,
    kind=Kind.SUMMARY,
    issuer="云岭镇人民政府",
    number=paper_number("云政", 2026, 17),
    title="云岭镇人民政府关于2026年上半年\n森林防灭火工作情况的报告",
    addressees=("县人民政府",),
    blocks=(
        Paragraph("现将2026年上半年森林防灭火工作情况报告如下。"),
        Heading(1, "主要数据"),
        Table(
            ("指标", "本期", "上年同期", "同比"),
            (("发布预警（次）", "6", "4", "50.0%"), ("排查隐患（处）", "57", "43", "32.6%")),
            (4, 2, 2, 2),
        ),
        *blocks(7, closing=""),
    ),
    signer="张带班",
    date=date(2026, 7, 8),
    copy_to=(),
    printed_by="云岭镇党政综合办公室",
)
ORDER = Paper(
    Kind.ORDER,
    "青峰县人民政府",
    order_number(3),
    "",
    (),
    blocks(4, "为预防森林火灾，保护森林资源，现发布森林禁火令。", "本令自发布之日起施行。"),
    (),
    date(2026, 3, 25),
    stamps=(Stamp("青峰县人民政府县长", "张值守", stamp(200, 100)),),
    printed_by="青峰县人民政府办公室",
)
STAMPED = replace(
    NOTICE,
    issuer=("青峰县应急管理局", "青峰县林业局"),
    title="关于启用联合指挥平台的通知",
    stamps=(Stamp("青峰县应急管理局局长", "李带班", stamp(300, 120)), Stamp("青峰县林业局局长", "王备勤")),
)
ACROSS = replace(
    NOTICE,
    title="关于划定森林防火责任区的通知",
    attachments=(Attachment("各乡镇防火力量表", (replace(_TABLE, caption="", landscape=True),)),),
    both_sides=True,
)
MADE = {
    "notice": NOTICE,
    "joint": JOINT,
    "report": REPORT,
    "request": REQUEST,
    "reply": REPLY,
    "letter": LETTER,
    "minutes": MINUTES,
    "warning_notice": WARNING,
    "summary": SUMMARY,
    "order": ORDER,
    "stamped": STAMPED,
    "across": ACROSS,
}


def of_length(paragraphs: int) -> Paper:
    """The notice with so many paragraphs: at some lengths its signature would stand alone on a page."""
    return replace(NOTICE, blocks=blocks(paragraphs, "现将有关事项通知如下。"))
