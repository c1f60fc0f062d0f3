<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ActorWords</name>
    <message>
        <source>not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>running</source>
        <translation>执行</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>sleeping</source>
        <translation>睡眠</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>changing quickly</source>
        <translation>快速切换</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>concsim did not close properly. The recording of {name} is still there.</source>
        <translation>concsim 上次没有正常关闭。{name} 的运行记录还在。</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>Recordings (*.concsim)</source>
        <translation>记录 (*.concsim)</translation>
    </message>
    <message>
        <source>There is no recording yet: run the program first.</source>
        <translation>还没有记录：请先运行程序。</translation>
    </message>
    <message>
        <source>Save the recording</source>
        <translation>保存记录</translation>
    </message>
    <message>
        <source>The recording could not be saved: {why}.</source>
        <translation>无法保存记录：{why}。</translation>
    </message>
</context>
<context>
    <name>BankersView</name>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>What each client claims, holds and still needs, and the safe order</source>
        <translation>每个客户声明、已持有和还需的数目，以及安全序列</translation>
    </message>
    <message>
        <source>must wait</source>
        <translation>须等待</translation>
    </message>
    <message>
        <source>deadlock</source>
        <translation>死锁</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>unsafe</source>
        <translation>不安全</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>不够</translation>
    </message>
    <message>
        <source>{name} was refused {coins}: no order would have been left in which all can finish.</source>
        <translation>{name} 请求 {coins} 被拒：若借出，就找不到让所有客户都结束的顺序。</translation>
    </message>
    <message>
        <source>{name} was refused {coins}: the bank had not got it.</source>
        <translation>{name} 请求 {coins} 被拒：银行剩余不够。</translation>
    </message>
    <message>
        <source>{name} was refused {coins}.</source>
        <translation>{name} 请求 {coins} 被拒。</translation>
    </message>
    <message>
        <source>All clients have given everything back.</source>
        <translation>所有客户都已全部归还。</translation>
    </message>
    <message>
        <source>Safe order: {order}</source>
        <translation>安全序列：{order}</translation>
    </message>
    <message>
        <source>Nothing has been lent yet.</source>
        <translation>还没有借出。</translation>
    </message>
    <message>
        <source>Unsafe: there is no order in which all can finish.</source>
        <translation>不安全：没有让所有客户都结束的顺序。</translation>
    </message>
    <message>
        <source>This program watches no claim, allocation and available</source>
        <translation>这个程序没有观察 claim、allocation 和 available</translation>
    </message>
    <message>
        <source>Press Run to see what the bank lends</source>
        <translation>按“运行”查看银行怎样借出</translation>
    </message>
    <message>
        <source>claims</source>
        <translation>声明</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>已持有</translation>
    </message>
    <message>
        <source>still needs</source>
        <translation>还需</translation>
    </message>
    <message>
        <source>available</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
</context>
<context>
    <name>ChartView</name>
    <message>
        <source>Chart: {title}</source>
        <translation>图表：{title}</translation>
    </message>
    <message>
        <source>Drag to move; wheel, + or - to zoom; double click or 0 to show everything</source>
        <translation>拖动可移动；滚轮、+ 或 - 可缩放；双击或按 0 显示全部</translation>
    </message>
    <message>
        <source>A point appears here for each finished round</source>
        <translation>每结束一轮，这里出现一个点</translation>
    </message>
    <message>
        <source>Nothing of {name} was seen</source>
        <translation>没有观察到：{name}</translation>
    </message>
    <message>
        <source>Press Run to see {name}</source>
        <translation>按“运行”查看：{name}</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>time waited</source>
        <translation>等待时间</translation>
    </message>
    <message>
        <source>free places</source>
        <translation>空位</translation>
    </message>
    <message>
        <source>items</source>
        <translation>项数</translation>
    </message>
    <message>
        <source>capacity {count}</source>
        <translation>容量 {count}</translation>
    </message>
    <message>
        <source>expected so far</source>
        <translation>此刻应为</translation>
    </message>
    <message>
        <source>expected at the end</source>
        <translation>最终应为</translation>
    </message>
    <message>
        <source>actual</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>as expected</source>
        <translation>与预期一致</translation>
    </message>
    <message>
        <source>{count} too many</source>
        <translation>多出 {count}</translation>
    </message>
    <message>
        <source>lost {count}</source>
        <translation>丢失 {count}</translation>
    </message>
    <message>
        <source>{count} to go</source>
        <translation>还差 {count}</translation>
    </message>
    <message>
        <source>a round</source>
        <translation>每轮</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>{name} lost, by {parameter}</source>
        <translation>{name} 的丢失量随 {parameter} 变化</translation>
    </message>
    <message>
        <source>rounds: {count}</source>
        <translation>{count} 轮</translation>
    </message>
