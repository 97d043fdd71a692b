"""Sending a batch at once within a limit of time, so that no slow server holds up the rest."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from django.utils.translation import gettext as _

from .message import Message, Outcome


async def all_at_once(
    messages: Sequence[Message], send: Callable[[Message], Awaitable[Outcome]], *, within: float
) -> list[Outcome]:
    """The outcome of each message, in order. What has none after `within` seconds counts as not sent.

    Such a message may have arrived all the same: it is sent again, under the same key.
    """
    tasks = [asyncio.ensure_future(send(message)) for message in messages]
    if not tasks:
        return []
    _done, late = await asyncio.wait(tasks, timeout=within)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    return [
        _outcome(message, task, in_time=task not in late)
        for message, task in zip(messages, tasks, strict=True)
    ]


def _outcome(message: Message, task: asyncio.Future[Outcome], in_time: bool) -> Outcome:
    if task.cancelled() or not in_time:
        return Outcome.later(message.key, _("no answer in time"))
    error = task.exception()
    if error is not None:
        return Outcome.later(message.key, f"{type(error).__name__}: {error}")
    return task.result()
