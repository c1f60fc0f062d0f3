# /// concsim
# title = { en = "Check, then act", zh = "先检查后执行" }
# topic = "races"
# order = 50
# blurb = { en = "Two buyers, one lamp: both looked, both bought", zh = "两位顾客一盏灯：都看过，都买了" }
# watch = { sold = "LAMPS" }
# charts = [{ kind = "drift", of = "sold" }, { kind = "depth", of = "receipts", capacity = "LAMPS" }]
# views = ["lanes", "code"]
# repeat = true
# summary.en = "{BUYERS} {BUYERS:buyer|buyers}, {LAMPS:,} {LAMPS:lamp|lamps} on the shelf: {sold:,} {sold:sale was|sales were} counted at the end."
# summary.zh = "{BUYERS} 位顾客，货架上 {LAMPS:,} 盏灯：最后数出 {sold:,} 笔销售。"
# [parameters.BUYERS]
# label = { en = "buyers", zh = "顾客数" }
# min = 1
# max = 32
# step = 1
# [parameters.LAMPS]
# label = { en = "lamps", zh = "灯的数量" }
# min = 1
# max = 50_000
# step = 1
# [parameters.WAY]
# label = { en = "between check and act", zh = "检查与执行之间" }
# choices = ["nothing_between", "call_between", "under_a_lock"]
# [parameters.SWITCH_INTERVAL]
# label = { en = "switch interval", zh = "切换间隔" }
# min = 0.0001
# max = 0.01
# step = 0.0001
# unit = "s"
# [expect]
# live = "finishes"
# step = { gil = "fails", free-threaded = "fails" }
# [expect.set]
# BUYERS = 2
# LAMPS = 1
# ///
"""Sell every lamp once: look whether it is still there, then take it."""

import sys
import threading

BUYERS = 4
LAMPS = 20_000
WAY = "call_between"
SWITCH_INTERVAL = 0.0001

sold = 0
sold_to = {}
receipts = []
counter = threading.Lock()
opening = threading.Barrier(BUYERS)


def sign(buyer):
    return buyer.upper()


def nothing_between(lamp, buyer):
    if lamp not in sold_to:
        sold_to[lamp] = buyer
        receipts.append(lamp)


def call_between(lamp, buyer):
    if lamp not in sold_to:
        sold_to[lamp] = sign(buyer)
        receipts.append(lamp)


def under_a_lock(lamp, buyer):
    with counter:
        call_between(lamp, buyer)


WAYS = {
    "nothing_between": nothing_between,
    "call_between": call_between,
    "under_a_lock": under_a_lock,
}


def shop(buyer):
    buy = WAYS[WAY]
    opening.wait()
    for lamp in range(LAMPS):
        buy(lamp, buyer)


def main():
    global sold
    sys.setswitchinterval(SWITCH_INTERVAL)
    names = [f"buyer-{n + 1}" for n in range(BUYERS)]
    threads = [threading.Thread(target=shop, args=(name,), name=name) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sold = len(receipts)
    print(f"{WAY}: {LAMPS:,} lamps, {sold:,} sold, {sold - LAMPS:,} too many")


if __name__ == "__main__":
    main()
