"""Has ``rasa shell`` talk over the staff's channel, and read its questions from a script where there is no terminal."""

from __future__ import annotations

import sys
from types import ModuleType

from bot.server.patches.shape import function, part
from bot.server.staff_shell import StaffShell, read_line


def adjust(module: ModuleType) -> None:
    """Put both into ``rasa.core.channels.console``."""
    part(module, "CmdlineInput", type)
    function(module, "_get_user_input", "previous_response")
    module.CmdlineInput = StaffShell  # type: ignore[attr-defined]
    if not sys.stdin.isatty():
        module._get_user_input = read_line  # type: ignore[attr-defined]
