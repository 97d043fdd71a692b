"""What a description of a paper refuses, and what it fills in."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from fenghuo.core.paper import (
    Attachment,
    Attendance,
    Grade,
    Heading,
    Kind,
    Paper,
    Picture,
    Secrecy,
    Stamp,
    Table,
)

from .samples import ACROSS, LETTER, MINUTES, ORDER, STAMPED, WARNING, drawn


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Table(("指标", "数值"), (("预警", "6"), ("签收",))), "row 2 .* fill it up"),
        (lambda: Table(("指标", "数值"), (), (1,)), "widths are 2 numbers"),
        (lambda: Table((), ()), "give its headers"),
        (lambda: Heading(5, "事项"), "level 1, 2, 3 or 4"),
        (lambda: Picture(b"GIF89a", "图"), "PNG or JPEG"),
        (lambda: Picture(drawn()[:60], "图"), "export it again"),
        (lambda: Picture(drawn(), " "), "fill in `told`"),
        (lambda: Picture(drawn(), "图", 157), "as wide as a line"),
        (lambda: Attachment(" "), "an attachment has a name"),
        (lambda: Secrecy(Grade.SECRET, years=1, months=6), "give one of them"),
        (lambda: replace(WARNING, title=" "), "write what it is about"),
        (lambda: replace(WARNING, issuer=""), "name the body"),
        (lambda: replace(WARNING, copy_to=("县气象局", "")), "name of a body is empty"),
        (lambda: replace(WARNING, language="fr"), "zh or en"),
        (lambda: replace(WARNING, copy_number=1_000_000), "six digits"),
        (lambda: replace(WARNING, attendance=Attendance(("镇长",))), "choose minutes"),
        (lambda: replace(LETTER, signer="张带班"), "leave `signer` out"),
        (lambda: Stamp("", "张值守"), "write the post in full"),
        (lambda: Stamp("镇长", "张值守", b"GIF89a"), "PNG or JPEG"),
        (lambda: Stamp("镇长", "张值守", width_mm=0), "10 to 70 mm wide"),
        (lambda: replace(ORDER, stamps=()), "give `stamps`"),
        (lambda: replace(ORDER, addressees=("各村",)), "leave `addressees` out"),
        (lambda: replace(STAMPED, stamps=STAMPED.stamps[:1]), "2 bodies sign with 1 stamps"),
        (lambda: replace(MINUTES, stamps=ORDER.stamps), "minutes bear no signature"),
        (lambda: replace(ACROSS, blocks=ACROSS.blocks[:2]), "let text follow"),
        (lambda: replace(ACROSS, blocks=ACROSS.blocks[1:]), "first page shows text"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_with_what_to_do(make, told):
    with pytest.raises(ValueError, match=told):
        make()


def test_a_paper_does_not_change():
    with pytest.raises(FrozenInstanceError):
        WARNING.title = "另一个标题"


def test_the_bodies_of_the_head_sign_unless_others_are_named():
    joint = Paper(Kind.NOTICE, ("甲局", "乙局"), "", "关于联合督查的通知", (), (), (), date(2026, 4, 3))
    assert joint.signatures == ("甲局", "乙局")
    assert replace(joint, signature="丙办公室").signatures == ("丙办公室",)


def test_attachments_may_be_names_alone():
    paper = replace(WARNING, attachments=("值班电话表", Attachment("火险等级表", (Heading(1, "等级"),))))
    assert [each.name for each in paper.enclosed] == ["值班电话表", "火险等级表"]
