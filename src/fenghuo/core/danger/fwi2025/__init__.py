"""FWI2025, the 2025 update of the Fire Weather Index System: hourly codes, grass fuels, daily summaries.

A system of its own, beside the FWI System of 1987 (`danger.fwi`, `danger.daily`), which keeps its names and
numbers. The codes bear the same letters and mean the same fuels, but they are other numbers: an FFMC, DMC, DC or
ISI of FWI2025 must not be put into fire-behaviour equations, danger classes or percentiles that were fitted to
those of 1987, nor the other way round. `SYSTEM` is the name under which ratings of it are stored and shown.

What is different from 1987:

- **A step is an hour**, with the hour's own weather, instead of a day judged at noon; nothing is assumed about
  how the afternoon or the night will go.
- **FFMC** follows the 1987 equations with an hour's log rates, and starts from the FF scale with the exact
  constant 250 · 59.5 / 101. The canopy's 0.5 mm is kept from a rain event, not from each day.
- **DMC and DC** dry only while the sun is up, by the hour's temperature (and humidity), so that the day length
  is the day's own at that latitude; no table of months, no bands of latitude. The 1.5 mm and 2.8 mm that never
  arrive are likewise counted once a rain event. An event ends after five hours without rain.
- **ISI** levels off from 40 km/h, as the Fire Behavior Prediction System does; in 1987 it grows without end.
- **BUI, FWI, DSR** are the equations of 1987, every hour.
- **Grass is new**: moisture of fully cured grass, matted by last winter's snow or standing, warmed by the sun;
  its code GFMC lowered by how green the grass is, its spread GSI after Cheney, and GFWI. Peatland, still in
  development in the program, is not part of it.
- **A day's summary** gives the hour of peak burning, the length of the active window and the codes there.

Reference program: NG_FWI and daily_summaries in cffdrs-ng, Natural Resources Canada (Canadian Forest Service),
https://github.com/nrcan-cfs-fire/cffdrs-ng. Equations, constants and rules were read there; this is an
independent program. It gives the program's published outputs for the season 2007 at Petawawa (commit ed143d7)
in every column and to every printed digit; `scalar.py` says what those outputs decide.

Where this program goes on where the reference stops: a season may run over New Year and be resumed on any hour,
since grass stands and lies by each hour's own date and not by the year a run began in; gaps are held instead of
refused (`GapPolicy`); a grid over many time zones may come in UTC.
"""

from fenghuo.core.danger.fwi2025.arrays import CODES, OUTPUTS, HourlyCodes, hourly
from fenghuo.core.danger.fwi2025.daily import NEEDED, SUMMARY, DailySummaries, clock_text, summaries
from fenghuo.core.danger.fwi2025.options import DEFAULT, HOLD, GapPolicy, Options, percent_cured
from fenghuo.core.danger.fwi2025.state import START, State
from fenghuo.core.danger.fwi2025.sun import Place

SYSTEM = "fwi2025"

__all__ = [
    "CODES",
    "DEFAULT",
    "HOLD",
    "NEEDED",
    "OUTPUTS",
    "START",
    "SUMMARY",
    "SYSTEM",
    "DailySummaries",
    "GapPolicy",
    "HourlyCodes",
    "Options",
    "Place",
    "State",
    "clock_text",
    "hourly",
    "percent_cured",
    "summaries",
]
