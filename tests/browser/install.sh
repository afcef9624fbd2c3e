#!/bin/sh
# Installs the browsers and the display that the tests need.
exec "$(dirname "$0")/../../tools/debian_packages.sh" "The tests need" \
  chromium=/usr/bin/chromium \
  firefox-esr=/usr/bin/firefox-esr \
  webkit2gtk-driver=/usr/bin/WebKitWebDriver \
  xvfb=/usr/bin/Xvfb
