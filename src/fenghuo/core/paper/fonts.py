"""The typefaces a paper names, and what to take where one is missing.

The standard asks for kinds of face (small-title Song, Fangsong, Kai, Hei, Song), not for a vendor's. Named
are those that most offices have: 仿宋, 楷体, 黑体 and 宋体 come with Windows (their English names are
alternates; 仿宋_GB2312 and 楷体_GB2312 are the same faces' old names, WPS still carries them), and
方正小标宋简体 is the small-title Song that government offices usually install. The alternates stand in the
document's font table, where Word and WPS look before they substitute by themselves.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Face:
    name: str
    alternates: str
    family: str
    charset: str = "86"  # GB 2312


TITLE = Face("方正小标宋简体", "方正小标宋_GBK,小标宋体,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong", "auto")
BODY = Face("仿宋", "FangSong,仿宋_GB2312,华文仿宋,STFangsong,Fandol Fang", "modern")
KAI = Face("楷体", "KaiTi,楷体_GB2312,华文楷体,STKaiti,LXGW WenKai", "modern")
HEI = Face("黑体", "SimHei,Noto Sans CJK SC,Source Han Sans SC", "modern")
SONG = Face("宋体", "SimSun,Noto Serif CJK SC,Source Han Serif SC", "auto")
LATIN = Face("Times New Roman", "Liberation Serif,Tinos", "roman", "00")

ALL = (TITLE, BODY, KAI, HEI, SONG, LATIN)
