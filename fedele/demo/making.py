"""Blocks made in other processes while this one stores those that are ready, in their order and never far ahead."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from fedele.demo.block import make_block
from fedele.demo.found import add_documents
from fedele.demo.stores import Constants, Packed, pack
from fedele.demo.world import World

#: How many records of each type came with a block.
Made = tuple[Packed, Counter[str], dict[str, int]]


def make(world: World, number: int, vendor: str, constants: Constants) -> Made:
    sheets = make_block(world, number)
    words = add_documents(sheets)
    counts = {table: len(rows) for table, rows in sheets.rows.items()}
    return pack(vendor, sheets.rows, constants), words, counts


def blocks(world: World, vendor: str, constants: Constants) -> Iterator[Made]:
    """All blocks in order. A few at a time are in memory, however many there are."""
    workers = min(os.cpu_count() or 1, 8)
    if world.blocks < 8 or workers == 1:
        for number in range(world.blocks):
            yield make(world, number, vendor, constants)
        return
    waiting: deque[Future[Made]] = deque()
    # Started anew, not forked: a forked process would share this one's database connection.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        for number in range(world.blocks):
            waiting.append(pool.submit(make, world, number, vendor, constants))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
