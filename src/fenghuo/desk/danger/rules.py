"""A desk's policy as the core takes it: options, classes, score tables, what rates a day."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from fenghuo.core.danger import classes, fwi
from fenghuo.core.danger.season import GapPolicy
from fenghuo.desk.places.models import Area

from .models import GroundCover, PlaceDay, Policy

if TYPE_CHECKING:
    from fenghuo.core.danger.lyt1172_table import Table

NO_COVER = "none"


def policy_of(area: Area) -> Policy:
    """The policy of the area or of the nearest area above it; the defaults where none was set."""
    found = Policy.objects.filter(area__code__in=_above(area)).order_by("-area__code").first()
    return found or Policy(area=area)


def _above(area: Area) -> list[str]:
    """The codes of the area and of every area above it, the nearest first."""
    return [area.code[:length] for length in range(len(area.code), 0, -1)]


def options_of(policy: Policy) -> fwi.Options:
    """The named choices of the FWI system."""
    exact = policy.ffmc_constant == Policy.FFMCConstant.EXACT
    return fwi.Options(
        ffmc_constant=fwi.FFMC_CONSTANT_EXACT if exact else fwi.FFMC_CONSTANT_1985,
        dmc_rain=policy.dmc_rain,
        latitude_bands=policy.latitude_bands,
    )


def schemes_of(policy: Policy) -> Mapping[str, classes.Scheme]:
    """Every scheme of classes that the desk can choose: those shipped, its own file's, its calibration."""
    own = (classes.load_schemes(text) for text in (policy.own_scheme, policy.local_scheme) if text)
    return dict(classes.schemes()) | {key: scheme for found in own for key, scheme in found.items()}


class Judge:
    """What a policy makes of a day; made once for many days. `covers` are the area's, oldest first."""

    def __init__(self, policy: Policy, covers: Iterable[GroundCover] = ()):
        self.policy = policy
        self.options = options_of(policy)
        self.gap_policy = GapPolicy(policy.restart_after, policy.estimate_up_to)
        self._covers = [(cover.since, cover.category) for cover in covers]

    @classmethod
    def of(cls, area: Area) -> "Judge":
        """The judge of an area."""
        return Judges().of(area)

    @property
    def from_grid(self) -> bool:
        """The area's days come from grids, not from stations."""
        return self.policy.source == Policy.Source.GRID

    @cached_property
    def scheme(self) -> classes.Scheme:
        """The classes on the FWI; those of the default where the desk's own are gone."""
        if self.policy.scheme in classes.schemes():
            return classes.scheme(self.policy.scheme)
        return schemes_of(self.policy).get(self.policy.scheme) or classes.scheme(classes.DEFAULT_SCHEME)

    @cached_property
    def table(self) -> "Table":
        """The score tables of LY/T 1172: the desk's own file, or the ones shipped."""
        from fenghuo.core.danger import lyt1172_file

        own = self.policy.own_table
        return lyt1172_file.load_table(own) if own else lyt1172_file.national()

    def cover(self, day: date) -> str:
        """The category of green or snow cover on a day; none before the desk first told it."""
        at = bisect_right([since for since, _ in self._covers], day)
        return self._covers[at - 1][1] if at else NO_COVER

    def rating(self, row: PlaceDay) -> int | None:
        """The day's rating by the desk's system; None where it has none."""
        if self.policy.system == Policy.System.LYT1172:
            return row.lyt.get("rating") if row.lyt else None
        return None if row.fwi is None else classes.rating(row.fwi, self.scheme)


class Judges:
    """Every area's judge, each policy and cover read once."""

    def __init__(self):
        self._policies = {policy.area.code: policy for policy in Policy.objects.select_related("area")}
        self._covers: dict[str, list[GroundCover]] = {}
        for cover in GroundCover.objects.select_related("area").order_by("since"):
            self._covers.setdefault(cover.area.code, []).append(cover)
        self._known: dict[tuple[str, str], Judge] = {}

    def of(self, area: Area) -> Judge:
        """The judge of the nearest policy and the nearest cover, of the area itself or of one above it."""
        policy = next((code for code in _above(area) if code in self._policies), "")
        cover = next((code for code in _above(area) if code in self._covers), "")
        if (policy, cover) not in self._known:
            chosen = self._policies.get(policy) or Policy(area=area)
            self._known[policy, cover] = Judge(chosen, self._covers.get(cover, ()))
        return self._known[policy, cover]