</context>
<context>
    <name>ChoiceBar</name>
    <message>
        <source>Every thread has ended. Go back to a step to choose another way from there.</source>
        <translation>所有线程都已结束。退回某一步，就能从那里另选一条路。</translation>
    </message>
    <message>
        <source>held</source>
        <translation>被挡住</translation>
    </message>
    <message>
        <source>not let in here (GIL); next: {what}</source>
        <translation>此处进不来（GIL）；下一步：{what}</translation>
    </message>
    <message>
        <source>{why}; choose it and its time is up</source>
        <translation>{why}；选它则时限到</translation>
    </message>
    <message>
        <source>time passes; {what}</source>
        <translation>时间流逝；{what}</translation>
    </message>
    <message>
        <source>time passes</source>
        <translation>时间流逝</translation>
    </message>
    <message>
        <source>next: {what}</source>
        <translation>下一步：{what}</translation>
    </message>
    <message>
        <source>The interpreter lets no other thread in at this place: it holds the GIL until the next call, loop or wait.</source>
        <translation>解释器在此处不让别的线程进来：GIL 要到下一次调用、循环或等待才放开。</translation>
    </message>
    <message>
        <source>Choosing it lets the virtual time pass until it wakes.</source>
        <translation>选它会让虚拟时间流逝，直到它醒来。</translation>
    </message>
    <message>
        <source>Key {digit}; Shift+{digit} by line, Alt+{digit} until a change</source>
        <translation>按键 {digit}；Shift+{digit} 按行，Alt+{digit} 直到改变</translation>
    </message>
    <message>
        <source>Who goes next</source>
        <translation>下一步轮到谁</translation>
    </message>
    <message>
        <source>A button for each thread appears here.</source>
        <translation>每个线程的按钮会出现在这里。</translation>
    </message>
</context>
<context>
    <name>CodeView</name>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
</context>
<context>
    <name>CornerMenu</name>
    <message>
        <source>{version} (concsim&apos;s own)</source>
        <translation>{version}（concsim 自带）</translation>
    </message>
    <message>
        <source>Menu ▾</source>
        <translation>菜单 ▾</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Recordings, Python, language, theme (F10)</source>
        <translation>记录、Python、语言、主题 (F10)</translation>
    </message>
    <message>
        <source>Open a recording…</source>
        <translation>打开记录…</translation>
    </message>
    <message>
        <source>Save the recording…</source>
        <translation>保存记录…</translation>
    </message>
    <message>
        <source>Python that runs the program</source>
        <translation>运行程序的 Python</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Large type for a projector</source>
        <translation>大字（投影用）</translation>
    </message>
</context>
<context>
    <name>LanesView</name>
    <message>
        <source>Lanes</source>
        <translation>泳道</translation>
    </message>
    <message>
        <source>What each thread did over time. Up and Down mark a thread; Ctrl and the wheel, + and - zoom; dragging moves; a double click or 0 shows everything.</source>
        <translation>各线程随时间做了什么。上、下键标记线程；Ctrl 加滚轮或 +、- 缩放；拖动平移；双击或按 0 显示全部。</translation>
    </message>
    <message>
        <source>Press Run to see what each thread does</source>
        <translation>按“运行”查看各线程在做什么</translation>
    </message>
    <message>
        <source>holds a lock</source>
        <translation>持有锁</translation>
    </message>
    <message>
        <source>sleep</source>
        <translation>睡眠</translation>
    </message>
    <message>
        <source>deadlock</source>
        <translation>死锁</translation>
    </message>
    <message>
        <source>deadlock?</source>
        <translation>疑似死锁</translation>
    </message>
    <message>
        <source>lost update</source>
        <translation>更新丢失</translation>
    </message>
    <message>
        <source>{state} since step {step}</source>
        <translation>从第 {step} 步起 {state}</translation>
    </message>
    <message>
        <source>{state} since {time}</source>
        <translation>{state}，始于 {time}</translation>
    </message>
    <message>
        <source>waits for {name} to finish</source>
        <translation>等待 {name} 结束</translation>
    </message>
    <message>
        <source>waits for {name}</source>
        <translation>等待 {name}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>waits for {name}, held by {owners}</source>
        <translation>等待 {name}，持有者：{owners}</translation>
    </message>
