/** Where a document applies: a division of GB/T 2260. */

/** `level` says which of the names is the division itself. A municipality (北京市) is a province here. */
export interface Jurisdiction {
  /** Six digits of GB/T 2260 ("120114"), or a code of our own list for 新区 and 开发区, which the standard lacks ("120116-x"). */
  readonly code: string;
  readonly level: 'country' | 'province' | 'city' | 'district';
  /** Full official names; null below the level. 直辖市 have no city. */
  readonly province: string | null;
  readonly city: string | null;
  readonly district: string | null;
  /** How a reader names it: "天津市武清区", "山东省潍坊市", "重庆市长寿区", "全国". */
  readonly name: string;
}
