# What the scripts beside it share, read with ".": logs, refusing in one sentence, and saying how a long step goes.

TICK_SECONDS=15
MOST_TICKS=240 # should its script be killed, the ticking ends by itself

fail() {
    echo "Tandem: $*" >&2
    exit 2
}

new_log() { # an empty log, in a folder for its owner alone
    mkdir -p -m 700 "$(dirname "$1")"
    (umask 077 && : >"$1")
}

explain() { # what a failed step was for, and what it said: fail with what to do about it, where that can be told
    case $2 in
    *"No space left"* | *"os error 28"* | *ENOSPC*) fail "the disk is full: $1 needs more space here." ;;
    *"dns error"* | *"failed to lookup address"* | *"name resolution"* | *"tcp connect error"* | *"Network is unreachable"* | \
        *"Connection refused"* | *ENOTFOUND* | *EAI_AGAIN* | *ENETUNREACH* | *ECONNREFUSED* | *"onnect timed out"*)
        fail "there is no network: $1 needs a connection to the internet (or a proxy, named by HTTPS_PROXY)."
        ;;
    esac
}

ticking() { # run a command, and say on descriptor 3 from time to time for how long it has been at it
    tick >&3 2>/dev/null &
    ticker=$!
    trap 'kill $ticker 2>/dev/null; exit 130' INT TERM
    "$@" 3>&- && result=0 || result=$?
    kill $ticker 2>/dev/null || true
    trap - INT TERM
    return $result
}

tick() {
    ticks=0
    sleeper=
    trap 'kill $sleeper 2>/dev/null; exit' TERM
    while [ $ticks -lt $MOST_TICKS ]; do
        sleep $TICK_SECONDS >/dev/null 2>&1 3>&- &
        sleeper=$!
        wait $sleeper
        ticks=$((ticks + 1))
        echo "  ... $((ticks * TICK_SECONDS)) seconds"
    done
}
