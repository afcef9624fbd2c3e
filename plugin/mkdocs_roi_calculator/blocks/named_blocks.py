"""A calculator as it is shown, on a page or for others to embed, and those that have an id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mkdocs_roi_calculator.blocks.mistakes import Written
from mkdocs_roi_calculator.settings.settings import SHOW_CALCULATOR, Settings
from roi_calc.answering.answer import Answer, answer_to


@dataclass(frozen=True)
class Block:
    """Everything that a calculator is shown with.

    key: its own in the whole site, since some plugins put several pages on one. settings: those
    that it was written with, all together. links: where other calculators stand, as seen from it.
    """

    key: str
    settings: Settings
    written: Written
    links: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def answer(self) -> Answer:
        """What the calculator says to the block's values; for the form and the prose alike."""
        settings = self.settings
        return answer_to(
            settings.calculator,
            settings.given,
            settings.language,
            settings.currency,
            settings.comparison,
        )

    @property
    def is_calculator(self) -> bool:
        """Whether it shows a calculator, and no table of what there is to say in one."""
        return self.settings.show == SHOW_CALCULATOR

    @property
    def page(self) -> str:
        """The page it stands on, such as `guide/month.md`; empty for none."""
        return self.written.context.name


class TakenIdError(ValueError):
    """An id that a block of another page has. place: where that one stands."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class NamedBlocks:
    """The blocks of one build of a site that have an id, noted as pages are rendered."""

    def __init__(self) -> None:
        self.by_id: dict[str, Block] = {}

    def note(self, block: Block) -> None:
        """Keep a block; TakenIdError if one of another page has its id.

        A page may be rendered twice in a build; its later block counts.
        """
        earlier = self.by_id.get(block.settings.id)
        if earlier is not None and earlier.page != block.page:
            raise TakenIdError(earlier.written.place)
        self.by_id[block.settings.id] = block

    def on_page(self, page: str) -> list[str]:
        """Return the ids on a page, in order."""
        return [name for name, block in self.by_id.items() if block.page == page]
