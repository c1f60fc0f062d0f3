<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Application</name>
    <message>
        <source>concsim did not close properly. The recording of the last run is still there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings (*.concsim)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no recording yet: run the program first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the recording</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CodeView</name>
    <message>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CornerMenu</name>
    <message>
        <source>{version} (concsim&apos;s own)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings, Python, language, theme (F10)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a recording…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the recording…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python that runs the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Large type for a projector</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LanesView</name>
    <message>
        <source>Lanes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What each thread did over time. Up and Down mark a thread; Ctrl and the wheel, + and - zoom; dragging moves; a double click or 0 shows everything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Run to see what each thread does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>holds a lock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sleep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deadlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deadlock?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sleeping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changing quickly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{state} since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for {name} to finish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for {name}, held by {owners}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LessonView</name>
    <message>
        <source>## Your own script

Press **Run** to see its threads, locks and queues live. Upper-case constants at the top of the file become sliders.

A comment block at the top of the file can name the globals to watch and the charts to draw; CONTRIBUTING.md shows how.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>My script</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OutputView</name>
    <message>
        <source>The program asks:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>type a line and press Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input for the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End of input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell the program that no more input will come</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the program prints appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ParameterControl</name>
    <message>
        <source>{name}: a constant of the program</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>▶ Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the program for real and watch it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>■ Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the run and everything it started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run one round for each value of the swept slider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>again and again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the next round when one ends (F7)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ScenarioPage</name>
    <message>
        <source>Scenarios</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ScriptPage</name>
    <message>
        <source>The arguments cannot be read: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder {path} to run in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a Python script</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python files (*.py);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was changed on disk and read again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a script…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening a file never runs it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or drop a .py file anywhere on the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent scripts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or a module (-m)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SentenceBar</name>
    <message>
        <source>Choose a program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Run to see it live.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program waits for a line of input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running: {n} threads alive, {m} of them waiting.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variables</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>● now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the beginning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A little back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A little forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the newest moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to rewind the recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moment shown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Topics</name>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Races &amp; locks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deadlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queues</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Iterators</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coroutines</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VariablesView</name>
    <message>
        <source>Variable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expected at the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variables</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
