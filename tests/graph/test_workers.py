"""Articles read side by side: the same as one after the other, whatever happens to a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from itertools import count
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.errors import PodiumError, UnfitError, UnreadableError
from graph.model import Article
from graph.workers import each, usable_cores

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAIN = """
from itertools import count
from test_workers import article, process_of
from graph.workers import each

if __name__ == "__main__":
    for number, (_, process) in enumerate(each(process_of, map(article, count()), 2)):
        if number == 0:
            print(process, flush=True)
"""


def article(number: int, text: str = "") -> Article:
    return Article(f"a{number}", text, "", f"a{number}.txt")


def articles(numbers: Iterable[int], deadly: Iterable[int] = ()) -> list[Article]:
    return [article(number, str(os.getpid()) if number in deadly else "") for number in numbers]


def loud(read: Article) -> str:
    """Ends the process unless it is the one whose number is the text."""
    if read.text and read.text != str(os.getpid()):
        os.kill(os.getpid(), signal.SIGKILL)
    if read.id.endswith("7"):
        raise UnfitError(read.origin, "its number ends in 7")
    return read.id.upper()


def faulty(read: Article) -> str:
    raise ValueError(read.id)


def process_of(read: Article) -> str:
    return f"{os.getpid()}"


def plain(pairs: Iterable[tuple[Article | UnreadableError, str | PodiumError]]) -> list[tuple[str, str]]:
    return [(item.origin, f"{type(found).__name__} {found}") for item, found in pairs]


@pytest.mark.parametrize(("jobs", "few"), [(2, 0), (3, 20), (2, 90)])
def test_workers_give_what_one_process_gives(jobs: int, few: int) -> None:
    items = [*articles(range(80)), UnreadableError("b.txt", "is empty"), *articles(range(80, 85))]
    assert plain(each(loud, items, jobs, few=few)) == plain(each(loud, items, 1))


def test_workers_that_die_cost_the_article_they_held() -> None:
    expected = plain(each(loud, articles(range(150)), 1))
    found = plain(each(loud, articles(range(150), deadly=(13, 14, 113)), 2))
    ended = [number for number in range(150) if found[number] != expected[number]]
    assert ended == [13, 14, 113]
    assert all(f"a{number}.txt: the process that read it was ended" in found[number][1] for number in ended)


@pytest.mark.parametrize("jobs", [1, 2])
def test_workers_that_fail_cost_the_article_they_read(jobs: int) -> None:
    found = plain(each(faulty, articles(range(2)), jobs))
    assert [said for _, said in found] == [
        f"UnreadableError a{number}.txt: the extractor failed on it (ValueError('a{number}')); please report this"
        for number in range(2)
    ]


def test_workers_are_not_started_for_few_articles() -> None:
    assert {process for _, process in each(process_of, articles(range(20)), 4, few=20)} == {f"{os.getpid()}"}


def test_workers_do_not_read_what_is_known() -> None:
    known = {f"a{number}" for number in range(10, 60)}
    found = each(process_of, articles(range(100)), 2, few=5, known=lambda item: "known" if item.id in known else None)
    read = [said for _, said in found]
    assert read[10:60] == ["known"] * 50
    assert read[:5] == [f"{os.getpid()}"] * 5
    assert not {"known", f"{os.getpid()}"} & {*read[5:10], *read[60:]}
    assert [said for _, said in each(process_of, articles(range(100)), 2, known=lambda item: item.id)][99] == "a99"


def test_workers_take_few_articles_ahead() -> None:
    taken = []

    def endless() -> Iterator[Article]:
        for number in count():
            taken.append(number)
            yield article(number)

    with closing(each(process_of, endless(), 2)) as found:
        for _ in range(100):
            next(found)
        assert len(taken) < 400


def test_workers_are_gone_when_the_iterator_is_closed() -> None:
    found = each(process_of, map(article, count()), 2)
    next(found)
    assert active_children()
    found.close()
    assert not active_children()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_the_main_process(how: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "main.py"
    script.write_text(MAIN, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])},
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell has what it runs behind ignore it
    ) as main:
        assert main.stdout is not None
        worker = int(main.stdout.readline())
        if how == signal.SIGINT:
            os.killpg(main.pid, how)  # as the terminal does
        else:
            main.kill()
        try:
            _, said = main.communicate(timeout=60)
        finally:
            main.kill()
    for _ in range(100):
        if not alive(worker):
            break
        time.sleep(0.1)
    assert not alive(worker)
    if how == signal.SIGINT:
        assert said.count("KeyboardInterrupt") == 1


def test_workers_usable_cores_are_counted() -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"  # who takes up the orphans of this machine may be slow
