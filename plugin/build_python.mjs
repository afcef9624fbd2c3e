// Makes what the wheel carries of Python, by running build_python.py in the pinned Pyodide: only
// Pyodide's own Python writes bytecode that Pyodide reads. hatch_build.py starts it when a wheel is
// built or the checkout is installed.
//
// Arguments: the folder of the npm package, the folder to write to.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideFolder = "", output = ""] = process.argv.slice(2).map((path) => resolve(path));
const here = import.meta.dirname;

// Keeps what dataclasses has compiled while Python runs; build_python.py says what for.
const RECORDER = `
import dataclasses

sources = set()

def _execute(source, globals, namespace):
    sources.add(source)
    exec(source, globals, namespace)

dataclasses.exec = _execute
`;

const NO_ASYNCIO = readFileSync(join(here, "no_asyncio.py"), "utf8");

const { loadPyodide } = await import(pathToFileURL(join(pyodideFolder, "pyodide.mjs")).href);
const { info } = JSON.parse(readFileSync(join(pyodideFolder, "pyodide-lock.json"), "utf8"));
const pyodide = await loadPyodide({
  indexURL: pyodideFolder,
  lockFileContents: { info, packages: {} },
  // Without the columns of every instruction the library is a quarter smaller; tracebacks keep
  // their lines.
  args: ["-X", "no_debug_ranges"],
  // The same order of every set, so the same bytes.
  env: { PYTHONHASHSEED: "0" },
  // Python runs this module first; dataclasses are made before loadPyodide returns.
  fsInit: async (FS, { sitePackages }) =>
    FS.writeFile(`${sitePackages}/sitecustomize.py`, `${NO_ASYNCIO}${RECORDER}`),
});

for (const [folder, place] of [
  [join(here, "..", "calc"), "/calc"],
  [here, "/plugin"],
  [output, "/output"],
]) {
  pyodide.FS.mkdirTree(place);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: folder }, place);
}
const sys = pyodide.pyimport("sys");
sys.path.extend(pyodide.toPy(["/calc", "/plugin"]));
const build = pyodide.pyimport("build_python");

// What a page does, so that what it needs is imported: unpack an archive, have words, ask and be
// answered, see Python raise.
pyodide.unpackArchive(build.empty_archive().toJs(), "zip", { extractDir: "/tmp/empty" });
build.send_words();
const requests = build.requests();
const { evaluate } = pyodide.pyimport("roi_calc.browser");
for (const request of requests.toJs({ dict_converter: Object.fromEntries })) {
  evaluate(pyodide.toPy(request)).toJs({ dict_converter: Object.fromEntries });
}
try {
  evaluate(pyodide.toPy({}));
} catch (error) {
  String(error);
}
build.write_archives(pyodide.pyimport("sitecustomize").sources);

// The versions of what is inside, for the list of parts that goes with the wheel.
console.log(
  JSON.stringify({
    pyodide: pyodide.version,
    emscripten: info.platform.replace("emscripten_", "").replaceAll("_", "."),
    ...build.versions().toJs({ dict_converter: Object.fromEntries }),
  }),
);
