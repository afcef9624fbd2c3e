#!/bin/sh
# Installs those of Debian's packages whose program is missing, where we may; otherwise it says
# which to install.
#   tools/debian_packages.sh "The tests need" chromium=/usr/bin/chromium xvfb=/usr/bin/Xvfb
set -eu

needing=$1
shift
missing=""
for each in "$@"; do
  [ -x "${each#*=}" ] || missing="$missing ${each%%=*}"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  # shellcheck disable=SC2086 # one word a package
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $missing >/dev/null
else
  echo "$needing these Debian packages (or their like):$missing" >&2
  echo "Install them, for example: sudo apt-get install$missing" >&2
  exit 1
fi
