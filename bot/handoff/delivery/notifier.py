"""What a way out has to be able to do, and how it says that it could not."""

from __future__ import annotations

from abc import abstractmethod
from typing import Protocol

from bot.handoff.types import Notice


class DeliveryError(Exception):
    """A notice did not arrive, or nobody knows whether it did.

    Args:
        problem: The kind of problem in a word, such as ``smtp_451``; never what anybody wrote.
        of_notice: Whether this one notice was refused; otherwise its way out is to blame, for all of them.
    """

    def __init__(self, problem: str, of_notice: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.of_notice = of_notice


class Notifier(Protocol):
    """A way out to the clinic."""

    @abstractmethod
    async def send(self, notice: Notice) -> None:
        """Deliver a notice; returning means that it has arrived.

        Raises:
            DeliveryError: It has not, or it cannot be told.
        """
