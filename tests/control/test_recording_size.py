"""``concsim run --record``: what is kept has snapshots and an overview without a window too, and stays within its limit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from concsim.cli import main
from concsim.model import overview, snapshot
from concsim.model.recording import Recording

BUSY = """
import queue, random, threading, time
box = queue.Queue(3)
END = time.monotonic() + {seconds}
lock = threading.Lock()
def work():
    while time.monotonic() < END:
        with lock: pass
        if random.random() < {noise}: print(random.randbytes(300).hex())
        box.put(1)
def take():
    while time.monotonic() < END or not box.empty():
        try: box.get(timeout=0.05)
        except queue.Empty: pass
for one in (work, work, take, take): threading.Thread(target=one).start()
"""


def test_that_it_opens_from_its_overview_and_costs_few_bytes_an_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.py").write_text(BUSY.format(seconds=1.5, noise=0))
    path = tmp_path / "p.concsim"
    assert main(["run", str(tmp_path / "p.py"), "--record", str(path), "--json"]) == 0
    events = json.loads(capsys.readouterr().out)["events"]
    recording = Recording(path)
    kept = recording.overview()
    assert kept is not None
    state = snapshot.from_text(kept.state, overview.from_bytes(kept.history))
    first, last = recording.span()
    seq, text = recording.snapshot_before((first + last) // 2)
    assert state.count == events > 10_000 and state.ended is not None and state.history is not None and state.history.lanes
    assert seq and text
    assert recording.thinned_until == 0
    recording.close()
    assert path.stat().st_size < 40 * events


def test_that_it_stays_within_its_limit_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.py").write_text(BUSY.format(seconds=2, noise=0.2))
    path = tmp_path / "p.concsim"
    assert main(["run", str(tmp_path / "p.py"), "--record", str(path), "--recording-mb", "1"]) == 0
    assert "The recording has reached 1 MB" in capsys.readouterr().err
    recording = Recording(path)
    first, last = recording.span()
    assert first < recording.thinned_until < last
    recording.close()
    assert path.stat().st_size < 2_500_000
