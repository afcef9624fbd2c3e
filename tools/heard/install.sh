#!/bin/sh
# Installs what `make heard` needs beside the browsers: Orca, a bus for it, and a keyboard. Debian's
# packages, where they are missing and we may; otherwise it says which to install.
set -eu

missing=""
[ -x /usr/bin/orca ] || missing="$missing orca"
[ -x /usr/bin/xdotool ] || missing="$missing xdotool"
[ -x /usr/bin/dbus-run-session ] || missing="$missing dbus-daemon"
[ -x /usr/libexec/at-spi-bus-launcher ] || missing="$missing at-spi2-core"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  # shellcheck disable=SC2086 # one word a package
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $missing >/dev/null
else
  echo "make heard needs these Debian packages (or their like):$missing" >&2
  echo "Install them, for example: sudo apt-get install$missing" >&2
  exit 1
fi
