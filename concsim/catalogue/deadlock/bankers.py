# /// concsim
# title = { en = "The banker's algorithm", zh = "银行家算法" }
# topic = "deadlock"
# order = 50
# blurb = { en = "Lends only if everybody can still be served afterwards", zh = "借出之后人人仍能借满，才肯借" }
# views = ["bankers", "lanes", "code"]
# charts = []
# summary.en = "{CLIENTS} clients made {requests} {requests:request|requests} and all have finished; {unsafe_states} {unsafe_states:loan|loans} left no safe order."
# summary.zh = "{CLIENTS} 个客户提出 {requests} 次请求，全部结束；有 {unsafe_states} 次借出之后找不到安全序列。"
# [watch]
# available = ""
# claim = ""
# allocation = ""
# safe_order = ""
# refused = ""
# requests = ""
# unsafe_states = "0"
# kinds = ""
# [parameters.CLIENTS]
# label = { en = "clients", zh = "客户数" }
# min = 2
# max = 6
# step = 1
# [parameters.KINDS]
# label = { en = "kinds of coins", zh = "硬币种类" }
# min = 1
# max = 4
# step = 1
# [parameters.CLAIM]
# label = { en = "most a client claims of a kind", zh = "每种最多声明几枚" }
# min = 1
# max = 4
# step = 1
# [parameters.CAREFUL]
# label = { en = "careful banker", zh = "谨慎的银行家" }
# [parameters.PAUSE]
# label = { en = "pause before a request", zh = "请求前的停顿" }
# min = 0
# max = 3
# step = 0.1
# unit = "s"
# [parameters.SEED]
# label = { en = "seed of the claims", zh = "声明的随机种子" }
# min = 1
# max = 99
# step = 1
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# [expect.set]
# CLIENTS = 2
# KINDS = 2
# CLAIM = 1
# SEED = 2
# ///
"""Clients say beforehand how many coins they may need; the banker lends a coin only if all can still be served."""

import random
import threading
import time

CLIENTS = 4
KINDS = 3
CLAIM = 3
CAREFUL = True
PAUSE = 0.3
SEED = 1

kinds = ("gold", "silver", "tin", "copper")[:KINDS]
bank = threading.Condition()
available = (max(CLAIM, CLIENTS - 1),) * KINDS
claim = {}
allocation = {}
safe_order = ()
refused = {}
requests = 0
unsafe_states = 0


def plus(these, those):
    return tuple(one + other for one, other in zip(these, those))


def minus(these, those):
    return tuple(one - other for one, other in zip(these, those))


def fits(wish, coins):
    return min(minus(coins, wish)) >= 0


def who_can_finish(waiting, coins):
    """The place in line of the first client whose needs are there, None if there is no such client."""
    for index, (_, needs, _) in enumerate(waiting):
        if fits(needs, coins):
            return index
    return None


def find_order(coins, held):
    """An order in which every client could get all it claims and give it back; empty if there is none."""
    waiting = tuple((name, minus(claim[name], has), has) for name, has in held.items())
    order = ()
    while waiting:
        index = who_can_finish(waiting, coins)
        if index is None:
            return ()
        name, _, has = waiting[index]
        order, coins = (*order, name), plus(coins, has)
        waiting = waiting[:index] + waiting[index + 1 :]
    return order


def refuse(name, wish, why):
    refused[name] = (wish, why)
    print(f"{name} must wait: {why}")
    return False


def try_to_lend(name, wish):
    """Lend if the coins are there and, for a careful banker, if an order is left in which all can finish."""
    global available, allocation, safe_order, unsafe_states
    coins, lent = available, allocation
    if not fits(wish, coins):
        return refuse(name, wish, "not there")
    rest, held = minus(coins, wish), {**lent, name: plus(lent[name], wish)}
    order = find_order(rest, held)
    if CAREFUL and not order:
        return refuse(name, wish, "unsafe")
    available, allocation, safe_order = rest, held, order
    if not order:
        unsafe_states += 1
    return True


def ask(name, wish):
    global requests
    with bank:
        requests += 1
        while not try_to_lend(name, wish):
            bank.wait()
        refused.pop(name, None)


def give_back(name):
    global available, safe_order
    with bank:
        lent = allocation
        coins = plus(available, lent.pop(name))
        available, safe_order = coins, find_order(coins, lent)
        print(f"{name} has had all it claims and gives it back")
        bank.notify_all()


def borrow(name, wishes):
    for wish in wishes:
        time.sleep(PAUSE)
        ask(name, wish)
    time.sleep(PAUSE)
    give_back(name)


def one_coin(kind):
    return (0,) * kind + (1,) + (0,) * (KINDS - kind - 1)


def open_account(name, chance):
    """The thread of a client that asks for one coin at a time, in an order left to chance."""
    claims = tuple(chance.randint(1, CLAIM) for _ in kinds)
    claim[name] = claims
    allocation[name] = (0,) * KINDS
    coins = tuple(one_coin(kind) for kind in range(KINDS) for _ in range(claims[kind]))
    wishes = tuple(chance.sample(coins, len(coins)))
    return threading.Thread(target=borrow, name=name, args=(name, wishes))


def main():
    chance = random.Random(SEED)
    threads = [open_account(f"client-{n + 1}", chance) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{requests} requests, {unsafe_states} unsafe states, all clients have finished")


if __name__ == "__main__":
    main()
