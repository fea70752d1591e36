#!/bin/sh
# Runs a command, and shows what it said (kept in var/NAME.log) only if it fails: quietly.sh NAME COMMAND ...
set -u
cd "$(dirname "$0")/.."
. scripts/telling.sh

log=var/$1.log
shift
new_log "$log"
# No progress bars, which say nothing in a log.
TQDM_DISABLE=1 "$@" >"$log" 2>&1 && exit
grep -v '^ *$' "$log" >&2
exit 1
