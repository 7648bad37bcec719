#!/bin/sh
# Makes the virtual environment $1 with a Python that the program can run on, or says what is missing.
# A whole one that is there already is kept. PYTHON=… in the environment names the Python to use.
set -eu
venv=$1

if "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  exit 0
fi

suits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; }

python=''
for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.10}; do
  if suits "$candidate"; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "This program needs Python 3.10 or newer, and ${PYTHON:-python3} is not that." >&2
  echo "Install one, or name one that is not on the PATH: make run PYTHON=/path/to/python3" >&2
  exit 1
fi

# Debian ships these two apart from python3, and without them the environment would be left half made
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
  package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing system packages: $package"
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "$package" >/dev/null
  else
    echo "This Python cannot make virtual environments: its venv or ensurepip module is missing." >&2
    echo "On Debian and Ubuntu: sudo apt-get install $package" >&2
    exit 1
  fi
fi

echo "Making $venv with $("$python" --version)"
"$python" -m venv --clear "$venv"
