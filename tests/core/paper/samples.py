"""Two papers of a township that does not exist: a warning notice and a half-year summary with its figures."""

from datetime import date

from fenghuo.core.paper import Heading, Kind, Paper, Paragraph, Table, paper_number

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
