"""A real interpreter made to pause wherever it looks whether to let go of the GIL: what a program can come to there.

The switch interval is huge, so that the GIL changes hands only where a thread blocks; a trace function sleeps at random, in front of
an instruction that follows one with such a look: the entry of a function, a loop's back edge, a call of what is no Python function.
What a few hundred runs show is possible; what they do not show is likely not, which is no proof.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

RUNNER = r'''
import dis, json, random, sys, threading, time, warnings
warnings.simplefilter("ignore")
sys.setswitchinterval(1000.0)
source, runs, seed = json.loads(sys.stdin.read())
code = compile(source, "program.py", "exec")
dice = random.Random(seed)
CALLS = {"CALL", "CALL_KW", "CALL_FUNCTION_EX"}
AT = {"RESUME", "JUMP_BACKWARD"}
names = {}
inner = threading.local()

def name_at(frame, at):
    known = names.get(frame.f_code)
    if known is None:
        known = names[frame.f_code] = {one.offset: one.opname for one in dis.get_instructions(frame.f_code)}
    return known.get(at, "")

def trace(frame, event, arg):
    stack = inner.__dict__.setdefault("stack", [])
    if stack:
        stack[-1][1] = True  # a Python function was called there
    if any(one in frame.f_code.co_filename for one in ("<frozen", "threading", "weakref")):  # whenever the collector comes
        frame.f_trace_opcodes = False
        return None
    frame.f_trace_opcodes = True
    stack.append(["RESUME", False, 0])  # the event itself comes with it
    return step

def step(frame, event, arg):
    stack = inner.stack
    if event == "return":
        stack.pop()
        return step
    if event != "opcode" or not stack:
        return step
    before, python, at = stack[-1]
    stack[-1][:] = name_at(frame, frame.f_lasti), False, frame.f_lasti
    back = before.startswith("POP_JUMP_BACKWARD") and frame.f_lasti < at  # of 3.11: a loop's back edge where its test is
    if before in AT or back or (before in CALLS and not python):
        if dice.random() < 0.3:
            time.sleep(dice.choice((0.0, 0.0002, 0.0005)))
    return step

def note(args):
    failed.append(args.exc_type.__name__)

found = set()
threading.excepthook = note
for _ in range(runs):
    failed = []
    threading.settrace(trace)
    space = {"__name__": "__main__"}
    try:
        exec(code, space)
    except Exception as error:
        failed.append(type(error).__name__)
    finally:
        threading.settrace(None)
    found.add(",".join([*sorted(set(failed)), *([repr(space["result"])] if "result" in space else [])]))
print(json.dumps(sorted(found)))
'''


def paused_outcomes(source: str, python: str = sys.executable, runs: int = 150, seed: int = 1) -> set[str]:
    """The exceptions, by name and joined, that runs of *source* end with; "" for a run that ends well.

    A program's global ``result`` is joined to them.
    """
    given = json.dumps([textwrap.dedent(source), runs, seed])
    done = subprocess.run([python, "-c", RUNNER], input=given, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))
