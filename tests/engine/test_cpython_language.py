"""What a stepped program's statements do is what Python does: CPython's own tests of the language, plain and stepped.

Every test that passes plain must pass with a hook before each operation, in both interpreter models. The modules of `LONG`
take turns between them: a model says where others get in, and here is nobody else.
"""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path

import pytest

from tests.engine.cpython_tests import Results, needs, run_tests

MODELS = ("free-threaded", "gil")
SHORT = (
    "augassign", "class", "compare", "contains", "coroutines", "decorators", "dictcomps", "except_star", "exception_group",
    "extcall", "fstring", "generators", "genexps", "grammar", "iter", "listcomps", "named_expressions", "patma", "raise",
    "scope", "setcomps", "super", "unpack_ex", "with", "yield_from",
)  # fmt: skip
LONG = (
    "abc", "asyncgen", "binop", "bisect", "bool", "builtin", "call", "collections", "complex", "contextlib",
    "contextlib_async", "copy", "dataclasses", "defaultdict", "deque", "descr", "dict", "dynamicclassattribute", "enum",
    "enumerate", "exception_variations", "exceptions", "format", "frame", "funcattrs", "functools",
    "generator_stop", "global", "hash", "heapq", "index", "inspect", "int", "isinstance", "itertools", "json",
    "keywordonlyarg", "list", "metaclass", "module", "opcodes", "operator", "ordered_dict", "positional_only_arg", "pow",
    "pprint", "print", "property", "range", "reprlib", "richcmp", "set", "slice", "sort", "string",
    "string_literals", "structseq", "subclassinit", "syntax", "textwrap", "traceback", "tuple", "type_comments", "typechecks",
    "types", "typing", "unary", "unpack", "userdict", "userlist", "userstring", "weakref", "weakset",
)  # fmt: skip

LEFT_OUT = {
    "test_functools.TestCachedProperty.test_threaded": "Python 3.11 locks in the library, with a real lock; 3.12 does not",
    "test_exceptions.ExceptionTests.test_recursion_in_except_handler": "a recursion limit ten above the stack: hooks need more",
    "test_descr.ClassPropertiesAndMethods.test_slots": "counts living objects with __slots__: they are held until the next step",
    "test_descr.ClassPropertiesAndMethods.test_vicious_descriptor_nonsense": "a key whose __eq__ changes the class it is in",
    "test_descr.MiscTests.test_type_lookup_mro_reference": "a key whose __eq__ changes the bases of the class it is in",
    "test_dataclasses.TestCase.test_field_named_like_builtin": "every name in `builtins` becomes a field; hooks lie there",
    "TracebackFormatTests.test_recursive_traceback_cpython_internal": "the stack is full in a hook, whose line is the last then",
    "test_builtins_have_signatures": "asks every name in `builtins` for its signature; hooks lie there",
    "test_builtin.PtyTests": "sets a handler of signals, which stepping refuses",
    "test_frame.TestIncompleteFrameAreInvisible": "runs the garbage collector at a count of allocations",
    "denial_of_service_prevented": "measures with the clock, which is virtual",
    "test_weakref.MappingTestCase": "counts weak references: the engine holds one",
    "test_weakref.ReferencesTestCase.test_getweakref": "counts weak references: the engine holds one",
    "test_weakref.ReferencesTestCase.test_ref_reuse": "counts weak references: the engine holds one",
    "test_weakref.SubclassableWeakrefTestCase.test_subclass_refs_dont_replace_standard_refs": "counts weak references: the engine holds one",
    "test_dict.DictTest.test_container_iterator": "a cycle through a dict that is held",
    "test_weakref.ReferencesTestCase.test_callback_in_cycle_resurrection": "a cycle through a list that is held",
    "test_weakref.__test__.libreftest": "an object that lives until the next step",
    "test_builtin.BuiltinTest.test_filter_dealloc": "a chain of 100,000 iterators, each looked through: half a minute of one thing",
}
"""Tests that cannot hold, and why: each asks for what Python does not promise, or the engine's documentation denies."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cpython")


@cache
def plain(folder: Path, module: str) -> Results:
    return run_tests(folder, [module], LEFT_OUT)


def check(folder: Path, name: str, model: str, thorough: bool) -> None:
    module = f"test.test_{name}"
    needs(module)
    expected = plain(folder, module)
    found = run_tests(folder, [module], LEFT_OUT, model=model, thorough=thorough)
    worse = [one for one in expected.named("ok") if found.words.get(one) != "ok"]
    assert not worse, found.describe(worse)
    if not expected.named("ok"):
        pytest.skip(f"nothing in {module} passes plain")
    assert found.sites > 0, "nothing was instrumented"


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", SHORT)
def test_that_the_language_is_the_same_on_the_engine(folder: Path, name: str, model: str) -> None:
    check(folder, name, model, thorough=True)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("name", "model"), list(zip((*SHORT, *LONG), itertools.cycle(MODELS))))
def test_that_the_rest_of_the_language_is_the_same(folder: Path, name: str, model: str) -> None:
    check(folder, name, model, thorough=False)
