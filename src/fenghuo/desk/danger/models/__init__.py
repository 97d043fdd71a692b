"""What danger keeps: weather and codes, ratings of places, the policy, forecasts, and what imports leave behind."""

from .forecast import (
    FetchPolicy,
    FetchTry,
    ForecastDay,
    ForecastError,
    ForecastIssue,
    ForecastRating,
)
from .intake import ColumnMapping, DoubtfulValue, WaitingFile
from .policy import GroundCover, Policy
from .rating import AreaRating, PlaceDay, SiteRating
from .weather import Observation, Station, StationDay

__all__ = [
    "AreaRating",
    "ColumnMapping",
    "DoubtfulValue",
    "FetchPolicy",
    "FetchTry",
    "ForecastDay",
    "ForecastError",
    "ForecastIssue",
    "ForecastRating",
    "GroundCover",
    "Observation",
    "PlaceDay",
    "Policy",
    "SiteRating",
    "Station",
    "StationDay",
    "WaitingFile",
]
