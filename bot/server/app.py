"""The bot's web application: the channels, the health page, and nothing else of Rasa's HTTP surface.

Rasa's own application would add a greeting with its version, and CORS for everyone. Errors, headers and
limits are the website channel's, which guards the whole server.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, register
from rasa.shared.utils.common import class_from_module_path
from rasa.shared.utils.io import read_config_file
from sanic import Sanic

from bot.server.agent import load_agent, warm_up
from bot.server.delivery import deliver_requests
from bot.server.footprint import shrink
from bot.server.health import health_page
from bot.server.model_file import MODEL_FILE, refuse_old_wording
from bot.server.probes import probe_pages
from bot.settings import PROJECT_ROOT, Settings

CREDENTIALS_FILE = PROJECT_ROOT / "credentials.yml"


def build_app(settings: Settings, model_file: Path = MODEL_FILE, credentials: Path = CREDENTIALS_FILE) -> Sanic:
    """Build the application, with its model loaded.

    Args:
        settings: The bot's settings.
        model_file: The trained model.
        credentials: The file that names the channels to open.

    Raises:
        TandemError: the model, the store or the actions are not there.
    """
    app = Sanic("tandem", configure_logging=False)
    register(channels(credentials), app, route="/webhooks/")
    app.blueprint(health_page())
    app.blueprint(probe_pages())
    app.ctx.agent = load_agent(settings, model_file)
    refuse_old_wording(app.ctx.agent.domain.responses, model_file)
    app.register_listener(prepare_agent, "before_server_start")
    deliver_requests(app, settings)
    return app


def channels(credentials: Path) -> list[InputChannel]:
    """Make the channels that a file of credentials names by their classes."""
    named: dict[str, Any] = read_config_file(str(credentials))
    return [class_from_module_path(name).from_credentials(options) for name, options in named.items()]


async def prepare_agent(app: Sanic, _loop: Any) -> None:
    """Warm the agent up, and give back what that took."""
    await warm_up(app.ctx.agent)
    shrink()
