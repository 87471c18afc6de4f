import { defineConfig, type UserConfig } from 'vite';

/** Browsers of cheap phones from 2022 on. */
const target = ['chrome103', 'firefox103', 'safari15.4'];

/** One page for each mode, each with one script and one style sheet of its own; `embed` keeps its name. */
export default defineConfig(({ mode }): UserConfig => {
  const isEmbed = mode === 'embed';
  return {
    publicDir: false,
    logLevel: 'warn',
    build: {
      target,
      outDir: 'dist/pages',
      emptyOutDir: false,
      modulePreload: false,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { [mode]: `src/pages/${mode}/main.ts` },
        output: {
          format: isEmbed ? 'iife' : 'es',
          entryFileNames: isEmbed ? 'embed.js' : 'assets/[name]-[hash].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
        },
      },
    },
  };
});
