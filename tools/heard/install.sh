#!/bin/sh
# Installs what `make heard` needs beside the browsers: Orca, a bus for it, and a keyboard.
exec "$(dirname "$0")/../debian_packages.sh" "make heard needs" \
  orca=/usr/bin/orca \
  xdotool=/usr/bin/xdotool \
  dbus-daemon=/usr/bin/dbus-run-session \
  at-spi2-core=/usr/libexec/at-spi-bus-launcher
