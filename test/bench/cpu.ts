import { readFileSync } from 'node:fs';

/** Clock ticks of /proc in a second; the same on every Linux that Node.js runs on. */
const ticks = 100;

/** CPU a process has used so far, seconds, user and system. */
export function cpuSeconds(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8');
  // The second field is the program's name in brackets and may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}
