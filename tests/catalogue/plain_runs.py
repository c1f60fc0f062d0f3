"""How each catalogue program is run without concsim: small constants, and text it must print.

A program in HANGS deadlocks: it is ended once it has printed all of that text.
"""

SMALL = {
    "overview.sing_and_dance": {"SING_PAUSE": 0.01, "DANCE_PAUSE": 0.01},
    "threads.one_then_many": {"PAUSE": 0.01},
    "threads.main_waits": {"SING_PAUSE": 0.01, "DANCE_PAUSE": 0.01},
    "threads.how_many": {"SING_PAUSE": 0.01, "DANCE_PAUSE": 0.02, "LOOK_EVERY": 0.01},
    "threads.subclass": {"PAUSE": 0.01},
    "threads.order_is_not_yours": {"ROUNDS": 5, "PAUSE": 0.001},
    "races.shared_global": {"PAUSE": 0.01},
    "races.shared_list": {"PAUSE": 0.01},
    "races.lost_update": {"ROUNDS": 1000},
    "races.mutex": {"ROUNDS": 2, "HOLD": 0.001, "REST": 0.001},
    "races.check_then_act": {"LAMPS": 500},
    "races.reentrant": {"PAUSE": 0.01},
    "races.price_of_a_lock": {"STEPS": 500},
    "deadlock.two_locks": {"PAUSE": 0.05},
    "deadlock.timeout": {"TIMEOUT": 0.1, "PAUSE": 0.01, "TRIES": 50},
    "deadlock.one_order": {"PAUSE": 0.01},
    "deadlock.starvation": {"TURNS": 12, "HOLD": 0.001, "REST": 0.001},
    "deadlock.bankers": {"PAUSE": 0.01},
    "deadlock.philosophers": {"PAUSE": 0.05},
    "conditions.market": {"PRODUCTS": 5, "PRODUCE_PAUSE": 0.001, "CONSUME_PAUSE": 0.001},
    "conditions.wrong_wakeup": {"PRODUCTS": 5, "PRODUCE_PAUSE": 0.01, "CONSUME_PAUSE": 0.001},
    "conditions.queue": {"PRODUCTS": 5, "PRODUCE_PAUSE": 0.001, "CONSUME_PAUSE": 0.001},
    "conditions.semaphore": {"MEAL": 0.01},
    "conditions.event_and_barrier": {"PAUSE": 0.01},
    "pools.threads": {"PAUSE": 0.05},
}

PRINTS = {
    "overview.sing_and_dance": ["singing verse 3", "dancing step 3", "one after the other: ", "together: "],
    "threads.one_then_many": ["apology 5 from MainThread", "apology 5 from apology-5", "many threads: "],
    "threads.main_waits": ["this is the last line of main", "the singer has finished", "the dancer has finished"],
    "threads.how_many": ["singing verse 3", "dancing step 3", "threads alive: 1"],
    "threads.subclass": ["soprano sings verse 3 in thread MainThread", "main goes on"],
    "threads.order_is_not_yours": ["times", "complete rounds: 5 of 5"],
    "races.shared_global": ["main: number is 10", "adder: number is now 15", "reader: number is 15"],
    "races.shared_list": ["apple, pear, plum, fruit-1, fruit-2, fruit-3, fruit-4"],
    "races.lost_update": ["read_call_write: ", "of 4,000, lost "],
    "races.mutex": ["is done and sees a total of", "final total: 8 of 8"],
    "races.check_then_act": ["call_between: 500 lamps, ", " too many"],
    "races.reentrant": ["teller-1 holds the Lock and asks for it again"],
    "races.price_of_a_lock": ["no-lock: ", "lock-each-step: ", "lock-the-whole: ", "lost 0"],
    "deadlock.two_locks": ["holds lock A and will ask for lock B", "holds lock B and will ask for lock A"],
    "deadlock.timeout": ["got both locks after", "2 of 2 threads got both locks"],
    "deadlock.one_order": ["thread-a holds both locks", "thread-b holds both locks", "both threads have finished"],
    "deadlock.starvation": ["greedy-1: ", "modest-1: ", "modest-2: ", " of 12 turns"],
    "deadlock.bankers": ["must wait: ", "requests, 0 unsafe states, all clients have finished"],
    "deadlock.philosophers": [f"philosopher-{number} has one fork" for number in range(1, 6)],
    "conditions.market": ["made 10, sold 10, different 10", "left over 0"],
    "conditions.wrong_wakeup": ["15 of 15 taken, "],
    "conditions.queue": ["made 10, sold 10, different 10", "left over 0"],
    "conditions.semaphore": ["12 guests served, at most "],
    "conditions.event_and_barrier": ["bang", "started early 0, met 4, alone 0"],
    "pools.threads": ["finished in the order", "results in the order  [0, 1, 2, 3, 4, 5, 6, 7, 8]"],
}

HANGS = {"races.reentrant", "deadlock.two_locks", "deadlock.philosophers"}
