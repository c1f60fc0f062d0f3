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
    <message>
        <source>blocked</source>
        <translation>被阻塞</translation>
    </message>
</context>
<context>
    <name>BankWords</name>
    <message>
        <source>deadlock</source>
        <translation>死锁</translation>
    </message>
    <message>
        <source>available</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>另有 {count} 项</translation>
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
        <source>must wait</source>
        <translation>须等待</translation>
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
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>This program watches no claim, allocation and available</source>
        <translation>这个程序没有观察 claim、allocation 和 available</translation>
    </message>
    <message>
        <source>Press Run to see what the bank lends</source>
        <translation>按“运行”查看银行怎样借出</translation>
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
        <source>of {count}</source>
        <translation>共 {count}</translation>
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
        <source>The program has ended. Go back to any line.</source>
        <translation>程序已结束。可以退回任意一行。</translation>
    </message>
    <message>
        <source>Whose turn it is appears here, at each line of the recording.</source>
        <translation>这里显示录制的每一行轮到谁。</translation>
    </message>
    <message>
        <source>Every thread has ended. Go back to a step to choose another way from there.</source>
        <translation>所有线程都已结束。退回某一步，就能从那里另选一条路。</translation>
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
    <name>ChoiceWords</name>
    <message>
        <source>held</source>
        <translation>被挡住</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>挂起</translation>
    </message>
    <message>
        <source>not let in here (GIL); next: {what}</source>
        <translation>此处进不来（GIL）；下一步：{what}</translation>
    </message>
    <message>
        <source>not let in here (GIL)</source>
        <translation>此处进不来（GIL）</translation>
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
        <source>Key {digit}: on by a line; Alt+{digit}: until somebody else has the thread</source>
        <translation>{digit} 键：前进一行；Alt+{digit}：直到线程换手</translation>
    </message>
    <message>
        <source>Key {digit}; Shift+{digit} by line, Alt+{digit} until a change</source>
        <translation>按键 {digit}；Shift+{digit} 按行，Alt+{digit} 直到改变</translation>
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
    <name>CoresView</name>
    <message>
        <source>Cores</source>
        <translation>CPU 核</translation>
    </message>
    <message>
        <source>Which process or thread was on which core over time. Up and Down mark one; Ctrl and the wheel, + and - zoom; dragging moves; a double click or 0 shows everything.</source>
        <translation>每个核在什么时候由哪个进程或线程占用。上、下键标记一个；Ctrl 加滚轮或 +、- 缩放；拖动平移；双击或按 0 显示全部。</translation>
    </message>
    <message>
        <source>core {number}</source>
        <translation>核 {number}</translation>
    </message>
    <message>
        <source>Press Run to see who is on which core</source>
        <translation>按“运行”查看谁在哪个核上</translation>
    </message>
    <message>
        <source>Waiting for the operating system&apos;s first statistics</source>
        <translation>正在等操作系统的第一批统计</translation>
    </message>
    <message>
        <source>The operating system said nothing of the cores.</source>
        <translation>操作系统没有给出核的情况。</translation>
    </message>
    <message>
        <source>+{count} more</source>
        <translation>另有 {count} 个</translation>
    </message>
    <message>
        <source>by turns</source>
        <translation>轮流</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{names} by turns</source>
        <translation>{names} 轮流</translation>
    </message>
    <message>
        <source>from {began} to {ended}</source>
        <translation>从 {began} 到 {ended}</translation>
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
        <source>Processes a run may have</source>
        <translation>一次运行最多的进程数</translation>
    </message>
    <message>
        <source>A program that asks for more is refused, as the system would refuse it</source>
        <translation>要得更多的程序会被拒绝，就像系统会拒绝它一样</translation>
    </message>
    <message>
        <source>Size of a recording</source>
        <translation>记录的大小</translation>
    </message>
    <message>
        <source>Of a longer run only some moments of what is older are kept</source>
        <translation>运行更久时，较早的部分只保留若干时刻</translation>
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
    <name>CostsView</name>
    <message>
        <source>Costs</source>
        <translation>开销</translation>
    </message>
    <message>
        <source>How long it takes to make and to switch to each kind, and how much memory it takes. Up and Down scroll.</source>
        <translation>创建和切换每一种要多久，占多少内存。上、下键滚动。</translation>
    </message>
    <message>
        <source>process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>thread</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>greenlet</source>
        <translation>greenlet</translation>
    </message>
    <message>
        <source>generator</source>
        <translation>生成器</translation>
    </message>
    <message>
        <source>To make one and end it</source>
        <translation>创建并结束一个</translation>
    </message>
    <message>
        <source>To switch to one</source>
        <translation>切换到一个</translation>
    </message>
    <message>
        <source>Memory that one takes</source>
        <translation>一个占的内存</translation>
    </message>
    <message>
        <source>median of {count}</source>
        <translation>{count} 次的中位数</translation>
    </message>
    <message>
        <source>not told by this system</source>
        <translation>这个系统不说</translation>
    </message>
    <message>
        <source>too little to measure</source>
        <translation>小得量不出</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>还没有量</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>没有安装</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>没有量</translation>
    </message>
    <message>
        <source>From line to line: ×10</source>
        <translation>相邻两线：×10</translation>
    </message>
    <message>
        <source>Whisker: lowest to highest</source>
        <translation>须线：最低到最高</translation>
    </message>
    <message>
        <source>Nothing was measured in this run</source>
        <translation>这次运行没有量到什么</translation>
    </message>
    <message>
        <source>Measuring …</source>
        <translation>正在测量……</translation>
    </message>
    <message>
        <source>Press Run to measure what each costs</source>
        <translation>按“运行”测量各种开销</translation>
    </message>
    <message>
        <source>median {median}, lowest {low}, highest {high}, of {count} measurements</source>
        <translation>中位数 {median}，最低 {low}，最高 {high}，共量 {count} 次</translation>
    </message>
    <message>
        <source>the cheapest here</source>
        <translation>这里最便宜的</translation>
    </message>
    <message>
        <source>{times} the cheapest</source>
        <translation>最便宜的 {times}</translation>
    </message>
