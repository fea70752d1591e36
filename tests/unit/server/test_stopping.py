"""A server stops at a signal, at whatever moment that comes."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from bot.settings import PROJECT_ROOT

SERVER = """
import os, signal, socket, sys
from sanic import Sanic
from bot.server.stopping import Stopping

app = Sanic("stopping", configure_logging=False)
moment, told = sys.argv[1], int(sys.argv[2])

def tell(at):
    async def listener(app, loop):
        if at == moment:
            os.kill(os.getpid(), told)
    return listener

async def late(app, loop):
    loop.call_later(0.1, os.kill, os.getpid(), told)

async def say(app, loop):
    print("stopped well")

app.add_route(late, "/")
app.register_listener(tell("starting"), "after_server_start")
Stopping(app)
app.register_listener(tell("before"), "before_server_start")
app.register_listener(tell("started"), "after_server_start")
if moment == "serving":
    app.register_listener(late, "after_server_start")
app.register_listener(say, "before_server_stop")
app.run(sock=socket.create_server(("127.0.0.1", 0)), motd=False, access_log=False, register_sys_signals=False)
"""


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", ["before", "starting", "started", "serving"])
def test_a_signal_stops_the_server_well(moment: str, told: signal.Signals) -> None:
    command = [sys.executable, "-c", SERVER, moment, str(int(told))]
    server = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False)

    assert (server.returncode, server.stdout, server.stderr) == (0, "stopped well\n", "")
