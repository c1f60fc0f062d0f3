"""A signal closes the window properly, unless whoever started it wants it deaf to that."""

from __future__ import annotations

import os
import signal

import pytest

from concsim.ui.asked_to_end import AskedToEnd


@pytest.fixture
def ending(qtbot):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    made = AskedToEnd()
    yield made
    made.close()
    signal.signal(signal.SIGHUP, before)


def test_a_signal_is_told_with_its_status(ending, qtbot):
    with qtbot.waitSignal(ending.asked, timeout=5_000):
        os.kill(os.getpid(), signal.SIGTERM)
    assert ending.status == 143


def test_one_that_was_ignored_from_the_beginning_still_is(ending, qtbot):
    os.kill(os.getpid(), signal.SIGHUP)
    with qtbot.waitSignal(ending.asked, timeout=5_000):
        os.kill(os.getpid(), signal.SIGINT)
    assert ending.status == 130
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_afterwards_signals_do_what_they_did(qtbot):
    before = signal.getsignal(signal.SIGTERM)
    AskedToEnd().close()
    assert signal.getsignal(signal.SIGTERM) is before
