#!/bin/sh
# Brings .venv up to date for running the bot ("run") or for working on it ("dev"), and redoes only what changed.
#
# Needs python3 with venv, nothing else: uv is brought along where it is missing, and uv finds or fetches
# Python 3.10. Every package is checked against the hashes of the lock.
set -eu
cd "$(dirname "$0")/.."
. scripts/telling.sh
exec 3>&1

KIB_NEEDED=1500000
STAMPS=.venv/.tandem
lock=$1

fingerprint() { # of files: what they say, not when they were written
    cat "$@" | cksum | tr -d ' '
}

quietly() { # run a command; if it fails, say what for and the last thing that it said
    purpose=$1
    shift
    said=$(ticking "$@" 2>&1) && return
    explain "$purpose" "$said"
    fail "$purpose failed: $(echo "$said" | grep -v '^ *$' | tail -n 1)"
}

announce() { # what the first time takes, as measured: the packages' files with uv and the widget's, and an ordinary line
    [ -d .venv ] && return
    case $lock in run) megabytes=420 ;; *) megabytes=500 ;; esac
    echo "Setting up for the first time: about $megabytes MB to fetch, 5 to 10 minutes with the training. Later starts take seconds."
}

check_space() {
    free=$(df -Pk . | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$KIB_NEEDED" ] ||
        fail "the disk is too full: the packages need 1.5 GB here, and $((free / 1024)) MB are free."
}

find_uv() {
    if uv python find --help >/dev/null 2>&1; then
        UV=uv
        return
    fi
    UV=.tools/bin/uv
    [ -x "$UV" ] && [ "$(cat .tools/.tandem 2>/dev/null)" = "$(fingerprint requirements/tools.txt)" ] && return
    python3 -c 'import venv, ensurepip' 2>/dev/null ||
        fail "Python 3 with venv is needed; on Debian: apt-get install python3-venv"
    echo "Fetching uv, which installs the packages ..."
    rm -rf .tools
    quietly "making .tools" python3 -m venv .tools
    quietly "fetching uv" .tools/bin/python -m pip install --quiet --require-hashes -r requirements/tools.txt
    fingerprint requirements/tools.txt >.tools/.tandem
}

make_environment() {
    .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null && return
    rm -rf .venv
    $UV python find --quiet 3.10 >/dev/null 2>&1 || $UV python install --quiet 3.10 >/dev/null 2>&1 ||
        fail "Python 3.10 is needed and none could be found or fetched; install it (such as: pyenv install 3.10)."
    quietly "making .venv" $UV venv --quiet --python 3.10 .venv
    mkdir -p $STAMPS
}

stamped() { # has this step been done with these inputs?
    [ "$(cat "$STAMPS/$1" 2>/dev/null)" = "$2" ]
}

packages_wanted() { echo "$lock $(fingerprint "requirements/$lock.txt")"; }
project_wanted() { fingerprint pyproject.toml bot/server/lean/install_hook.py; }
embedding_wanted() { fingerprint bot/nlu/encoders/*.py bot/nlu/encoders/*/*.py requirements/run.txt; }

install_packages() {
    echo "Installing the packages of requirements/$lock.txt into .venv ..."
    rm -f $STAMPS/*
    quietly "installing the packages" \
        $UV pip sync --quiet --python .venv/bin/python --require-hashes "requirements/$lock.txt"
    packages_wanted >$STAMPS/packages
}

install_project() { # editable, from what is here already; and the hook that makes `rasa` lean
    quietly "installing the project" $UV pip install --quiet --offline --python .venv/bin/python \
        --no-deps --no-build-isolation --editable .
    quietly "installing the hook" .venv/bin/python -m bot.server.lean.install_hook
    project_wanted >$STAMPS/project
}

convert_embedding() { # the sentence embedding models, into .venv
    quietly "converting the sentence embedding models" .venv/bin/python -m bot.nlu.encoders.convert
    embedding_wanted >$STAMPS/embedding
}

# What "dev" installs includes what "run" needs: once it is there, it stays and is the one kept up to date.
case $(cat $STAMPS/packages 2>/dev/null) in dev*) lock=dev ;; esac

up_to_date() {
    [ -x .venv/bin/python ] && stamped packages "$(packages_wanted)" && stamped project "$(project_wanted)" &&
        stamped embedding "$(embedding_wanted)"
}

if ! up_to_date; then
    stamped packages "$(packages_wanted)" || check_space
    announce
    find_uv
    make_environment
    stamped packages "$(packages_wanted)" || install_packages
    mkdir -p $STAMPS
    stamped project "$(project_wanted)" || install_project
    stamped embedding "$(embedding_wanted)" || convert_embedding
fi
