"""Code -> (English, Chinese). A test holds that both name the same values."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    # programs that cannot be read
    "is_a_directory": ("{path} is a folder, not a Python file.", "{path} 是一个文件夹，不是 Python 文件。"),
    "not_a_file": ("{path} is not a file.", "{path} 不是文件。"),
    "no_such_file": ("There is no file {path}.", "没有文件 {path}。"),
    "unreadable": ("{path} cannot be read: {why}.", "无法读取 {path}：{why}。"),
    "too_long": ("{path} is longer than 8 MB; it is hardly a program.", "{path} 超过 8 MB，不像是一个程序。"),
    "not_text": ("{path} is not Python text.", "{path} 不是 Python 文本。"),
    "not_python": ("{path} is not a Python program: {why}.", "{path} 不是 Python 程序：{why}。"),
    "syntax_error": ("{path} has a syntax error in line {line}: {why}.", "{path} 第 {line} 行有语法错误：{why}。"),
    "two_blocks": ("Line {line}: a file has one concsim block, this one has two.", "第 {line} 行：一个文件只能有一个 concsim 块。"),
    "bad_block": ("The concsim block at line {line}: {why}.", "第 {line} 行的 concsim 块：{why}。"),
    "no_such_parameter": (
        "The concsim block at line {line} has a parameter {name}, but no such constant is in the file.",
        "第 {line} 行的 concsim 块写了参数 {name}，文件里却没有这个常量。",
    ),
    "no_such_scenario": ("There is no scenario {name}. `concsim list` shows them all.", "没有情景 {name}。`concsim list` 会列出全部。"),
    "no_such_module": ("There is no module {name} to run.", "没有可以运行的模块 {name}。"),
    "bad_setting": ("--set {text}: {why}.", "--set {text}：{why}。"),
    "bad_limit": ("--limit is a number of seconds above 0, not {text}.", "--limit 是大于 0 的秒数，而不是 {text}。"),
    "no_such_python": ("{path} is no Python that concsim can use: {why}.", "{path} 不是 concsim 可用的 Python：{why}。"),
    "no_such_directory": ("There is no folder {path} to run in.", "没有可供运行的文件夹 {path}。"),
    "cannot_record": ("The recording cannot be written to {path}: {why}.", "无法把记录写到 {path}：{why}。"),
    "disk_full": ("The recording stopped: {why}.", "记录中止：{why}。"),
    "bad_recording": ("{path} is not a recording that concsim can open: {why}.", "{path} 不是 concsim 能打开的记录：{why}。"),
    "lab_did_not_start": ("The lab did not start: {why}.", "实验进程没有启动：{why}。"),
    "lab_spoke_wrongly": ("The lab's messages are damaged: {why}. The run was ended.", "实验进程的消息已损坏：{why}。运行已结束。"),
    # no display
    "no_display": (
        "No window can be opened: {why}. Run without one by `concsim run PROGRAM`, "
        "or set QT_QPA_PLATFORM=offscreen.",
        "无法打开窗口：{why}。可以用 `concsim run PROGRAM` 不开窗口运行，或者设置 QT_QPA_PLATFORM=offscreen。",
    ),
    "why_no_display": ("there is no display here", "这里没有显示器"),
    "why_dead_display": ("the display {display} does not answer", "显示器 {display} 没有应答"),
    "why_no_library": ("a system library is missing ({library})", "缺少系统库（{library}）"),
    "why_qt_failed": ("Qt could not start on this display", "Qt 无法在此显示器上启动"),
    # what happened
    "finished": ("Finished in {seconds:.2f} s.", "{seconds:.2f} 秒后结束。"),
    "stopped": ("Stopped after {seconds:.2f} s.", "运行 {seconds:.2f} 秒后停止。"),
    "limit": ("The limit of {limit:g} s was reached; the program was ended.", "到了 {limit:g} 秒的上限，程序已被结束。"),
    "failed_error": (
        "{actor} ended with {type}: {text} (line {line}).",
        "{actor} 因 {type}: {text} 而结束（第 {line} 行）。",
    ),
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
    "aggregated": ("{count:,} events came faster than they could be sent and were only counted.", "{count:,} 个事件来得太快，只做了计数。"),
    "too_many_objects": (
        "The program made more than {count:,} locks and queues; later ones are not shown.",
        "程序创建了超过 {count:,} 个锁和队列，之后的不再显示。",
    ),
    "child_unobserved": (
        "The program started another process; what happens inside it is not shown.",
        "程序启动了另一个进程，其内部不会显示。",
    ),
    "output_cut": (
        "The program printed more than {kept} MB; the rest was passed on but not kept.",
        "程序打印超过 {kept} MB，其余的没有保存。",
    ),
    "no_threads": ("The program started no threads.", "程序没有启动任何线程。"),
    "unseen_threads": ("Threads inside libraries are not shown.", "库内部的线程不显示。"),
}  # fmt: skip
