/** A figure that stands on a line of its own, and the units that go on after it. */

/** Short enough to be a page number. */
export const BARE_NUMBER = /^[0-9０-９]{1,3}$/;
/** Any amount: 2000, 38.5, 1,200. */
export const FIGURE = /^[0-9０-９][0-9０-９.．,，]{0,12}$/;
/** What a figure is followed by: a percent sign, an amount or a measure word. */
export const UNIT =
  /^(?:[%％‰]|余?[十百千万亿]*(?:元|人|个|名|家|所|套|台|亩|公里|千米|平方|立方|米|吨|户|件|项|次|座|处|张|份|辆|公顷|公斤|小时|学时|课时|岁|倍|册|头|只|株|棵|斤|间|栋|条|片|对|场|期|批|组|位|周岁|个百分点))/;
