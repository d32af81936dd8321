#!/usr/bin/env bash
# Installs Chromium for the tests in a browser, on Debian and its like, as root or through sudo. Does nothing where there is one.
set -euo pipefail
if [ -x "${CHROMIUM_BIN:-/usr/bin/chromium}" ]; then exit 0; fi
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
as_root apt-get update -qq
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
