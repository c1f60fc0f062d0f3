"""Inputs that somebody who wants to break concsim would make: sound ones with something changed."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

numbers = st.one_of(
    st.integers(-(10**6), 10**6), st.sampled_from([0, -1, 2**31, 2**32, 2**62, 2**63, -(2**63), 10**30, 10**400]), st.floats(),
)  # fmt: skip
texts = st.one_of(st.text(max_size=20), st.sampled_from(["", "\0", "\udc80", "x" * 5_000, "{0.__class__}", "%s%n", "<b>", "\n" * 50, "你好"]))
scalars = st.one_of(st.none(), st.booleans(), numbers, texts)
values = st.recursive(scalars, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)), max_leaves=8)


@st.composite
def changed_json(draw: st.DrawFn, sound: Any) -> bytes:
    """A sound value as JSON, some parts of it replaced, dropped or added, some of its bytes changed."""
    data = json.loads(json.dumps(sound))
    for _ in range(draw(st.integers(0, 3))):
        holder = data
        while isinstance(holder, (dict, list)) and holder and draw(st.booleans()):
            key = draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
            if not isinstance(holder[key], (dict, list)):
                break
            holder = holder[key]
        if isinstance(holder, dict) and holder:
            key = draw(st.one_of(st.sampled_from(sorted(holder)), texts))
            if draw(st.booleans()) and key in holder:
                del holder[key]
            else:
                holder[key] = draw(values)
        elif isinstance(holder, list):
            at = draw(st.integers(0, len(holder)))
            if at == len(holder):
                holder.append(draw(values))
            elif draw(st.integers(0, 3)):
                holder[at] = draw(values)
            else:
                del holder[at]
    return draw(changed_bytes(json.dumps(data).encode(), most=2))


@st.composite
def changed_bytes(draw: st.DrawFn, sound: bytes, most: int = 8) -> bytes:
    """Bytes of which some are overwritten, cut out, doubled, or cut off."""
    data = bytearray(sound)
    for _ in range(draw(st.integers(0, most))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        way = draw(st.sampled_from(["write", "write", "write", "cut", "double", "end"]))
        if way == "write":
            data[at : at + 1] = draw(st.binary(min_size=1, max_size=4))
        elif way == "cut":
            del data[at : at + draw(st.integers(1, 64))]
        elif way == "double":
            data[at:at] = data[at : at + draw(st.integers(1, 256))]
        elif draw(st.integers(0, 9)) == 0:
            del data[at:]
    return bytes(data)
