#!/bin/sh
# Install what reportgen needs: `setup.sh run` to use it, `setup.sh develop` to run its tests as well.
# Python packages go into .venv. System libraries come from apt where it can be used; elsewhere the command is printed.
set -eu
cd "$(dirname "$0")/.."
level=${1:-run}

say() { echo "setup: $*" >&2; }

# System packages, by their Debian names.
missing=""
need() { # need PACKAGE COMMAND...: list PACKAGE as missing if COMMAND fails
    package=$1; shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
library() { # library NAME: succeed if the dynamic linker finds it
    { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -q "$1" || python3 -c "import ctypes, sys; ctypes.CDLL(sys.argv[1])" "$1"
}
command -v python3 >/dev/null 2>&1 || { say "python3 (3.11 or later) is missing: install it first"; exit 1; }
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "Python 3.11 or later is needed; this is $(python3 -V)"; exit 1; }
need python3-venv python3 -c 'import venv, ensurepip'
need libpango-1.0-0 library libpango-1.0.so.0
need libpangoft2-1.0-0 library libpangoft2-1.0.so.0
need libharfbuzz-subset0 library libharfbuzz-subset.so.0
if [ "$level" = develop ]; then
    need qpdf command -v qpdf
    need poppler-utils command -v pdftoppm
    need libreoffice-impress-nogui command -v soffice
    # The part of LibreOffice that opens memos in Word's format; a Mac's LibreOffice has all parts.
    need libreoffice-writer-nogui sh -c 'test "$(uname)" = Darwin || ls "$(dirname "$(readlink -f "$(command -v soffice)")")"/libswlo.so'
    # LibreOffice draws our decks with these fonts, which are as wide as the deck's own.
    need fontconfig command -v fc-list
    need fonts-crosextra-carlito sh -c 'fc-list | grep -qi carlito'
    # Korean, for a test brief that names the font's files.
    need fonts-nanum sh -c 'fc-list | grep -qi nanummyeongjo'
    # Chinese, which no font of ours has.
    need fonts-droid-fallback sh -c 'fc-list ":charset=4e2d 3042" | grep -q .'
fi

if [ -n "$missing" ]; then
    apt=""
    if command -v apt-get >/dev/null 2>&1; then
        if [ "$(id -u)" = 0 ]; then apt="apt-get"
        elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then apt="sudo apt-get"
        fi
    fi
    if [ -n "$apt" ]; then
        say "installing$missing"
        $apt update -qq || true
        DEBIAN_FRONTEND=noninteractive $apt install -y -qq --no-install-recommends $missing >/dev/null \
            || { say "apt-get could not install:$missing"; exit 1; }
    else
        say "missing:$missing"
        say "Debian, Ubuntu:  sudo apt-get install$missing"
        say "Fedora:          sudo dnf install python3 pango harfbuzz qpdf poppler-utils libreoffice-impress libreoffice-writer google-carlito-fonts"
        say "macOS:           brew install python pango harfbuzz qpdf poppler && brew install --cask libreoffice"
        exit 1
    fi
fi

[ -x .venv/bin/python ] || { say "creating .venv"; python3 -m venv .venv; }
case $level in
    run) extras="" ;;
    develop) extras="[dev]" ;;
    *) say "usage: setup.sh run|develop"; exit 2 ;;
esac
stamp=".venv/installed-$level"
if [ ! -e "$stamp" ] || [ pyproject.toml -nt "$stamp" ]; then
    say "installing Python packages ($level); this takes a minute or two"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --editable ".$extras" 2>.venv/pip.log \
        || { cat .venv/pip.log >&2; say "pip could not install the packages (see above)"; exit 1; }
    # what pip does for a wheel, on one core; some packages hold files that do not compile, and never mean to
    .venv/bin/python -m compileall -qq -j 0 .venv/lib || true
    .venv/bin/python -m compileall -q reportgen || say "some of our modules were not compiled (see above)"
    touch "$stamp"
fi
