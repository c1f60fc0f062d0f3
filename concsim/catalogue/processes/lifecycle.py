# /// concsim
# title = { en = "The life of a Process", zh = "Process 对象的一生" }
# topic = "processes"
# order = 40
# blurb = { en = "start, is_alive, join, terminate, kill and the exit code", zh = "start、is_alive、join、terminate、kill 和退出码" }
# watch = { exit_codes = "", state = "" }
# views = ["lanes", "tree", "code"]
# summary.en = "Exit codes: {exit_codes[Process-1]} for the one that finished, {exit_codes[Process-2]} after terminate(), {exit_codes[Process-3]} after kill()."
# summary.zh = "退出码：自己结束的是 {exit_codes[Process-1]}，terminate() 之后是 {exit_codes[Process-2]}，kill() 之后是 {exit_codes[Process-3]}。"
# [parameters.PAUSE]
# label = { en = "the work takes", zh = "干活用时" }
# min = 0.2
# max = 5
# step = 0.2
# unit = "s"
# [parameters.START]
# label = { en = "start method", zh = "启动方式" }
# choices = ["fork", "spawn", "forkserver"]
# [expect]
# live = "finishes"
# ///
"""What a Process object says after each call: one process ends by itself, one is terminated, one is killed."""

import multiprocessing
import time

PAUSE = 1.0
START = "fork"
A_MINUTE = 60

exit_codes = {}
state = {}


def work(seconds):
    time.sleep(seconds)


def look(process, call):
    """Print what the object says now."""
    says = f"pid {process.pid}, is_alive() {process.is_alive()}, exitcode {process.exitcode}"
    state[process.name] = f"after {call}: {says}"
    print(f"{process.name} after {call:14} {says}")


def let_it_finish():
    process = multiprocessing.Process(target=work, args=(PAUSE,))
    look(process, "Process()")
    process.start()
    look(process, "start()")
    process.join(PAUSE / 5)
    look(process, "join(timeout)")
    process.join()
    look(process, "join()")
    return process


def cut_it_short(how):
    process = multiprocessing.Process(target=work, args=(A_MINUTE,))
    process.start()
    look(process, "start()")
    time.sleep(PAUSE / 2)
    if how == "terminate()":
        process.terminate()  # asks: the signal SIGTERM
    else:
        process.kill()  # does not ask: SIGKILL
    look(process, how)
    process.join()
    look(process, "join()")
    return process


def main():
    multiprocessing.set_start_method(START)
    for process in (let_it_finish(), cut_it_short("terminate()"), cut_it_short("kill()")):
        exit_codes[process.name] = process.exitcode
    for name, code in exit_codes.items():
        print(f"{name} ended with exit code {code}")


if __name__ == "__main__":
    main()
