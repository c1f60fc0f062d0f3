"""What the lab sees of the libraries that a program uses: a file for each, in the room that it is about.

An observer is a class with `modules`, the library's modules and which of its methods is called with each once it is
imported (one that is always there: ``builtins``). Besides, it may have

- `kinds`: the kinds of actors that it declares, each with the letter of their ids;
- `nature`: what programs are that import it, by the first part of the name: "parallel", "processes", "coroutines",
  "hub"; it is read from the text, not run;
- `only_with`: what the program's views must need for it to look at all.

It is made with what its constructor asks for by type: `Things`, `Waits`, `Texts`, `Coroutines` and so on, or another
observer. Nothing else has to know of it.
"""
