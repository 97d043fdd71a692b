"""Rare characters that have a home: the elements and compounds of chemistry, and what place names end in."""

ELEMENTS = frozenset(
    # gases, metals and non-metals
    "钇钌铼铱锇镤钔钷钸钪芘芴茚菲蔻䓛芪荙氕氘氚氖氙氡氦氩氪氟氰氲钋钌钍钐钒钕钚钛钡钪钫钬钯钴钷钽铀铂铈铉铊铋铌铍铑铒铕铗铞铟铠铢铥铨铪铫铬铯铱铵铷铼锇锂"
    "锆锑锕锗锘锝锟锫锶锿镄镅镆镉镌镎镓镝镡镤镥镧镨镩镪镫镭镱铽钆铥镥锕钅铑钔锘铹𬬻𬭊𬭳𬭛𬭶鿏𫟼𬬭鿔鿭𫓧鉨石砷砹硅硒碲硼碘溴磷硫"
    # compounds, groups and quantities
    "酚酞酮酯酰酶酩酐酊酣酪酥醇醛醌醚醣醪醯烃烯烷炔烽焓熵炝熘羟羧羰羝巯胍胨胩胫胲胱胺胼肟肼肽肱脒脘脎脲腈腙苄苊苎苈苌苡苣苯苴"
    "苷茚荧莰菀萘菲蒎蒽蒈薁吡吲吩呋呤咔咪咯咵唑啉啶喃喋喹嗪嘌嘧噁噌噻噗噤硝矾砜硐硖碳磺膦锍炻炜熔溶酵酢醋酒馏瓮甙卟卤氨氮氧氢氯"
    # illnesses, plants and animals that papers speak of
    "痨痘疱疹癣瘟瘤癌癫痫疽疟痢疳疝疣痣痔痂痉痧瘰疬螨蜱蝗螟蚜虱蚋蠓蛾蛹蛴螬蝼蛄蚧飞虻獾狍麂麝猕鼯鹮鹭鸢隼鸮鸨鹈鹕蟒蝮鲟鳇鲵鳗鲫鲢"
    "鳙鲤鲈鲶鳜鳝鳅楠榉栎槭椴桉榕桤杉柏樟栲楮楝檫榛榧梓桧樨榆桦槐柞栓皮芒萁蕨苇蒿薹藜苔藓苣荠芥蓟蓼荩芡莼菱茭荸芋薯蓣"
)
RADICALS = frozenset(
    "丶丿亅亠冂冖冫凵勹匚匸卩囗夂夊宀屮巛彐彡彳忄扌攴攵氵灬爫爿疒癶禸纟罒耂艹虍衤讠辶钅阝飠饣髟鬯"
)
"""Parts of characters, which stand alone in no word."""
GROUND = frozenset(
    "塆垴圪崾岘峁埗堌崮坨凼埫磜垟岙硖漈畈坳坞墩沱浜圩垸甸塬坂碶砦崂崦塝嘴咀坜堽垱峧岽峒垌墈塅坭墘嶂垵埕厝圹埇甪濛濮浒垇垴壢磡塱滘浐涌墪垯埇埝堨塥凹"
)
"""Signs for hills, valleys, fields and hamlets that places are named after where no other word has them."""
DIALECT = frozenset(
    "哋啱咗嘅嘢佢冇唔咁喺乜嚟揾搵睇俾畀啲嗰咩冚嚿攞瞓孻攰郁啩喎嘞咧呒嘸侬伲搿覅朆勿阿囝嬲啵啰喽嘞呗咯嘛呦嗬"
)
"""Characters of spoken Cantonese and Wu and the particles of speech."""
PLACE_ENDS = frozenset(
    "村镇乡县市区州山河江湖沟岭坪坡屯湾港庄桥路街水泉洞寨堡坝岛塘店铺圩埠坞圳涌峪峡崖崮垭垴嘴咀墩坎浜溪涧浦渡口林场站"
)
