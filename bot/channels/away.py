"""What nginx says while no process of the bot answers: the bot's own apology, as a file of nginx's configuration."""

from __future__ import annotations

import json
from string import Template

from bot import languages
from bot.channels.apology import Reachable, apology, sorry

_FILE = Template("""\
# Said while no process answers; written by `tandem clinic away`.
set $$tandem_asked "$$request_method $$uri";
if ($$tandem_asked = "POST /webhooks/website/messages") { return 200 '$answer'; }
return 503 '$error';
""")


def configuration(clinic: Reachable) -> str:
    """A message is answered with the apology of a failed turn, anything else refused with the sentence for it."""
    answer = apology(clinic)(languages.ids()[0])
    return _FILE.substitute(answer=_quoted(answer), error=_quoted({"error": sorry(clinic)}))


def _quoted(answer: object) -> str:
    """JSON as nginx takes it between single quotes; a dollar sign would name one of its variables."""
    return json.dumps(answer).replace("\\", "\\\\").replace("'", "\\u0027").replace("$", "\\u0024")
