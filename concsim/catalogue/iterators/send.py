# /// concsim
# title = { en = "send: values in and out", zh = "send：值进值出" }
# topic = "iterators"
# order = 60
# blurb = { en = "A generator that is told something each time it goes on", zh = "每次继续时，顺便告诉生成器一个值" }
# watch = { sent = "", got = "", refused = "", balance = "5 * ROUNDS * (ROUNDS + 1)" }
# charts = [{ kind = "count", of = "balance" }]
# views = ["sequence", "frames", "code"]
# summary.en = "{sent} went in, {got} came out; the balance is {balance}."
# summary.zh = "送入 {sent}，产出 {got}；余额是 {balance}。"
# [parameters.ROUNDS]
# label = { en = "payments", zh = "存几笔" }
# min = 1
# max = 8
# step = 1
# [parameters.PAUSE]
# label = { en = "pause of each side", zh = "双方各停多久" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [expect]
# live = "finishes"
# ///
"""An account kept by a generator: each payment is sent in, each new balance comes out."""

import time

ROUNDS = 4
PAUSE = 0.3

sent = []
got = []
refused = ""
balance = 0


def account():
    saved = 0
    try:
        while True:
            amount = yield saved
            time.sleep(PAUSE)
            if amount is None:
                print("    account: nothing sent, only asked")
            else:
                saved += amount
                print(f"    account: got {amount}, now {saved}")
    finally:
        print("    account: closed")


def send(generator, amount):
    global balance
    time.sleep(PAUSE)
    balance = generator.send(amount)
    sent.append(amount)
    got.append(balance)
    print(f"sent {amount}, got {balance}")


def main():
    global refused
    generator = account()
    try:
        generator.send(10)
    except TypeError as error:
        refused = f"TypeError: {error}"
        print(refused)
    send(generator, None)  # runs to the first yield, as next(generator) does
    for number in range(1, ROUNDS + 1):
        send(generator, 10 * number)
    print(f"next() is send(None): got {next(generator)} again")
    generator.close()


if __name__ == "__main__":
    main()
