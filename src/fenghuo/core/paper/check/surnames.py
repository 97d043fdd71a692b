"""Family names, from the sure ones to all: before 某某, before a rare character in a name, and of persons in a text."""

COMMON_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田姜范石姚谭廖邹熊陆郝孔崔邱秦江顾侯邵孟龙段雷钱汤尹黎贺赖龚文庞樊兰殷施陶翟倪严牛温芦俞章葛韦毛庄岳聂"
)
"""The hundred most frequent ones and some more that are no everyday word before a name."""

SURNAMES = COMMON_SURNAMES | frozenset(
    "孛郄宓乜芈钭揭于任方金史万常武乔梅盛刁左项祝关伍耿焦骆詹翁尚甘景柯阮桂闵欧阳解强柴华车冉房边辜吉饶刀楚单瞿邢冷凌"
    "覃蒙闫骈储裴席甄路向涂丘齐管纪舒屈祁匡晏燕霍米寇褚费鲍邬褟亓缪雍霄逄佟麦敖卓邝郎付靳喻初丛鄢桑仇卞"
    "昝禤牟璩仉郇缑呙麴禚郗逯厍妫闾濮谯郏蔺郦卜冼笪邸佴"
    "莫安康白古鲁滕包辛游穆宗娄党池申车司温全简成平时花窦苗柳奚司马"
)
"""Further ones, many of them everyday words too."""

FAMILY_NAMES = (SURNAMES - frozenset("党初阳花霄")) | frozenset(
    "东丰乌乐习云井从仝代仰仲伊伏元充公养冀农凤利勾卫印危厉后和咸国堵姬季宁宣宦宫宰容富寿封尤尧居屠山岑嵇巢巩巫巴"
    "师干幸广应庾廉弓弘怀惠慎慕戈戚扈扶支昌明易晁普暨权束杭松柏查栾桓步毕汲沃沙洪满牧狄班皮益盖相祖禄禹秋空童竺符"
    "籍索红终经羊肖胥臧艾芮茅茹荀荆荣莘蒲蓝蔚薄虞融衡裘计诸谈谷贝贡越连通那邰郁都鄂钮闻阙阚隆鞠韶须颜高鱼麻"
)
"""All in use, with those that are mostly other words: of 百家姓 (Song dynasty, public domain) and some of today."""
DOUBLE_FAMILY_NAMES = (
    "欧阳", "司马", "上官", "诸葛", "东方",
    "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯",
    "长孙", "宇文", "端木", "百里",
    "单于", "呼延", "澹台", "赫连", "钟离", "轩辕", "闻人", "申屠",
)  # fmt: skip
"""Those of two characters."""
