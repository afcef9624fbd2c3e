#!/bin/sh
# Gets the blogs that the tests of embedding run: Debian's packages, where they are missing and we
# may; otherwise it says which are missing, and the tests that need them are skipped.
# WordPress itself is unpacked below build/, because its package would set up a web server.
# (Pelican comes from PyPI with everything else that the tests need.)
set -eu

target=build/wordpress
unpacked="wordpress wordpress-theme-twentytwentythree libjs-underscore php-getid3 libjs-cropper"
extensions='foreach (["mysqli", "xml", "mbstring", "curl"] as $each) extension_loaded($each) || exit(1);'

programs=""
php -r "$extensions" 2>/dev/null || programs="$programs php-cli php-mysql php-xml php-mbstring php-curl"
[ -x /usr/sbin/mariadbd ] || programs="$programs mariadb-server-core mariadb-client-core"
command -v hugo >/dev/null || programs="$programs hugo"

skip() {
  echo "Tests in WordPress or Hugo are skipped: $1" >&2
  exit 0
}

install_programs() {
  apt-get update -qq &&
    # shellcheck disable=SC2086 # one word a package
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $programs >/dev/null
}

download() {
  # shellcheck disable=SC2086 # as above
  apt-get download -qq $unpacked 2>/dev/null
}

[ -n "$programs" ] || [ ! -e "$target/ready" ] || exit 0
command -v apt-get >/dev/null || skip "there is no apt-get."
if [ -n "$programs" ]; then
  [ "$(id -u)" = 0 ] || skip "only root may install what they need:$programs"
  install_programs || skip "apt-get could not install what they need:$programs"
fi
[ ! -e "$target/ready" ] || exit 0
mkdir -p "$target"
cd "$target"
download || { apt-get update -qq && download; } || skip "apt-get could not get $unpacked"
for package in *.deb; do
  dpkg-deb --extract "$package" .
done
rm -f ./*.deb usr/share/wordpress/wp-config.php
touch ready
