"""The blocks that other sites may embed, noted as pages are rendered: those that have an id."""

from collections.abc import Mapping
from dataclasses import dataclass

from roi_calc.answering.answer import Answer


@dataclass(frozen=True)
class EmbeddableBlock:
    """A block with an id, and where it stands.

    key: as in roi_calc.showing.block.block(). source: the page, such as `guide/month.md`. place:
    the same with the line, for messages. links: where other calculators stand, as seen from the
    page.
    """

    id: str
    key: str
    answer: Answer
    title: str
    links: Mapping[str, str]
    source: str
    place: str


class TakenIdError(ValueError):
    """An id that a block of another page has. place: where that one stands."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class Embeddable:
    """What one build of a site lets others embed, by id."""

    def __init__(self) -> None:
        self.blocks: dict[str, EmbeddableBlock] = {}

    def note(self, block: EmbeddableBlock) -> None:
        """Keep a block; TakenIdError if one of another page has its id.

        A page may be rendered twice in a build; its later block counts.
        """
        earlier = self.blocks.get(block.id)
        if earlier is not None and earlier.source != block.source:
            raise TakenIdError(earlier.place)
        self.blocks[block.id] = block

    def on_page(self, source: str) -> list[str]:
        """Return the ids on a page, in order."""
        return [block.id for block in self.blocks.values() if block.source == source]
