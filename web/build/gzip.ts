/// <reference types="node" />
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const compress = promisify(gzip);
const kCompressible = /\.(?:html|js|css|svg|json|webmanifest)$/;
const kSmallestWorthwhile = 512;

/** Writes a `.gz` sibling beside every compressible file of the build, for servers that send it as it lies. */
export function gzipSiblings(): Plugin {
  let folder = "dist";
  return {
    name: "gzip-siblings",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    async closeBundle() {
      for (const path of await compressibleFiles(folder)) {
        const content = await readFile(path);
        if (content.length < kSmallestWorthwhile) continue;
        await writeFile(`${path}.gz`, await compress(content, { level: constants.Z_BEST_COMPRESSION }));
      }
    },
  };
}

async function compressibleFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return compressibleFiles(path);
      return Promise.resolve(kCompressible.test(entry.name) ? [path] : []);
    }),
  );
  return nested.flat();
}
