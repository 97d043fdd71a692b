"""The measures of GB/T 9704-2012, in the units that Word keeps them in."""

TWIPS_A_MM = 1440 / 25.4
POINTS_A_MM = 72 / 25.4


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
# The pitches to try where a signature would stand alone (7.3.5.5), nearest first: up to 24 lines a page, down to
# 20.
OTHER_LINE_TWIPS = (570, 560, 554, 600, 607, 540, 531, 637)
# 156 mm / 28 = 15.79 pt a sign, a little less than its size: body text stands closer by a quarter of a point.
# A character grid would say the same, but LibreOffice gives a sign wider than its cell two cells.
CLOSER_TWIPS = -5

HEAD_BELOW_TYPE_AREA_TOP_MM = 35  # upper edge of the issuer's mark (7.2.4)
HEAD_LARGEST_PT = 48  # the standard only asks for size and colour that stand out
RULE_BELOW_NUMBER_MM = 4  # (7.2.7)
RULE_PT = 2.25  # of the red rule
FOOTER_BELOW_TYPE_AREA_MM = 7  # from the type area to the dash of the page number (7.5)
FOOTER_FROM_EDGE_MM = 25.2  # Word's way to say so
DATE_INDENT_SIGNS = 4  # (7.3.5.1)
UNSEALED_INDENT_SIGNS = 2  # (7.3.5.2)
SEAL_ROW_MM = 46  # a seal of 42 mm and a gap, for rows of joint signatures (7.3.5.1)
SEALS_A_ROW = 3
THICK_RULE_PT, THIN_RULE_PT = 0.35 * POINTS_A_MM, 0.25 * POINTS_A_MM  # around copy-to and printing (7.4.1)
STAMP_LINES_ABOVE, STAMP_LINES_BELOW = 2, 1  # between text and stamp, between stamp and date (7.3.5.3)
STAMP_INDENT_SIGNS, STAMP_GAP_SIGNS = 4, 2  # from the right; between the post and the stamp (7.3.5.3)
STAMP_ROW_GAP_MM = 4  # so that the stamps of several bodies do not touch
RED = "FF0000"

ORDER_BELOW_TYPE_AREA_TOP_MM = 20  # upper edge of an order's mark (10.2)

# The letter's own layout (10.1).
LETTER_MARK_BELOW_EDGE_MM = 30
LETTER_RULE_BELOW_MARK_MM = 4
LETTER_RULE_MM = 170
LETTER_RULE_ABOVE_EDGE_MM = 20
LETTER_GAP_PT = BODY_PT * 7 / 8  # between a double rule and the text next to it

# A page turned for a table laid across it (8): the portrait page's left edge is its top, so that the head of the
# table is at the binding of odd pages and at the cut of even ones.
ACROSS_MM = (TYPE_AREA_MM[1], TYPE_AREA_MM[0])
ACROSS_TOP_MM, ACROSS_RIGHT_MM, ACROSS_BOTTOM_MM, ACROSS_LEFT_MM = LEFT_MM, TOP_MM, RIGHT_MM, BOTTOM_MM
