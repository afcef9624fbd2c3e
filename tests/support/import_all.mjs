// Starts Pyodide with a packed library, imports modules by name, and prints what failed.
// Arguments: the folder of the npm package, the library, archives to add (or none), then the names.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, library, added, ...names] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
const { info } = JSON.parse(readFileSync(join(folder, "pyodide-lock.json"), "utf8"));
const pyodide = await loadPyodide({
  indexURL: folder,
  stdLibURL: library,
  lockFileContents: { info, packages: {} },
});
if (added) {
  pyodide.unpackArchive(new Uint8Array(readFileSync(added)), "zip", { extractDir: "/site" });
  pyodide.pyimport("sys").path.insert(0, "/site");
}
const failed = {};
for (const name of names) {
  try {
    pyodide.pyimport(name);
  } catch (error) {
    failed[name] = String(error);
  }
}
console.log(JSON.stringify(failed));
