#!/bin/sh
# Gets the blogs that the tests of embedding run: Debian's packages, where they are missing and we
# may; otherwise it says which are missing, and the tests that need them are skipped.
# WordPress itself is unpacked below build/, because its package would set up a web server.
set -eu

target=build/wordpress
programs=""
command -v php >/dev/null || programs="$programs php-cli php-mysql php-xml php-mbstring php-curl"
[ -x /usr/sbin/mariadbd ] || programs="$programs mariadb-server-core mariadb-client-core"
command -v hugo >/dev/null || programs="$programs hugo"
unpacked="wordpress wordpress-theme-twentytwentythree libjs-underscore php-getid3 libjs-cropper"

if ! command -v apt-get >/dev/null; then
  echo "Without apt-get the tests in WordPress and Hugo are skipped." >&2
  exit 0
fi
if [ -n "$programs" ]; then
  if [ "$(id -u)" != 0 ]; then
    echo "The tests in WordPress and Hugo are skipped; they need:$programs" >&2
    exit 0
  fi
  apt-get update -qq
  # shellcheck disable=SC2086 # one word a package
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $programs >/dev/null
fi
[ ! -e "$target/ready" ] || exit 0
mkdir -p "$target"
cd "$target"
# shellcheck disable=SC2086 # as above
apt-get download -qq $unpacked 2>/dev/null
for package in *.deb; do
  dpkg-deb --extract "$package" .
done
rm -f ./*.deb usr/share/wordpress/wp-config.php
touch ready
