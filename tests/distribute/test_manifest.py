"""The manifest's bytes, and the check of an older version's."""

import hashlib
import json

from hypothesis import given, strategies as st

from reportgen.cli import main
from reportgen.distribution import manifest
from reportgen.distribution.manifest import MANIFEST, SUMS, EditionInfo, File, Packet

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
FILES = st.lists(st.builds(File, TEXT, TEXT, TEXT), max_size=3).map(tuple)
PACKETS = st.lists(st.builds(Packet, TEXT, TEXT, TEXT, st.none() | st.integers(1, 10_000), FILES), max_size=4)


@given(PACKETS, TEXT)
def test_a_manifest_written_packet_by_packet_is_json(packets, title):
    about = EditionInfo(title, "2020-12-01", 1, "0" * 64, "")
    files = {name: b"".join(parts) for name, parts in manifest.render_files(about, lambda: packets).items()}
    content = json.loads(files[MANIFEST])
    assert files[MANIFEST].decode() == json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    assert (content["title"], [packet["recipient"] for packet in content["packets"]]) == (
        title,
        [packet.recipient for packet in packets],
    )
    given_files = [(file.sha256, file.path) for packet in packets for file in packet.files]
    lines = [(hashlib.sha256(files[MANIFEST]).hexdigest(), MANIFEST), *given_files]
    assert files[SUMS].decode() == "".join(f"{sha256}  {path}\n" for sha256, path in lines)


def test_a_second_run_writes_the_same_manifest(place):
    assert place("--numbered", "--quiet") == 0
    before = [(place.out / name).read_bytes() for name in (MANIFEST, SUMS)]
    assert place("--numbered", "--quiet") == 0
    assert [(place.out / name).read_bytes() for name in (MANIFEST, SUMS)] == before


def test_a_later_version_verifies_what_an_earlier_one_gave(place, monkeypatch, capsys):
    assert place("--quiet") == 0
    monkeypatch.setattr(manifest, "__version__", "99.0")
    assert main(["verify", str(place.out)]) == 0
    content = json.loads((place.out / MANIFEST).read_text())
    (place.out / MANIFEST).write_text(json.dumps(content))
    assert main(["verify", str(place.out)]) == 4
    assert "does not agree with the manifest" in capsys.readouterr().err
