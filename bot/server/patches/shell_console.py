"""Has ``rasa shell`` talk over the staff's channel, at a terminal or with a script."""

from __future__ import annotations

import sys
from types import ModuleType

from bot.server import staff_terminal
from bot.server.patches.shape import function, part
from bot.server.staff_shell import StaffShell


def adjust(module: ModuleType) -> None:
    """Put channel and terminal into ``rasa.core.channels.console``."""
    part(module, "CmdlineInput", type)
    function(module, "_get_user_input", "previous_response")
    function(module, "_print_bot_output", "message", "is_latest_message", "color")
    asks = staff_terminal.ask if sys.stdin.isatty() else staff_terminal.read_line
    module.CmdlineInput = StaffShell  # type: ignore[attr-defined]
    module._get_user_input = asks  # type: ignore[attr-defined]
    module._print_bot_output = staff_terminal.show  # type: ignore[attr-defined]
