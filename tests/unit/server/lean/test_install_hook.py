import subprocess
import sys

from bot.server.lean.install_hook import HOOK, HOOK_FILE, write_hook


def test_the_hook_is_one_line_that_site_runs(tmp_path):
    written = write_hook(tmp_path)
    assert written == tmp_path / HOOK_FILE
    assert written.read_text() == HOOK
    assert HOOK.startswith("import ") and HOOK.count("\n") == 1


def test_without_the_project_the_hook_does_nothing_and_says_nothing(tmp_path):
    # -I and -S: neither the current folder nor any package is on the path.
    run = subprocess.run([sys.executable, "-I", "-S", "-c", HOOK], cwd=tmp_path, capture_output=True, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
