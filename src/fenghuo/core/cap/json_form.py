"""CAP as JSON with the standard's element names, there and back without loss.

The mapping: one object `alert` with the namespace as `xmlns` and a member for every element that is there, in
the standard's order. An element that may repeat is an array, always; one that holds elements is an object. A
value is the text that CAP writes for it, but size, altitude and ceiling are numbers. Elements of other
namespaces are an array of canonical XML in `extra`.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Any

from fenghuo.core.cap.canonical import canonical
from fenghuo.core.cap.document import read_document
from fenghuo.core.cap.elements import ALERT, Block, Element
from fenghuo.core.cap.findings import CapError, Fault, Finding, Level, Place, Unusable, shown
from fenghuo.core.cap.model import NAMESPACE, Alert
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.times import Faults
from fenghuo.core.cap.unknown import MOST_GUESSED, unknown_element
from fenghuo.core.cap.values import INTEGER, NUMBER, Codec


def to_json(alert: Alert, *, indent: int | None = None) -> str:
    """An alert as JSON text, always the same for the same alert.

    Raises CapError naming every part that CAP has no spelling for, such as a time without zone.
    """
    unspelt: list[Finding] = []
    form = {"alert": {"xmlns": NAMESPACE, **_block(ALERT, alert, "/alert", unspelt)}}
    if unspelt:
        raise CapError(unspelt)
    return json.dumps(form, ensure_ascii=False, indent=indent, allow_nan=False)


def from_json(text: str | bytes) -> Alert:
    """The alert in JSON text.

    Raises CapError naming, with its path, everything that is missing, unknown, twice there, of the wrong form or
    unreadable. Like `parse`, it does not judge an alert that can be understood: `check` does.
    """
    return _made(_loaded(text), "")


def all_from_json(text: str | bytes) -> tuple[Alert, ...]:
    """The alerts in JSON text that holds one, or an array of them as the command line writes several.

    Raises CapError as `from_json` does; the paths of an array's members begin with their number, from 1.
    """
    form = _loaded(text)
    if not isinstance(form, list):
        return (_made(form, ""),)
    made: list[Alert] = []
    lost: list[Finding] = []
    for number, each in enumerate(form, start=1):
        try:
            made.append(_made(each, f"[{number}]"))
        except CapError as error:
            lost.extend(error.findings)
    if lost:
        raise CapError(lost)
    return tuple(made)


class _Object(dict[str, Any]):
    """An object of JSON; `twice` are the names that stand in it more than once, of which JSON keeps the last."""

    twice: tuple[str, ...] = ()

    @classmethod
    def of(cls, pairs: list[tuple[str, Any]]) -> _Object:
        made = cls(pairs)
        if len(made) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            made.twice = tuple(name for name, count in counts.items() if count > 1)
        return made


def _loaded(text: str | bytes) -> Any:
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_Object.of
        )
    except (ValueError, RecursionError) as error:
        raise CapError(
            [_fault("json", f"This is no JSON: {error}.", f"不是 JSON：{error}。").at(Place("/"))]
        ) from None


def _made(form: Any, before: str) -> Alert:
    lost: list[Finding] = []
    alert = form.get("alert") if isinstance(form, dict) else None
    if not isinstance(alert, _Object):
        shape = _shape("an object with the member “alert”", "含有 alert 的对象")
        raise CapError([shape.at(Place(before or "/"))])
    path = f"{before}/alert"
    space = alert.get("xmlns", NAMESPACE)
    if space != NAMESPACE:
        raise CapError([fault("not-cap", name="alert", space=shown(str(space))).at(Place(path))])
    members = _Object((name, value) for name, value in alert.items() if name != "xmlns")
    members.twice = alert.twice
    made = _read(ALERT, members, path, lost)
    if lost:
        raise CapError(lost)
    return made  # type: ignore[no-any-return]


def _block(block: Block, subject: Any, path: str, unspelt: list[Finding]) -> dict[str, Any]:
    form: dict[str, Any] = {}
    for element in block.elements:
        value = getattr(subject, element.field)
        if element.many:
            if value:
                form[element.name] = [
                    _value(element, each, f"{path}/{element.name}[{number}]", unspelt)
                    for number, each in enumerate(value, start=1)
                ]
        elif value is not None and value != ():
            form[element.name] = _value(element, value, f"{path}/{element.name}", unspelt)
    if block.keeps_extra and subject.extra:
        form["extra"] = [raw.decode("utf-8") for raw in subject.extra]
    return form


def _value(element: Element, value: Any, path: str, unspelt: list[Finding]) -> Any:
    if isinstance(element.holds, Block):
        return _block(element.holds, value, path, unspelt)
    try:
        spelt = element.holds.write(value)
    except Unusable as error:
        unspelt.append(error.fault.at(Place(path)))
        return None
    if element.holds is INTEGER:
        return int(value)
    if element.holds is NUMBER:
        return int(spelt) if "." not in spelt else float(spelt)
    return spelt


def _read(block: Block, form: Any, path: str, lost: list[Finding]) -> Any:
    if not isinstance(form, dict):
        lost.append(_shape("an object", "对象").at(Place(path)))
        return None
    for name in form.twice if isinstance(form, _Object) else ():
        lost.append(fault("element-repeated").at(Place(f"{path}/{shown(name)}")))
    known = {each.name: each for each in block.elements}
    fields: dict[str, Any] = {}
    for name, value in form.items():
        here = f"{path}/{name}"
        element = known.get(name)
        if element is None:
            if name == "extra" and block.keeps_extra:
                fields["extra"] = _extra(value, here, lost)
            else:
                names = known if len(lost) < MOST_GUESSED else ()
                lost.append(unknown_element(str(name), names).at(Place(here)))
        elif element.many:
            if not isinstance(value, list):
                lost.append(_shape("an array", "数组").at(Place(here)))
                continue
            fields[element.field] = tuple(
                _item(element, each, f"{here}[{number}]", lost) for number, each in enumerate(value, start=1)
            )
        else:
            fields[element.field] = _item(element, value, here, lost)
    for element in block.required:
        if (not form.get(element.name, ()) and element.name not in form) or (
            element.many and not form[element.name]
        ):
            lost.append(fault("element-missing", name=element.name).at(Place(path)))
    return None if lost else block.makes(**fields)


def _item(element: Element, value: Any, path: str, lost: list[Finding]) -> Any:
    holds = element.holds
    if isinstance(holds, Block):
        return _read(holds, value, path, lost)
    numeric = holds in (INTEGER, NUMBER)
    if numeric and isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = str(value) if isinstance(value, int) else format(value, "f")
    if not isinstance(value, str):
        wanted = ("a number", "数字") if numeric else ("text", "文字")
        lost.append(_shape(*wanted).at(Place(path)))
        return None
    return _spelt(holds, value, path, lost)


def _spelt(codec: Codec, text: str, path: str, lost: list[Finding]) -> Any:
    told: Faults = []
    try:
        return codec.read(text, told)
    except Unusable as error:
        lost.append(error.fault.at(Place(path, text=shown(text))))
        return None


def _extra(value: Any, path: str, lost: list[Finding]) -> tuple[bytes, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        lost.append(_shape("an array of texts", "文字数组").at(Place(path)))
        return ()
    held: list[bytes] = []
    for number, each in enumerate(value, start=1):
        try:
            held.append(canonical(read_document(each.encode("utf-8"))))
        except (CapError, Unusable, UnicodeEncodeError):
            lost.append(fault("extra").at(Place(f"{path}[{number}]", text=shown(each[:400]))))
    return tuple(held)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _shape(en: str, zh: str) -> Fault:
    return _fault("json-shape", f"Here stands something other than {en}.", f"此处应为{zh}。")


def _fault(rule: str, en: str, zh: str) -> Fault:
    return Fault(
        rule,
        en,
        zh,
        "Write the alert as to_json does: element names, arrays for what may repeat.",
        "按 to_json 的形式书写：使用元素名，可重复的元素用数组。",
        Level.ERROR,
    )
