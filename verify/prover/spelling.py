"""Elements spelled as certificates have them: words as numbers of letters in a table."""

from typing import Any

from verify.kernel.facts import number_of
from verify.kernel.words import Element, Letter, letters_of
from verify.trees import to_tree


class Spelling:
    """The table of letters that occur in a certificate."""

    def __init__(self) -> None:
        self.table: list[list[Any]] = []
        self._numbers: dict[Letter, int] = {}

    def number(self, letter: Letter) -> int:
        """Return the place of a letter in the table, where it is put if it is new."""
        if letter not in self._numbers:
            entry = self._entry(letter)
            self._numbers[letter] = len(self.table)
            self.table.append(entry)
        return self._numbers[letter]

    def element(self, a: Element) -> list[Any]:
        """Return an element as its shape and its terms."""
        terms = [
            [[[self.number(x) for x in w] for w in closed], [self.number(x) for x in word], to_tree(c)]
            for closed, word, c in a
        ]
        return [[to_tree(size) for size in a.shape], terms]

    def _entry(self, letter: Letter) -> list[Any]:
        if letter.kind:
            return [letter.kind, self.element(letter.of)]
        if (k := number_of(letter)) is not None:
            return ["fact", k, letter.transposed]
        return ["symbol", to_tree(letter.of), letter.transposed]


def facts_in(a: Element) -> set[int]:
    """Return the numbers of the facts in an element."""
    return {k for x in letters_of(a) if (k := number_of(x)) is not None}
