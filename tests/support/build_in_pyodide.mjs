// Builds a site with MkDocs in Pyodide's Python, the newest there is on a machine that has Node.
// Arguments: the folder of the npm package, the site's folder, then folders of Python packages.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, site, ...libraries] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: folder });
const mount = (place, root) => {
  pyodide.FS.mkdirTree(place);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root }, place);
  return place;
};
const sys = pyodide.pyimport("sys");
for (const [index, root] of libraries.entries())
  sys.path.append(mount(`/libraries/${index}`, root));
pyodide.pyimport("os").chdir(mount("/site", site));
const { load_config } = pyodide.pyimport("mkdocs.config");
pyodide.pyimport("mkdocs.commands.build").build(load_config("mkdocs.yml"));
console.log(sys.version);