</context>
<context>
    <name>CutOffDialog</name>
    <message>
        <source>Recordings that were cut off</source>
        <translation>中断的记录</translation>
    </message>
    <message>
        <source>These runs were recorded when concsim was ended. Open one to look at it or to save it.</source>
        <translation>concsim 被终止时，这些运行正在记录。打开一个可以查看或保存。</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始于</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Kept until</source>
        <translation>保留到</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Press twice: what is deleted does not come back</source>
        <translation>请按两次：删除后无法恢复</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>彻底删除</translation>
    </message>
</context>
<context>
    <name>CutOffRecordings</name>
    <message>
        <source>Show…</source>
        <translation>显示…</translation>
    </message>
    <message>
        <source>concsim did not close properly. The recording of {name} is still there, and is kept until {until}.</source>
        <translation>concsim 没有正常关闭。{name} 的记录还在，保留到 {until}。</translation>
    </message>
    <message>
        <source>concsim did not close properly. {count} recordings are still there; the oldest is kept until {until}.</source>
        <translation>concsim 没有正常关闭。还有 {count} 个记录；最早的保留到 {until}。</translation>
    </message>
</context>
<context>
    <name>FactoryTable</name>
    <message>
        <source>lines</source>
        <translation>生产线</translation>
    </message>
    <message>
        <source>workers</source>
        <translation>工人</translation>
    </message>
    <message>
        <source>use waiting</source>
        <translation>利用等待</translation>
    </message>
    <message>
        <source>rounds</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>per second</source>
        <translation>每秒</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最好</translation>
    </message>
</context>
<context>
    <name>FactoryView</name>
    <message>
        <source>Factory</source>
        <translation>工厂</translation>
    </message>
    <message>
        <source>The lines of the factory, their workers, and how many phones they have made. Up and Down mark a line.</source>
        <translation>工厂的生产线、工人和已经造好的手机数。上、下键标记一条线。</translation>
    </message>
    <message>
        <source>The lines are being set up …</source>
        <translation>正在布置生产线……</translation>
    </message>
    <message>
        <source>Press Run to start the factory</source>
        <translation>按“运行”开动工厂</translation>
    </message>
    <message>
        <source>one phone</source>
        <translation>一部手机</translation>
    </message>
    <message>
        <source>{count} phones</source>
        <translation>{count} 部手机</translation>
    </message>
    <message>
        <source>phones made</source>
        <translation>已造手机</translation>
    </message>
    <message>
        <source>phones a second</source>
        <translation>每秒手机数</translation>
    </message>
    <message>
        <source>Settings tried: {count}</source>
        <translation>试过的设置：{count}</translation>
    </message>
</context>
<context>
    <name>FactoryWords</name>
    <message>
        <source>computing</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>{count} {state}</source>
        <translation>{state} {count}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{count} in hand</source>
        <translation>手里 {count} 部</translation>
    </message>
    <message>
        <source>{name} of {line}: {state}</source>
        <translation>{line} 的 {name}：{state}</translation>
    </message>
    <message>
        <source>a worker of {line} with one phone in hand: {states}</source>
        <translation>{line} 的一个工人，手里 1 部手机：{states}</translation>
    </message>
    <message>
        <source>a worker of {line} with {count} phones in hand: {states}</source>
        <translation>{line} 的一个工人，手里 {count} 部手机：{states}</translation>
    </message>
    <message>
        <source>one phone made</source>
        <translation>已造 1 部手机</translation>
    </message>
    <message>
        <source>{count} phones made</source>
        <translation>已造 {count} 部手机</translation>
    </message>