</context>
<context>
    <name>LessonView</name>
    <message>
        <source>## Your own script

Press **Run** to see its threads, locks and queues live. Upper-case constants at the top of the file become sliders.

A comment block at the top of the file can name the globals to watch and the charts to draw; CONTRIBUTING.md shows how.</source>
        <translation>## 你自己的脚本

按**运行**，实时查看它的线程、锁和队列。文件开头的大写常量会变成滑块。

文件开头的注释块可以指定要观察的全局变量和要绘制的图表，写法见 CONTRIBUTING.md。</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>讲解</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>My script</source>
        <translation>我的脚本</translation>
    </message>
    <message>
        <source>{name} – concsim</source>
        <translation>{name} – concsim</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>专题</translation>
    </message>
    <message>
        <source>Topics (Ctrl+PageUp, Ctrl+PageDown)</source>
        <translation>专题 (Ctrl+PageUp、Ctrl+PageDown)</translation>
    </message>
</context>
<context>
    <name>MemoryView</name>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>The shared variables of the process, and which threads can reach them</source>
        <translation>进程中的共享变量，以及哪些线程能访问它们</translation>
    </message>
    <message>
        <source>This program names no variables to watch</source>
        <translation>这个程序没有指定要观察的变量</translation>
    </message>
    <message>
        <source>Press Run to see what the threads share</source>
        <translation>按“运行”查看线程共享了什么</translation>
    </message>
    <message>
        <source>process: {name}</source>
        <translation>进程：{name}</translation>
    </message>
    <message>
        <source>process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>id …{end}</source>
        <translation>id …{end}</translation>
    </message>
    <message>
        <source>{type}, length {count}</source>
        <translation>{type}，长度 {count}</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{name} can reach {things}</source>
        <translation>{name} 能访问 {things}</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close this notice (Ctrl+W)</source>
        <translation>关闭此提示 (Ctrl+W)</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>关闭此提示</translation>
    </message>
</context>
<context>
    <name>OutputText</name>
    <message>
        <source>to the error stream</source>
        <translation>输出到错误流</translation>
    </message>
</context>
<context>
    <name>OutputView</name>
    <message>
        <source>… {count} characters are not shown …</source>
        <translation>… 有 {count} 个字符未显示 …</translation>
    </message>
    <message>
        <source>The program asks:</source>
        <translation>程序请求输入：</translation>
    </message>
    <message>
        <source>type a line and press Enter</source>
        <translation>输入一行，按 Enter 键发送</translation>
    </message>
    <message>
        <source>Input for the program</source>
        <translation>程序的输入</translation>
    </message>
    <message>
        <source>End of input</source>
        <translation>结束输入</translation>
    </message>
    <message>
        <source>What the program reads from its input</source>
        <translation>程序从输入中读取的内容</translation>
    </message>
    <message>
        <source>Tell the program that no more input will come</source>
        <translation>告诉程序不会再有输入</translation>
    </message>
    <message>
        <source>What the program prints appears here.</source>
        <translation>程序打印的内容显示在这里。</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
