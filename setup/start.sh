# Read by the commands beside it: finds a Python and starts the package with it.
# Debian's own Python comes first, because the pinned packages are pinned for its version.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
for python in /usr/bin/python3 python3.11 python3.13 python3; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
    python=
done
if [ -z "$python" ]; then
    if [ "$(id -u)" != 0 ]; then
        echo "Python 3.11 or newer is missing. As root: apt-get update && apt-get install python3 python3-venv" >&2
        exit 1
    fi
    echo "Installing python3 ..." >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update && apt-get -qq install -y --no-install-recommends python3 python3-venv >/dev/null || exit 1
    python=/usr/bin/python3
fi
PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 exec "$python" -m atencion_setup "$(basename -- "$0")" "$@"