</context>
<context>
    <name>FaultButtons</name>
    <message>
        <source>There is no process to kill yet.</source>
        <translation>还没有可以杀死的进程。</translation>
    </message>
    <message>
        <source>✕ Kill a process</source>
        <translation>✕ 杀死一个进程</translation>
    </message>
    <message>
        <source>End the marked process, or one that is at work, with SIGKILL</source>
        <translation>用 SIGKILL 结束标记的进程，或者一个正在干活的进程</translation>
    </message>
    <message>
        <source>Fill the queue</source>
        <translation>填满队列</translation>
    </message>
    <message>
        <source>Put fillers into the program&apos;s queue until it is full</source>
        <translation>往程序的队列里塞填充项，直到它满</translation>
    </message>
    <message>
        <source>Block the hub</source>
        <translation>阻塞 hub</translation>
    </message>
    <message>
        <source>Let the hub&apos;s thread sleep for a second, as a call that does not give way would</source>
        <translation>让 hub 的线程睡一秒，就像一个不让步的调用那样</translation>
    </message>
</context>
<context>
    <name>FileOpening</name>
    <message>
        <source>Open a recording</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>Recordings (*.concsim)</source>
        <translation>记录 (*.concsim)</translation>
    </message>
</context>
<context>
    <name>FlowView</name>
    <message>
        <source>Flow</source>
        <translation>流动</translation>
    </message>
    <message>
        <source>The queues and pipes, what is in them and who waits for them. Up and Down mark a queue.</source>
        <translation>队列和管道，里面有什么，谁在等。上、下键标记一个队列。</translation>
    </message>
    <message>
        <source>This program has made no queue or pipe so far.</source>
        <translation>这个程序到现在还没有建立队列或管道。</translation>
    </message>
    <message>
        <source>Press Run to see what goes through the queues</source>
        <translation>按“运行”查看队列里流过什么</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>simple queue</source>
        <translation>简单队列</translation>
    </message>
    <message>
        <source>joinable queue</source>
        <translation>可汇合的队列</translation>
    </message>
    <message>
        <source>manager&apos;s queue</source>
        <translation>管理进程的队列</translation>
    </message>
    <message>
        <source>pipe</source>
        <translation>管道</translation>
    </message>
    <message>
        <source>{depth} of {capacity}</source>
        <translation>{depth} / {capacity}</translation>
    </message>
    <message>
        <source>{depth}, full</source>
        <translation>{depth}，已满</translation>
    </message>
    <message>
        <source>{depth} inside</source>
        <translation>里面有 {depth} 个</translation>
    </message>
    <message>
        <source>{count} put in</source>
        <translation>放入 {count} 个</translation>
    </message>
    <message>
        <source>{count} taken out</source>
        <translation>取出 {count} 个</translation>
    </message>
    <message>
        <source>waits for room: {names}</source>
        <translation>等空位：{names}</translation>
    </message>
    <message>
        <source>waits for an item: {names}</source>
        <translation>等数据：{names}</translation>
    </message>
    <message>
        <source>waits: {names}</source>
        <translation>在等：{names}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 和另外 {count} 个</translation>
    </message>
</context>
<context>
    <name>FrameCards</name>
    <message>
        <source>no local variables</source>
        <translation>没有局部变量</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
</context>
<context>
    <name>FramesView</name>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Where each function kept between its turns is suspended, and its local variables. Up and Down mark one.</source>
        <translation>每个在两次之间保留下来的函数挂起在哪里，以及它的局部变量。上、下键标记一个。</translation>
    </message>
    <message>
        <source>Frames of generators appear here when they are first suspended</source>
        <translation>生成器第一次挂起时，它的帧出现在这里</translation>
    </message>
    <message>
        <source>finished, returned {value}</source>
        <translation>已结束，返回 {value}</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>between two calls</source>
        <translation>在两次调用之间</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>runs line {line}</source>
        <translation>运行第 {line} 行</translation>
    </message>
    <message>
        <source>suspended at line {line}</source>
        <translation>挂起在第 {line} 行</translation>
    </message>
    <message>
        <source>as last recorded: {doing}</source>
        <translation>最后一次记录：{doing}</translation>
    </message>
    <message>
        <source>next: line {line}</source>
        <translation>下一步：第 {line} 行</translation>
    </message>
    <message>
        <source>waits at line {line}</source>
        <translation>在第 {line} 行等待</translation>
    </message>
    <message>
        <source>sleeps at line {line}</source>
        <translation>在第 {line} 行睡眠</translation>
    </message>
    <message>
        <source>waits at line {line} for {name}</source>
        <translation>在第 {line} 行等 {name}</translation>
    </message>
    <message>
        <source>at line {line}</source>
        <translation>在第 {line} 行</translation>
    </message>
