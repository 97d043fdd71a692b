"""How a gap is built: a sign where a figure, day or name belongs, a label without its value, a note to the writer.

The signs and the words are open lists; what makes a gap of them is where they stand: before a unit, between the
parts of a day, before the word for a place, after a label, alone in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..words import words

_HAN = "\u4e00-\u9fff"
_UNITS = (
    "个名人户次处起件项条份场期辆台套亩公顷里米吨元万亿年月日时分天周%％级号组支座家所间批部只头棵株册篇岁届张枚颗艘栋盏"
    "顶箱桶瓶袋副幅面根块片层班席倍宗笔艇架孔眼口盘扇桩盒卷具床匹斤千百"
)
_LONG_UNITS = frozenset(
    ("万元", "亿元", "公里", "公顷", "平方", "立方", "人次", "千瓦",
     "毫米", "厘米", "万吨", "公斤", "分钟", "小时", "个村")
)  # fmt: skip
_OFTEN_FIRST = "人天年月日时分面成根家部"
"""Units that many sentences begin with, which an ellipsis may stand before."""
_PLACES = "村镇乡县市区局社街组屯寨湾庄"
_BEGUN = rf"(?:(?<=[{_HAN}，、；：（。“])|(?<=[{_HAN}，、；：（。] )|^)"
_SIGN = (
    r"(?:(?<![A-Za-z\d+＋\-－./=])(?:N{1,3}|n{1,2}|Ｎ{1,3})(?![A-Za-z\d])|(?<![#\d])[#＃]{1,3}"
    r"|[*＊]{1,4}|…{1,2}|\.{3,6}"
    r"|(?<![?？])[?？]{2,4}|[●▲△◎⊙☆★□■◇◆○〇◯@＠&＆]{2,4}(?!级)|[—–－\-]{2,4}|[·•]{2,6})"
)
_LONG_AFTER = r"(?:万元|亿元|公里|公顷|平方米|个百分点|人次|%|％)"
_BEFORE_UNIT = re.compile(rf"{_BEGUN}{_SIGN}(?=\s?[余多]?[{_UNITS}])|(?<=[{_HAN}])[?？](?={_LONG_AFTER})")
_BEFORE_PLACE = re.compile(
    rf"(?<![A-Za-z\d+＋\-./])[NＮ](?=[{_PLACES}])|(?<![A-Za-z\d+＋\-./])[ABCＡＢＣ](?=[村镇乡县])"
    rf"|{_BEGUN}(?:[?？]{{2,4}}|[#＃]{{1,3}}|[*＊]{{1,4}}|…{{1,2}}"
    r"|[●▲△□■◇◆○〇◯]{2,4})(?=村|镇|乡|县|社区|街道|局|公司|单位|小组|同志|书记|主任|镇长|乡长"
    r"|先生|女士)"
    r"|某[乡镇县市区街][^，。；\s]{0,1}?某[村社组局站所镇乡](?:区|委会)?"
    r"|(?:(?<=星期)|(?<=周))[xXN×?？○□*＊_＿]{1,3}(?![A-Za-z])"
    r"|(?<=关于)(?:…{1,2}|[ 　]{2,8}|[*＊○□]{2,4})(?=的)"
    r"|(?<=[〕］】\])])(?:[ 　]{2,10}|[ 　]?(?:[xX×_＿*＊□○?？Ⅹ]{1,5}|N{1,3}|…{1,2})[ 　]?)(?=号)"
)
_EXAMPLE = re.compile(
    r"案例|[一有该]?起|通报|发生|曾|[一某]名|某户|举报|反映|A[村镇乡县].*B[村镇乡县]|失火|事故"
)
"""Words by which a paper tells of a case, whose places it does not name."""
_DAY = (
    r"(?:[NMDYnmdyＮＭＤＹ]{1,4}|[?？]{1,4}|[□■○〇◯△▲●]{1,4}|…{1,2}|\.{2,6}|[#＃]{1,4}"
    r"|[*＊]{1,4}|[—–－-]{1,4}|几|[·/／]{1,3}|[xX×]{1,4}|[_＿]{1,8}|某)"
)
_DATE = re.compile(
    rf"(?:(?<![A-Za-z\d]){_DAY}\s?年\s?)?(?<![A-Za-z\d哪]){_DAY}\s?月\s?(?:{_DAY}|\d{{1,2}})\s?[日号]"
    rf"|\d{{1,2}}\s?月\s?{_DAY}\s?[日号]|(?<![A-Za-z\d]){_DAY}\s?年\s?(?:{_DAY}|\d{{1,2}})\s?月"
    r"|(?:(?<=[自至于到从在由即前])|(?<=[\d〇零一二三四五六七八九]年))[ 　]{0,8}月[ 　]{0,8}日"
    r"|(?:(?<=[自至于到从在由])|^)[ 　]{0,8}年[ 　]{0,8}月[ 　]{0,8}日(?=[^\s，。）)、期])"
    r"|(?<=[上下中]午|晚上|凌晨)[ 　]{1,6}时(?:[ 　]{1,6}分)?"
)
_BLANK = re.compile(
    # A space where a figure belongs: 共计    元.
    rf"(?<=[为是共约达计有第:：近超于了到增降])(?<!由于)(?<!属于)[ 　]{{2,20}}(?=[余多]?[{_UNITS}](?![{_HAN}])"
    rf"|[余多]?(?:万元|亿元|公里|公顷|平方米|个百分点))"
)
_COUNTED_GAP = re.compile(
    rf"(?<=[{_HAN}])[ 　]{{2,8}}"
    rf"(?=[个件处名户条项座台套辆家起亩场次人份间眼口栋株头幅枚盏箱桶册][{_HAN}，。；、（])"
)
"""A gap in a sentence before a unit, whatever stands before it: 修复器物   件, 不少于  名引导员."""
_ABBREVIATED = re.compile(
    r"TB[ACD][）)](?=含量|浓度|系统|技术|协议|装置|指标|标准|法|值|溶液|试剂|类|等|[，、]?(?:是|指|即))"
)
_BODY = (
    r"(?:政府|委员会|局|办公室|办|指挥部|馆|院|厅|中心|学校|中学|小学|委|公司|部|站|所|社|会|队|党组"
    r"|支部)"
)
_PAPER = (
    r"(?:通知|报告|请示|函|总结|方案|意见|公告|纪要|讲话|批复|决定|汇报|要点|计划|规划|预案|通告|办法"
    r"|细则|制度|简报|说明|发言|倡议书|承诺书)"
)
_SOME = re.compile(
    r"^[ 　]*(?P<some>(?:某|待(?:统计|核实|核定|确定|确认|定|补|填|汇总))"
    rf"(?:[省市县区镇乡州旗村街]|(?=[{_HAN}]{{2,}}{_BODY})|(?=[{_HAN}]{{1,5}}〔)))"
    rf"(?:[{_HAN}（）()、]{{0,24}}{_BODY}[：:]?[ 　]*$|[{_HAN}]{{0,4}}〔\d{{4}}〕"
    rf"|[{_HAN}（）()、“”《》\d〔〕—-]{{2,60}}{_PAPER}(?:（[^（）]{{1,12}}）)?[ 　]*$)"
)
"""A title, a signature or an addressee that names no place: 某县人民政府, 某镇2025年工作总结."""
_TO_COUNT = re.compile(
    rf"(?<![有尚亟仍还正急需等期])待(?:统计|汇总|测算|填报?|补)(?=[个件处名户条项座台套辆家起亩场次人份元万](?:[，。；、）]|[{_HAN}]))"
)
_OWN_WORD, _TORN = 6, 7
"""Power of two of the frequency of a word that begins with a unit; bits that a torn word gains."""
_GONE = re.compile(
    # A figure that is simply not there: 增长%，, 截至月30日, 共计  户.
    rf"(?<=[{_HAN}])[ 　]*(?=[%％‰](?![A-Za-z]))|(?<=[至于在到自从经。，；：为])[ 　]*月\d{{1,2}}日|(?:(?<=\n)"
    rf"|^)[ 　]*月\d{{1,2}}日|(?<=[{_HAN}])[ 　]{{2,}}月\d{{1,2}}日|(?<=[年])[ 　]*月[ 　]*\d{{1,2}}日"
    rf"|(?<=[{_HAN}])[ 　]{{2,}}(?=(?:万元|亿元|公里|公顷|平方米|公斤|[万亿]?人次|万[人户亩吨份]|个百分点)"
    rf"|[元户人亩家次台个吨场名分](?:[，。；、（]))"
    rf"|(?<=[{_HAN}])[ 　]{{2,}}(?=[%％‰](?![A-Za-z]))|^[ 　]{{1,8}}年\d{{1,2}}月\d{{1,2}}日$|^(?:19"
    rf"|20)\d{{0,1}}[ 　]{{1,8}}年[ 　]*\d{{0,2}}[ 　]*月[ 　]*\d{{0,2}}[ 　]*日$"
    rf"|^20\d[ 　]+年[ 　]*\d{{0,2}}[ 　]*月[ 　]*\d{{0,2}}[ 　]*日$"
)
# A single nought is a day that does not exist, which the rules of dates tell.
_NULL_DATE = re.compile(r"(?<!\d)(?:0{1,4}年)?(?:00月00?日|0月0日)")
_SIGN_ALONE = re.compile(
    rf"(?<=[{_HAN}])(?:[◯〇○](?=(?:万元|亿元|公里|公顷|[%％元场次个户人台家亩名年])(?![{_HAN}]*[〇○]))"
    rf"|\^{{1,4}}|(?:\. ?){{3,6}}|几几|[{{｛][ 　]*[}}｝])"
    rf"(?=[ 　]?(?:万|亿)?[{_UNITS}])|(?<=[{_HAN}])某(?=(?:万元|亿元|公里|公斤|平方米"
    rf"|[%％元台亩](?![{_HAN}]))|[户处场次](?:[，。；]))"
    rf"|(?:^|(?<=\n))(?:(?:\. ?){{3,6}}|\^{{1,4}})(?=[年月]\d)"
)
_STOCK_NAMES = re.compile(
    r"(?<![\u4e00-\u9fff\"“])(?:张三|李四|王五|赵六|张某某|李某某|王某某)(?![\u4e00-\u9fff])"
    r"|(?<=[：:中由])(?:张三|李四|王五)(?=[的等负为在到和与牵主])"
)
_SENTENCE = re.compile("[，。；]")
_WIDE = re.compile(rf"(?<=[{_HAN}])[ 　]{{2,}}(?=[{_HAN}])")
_LABEL = re.compile(
    rf"(?:^|(?<=[。；，、（]))(?P<label>[{_HAN}]{{2,9}})[:：为是]?(?:"
    r"(?<=[:：])[ 　_＿…—?？*＊#○□×]{2,30}(?=[。；，]|$)|(?<=[:：为是])[?？]{2,6}(?=[。；，]|$))"
)
_BY_HAND = re.compile(r"签[字名章收发]|盖章|公章|手印|意见|日期|时间|审[核批]")

_NOUN = (
    r"(?:单位|部门|公司|企业|机关|学校|项目|工程|活动|会议|文件|产品|道路|路段|河流|水库|灾害|事件|事故"
    r"|村|镇|乡|乡镇|县|市|区|街道|社区"
    r"|村组|地方|地|人|人员|负责人|责任人|联系人|领导|干部|对象|企|主送|发文|来文|收文|对方|相关|有关"
    r"|具体|准确|实际|某)"
)
_ASKED = (
    r"(?:名|名称|全称|简称|姓名|职务|地址|地点|地名|位置|日期|时间|年份|月份|数字|数目|数值|数量|数据"
    r"|金额|比例|人数|户数|面积"
    r"|编号|文号|电话|单位|部门|事由|事项)"
)
_HELD = re.compile(rf"^(?:请?(?:填|写|补|插入|输入))?{_NOUN}{{0,2}}{_ASKED}$")
_ABBREVIATION = re.compile(
    r"(?:[单总]位|户数|人数|面积|数量|金额|比例|编号|电话|时间|日期|年份|名称|姓名|职务|地址|地点|单位"
    r"|部门|事项|数据)$"
)

_TEXT = r"(?:填写?|填[报入列上补]|补写|补[充上齐录填报]|[撰改续重]?写|插入|录入|粘贴|输入|替换|更新)"
"""What is done to a text and hardly to the work it speaks of."""
_PART = r"(?:此处|这里|此段|本段|这一?段|该段|这部分|本节|这一?节|此节|此数|该数|这个数字?)"
_LATER = (
    r"(?:后补|待补|另补|再补|容后再?[补报填]|另行(?:填[报写列]|补[充报填])|以后再?[补填写]"
    r"|回头再?[补填写]|暂[缺空略无]|留空|空着|先空[着出]?|空出来?|略去?)"
)
_NOTE = re.compile(
    r"(?<![A-Za-z])(?:TODO|FIXME|TBD|TBC|TBA|XXX|todo|tbd)(?![A-Za-z])(?:\s?[：:]\s?[^。；，\n]{1,24})?"
    r"|(?:^|(?<=[。；，：]))(?![^，。；]{0,10}(?:不得|不能|不可|不应|不准|不许|不要|严禁|禁止|切勿|避免"
    r"|防止|[如若有]))"
    r"[^，。；：\n]{0,10}(?:后补|待补|留空|空着|暂空|容后补[充报上]?|日后补[上齐]?|另行填[报写列])"
    r"(?:(?=[。；）]|$)|，[^，。；\n]{0,10}(?:填[写列报入补]?|补[充上齐]?|核实|确[认定]|再说)(?=[。；]|$))"
    r"|(?:数据|数字|比例|金额|内容)待[^，。；\n]{1,12}后(?:更新|替换|补正|核定)(?=[。；]|$)"
    rf"|{_PART}[还尚仍]?(?:缺|少|差|漏|空)(?:了|着)?"
    r"(?:[一个几两组张点段数]{1,3}[^，。；\n]{0,6}|数据|数字|日期|名称|金额|内容|图|表|案例|例子|说明"
    r"|依据|出处|文号)"
    rf"(?=[，。；]|$)(?:，[^，。；\n]{{0,4}}{_LATER})?"
    rf"|{_PART}[^，。；\n]{{0,3}}[再另]?[补加插附][上入]?[一几两]?[张段个份句条][^，。；\n]{{1,10}}(?=[，。；]|$)"
    r"|(?:时间|地点|名单|人数|金额|日期|车次|议程)[^，。；\n]{0,2}待(?:通知|公布|告知|确定|商定)(?=[，。；]|$)"
    rf"|{_PART}[^，。；\n]{{0,8}}请[^，。；\n]{{1,12}}(?:核实|核对|确认|提供|补充|填报)(?=[，。；]|$)"
    r"|(?:^|(?<=[。；]))[?？]{3,}(?=[。；]|$|\s)"
    rf"|{_PART}[^，。；\n]{{0,2}}(?:等|待|由|需要?|要|请|还要?|应)[^，。；\n]{{0,14}}{_TEXT}(?=[，。；]|$)"
    r"|(?:^|(?<=[。；，]))(?:等|待)[^，。；\n]{1,12}(?:[后再了]|以后|之后)(?:再|才|另|来)?"
    r"(?:写|补写|填上?|填写|填列|续写|补填)(?=[。；]|$)"
    r"|[^，。；：\n]{0,8}(?:数|数字|数据|户数|人数|金额|比例|面积|日期|名称|名单|时间|内容"
    r"|段落)(?:一[栏项])?(?:都|均)?"
    r"(?:尚未|还没有?|还未|暂未|未)(?:填[入上]|补[上入]|写[入上完]|定稿|最终?核[定实]|算出)(?=[。；]|$)"
)
_SHORT_OF = re.compile(
    r"^(?:(?:数据|内容|名单|数字|情况|材料|此处|这里|附件|图表?|照片)?"
    r"(?:(?:存疑|待[核查补定续填议商改报完审确]|后补|暂[缺略空无]|[下上后从中]略|省略|未完|未定|不详"
    r"|请核|需核|再核|出处"
    r"|数据来源[？?])[^。]{0,16}|略|缺(?:数据?|[一个几张]+.{1,4}|[图表]|例子?|材料|案例|名单|日期)?|空)"
    rf"|(?:请|需|须)[^。，]{{0,10}}{_TEXT}[^。]{{0,12}}|(?:请|需|须|再|另行)(?:核[实对准]?|查证|校[对核]"
    rf"|确认)[^。]{{0,8}}"
    rf"|[^。，]{{1,10}}(?:请|待|需)[^。，]{{0,4}}(?:{_TEXT}|核[实对]?|查证|确认|校对)"
    r"|补(?:充|上|写|齐|一|几|两|张|图)[^。]{0,16}|加(?:一|几|两|上|段|图)[^。]{0,14}"
    r"|[^。，]{0,8}(?:数据?|数字|名单|情况|材料|金额)(?:未|没有?|还没)(?:报|填|补|核|算|写|统计|汇总|提供)"
    r"(?:齐|全|到|完|好|清|实|准|入|上)?"
    r"|[^。]{1,12}(?:待查|待考|待对|未附|未核|未核实|慎用|数据未核，慎用)"
    r"|[^。]{1,10}(?:后补|待补|待定|待核|再补|另补|存疑|未定|暂缺))$"
)
"""What a note to oneself in brackets says, from its first word to its last."""
_ANNEX = re.compile(
    r"附件|附表|附图|附录|全文|(?:表|清单|图|名单|名册|目录|照片|证明|复印件|合同|协议|方案|批复|报告|纪要)[（(]略[）)]\s*$"
)

_KIND = r"(?:样稿|样例|模板|模版|范本|范文|范例|示例|示范文本|例文|参考稿|参考文本|参考格式|占位符?)"
_ABOUT = (
    r"(?:编写|写作|撰写|填写|填表|填报|编制|起草|写法|格式|内容|行文|排版|使用|套用|操作|温馨|特别|模板"
    r"|范文)?(?:提示|说明|要求|要点|指引|须知|备注|注释|注意|注|指南|建议)"
)
_TO_WRITER = re.compile(
    rf"^{_ABOUT}[：:，].{{0,60}}(?:写|填|字|段|删|改|列|举例|参照|参考|附|内容|格式|正文|标题|本栏|此栏"
    rf"|据实|结合|突出|简[要明]|条理)"
    rf"|^(?:编写|写作|撰写|填写|填表|编制|起草)(?:提示|说明|要求|要点|指引|须知|指南|建议)"
    rf"|^{_KIND}(?:[，,：:；。、 ]|$)|(?:非正式|不作|不是)(?:文本|正式|定稿)"
    rf"|^(?!内容|资料|信息).{{0,30}}仅供(?:参考|示意|演示|排版"
    rf"|填写)|^(?:此|本)?(?:为|系){_KIND}"
    r"|(?:不少于|不超过|不多于|不低于|控制在|限|约|字数)[^。]{0,4}\d+(?:[-－—~至]\d+)?个?[字行段]"
    r"|\d+字(?:左右|以内|以上|为宜)"
    r"|^(?:可选|选填|选用|必填|可填|可略|可不写|可不填|可省略?|任选|二选一|选一|三选一|非必填)|(?:视|据|按|看"
    r"|依)(?:实际)?(?:情况|需要|需|具体)[^。]{0,4}(?:保留|取舍|选[用填择]|删|增|加|写|填|省略|展开|调整"
    r"|修改)"
    r"|(?:保留|删除|删去)(?:本|此|该)?(?:段|节|条|项|部分|栏)"
    r"|^(?:以?[上下中前后]|此处|从|余)略|参照(?:上年|去年|往年|上[一次期]|原)(?:度|年)?[^。]{0,6}(?:材料"
    r"|稿|文|报告|格式|写法)"
    r"|^(?:请|可|应|要|需)?(?:简要|概括|重点|分条|具体|详细|如实|逐条|逐项)?(?:说明|写明|写出|写清|交代"
    r"|介绍|概述|描述|阐述|列出|列举|叙述|总结|归纳|分析|写|填)(?:本|各|该|有关|相关|主要|具体|采取|开展"
    r"|存在|所|下一步|下步|一下|\d|[一二两三几])[^。]{0,40}$"
    r"|^(?:插入|粘贴|添加|放置?|附上|贴上?|配)(?:一张|相关|有关|现场|单位|本)?(?:图片?|照片|表格?|截图"
    r"|附件|数据|文字|标题|正文|位置图|示意图|公章|二维码|logo|LOGO|LOGO图)"
    r"|^(?:图片?|照片|表格|截图|图表|示意图|位置图)(?:占位|位置|待[补插]|略|此处|见附)?$"
    r"|^(?:简要|简单|扼要)?(?:说明|介绍|描述|交代)(?:背景|缘由|事由|目的|意义|过程|经过|情况|依据)$"
    r"|^(?:标题|正文|字体|字号|格式|行距|落款|页边距|页码|版式)[^，。：]{0,3}(?:用|为|采用|参考|参照"
    r"|按)[^。]{1,24}$"
    r"|^此[段句处条节][^。]{0,3}(?:可删|可略|删去|可不写|选填)$"
    r"|^(?:替换|改)(?:为|成)|^(?:输入|键入|填入|填写|录入"
    r"|选择)[^。]{1,20}$"
)
"""What only the writer of a paper is told, as the content of a bracket."""
_BRACKET = re.compile(
    r"[（(【\[［〔{｛<＜《](?P<held>[^（）()【】\[\]［］〔〕{}｛｝<>＜＞《》\n]{1,60})[）)】\]］〕}｝>＞》]"
)
_INSTRUCTION = re.compile(
    r"请(?:在此|在此处|此处)?(?:输入|键入|填入)(?:正文|标题|文字|文本|内容|姓名|日期|单位|数据)(?=[，。；、]|$)"
    r"|^(?:大?标题|正文|副标题|落款|主送机关|一级标题|二级标题)(?:[：:]?[（(][^（）()]{0,16}(?:号|宋"
    r"|仿宋|黑体|楷体|磅|行距)[^（）()]{0,16}[）)])$"
    r"|^第[一二三四五六七八九十]+(?:部分|段|章|节)[：:，]?(?:此处|这里|请|简要|重点)?(?:概述|简述|阐述"
    r"|介绍|写|描述|说明)[^，。；]{2,24}$"
    r"|^(?:示例|样例|范例|例文)[：:]$|^(?:经办人|审核人|负责人|填报人|承办人|发文单位|填报单位"
    r"|单位)(?:签字|签名|签章)?(?:（盖章）)?[：:][ 　]*(?:(?:审核人|填报人|负责人|日期|联系电话)[：:][ 　]*)?$"
    r"|^附件[：:][ 　]*\d{1,2}[.．、][ 　]*$"
)
"""What a form or a template says to its writer on a line of its own."""
_IN_WORDS = re.compile(
    r"(?:数据|数字|金额|名单|比例|人数)[^，。]{0,4}(?:不准|有误|不对|不全|存疑|没核)[，,]?(?:再核|待核"
    r"|核对|核实)?|(?:具体)?(?:数字|数据|名单|金额|日期)?(?:再)?(?:问|找|跟|向)[^，。]{2,8}(?:所|站|办"
    r"|局|中心|科|部|要|核对|核实)"
    r"|(?:来源|出处|依据|是否属实|数据对吗|对吗|确定吗|准确吗|待查)[？?]|例(?:如)?[：:][^，。]{2,14}"
    r"|(?:领导|书记|镇长|主任|局长|分管领导)(?:审阅|看过|审定|过目|定)[^，。]{0,2}后?再(?:定|改|写|补)"
    r"|以(?:实际|最终|正式)[^，。]{0,8}为准[，,]?(?:后续|稍后|随后|届时|再)(?:更新|补充|调整|修改)"
    r"|(?:红字|黄色|标红|标黄|划线)部分[^。]{2,16}|<?(?:填写|输入)[^，。]{2,6}>?"
)
"""What is asked or noted in brackets and no reader of the paper is told."""
_HOLLOW = re.compile(r"^[\s　…._＿·•—–\-－~～?？*＊#＃○〇□△×xX✕]+$")


def found(text: str, *, cell: bool) -> Iterator[tuple[str, int, int]]:
    """Rule, start and end of each gap."""
    for each in _BRACKET.finditer(text):
        rule = _in_bracket(text, each, cell=cell)
        if rule:
            yield rule, *each.span()
    for each in _NOTE.finditer(text):
        # 叔丁基邻苯二酚（TBC）含量: what stands behind the bracket is what the letters are short for.
        if not _ABBREVIATED.match(text, each.start()):
            yield "fill-in-note", *each.span()
    for each in _TO_COUNT.finditer(text):
        yield "fill-in-note", *each.span()
    if not cell and (some := _SOME.match(text)):
        yield ("placeholder" if some["some"][0] == "某" else "fill-in-note"), *some.span("some")
    if not cell and not _BY_HAND.search(text):
        for each in _GONE.finditer(text):
            if _set_wide(text, each):
                continue
            yield ("placeholder-date" if "日" in each[0] else "blank"), each.start(), each.end()
        for each in _SIGN_ALONE.finditer(text):
            yield "placeholder", *each.span()
        for each in _STOCK_NAMES.finditer(text):
            yield "placeholder", *each.span()
    for each in _NULL_DATE.finditer(text):
        yield "placeholder-date", *each.span()
    for each in _INSTRUCTION.finditer(text):
        yield "template-words", *each.span()
    for each in _DATE.finditer(text):
        if not _plain_date(text, each, cell=cell):
            yield "placeholder-date", *each.span()
    if not cell:
        for each in _LABEL.finditer(text):
            if not _BY_HAND.search(each["label"] or ""):
                yield "empty-label", *each.span()
        # A form is a row of blanks without a sentence; words set wide have gaps all along.
        if _SENTENCE.search(text) and not _BY_HAND.search(text) and len(_WIDE.findall(text)) < 4:
            for each in _BLANK.finditer(text):
                yield "blank", *each.span()
            for each in _COUNTED_GAP.finditer(text):
                if count_is_missing(text, each):
                    yield "blank", *each.span()
    marked = {sign for signs in ("*＊", "#＃") for sign in signs if _emphasis(text, signs)}
    for pattern in (_BEFORE_UNIT, _BEFORE_PLACE):
        for each in pattern.finditer(text):
            if each[0][0] in marked or _of_another(text, each):
                continue
            if pattern is _BEFORE_PLACE or _measures(text, each):
                yield "placeholder", *each.span()


def count_is_missing(text: str, gap: re.Match[str]) -> bool:
    """Whether a count is missing in a gap: what follows is a unit and no word, and no word is torn by the gap."""
    if _set_wide(text, gap):
        return False
    before = re.search(rf"[{_HAN}]*$", text[max(gap.start() - 4, 0) : gap.start()])[0]
    after = text[gap.end() : gap.end() + 3]
    first = re.match(rf"[{_HAN}]+", after)[0]
    if any(words().frequency(first[:size]) >= _OWN_WORD for size in (2, 3) if len(first) >= size):
        return False
    # 器物   件: 物件 is a word, but 器物 stands whole before it.
    return words().gain(before, "", first) < _TORN


def _set_wide(text: str, gap: re.Match[str]) -> bool:
    """Whether the character before a gap stands apart as well: 操   场."""
    return (
        bool(gap[0])
        and not gap[0].strip()
        and text[max(gap.start() - 2, 0) : gap.start() - 1] in tuple(" 　")
    )


def _emphasis(text: str, signs: str) -> bool:
    """Whether the signs come in pairs around words, as *重点* and #话题# do; gaps have each a unit behind them."""
    runs = list(re.finditer(f"[{signs}]+", text))
    return len(runs) % 2 == 0 and not all(
        re.match(f"[{_UNITS}{_PLACES}]", text[each.end() :]) for each in runs
    )


