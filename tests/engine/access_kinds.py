"""Small programs in which a shared object is read or changed by way of something else than its own methods and operators.

Two threads run ``one`` and ``two``. Each has a schedule that ends well and one that does not: the two accesses it is about are apart.
`GIL_SAFE` names those in which no place where CPython lets go lies between them, as real interpreters made to pause show.
"""

from __future__ import annotations

import sys

HEAD = "import threading\n"
TAIL = """
threads = [threading.Thread(target=function) for function in (one, two)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
GIL_SAFE = frozenset({
    "add",
    "eq",
    "dictstar",
    "dunderdict",
    "array",
    "ctypes",
    "ctypes array",
    "ctypes struct",
    "dataclass",
    "subclass list",
    "subclass dict",
    "simplenamespace",
    "fstring nested",
    "percent",
    "view in",
    "deque rotate",
    "defaultdict",
    "nonlocal",
    "memoryview",
    "set ops",
    "partial",
    "attr of fn",
})
KINDS = {
    "itemgetter at once": """
import operator
d={'a':1}
def one():
    if 'a' in d:
        operator.itemgetter('a')(d)
def two():
    d.pop('a')
""",
    "attrgetter": """
import operator
class Box: pass
box=Box()
box.n=1
def one():
    if hasattr(box,'n'):
        operator.attrgetter('n')(box)
def two():
    del box.n
""",
    "methodcaller": """
import operator
l=[1]
def one():
    if l:
        operator.methodcaller('pop')(l)
two=one
""",
    "bound later": """
l=[1]
pop=l.pop
def one():
    if len(l)>0:
        pop()
two=one
""",
    "iadd list": """
l=[]
def one():
    n=len(l)
    x=l
    x+=[n]
two=one
""",
    "repeated": """
l=[1]
def one():
    n=len(l)
    times=2
    x=times*l
    assert len(x)==2*n
    l.append(0)
two=one
""",
    "repeated right": """
l=[1]
def one():
    n=len(l)
    times=2
    x=l*times
    assert len(x)==2*n
    l.append(0)
two=one
""",
    "sorted": """
d={1:1}
seen=[]
def one():
    seen.append(sorted(d))
    seen.append(sorted(d))
def two():
    d[2]=2
""",
    "add": """
a=[1]
r=[]
def one():
    r.append((a+[0], a+[0]))
def two():
    a.append(2)
""",
    "eq": """
a=[1]
b=[1]
r=[]
def one():
    r.append((a==b, a==b))
def two():
    a.append(2)
""",
    "unpack": """
a=[1,2]
def one():
    x,y=a
def two():
    a.append(3)
""",
    "starstar": """
d={'a':1}
def f(a): pass
def one():
    f(**d)
def two():
    d['b']=1
""",
    "dictstar": """
d={'a':1}
r=[]
def one():
    r.append({**d}=={**d})
def two():
    d['b']=1
""",
    "match": """
class B: pass
b=B()
b.n=0
r=[]
def one():
    match b:
        case B(n=0): r.append(1)
def two():
    b.n=1
""",
    "vars": """
class B: pass
b=B()
b.n=0
def one():
    vars(b)['n']=vars(b)['n']+1
two=one
""",
    "dunderdict": """
class B: pass
b=B()
b.n=0
def one():
    b.__dict__['n']+=1
two=one
""",
    "globals": """
n=0
def one():
    globals()['n']=globals()['n']+1
two=one
""",
    "userdict": """
import collections
d=collections.UserDict(n=0)
def one():
    d['n']+=1
two=one
""",
    "userdict check": """
import collections
d=collections.UserDict()
made=[]
def one():
    if 'k' not in d:
        made.append(1)
        d['k']=1
two=one
""",
    "array": """
import array
a=array.array('i',[0])
def one():
    a[0]+=1
two=one
""",
    "ctypes": """
import ctypes
c=ctypes.c_int(0)
def one():
    c.value+=1
two=one
""",
    "ctypes array": """
import ctypes
c=(ctypes.c_int*2)()
def one():
    c[0]+=1
two=one
""",
    "ctypes struct": """
import ctypes
class P(ctypes.Structure):
    _fields_=[('x',ctypes.c_int)]
p=P()
def one():
    p.x+=1
two=one
""",
    "dataclass eq": """
import dataclasses
@dataclasses.dataclass
class P:
    x:int=0
p=P()
r=[]
def one():
    r.append((p==P(), p==P()))
def two():
    p.x=1
""",
    "dataclass": """
import dataclasses
@dataclasses.dataclass
class P:
    x:int=0
p=P()
def one():
    p.x+=1
two=one
""",
    "lru": """
import functools
made=[]
@functools.lru_cache(None)
def make():
    made.append(1)
    return 1
def one():
    make()
two=one
""",
    "subclass list": """
class L(list): pass
l=L([1])
def one():
    if l: l.pop()
two=one
""",
    "subclass dict": """
