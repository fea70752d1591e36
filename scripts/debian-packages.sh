#!/bin/sh
# Installs the packages of requirements/debian.txt that are missing; without root, names the command to type.
set -eu
cd "$(dirname "$0")/.."

missing=""
for package in $(grep -v '^ *#' requirements/debian.txt || true); do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "Tandem: the tests need more Debian packages; type: sudo apt-get install --yes$missing" >&2
    exit 2
fi
echo "Installing Debian packages:$missing ..."
export DEBIAN_FRONTEND=noninteractive
# The tests start what they need themselves: no package is to start a server on this machine.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
    trap 'rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod +x $policy
fi
apt-get update -qq >/dev/null
# shellcheck disable=SC2086  # one word for each package
if ! said=$(apt-get install --yes -qq --no-install-recommends $missing 2>&1); then
    echo "$said" >&2
    echo "Tandem: the Debian packages could not be installed." >&2
    exit 2
fi