def _of_another(text: str, each: re.Match[str]) -> bool:
    """Whether the sign is no gap where it stands: the N of 1+N, the places of a case that names none."""
    sign = each[0][0]
    if sign in "NnＮ" and re.search(r"[+＋]\s?[NnＮ]", text):
        return True
    if sign in "…." and text.rfind("“", 0, each.start()) > text.rfind("”", 0, each.start()):
        return True
    return sign in "某ABCＡＢＣ" and bool(_EXAMPLE.search(text))


def _measures(text: str, sign: re.Match[str]) -> bool:
    """Whether what follows a sign is a unit and not the first character of a word, as in ……人们."""
    after = text[sign.end() :].lstrip()
    if sign[0][0] in "—–－-" and not text[: sign.start()].strip():
        return False
    if not re.match(rf"[{_HAN}]{{2}}", after):
        return True
    if sign[0][0] in "….—–－-" and after[0] in _OFTEN_FIRST:
        return False
    return after[:2] in _LONG_UNITS or not words().frequency(after[:2])


def _plain_date(text: str, each: re.Match[str], *, cell: bool) -> bool:
    """Whether this is a form's line for a date to be written by hand, or the words 年月日 themselves."""
    sign = each[0]
    if re.fullmatch(r"[\s年月日　]+", sign):
        return (
            cell
            or bool(_BY_HAND.search(text))
            or (len(text.strip()) <= 12 and not text[: each.start()].strip())
        )
    return bool(re.fullmatch(r"[-—–－/／·.\d年月日号\s]+", sign)) and bool(
        re.match(r"\d", text[each.start() - 1 : each.start()])
    )