</context>
<context>
    <name>ParameterControl</name>
    <message>
        <source>{name}: a constant of the program</source>
        <translation>{name}：程序中的常量</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>▶ Run</source>
        <translation>▶ 运行</translation>
    </message>
    <message>
        <source>Run the program for real and watch it</source>
        <translation>真实运行程序并观察</translation>
    </message>
    <message>
        <source>▶ Replay</source>
        <translation>▶ 重放</translation>
    </message>
    <message>
        <source>Take the steps of the schedule</source>
        <translation>按这份调度逐步执行</translation>
    </message>
    <message>
        <source>↻ Restart</source>
        <translation>↻ 重来</translation>
    </message>
    <message>
        <source>Begin again from the first choice</source>
        <translation>从第一次选择重新开始</translation>
    </message>
    <message>
        <source>▶ Start</source>
        <translation>▶ 开始</translation>
    </message>
    <message>
        <source>Start the program and stop where there is a choice who goes next</source>
        <translation>启动程序，停在需要选择下一步轮到谁的地方</translation>
    </message>
    <message>
        <source>■ Stop</source>
        <translation>■ 停止</translation>
    </message>
    <message>
        <source>End the run and everything it started</source>
        <translation>结束运行及其启动的一切</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Run one round for each value of the swept slider</source>
        <translation>对扫描的滑块逐个取值，每个值运行一轮</translation>
    </message>
    <message>
        <source>again and again</source>
        <translation>反复运行</translation>
    </message>
    <message>
        <source>Start the next round when one ends (F7)</source>
        <translation>一轮结束后开始下一轮 (F7)</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Real threads, watched while they run (F2)</source>
        <translation>真实的线程，边运行边观察（F2）</translation>
    </message>
    <message>
        <source>You decide which thread goes next, step by step, forwards and back (F2)</source>
        <translation>由你决定下一步轮到哪个线程，一步一步，可进可退（F2）</translation>
    </message>
    <message>
        <source>The programs of this topic run live only: stepping controls threads, locks, conditions and queues</source>
        <translation>这个主题的程序只能实时运行：单步执行能控制的是线程、锁、条件变量和队列</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Press Start, then choose who goes next</source>
        <translation>按“开始”，然后选择下一步轮到谁</translation>
    </message>
</context>
<context>
    <name>ScenarioPage</name>
    <message>
        <source>Scenarios</source>
        <translation>情景</translation>
    </message>
</context>
<context>
    <name>Schedules</name>
    <message>
        <source>Save the schedule</source>
        <translation>保存调度</translation>
    </message>
    <message>
        <source>Open a schedule</source>
        <translation>打开调度</translation>
    </message>
    <message>
        <source>Schedules (*.json)</source>
        <translation>调度 (*.json)</translation>
    </message>
</context>
<context>
    <name>ScriptPage</name>
    <message>
        <source>The arguments cannot be read: {why}.</source>
        <translation>无法解析参数：{why}。</translation>
    </message>
    <message>
        <source>There is no folder {path} to run in.</source>
        <translation>没有可供运行的文件夹 {path}。</translation>
    </message>
    <message>
        <source>Open a Python script</source>
        <translation>打开 Python 脚本</translation>
    </message>
    <message>
        <source>Python files (*.py);;All files (*)</source>
        <translation>Python 文件 (*.py);;所有文件 (*)</translation>
    </message>
    <message>
        <source>{name} was changed on disk and read again.</source>
        <translation>{name} 在磁盘上有改动，已重新读取。</translation>
    </message>
    <message>
        <source>Open a script…</source>
        <translation>打开脚本…</translation>
    </message>
    <message>
        <source>Opening a file never runs it</source>
        <translation>打开文件不会运行它</translation>
    </message>
    <message>
        <source>or drop a .py file anywhere on the window</source>
        <translation>或将 .py 文件拖到窗口任意处</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Recent scripts</source>
        <translation>最近的脚本</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>命令行参数</translation>
    </message>
    <message>
        <source>Working folder</source>
        <translation>工作文件夹</translation>
    </message>
    <message>
        <source>Or a module (-m)</source>
        <translation>或模块 (-m)</translation>
    </message>
    <message>
        <source>What the program finds in sys.argv</source>
        <translation>程序在 sys.argv 中得到的内容</translation>
    </message>
    <message>
        <source>The folder that the program runs in</source>
        <translation>程序运行时所在的文件夹</translation>
    </message>
    <message>
        <source>Open a module by its name, as python -m does (Enter)</source>
        <translation>按名称打开模块，与 python -m 相同（Enter）</translation>
    </message>
