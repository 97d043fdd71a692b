"""The fire-danger systems by key: what each takes and gives, and why one that is not here is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from fenghuo.core.danger.finding import Text


@dataclass(frozen=True, slots=True)
class System:
    """One system: `takes` names its weather, `index` the number its rating is made from.

    `why_not` is None where it is available, else the reason to show.
    """

    key: str
    name: Text
    takes: Literal["noon", "hourly", "daily-extremes"]
    index: str
    source: str
    why_not: Text | None = None

    @property
    def available(self) -> bool:
        """True where the system can be computed."""
        return self.why_not is None


SYSTEMS: Mapping[str, System] = MappingProxyType(
    {
        system.key: system
        for system in (
            System(
                "fwi1987",
                Text("Canadian Forest Fire Weather Index System (1987)", "加拿大森林火险天气指数系统(1987)"),
                "noon",
                "FWI",
                "Van Wagner (1987), Forestry Technical Report 35; Van Wagner & Pickett (1985), FTR 33",
            ),
            System(
                "fwi2025",
                Text("Hourly Fire Weather Index System (FWI2025)", "逐时火险天气指数系统(FWI2025)"),
                "hourly",
                "FWI",
                "Canadian Forest Service, FWI2025; its codes do not feed fire-behaviour equations of 1987",
            ),
            System(
                "lyt1172",
                Text(
                    "LY/T 1172-1995, national forest fire weather classes",
                    "LY/T 1172-1995 全国森林火险天气等级",
                ),
                "daily-extremes",
                "HTZ",
                "LY/T 1172-1995",
            ),
            System(
                "gbt36743",
                Text(
                    "GB/T 36743-2018, forest fire danger weather ratings", "GB/T 36743-2018 森林火险气象等级"
                ),
                "daily-extremes",
                "",
                "GB/T 36743-2018",
                Text(
                    "No published tables of GB/T 36743-2018 could be confirmed, so the program has none.",
                    "未能确认 GB/T 36743-2018 公开发布的表格，程序没有收录其数值。",
                ),
            ),
        )
    }
)


class NotAvailable(LookupError):
    """A system that is known but cannot be computed; `message` says why."""

    def __init__(self, chosen: System, message: Text) -> None:
        super().__init__(f"{chosen.key}: {message.en}")
        self.system = chosen
        self.message = message


def system(key: str) -> System:
    """Return an available system; raises `NotAvailable`, or KeyError that lists the keys there are."""
    if key not in SYSTEMS:
        raise KeyError(f"no system named {key!r}; there are {', '.join(SYSTEMS)}")
    chosen = SYSTEMS[key]
    if chosen.why_not is not None:
        raise NotAvailable(chosen, chosen.why_not)
    return chosen
