/// <reference types="node" />
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { gzipSiblings } from "./build/gzip";

// `npm run dev` shows the pages with a server of your own behind them, by default a local criptd.
const server = process.env["CRIPT_HOST"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), gzipSiblings()],
  build: {
    target: "es2022",
    assetsDir: "assets",
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
  },
  server: { proxy: { "/api": server } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
