# /// concsim
# watch = { total = "2" }
# ///
"""Two threads that add one each."""
import threading

total = 0


def work():
    global total
    total += 1


first, second = threading.Thread(target=work), threading.Thread(target=work)
first.start()
second.start()
first.join()
second.join()
print(total)