</context>
<context>
    <name>GraphWords</name>
    <message>
        <source>×{count} threads</source>
        <translation>×{count} 个线程</translation>
    </message>
    <message>
        <source>variable</source>
        <translation>变量</translation>
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
        <source>line {line}</source>
        <translation>第 {line} 行</translation>
    </message>
    <message>
        <source>waits for, {line}</source>
        <translation>等待，{line}</translation>
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
<context>
    <name>HubRowWords</name>
    <message>
        <source>until {time}</source>
        <translation>到 {time}</translation>
    </message>
    <message>
        <source>keeps the thread at line {line}</source>
        <translation>在第 {line} 行占着线程</translation>
    </message>
    <message>
        <source>{time} late</source>
        <translation>晚了 {time}</translation>
    </message>
    <message>
        <source>was to wake at {time}</source>
        <translation>本该在 {time} 醒来</translation>
    </message>
    <message>
        <source>sleeps until {time}</source>
        <translation>睡到 {time}</translation>
    </message>
    <message>
        <source>waits until {time} at the latest</source>
        <translation>最迟等到 {time}</translation>
    </message>
    <message>
        <source>asleep for {time}</source>
        <translation>睡眠 {time}</translation>
    </message>
    <message>
        <source>finished, returned {value}</source>
        <translation>已结束，返回 {value}</translation>
    </message>
    <message>
        <source>awaits at line {line}</source>
        <translation>在第 {line} 行 await</translation>
    </message>
    <message>
        <source>waits at line {line}</source>
        <translation>在第 {line} 行等待</translation>
    </message>
    <message>
        <source>next: line {line}</source>
        <translation>下一步：第 {line} 行</translation>
    </message>
    <message>
        <source>runs line {line}</source>
        <translation>运行第 {line} 行</translation>
    </message>
    <message>
        <source>ready: its turn comes</source>
        <translation>就绪：快轮到它了</translation>
    </message>
</context>
<context>
    <name>HubView</name>
    <message>
        <source>Hub</source>
        <translation>hub</translation>
    </message>
    <message>
        <source>What the hub or event loop does, and the queue of greenlets or tasks it serves. Up and Down mark one.</source>
        <translation>hub 或事件循环在做什么，以及它照管的 greenlet 或任务的队列。上、下键标记一个。</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>There is no hub and no event loop yet.</source>
        <translation>还没有 hub，也没有事件循环。</translation>
    </message>
    <message>
        <source>Press Run to see what the hub does</source>
        <translation>按“运行”查看 hub 在做什么</translation>
    </message>
</context>
<context>
    <name>HubWords</name>
    <message>
        <source>{name} (one of {count}; mark an actor to see its own)</source>
        <translation>{name}（共 {count} 个；标记一个执行者可看它自己的）</translation>
    </message>
    <message>
        <source>idle: waits for the next timer or event</source>
        <translation>空闲：等下一个定时器或事件</translation>
    </message>
    <message>
        <source>runs a callback, or chooses who goes next</source>
        <translation>运行回调，或选择下一个</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>{kind} {name} has the thread</source>
        <translation>{kind} {name} 占着线程</translation>
    </message>
    <message>
        <source>the event loop goes on when it gives the thread back</source>
        <translation>它交还线程后事件循环才能继续</translation>
    </message>
    <message>
        <source>the hub goes on when it gives the thread back</source>
        <translation>它交还线程后 hub 才能继续</translation>
    </message>
    <message>
        <source>a callback of its own</source>
        <translation>它自己的一个回调</translation>
    </message>
    <message>
        <source>BLOCKED by {name}</source>
        <translation>被 {name} 阻塞</translation>
    </message>
    <message>
        <source>BLOCKED by {name} for {time}</source>
        <translation>被 {name} 阻塞 {time}</translation>
    </message>
    <message>
        <source>it keeps the thread at line {line}</source>
        <translation>它在第 {line} 行占着线程</translation>
    </message>
    <message>
        <source>the next timer rings in {time}</source>
        <translation>下一个定时器还有 {time}</translation>
    </message>
    <message>
        <source>: </source>
        <translation>：</translation>
    </message>
</context>
<context>
    <name>InputLine</name>
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
</context>
<context>
    <name>KindWords</name>
    <message>
        <source>main thread</source>
        <translation>主线程</translation>
    </message>
    <message>
        <source>thread</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>worker process</source>
        <translation>工人进程</translation>
    </message>
    <message>
        <source>workers</source>
        <translation>工人</translation>
    </message>
    <message>
        <source>greenlet</source>
        <translation>greenlet</translation>
    </message>
    <message>
        <source>greenlets</source>
        <translation>greenlet</translation>
    </message>
    <message>
        <source>task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>generator</source>
        <translation>生成器</translation>
    </message>
    <message>
        <source>generators</source>
        <translation>生成器</translation>
    </message>
    <message>
        <source>iterator</source>
        <translation>迭代器</translation>
    </message>
    <message>
        <source>iterators</source>
        <translation>迭代器</translation>
    </message>
    <message>
        <source>hub</source>
        <translation>hub</translation>
    </message>
    <message>
        <source>event loop</source>
        <translation>事件循环</translation>
    </message>
    <message>
        <source>commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>timers</source>
        <translation>定时器</translation>
    </message>
    <message>
        <source>forks</source>
        <translation>fork 出的进程</translation>
    </message>
    <message>
        <source>threads ×{count}</source>
        <translation>线程 ×{count}</translation>
    </message>
    <message>
        <source>processes ×{count}</source>
        <translation>进程 ×{count}</translation>
    </message>
    <message>
        <source>worker processes ×{count}</source>
        <translation>工人进程 ×{count}</translation>
    </message>
    <message>
        <source>greenlets ×{count}</source>
        <translation>greenlet ×{count}</translation>
    </message>
    <message>
        <source>tasks ×{count}</source>
        <translation>任务 ×{count}</translation>
    </message>
    <message>
        <source>generators ×{count}</source>
        <translation>生成器 ×{count}</translation>
    </message>
    <message>
        <source>iterators ×{count}</source>
        <translation>迭代器 ×{count}</translation>
    </message>