</context>
<context>
    <name>SentenceBar</name>
    <message>
        <source>Choose a program.</source>
        <translation>请选择一个程序。</translation>
    </message>
    <message>
        <source>Press Run to see it live.</source>
        <translation>按“运行”，实时观察。</translation>
    </message>
    <message>
        <source>Press Run.</source>
        <translation>按“运行”开始。</translation>
    </message>
    <message>
        <source>Round {n}. {text}</source>
        <translation>第 {n} 轮：{text}</translation>
    </message>
    <message>
        <source>The program waits for a line of input.</source>
        <translation>程序在等待一行输入。</translation>
    </message>
    <message>
        <source>Threads alive: {n}, waiting: {m}.</source>
        <translation>{n} 个线程存活，其中 {m} 个等待。</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>The recording cannot be read: {why}.</source>
        <translation>无法读取记录：{why}。</translation>
    </message>
    <message>
        <source>Open a Python script, or drop one here, to run it and watch its threads.</source>
        <translation>打开一个 Python 脚本，或把它拖到这里，然后运行并观察它的线程。</translation>
    </message>
</context>
<context>
    <name>Starter</name>
    <message>
        <source>{name} has changed or is gone since it was opened. Open it again to run it.</source>
        <translation>{name} 打开之后被改动或删除了。请重新打开再运行。</translation>
    </message>
    <message>
        <source>The run cannot be recorded: {why}.</source>
        <translation>无法记录这次运行：{why}。</translation>
    </message>
</context>
<context>
    <name>StepControls</name>
    <message>
        <source>❚❚ Pause</source>
        <translation>❚❚ 暂停</translation>
    </message>
    <message>
        <source>▶ Slowly</source>
        <translation>▶ 慢放</translation>
    </message>
    <message>
        <source>Run on in slow motion: what was recorded, then each thread in turn</source>
        <translation>慢动作继续：先放已记录的步骤，然后各线程轮流</translation>
    </message>
    <message>
        <source>⚄ At random</source>
        <translation>⚄ 随机</translation>
    </message>
    <message>
        <source>Run on in slow motion, in random order</source>
        <translation>慢动作继续，顺序随机</translation>
    </message>
    <message>
        <source>Interpreter</source>
        <translation>解释器</translation>
    </message>
    <message>
        <source>With the GIL another thread gets in only where CPython lets go: at a call, at the end of a loop&apos;s body, or while it waits.</source>
        <translation>有 GIL 时，别的线程只能在 CPython 放手的地方进来：调用时、循环体末尾，或等待时。</translation>
    </message>
    <message>
        <source>Without the GIL (free-threaded Python) another thread gets in before every access to something shared.</source>
        <translation>没有 GIL 时（自由线程 Python），别的线程在每次访问共享对象之前都能进来。</translation>
    </message>
    <message>
        <source>with the GIL</source>
        <translation>有 GIL</translation>
    </message>
    <message>
        <source>free-threaded</source>
        <translation>自由线程</translation>
    </message>
    <message>
        <source>Interpreter model</source>
        <translation>解释器模型</translation>
    </message>
    <message>
        <source>Step by</source>
        <translation>每次走</translation>
    </message>
    <message>
        <source>operation</source>
        <translation>一个操作</translation>
    </message>
    <message>
        <source>A choice takes one operation that another thread could notice (F8)</source>
        <translation>每次选择走一个别的线程能察觉的操作（F8）</translation>
    </message>
    <message>
        <source>line</source>
        <translation>一行</translation>
    </message>
    <message>
        <source>A choice goes on until the thread comes to another line (F8; or Shift and the digit)</source>
        <translation>每次选择一直走到该线程换行（F8；或 Shift 加数字）</translation>
    </message>
    <message>
        <source>change</source>
        <translation>到改变前</translation>
    </message>
    <message>
        <source>A choice goes on until the thread is about to change something (F8; or Alt and the digit)</source>
        <translation>每次选择一直走到该线程要改变什么之前（F8；或 Alt 加数字）</translation>
    </message>
    <message>
        <source>Speed of slow motion</source>
        <translation>慢放速度</translation>
    </message>
    <message>
        <source>Speed of slow motion: slower at the left, faster at the right</source>
        <translation>慢放速度：左慢右快</translation>
    </message>
    <message>
        <source>Schedule ▾</source>
        <translation>调度 ▾</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>Save, open or copy which thread took each step (F3)</source>
        <translation>保存、打开或复制每一步由哪个线程走（F3）</translation>
    </message>
    <message>
        <source>Save the schedule…</source>
        <translation>保存调度…</translation>
    </message>
    <message>
        <source>Open a schedule…</source>
        <translation>打开调度…</translation>
    </message>
    <message>
        <source>Copy as a command line</source>
        <translation>复制为命令行</translation>
    </message>
