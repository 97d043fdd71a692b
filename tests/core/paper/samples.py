"""Papers of every kind, of a county and a township that do not exist."""

import io
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
    Table,
    Urgency,
    paper_number,
)


def drawn(width: int = 320, height: int = 200) -> bytes:
    """A plain PNG."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), (210, 225, 210)).save(file, "PNG")
    return file.getvalue()


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
EVERY_KIND = {
    "notice": JOINT_NOTICE,
    "report": REPORT,
    "request": REQUEST,
    "reply": REPLY,
    "letter": LETTER,
    "minutes": MINUTES,
    "warning_notice": WARNING,
    "summary": SUMMARY,
}
