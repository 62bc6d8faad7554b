"""Blocks made in other processes while this one stores those that are ready, in their order and never far ahead."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import NamedTuple

from fedele.demo.block import make_block
from fedele.demo.found import add_documents
from fedele.demo.keys import add_keys
from fedele.demo.sheets import Sheets
from fedele.demo.stores import Constants, Packed, pack
from fedele.demo.world import World


class Made(NamedTuple):
    packed: Packed
    #: Ordinary word → in how many documents of the block it is.
    words: Counter[str]
    #: Table → how many rows.
    counts: dict[str, int]


def make(world: World, vendor: str, constants: Constants, number: int) -> Made:
    """One block of the demo company, ready to be stored."""
    return finish(make_block(world, number), vendor, constants)


def finish(sheets: Sheets, vendor: str, constants: Constants) -> Made:
    words = add_documents(sheets)
    add_keys(sheets)
    counts = {table: len(rows) for table, rows in sheets.rows.items()}
    return Made(pack(vendor, sheets.rows, constants), words, counts)


def in_order(make_one: Callable[[int], Made], blocks: int) -> Iterator[Made]:
    """All blocks. A few at a time are in memory, however many there are."""
    workers = min(os.cpu_count() or 1, 8)
    if blocks < 8 or workers == 1:
        yield from map(make_one, range(blocks))
        return
    waiting: deque[Future[Made]] = deque()
    # Started anew, not forked: a forked process would share this one's database connection.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
        for number in range(blocks):
            waiting.append(pool.submit(make_one, number))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _end_with_parent() -> None:
    """A load that is killed must not leave processes behind that make rows for nobody."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
