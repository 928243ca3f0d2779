/** A disk of little room: a tmpfs, which needs the right to mount. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the files of a folder take, by blocks. */
export const kibibytesOf = (folder: string) =>
  readdirSync(folder).reduce((sum, file) => sum + Math.ceil(statSync(join(folder, file)).size / 4096) * 4, 0);

/** Null, or why it was refused. `options`: remount, to give a mounted one other room. */
export function mount(disk: string, kibibytes: number, ...options: string[]): string | null {
  const how = ['-t', 'tmpfs', '-o', [...options, `size=${kibibytes}k`].join(','), 'tmpfs', disk];
  const { status, stderr, error } = spawnSync('mount', how, { encoding: 'utf8' });
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

export function unmount(disk: string): void {
  spawnSync('umount', [disk]);
}
