"""200 processes, 10,000 greenlets and 10,000 tasks in one run: the longest frame gap of the views that show them.

Run as: python -m tests.benchmarks.crowd [PICTURE]
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from concsim.model.programs.program import read_program
from tests.benchmarks.alone import alone
from tests.benchmarks.figure import Figure
from tests.benchmarks.measuring import FrameGaps, median, open_application, percentile, process_until, repeats, say

PROGRAM = '''
# /// concsim
# views = ["lanes", "tree"]
# ///
import asyncio, multiprocessing, time
PROCESSES = 200
MANY = 10_000
SECONDS = 4.0

def rest():
    time.sleep(SECONDS)

def greenlets():
    import gevent
    def one(number):
        for _ in range(3):
            gevent.sleep(SECONDS / 4 + number % 100 / 1000)
    gevent.joinall([gevent.spawn(one, number) for number in range(MANY)])

def tasks():
    async def one(number):
        for _ in range(3):
            await asyncio.sleep(SECONDS / 4 + number % 100 / 1000)
    async def everybody():
        await asyncio.gather(*(one(number) for number in range(MANY)))
    asyncio.run(everybody())

if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=target) for target in (greenlets, tasks)]
    children += [context.Process(target=rest) for _ in range(PROCESSES - 2)]
    for one in children: one.start()
    for one in children: one.join()
    print("all there")
'''
EVERYBODY = 20_000 + 200


def figures(quick: bool, picture: str = "") -> Iterator[Figure]:
    """The longest gap; a picture of the window at the end, if one is wanted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crowd.py"
        path.write_text(PROGRAM.strip() + "\n")
        program = read_program(path)
        _, built = open_application()
        built.window.show_script(path)
        stage = built.window.script_page.stage
        process_until(lambda: bool(stage.views))
        gaps = [FrameGaps(view) for view in stage.views]
        worst, p99 = [], []
        for _ in range(min(repeats(quick, 1), 3)):
            session, recording = built.launcher.make_session(program, program.defaults(), False)
            stage.run.start(session, recording)
            process_until(lambda: len(stage.run.state.actors) > 10)
            for gap in gaps:
                gap.forget()
            process_until(lambda: not stage.run.running, 60)
            found = len(stage.run.state.actors)
            worst.append(max(max(gap.gaps) for gap in gaps))
            p99.append(max(percentile(gap.gaps, 0.99) for gap in gaps))
            say(f"{found} actors, longest gap {worst[-1] * 1000:.0f} ms, p99 {p99[-1] * 1000:.0f} ms, {stage.run.state.uncounted} rows counted")
            if picture:
                built.window.grab().save(picture)
            assert found >= EVERYBODY, f"{EVERYBODY - found} actors are missing"
        built.close()
    yield Figure("longest frame gap beside 20,200 actors", median(worst) * 1000, "ms", "at most", 100)


if __name__ == "__main__":
    alone(figures, picture=str)
