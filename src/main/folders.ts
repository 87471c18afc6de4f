import path from 'node:path';

/** Folder of the repository: words, directory and pages lie beside the source. */
export const root = path.join(import.meta.dirname, '../..');
export const localesFolder = path.join(root, 'locales');
export const directoryFolder = path.join(root, 'directory');
export const pagesFolder = path.join(root, 'dist/pages');
