"""This file is about many who do something at the same time."""

import threading
from collections.abc import Callable


def at_once(workers: int, write: Callable[[int], None]) -> list[Exception]:
    """Do something in several threads at the same time. Returns what went wrong."""
    wrong: list[Exception] = []
    together = threading.Barrier(workers)

    def work(number: int) -> None:
        try:
            together.wait(10)
            write(number)
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return wrong
