"""``concsim run --record``: what is kept has snapshots and an overview without a window too, and stays within its limit."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from concsim.cli import main
from concsim.control.leftovers import recorded
from concsim.control.sessions.follower import Folding
from concsim.model.encoding import Batch
from concsim.model.events import Record
from concsim.model.folding.state import State
from concsim.model.recordings import overview, snapshot
from concsim.model.recordings.recording import Recording
from concsim.model.recordings.recording import fold as fold_frame

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
    seq, text = recording.snapshot_before(recording.span()[1])  # how early depends on when the machine has time to fold
    assert state.count == events > 10_000 and state.ended is not None and state.history is not None and state.history.lanes
    assert seq and text
    assert recording.thinned_until == 0
    recording.close()
    assert path.stat().st_size < 40 * events


def test_that_it_stays_within_its_limit_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.py").write_text(BUSY.format(seconds=4, noise=0.2))
    path = tmp_path / "p.concsim"
    assert main(["run", str(tmp_path / "p.py"), "--record", str(path), "--recording-mb", "1"]) == 0
    assert "The recording has reached 1 MB" in capsys.readouterr().err
    recording = Recording(path)
    first, last = recording.span()
    assert first < recording.thinned_until < last
    recording.close()
    assert path.stat().st_size < 3_000_000, "at so small a limit the newest overview is most of it, and the next takes its time"


def test_that_a_run_that_nobody_records_takes_no_room(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "p.py").write_text(BUSY.format(seconds=1, noise=0.2))
    sizes, remove = [], recorded.remove

    def look(path: Path) -> None:
        sizes.append(path.stat().st_size)
        remove(path)

    monkeypatch.setattr(recorded, "remove", look)
    assert main(["run", str(tmp_path / "p.py"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["events"] > 10_000
    assert len(sizes) == 1 and sizes[0] < 100_000


def test_that_ctrl_c_in_the_middle_of_folding_loses_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "p.py").write_text(BUSY.format(seconds=60, noise=0))
    path, folded, fold = tmp_path / "p.concsim", 0, Folding.fold

    def interrupted(self: Folding, state: State, content: Batch | Record) -> None:
        nonlocal folded
        folded += 1
        if folded == 40:
            os.kill(os.getpid(), signal.SIGINT)
        fold(self, state, content)

    monkeypatch.setattr(Folding, "fold", interrupted)
    assert main(["run", str(tmp_path / "p.py"), "--record", str(path), "--json"]) == 130
    events = json.loads(capsys.readouterr().out)["events"]
    recording = Recording(path)
    state, kept = State(), recording.overview()
    for frame in recording.frames():
        fold_frame(state, frame)
    recording.close()
    assert state.count == events > 0
    assert kept is None or snapshot.from_text(kept.state).count <= events


def test_that_a_message_of_many_megabytes_is_kept_as_far_as_anybody_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.py").write_text("import threading\nthreading.Thread(target=print, name='t' * 10_000_000).start()\nraise ValueError('x' * 10_000_000)\n")
    path = tmp_path / "p.concsim"
    assert main(["run", str(tmp_path / "p.py"), "--record", str(path)]) == 1
    capsys.readouterr()
    recording, state = Recording(path), State()
    for frame in recording.frames():
        assert len(frame.payload) < 1 << 20 or b"OutputPrinted" in frame.payload[-30:]
        fold_frame(state, frame)
    recording.close()
    assert [one.type for one in state.errors] == ["ValueError"] and state.ended is not None
