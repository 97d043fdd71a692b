"""What the journeys read and press: the visible words of the screens in both languages."""

from collections.abc import Callable

CHINESE = {
    # signs and names
    "class 5": "5 级",
    "Extreme": "极高",
    "Shimen": "石门村",
    "Shuangquan": "双泉村",
    "Shimen village committee": "石门村委会",
    "Shuangquan village committee": "双泉村委会",
    "Shimen school": "石门小学",
    "Li, leader": "李带班",
    "Wang, duty officer": "王值班",
    "Qian, contact": "钱联络",
    # duty and danger
    "Enter a shift": "排班",
    "Leader on shift": "带班领导",
    "Duty officer": "值班员",
    "Keep the shift": "保存班次",
    "Import weather": "导入气象数据",
    "Weather file": "气象文件",
    "Import": "导入",
    # columns that are asked for, and a forecast
    "Which column is what": "各列含义",
    "The times are": "时间为",
    "Remember and import": "记住并导入",
    "Columns remembered": "已记住各列含义",
    "Columns read as last time": "按上次的设定读取各列",
    "Forecast file": "预报文件",
    "Issued at": "发布时间",
    "Issued by": "发布单位",
    "tomorrow": "明天",
    "forecast": "预报",
    "Forecast issued today 08:00 by Weather office": "Weather office 今天 08:00 发布的预报",
    "Forecast to reach class 4 or higher:": "预报达到 4 级及以上：",
    # a paper under check
    "Check a paper": "检查文稿",
    "Check": "检查",
    "In the order of the text": "按文中顺序",
    "Error": "错误",
    "Show the difference": "查看改动",
    "Download the mended copy": "下载修补后的文稿",
    # a warning on its way
    "Red warning: forest fire danger": "森林火险红色预警",
    "Orange warning: forest fire danger": "森林火险橙色预警",
    "Orange warning lifted: forest fire danger": "森林火险橙色预警解除",
    "Draft": "草稿",
    "drafted by the danger threshold": "火险阈值自动起草",
    "Orange": "橙色",
    "Until when": "到何时",
    "In English": "英文",
    "What to do, in English": "要做的事",  # each journey writes in its own language
    "Goes to 1 contact in 1 village.": "将发给 1 个村的 1 名联络人。",
    "Goes to 2 contacts in 2 villages.": "将发给 2 个村的 2 名联络人。",
    "Submit for approval": "送审",
    "Awaiting the leader's approval": "等待领导审批",
    "Approve": "批准",
    "Issue to 2 contacts in 2 villages": "签发给 2 个村 2 名联络人",
    "Issue the Orange warning of Forest fire danger to 2 contacts in 2 villages? The messages leave at once.": (
        "向 2 个村的 2 名联络人签发森林火险橙色预警？消息将立即发出。"
    ),
    "Issue": "签发",
    "answered": "已签收",
    "reported back": "已反馈",
    "called:": "已催办：",
    "Notice": "预警单",
    "Yunling [2026] No. 1": "云岭〔2026〕1号",
    "3 April 2026": "2026年4月3日",
    "Lift": "解除",
    "Lift the warning": "解除预警",
    "The warning is lifted. Regular duty goes on.": "预警已解除，恢复正常值守。",
    # the contact
    "Orange warning": "橙色预警",
    "I have read this": "收到",
    "Recorded": "已记录",
    "Report what we did": "反馈措施",
    "Send the report": "提交反馈",
    "Shimen village committee has not answered within 20 minutes.": "石门村委会在 20 分钟内未签收。",
    "Shimen village committee has not answered within 40 minutes.": "石门村委会在 40 分钟内未签收。",
    # a hazard
    "Record a hazard": "登记隐患",
    "Where": "场所",
    "The hazard": "隐患情况",
    "Photo": "照片",
    "Record the hazard": "登记隐患",
    "Report the rectification": "上报整改",
    "Photo of the rectified condition": "整改后照片",
    "What was done": "整改情况",
    "Report as rectified": "上报整改",
    "Verify": "复查",
    "Rectified: close the hazard": "已整改，予以销号",
    "Record the verification": "记录复查结果",
    "Verified and closed": "复查通过，销号",
    "The hazard as it was found, photo 1": "发现时的隐患，照片 1",
    "After the rectification, photo 1": "整改后，照片 1",
    # the summary and the journal
    "Hazards closed": "隐患销号",
    "Warnings issued": "签发预警",
    "Messages sent": "发出消息",
    "Escalations": "催办",
    "Close": "关闭",
    "Paper (.docx)": "公文 (.docx)",
    "Verify now": "立即核验",
    "the chain holds": "链条完整",
    "The chain is broken": "链条已断",
    "Entry 9": "第 9 条",
}

Words = Callable[[str], str]


def words(language: str) -> Words:
    """`say("Approve")`: that text as the screens of the language show it; KeyError for one not written here."""
    return (lambda english: CHINESE[english] and english) if language == "en" else CHINESE.__getitem__
