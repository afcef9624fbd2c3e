// Runs Python from standard input in Pyodide's Python and prints what it comes to.
// Arguments: the folder of the npm package, then folders of Python packages.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...libraries] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: folder });
const sys = pyodide.pyimport("sys");
for (const [index, root] of libraries.entries()) {
  pyodide.FS.mkdirTree(`/libraries/${index}`);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root }, `/libraries/${index}`);
  sys.path.append(`/libraries/${index}`);
}
console.log(pyodide.runPython(readFileSync(0, "utf8")));
