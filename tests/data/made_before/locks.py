"""Two threads, each with the lock that the other waits for."""
import threading
import time

first, second = threading.Lock(), threading.Lock()


def take(own, other):
    with own:
        time.sleep(0.2)
        with other:
            pass


ann = threading.Thread(target=take, args=(first, second), name="Ann", daemon=True)
ben = threading.Thread(target=take, args=(second, first), name="Ben", daemon=True)
ann.start()
ben.start()
ann.join()