def _in_bracket(text: str, each: re.Match[str], *, cell: bool) -> str | None:
    held, opening = each["held"].strip(), each[0][0]
    if not held:
        return None
    if opening == "《" or _HOLLOW.match(held):
        if (
            _HOLLOW.match(held)
            and not re.fullmatch(r"[xX×✕\-—–*＊#?？○□△.]", held)
            and not (cell and len(held) < 3)
        ):
            return "empty-brackets"
        return None
    if opening in "{<＜[" and not re.search(rf"[{_HAN}]", held):
        return None
    if _IN_WORDS.fullmatch(held):
        return "fill-in-note"
    if _TO_WRITER.search(held):
        return "template-words"
    if _SHORT_OF.match(held) and not (held.endswith("略") and _ANNEX.search(text)):
        return "fill-in-note"
    if cell:
        return None
    if re.fullmatch(_ASKED, held) and re.match(f"[{_UNITS}](?![{_HAN}])", text[each.end() :]):
        return "template-words"
    if opening in "【[" and not each.start() and re.match(rf"[{_HAN}]", text[each.end() :]):
        return None  # 【数据】本季度…: what heads a paragraph
    if _HELD.match(held) and (opening not in "（(" or not _ABBREVIATION.fullmatch(held)):
        return "template-words"
    return None
