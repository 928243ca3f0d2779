/** The built program as a process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const MAIN = resolve(import.meta.dirname, '../../dist/cli/main.js');
export const MODEL = resolve(import.meta.dirname, '../../models/tiaowen/policy-encoder-small-zh');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts `tiaowen` with only the settings given: those of the machine that runs the tests are left out. */
export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "npm run build:node" first`);
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('TIAOWEN_'));
  return spawn(process.execPath, [MAIN, ...args], {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function ended(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((done, reject) => {
    child.on('error', reject).on('close', (code) => done({ code, out, err }));
  });
}

export function tiaowen(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return ended(start(args, env));
}

/** The address that a server prints when it is ready. Rejects when it ends before. */
export function addressOf(child: ChildProcess): Promise<string> {
  let out = '';
  return new Promise((done, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const address = /http:\/\/\S+/.exec(out)?.[0];
      if (address) done(address);
    });
    child.on('close', (code) => reject(new Error(`ended with ${code} before it was ready`)));
  });
}

/** Two districts, one of which says nothing on the topic. */
export const CORPUS: Readonly<Record<string, string>> = {
  '武清区.txt': `天津市武清区教育发展规划

一、总体要求
坚持教育优先发展，办好人民满意的教育。
二、主要任务
（一）推进教师轮岗交流。完善区内义务教育学校教师、校长交流轮岗长效机制，每年交流比例不低于百分之十。
（二）加强校园食品安全管理。落实学校食堂校长负责制，开展食品安全专项检查。
天津市武清区人民政府
2021年9月1日
`,
  '聊城市.txt': `聊城市教育工作要点

一、重点工作
（一）扩大普惠性学前教育资源。新建改扩建幼儿园二十所，普惠园覆盖率达到百分之九十。
（二）加强体育美育工作。保障学生每天校内体育活动时间不少于一小时。
聊城市教育局
2022年3月1日
`,
};