</context>
<context>
    <name>LaneEnds</name>
    <message>
        <source>ended by {error}</source>
        <translation>因 {error} 结束</translation>
    </message>
</context>
<context>
    <name>LanesView</name>
    <message>
        <source>Lanes</source>
        <translation>泳道</translation>
    </message>
    <message>
        <source>What each thread did over time. Up and Down mark a thread; Right opens a group, Left closes all; Ctrl and the wheel, + and - zoom; dragging moves; a double click or 0 shows everything.</source>
        <translation>每个线程随时间做了什么。上、下键标记一个线程；→ 键展开一组，← 键全部收起；Ctrl 加滚轮或 +、- 缩放；拖动平移；双击或按 0 显示全部。</translation>
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
        <source>livelock</source>
        <translation>活锁</translation>
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
        <source>killed or ended badly</source>
        <translation>被杀死或异常结束</translation>
    </message>
    <message>
        <source>lost update</source>
        <translation>更新丢失</translation>
    </message>
    <message>
        <source>running or ready</source>
        <translation>执行或就绪</translation>
    </message>
    <message>
        <source>A click opens or closes them.</source>
        <translation>单击展开或收起。</translation>
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
        <source>{name} – concsim</source>
        <translation>{name} – concsim</translation>
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
        <source>Press Run to see what the program&apos;s variables hold</source>
        <translation>按“运行”，看程序的变量里存着什么</translation>
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
    <name>OpeningPage</name>
    <message>
        <source>The path</source>
        <translation>路线</translation>
    </message>
    <message>
        <source>Open ▸</source>
        <translation>打开 ▸</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>A program under way with memory of its own: a line of the factory. Several run at once, a core each.</source>
        <translation>正在运行的程序，有自己的内存：工厂里的一条生产线。几个进程可以真正同时运行，各占一个核。</translation>
    </message>
    <message>
        <source>Open the topic Processes</source>
        <translation>打开“进程”主题</translation>
    </message>
    <message>
        <source>Thread</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>One of several hands in a process, sharing its memory: a worker on the line. They take turns with the interpreter.</source>
        <translation>进程里的一双手，共用它的内存：生产线上的一个工人。在 Python 里它们轮流使用解释器。</translation>
    </message>
    <message>
        <source>Open the topic Threads</source>
        <translation>打开“线程”主题</translation>
    </message>
    <message>
        <source>Coroutine</source>
        <translation>协程</translation>
    </message>
    <message>
        <source>A function that pauses and goes on: a worker busy with another phone while one waits. A thread runs thousands.</source>
        <translation>能暂停再继续的函数：一部手机在等时，工人去做另一部。一个线程里可以跑成千上万个。</translation>
    </message>
    <message>
        <source>Open the topic Coroutines</source>
        <translation>打开“协程”主题</translation>
    </message>
</context>
<context>
    <name>OsShares</name>
    <message>
        <source>{running} % running, {ready} % ready, {waiting} % waiting</source>
        <translation>执行 {running} %，就绪 {ready} %，等待 {waiting} %</translation>
    </message>
