"""What is said of a run: how it ended, who waits for whom, what was not recorded."""

from __future__ import annotations

RUN: dict[str, tuple[str, str]] = {
    # what happened
    "finished": ("Finished in {seconds:.2f} s.", "{seconds:.2f} 秒后结束。"),
    "stopped": ("Stopped after {seconds:.2f} s.", "运行 {seconds:.2f} 秒后停止。"),
    "limit": ("The limit of {limit:g} s was reached; the program was ended.", "到了 {limit:g} 秒的上限，程序已被结束。"),
    "failed_missing": (
        "The Python that ran the program{python} has no module {name}, which line {line} imports. Install it there, or choose another Python.",
        "运行程序的 Python{python} 没有第 {line} 行导入的模块 {name}。请在那里安装它，或换一个 Python。",
    ),
    "failed_error": (
        "{actor} ended with {type}: {text} (line {line}).",
        "{actor} 因 {type}: {text} 而结束（第 {line} 行）。",
    ),
    "failed_bare": ("{actor} ended with {type} (line {line}).", "{actor} 因 {type} 而结束（第 {line} 行）。"),
    "failed_unplaced": ("{actor} ended with {type}: {text}.", "{actor} 因 {type}: {text} 而结束。"),
    "failed_unplaced_bare": ("{actor} ended with {type}.", "{actor} 因 {type} 而结束。"),
    "failed_status": ("The program ended with exit status {status}.", "程序以退出状态 {status} 结束。"),
    "failed_signal": ("The program was ended by signal {signal}.", "程序被信号 {signal} 结束。"),
    "deadlock_certain": ("Deadlock: {who}.", "死锁：{who}。"),
    "deadlock_suspected": ("This looks like a deadlock: {who}.", "疑似死锁：{who}。"),
    "stuck_held": ("{actor} waits for {waits_for} held by {held_by} (line {line})", "{actor} 在等 {held_by} 持有的 {waits_for}（第 {line} 行）"),
    "stuck_join": ("{actor} waits for {waits_for} to end (line {line})", "{actor} 在等 {waits_for} 结束（第 {line} 行）"),
    "stuck_end": ("{actor} waits for the threads to end", "{actor} 在等各线程结束"),
    "stuck_self": ("{actor} waits for {waits_for} that it holds itself (line {line})", "{actor} 在等自己持有的 {waits_for}（第 {line} 行）"),
    "stuck_task": (
        "{actor} waits for {waits_for}, which waits for a free worker (line {line})",
        "{actor} 在等 {waits_for}，而它在等空闲的工作线程（第 {line} 行）",
    ),
    "stuck_nobody": ("{actor} waits for {waits_for} and nobody will wake it (line {line})", "{actor} 在等 {waits_for}，没有人会叫醒它（第 {line} 行）"),
    "between_stuck": ("; ", "；"),
    "watched_expected": ("{name} = {final} (expected {expected})", "{name} = {final}（应为 {expected}）"),
    "watched": ("{name} = {final}", "{name} = {final}"),
    # what was not recorded one by one
    "sampled_lock": (
        "{name} was too busy to record every use; its holder was sampled.",
        "{name} 太繁忙，没有逐次记录，而是抽样记录其持有者。",
    ),
    "aggregated": ("{count:,} {count:event|events} came too fast to be recorded one by one and {count:was|were} only counted.", "{count:,} 个事件来得太快，来不及逐个记录，只做了计数。"),
    "too_many_objects": (
        "The program made more than {count:,} locks and queues; later ones are not shown.",
        "程序创建了超过 {count:,} 个锁和队列，之后的不再显示。",
    ),
    "child_unobserved": (
        "The program started very many processes; what happens inside the last of them is not shown.",
        "程序启动了非常多的进程，最后一些进程的内部不会显示。",
    ),
    "too_many_actors": (
        "The program made more than {count} greenlets, generators or tasks; those after them are not shown.",
        "程序创建了超过 {count} 个 greenlet、生成器或任务，之后的不再显示。",
    ),
    "line_limit": (
        "The first {limit} {limit:line was|lines were} recorded, what comes after that is not.",
        "只记录了前 {limit} 行，之后的不再记录。",
    ),
    "no_line": ("No line runs any more: the program waits at line {line}.", "不再有任何一行运行：程序停在第 {line} 行等待。"),
    "step_line": ("{actor}: line {line}", "{actor}：第 {line} 行"),
    "step_line_source": ("{actor}: line {line}: {source}", "{actor}：第 {line} 行：{source}"),
    "next_line": ("line {line}", "第 {line} 行"),
    "suspended_at": ("is suspended at line {line}", "挂起在第 {line} 行"),
    "suspended_between": ("is between two calls", "在两次调用之间"),
    "suspended_new": ("has not begun", "还没有开始"),
    "bad_processes": ("--processes is a whole number from 1 to {most}, not {text}.", "--processes 是 1 到 {most} 之间的整数，而不是 {text}。"),
    "bad_recording_mb": (
        "--recording-mb is a whole number from 1 to {most}, not {text}.", "--recording-mb 是 1 到 {most} 之间的整数，而不是 {text}。",
    ),
    "process_limit": (
        "The program asked for more than {limit} {limit:process|processes} at once and was refused, as the system would refuse it.",
        "程序要求同时超过 {limit} 个进程，被拒绝了，就像系统会拒绝它一样。",
    ),
    "fault_kill_worker": ("{name} (pid {pid}) was killed from outside (SIGKILL).", "{name}（pid {pid}）被从外部杀死（SIGKILL）。"),
    "process_killed": ("{name} was killed by {signal}.", "{name} 被 {signal} 杀死。"),
    "process_failed": ("{name} ended with exit status {status}.", "{name} 以退出码 {status} 结束。"),
    "more_processes": ("{count} more {count:process|processes} ended in such a way.", "另有 {count} 个进程也这样结束。"),
    "fault_fill_queue": ("{count} {count:filler was|fillers were} put into the program's queue from outside.", "从外部向程序的队列里塞入了 {count} 个填充项。"),
    "fault_block_hub": ("The hub's thread was blocked for a second from outside.", "hub 所在的线程被从外部阻塞了一秒。"),
    "fault_failed": ("The fault could not be brought about: {why}.", "无法制造该故障：{why}。"),
    "output_cut": (
        "The program printed more than {kept} MB; the rest was passed on but not kept.",
        "程序打印超过 {kept} MB，其余的没有保存。",
    ),
    "thinned": (
        "The recording has reached {most} MB: of what is older only some moments are kept.",
        "记录已达到 {most} MB：较早的部分只保留若干时刻。",
    ),
    "too_rich": (
        "There is more in this run than can be kept of a moment: its moments take longer to reach, and its recording has no limit.",
        "这次运行的内容太多，无法整体保存某一时刻：跳到某一时刻会更慢，记录的大小也不受限制。",
    ),
    "no_threads": ("The program started no threads.", "程序没有启动任何线程。"),
    "unseen_threads": ("Threads inside libraries are not shown.", "库内部的线程不显示。"),
}
