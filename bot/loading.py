"""Loading what stays as long as the process: modules, an index, a desk.

None of it is garbage, so it is not searched for any, neither meanwhile nor later. That search takes
a fifth of what a question in the terminal costs. Nor does it start threads: numpy's would look for
work as soon as it is loaded, which takes a tenth of what such a question costs. What only some ask
for is loaded when they do. It must not know what is loaded.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module


@contextmanager
def loading() -> Iterator[None]:
    """What is made in the block is not searched for garbage; what is made after it is."""
    # An answer multiplies so little that OpenBLAS has nothing to share out.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


async def loaded(module: str) -> None:
    """Loads a module off the event loop, so that what imports it next need not wait."""
    import asyncio

    await asyncio.to_thread(import_module, module)
