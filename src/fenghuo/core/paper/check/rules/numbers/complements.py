"""Kinds that leave nothing over between them: 已整改 and 未整改, 一般 and 重大."""

from __future__ import annotations

from collections.abc import Sequence

_PAIRS = (
    ("已", "未"),
    ("已", "正在"),
    ("已", "尚未"),
    ("已整改", "限期整改"),
    ("立即整改", "限期整改"),
    ("当场整改", "限期整改"),
    ("现场整改", "限期整改"),
    ("一般", "重大"),
    ("男", "女"),
    ("合格", "不合格"),
    ("国有", "集体"),
    ("城镇", "农村"),
    ("城镇", "乡村"),
    ("线上", "线下"),
    ("专业", "半专业"),
    ("专职", "兼职"),
    ("公益林", "商品林"),
    ("白班", "夜班"),
    ("白天", "夜间"),
    ("境内", "境外"),
    ("正式", "临时"),
    ("机关", "基层"),
)


def joins(labels: Sequence[str], piece: str) -> bool:
    """Whether what a piece tells and what one of the parts tells are such a pair."""
    return any(
        (one in label and other in piece) or (other in label and one in piece)
        for label in labels
        for one, other in _PAIRS
    )


def complementary(labels: Sequence[str]) -> bool:
    """已整改 and 未整改, 一般 and 重大: two parts that leave nothing over."""
    if len(labels) != 2:
        return False
    first, second = labels
    return any(
        (first.startswith(one) and second.startswith(other))
        or (first.startswith(other) and second.startswith(one))
        for one, other in _PAIRS
    )
