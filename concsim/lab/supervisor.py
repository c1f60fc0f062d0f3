"""The supervisor: a small process between control and a lab, so that nothing outlives the window.

``python supervisor.py clean FOLDER`` only removes what is left of a run whose supervisor was killed.
``python supervisor.py CONTROL_FD FOLDER NICENESS COMMAND… CHANNEL_FD COMMANDS_FD`` starts the lab and holds the descriptor
CONTROL_FD, a socket. What the run's processes left in FOLDER, and their semaphores, go when they have gone. NICENESS above 0
lets the lab give way to the window where both want a core.
End-of-file there, or the line ``stop``, ends the lab and every process under it. On Linux the supervisor is a child
subreaper: whatever detaches itself below it becomes its child and is found. It says ``session ID`` when
it has started the lab, which leads a session of its own, ``lab STATUS`` when that has ended and ``ended`` when no process is left. Standard library only; nothing of concsim is imported.
"""

import os
import select
import signal
import sys
import time

GRACE = 0.3
TRACKER_PATIENCE = 0.3
SUBREAPER, DEATH_SIGNAL = 36, 1


def prctl(option, value):
    """Linux's prctl, silently nothing elsewhere."""
    try:
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
    except (OSError, AttributeError, ImportError):
        pass


def give_way(niceness):
    """Be so nice to others. To Linux's scheduler a session is a group, and groups are weighed against each other first."""
    if niceness <= 0:
        return
    os.nice(niceness)
    try:
        with open("/proc/self/autogroup", "w") as file:
            file.write(str(niceness))
    except OSError:
        pass


def children_of(parents):
    """Every process below the given ones, by the operating system's table."""
    table = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open("/proc/" + name + "/stat", "rb") as file:
                    fields = file.read().rpartition(b")")[2].split()
            except OSError:
                continue
            table.setdefault(int(fields[1]), []).append(int(name))
    found, todo = [], list(parents)
    while todo:
        children = table.get(todo.pop(), [])
        found += children
        todo += children
    return found


def is_tracker(pid):
    """Whether a process is multiprocessing's resource tracker: it cleans up when all others have gone, and ends."""
    try:
        with open("/proc/%d/cmdline" % pid, "rb") as file:
            return b"multiprocessing.resource_tracker" in file.read()
    except OSError:
        return False


def kill_all(lab):
    """Kill every process below this one until none is left."""
    patience = time.monotonic() + TRACKER_PATIENCE
    while True:
        below = children_of([os.getpid()]) if os.path.isdir("/proc") else [lab]
        for pid in below:
            try:
                if time.monotonic() > patience or not is_tracker(pid):
                    os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.002)


def clean_up(folder):
    """Remove what killed processes could not: their folders, also that of shared memory, what lies there, and their semaphores."""
    import glob
    import shutil

    name = os.path.basename(folder)
    remove_shared_memory(os.path.join(folder, "shared-memory"))
    for one in (folder, "/dev/shm/" + name):
        shutil.rmtree(one, ignore_errors=True)
    for path in glob.glob("/dev/shm/sem." + name + "*"):
        try:
            os.unlink(path)
        except OSError:
            pass


def remove_shared_memory(path):
    """Remove what the run's processes have made and left, if it is still the same: its name may be another's by now."""
    try:
        with open(path, "rb") as file:
            lines = file.read().splitlines()
    except OSError:
        return
    made = {}
    for line in lines:
        number, _, name = line.partition(b" ")
        made.setdefault(name, []).append(number)
    for name, numbers in made.items():
        path = b"/dev/shm/" + name
        try:
            if name and b"/" not in name and is_ours(os.lstat(path), numbers):
                os.unlink(path)
        except OSError:
            pass


def is_ours(found, numbers):
    """Whether it is what we made; who was killed in the midst of making it has left it empty."""
    if b"%d" % found.st_ino in numbers:
        return True
    return numbers[-1] == b"about-to-make" and found.st_size == 0 and found.st_uid == os.getuid()


class Supervisor:
    """Watches one lab."""

    def __init__(self, control, folder, niceness, command):
        self.control, self.folder, self.niceness = control, folder, niceness
        self.bell, bell_writer = os.pipe()
        for fd in (self.bell, bell_writer):
            os.set_blocking(fd, False)
        signal.set_wakeup_fd(bell_writer)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        prctl(SUBREAPER, 1)
        self.command = command
        self.status = None
        self.lab = self.start()
        self.tell("session %d" % self.lab)
        self.let_go()

    def start(self):
        """Start the lab in a session of its own; it dies when the supervisor does."""
        me = os.getpid()
        pid = os.fork()
        if pid:
            return pid
        try:
            os.setsid()
            give_way(self.niceness)
            prctl(DEATH_SIGNAL, signal.SIGKILL)
            if os.getppid() != me:
                os._exit(1)
            for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            os.set_inheritable(self.control, False)
            os.execv(self.command[0], self.command)
        finally:
            os._exit(127)

    def let_go(self):
        """Close this process's copies of the lab's pipes, so that their other ends see the lab's end."""
        for fd in self.command[-2:]:
            os.close(int(fd))
        nothing = os.open(os.devnull, os.O_RDWR)
        for fd in (0, 1, 2):
            os.dup2(nothing, fd)

    def tell(self, line):
        """Say a line to control, if it is still there."""
        try:
            os.write(self.control, line.encode() + b"\n")
        except OSError:
            pass

    def reap(self):
        """Take the ended children; says whether any is left."""
        try:
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return True
                if pid == self.lab:
                    signalled = os.WIFSIGNALED(status)
                    self.status = -os.WTERMSIG(status) if signalled else os.WEXITSTATUS(status)
                    self.tell("lab %d" % self.status)
        except ChildProcessError:
            return False

    def watch(self):
        """Until every process has ended or control says stop or is gone."""
        deadline = None
        while self.reap():
            left = None if deadline is None else max(deadline - time.monotonic(), 0)
            if left == 0:
                break
            ready, _, _ = select.select([self.bell] if deadline else [self.bell, self.control], [], [], left)
            if self.bell in ready:
                try:
                    os.read(self.bell, 4096)
                except OSError:
                    pass
            if self.control in ready:
                if b"stop" not in os.read(self.control, 4096):
                    break
                deadline = time.monotonic() + GRACE
        kill_all(self.lab)
        clean_up(self.folder)
        self.tell("ended")


if __name__ == "__main__" and sys.argv[1] == "clean":
    clean_up(sys.argv[2])
elif __name__ == "__main__":
    Supervisor(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:]).watch()
