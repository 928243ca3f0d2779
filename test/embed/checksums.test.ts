import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256, verifyChecksums, writeChecksums } from '../../src/embed/checksums.js';
import { temporaryFolder } from './temporary-folder.js';

const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

async function modelFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'onnx'));
  await writeFile(join(folder, 'onnx', 'model.onnx'), 'abc');
  await writeFile(join(folder, 'config.json'), '{}');
  await writeChecksums(folder);
  return folder;
}

describe('checksums', () => {
  it('hashes a file', async () => {
    expect(await sha256(join(await modelFolder(), 'onnx', 'model.onnx'))).toBe(ABC);
  });

  it('writes what it verifies, in the form of sha256sum', async () => {
    const folder = await modelFolder();
    const lines = (await readFile(join(folder, 'SHA256SUMS'), 'utf8')).split('\n');
    expect(lines[1]).toBe(`${ABC}  onnx/model.onnx`);
    expect((await verifyChecksums(folder))?.get('onnx/model.onnx')).toBe(ABC);
  });

  it('gives null for a folder without SHA256SUMS', async () => {
    expect(await verifyChecksums(await temporaryFolder())).toBeNull();
  });

  it('names a missing file and the way out', async () => {
    const folder = await modelFolder();
    const path = join(folder, 'onnx', 'model.onnx');
    await rm(path);
    const error = await verifyChecksums(folder).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'model-missing' });
    expect(String(error)).toContain(path);
    expect(String(error)).toContain('git checkout');
  });

  it('names an altered file', async () => {
    const folder = await modelFolder();
    const path = join(folder, 'onnx', 'model.onnx');
    await writeFile(path, 'abd');
    await expect(verifyChecksums(folder)).rejects.toMatchObject({
      code: 'model-altered',
      message: expect.stringContaining(path) as string,
    });
  });

  it('refuses a damaged list', async () => {
    const folder = await modelFolder();
    await writeFile(join(folder, 'SHA256SUMS'), 'version https://git-lfs\n');
    await expect(verifyChecksums(folder)).rejects.toMatchObject({ code: 'model-altered' });
  });
});
