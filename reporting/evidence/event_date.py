"""The day of an event of the register: the one place where the clock is read, and it reaches no figure and no document."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from reporting.types import UsageError


def event_date(given: str = "") -> date:
    """The day given (ISO 8601), else that of SOURCE_DATE_EPOCH, else today in UTC; raises UsageError for what is no day."""
    if given:
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise UsageError(f'date "{given}" is no day. fix: write it as 2026-01-31') from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f'SOURCE_DATE_EPOCH is "{epoch}". fix: set it to a whole number of seconds since 1970, or unset it') from None
