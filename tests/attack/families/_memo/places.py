"""Words that stand elsewhere on the page, though programs read them in the old order."""

from __future__ import annotations

from pikepdf import Array, Pdf, String

from tests.attack.families._memo.alterations import alters
from tests.attack.families._memo.pdf_edits import Instructions, find_text, operation, rewrite


def exchanges(name: str, page: int, one: str, other: str) -> None:
    """Register the exchange of two texts by the matrices that place them."""

    def change(pdf: Pdf) -> None:
        ends = [find_text(pdf, page, words)[0] for words in (one, other)]

        def moved(found: Instructions) -> Instructions:
            here, there = (next(at for at in range(end, -1, -1) if str(found[at].operator) == "Tm") for end in ends)
            found[here], found[there] = found[there], found[here]
            return found

        rewrite(pdf, page, moved)

    alters(f"places: {name} exchanged")(change)


exchanges("two cells of a column", 1, "State, Defense", "NSC, State")
exchanges("two cells of a row", 1, "State, Defense", "Ceiling, term")
exchanges("two headings", 1, "Do not make Seoul", "Broker quietly on")
exchanges("two lines of a paragraph", 0, "On that day", "May")
exchanges("the first lines of two findings", 1, "South Korea exported", "Seoul has not foreclosed")


@alters("places: two letters of a word exchanged")
def exchange_letters(pdf: Pdf) -> None:
    at, _ = find_text(pdf, 1, "State, Defense")

    def moved(found: Instructions) -> Instructions:
        codes = b"".join(bytes(part) for part in found[at].operands[0] if isinstance(part, String))
        first, second, *rest = (String(codes[place : place + 2]) for place in range(0, len(codes), 2))
        found[at] = operation("TJ", Array([-520, first, 1150, second, -600, *rest]))
        return found

    rewrite(pdf, 1, moved)


@alters("places: a text turned upside down")
def turn_text(pdf: Pdf) -> None:
    at, _ = find_text(pdf, 0, "Policy analysis staff")

    def turned(found: Instructions) -> Instructions:
        place = next(place for place in range(at, -1, -1) if str(found[place].operator) == "Tm")
        x, y = (float(number) for number in found[place].operands[4:])
        found[place] = operation("Tm", -1, 0, 0, 1, x + 120, y)
        return found

    rewrite(pdf, 0, turned)
