"""The one line we do not cross: columns about belief, origin, politics, disability or family are refused."""

from .columns import Category, Refused, RefusedColumns, check_columns, refusal, refused_columns

__all__ = ["Category", "Refused", "RefusedColumns", "check_columns", "refusal", "refused_columns"]
