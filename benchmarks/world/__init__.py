"""An invented world of athletics and the news about it, of any size, with what is true of each article.

The same seed, size and rates give the same articles. People, clubs and races are held in memory (some megabytes for ten
thousand articles); articles are written one by one.
"""

from world.making import make
from world.press import Press
from world.values import Named, Rates, Said, Story, World

__all__ = ["Named", "Press", "Rates", "Said", "Story", "World", "make"]