</context>
<context>
    <name>OsStatesView</name>
    <message>
        <source>Ready, running, waiting</source>
        <translation>就绪、执行、等待</translation>
    </message>
    <message>
        <source>In which state the operating system has each process, and how its time was split. Up and Down mark a process.</source>
        <translation>操作系统里每个进程处于哪种状态，它的时间是怎么分配的。上、下键标记一个进程。</translation>
    </message>
    <message>
        <source>gets a core</source>
        <translation>得到核</translation>
    </message>
    <message>
        <source>its time is up</source>
        <translation>时间片用完</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>开始等待</translation>
    </message>
    <message>
        <source>what it waited for is there</source>
        <translation>等的东西到了</translation>
    </message>
    <message>
        <source>core {number}</source>
        <translation>核 {number}</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>+{count}</source>
        <translation>+{count}</translation>
    </message>
    <message>
        <source>{count} on {cores} cores</source>
        <translation>{count} 个，共 {cores} 个核</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
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
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Press Run to see which processes run, are ready or wait</source>
        <translation>按“运行”查看哪些进程在执行、就绪或等待</translation>
    </message>
    <message>
        <source>Waiting for the operating system&apos;s first statistics</source>
        <translation>正在等操作系统的第一批统计</translation>
    </message>
    <message>
        <source>The operating system said nothing of this run&apos;s processes.</source>
        <translation>操作系统没有给出这次运行的进程情况。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>on a core for {ran}, ready without one for {delayed}</source>
        <translation>在核上 {ran}，就绪而没有核 {delayed}</translation>
    </message>
    <message>
        <source>ready: could go on, and no core is free for it</source>
        <translation>就绪：可以继续，但没有空闲的核</translation>
    </message>
    <message>
        <source>running: is on a core</source>
        <translation>执行：正在核上</translation>
    </message>
    <message>
        <source>waiting: could not go on if it had a core; it sleeps, or waits for somebody or for data</source>
        <translation>等待：有核也不能继续；它在睡眠，或在等别人、等数据</translation>
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
        <source>What the program prints appears here.</source>
        <translation>程序打印的内容显示在这里。</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
</context>
<context>
    <name>PageTabs</name>
    <message>
        <source>My script</source>
        <translation>我的脚本</translation>
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
    <name>ParameterControl</name>
    <message>
        <source>{name}: a constant of the program</source>
        <translation>{name}：程序中的常量</translation>
    </message>
</context>
<context>
    <name>PathList</name>
    <message>
        <source>The path through the catalogue</source>
        <translation>贯穿目录的路线</translation>
    </message>
    <message>
        <source>{done} of {count} were run</source>
        <translation>{count} 个中运行过 {done} 个</translation>
    </message>
    <message>
        <source>was run</source>
        <translation>运行过</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>还没有运行</translation>
    </message>
</context>
<context>
    <name>PoolView</name>
    <message>
        <source>Pool</source>
        <translation>池</translation>
    </message>
    <message>
        <source>The tasks that wait, and which worker did which task when. Up and Down mark a worker; Ctrl and the wheel, + and - zoom; dragging moves; a double click or 0 shows everything.</source>
        <translation>等待的任务，以及哪个工人什么时候做了哪个任务。上、下键标记一个工人；Ctrl 加滚轮或 +、- 缩放；拖动平移；双击或按 0 显示全部。</translation>
    </message>
    <message>
        <source>This program has made no pool so far.</source>
        <translation>这个程序到现在还没有建立池。</translation>
    </message>
    <message>
        <source>Press Run to see the pool at work</source>
        <translation>按“运行”查看池怎么工作</translation>
    </message>
</context>
<context>
    <name>PoolWords</name>
    <message>
        <source>task at work</source>
        <translation>正在做的任务</translation>
    </message>
    <message>
        <source>task done</source>
        <translation>做完的任务</translation>
    </message>
    <message>
        <source>killed</source>
        <translation>被杀死</translation>
    </message>
    <message>
        <source>{count} dropped</source>
        <translation>{count} 个被丢弃</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 个在等</translation>
    </message>
    <message>
        <source>{count} done</source>
        <translation>做完 {count} 个</translation>
    </message>
    <message>
        <source>task {number} since {time}</source>
        <translation>任务 {number}，始于 {time}</translation>
    </message>
</context>
<context>
    <name>ProcessCards</name>
    <message>
        <source>+{count}</source>
        <translation>+{count}</translation>
    </message>
    <message>
        <source>≠ parent</source>
        <translation>≠ 父进程</translation>
    </message>
    <message>
        <source>copied</source>
        <translation>复制的</translation>
    </message>
    <message>
        <source>copied by the fork, unchanged since</source>
        <translation>fork 时复制的，之后没有变</translation>
    </message>
    <message>
        <source>not what the parent sees</source>
        <translation>与父进程看到的不同</translation>
    </message>
</context>
<context>
    <name>ProcessTreeView</name>
    <message>
        <source>Process tree</source>
        <translation>进程树</translation>
    </message>
    <message>
        <source>Who started whom, and what each process sees of the watched variables. Up and Down mark a process; Right opens gathered processes, Left closes them.</source>
        <translation>谁启动了谁，每个进程看到的被观察变量是什么。上、下键标记一个进程；→ 键展开合并的进程，← 键收起。</translation>
    </message>
    <message>
        <source>Nothing is known of processes here.</source>
        <translation>这里没有进程的信息。</translation>
    </message>
    <message>
        <source>Press Run to see which processes there are</source>
        <translation>按“运行”查看有哪些进程</translation>
    </message>
    <message>
        <source>workers ×{count}</source>
        <translation>工人 ×{count}</translation>
    </message>
    <message>
        <source>commands ×{count}</source>
        <translation>命令 ×{count}</translation>
    </message>
    <message>
        <source>processes ×{count}</source>
        <translation>进程 ×{count}</translation>
    </message>
    <message>
        <source>{count} {state}</source>
        <translation>{state} {count}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>A click opens or closes them.</source>
        <translation>单击展开或收起。</translation>
    </message>
    <message>
        <source>copied by the fork, unchanged here since</source>
        <translation>fork 时复制的，之后在这里没有变</translation>
    </message>
    <message>
        <source>the parent, {name}, sees {value}</source>
        <translation>父进程 {name} 看到的是 {value}</translation>
    </message>
    <message>
        <source>child of {name}</source>
        <translation>{name} 的子进程</translation>
    </message>
    <message>
        <source>{size} of its own</source>
        <translation>自己独占 {size}</translation>
    </message>
