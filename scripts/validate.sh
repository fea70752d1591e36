#!/bin/sh
# Checks the domain against the answers, then the domain, the examples and the rules against each other; any warning
# fails.
#
# Two of Rasa's warnings mean nothing here: the actions, not the rules, say the responses, and "fallback" is
# what the topic resolver sets, so that it has no examples.
set -u
cd "$(dirname "$0")/.."
. scripts/telling.sh

LOG=var/validate.log
new_log $LOG
.venv/bin/python -m bot.wording || exit 1
.venv/bin/rasa data validate --quiet --fail-on-warnings --data data/nlu data/rules.yml >$LOG 2>&1
result=$?
warnings=$(grep 'Warning: ' $LOG | grep -v \
    -e "The utterance '.*' is not used in any story or rule" \
    -e "The intent 'fallback' is listed in the domain file, but is not found")

if [ -n "$warnings" ] || [ $result -ne 0 ]; then
    grep -v "is not used in any story or rule" $LOG >&2
    exit 1
fi
