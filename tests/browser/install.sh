#!/bin/sh
# Installs the browsers and the display that the tests need: Debian's packages, where they are
# missing and we may; otherwise it says which to install.
set -eu

missing=""
[ -x /usr/bin/chromium ] || missing="$missing chromium"
[ -x /usr/bin/firefox-esr ] || missing="$missing firefox-esr"
[ -x /usr/bin/WebKitWebDriver ] || missing="$missing webkit2gtk-driver"
[ -x /usr/bin/Xvfb ] || missing="$missing xvfb"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  # shellcheck disable=SC2086 # one word a package
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $missing >/dev/null
else
  echo "The tests need these Debian packages (or their like):$missing" >&2
  echo "Install them, for example: sudo apt-get install$missing" >&2
  exit 1
fi
