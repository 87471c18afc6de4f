/** The eight arrow rules of docs/architecture.md section 2. test/completeness/arrows.test.ts plants a breach of each. */
const folders = [
  'bot',
  'channels',
  'commands',
  'delivery',
  'journeys',
  'stores',
  'recogniser',
  'directory',
  'documents',
  'people',
  'desk',
  'server',
];

module.exports = {
  forbidden: [
    {
      name: '1-core-imports-only-core',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: '^src/core/' },
    },
    {
      name: '2-dialogs-import-core-and-shared',
      severity: 'error',
      from: { path: '^dialogs/([^/]+)/' },
      to: { pathNot: ['^src/core/', '^dialogs/shared/', '^dialogs/$1/'] },
    },
    {
      name: '3-folders-never-import-each-other',
      severity: 'error',
      from: { path: `^src/(${folders.join('|')})/` },
      to: { path: '^src/', pathNot: ['^src/(core|log|i18n)/', '^src/$1/'] },
    },
    {
      name: '3-channels-and-stores-never-import-each-other',
      severity: 'error',
      from: { path: '^src/(channels|stores)/([^/]+)/' },
      to: { path: '^src/$1/[^/]+/', pathNot: '^src/$1/$2/' },
    },
    {
      name: '4-botbuilder-only-in-bot',
      severity: 'error',
      from: { path: '^(src|dialogs)/', pathNot: '^src/bot/' },
      to: { path: 'node_modules/(botbuilder|botframework)' },
    },
    {
      name: '5-environment-only-in-config',
      severity: 'error',
      from: { path: '^(src|dialogs)/', pathNot: '^src/config(\\.ts|/)' },
      to: { path: '^(node:)?process$' },
    },
    {
      name: '6-only-main-joins',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main\\.ts$', '^src/main/'] },
      to: { path: ['^dialogs/', '^src/main/'] },
    },
    {
      name: '6-only-the-command-line-starts-main',
      severity: 'error',
      from: { path: '^(src|dialogs)/', pathNot: '^src/cli\\.ts$' },
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: '7-pages-import-no-server-code',
      severity: 'error',
      from: { path: '^src/pages/' },
      to: { path: ['^src/', '^dialogs/', '^node:'], pathNot: '^src/pages/' },
    },
    { name: '8-no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: '8-nothing-imports-test',
      severity: 'error',
      from: { path: '^(src|dialogs)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    builtInModules: { add: ['node:sqlite'] },
  },
};
