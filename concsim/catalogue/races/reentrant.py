# /// concsim
# title = { en = "A lock taken twice", zh = "同一把锁拿两次" }
# topic = "races"
# order = 60
# blurb = { en = "A thread that holds a lock asks for it again", zh = "拿着锁的线程，又去要同一把锁" }
# watch = { savings = "START - TELLERS * TRANSFERS", checking = "TELLERS * TRANSFERS" }
# charts = [{ kind = "count", of = "checking" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph"]
# summary.en = "With a {KIND}, {checking} of {checking_expected} {checking_expected:transfer|transfers} arrived; the two accounts hold {savings} and {checking}."
# summary.zh = "使用 {KIND}：{checking_expected} 笔转账到账 {checking} 笔；两个账户里是 {savings} 和 {checking}。"
# [parameters.KIND]
# label = { en = "kind of lock", zh = "锁的种类" }
# choices = ["Lock", "RLock"]
# [parameters.TELLERS]
# label = { en = "tellers", zh = "柜员数" }
# min = 1
# max = 8
# step = 1
# [parameters.TRANSFERS]
# label = { en = "transfers each", zh = "每人转几笔" }
# min = 1
# max = 10
# step = 1
# [parameters.START]
# label = { en = "savings at first", zh = "起初存款" }
# min = 100
# max = 1000
# step = 100
# [parameters.PAUSE]
# label = { en = "each booking takes", zh = "记一笔账用时" }
# min = 0
# max = 1
# step = 0.05
# unit = "s"
# [expect]
# live = "deadlocks"
# step = { gil = "deadlocks", free-threaded = "deadlocks" }
# [expect.set]
# TRANSFERS = 1
# ///
"""transfer() holds the lock and calls deposit(), which takes the same lock again."""

import threading
import time

KIND = "Lock"
TELLERS = 2
TRANSFERS = 3
START = 100
PAUSE = 0.2

savings = START
checking = 0
account_lock = threading.Lock() if KIND == "Lock" else threading.RLock()


def withdraw():
    global savings
    with account_lock:
        savings = savings - 1
        time.sleep(PAUSE)


def deposit():
    global checking
    with account_lock:
        checking = checking + 1
        time.sleep(PAUSE)


def transfer():
    with account_lock:
        print(f"{threading.current_thread().name} holds the {KIND} and asks for it again")
        withdraw()
        deposit()


def work():
    for _ in range(TRANSFERS):
        transfer()


def main():
    threads = [threading.Thread(target=work, name=f"teller-{n + 1}") for n in range(TELLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"savings {savings}, checking {checking}")


if __name__ == "__main__":
    main()
