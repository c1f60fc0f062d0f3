"""A lab process and its supervisor, seen from outside: pipes to it, words to it, its end."""

from __future__ import annotations

import codecs
import contextlib
import os
import selectors
import socket
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from concsim.control.labs.door import Door, Guest
from concsim.control.labs.kin import Kin
from concsim.control.labs.lab_command import interpreter_environment, supervised
from concsim.control.leftovers.left_alone import go_on
from concsim.model.encoding import DamagedFrameError, FrameReader
from concsim.model.orders import Order, RunProgram, StepProgram, Stop, encode_order

READ_BYTES = 1 << 20


class LabError(Exception):
    """A lab that did not start or spoke wrongly; the message says why."""


class Listener(Protocol):
    """Who hears what a lab says."""

    def on_frame(self, source: int, kind: int, payload: bytes) -> None:
        """A frame of a process's channel; *source* is 0 for the lab's own, else the process's number at the door."""

    def on_knock(self) -> None:
        """A child process is at the door: what it says from now on is later than all that has been heard."""

    def on_gone(self, guest: Guest) -> None:
        """A child process's channel has ended."""

    def on_text(self, stream: str, text: str) -> None:
        """Text written past the observed streams: by a child process or from C."""


class LabProcess:
    """A started lab that waits for its program. Used by one thread, except `stop`, `command` and `write_input`."""

    def __init__(self, python: str = "", *, stdin: int | None = None, stepping: bool = False, niceness: int = 0) -> None:
        self.python, self.stepping = python, stepping
        self.status: int | None = None
        self.was_left_alone = False
        """Whether its supervisor ended before it: somebody has killed it."""
        self._ended = False
        self._reader = FrameReader()
        self._texts = {name: codecs.getincrementaldecoder("utf-8")("replace") for name in ("stdout", "stderr")}
        with contextlib.ExitStack() as undo:
            try:
                self._start(python, stdin, stepping, niceness, undo)
            except OSError as error:
                raise LabError(error.strerror or str(error)) from None
            undo.pop_all()

    def _start(self, python: str, stdin: int | None, stepping: bool, niceness: int, undo: contextlib.ExitStack) -> None:
        """Open what it speaks by, and start it. *undo* lets go of what was opened if the system refuses the rest."""
        self.door = Door()
        undo.callback(self.door.close)
        self.folder = str(Path(tempfile.gettempdir()) / self.door.address)
        self._selector = undo.enter_context(selectors.DefaultSelector())
        channel, channel_lab = os.pipe()
        undo.callback(os.close, channel)
        theirs = undo.enter_context(contextlib.ExitStack())
        theirs.callback(os.close, channel_lab)
        commands_lab, self._commands = os.pipe()
        undo.callback(os.close, self._commands)
        theirs.callback(os.close, commands_lab)
        self._control, control_supervisor = socket.socketpair()
        undo.callback(self._control.close)
        theirs.callback(control_supervisor.close)
        control_fd = control_supervisor.fileno()
        self._process = subprocess.Popen(
            supervised(python, channel_lab, commands_lab, control_fd, self.folder, niceness),
            pass_fds=(channel_lab, commands_lab, control_fd),
            stdin=subprocess.PIPE if stdin is None else stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=interpreter_environment(python) | ({"PYTHONHASHSEED": "0"} if stepping else {}),
            start_new_session=True,
        )
        self._kin = Kin(self._process.pid, self.folder)
        theirs.close()
        self._channel: int | None = channel
        self._guests: dict[int, Guest] = {}
        self._register(channel, "channel")
        self._register(self.door.fileno(), "door")
        self._register(self._control.fileno(), "control")
        for name in ("stdout", "stderr"):
            self._register(getattr(self._process, name).fileno(), name)

    def _register(self, fd: int, what: str) -> None:
        os.set_blocking(fd, False)
        self._selector.register(fd, selectors.EVENT_READ, what)

    @property
    def ended(self) -> bool:
        """Whether no process of this lab is left and all it said has been read."""
        return self._ended

    @property
    def has_gone(self) -> bool:
        """Whether no process of it is left, be what it said read or not. From any thread."""
        if self._ended:
            return True
        try:
            words = self._control.recv(4096, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:  # it has been closed
            return True
        return not words or b"ended" in words.split()

    @property
    def is_up(self) -> bool:
        """Whether its supervisor has said that it is there, as far as its words have been taken."""
        return self._kin.session > 0

    @property
    def waits(self) -> bool:
        """Whether it is still there for a program: its supervisor lives and has said nothing yet."""
        try:
            data = self._control.recv(4096)
        except BlockingIOError:
            data = None
        return self._process.poll() is None and (data is None or self._take_words(data))

    def _take_words(self, data: bytes) -> bool:
        """Take the supervisor's words; whether they are only of the beginning."""
        words = data.decode().splitlines()
        for line in words:
            if line.startswith("session "):
                self._kin.session = int(line[8:])
            elif line.startswith("lab "):
                self.status = int(line[4:])
        return bool(words) and all(line.startswith("session ") for line in words)

    def command(self, order: Order) -> None:
        """Give the lab an order; one that has gone hears nothing."""
        try:
            os.write(self._commands, encode_order(order))
        except OSError:
            pass

    def run(self, order: RunProgram | StepProgram) -> None:
        """Let it run a program, or step it."""
        self._kin.begin()
        self.command(order)

    def write_input(self, text: str) -> None:
        """Give the program a line of input; "" is end-of-file."""
        pipe = self._process.stdin
        if pipe is None or pipe.closed:
            return
        try:
            if text:
                pipe.write(text.encode())
                pipe.flush()
            else:
                pipe.close()
        except OSError:
            pass

    def stop(self) -> None:
        """Ask it to end; the supervisor ends it and everything under it a moment later."""
        self.command(Stop())
        try:
            self._control.sendall(b"stop\n")
        except OSError:
            pass
        go_on(self._process.pid)

    def read(self, listener: Listener, seconds: float) -> None:
        """Take what it says, waiting for at most so long. Raises `LabError` for damaged frames."""
        self.keep_going()
        for key, _ in self._selector.select(seconds):
            if self._ended:  # then all there is has been read
                break
            if key.data == "door":
                self._let_in(listener)
                continue
            try:
                data = os.read(key.fd, READ_BYTES)
            except BlockingIOError:
                continue
            except OSError:
                data = b""
            if not data:
                self._selector.unregister(key.fd)
            self._take(key.data, data, listener)

    def keep_going(self) -> None:
        """A program can stop its parent, the supervisor, which then neither hears nor says anything. From any thread."""
        self._kin.look()

    def _let_in(self, listener: Listener) -> None:
        while (guest := self.door.open()) is not None:
            listener.on_knock()
            self._kin.add(guest.pid)
            self._guests[guest.line.fileno()] = guest
            self._selector.register(guest.line, selectors.EVENT_READ, guest)

    def _take(self, what: str | Guest, data: bytes, listener: Listener) -> None:
        if isinstance(what, Guest):
            self._hear_guest(what, data, listener)
        elif what == "channel":
            try:
                frames = self._reader.feed(data)
            except DamagedFrameError as error:
                raise LabError(str(error)) from None
            for kind, payload in frames:
                listener.on_frame(0, kind, payload)
        elif what == "control":
            self._hear(data, listener)
        elif text := self._texts[what].decode(data, not data):
            listener.on_text(what, text)

    def _hear_guest(self, guest: Guest, data: bytes, listener: Listener) -> None:
        """A child's channel. What is damaged there, or cut off, is the child's own loss: it ends, the run goes on."""
        if data and not guest.is_in:
            data = self.door.hear(guest, data)
        try:
            for kind, payload in guest.reader.feed(data) if data else ():
                listener.on_frame(guest.line.fileno(), kind, payload)
        except (DamagedFrameError, LabError):
            self.door.send_away(guest)
        if not data and guest.line.fileno() in self._guests and self._is_at_end(guest):
            self._guests.pop(guest.line.fileno())
            if guest.is_in:
                listener.on_gone(guest)
            guest.line.close()

    def _is_at_end(self, guest: Guest) -> bool:
        return guest.line.fileno() not in {key.fd for key in self._selector.get_map().values()}

    def _hear(self, data: bytes, listener: Listener) -> None:
        self._take_words(data)
        if not data:
            self.was_left_alone = True
            self._kin.end()
        if b"ended" in data or not data:
            self._read_the_rest(listener)
            self._ended = True
            self._kin.forget()

    def _read_the_rest(self, listener: Listener) -> None:
        """No process is left: what the pipes still hold is all there is."""
        self._let_in(listener)
        for key in [key for key in self._selector.get_map().values() if key.data not in ("control", "door")]:
            while True:
                try:
                    data = os.read(key.fd, READ_BYTES)
                except OSError:
                    break
                if not data:
                    break
                self._take(key.data, data, listener)
            self._selector.unregister(key.fd)
            if isinstance(key.data, Guest):
                self._take(key.data, b"", listener)

    def close(self) -> None:
        """End it if it still runs, and let go of everything."""
        try:
            self._control.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.returncode == 0:
            self._kin.forget()
        for guest in self._guests.values():
            guest.line.close()
        self._selector.close()
        self._control.close()
        self.door.close()
        for fd in (self._channel, self._commands):
            if fd is not None:
                os.close(fd)
        self._channel = None
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                _close_quietly(pipe.close)


def _close_quietly(close: Callable[[], None]) -> None:
    try:
        close()
    except OSError:
        pass