</context>
<context>
    <name>StepSentence</name>
    <message>
        <source>Choose a program.</source>
        <translation>请选择一个程序。</translation>
    </message>
    <message>
        <source>Taking the steps up to here again: {percent} %.</source>
        <translation>正在重新走到这一步：{percent} %。</translation>
    </message>
    <message>
        <source>The program starts…</source>
        <translation>程序正在启动…</translation>
    </message>
    <message>
        <source>A schedule of {count} steps. Nothing has run yet: press Replay to take them.</source>
        <translation>一份 {count} 步的调度。尚未运行任何东西：按“重放”来执行。</translation>
    </message>
    <message>
        <source>Press Start: the program stops where there is a choice who goes next.</source>
        <translation>按“开始”：程序会停在需要选择下一步轮到谁的地方。</translation>
    </message>
    <message>
        <source>The program waits for a line of input.</source>
        <translation>程序在等待一行输入。</translation>
    </message>
    <message>
        <source>Choose who goes next: press a thread&apos;s button or its digit.</source>
        <translation>选择下一步轮到谁：点线程的按钮，或按它的数字键。</translation>
    </message>
    <message>
        <source>Before the first step.</source>
        <translation>第一步之前。</translation>
    </message>
    <message>
        <source>Stopped; choosing from any step goes on from there.</source>
        <translation>已停止；在任何一步选择都会从那里继续。</translation>
    </message>
</context>
<context>
    <name>StepVariablesModel</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>held by {names}</source>
        <translation>由 {names} 持有</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>awaited by {names}</source>
        <translation>{names} 在等</translation>
    </message>
    <message>
        <source>Go to step {step}</source>
        <translation>到第 {step} 步</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Read · step</source>
        <translation>读取者 · 步</translation>
    </message>
    <message>
        <source>Wrote · step</source>
        <translation>写入者 · 步</translation>
    </message>
</context>
<context>
    <name>StepVariablesView</name>
    <message>
        <source>Variables</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Variables that threads share appear here when they are first touched.</source>
        <translation>线程共享的变量第一次被碰到时会出现在这里。</translation>
    </message>
</context>
<context>
    <name>StepsView</name>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Each step appears here as a sentence; press one to go there.</source>
        <translation>每一步会以一句话出现在这里；点一句就到那一步。</translation>
    </message>
</context>
<context>
    <name>TableView</name>
    <message>
        <source>Table</source>
        <translation>圆桌</translation>
    </message>
    <message>
        <source>The threads round a table, and who holds or wants which lock</source>
        <translation>围坐一桌的线程，以及谁持有、谁在等哪把锁</translation>
    </message>
    <message>
        <source>There is no lock to lie on the table.</source>
        <translation>桌上没有锁。</translation>
    </message>
    <message>
        <source>Press Run to see who holds which lock</source>
        <translation>按“运行”查看谁持有哪把锁</translation>
    </message>
    <message>
        <source>deadlock</source>
        <translation>死锁</translation>
    </message>
    <message>
        <source>looks like a deadlock</source>
        <translation>疑似死锁</translation>
    </message>
    <message>
        <source>waiting in a circle</source>
        <translation>循环等待</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>held by</source>
        <translation>持有者</translation>
    </message>
    <message>
        <source>waits for</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{name}, held by {owner}</source>
        <translation>{name}，持有者 {owner}</translation>
    </message>
    <message>
        <source>{name}, free</source>
        <translation>{name}，空闲</translation>
    </message>
    <message>
        <source>holds {things}</source>
        <translation>持有 {things}</translation>
    </message>
    <message>
        <source>waits for {thing}</source>
        <translation>等待 {thing}</translation>
    </message>