class D(dict): pass
d=D(n=0)
def one():
    d['n']+=1
two=one
""",
    "simplenamespace": """
import types
b=types.SimpleNamespace(n=0)
def one():
    b.n+=1
two=one
""",
    "bisect": """
import bisect
l=[]
seen=[]
def one():
    seen.append(bisect.bisect(l,5)==bisect.bisect(l,5))
def two():
    bisect.insort(l,1)
""",
    "operator": """
import operator
d={'n':0}
def one():
    operator.setitem(d,'n',operator.getitem(d,'n')+1)
two=one
""",
    "itemgetter": """
import operator
get=operator.itemgetter('n')
d={'n':0}
def one():
    d['n']=get(d)+1
two=one
""",
    "copy": """
import copy
d={'n':0}
r=[]
def one():
    r.append(copy.copy(d)==copy.copy(d))
def two():
    d['n']=1
""",
    "join": """
l=['a']
r=[]
def one():
    r.append(','.join(l)==','.join(l))
def two():
    l.append('b')
""",
    "fstring nested": """
l=[[1]]
r=[]
def one():
    r.append(f'{l}'==f'{l}')
def two():
    l[0].append(2)
""",
    "percent": """
l=[1]
r=[]
def one():
    r.append('%s'%l=='%s'%l)
def two():
    l.append(2)
""",
    "format": """
l=[1]
r=[]
def one():
    r.append('{}'.format(l)=='{}'.format(l))
def two():
    l.append(2)
""",
    "view len": """
d={1:1}
v=d.keys()
r=[]
def one():
    r.append(len(v)==len(v))
def two():
    d[2]=2
""",
    "view in": """
d={1:1}
v=d.values()
r=[]
def one():
    r.append((2 in v)==(2 in v))
def two():
    d[2]=2
""",
    "list of call": """
d={1:1}
r=[]
def one():
    r.append(list(d.items())==list(d.items()))
def two():
    d[2]=2
""",
    "json": """
import json
d={'n':1}
r=[]
def one():
    r.append(json.dumps(d)==json.dumps(d))
def two():
    d['n']=2
""",
    "setdefault get": """
d={}
made=[]
def one():
    if d.get('k') is None:
        made.append(1)
        d.setdefault('k',1)
two=one
""",
    "generator shared": """
def g():
    i=0
    while True:
        i=h(i)
        yield i
def h(i): return i+1
it=g()
def one():
    next(it)
two=one
""",
    "class attr via setattr": """
class B: n=0
def one():
    setattr(B,'n',getattr(B,'n')+1)
two=one
""",
    "property": """
class B:
    def __init__(self): self._n=0
    @property
    def n(self): return self._n
    @n.setter
    def n(self,v): self._n=v
b=B()
def one():
    b.n+=1
two=one
""",
    "deque rotate": """
import collections
d=collections.deque([1,2])
r=[]
def one():
    r.append((d[0],d[0]))
def two():
    d.rotate(1)
""",
    "defaultdict": """
import collections
d=collections.defaultdict(int)
def one():
    d['n']+=1
two=one
""",
    "counter": """
import collections
c=collections.Counter()
def one():
    c['n']+=1
two=one
""",
    "nonlocal": """
def outer():
    n=0
    def work():
        nonlocal n
        n+=1
    return work, (lambda: n)
one,get=outer()
two=one
""",
    "chain": """
import itertools
l=[1]
m=[2]
def one():
    for x in itertools.chain(l,m): pass
    r.append(x)
r=[]
def two():
    m.append(3)
""",
    "zip": """
l=[1]
r=[]
def one():
    r.append(len(list(zip(l,l))))
    r.append(len(list(zip(l,l))))
def two():
    l.append(3)
""",
    "map unbound": """
l=[]
r=[]
def one():
    n=list.__len__(l)
    list.append(l,n)
two=one
""",
    "cached_property": """
import functools
made=[]
class B:
    @functools.cached_property
    def n(self):
        made.append(1)
        return 1
b=B()
def one():
    b.n
two=one
""",
    "truth of call": """
d={}
made=[]
def get(): return d
def one():
    if not get():
        made.append(1)
        d[1]=1
two=one
""",
    "bytearray": """
b=bytearray(b'a')
r=[]
def one():
    r.append(bytes(b)==bytes(b))
def two():
    b.append(1)
""",
    "memoryview": """
b=bytearray(b'a')
m=memoryview(b)
def one():
    m[0]=m[0]+1
two=one
""",
    "set ops": """
s={1}
u={1}
r=[]
def one():
    r.append((s|u)==(s|u))
def two():
    s.add(2)
""",
    "StringIO": """
import io
f=io.StringIO()
def one():
    if not f.getvalue(): f.write('x')
two=one
""",
    "weakref": """
import weakref
class B: pass
k=B()
w=weakref.WeakKeyDictionary()
made=[]
def one():
    if k not in w:
        made.append(1)
        w[k]=1
