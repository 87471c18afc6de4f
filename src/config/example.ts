import { settingTable, type Setting } from './table.ts';

/** `.env.example`: every setting with its help, commented out, with what counts when it is not set. */
export function envExample(): string {
  const lines = Object.entries(settingTable).map(([name, setting]: [string, Setting<unknown>]) => {
    const note = setting.fallback === undefined ? '' : ` Unset: ${setting.fallback}.`;
    return `# ${setting.help}${note}\n#${name}=\n`;
  });
  return ['# Copy to .env and take away the # of what you set.\n', ...lines].join('\n');
}