</context>
<context>
    <name>TextTabs</name>
    <message>
        <source>Lesson</source>
        <translation>讲解</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Lesson, output and variables</source>
        <translation>讲解、输出和变量</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>● now</source>
        <translation>● 此刻</translation>
    </message>
    <message>
        <source>To the beginning</source>
        <translation>回到开头</translation>
    </message>
    <message>
        <source>step {step} of {count}</source>
        <translation>第 {step} 步 / 共 {count} 步</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>退一步</translation>
    </message>
    <message>
        <source>Left or Backspace</source>
        <translation>← 或 Backspace</translation>
    </message>
    <message>
        <source>One step forward; at the newest, if only one thread can go on, it does</source>
        <translation>进一步；在最新一步，若只有一个线程能走，就由它走</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>→</translation>
    </message>
    <message>
        <source>To the newest step</source>
        <translation>到最新一步</translation>
    </message>
    <message>
        <source>A little back</source>
        <translation>后退一点</translation>
    </message>
    <message>
        <source>A little forward</source>
        <translation>前进一点</translation>
    </message>
    <message>
        <source>To the newest moment</source>
        <translation>跳到最新时刻</translation>
    </message>
    <message>
        <source>Drag to rewind the recording</source>
        <translation>拖动以回看记录</translation>
    </message>
    <message>
        <source>Drag to go to any step</source>
        <translation>拖动可到任意一步</translation>
    </message>
    <message>
        <source>Moment shown</source>
        <translation>显示的时刻</translation>
    </message>
    <message>
        <source>Step shown</source>
        <translation>显示的步骤</translation>
    </message>
</context>
<context>
    <name>Topics</name>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Races &amp; locks</source>
        <translation>竞态与锁</translation>
    </message>
    <message>
        <source>Deadlock</source>
        <translation>死锁</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>条件变量</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Pools</source>
        <translation>池</translation>
    </message>
    <message>
        <source>Iterators</source>
        <translation>迭代器</translation>
    </message>
    <message>
        <source>Coroutines</source>
        <translation>协程</translation>
    </message>
</context>
<context>
    <name>VariablesView</name>
    <message>
        <source>Variable</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Expected at the end</source>
        <translation>最终应为</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>变量</translation>
    </message>
</context>
<context>
    <name>WaitGraphView</name>
    <message>
        <source>Wait-for graph</source>
        <translation>等待图</translation>
    </message>
    <message>
        <source>Which thread waits for which lock, and which thread holds it</source>
        <translation>哪个线程在等哪个锁，锁由哪个线程持有</translation>
    </message>
    <message>
        <source>deadlock</source>
        <translation>死锁</translation>
    </message>
    <message>
        <source>looks like a deadlock</source>
        <translation>疑似死锁</translation>
    </message>
    <message>
        <source>waiting in a circle</source>
        <translation>循环等待</translation>
    </message>
    <message>
        <source>×{count} threads</source>
        <translation>×{count} 个线程</translation>
    </message>
    <message>
        <source>lock</source>
        <translation>锁</translation>
    </message>
    <message>
        <source>reentrant lock</source>
        <translation>可重入锁</translation>
    </message>
    <message>
        <source>semaphore</source>
        <translation>信号量</translation>
    </message>
    <message>
        <source>condition</source>
        <translation>条件变量</translation>
    </message>
    <message>
        <source>event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>barrier</source>
        <translation>屏障</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>pool</source>
        <translation>池</translation>
    </message>
    <message>
        <source>future</source>
        <translation>future</translation>
    </message>
    <message>
        <source>held by</source>
        <translation>持有者</translation>
    </message>
    <message>
        <source>waits for</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation>第 {line} 行</translation>
    </message>
    <message>
        <source>waits for, {line}</source>
        <translation>等待，{line}</translation>
    </message>
    <message>
        <source>Nobody waits for anybody.</source>
        <translation>没有谁在等待。</translation>
    </message>
    <message>
        <source>Press Run to see who waits for whom</source>
        <translation>按“运行”查看谁在等谁</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{name}, holds {things}</source>
        <translation>{name}，持有 {things}</translation>
    </message>
    <message>
        <source>{name}: {count} waiting</source>
        <translation>{name}：{count} 个在等待</translation>
    </message>
</context>
</TS>
