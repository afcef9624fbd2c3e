"""Which page is being rendered: what MkDocs, ProperDocs and Zensical each say of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol, cast

from markdown import Markdown
from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

_PAGE_MARKDOWN: Final = "_original_md"


class _MkDocsProcessor(Protocol):
    """What MkDocs registers as `relpath`."""

    file: File
    files: Files


class _ZensicalPage(Protocol):
    path: str
    meta: Mapping[str, object]


class _ZensicalProcessor(Protocol):
    """What Zensical registers as `rendering_context`."""

    page: _ZensicalPage
    config: Mapping[str, str]


@dataclass(frozen=True)
class PageContext:
    """The page's source file and front matter; both empty in plain Python-Markdown.

    name: the same on every machine, such as `guide/month.md`. address_of: turns a page of the site,
    such as `data-points.md#c`, into an address relative to this one; LookupError for none such.
    file_address: turns a file of the site, such as `assets/style.css`, into such an address, and
    is empty for one that is not published; None where the page's place is not known. site_folder:
    where the engine writes the site, if nothing but this extension can add files to it.
    """

    name: str = ""
    path: Path | None = None
    meta: Mapping[str, object] = field(default_factory=dict)
    address_of: Callable[[str], str] = str
    file_address: Callable[[str], str] | None = None
    site_folder: Path | None = None

    @cached_property
    def source(self) -> str:
        """The text of the source file; empty where there is none."""
        if self.path is None or not self.path.is_file():
            return ""
        return self.path.read_text("utf-8-sig", errors="replace")


def page_markdown(md: Markdown) -> Markdown:
    """Return the object that converts the page, which may be another one than converts a part.

    markdown-exec converts what a fence prints by an object of its own that knows the page's.
    """
    while is_nested(md):
        md = getattr(md, _PAGE_MARKDOWN)
    return md


def is_nested(md: Markdown) -> bool:
    """Tell whether an object converts a part of a page, for another one."""
    return hasattr(md, _PAGE_MARKDOWN)


def page_context(md: Markdown) -> PageContext:
    """Return the page that this Markdown instance is rendering, as far as it can be known."""
    if "relpath" in md.treeprocessors:  # MkDocs and ProperDocs
        # cast: the registry knows only what every processor has
        processor = cast("_MkDocsProcessor", md.treeprocessors["relpath"])
        file, files = processor.file, processor.files
        path = Path(file.abs_src_path) if file.abs_src_path else None
        return PageContext(
            file.src_uri,
            path,
            file.page.meta if file.page else {},
            lambda page: linked(page, files, file.url),
            lambda path: _published(path, file, files),
        )
    if "rendering_context" in md.preprocessors:  # Zensical
        # cast: as above
        context = cast("_ZensicalProcessor", md.preprocessors["rendering_context"])
        # A configuration may lie elsewhere than where the build was started.
        root = context.config.get("root_dir", "")
        path = Path(root, context.config["docs_dir"], context.page.path)
        return PageContext(
            context.page.path,
            path,
            context.page.meta,
            # As seen from the source: Zensical turns addresses in the content into the page's.
            file_address=lambda address: _up(context.page.path) + address,
            site_folder=Path(root, context.config["site_dir"]),
        )
    # Python-Markdown's own `meta` knows no nested keys; other extensions put mappings here.
    meta = getattr(md, "Meta", None)
    return PageContext(meta=meta if isinstance(meta, Mapping) else {})


def linked(page: str, files: Files, seen_from: str) -> str:
    """Return the address of a page of the docs folder, or of the web, as seen from an address.

    seen_from: relative to where the site's addresses begin. Raises LookupError for a page that
    there is not.
    """
    if "://" in page:
        return page
    path, mark, fragment = page.partition("#")
    target = files.get_file_from_path(path)
    if target is None:
        raise LookupError(path)
    return f"{get_relative_url(target.url, seen_from)}{mark}{fragment}"


def _published(path: str, file: File, files: Files) -> str:
    """Return the address of a file of the site, relative to the page in `file`; empty for none."""
    target = files.get_file_from_path(path)
    return "" if target is None else _up(file.url) + target.url


def _up(place: str) -> str:
    """Return what leads from a page, or its source, to where the site's addresses begin."""
    return "../" * place.removeprefix("./").removeprefix("/").count("/")
