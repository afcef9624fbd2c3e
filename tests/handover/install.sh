#!/bin/sh
# Installs the spreadsheet programs that work workbooks out again: Debian's packages, where they are
# missing and we may; otherwise it says which are missing, and the tests that need them are skipped.
set -eu

missing=""
command -v soffice >/dev/null || missing="$missing libreoffice-calc-nogui"
command -v ssconvert >/dev/null || missing="$missing gnumeric"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  # shellcheck disable=SC2086 # one word a package
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $missing >/dev/null
else
  echo "Tests of workbooks are skipped that need these Debian packages:$missing" >&2
fi
