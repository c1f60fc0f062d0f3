"""What is said of stepping as a whole: schedules, what cannot be controlled, all executions."""

from __future__ import annotations

SCHEDULE: dict[str, tuple[str, str]] = {
    # stepping as a whole
    "no_visible_operation": (
        "{actor} has been running for a second without an operation that another thread could notice (line {line}): "
        "a loop that never ends, perhaps. Stop (or Ctrl-C) ends it.",
        "{actor} 已经运行了一秒，没有任何别的线程能察觉的操作（第 {line} 行）：也许是没有尽头的循环。点“停止”（或按 Ctrl-C）可以结束它。",
    ),
    "not_controlled": (
        "Line {line} uses {what}, which stepping cannot control. Run this program live instead.",
        "第 {line} 行用到 {what}，单步执行无法控制它。请改用实时运行。",
    ),
    "writes_file": (
        "Line {line} writes {path}. Another way from an earlier step writes it again.",
        "第 {line} 行会写 {path}。从更早的一步另走一条路，会再写一次。",
    ),
    "real_lock": (
        "Line {line}: {library} made a real lock, which stepping does not see.",
        "第 {line} 行：{library} 创建了真实的锁，单步执行看不到它。",
    ),
    "isolated": (
        "What an execution leaves in {what} is not there for the next: each had a process of its own ({rate} a second).",
        "每次执行在 {what} 里留下的东西，下一次都看不到：每次执行都有自己的进程（每秒 {rate} 次）。",
    ),
    "livelock_certain": ("Livelock: {who}.", "活锁：{who}。"),
    "stuck_goes_round": (
        "{actor} goes round a loop again and again, which nobody is left to end",
        "{actor} 一遍又一遍地循环，而已经没有谁会去结束它",
    ),
    "stuck_spins": (
        "{actor} looks again and again at {waits_for}, which nobody is left to change (line {line})",
        "{actor} 一遍又一遍地查看 {waits_for}，而已经没有谁会去改变它（第 {line} 行）",
    ),
    "stalled": (
        "The program came to no operation that another thread could notice for {seconds} s; the run was ended.",
        "程序有 {seconds} 秒没有任何别的线程能察觉的操作，运行已结束。",
    ),
    "no_scheduler": (
        "There is no scheduler called {name}; there are {known}.",
        "没有名为 {name} 的调度器；现有 {known}。",
    ),
    "bad_scheduler": ("{text} cannot decide: {why}.", "{text} 无法调度：{why}。"),
    "cannot_follow": (
        "The schedule cannot be followed: step {step} is {actor}'s, but {why}.",
        "无法按照这份调度执行：第 {step} 步轮到 {actor}，但是 {why}。",
    ),
    "cannot_follow_blocked": ("it waits then", "它那时正在等待"),
    "cannot_follow_held": ("the interpreter lets nobody else in there", "解释器在那里不让别人进来"),
    "cannot_follow_has_ended": ("it has ended by then", "它那时已经结束"),
    "cannot_follow_no_such_actor": ("there is no such thread then", "那时没有这个线程"),
    "older_schedule": (
        "The schedule was saved by an older concsim, which saw fewer of the program's operations: step it anew and save it again.",
        "这个调度由较早的 concsim 保存，当时看到的操作较少：请重新走一遍再保存。",
    ),
    "step_differs": (
        "Step {step} is not what it was: the schedule has \u201c{expected}\u201d, this run \u201c{found}\u201d. {chance}",
        "第 {step} 步与当初不同：调度里是“{expected}”，这次是“{found}”。{chance}",
    ),
    "repeat_differs": (
        "Step {step} was not the same when it was taken again. {chance}",
        "重新走到第 {step} 步时结果与上次不同。{chance}",
    ),
    "finished_steps": ("Finished after {steps} {steps:step|steps}.", "走了 {steps} 步后结束。"),
    "chance_seen": (
        "The program's behaviour depends on {what} (line {line}).",
        "程序的行为取决于 {what}（第 {line} 行）。",
    ),
    "chance_unseen": (
        "Something outside the engine's control must have been different.",
        "一定有引擎控制之外的东西变了。",
    ),
    "chance": ("Line {line} uses {what}: it may differ from run to run.", "第 {line} 行用到 {what}：每次运行都可能不同。"),
    "schedule_ended": ("The schedule ends after {steps} {steps:step|steps}; the program has not finished.", "调度在 {steps} 步后结束，程序还没有结束。"),
    "step_limit": ("The limit of {steps} {steps:step|steps} was reached.", "到了 {steps} 步的上限。"),
    "bad_schedule": ("{path} is not a schedule that concsim can follow: {why}.", "{path} 不是 concsim 能用的调度：{why}。"),
    "other_program": (
        "The schedule is for {theirs}, not for {ours}.",
        "这份调度属于 {theirs}，而不是 {ours}。",
    ),
    "other_version": (
        "The schedule was made for another version of {name}: the file has changed since.",
        "这份调度是为 {name} 的另一个版本做的：文件后来改过。",
    ),
    "stepping_needs": ("Stepping needs the package greenlet: {why}.", "单步执行需要 greenlet 包：{why}。"),
    "explored": (
        "{executions} {executions:execution|executions}, every schedule tried: {outcomes}.",
        "共 {executions} 次执行，全部调度都已试过：{outcomes}。",
    ),
    "explored_part": (
        "{executions} {executions:execution|executions} tried, not every schedule: this proves nothing yet. {outcomes}.",
        "试了 {executions} 次执行，还不是全部调度：这什么也证明不了。{outcomes}。",
    ),
    "explored_unseen": (
        "{executions} {executions:execution|executions}, every schedule tried, and still nothing is proved: what happens at {lines} could not be seen into. {outcomes}.",
        "共 {executions} 次执行，全部调度都已试过，但仍不能证明什么：{lines} 处发生的事无法看到。{outcomes}。",
    ),
    "places_of": ("Where others get in is as in {model}.", "别的线程能插入的位置按 {model}。"),
    "first_failure": ("The first that fails: {schedule}", "第一个失败的调度：{schedule}"),
    "needs_early": (
        "Every schedule that fails has a wait time out while others could have gone on, this one {early} {early:time|times}.",
        "每个失败的调度里都有等待在别的线程还能前进时就到了时限，这一个里有 {early} 次。",
    ),
    "needs_early_yet": (
        "Every schedule that failed so far has a wait time out while others could have gone on, this one {early} {early:time|times}.",
        "到目前为止，每个失败的调度里都有等待在别的线程还能前进时就到了时限，这一个里有 {early} 次。",
    ),
    "passes": ("This schedule passes.", "这次调度通过。"),
    "fails": ("This schedule fails.", "这次调度失败。"),
    "deadlocks": ("This schedule ends in a deadlock.", "这次调度以死锁结束。"),
    "livelocks": ("This schedule ends in a livelock.", "这次调度以活锁结束。"),
    "line_passes": ("The program ended.", "程序结束了。"),
    "line_fails": ("The program ended, but not with what was expected.", "程序结束了，但结果与预期不同。"),
    "no_schedule": (
        "{name} is stepped line by line, in its own order: there is no schedule to save.",
        "{name} 是逐行单步执行的，次序由它自己决定：没有调度可以保存。",
    ),
    "nobody_called": (
        "The schedule names {names}, and the program has ended without anybody of that name.",
        "调度里有 {names}，但程序直到结束都没有叫这个名字的。",
    ),
    "who_chooses": (
        "Say who goes next: --schedule, --random, --scheduler, --replay or --all.",
        "请指定由谁先走：--schedule、--random、--scheduler、--replay 或 --all。",
    ),
}
