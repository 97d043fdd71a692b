"""The measures of GB/T 9704-2012, in the units that Word keeps them in."""

TWIPS_A_MM = 1440 / 25.4


def twips(mm: float) -> int:
    """Twentieths of a point, Word's unit of length."""
    return round(mm * TWIPS_A_MM)


PAGE_MM = (210, 297)  # A4 (5.1)
TYPE_AREA_MM = (156, 225)  # (5.2.2)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37, 35, 28, 26  # (5.2.1; the rest of the page after the type area)

BODY_PT = 16  # size 3 三号 (5.2.3)
TITLE_PT = 22  # size 2 二号 (7.3.1)
TITLE_LINE_TWIPS = 660  # 33 pt, so that a title of two lines does not touch itself
FOOT_PT = 14  # size 4 四号: page numbers, copy-to and printing lines (7.4, 7.5)
TABLE_PT = 12  # the standard leaves tables open; one step below size 4 lets figures fit

LINES_A_PAGE, SIGNS_A_LINE = 22, 28  # (5.2.3)
# 225 mm / 22 lines = 28.99 pt; a twentieth less keeps rounding from pushing the last line to the next page.
LINE_TWIPS = 579
# 156 mm / 28 = 15.79 pt a sign, a little less than its size: body text stands closer by a quarter of a point.
# A character grid would say the same, but LibreOffice gives a sign wider than its cell two cells.
CLOSER_TWIPS = -5

HEAD_BELOW_TYPE_AREA_TOP_MM = 35  # upper edge of the issuer's mark (7.2.4)
HEAD_LARGEST_PT = 48  # the standard only asks for size and colour that stand out
RULE_BELOW_NUMBER_MM = 4  # (7.2.7)
FOOTER_FROM_EDGE_MM = 24.7  # puts the dash of the page number 7 mm below the type area (7.5)
DATE_INDENT_SIGNS = 4  # (7.3.5.1)
RED = "FF0000"