</context>
<context>
    <name>ProcessWords</name>
    <message>
        <source>the program itself</source>
        <translation>程序本身</translation>
    </message>
    <message>
        <source>a command</source>
        <translation>一个命令</translation>
    </message>
    <message>
        <source>runs {command}</source>
        <translation>执行命令 {command}</translation>
    </message>
    <message>
        <source>manager, started by {method}</source>
        <translation>管理进程，由 {method} 启动</translation>
    </message>
    <message>
        <source>pool worker, started by {method}</source>
        <translation>池的工人，由 {method} 启动</translation>
    </message>
    <message>
        <source>started by {method}</source>
        <translation>由 {method} 启动</translation>
    </message>
    <message>
        <source>killed by {signal} ({status})</source>
        <translation>被 {signal} 杀死（{status}）</translation>
    </message>
    <message>
        <source>died without a word</source>
        <translation>不声不响地死了</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>exit {status}</source>
        <translation>退出码 {status}</translation>
    </message>
    <message>
        <source>pid {pid}</source>
        <translation>进程号 {pid}</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
</context>
<context>
    <name>RecordingSaving</name>
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
        <source>Record the program line by line, then go through it forwards and back</source>
        <translation>逐行记录程序，然后在记录里前进、后退</translation>
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
        <source>Line by line, forwards and back, with every frame&apos;s local variables (F2)</source>
        <translation>逐行前进、后退，连同每个帧的局部变量（F2）</translation>
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
        <source>Nothing of it has happened yet at this moment</source>
        <translation>到这一刻还什么都没有发生</translation>
    </message>
    <message>
        <source>Nothing of it was seen in this run</source>
        <translation>这次运行里没有看到相关的内容</translation>
    </message>
    <message>
        <source>Press Start, then go through its lines, forwards and back</source>
        <translation>按“开始”，然后逐行前后查看</translation>
    </message>
    <message>
        <source>Press Start, then choose who goes next</source>
        <translation>按“开始”，然后选择下一步轮到谁</translation>
    </message>
    <message>
        <source>What was recorded of it is damaged and cannot be drawn</source>
        <translation>这部分记录已损坏，无法画出</translation>
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
</context>
<context>
    <name>ScriptSide</name>
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
        <source>What the program finds in sys.argv</source>
        <translation>程序在 sys.argv 中得到的内容</translation>
    </message>
    <message>
        <source>Working folder</source>
        <translation>工作文件夹</translation>
    </message>
    <message>
        <source>The folder that the program runs in</source>
        <translation>程序运行时所在的文件夹</translation>
    </message>
    <message>
        <source>Or a module (-m)</source>
        <translation>或模块 (-m)</translation>
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
        <source>Only some moments of this are kept: this is how it was at {seconds:.3f} s.</source>
        <translation>这一段只保留若干时刻：这里显示的是 {seconds:.3f} 秒时的样子。</translation>
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
        <source>Alive: {n}, waiting: {m}.</source>
        <translation>活着 {n} 个，等待 {m} 个。</translation>
    </message>
</context>
<context>
    <name>SequenceView</name>
    <message>
        <source>Sequence</source>
        <translation>时序图</translation>
    </message>
    <message>
        <source>Who handed the thread to whom, and which value. Up, Down and the wheel scroll, End follows the newest; Left and Right mark an actor.</source>
        <translation>谁把线程交给谁，带着什么值。上、下键和滚轮滚动，End 跟上最新；左、右键标记一个执行者。</translation>
    </message>
    <message>
        <source>Nobody has handed the thread to anybody yet.</source>
        <translation>还没有谁把线程交给别人。</translation>
    </message>
    <message>
        <source>Press Run to see who hands the thread to whom</source>
        <translation>按“运行”查看谁把线程交给谁</translation>
    </message>
