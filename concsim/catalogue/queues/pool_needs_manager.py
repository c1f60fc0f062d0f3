# /// concsim
# title = { en = "A queue for a pool", zh = "给进程池用的队列" }
# topic = "queues"
# order = 30
# blurb = { en = "A plain Queue is refused, in silence; two ways that work", zh = "普通 Queue 会被拒绝，而且不吭声；两种办法可行" }
# watch = { refusal = "", arrived = "" }
# charts = [{ kind = "depth", of = "plain" }, { kind = "depth", of = "managed" }]
# views = ["flow", "lanes", "code"]
# summary.en = "“{arrived[inherited]}” came through the inherited queue, “{arrived[manager]}” through the manager's."
# summary.zh = "继承来的队列传过来“{arrived[inherited]}”，管理者的队列传过来“{arrived[manager]}”。"
# [parameters.WORD]
# label = { en = "word to pass on", zh = "要传的词" }
# choices = ["courier", "postcard", "hi"]
# [parameters.PAUSE]
# label = { en = "from letter to letter", zh = "每个字母间隔" }
# min = 0
# max = 1
# step = 0.1
# unit = "s"
# [parameters.PATIENCE]
# label = { en = "each waits at most", zh = "最多等" }
# min = 1
# max = 20
# step = 1
# unit = "s"
# [parameters.START]
# label = { en = "start method", zh = "启动方式" }
# choices = ["fork", "spawn", "forkserver"]
# [expect]
# live = "finishes"
# ///
"""Hand a queue to the tasks of a Pool: as an argument (refused), by inheritance, and through a manager process."""

import multiprocessing
import os
import time

WORD = "courier"
PAUSE = 0.2
PATIENCE = 10.0
START = "fork"

inherited = None  # in a worker: the queue that came with it
refusal = ""
arrived = {}


def keep(box):
    """Every worker begins with this."""
    global inherited
    inherited = box


def write(box):
    for letter in WORD:
        box.put(letter)
        print(f"worker {os.getpid()} puts {letter}", flush=True)
        time.sleep(PAUSE)


def read(box):
    letters = []
    for _ in WORD:
        letters.append(box.get(timeout=PATIENCE))
        print(f"worker {os.getpid()} gets {letters[-1]}", flush=True)
    return "".join(letters)


def write_inherited():
    write(inherited)


def read_inherited():
    return read(inherited)


def be_refused(pool, plain):
    global refusal
    result = pool.apply_async(write, (plain,))
    result.wait(PATIENCE)
    print("plain queue as an argument: apply_async() said nothing, and nothing was written")
    try:
        result.get()
    except RuntimeError as error:
        refusal = str(error)
        print(f"get() says RuntimeError: {refusal}")


def pass_on(pool, how, writer, reader, arguments):
    writing = pool.apply_async(writer, arguments)
    reading = pool.apply_async(reader, arguments)
    writing.get(PATIENCE)
    arrived[how] = reading.get(PATIENCE)
    print(f"{how}: {arrived[how]} has arrived")


def main():
    context = multiprocessing.get_context(START)
    plain = context.Queue()
    with context.Manager() as manager:
        managed = manager.Queue()
        pool = context.Pool(2, initializer=keep, initargs=(plain,))
        be_refused(pool, plain)
        pass_on(pool, "inherited", write_inherited, read_inherited, ())
        pass_on(pool, "manager", write, read, (managed,))
        pool.close()
        pool.join()


if __name__ == "__main__":
    main()
