"""What was left open: XX, blanks, brackets with nothing in them, words of a template."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from fenghuo.core.finding import Text

from ..document import Document, Paragraph
from ..finding import Finding
from ..rulebook import rules
from ..surnames import COMMON_SURNAMES
from ..words import words
from . import gaps

_AROUND = 80
"""Characters around a sign that tell whether it is a gap."""
_STARS = re.compile(r"[*＊]{2,}")
_NEAR = 14
"""Characters before a gap that tell what is missing there."""
_CROSS = "XxＸｘ×✕✖╳ⅩⅹХΧ"
_DIGITS = "0-9０-９"
_CHINESE_DIGITS = "〇零一二三四五六七八九十百千"
_UNITS = (
    "个名人户次处起件项条份场期辆台套亩公顷里米吨元万亿年月日时分天周%％级号组支座家所间批部只头棵株册篇岁届把张枚颗艘栋盏顶箱桶瓶袋副幅面根块片层排班组员席倍成架口眼笔宗例具孔扇桩盒床匹"
    "镇村县乡市省区局队"
)
_RUN = re.compile(
    rf"[{_CROSS}]{{2,}}|(?<![A-Za-z0-9] )(?<![A-Za-z0-9{_CROSS}])[{_CROSS}](?: [{_CROSS}]){{1,3}}(?= ?[{_UNITS}])"
    rf"|(?<=[\u4e00-\u9fff]) ?[?？]{{2,}} ?(?=[{_UNITS}])|[○〇◯△☆□■●▲※]{{2,}}|[*＊]{{2,}}|某某+"
)
_POINT = re.compile(r"^\s*\d{1,2}[.．]$")
_DECIMAL = re.compile(
    rf"(?<![A-Za-z{_DIGITS}.\-])(?:[{_DIGITS}]{{0,3}}[{_CROSS}]{{1,4}}[.．][{_CROSS}{_DIGITS}]{{1,2}}|[{_DIGITS}]{{1,4}}[.．][{_CROSS}]{{1,2}})(?=\s?[余多]?[{_UNITS}])"
)
_TELEPHONE = re.compile(
    rf"(?<![A-Za-z0-9{_CROSS}])(?:0\d{{2,3}}|[{_CROSS}*＊○]{{3,4}})\s?[-－—–]\s?[{_CROSS}*＊○]{{7,8}}(?![A-Za-z0-9{_CROSS}])"
)
"""A number of which nothing but the area is told; a number with some figures left is masked."""
_UNSAID = re.compile(
    r"(?:电话|手机|传真|联系人|邮箱|邮编|地址|联系方式|值班电话|联络员)[：:][ 　\t]*(?=[）)；。])"
)
_OWN_PLACE = re.compile(
    r"(?:接到|根据|按照|报|由|经|向|听取|转发|下发)某[省市县区镇乡村局](?=气象|人民|政府|党委|委|应急|水利|防汛|防办|指挥部|财政|自然资源)"
)
"""A place that the paper itself deals with and does not name."""
_CASE = re.compile(r"案|发生|曾|例|事故|违|查处|被|通报|当事|反映|举报")
_LEFT_CELL = re.compile(
    rf"^[ 　]*\S{{2,14}}(?:[ 　]{{2,}}[\d.,%％]+)+[ 　]{{2,}}(?P<left>[{_CROSS}]{{1,3}})[ 　]*$"
)
_SINGLE = re.compile(
    rf"(?<![{_CROSS}A-Za-z{_DIGITS}.\-－／/])[{_CROSS}](?=\s?[余多]?[{_UNITS}])(?![^，。；]?[数量价率额轴])"
)
_DATE = re.compile(
    rf"(?<![{_DIGITS}])(?:19|20|１９|２０)[{_DIGITS}]?[{_CROSS}_＿○〇*＊]{{1,2}}(?=\s*[年〕\]】])"
    rf"|二[〇○零][{_CHINESE_DIGITS}]?[{_CROSS}○]{{1,2}}(?=年)"
    rf"|(?<![{_CROSS}A-Za-z{_DIGITS}])[{_CROSS}某○_＿*＊]{{1,4}}\s*年\s*(?:[{_CROSS}某○_＿*＊]{{1,2}}|\d{{1,2}})\s*月"
    rf"(?:\s*(?:[{_CROSS}某○_＿*＊]{{1,2}}|\d{{1,2}})\s*日)?"
    rf"|(?<![{_CROSS}A-Za-z])(?:\d{{1,2}}|[{_CROSS}某○_＿*＊]{{1,2}})\s*月\s*[{_CROSS}某○_＿*＊]{{1,2}}\s*日"
    rf"|(?<![{_CROSS}A-Za-z])[{_CROSS}某○_＿*＊]{{1,2}}\s*月\s*\d{{1,2}}\s*日"
)
_BARE_DATE = re.compile(
    rf"(?<![{_DIGITS}{_CHINESE_DIGITS}])(?:(?:19|20)\d\d|[ 　]{{1,8}})年"
    rf"(?P<month>\d{{1,2}}|[ 　]{{1,8}})月(?P<day>\d{{1,2}}|[ 　]{{1,8}})日"
    r"|(?<![\d年])(?P<dayless>\d{1,2}月[ 　]{1,8}日)|(?P<far>(?<=[^\s年\d])[ 　]{2,8}月[ 　]{2,8}日(?=[^\s]))"
    r"|(?P<bare>(?<=[截至于到自从在为即])[ 　]{1,8}月[ 　]{1,8}日|^[ 　]{1,8}月[ 　]{1,8}日(?=\S))"
)
_PLACE = re.compile("Ⅹ(?=水库|大?桥|[镇村乡县河]|小学|中学|公司|社区|街道)")
_NAMELESS = re.compile(
    r"(?<=[\u4e00-\u9fff，、；：（“。])(?<![第表图附型级类期卷章节条款])Ⅹ"
    r"(?=[\u4e00-\u9fff，、；（”])(?![型级类期度因光射轴染号等])"
)
"""A cross in the shape of the numeral ten, alone between words: what stands for a name."""
_SIGNED = re.compile(r"签字|签名|签章|盖章|签收|审核|审批|意见|领导|受送达|公章|手印")
_BY_HAND = re.compile(r"签字|签名|签章|盖章|签收|公章|手印|意见")
_BLANK = re.compile(r"(?<![A-Za-z0-9_])[_＿﹍]{2,}(?![A-Za-z0-9_])")
_BRACKETS = re.compile(
    r"（[\s　]*）|（[ 　]{2,}(?:年|月|日|号|人|元|万元|名|个|户)[ 　]*）"
    r"|(?<![A-Za-z0-9_])\([ 　]*\)|【[\s　]*】|《[\s　]*》|〔[\s　]*〕|［[\s　]*］|「[\s　]*」|“[\s　]*”"
    r"|(?<![A-Za-z0-9_\])])\[[ 　]*\]"
)
_CHOICE = re.compile(r"\s*[A-DＡ-Ｄ][.．、:：)）\s]")
_NOTE = re.compile(
    r"(?<![有尚亟仍还正急需等期])待(?:补充?|填写?|添加|录入|补正)(?![之时贴给发助偿足平埋筑海土方缴交]|充?(?:人员|说明|后|的))"
    r"|(?<![如在从于到将果])此处(?:填写|插入|补充|省略|留空|空缺|待)[^，。；\n]{0,12}"
)
_LATER = re.compile(
    r"(?<![有尚亟等需期留])待[^，。；：、\n]{1,8}?后?(?:再|另行|一并|统一)?(?:补充|填写|填入|填上|补上|补录|补填|补写|录入)(?=[。，；！）)】\]]|$)"
    r"|(?:数据|内容|情况|材料|名单|数字|附件|信息|照片|图片)?(?:稍后|随后|后续|后期|会后|下步|日后|(?<!为准)另行|暂缺[，,]?)(?:再)?(?:补充|补齐|补上|填写|补填)(?=[。，；）)】\]]|$)"
    r"|未完待续|[（(【](?:未完|待续|缺|空|后补|暂略|待写|待编|内容略)[）)】]"
)
_UNDECIDED = re.compile(
    r"(?:^|(?<=[。；，：:（(、]))[^，。；：:（）()、\n]{0,12}?(?<![有尚亟等对优招接候])"
    r"待(?:定|续|填|统计|汇总|测算|录|写|编|报|补|传|附|插|配图|提供)(?=[。，；）)】\]]|$)"
)
_WEAK_NOTE = re.compile(
    r"待(?:定|核实|核|确认|完善|续|查|统计|更新|明确|商)|暂缺|暂空|暂无数据|未填|空缺|TBD|TODO|FIXME"
)
_OF_SITE = re.compile(
    r"^[ 　【\[]*(?:推荐访问|推荐阅读|相关推荐|相关阅读|相关文章|相关热词"
    r"|热门推荐|猜你喜欢|版权所有|标签|关键词)\s*[：:】\]]|由网友|网友上传|范文网|公文网"
)
"""A line of a document site, told by itself; what it says of templates is its own."""
_ASKED = (
    r"(?:单位|姓名|名称|日期|时间|地点|标题|内容|数字|数量|金额|编号|文号|电话|职务|正文|主送机关|发文机关)"
)
_TEMPLATE = re.compile(
    r"\{\{[^{}\n]{0,60}\}\}|\$\{[a-z\u4e00-\u9fff_]{1,30}\}|<%[^\n]{0,60}?%>|«[^»\n]{1,40}»"
    rf"|[<＜\[［](?:请?(?:填写|输入|插入|选择))?[^<>\[\]\n]{{0,4}}{_ASKED}[^<>\[\]\n]{{0,4}}[>＞\]］]"
    rf"|【(?:请|填写|输入|插入|选择|此处)[^】\n]{{0,30}}】|【[^】\n]{{0,4}}{_ASKED}】"
    r"|[<＜\[［【〔{｛](?:年|月|日|时|年度|年月|月日|年 ?月 ?日|年/月/日|月/日|某年某月某日)[>＞\]］】〕}｝]"
    r"|[（(]年月日[）)]"
    r"|[（(](?:此处|这里|在此|请(?:在此|填写|补充|输入|插入|根据|写明|列出|注明)|填写|插入|填入"
    r"|可自行|可删|样例|示例文)[^）)\n]{0,40}[）)]"
    r"|[（(][^（）()\n]{0,24}(?:填写|插入|粘贴)[处栏][）)]"
    rf"|（(?:数|数字|数量|填|填写|人数|户数|次数|金额|面积|比例|数值)）(?=[{_UNITS}])|（(?:{_ASKED}|(?:单位|科室|部门|企业|公司|学校|项目|文件|附件|村)名称|具体{_ASKED}|简要情况|填报单位)）"
    r"|\{[\u4e00-\u9fff][^{}\"\':=：\n]{0,24}\}|｛[\u4e00-\u9fff][^｛｝\n]{0,24}｝"
    rf"|(?:##?|\$|@|%)(?:[\u4e00-\u9fff]{{0,4}}{_ASKED})(?:##?|\$|@|%)"
    r"|请?(?:在此|在此处|在这里|此处)(?:输入|添加|插入|键入|填写|粘贴)(?:您的|你的)?(?:正文|标题|内容|文字|文本|图片|表格|数据|详细|单位|姓名)[^，。\n]{0,8}"
    rf"|请在此处?(?:输入|添加|插入|键入|填写|粘贴|写明)[^，。；）)\n]{{0,4}}{_ASKED}"
    r"|请(?:输入|键入|替换)(?:您的|你的)?(?:正文|标题|文字|文本)[^，。\n]{0,6}|(?:点击|单击|双击)(?:此处)?(?:添加|编辑|输入)(?:正文|标题|内容|文字|文本)[^，。\n]{0,6}"
    r"|(?:单击|点击|点按)(?:或(?:单击|点击|点按))?此处(?:输入|添加|选择|编辑)[^，。\n]{0,12}"
    r"|Click (?:or tap )?here to enter text\.?|[Ll]orem ipsum|示例(?:文字|文本)"
    r"|(?<!关键词)(?<! )(?:范文|模板)(?=[一二三四五六七八九十\d]?$)"
    r"|(?:(?:精选|通用|最新|优秀)(?:范文|模板))"
)
_IN_BRACKETS = re.compile(
    r"[（(【\[［〔{｛<＜][^（）()【】\[\]［］〔〕{}｛｝<>＜＞\n]{1,60}[）)】\]］〕}｝>＞]"
)
_DO = (
    r"(?:修改|更改|改写|改动|调整|替换|填写|填入|补充|完善|撰写|增减|增删|删减|删除|删去|增加|添加|细化|自拟|续写|展开"
    r"|编写|取舍|选用)"
)
_REWRITE = r"(?:修改|改写|替换|填写|填入|撰写|增减|增删|删减|删除|删去|自拟|编写|取舍)"
"""What is done to a text and not to the work it speaks of."""
_TO_WRITER = re.compile(
    rf"^(?:以下|以上|本|此|上述|下列|这)(?:内容|部分|段落?|文字|数据|表述|条|项|栏|处|文|表|模板|范文|格式)?[^，。]{{0,16}}{_DO}"
    rf"|(?:结合|根据|按照|依据|按|视)(?:本地|本单位|本乡镇|本镇|本乡|本村|本部门|自身|各自|各地|工作|实际|具体|需要|情况|当地)[^，。]{{0,10}}{_REWRITE}"
    rf"|(?:自行|酌情|据实|如实|按需|请|可|可以|另行)(?:在此|在此处|此处|予以|适当|进行)?{_DO}(?:内容|文字|数据|说明|完整|相关|相应|具体|本|为|成|正文|段落|条款|$)"
    rf"|^(?:以上|以下|本|此|该|上述|下列)(?:内容|文字|部分|段|文)?(?:均|仅)?(?:为|是|系)?(?:模板|模版|范文|样稿|样本|范本|示例)(?!见|另|附|由|已|可(?:从|在|到)|下载)"
    rf"|^(?:结合|根据|按照|依据|按)[^，。；《》\d法]{{2,10}}(?:要求|情况|需要|意见|实际)?(?:自行|酌情|适当|再)?{_REWRITE}$"
    rf"|{_DO}(?:本|此|该|以下|相关|相应|具体)?(?:内容|文字|条目|段落|章节|条款|栏目|表述|措辞|字段)"
    rf"|(?:使用|引用|套用|打印|印发|起草|成文)(?:时|前|后)[^。]{{0,6}}{_DO}"
    r"|^(?:示例|样例|范例|举例|示范|例句|参考示例|参考范例|写作提示|写作要点|提示语?|编写说明|填写说明|填表说明|填报说明|使用说明|模板说明)[：:]"
    r"|^(?:示例|样例|范例|范文|模板|模版|样稿|样本|占位符?)(?:文字|文本|内容|数据)?$|(?:范文|模板|模版|样稿|示例)[^。]{0,4}仅供"
    r"|^(?:此处|这里|在此|在这里|本处|该处)(?:应|需|请|可|要)?(?:写|填|插|输|补|略|省略|空|留|列|加|放|附|粘贴|描述|说明|介绍|简述|概述|注明)"
    r"|^(?:请)?(?:简要|简单|具体|详细|逐一|分条|分点|重点)?(?:填写|输入|填入|插入|写明|写清|简述|概述|列举|列出|描述|阐述|介绍)[^。，]{0,24}(?:情况|内容|名称|数据|日期|时间|单位|姓名|数字|做法|措施|问题|标题|成效)"
    r"|^(?:请)?(?:写明|写清|填写|填入|简述|概述|阐述|列举)[^。：:]{2,30}$|^(?:可|请)?(?:另|附)附?页|^[^。，：]{0,8}(?:负责)?填写$"
    r"|^(?:不|无|没有|若无|如无|如不)[^。]{0,10}(?:请|可|则|应)?(?:删除|删去|删掉)"
)
"""What only the writer of a paper is told: to write here, to suit this to the place, to take that out."""
_BROKEN = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|错误[!！]\s*(?:未找到引用源|未定义书签|文档中没有指定样式的文字)[。.]?"
    r"|Error! (?:Reference source not found|Bookmark not defined)\."
)
_LABEL = re.compile(
    r"(?:联系人|联系电话|签发人|主持人|记录人|承办人|责任人|经办人|联系方式|填报人)[:：]"
    r"(?=[ 　\t]*(?:$|[^\s：，。；、（]{2,5}[:：]))"
)
_ROMAN = re.compile("[Ⅰ-Ⅸⅺⅻ]")
_OF_SCIENCE = re.compile(r"\s?(?:染色体|综合征|综合症|基因|光|射线|轴|形|染色|因子|连锁|坐标)")
_QUOTATION = re.compile(r"“[^”\n]{1,12}”|\"[^\"\n]{1,12}\"|‘[^’\n]{1,12}’|「[^」\n]{1,12}」")
_TALKED_OF = re.compile(r"字样|占位|留空|模板|等符号|代替|空缺|涂改|不得出现|写成|表示|错误")
_FORMULA = re.compile(r"[=＝÷＋√]|[XxＸｘ]\s?[+\-²³^<>≤≥]|设[XxＸｘ]")


def check(document: Document) -> Iterator[Finding]:
    """Everything in the text that its writer meant to fill in."""
    roman = bool(_ROMAN.search(document.text))
    quiz = sum(bool(_CHOICE.match(document.said(each))) for each in document.paragraphs) >= 2
    for paragraph in document.paragraphs:
        for offset, text in document.stretches(paragraph):
            if text.strip():
                yield from _in_stretch(text, offset, paragraph, roman, quiz)


def _in_stretch(text: str, offset: int, paragraph: Paragraph, roman: bool, quiz: bool) -> Iterator[Finding]:
    told = bytearray(len(text))
    quoted = [found.span() for found in _QUOTATION.finditer(text)] if _TALKED_OF.search(text) else []
    for rule, start, end in _gaps(text, paragraph, roman, quiz):
        if any(told[start:end]) or _spoken_of(text, start, end, quoted):
            continue
        told[start:end] = bytes([1]) * (end - start)
        yield rules()[rule].finding(
            offset + start,
            offset + end,
            text=text[start:end].strip() or "　",
            kind=_missing(text, start, end),
        )


def _gaps(text: str, paragraph: Paragraph, roman: bool, quiz: bool) -> Iterator[tuple[str, int, int]]:
    """Rule, start and end of each gap; what comes first is more telling than what overlaps it later."""
    for found in _BROKEN.finditer(text):
        yield "broken-field", *found.span()
    for found in _TEMPLATE.finditer("" if _OF_SITE.search(text) else text):
        yield "template-words", *found.span()
    for found in _IN_BRACKETS.finditer("" if _OF_SITE.search(text) else text):
        if _TO_WRITER.search(found[0][1:-1].strip()):
            yield "template-words", *found.span()
    for found in _DATE.finditer(text):
        yield "placeholder-date", *found.span()
    if not paragraph.cell and not _SIGNED.search(text):
        for found in _BARE_DATE.finditer(text):
            if (
                found["bare"]
                or found["far"]
                or found["dayless"]
                or not found["month"].strip()
                or not found["day"].strip()
            ):
                yield "placeholder-date", found.start() + _leading(found[0]), found.end()
    for found in _BLANK.finditer(text):
        if not _BY_HAND.search(text[max(found.start() - 8, 0) : found.start()]):
            yield "blank", *found.span()
    if not quiz:
        for found in _BRACKETS.finditer(text):
            yield "empty-brackets", *found.span()
    paired = len(_STARS.findall(text)) % 2 == 0
    for found in _RUN.finditer(text):
        if found[0][0] in "*＊" and paired:
            continue
        if _is_placeholder(text, found, roman):
            yield "placeholder", *found.span()
    for found in _TELEPHONE.finditer(text):
        yield "placeholder", *found.span()
    for found in _DECIMAL.finditer(text):
        if not _FORMULA.search(text[max(found.start() - _AROUND, 0) : found.end() + _AROUND]):
            yield "placeholder", *found.span()
    if not paragraph.cell and (found := _LEFT_CELL.match(text)):
        yield "placeholder", *found.span("left")
    for found in () if _CASE.search(text) else _OWN_PLACE.finditer(text):
        yield "placeholder", found.end() - 2, found.end()
    for found in _UNSAID.finditer(text):
        yield "empty-label", *found.span()
    for found in _SINGLE.finditer(text):
        if _is_single(text, found, roman):
            yield "placeholder", *found.span()
    if roman:
        for found in _PLACE.finditer(text):
            yield "placeholder", *found.span()
    else:
        for found in _NAMELESS.finditer(text):
            if not _OF_SCIENCE.match(text, found.end()):
                yield "placeholder", *found.span()
    for found in _NOTE.finditer(text):
        yield "fill-in-note", *found.span()
    for found in _LATER.finditer(text):
        yield "fill-in-note", *found.span()
    for found in _UNDECIDED.finditer(text):
        # Only the note itself; its subject tells what is missing.
        yield "fill-in-note", found.start() + found[0].rindex("待"), found.end()
    for found in _WEAK_NOTE.finditer(text):
        if _stands_alone(text, found):
            yield "fill-in-note", *found.span()
    if not paragraph.cell:
        for found in _LABEL.finditer(text):
            yield "empty-label", *found.span()
    yield from gaps.found(text, cell=paragraph.cell)


def _is_placeholder(text: str, found: re.Match[str], roman: bool) -> bool:
    run = found[0]
    before, after = (
        text[max(found.start() - _AROUND, 0) : found.start()],
        text[found.end() : found.end() + _AROUND],
    )
    left, right = before[-1:], after[:1]
    if run[0] in "*＊":
        # Marks of emphasis come in pairs, and masked numbers and letters have something beside them.
        return not _latin(left) and not _latin(right)
    if run[0] in _CROSS:
        # 1.XX局: the number of a point is no figure with decimals.
        left = "" if left in (".", "．") and _POINT.match(before) else left
        if _latin(left) or _latin(right) or left in tuple("-－./_~") or right in tuple("-_./"):
            return False
        if re.search(r"[A-Za-z][,.]? $", before) or re.match(r" [A-Za-z]", after):
            return False
        if roman and set(run) <= {"Ⅹ", "ⅹ"}:
            return False
        if run == "××" and _is_surname(before) and not re.match(r"[镇县村局乡市省区公]", right):
            return False
        return not _OF_SCIENCE.match(after) and "XY" not in before + after
    if run.strip()[0] in "?？":
        return True
    if run[0] in "○〇◯":
        return not (left and left in _CHINESE_DIGITS + "○0123456789") and not (
            right and right in _CHINESE_DIGITS + "年"
        )
    if run.startswith("某"):
        return not _is_surname(before) or bool(re.match(r"[镇县村局乡市省区公单]", right))
    # Rows of the same sign draw lines and fill ballots; between words they stand for a word.
    return len(run) <= 4 and bool(re.match(r"[\u4e00-\u9fff%％]", right)) and len(text) > len(run) + 2


def _is_single(text: str, found: re.Match[str], roman: bool) -> bool:
    sign, begin, end = found[0], max(found.start() - _AROUND, 0), found.end() + _AROUND
    before, after = text[begin : found.start()], text[found.end() : end]
    if _OF_SCIENCE.match(after) or _FORMULA.search(text[begin:end]):
        return False
    if sign in "Ⅹⅹ" and roman and not re.match(r"\s?[余多]?[个名人户次处起件家台套亩元万]", after):
        return False
    if re.search(r"[A-Za-z0-9] ?$", before):
        return False
    if sign in "×✕✖╳":
        # A product has a measure on its left as well.
        factor = re.search(rf"[{_DIGITS}{_CHINESE_DIGITS}]\s?[^\s，。、；：]{{0,3}}\s?$", before)
        product = factor or re.match(r"\s?[^\s，。]?\s?[×✕]", after)
        return not product or bool(re.match(r"\s?[年月日个名人户次]", after))
    return True


def _is_surname(before: str) -> bool:
    """Whether the text ends in a family name that is not the end of another word, such as 剩余."""
    return before[-1:] in tuple(COMMON_SURNAMES) and not words().holding(before[-3:], len(before[-3:]) - 1)


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    before = text[max(found.start() - _AROUND, 0) : found.start()].rstrip()
    after = text[found.end() : found.end() + _AROUND].lstrip()
    opened = not before or before[-1] in "（(【[《：:<"
    closed = not after or after[0] in "）)】]》。；，,;>、"
    return opened and closed


def _spoken_of(text: str, start: int, end: int, quoted: list[tuple[int, int]]) -> bool:
    """A paper about papers may quote a placeholder without having one."""
    at = bisect_right(quoted, (start, len(text))) - 1
    if at < 0 or not quoted[at][0] < start < end < quoted[at][1]:
        return False
    return bool(_TALKED_OF.search(text[max(start - 30, 0) : end + 30]))


def _missing(text: str, start: int, end: int) -> Text:
    before, after = text[max(start - _NEAR, 0) : start], text[end : end + _NEAR]
    for kind, before_it, after_it in _kinds():
        if before_it and not before_it.search(before):
            continue
        if after_it and not after_it.match(after):
            continue
        return kind
    raise AssertionError("the last kind fits everywhere")


@cache
def _kinds() -> tuple[tuple[Text, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    data = tomllib.loads(files(__package__).joinpath("left_open.toml").read_text(encoding="utf-8"))
    return tuple(
        (
            Text(**each["kind"]),
            *(re.compile(each[side]) if side in each else None for side in ("before", "after")),
        )
        for each in data["missing"]
    )


def _latin(character: str) -> bool:
    return bool(character) and character.isascii() and character.isalnum()


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip())