</context>
<context>
    <name>SequenceWords</name>
    <message>
        <source>returned {value}</source>
        <translation>返回 {value}</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>switches to, or resumes</source>
        <translation>切换到，或让其继续</translation>
    </message>
    <message>
        <source>has the thread</source>
        <translation>占着线程</translation>
    </message>
    <message>
        <source>gives back</source>
        <translation>交还</translation>
    </message>
    <message>
        <source>earlier ones are left out</source>
        <translation>更早的略去</translation>
    </message>
    <message>
        <source>{source} ended and returned {value}</source>
        <translation>{source} 结束并返回 {value}</translation>
    </message>
    <message>
        <source>{source} ended</source>
        <translation>{source} 结束</translation>
    </message>
    <message>
        <source>{source} sent {value} to {target}, which goes on</source>
        <translation>{source} 把 {value} 送给 {target}，后者继续</translation>
    </message>
    <message>
        <source>{source} asked {target} for its next value</source>
        <translation>{source} 向 {target} 要下一个值</translation>
    </message>
    <message>
        <source>{source} handed {value} and the thread to {target}</source>
        <translation>{source} 把 {value} 和线程交给 {target}</translation>
    </message>
    <message>
        <source>{source} handed the thread to {target}</source>
        <translation>{source} 把线程交给 {target}</translation>
    </message>
    <message>
        <source>{source} gave {value} to {target}</source>
        <translation>{source} 把 {value} 交给 {target}</translation>
    </message>
    <message>
        <source>{source} was over, and {target} went on</source>
        <translation>{source} 已结束，{target} 继续</translation>
    </message>
    <message>
        <source>{source} gave the thread back to {target}</source>
        <translation>{source} 把线程还给 {target}</translation>
    </message>
</context>
<context>
    <name>Shortfalls</name>
    <message>
        <source>The settings cannot be written to {path}: they last until the window is closed.</source>
        <translation>无法把设置写到 {path}：它们只保留到窗口关闭。</translation>
    </message>
    <message>
        <source>The settings could not be read and begin anew; what was there is now {path}.</source>
        <translation>设置无法读取，已重新开始；原来的内容现在是 {path}。</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be read: the window has its defaults.</source>
        <translation>无法读取 {path} 中的设置：窗口使用默认值。</translation>
    </message>
    <message>
        <source>Settings that were wrong have their defaults: {names}. The file as it was is kept as {path}.</source>
        <translation>有误的设置已恢复默认值：{names}。原来的文件保存为 {path}。</translation>
    </message>
    <message>
        <source>Settings that were wrong have their defaults until the window is closed: {names}.</source>
        <translation>有误的设置在窗口关闭前使用默认值：{names}。</translation>
    </message>
    <message>
        <source>Recordings cannot be kept at their usual place: they go when the window is closed, unless they are saved.</source>
        <translation>无法在通常的位置保存记录：除非另存，否则窗口关闭时记录会消失。</translation>
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
        <source>Go on by one line (F8)</source>
        <translation>前进一行（F8）</translation>
    </message>
    <message>
        <source>turn</source>
        <translation>换手</translation>
    </message>
    <message>
        <source>Go on until somebody else has the thread (F8; or Alt and the digit)</source>
        <translation>一直走到线程换手（F8；或 Alt 加数字）</translation>
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
        <source>A schedule of one step. Nothing has run yet: press Replay to take it.</source>
        <translation>一份 1 步的调度。尚未运行任何东西：按“重放”来执行。</translation>
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
        <source>Press Start: the program is recorded line by line; then go through it, forwards and back.</source>
        <translation>按“开始”：程序会被逐行记录下来，然后可以在里面前进、后退。</translation>
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
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
</context>
<context>
    <name>TableWords</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{name}, free</source>
        <translation>{name}，空闲</translation>
    </message>
    <message>
        <source>{name}, held by {owner}</source>
        <translation>{name}，持有者 {owner}</translation>
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
        <source>Dotted: of this only some moments are kept</source>
        <translation>虚线：这一段只保留若干时刻</translation>
    </message>
    <message>
        <source>Back by a line or a turn, as chosen above</source>
        <translation>后退一行，或退到上一次换手（由上方“每次走”决定）</translation>
    </message>
    <message>
        <source>Forward by a line or a turn, as chosen above</source>
        <translation>前进一行，或走到下一次换手（由上方“每次走”决定）</translation>
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
    <name>TopicBar</name>
    <message>
        <source>{name}, running</source>
        <translation>{name}，正在运行</translation>
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
    <name>VariableRows</name>
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
        <source>Nobody waits for anybody.</source>
        <translation>没有谁在等待。</translation>
    </message>
    <message>
        <source>Press Run to see who waits for whom</source>
        <translation>按“运行”查看谁在等谁</translation>
    </message>
</context>
<context>
    <name>WaitWords</name>
    <message>
        <source>waiting in a circle</source>
        <translation>循环等待</translation>
    </message>
    <message>
        <source>deadlock</source>
        <translation>死锁</translation>
    </message>
    <message>
        <source>livelock</source>
        <translation>活锁</translation>
    </message>
    <message>
        <source>looks like a deadlock</source>
        <translation>疑似死锁</translation>
    </message>
    <message>
        <source>held by</source>
        <translation>持有者</translation>
    </message>
    <message>
        <source>waits for</source>
        <translation>等待</translation>
    </message>
</context>
</TS>
