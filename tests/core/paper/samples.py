"""Papers of every kind, of a county and a township that do not exist."""

import io
from dataclasses import replace
from datetime import date

from PIL import Image

from fenghuo.core.paper import (
    Attachment,
    Attendance,
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


def drawn(width: int = 320, height: int = 200, color: tuple[int, int, int] = (210, 225, 210)) -> bytes:
    """A plain PNG."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), color).save(file, "PNG")
    return file.getvalue()


def stamp(width: int, height: int) -> bytes:
    """The picture of a signature stamp: red."""
    return drawn(width, height, (220, 0, 0))


WARNING = Paper(
    Kind.WARNING_NOTICE,
    "云岭镇森林防灭火指挥部办公室",
    paper_number("云森防办预警", 2026, 3),
    "森林火险橙色预警单",
    ("各村民委员会", "镇直有关单位", "驻镇有关企业"),
    (
        Paragraph(
            "受干旱少雨和大风天气影响，4月3日至4月5日我镇火险等级达到四级，局地五级。"
            "经镇森林防灭火指挥部同意，现发布森林火险“橙色”预警。"
        ),
        Heading(1, "预警范围和时段"),
        Paragraph("预警范围为上湾村、石桥村等12个村；预警时段为2026年4月3日14时至4月5日20时。"),
        Heading(1, "工作要求"),
        Heading(2, "严管野外火源"),
        Paragraph("各村在进山路口设卡检查——清明期间一处不漏；发现野外用火，立即制止……并于1小时内报告。"),
        Heading(2, "加强值班值守"),
        Paragraph("执行24小时值班和领导带班制度，收到本预警单后30分钟内签收。"),
    ),
    "云岭镇森林防灭火指挥部办公室",
    date(2026, 4, 3),
    copy_to=("县森林防灭火指挥部办公室", "县气象局", "县应急管理局"),
    printed_by="云岭镇党政综合办公室",
    attachments=("各村火险等级表", "值班电话表"),
)

_FIGURES = (
    ("发布预警（次）", "6", "4", "50.0%"),
    ("应签收（人次）", "420", "280", "50.0%"),
    ("按时签收（人次）", "402", "255", "57.6%"),
    ("超时催办（次）", "18", "25", "-28.0%"),
    ("排查隐患（处）", "57", "43", "32.6%"),
    ("整改销号（处）", "51", "40", "27.5%"),
    ("接报突发事件（起）", "3", "5", "-40.0%"),
    ("按时首报（起）", "3", "4", "-25.0%"),
    ("值班班次（班）", "362", "362", "0.0%"),
    ("交接班记录（条）", "362", "358", "1.1%"),
)
SUMMARY = Paper(
    Kind.SUMMARY,
    "云岭镇人民政府",
    paper_number("云政", 2026, 17),
    "云岭镇人民政府关于2026年上半年\n森林防灭火和安全生产工作情况的报告",
    ("县人民政府",),
    (
        Paragraph("现将2026年上半年有关工作情况报告如下。"),
        Heading(1, "主要数据"),
        Table(("指标", "本期", "上年同期", "同比"), _FIGURES, (4, 2, 2, 2)),
        Paragraph("以上数据均可逐项打开核对。"),
    ),
    "云岭镇人民政府",
    date(2026, 7, 8),
    signer="张带班",
    printed_by="云岭镇党政综合办公室",
)

WARNING_EN = Paper(
    Kind.WARNING_NOTICE,
    "Yunling Township Forest Fire Command Office",
    "Yunling FFCO Warning [2026] No. 3",
    "Orange Warning of Forest Fire Danger",
    ("Village committees", "township departments"),
    (
        Paragraph("From 3 to 5 April 2026 the danger rating reaches 4. An “orange” warning is issued."),
        Heading(1, "Area and period"),
        Paragraph("Twelve villages, from 14:00 on 3 April to 20:00 on 5 April 2026."),
        Heading(1, "What is asked"),
        Heading(2, "Open fire"),
        Paragraph("Checkpoints at every road into the hills."),
        Table(("Village", "Rating"), (("Shangwan", "4"), ("Shiqiao", "5"))),
    ),
    "Yunling Township Forest Fire Command Office",
    date(2026, 4, 3),
    copy_to=("County command office",),
    printed_by="Yunling Township General Office",
    attachments=("Ratings by village",),
    language="en",
)

_LONG = (
    "各乡镇、各部门要按照“谁主管、谁负责”的要求，把森林防灭火和安全生产责任落实到岗位、到人员——"
    "检查要有记录，隐患要有清单，整改要有时限，复查要有结论……做到闭环管理。"
)
JOINT_NOTICE = Paper(
    Kind.NOTICE,
    ("青峰县应急管理局", "青峰县林业局", "青峰县气象局"),
    paper_number("青应急", 2026, 21),
    "关于开展2026年春季森林防灭火\n联合督查的通知",
    ("各乡镇人民政府", "县直有关单位"),
    (
        Paragraph(_LONG),
        Heading(1, "督查内容"),
        Heading(2, "责任落实情况"),
        Heading(3, "值班值守"),
        Paragraph("检查值班表、交接班记录和预警签收情况。"),
        Heading(4, "夜间值班"),
        Paragraph(_LONG),
        Heading(3, "物资储备"),
        Paragraph(_LONG),
        Heading(2, "隐患整改情况"),
        Paragraph(_LONG),
        Heading(1, "时间安排"),
        Picture(drawn(), "督查路线示意图：由县城向北经云岭镇到石桥村", 100, "图1 督查路线"),
        Paragraph(_LONG * 2),
    ),
    (),
    date(2026, 3, 9),
    copy_number=12,
    secrecy=Secrecy(Grade.CONFIDENTIAL, years=1),
    urgency=Urgency.MOST_URGENT,
    file_mark=True,
    notes="此件公开发布",
    copy_to=("市应急管理局", "市林业局", "市气象局", "县委办公室", "县人大常委会办公室", "县政协办公室"),
    printed_by="青峰县应急管理局办公室",
    printed_on=date(2026, 3, 10),
    attachments=(
        Attachment(
            "督查分组表",
            (
                Paragraph("各组人员由牵头单位确定。"),
                Heading(1, "分组"),
                Table(
                    ("组别", "牵头单位", "乡镇数"),
                    (("第一组", "县应急管理局", "4"), ("第二组", "县林业局", "5")),
                ),
            ),
        ),
        Attachment("督查记录表", (Heading(1, "基本情况"), Paragraph(_LONG))),
        "督查联系人通讯录（另发）",
    ),
)
REQUEST = Paper(
    Kind.REQUEST,
    "云岭镇人民政府",
    paper_number("云政", 2026, 8),
    "云岭镇人民政府关于新建\n森林防灭火蓄水池的请示",
    ("县人民政府",),
    (Paragraph(_LONG), Paragraph("妥否，请批示。")),
    "云岭镇人民政府",
    date(2026, 2, 3),
    signer=("张带班", "李值守", "王备勤"),
    file_mark=True,
    notes="联系人：党政综合办公室，电话：0000-0000000",
    printed_by="云岭镇党政综合办公室",
)
REPLY = Paper(
    Kind.REPLY,
    "青峰县人民政府",
    paper_number("青政复", 2026, 5),
    "青峰县人民政府关于云岭镇新建\n森林防灭火蓄水池的批复",
    ("云岭镇人民政府",),
    (
        Paragraph("你镇《关于新建森林防灭火蓄水池的请示》（云政〔2026〕8号）收悉。现批复如下："),
        Paragraph(_LONG),
    ),
    "青峰县人民政府",
    date(2026, 2, 20),
    sealed=False,
    copy_to=("县财政局", "县林业局"),
    printed_by="青峰县人民政府办公室",
)
LETTER = Paper(
    Kind.LETTER,
    "青峰县林业局",
    paper_number("青林函", 2026, 14),
    "青峰县林业局关于商请提供\n火险气象资料的函",
    ("县气象局",),
    (
        Paragraph(_LONG),
        Paragraph(_LONG * 2),
        Paragraph(_LONG * 3),
        Paragraph(_LONG),
        Paragraph("请予支持为盼。"),
    ),
    "青峰县林业局",
    date(2026, 3, 2),
    urgency=Urgency.URGENT,
    copy_to=("县应急管理局",),
    printed_by="青峰县林业局办公室",
)
MINUTES = Paper(
    Kind.MINUTES,
    "云岭镇人民政府专题会议",
    "〔2026〕4号",
    "研究清明期间森林防灭火工作",
    (),
    (
        Paragraph(_LONG),
        Heading(1, "严格火源管理"),
        Paragraph(_LONG),
        Heading(1, "加强值班值守"),
        Paragraph(_LONG),
    ),
    "云岭镇党政综合办公室",
    date(2026, 3, 28),
    attendance=Attendance(
        ("镇人民政府主要负责人", "分管负责人", "党政综合办公室", "应急管理办公室", "林业工作站"),
        ("派出所",),
        ("石桥村村民委员会", "上湾村村民委员会"),
    ),
    copy_to=("镇属各单位",),
    printed_by="云岭镇党政综合办公室",
)
REPORT = Paper(
    Kind.REPORT,
    ("云岭镇人民政府", "石桥乡人民政府"),
    paper_number("云政", 2026, 11),
    "关于跨界林区联防工作的报告",
    ("县人民政府",),
    (
        Paragraph(_LONG),
        Heading(1, "工作开展情况"),
        Paragraph(_LONG),
        Heading(1, "下步打算"),
        Paragraph(_LONG),
    ),
    (),
    date(2026, 5, 6),
    signer=("张带班", "赵值守"),
    printed_by="云岭镇党政综合办公室",
)
ORDER = Paper(
    Kind.ORDER,
    "青峰县人民政府",
    order_number(3),
    "",
    (),
    (
        Paragraph("为预防森林火灾，保护森林资源，现发布森林禁火令。"),
        Heading(1, "禁火时间"),
        Paragraph("2026年4月1日至2026年5月31日。"),
        Heading(1, "禁火区域"),
        Paragraph("全县林地及距林地边缘100米范围。"),
        Heading(1, "禁火要求"),
        Paragraph(_LONG),
    ),
    (),
    date(2026, 3, 25),
    stamps=(Stamp("青峰县人民政府县长", "张值守", stamp(200, 100)),),
    printed_by="青峰县人民政府办公室",
)
STAMPED = Paper(
    Kind.NOTICE,
    ("青峰县应急管理局", "青峰县林业局"),
    paper_number("青应急", 2026, 22),
    "关于启用森林防灭火联合指挥平台的通知",
    ("各乡镇人民政府",),
    (Paragraph(_LONG), Paragraph("特此通知。")),
    (),
    date(2026, 3, 12),
    stamps=(
        Stamp("青峰县应急管理局局长", "李带班", stamp(300, 120)),
        Stamp("青峰县林业局局长", "王备勤"),
    ),
    printed_by="青峰县应急管理局办公室",
)
_WIDE = Table(
    ("村", "责任区", "面积（公顷）", "检查站", "护林员（人）", "水源", "物资库", "联络方式", "备注"),
    tuple(
        (f"第{count}村", f"{count}号林班至{count + 3}号林班", f"{count * 137}", f"{count}号检查站", f"{count % 5 + 2}",
         "水库", "村委会", "值班电话", "")
        for count in range(1, 41)
    ),
    caption="表1 森林防火责任区",
    landscape=True,
)  # fmt: skip
ACROSS = Paper(
    Kind.NOTICE,
    "青峰县林业局",
    paper_number("青林", 2026, 30),
    "关于划定森林防火责任区的通知",
    ("各乡镇人民政府",),
    (Paragraph(_LONG), _WIDE, Paragraph("请按上表落实到人。")),
    (),
    date(2026, 3, 16),
    copy_to=("县应急管理局",),
    printed_by="青峰县林业局办公室",
    attachments=(Attachment("检查站一览表", (replace(_WIDE, caption="", rows=_WIDE.rows[:6]),)),),
)
TWO_BODIES = replace(
    JOINT_NOTICE,
    issuer=("青峰县应急管理局", "青峰县林业局"),
    attachments=(),
    copy_number=None,
    secrecy=None,
    both_sides=True,
)
FIVE_BODIES = replace(
    JOINT_NOTICE,
    issuer=("青峰县应急管理局", "青峰县林业局", "青峰县气象局", "青峰县公安局", "青峰县自然资源局"),
    attachments=(
        "森林防灭火联合督查分组安排和各乡镇责任区域划分以及检查站物资储备情况一览表（第一批）",
        Attachment("督查记录表", (Heading(1, "基本情况"), Paragraph(_LONG))),
    ),
    sealed=True,
)
FIVE_UNSEALED = replace(FIVE_BODIES, sealed=False, attachments=())
JOINT_EN = Paper(
    Kind.NOTICE,
    ("Qingfeng County Emergency Management Bureau", "Qingfeng County Forestry Bureau"),
    "Qingfeng EMB [2026] No. 21",
    "Notice of a Joint Inspection of Forest Fire Prevention in Spring 2026",
    ("Township governments", "county departments"),
    (
        Paragraph("Every township checks who is on duty, what is stored and what was found and mended. " * 3),
        Heading(1, "What is inspected"),
        Heading(2, "Duty at night"),
        Paragraph("Rosters, handover notes and acknowledgements of warnings. " * 4),
        Table(
            ("Village", "Area", "Rating"), (("Shangwan", "137", "4"), ("Shiqiao", "274", "5")), landscape=True
        ),
        Paragraph("Inspectors travel in two groups."),
    ),
    (),
    date(2026, 3, 9),
    file_mark=True,
    copy_to=("County government office",),
    printed_by="County Emergency Management Bureau Office",
    attachments=(
        Attachment("Groups", (Paragraph("Each group is led by the bureau named first."),)),
        "Telephone list",
    ),
    language="en",
)
ORDER_EN = replace(
    ORDER,
    issuer="Qingfeng County People's Government",
    number="No. 3",
    language="en",
    blocks=(Paragraph("No open fire is lit in or near the forest from 1 April to 31 May 2026."),),
    stamps=(Stamp("Head of Qingfeng County", "Zhang"),),
    printed_by="County Government Office",
)
REQUEST_EN = replace(
    ORDER_EN,
    kind=Kind.REQUEST,
    issuer=("Yunling Township Government", "Shiqiao Township Government"),
    number="Yunling Gov [2026] No. 8",
    title="Request for Three Ponds",
    addressees=("County government",),
    signer=("Zhang Daiban", "Li Zhishou", "Wang Beiqin"),
    stamps=(
        Stamp("Head of Yunling Township in Qingfeng County", "Zhang", stamp(300, 120)),
        Stamp("Head of Shiqiao Township", "Li", stamp(300, 120)),
    ),
)
LAID_OUT_TOO = {
    "stamped": STAMPED,
    "across": ACROSS,
    "two_bodies": TWO_BODIES,
    "five_bodies": FIVE_BODIES,
    "five_unsealed": FIVE_UNSEALED,
    "joint_english": JOINT_EN,
    "order_english": ORDER_EN,
    "request_english": REQUEST_EN,
}
"""Papers whose parts the kinds above do not show."""
EVERY_KIND = {
    "notice": JOINT_NOTICE,
    "report": REPORT,
    "request": REQUEST,
    "reply": REPLY,
    "letter": LETTER,
    "minutes": MINUTES,
    "warning_notice": WARNING,
    "summary": SUMMARY,
    "order": ORDER,
}
