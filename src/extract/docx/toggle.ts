/** On or off: an element without a value is on (ECMA-376 Part 1, 17.17.4). */
import type { Attributes } from '../xml.js';

export function isOn({ val }: Attributes): boolean {
  return val === undefined || !/^(?:0|false|off|none)$/i.test(val);
}
