"""A real WordPress on loopback: Debian's, with a database of its own in a folder."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from support.sites import ROOT, end

UNPACKED: Final = ROOT / "build" / "wordpress"
_PROGRAMS: Final = ("php", "mariadbd", "mariadb-install-db", "mariadb")
_EXTENSIONS: Final = ("mysqli", "xml", "mbstring", "curl")
_SEARCHED: Final = f"{os.environ['PATH']}{os.pathsep}/usr/sbin"
_START_SECONDS: Final = 60

_CONFIG: Final = """<?php
define('DB_NAME', 'blog');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:SOCKET');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HTTP_BLOCK_EXTERNAL', false);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_HOME', 'ADDRESS');
define('WP_SITEURL', 'ADDRESS');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }
require_once ABSPATH . 'wp-settings.php';
"""
# WordPress asks no loopback address and few ports; on the web there is neither.
_LOOPBACK: Final = """<?php
add_filter('http_request_host_is_external', '__return_true');
add_filter('http_allowed_safe_ports', fn($ports, $host, $url) =>
  array_merge($ports, [parse_url($url, PHP_URL_PORT)]), 10, 3);
"""
_SET_UP: Final = """<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = 'HOST';
require 'wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Blog', 'admin', 'admin@blog.example', true, '', 'secret');
foreach (['editor', 'author'] as $role) {
  wp_insert_user(['user_login' => $role, 'user_pass' => 'secret', 'role' => $role]);
}
"""
# As the editor saves it: what a role may not write is taken out on the way.
_POST: Final = """<?php
$_SERVER['HTTP_HOST'] = 'HOST';
require 'wp-load.php';
$said = json_decode(file_get_contents('php://stdin'), true);
wp_set_current_user(get_user_by('login', $said['role'])->ID);
kses_init();
$post = wp_insert_post(['post_title' => $said['title'], 'post_status' => 'publish',
  'post_content' => wp_slash($said['content'])], true);
echo is_wp_error($post) ? $post->get_error_message() : $post;
"""


def missing() -> str:
    """Return what keeps WordPress from running here; empty for nothing."""
    lacking = [each for each in _PROGRAMS if not shutil.which(each, path=_SEARCHED)]
    if "php" not in lacking:
        loaded = subprocess.run(
            [_program("php"), "-m"], capture_output=True, text=True, check=True
        ).stdout.split()
        lacking.extend(f"PHP's {each}" for each in _EXTENSIONS if each not in loaded)
    if not (UNPACKED / "ready").is_file():
        lacking.append("tests/embeds/hosts/install.sh")
    return ", ".join(lacking)


@dataclass(frozen=True)
class WordPress:
    """A blog that is running."""

    url: str
    folder: Path

    def post(self, role: str, content: str, title: str = "Post") -> str:
        """Publish a post as a user of a role; return its address."""
        said = _php(self, "post.php", {"role": role, "content": content, "title": title})
        assert said.isdigit(), said
        return f"{self.url}/?p={said}"


@contextmanager
def wordpress(folder: Path) -> Iterator[WordPress]:
    """Set up and run a blog in a folder while the context lasts."""
    blog = WordPress(f"http://127.0.0.1:{_free_port()}", folder / "blog")
    shutil.copytree(UNPACKED / "usr", folder / "usr", symlinks=True)
    (folder / "usr" / "share" / "wordpress").rename(blog.folder)
    # Its links lead to its neighbors in usr/share.
    for name in ("php", "javascript"):
        (folder / name).symlink_to(folder / "usr" / "share" / name)
    sock = folder / "db.sock"
    host = blog.url.removeprefix("http://")
    texts = {
        "wp-config.php": _CONFIG.replace("SOCKET", str(sock)).replace("ADDRESS", blog.url),
        "wp-content/mu-plugins/loopback.php": _LOOPBACK,
        "set-up.php": _SET_UP.replace("HOST", host),
        "post.php": _POST.replace("HOST", host),
    }
    for name, text in texts.items():
        file = blog.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    with _database(folder, sock), _server(blog, folder):
        _php(blog, "set-up.php", {})
        yield blog


@contextmanager
def _database(folder: Path, sock: Path) -> Iterator[None]:
    data = folder / "db"
    user = ["--user=root"] if os.geteuid() == 0 else []
    subprocess.run(
        [
            _program("mariadb-install-db"),
            *user,
            f"--datadir={data}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ],
        check=True,
        capture_output=True,
    )
    server = subprocess.Popen(
        [
            _program("mariadbd"),
            "--no-defaults",
            *user,
            f"--datadir={data}",
            f"--socket={sock}",
            f"--pid-file={folder / 'db.pid'}",
            "--skip-networking",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(sock.exists, "MariaDB")
        subprocess.run(
            [_program("mariadb"), f"--socket={sock}", "-uroot", "-e", "CREATE DATABASE blog"],
            check=True,
            capture_output=True,
        )
        yield
    finally:
        end(server)


@contextmanager
def _server(blog: WordPress, folder: Path) -> Iterator[None]:
    with (folder / "php.log").open("wb") as log:
        server = subprocess.Popen(
            [_program("php"), "-S", blog.url.removeprefix("http://"), "-t", str(blog.folder)],
            # It asks the guide, and for a page's parts, at once.
            env={**os.environ, "PHP_CLI_SERVER_WORKERS": "4"},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        port = int(blog.url.rpartition(":")[2])
        _wait(lambda: _is_open(port), "PHP")
        yield
    finally:
        # Its workers are processes of their own, which do not end with it.
        os.killpg(server.pid, signal.SIGTERM)
        end(server)


def _php(blog: WordPress, script: str, said: Mapping[str, str]) -> str:
    done = subprocess.run(
        [_program("php"), "-d", "display_errors=stderr", script],
        cwd=blog.folder,
        input=json.dumps(said),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout.strip()


def _program(name: str) -> str:
    found = shutil.which(name, path=_SEARCHED)
    assert found, name
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"{what} does not start"
        time.sleep(0.1)
