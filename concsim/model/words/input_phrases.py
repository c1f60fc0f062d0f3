"""What is said of what cannot be read, shown or written."""

from __future__ import annotations

INPUT: dict[str, tuple[str, str]] = {
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
    "bad_kept_setting": ("The schedule has {text}: {why}.", "调度中的 {text}：{why}。"),
    "bad_limit": ("--limit is a number of seconds above 0, not {text}.", "--limit 是大于 0 的秒数，而不是 {text}。"),
    "bad_count": ("--limit is a whole number above 0, not {text}.", "--limit 是大于 0 的整数，而不是 {text}。"),
    "no_such_python": ("{path} is no Python that concsim can use: {why}.", "{path} 不是 concsim 可用的 Python：{why}。"),
    "no_such_directory": ("There is no folder {path} to run in.", "没有可供运行的文件夹 {path}。"),
    "no_working_directory": ("The folder that concsim was started in is gone.", "启动 concsim 的文件夹已不存在。"),
    "system_refuses": ("The system refuses what concsim needs: {why}.", "系统拒绝了 concsim 所需的操作：{why}。"),
    "cannot_record": ("The recording cannot be written to {path}: {why}.", "无法把记录写到 {path}：{why}。"),
    "disk_full": ("The recording stopped: {why}.", "记录中止：{why}。"),
    "bad_recording": ("{path} is not a recording that concsim can open: {why}.", "{path} 不是 concsim 能打开的记录：{why}。"),
    "lab_did_not_start": ("The lab did not start: {why}.", "实验进程没有启动：{why}。"),
    "lab_spoke_wrongly": ("The lab's messages are damaged: {why}. The run was ended.", "实验进程的消息已损坏：{why}。运行已结束。"),
    "left_alone": (
        "The process that watches over the run was killed from outside; the run was ended with it.",
        "看管这次运行的进程从外部被杀死；运行随之结束。",
    ),
    "left_running": (
        "The program has ended; {count} {count:process that it has left goes|processes that it has left go} on: {names}. Ctrl-C ends the run.",
        "程序已结束；它留下的 {count} 个进程仍在运行：{names}。按 Ctrl-C 结束这次运行。",
    ),
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
    # files that cannot be written
    "cannot_save": ("{path} cannot be written: {why}.", "无法写入 {path}：{why}。"),
    "target_no_file": ("{path} is there and is no plain file; it is left as it is.", "{path} 已经存在，而且不是普通文件；保持原样。"),
    "target_in_use": (
        "{path} is the program itself, or is being read; it is not written over.", "{path} 就是程序本身，或者正在被读取；不会覆盖它。"
    ),
    "target_beside": (
        "{beside} is what somebody has left of another {path}, and would be taken for a part of the new one; move it away first.",
        "{beside} 是另一个 {path} 留下的，会被当成新文件的一部分；请先把它移走。",
    ),
    "target_exists": (
        "{path} exists and is no {kind} of concsim's; choose another name, or say --force.",
        "{path} 已经存在，而且不是 concsim 的 {kind}；请换一个名字，或者加上 --force。",
    ),
    "picture_exists": ("{path} exists; name another folder, or say --force.", "{path} 已经存在；请换一个文件夹，或者加上 --force。"),
    "target_twice": ("The recording and the schedule cannot both be {path}.", "记录和调度不能都写到 {path}。"),
    "kind_recording": ("recording", "记录"),
    "kind_schedule": ("schedule", "调度"),
    "not_whole": (
        "{path} was left as it was: the new recording is not whole, and is kept at {kept}.",
        "{path} 保持原样：新的记录不完整，保存在 {kept}。",
    ),
    "not_placed": ("{path} could not be written: {why}. The recording is kept at {kept}.", "无法写入 {path}：{why}。记录保存在 {kept}。"),
}
