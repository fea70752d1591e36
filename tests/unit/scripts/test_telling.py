"""What the set-up's scripts say: why a step failed, in one sentence, and how long a long one has been going on."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from bot.settings import PROJECT_ROOT

READ = ". scripts/telling.sh; exec 3>&1; TICK_SECONDS=0; MOST_TICKS=3; "


def shell(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", "-euc", READ + script, "sh", *words]
    return subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("error: dns error: failed to lookup address information", "there is no network: "),
        ("[Errno -3] Temporary failure in name resolution\nERROR: No matching distribution", "there is no network: "),
        ("npm error code EAI_AGAIN\nnpm error getaddrinfo EAI_AGAIN", "there is no network: "),
        ("error: tcp connect error: Connection refused (os error 111)", "there is no network: "),
        ("error: No space left on device (os error 28)", "the disk is full: "),
    ],
)
def test_a_failed_step_says_in_one_sentence_what_to_do(said: str, sentence: str) -> None:
    done = shell('explain "fetching the packages" "$1"', said)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Tandem: {sentence}")
    assert done.stderr.count("\n") == 1


def test_a_long_step_ticks_while_it_lasts(tmp_path: Path) -> None:
    ticks = tmp_path / "ticks"
    shell(f'exec 3>"{ticks}"; ticking sh -c \'until [ -s "{ticks}" ]; do sleep 0; done\'')
    assert ticks.read_text().startswith("  ... 0 seconds\n")


def test_of_any_other_failure_its_script_tells() -> None:
    assert (
        shell('explain "fetching the packages" "hash mismatch"; echo "the script tells"').stdout == "the script tells\n"
    )


@pytest.mark.parametrize("code", [0, 7])
def test_a_step_s_own_words_and_its_exit_code_are_what_comes_back(code: int) -> None:
    done = shell(
        f'exec 3>/dev/null; said=$(ticking sh -c "echo done; exit {code}") || code=$?; echo "$said ${{code-0}}"'
    )
    assert done.stdout == f"done {code}\n"


def test_an_interrupted_step_leaves_nothing_running() -> None:
    script = READ + 'TICK_SECONDS=600; ticking sh -c "echo begun; exec sleep 600"'
    command = ["sh", "-euc", script]
    step = subprocess.Popen(command, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert step.stdout is not None
    assert step.stdout.readline() == "begun\n"
    os.killpg(step.pid, signal.SIGINT)
    # Its output ends only when nobody is left to write to it.
    assert step.communicate() == ("", None)
    assert step.returncode == 130


def test_the_readme_says_what_the_set_up_says_of_size_and_time() -> None:
    setup, readme = ((PROJECT_ROOT / name).read_text(encoding="utf-8") for name in ("scripts/setup.sh", "README.md"))
    for figure in ("420", "5 to 10 minutes", "Later starts take seconds."):
        assert figure in setup
        assert figure in " ".join(readme.split())
