#!/bin/sh
# Installs the spreadsheet programs that work workbooks out again.
exec "$(dirname "$0")/../../tools/debian_packages.sh" "The tests need" \
  libreoffice-calc-nogui=/usr/bin/soffice \
  gnumeric=/usr/bin/ssconvert
