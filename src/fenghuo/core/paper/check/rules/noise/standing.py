"""Characters that stand beside any other: words by themselves, numerals, measures, family names."""

from ...surnames import COMMON_SURNAMES

ALONE = (
    frozenset(
        "日月年时分秒后前内外上下左右中里间处的地得了着过在到从向往由于和与同及或并且而但又也就才都只仅各每某本该此其之所以为被把将对按用令使"
        "让请须应可能会要不没无有是非大小多少高低长短深宽厚重轻快慢新旧老好坏口手头水火土山河路车船机队组班站所局委办县乡镇村户家员工兵民量数金银"
        "米油盐粮雨雪风电气坡沟坝桥洞井库攻守打抢救送运拉推设立建修补加减收发交接来去进出入走跑升降开关停起止看见听说读写问讲带领派调查报送"
        "占比约共均达超近至满限计合取存保护种养喷施洒涂刷贴挂拆装换洗晒烧埋填挖铺砌干湿热冷男女现住浑清臭香甜苦咸酸辣涩硬软松紧稀稠厚薄粗细直弯平斜歪亮暗我你您他她它们谁"
    )
    | COMMON_SURNAMES
)
"""Words of one character, so that no neighbour speaks for or against them."""
STANDING = ALONE | frozenset(
    "两一二三四五六七八九十百千万亿零半亦即虽尚很太最更未勿别等啊呢吗吧么这那哪再还已曾总净"
)
"""The same with numerals and particles."""
COUNTED = frozenset(
    "个名人户次处起例票拨趟罐剂桩遍茬垄件项条份期辆台套亩公顷里米吨元万亿年月日时分天周号组支座家所间批部只头棵株册篇岁届张枚颗艘栋盏"
    "顶箱桶瓶袋副幅面根块片层班席倍宗笔艇架孔眼口盘扇桩盒卷斤千百大种类级线路楼室区段股位款章节点比以余多成国省市县乡镇村"
    "度车至到或和与乘加减除点秒版页行列幢厘毫升克场道门把对双群匹峰羽尾筐捆堆串滴滩具胜负平金银铜世子"
)
"""Before these a figure counts."""
COUNTS = "".join(sorted(COUNTED))
"""The same for a class of a pattern."""