two=one
""",
    "chainmap": """
import collections
c=collections.ChainMap({})
made=[]
def one():
    if 'k' not in c:
        made.append(1)
        c['k']=1
two=one
""",
    "abc mixin": """
import collections.abc
class M(collections.abc.MutableMapping):
    def __init__(self): self.d={}
    def __getitem__(self,k): return self.d[k]
    def __setitem__(self,k,v): self.d[k]=v
    def __delitem__(self,k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m=M()
made=[]
def one():
    if 'k' not in m:
        made.append(1)
        m['k']=1
two=one
""",
    "sum key": """
l=[1]
r=[]
def one():
    r.append(sum(x for x in l)==sum(x for x in l))
def two():
    l.append(1)
""",
    "max": """
l=[1]
r=[]
def one():
    r.append(max(l)==max(l))
def two():
    l.append(9)
""",
    "reversed": """
l=[1]
r=[]
def one():
    r.append(list(reversed(l))==list(reversed(l)))
def two():
    l.append(9)
""",
    "partial": """
import functools
l=[1]
p=functools.partial(l.pop)
def one():
    if l: p()
two=one
""",
    "attr of fn": """
def f(): pass
f.n=0
def one():
    f.n+=1
two=one
""",
    "count next": """
import itertools
c=itertools.count()
r=[]
def one():
    r.append(next(c))
def two():
    r.append(next(c))
""",
    "os.environ": """
import os
os.environ['N_']='0'
def one():
    os.environ['N_']=str(int(os.environ['N_'])+1)
two=one
""",
    "for unpack": """
rows=[[1,2]]
r=[]
def one():
    for a,b in rows: r.append(b)
    for a,b in rows: r.append(b)
def two():
    rows[0][1]=9
""",
}
TRUTHS = {
    'iadd list': 'assert l==[0,1]',
    'sorted': 'assert seen[0]==seen[1]',
    'add': 'assert r[0][0]==r[0][1]',
    'eq': 'assert r[0][0]==r[0][1]',
    'dictstar': 'assert r[0]',
    'match': 'assert r',
    'vars': 'assert b.n==2',
    'dunderdict': 'assert b.n==2',
    'globals': 'assert n==2',
    'userdict': "assert d['n']==2",
    'userdict check': 'assert len(made)==1',
    'array': 'assert a[0]==2',
    'ctypes': 'assert c.value==2',
    'ctypes array': 'assert c[0]==2',
    'ctypes struct': 'assert p.x==2',
    'dataclass eq': 'assert r[0][0]==r[0][1]',
    'dataclass': 'assert p.x==2',
    'lru': 'assert len(made)==1',
    'subclass dict': "assert d['n']==2",
    'simplenamespace': 'assert b.n==2',
    'bisect': 'assert all(seen)',
    'operator': "assert d['n']==2",
    'itemgetter': "assert d['n']==2",
    'copy': 'assert r[0]',
    'join': 'assert r[0]',
    'fstring nested': 'assert r[0]',
    'percent': 'assert r[0]',
    'format': 'assert r[0]',
    'view len': 'assert r[0]',
    'view in': 'assert r[0]',
    'list of call': 'assert r[0]',
    'json': 'assert r[0]',
    'setdefault get': 'assert len(made)==1',
    'class attr via setattr': 'assert B.n==2',
    'property': 'assert b.n==2',
    'deque rotate': 'assert r[0][0]==r[0][1]',
    'defaultdict': "assert d['n']==2",
    'counter': "assert c['n']==2",
    'nonlocal': 'assert get()==2',
    'chain': 'assert r==[2]',
    'zip': 'assert r[0]==r[1]',
    'map unbound': 'assert l==[0,1]',
    'cached_property': 'assert len(made)==1',
    'truth of call': 'assert len(made)==1',
    'bytearray': 'assert r[0]',
    'memoryview': "assert b[0]==ord('a')+2",
    'set ops': 'assert r[0]',
    'StringIO': "assert f.getvalue()=='x'",
    'weakref': 'assert len(made)==1',
    'chainmap': 'assert len(made)==1',
    'abc mixin': 'assert len(made)==1',
    'sum key': 'assert r[0]',
    'max': 'assert r[0]',
    'reversed': 'assert r[0]',
    'attr of fn': 'assert f.n==2',
    'count next': 'assert r==[0,1]',
    'os.environ': "assert os.environ['N_']=='2'",
    'for unpack': 'assert r[0]==r[1]',
}
"""What holds at the end of those that do not fail by an exception of their own."""


LOCKED = frozenset({"cached_property"} if sys.version_info < (3, 12) else ())
"""Those that a lock inside the library keeps apart, up to Python 3.11: they always go well."""


def program(name: str) -> str:
    """The source of one of `KINDS`."""
    return HEAD + KINDS[name] + TAIL + TRUTHS.get(name, "")
