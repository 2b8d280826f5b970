#!/bin/sh
# Stand in for the typst command that pandoc calls, with Typst's Python binding: typst compile [--root DIR] IN OUT
exec "$BENCHMARK_PYTHON" -c '
import sys, typst
words = sys.argv[2:]
root = words[words.index("--root") + 1] if "--root" in words else None
source, target = [word for word in words if word != root and not word.startswith("-")]
typst.compile(source, output=target, root=root)' "$@"
