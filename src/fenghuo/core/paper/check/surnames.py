"""Family names: what stands before 某某 in a case told without names, and before a rare character in a name."""

COMMON_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田姜范石姚谭廖邹熊陆郝孔崔邱秦江顾侯邵孟龙段雷钱汤尹黎贺赖龚文庞樊兰殷施陶翟倪严牛温芦俞章葛韦毛庄岳聂"
)
"""The hundred most frequent ones and some more that are no everyday word before a name."""

SURNAMES = COMMON_SURNAMES | frozenset(
    "于任方金史万常武乔梅盛刁左项祝关伍耿焦骆詹翁尚甘景柯阮桂闵欧阳解强柴华车冉房边辜吉饶刀楚单瞿邢冷凌"
    "覃蒙闫骈储裴席甄路向涂丘齐管纪舒屈祁匡晏燕霍米寇褚费鲍邬褟亓缪雍霄逄佟麦敖卓邝郎付靳喻初丛鄢桑仇卞"
    "莫安康白古鲁滕包辛游穆宗娄党池申车司温全简成平时花窦苗柳奚司马"
)
"""Further ones, many of them everyday words too."""
