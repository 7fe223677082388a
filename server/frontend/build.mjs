// Bundles each src/*.ts into ../static/built/, with a manifest of the files' names and the licences of what is in them.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "static", "built");
const fresh = `${target}.new`;

/** The folder of the package that a bundled file came from, or null for our own. */
function packageOf(input) {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  return found ? found[1] : null;
}

/** A package and all it depends on, as some packages are published as bundles of others; `found` grows. */
function gather(folder, found) {
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (found.has(about.name)) return;
  found.set(about.name, { folder, about });
  for (const name of Object.keys(about.dependencies ?? {})) {
    const places = [join(folder, "node_modules", name), join(here, "node_modules", name)];
    gather(
      places.find((place) => existsSync(place)),
      found,
    );
  }
}

function licences(inputs) {
  const found = new Map();
  for (const input of inputs) {
    const folder = packageOf(input);
    if (folder) gather(join(here, folder), found);
  }
  const parts = [...found.values()].map(({ folder, about }) => {
    const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const author = typeof about.author === "string" ? about.author : (about.author?.name ?? "its authors");
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Copyright by ${author}.`;
    return `${about.name} ${about.version} (${about.license})\n\n${text}\n`;
  });
  return `What the scripts in this folder hold besides Podium's own code.\n\n${parts.sort().join(`\n${"-".repeat(80)}\n\n`)}`;
}

rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });
const entries = readdirSync(join(here, "src")).filter((name) => name.endsWith(".ts"));
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: entries.map((name) => `src/${name}`),
  outdir: fresh,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
  loader: { ".svg": "file" },
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
for (const [path, output] of Object.entries(metafile.outputs)) {
  if (!entries.some((name) => output.entryPoint === `src/${name}`)) continue;
  const name = basename(output.entryPoint, ".ts");
  manifest[`${name}.js`] = basename(path);
  if (output.cssBundle) manifest[`${name}.css`] = basename(output.cssBundle);
}
writeFileSync(join(fresh, "THIRD-PARTY.txt"), licences(Object.keys(metafile.inputs)));
writeFileSync(join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
rmSync(target, { recursive: true, force: true });
renameSync(fresh, target);
