"""Small sites as others set theirs up: their engines' versions, plugins, extensions and themes."""

from dataclasses import dataclass, field
from typing import Final

from support.environments import Environment


@dataclass(frozen=True)
class OtherSite:
    """A site of somebody's kind.

    config: its mkdocs.yml, with PLUGIN where ours is added to theirs. pages: its files in the docs
    folder. files: those beside it.
    """

    environment: Environment
    config: str
    pages: dict[str, str]
    files: dict[str, str] = field(default_factory=dict)


_MODULE: Final = '''"""A package."""

import click


def answer(question: str) -> int:
    """Answer a question.

    Args:
        question: What is asked.

    Returns:
        The answer.
    """
    return len(question)


@click.command()
@click.option("--count", default=1, help="How often.")
def main(count: int) -> None:
    """Greet."""
'''

# As Argo CD's: an old Material with a folder of its own, includes, codehilite, strict; and of all
# that we declare the oldest, because its MkDocs, 1.3.0, is older still.
ARGO_CD: Final = OtherSite(
    Environment(
        ("mkdocs-material==7.1.8", "markdown-include==0.8.1", "pymdown-extensions==10.2.1"),
        is_lowest=True,
    ),
    """
site_name: Declarative
strict: true
repo_url: https://git.example/project
extra_css: [assets/versions.css]
extra_javascript: [assets/versions.js]
markdown_extensions:
  - markdown_include.include
  - codehilite: {css_class: highlight}
  - admonition
  - toc: {permalink: true}
  - pymdownx.superfences
theme:
  name: material
  custom_dir: overrides
  font: {text: Work Sans}
  palette:
    - {media: '(prefers-color-scheme: light)', primary: teal, scheme: default,
       toggle: {icon: material/brightness-7, name: Switch to dark mode}}
    - {media: '(prefers-color-scheme: dark)', primary: teal, scheme: slate,
       toggle: {icon: material/brightness-4, name: Switch to light mode}}
nav: [{Overview: index.md}, {Guide: [guide/index.md, guide/commands.md]}]
plugins:
  - search
  - PLUGIN
""",
    {
        "index.md": "# Overview\n\n!!! note\n    Read the [guide](guide/index.md).\n",
        "guide/index.md": "# Guide\n\n```yaml\nkind: Thing\n```\n",
        "guide/commands.md": "# Commands\n\n{!docs/guide/index.md!}\n",
        "assets/versions.css": "body { color: inherit; }\n",
        "assets/versions.js": "window.versions = [];\n",
    },
    {"overrides/main.html": '{% extends "base.html" %}{% block announce %}News{% endblock %}\n'},
)

# As Kedro's: instant navigation, mkdocstrings, mermaid2, a command's help, a folder of overrides.
KEDRO: Final = OtherSite(
    Environment(
        (
            "mkdocs-material==9.7.1",
            "mkdocs-autorefs==1.4.3",
            "mkdocs-mermaid2-plugin==1.2.3",
            "mkdocs-click==0.9.0",
            "mkdocstrings[python]==1.0.1",
            "pymdown-extensions<11",
        )
    ),
    """
site_name: ""
site_url: https://docs.example/en/stable/
theme:
  name: material
  custom_dir: docs/overrides/
  palette: [{scheme: light}, {scheme: dark}]
  font: {text: Inter, code: Inter Regular}
  features: [navigation.instant, navigation.tabs, navigation.tabs.sticky, navigation.sections,
    navigation.tracking, navigation.footer, search.suggest, content.tabs.link, content.code.copy]
plugins:
  - search
  - autorefs
  - mermaid2
  - mkdocstrings:
      handlers: {python: {paths: [src], options: {show_root_heading: true, show_source: false}}}
  - PLUGIN
markdown_extensions:
  - attr_list
  - mkdocs-click
  - md_in_html
  - pymdownx.inlinehilite
  - pymdownx.snippets
  - tables
  - footnotes
  - admonition
  - pymdownx.details
  - pymdownx.tabbed: {alternate_style: true}
  - def_list
  - pymdownx.tasklist: {custom_checkbox: true}
  - toc: {permalink: true, title: Contents}
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.highlight
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
extra_css: [stylesheets/colors.css]
extra_javascript: [javascript/site.js]
""",
    {
        "index.md": "# Welcome\n\nSee [answer][package.answer].[^1]\n\n[^1]: A note.\n",
        "tutorials/one.md": '# One\n\n=== "Tab"\n\n    ```mermaid\n    graph LR\n    ```\n',
        "api/package.md": "# API\n\n::: package.answer\n",
        "commands.md": "# Commands\n\n::: mkdocs-click\n    :module: package\n    :command: main\n",
        "stylesheets/colors.css": ":root { --own: red; }\n",
        "javascript/site.js": "window.isSite = true;\n",
        "overrides/main.html": '{% extends "base.html" %}\n',
    },
    {"src/package.py": _MODULE},
)

# As Copier's: Material as it is, mkdocstrings, executed code, emoji and links by themselves.
COPIER: Final = OtherSite(
    Environment(
        (
            "mkdocs-material==9.7.1",
            "mkdocstrings[python]==1.0.1",
            "markdown-exec==1.12.1",
            "pymdown-extensions<11",
            "click",
        )
    ),
    """
site_name: copies
site_url: https://copies.example/
repo_url: https://git.example/copies
theme: {name: material}
extra_css: [css/mkdocstrings.css]
markdown_extensions:
  - admonition
  - codehilite: {guess_lang: false}
  - pymdownx.superfences
  - pymdownx.emoji
  - pymdownx.magiclink
  - toc: {permalink: true}
plugins:
  - search
  - markdown-exec
  - PLUGIN
  - mkdocstrings: {handlers: {python: {paths: [src]}}}
watch: [src]
""",
    {
        "index.md": "# Overview\n\n:smile: https://copies.example/ and `code`.\n",
        "creating.md": '# Creating\n\n```python exec="1"\nprint("Made by *code*.")\n```\n',
        "reference/package.md": "# Reference\n\n::: package\n",
        "css/mkdocstrings.css": ".doc { margin: 0; }\n",
    },
    {"src/package.py": _MODULE},
)

OTHER_SITES: Final = {"argo-cd": ARGO_CD, "kedro": KEDRO, "copier": COPIER}
