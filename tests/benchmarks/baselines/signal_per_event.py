"""Baseline for the bridge: one queued Qt signal per event, from a thread, with a plot repainted 60 times a second.

Prints events per second taken by the window's thread, and the gaps between completed paints of the plot (ms, median and p99).
Run as: python signal_per_event.py EVENTS_PER_SECOND   (0: as fast as it goes). The highest rate at which the p99 gap stays
under 50 ms and nothing piles up is the baseline.
"""
import sys
import threading
import time

from PySide6 import QtCore, QtWidgets

# pyqtgraph takes the Qt binding that is there already
# isort: split
import pyqtgraph as pg

RATE = int(sys.argv[1]) if len(sys.argv) > 1 else 0
SECONDS = 5


class Source(QtCore.QObject):
    happened = QtCore.Signal(object)


class Plot(pg.PlotWidget):
    def __init__(self):
        super().__init__()
        self.gaps, self.last = [], None

    def paintEvent(self, event):
        super().paintEvent(event)
        now = time.perf_counter()
        if self.last is not None:
            self.gaps.append(now - self.last)
        self.last = now


class Sink(QtCore.QObject):
    def __init__(self, curve):
        super().__init__()
        self.curve, self.taken, self.depth = curve, 0, []

    @QtCore.Slot(object)
    def take(self, event):
        self.taken += 1
        self.depth.append(event[2])

    @QtCore.Slot()
    def draw(self):
        self.curve.setData(self.depth[-2000:])


app = QtWidgets.QApplication(sys.argv[:1])
plot = Plot()
plot.resize(900, 500)
sink = Sink(plot.plot())
source = Source()
source.happened.connect(sink.take, QtCore.Qt.ConnectionType.QueuedConnection)
frame = QtCore.QTimer(interval=16)
frame.timeout.connect(sink.draw)
plot.show()
sent = 0


def produce():
    global sent
    start = time.perf_counter()
    while (elapsed := time.perf_counter() - start) < SECONDS:
        due = sent + 2000 if RATE == 0 else int(elapsed * RATE)
        while sent < due:
            source.happened.emit((sent, "queue", sent % 50))
            sent += 1
        if RATE:
            time.sleep(0.001)
    QtCore.QMetaObject.invokeMethod(app, "quit", QtCore.Qt.ConnectionType.QueuedConnection)


frame.start()
thread = threading.Thread(target=produce)
began = time.perf_counter()
thread.start()
app.exec()
took = time.perf_counter() - began
thread.join()
gaps = sorted(plot.gaps) or [0.0]
print(f"sent {sent / SECONDS:.0f}/s taken {sink.taken / took:.0f}/s behind {sent - sink.taken} "
      f"gap median {gaps[len(gaps) // 2] * 1000:.1f} p99 {gaps[int(len(gaps) * 0.99) - 1] * 1000:.1f} ms")
