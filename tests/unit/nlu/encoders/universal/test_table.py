"""Rows of a file, by their places."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from bot.nlu.encoders.universal.table import Table

NUMBERS = np.arange(30, dtype=np.uint8).reshape(10, 3)


def test_rows_come_in_the_order_asked_for(tmp_path):
    (tmp_path / "table.bin").write_bytes(NUMBERS.tobytes())

    assert Table(tmp_path / "table.bin", 3).rows([9, 0, 0]).tolist() == [[27, 28, 29], [0, 1, 2], [0, 1, 2]]


def test_threads_do_not_disturb_each_other(tmp_path):
    (tmp_path / "table.bin").write_bytes(NUMBERS.tobytes())
    table = Table(tmp_path / "table.bin", 3)

    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda place: table.rows([place])[0].tolist(), list(range(10)) * 20))

    assert rows == NUMBERS.tolist() * 20
