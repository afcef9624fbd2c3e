"""What editors check while an author types: takes what a build takes, and marks what it refuses."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from mkdocs_roi_calculator.settings.editor_schema import SCHEMAS
from mkdocs_roi_calculator.settings.settings import OPTIONS
from support.guide import EVERY_FILE, block_texts
from support.sites import ROOT, run_tool

MISTAKES = {
    "block": {
        "an unknown key": "curency: EUR",
        "an input outside values": "requests: 250",
        "a currency that is none": "currency: euros",
        "an unknown view": "show: tables",
        "a time to load that is none": "boot: later",
        "a name with a space": "id: my month",
        "values that are no mapping": "values: 250",
        "an input of no calculator": "calculator: deflection\nvalues: {request: 250}",
        "an input of another calculator": "calculator: retention\nvalues: {requests: 250}",
        "a choice that is none": "calculator: retention\nvalues: {period: fortnight}",
        "a target that is no result": "calculator: retention\ntargets: {profit: 1}",
        "a negative number": "calculator: deflection\nvalues: {requests: -1}",
        "a share without its sign": "calculator: deflection\nvalues: {deflection_share: 60}",
    },
    "site": {
        "an unknown option": "plugins: [{roi-calculator: {curency: EUR}}]",
        "embed that is neither": "plugins: [{roi-calculator: {embed: sometimes}}]",
        "embed with an unknown key": "plugins: [{roi-calculator: {embed: {picture: a.png}}}]",
        "an address without its end": "plugins: {roi-calculator: {pyodide: https://files.example}}",
        "calculators that are no list": "plugins: [{roi-calculator: {calculators: clv.py}}]",
        "what only a block can say": "plugins: [search, {roi-calculator: {title: Ours}}]",
        "the plugin's own option": "markdown_extensions: [{roi_calculator: {embed: true}}]",
    },
}


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with what the command line prints."""
    folder = tmp_path_factory.mktemp("schemas")
    for name in SCHEMAS:
        printed = run_tool("mkdocs-roi-calculator", "schema", name, cwd=folder)
        assert printed.returncode == 0, printed.stderr
        (folder / f"{name}.json").write_text(printed.stdout, "utf-8")
    return folder


def _refused(schema: Path, files: Iterable[Path]) -> list[str]:
    """Return the files that are marked, by name."""
    checked = run_tool(
        "check-jsonschema",
        "--output-format=json",
        "--schemafile",
        str(schema),
        *map(str, files),
        cwd=schema.parent,
    )
    report = json.loads(checked.stdout)
    assert not report.get("parse_errors"), report
    return sorted({Path(error["filename"]).stem for error in report["errors"]})


def test_the_schemas_are_json_schema(schemas: Path) -> None:
    names = [str(schemas / f"{name}.json") for name in SCHEMAS]
    checked = run_tool("check-jsonschema", "--check-metaschema", *names, cwd=schemas)
    assert checked.returncode == 0, checked.stdout


def test_every_block_of_the_guide_is_taken(schemas: Path, tmp_path: Path) -> None:
    files = []
    for language, page in EVERY_FILE:
        for number, text in enumerate(filter(str.strip, block_texts(language, page))):
            name = page.removesuffix(".md").replace("/", "-")
            files.append(tmp_path / f"{language}-{name}-{number}.yml")
            files[-1].write_text(text, "utf-8")
    assert len(files) > 50
    assert _refused(schemas / "block.json", files) == []


def test_the_configuration_of_the_guide_is_taken(schemas: Path, tmp_path: Path) -> None:
    # `!ENV` is MkDocs' own; editors are told of such marks, this program is not.
    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV ", "")
    file = tmp_path / "mkdocs.yml"
    file.write_text(text.replace("[ROI_CALCULATOR_PYODIDE, cdn]", "cdn"), "utf-8")
    plain = tmp_path / "plain.yml"
    plain.write_text("plugins: {search: {}, roi-calculator: }", "utf-8")
    assert _refused(schemas / "site.json", [file, plain]) == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_mistakes_are_marked(name: str, schemas: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{mistake}.yml" for mistake in MISTAKES[name]]
    for file in files:
        file.write_text(MISTAKES[name][file.stem], "utf-8")
    assert _refused(schemas / f"{name}.json", files) == sorted(MISTAKES[name])


def test_every_option_is_in_a_schema_where_it_may_stand() -> None:
    block, site = (json.dumps(SCHEMAS[name]()) for name in ("block", "site"))
    for option in OPTIONS:
        declared = f'"{option.key}": {{"description"'
        assert (declared in block) == ("block" in option.places), option.key
        is_of_site = bool({"site", "plugin", "extension"} & {*option.places})
        assert (declared in site) == is_of_site, option.key
