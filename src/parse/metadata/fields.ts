/** All that the page states by name: rows of its 信息公开 table first, then pairs in the header's lines. */
import type { StatedField } from './input.js';
import { partRegion, type Place, type Region } from './region.js';
import { fieldOf, inlineFields, type FieldName } from './stated-fields.js';

export interface FieldValue {
  readonly value: string;
  readonly region: Region;
  /** Where the value starts in the region's text. */
  readonly start: number;
}

/** A value is a name, a number or a date. */
const LONGEST = 500;

export class Fields {
  private readonly values = new Map<FieldName, FieldValue[]>();

  constructor(stated: readonly StatedField[], header: Region, place: Place) {
    for (const { name, value, span } of stated) {
      const field = fieldOf(name);
      if (field === null || value.trim() === '') continue;
      const read = value.slice(0, LONGEST);
      this.put(field, { value: read, region: partRegion(read, span, place), start: 0 });
    }
    for (const { field, value, start } of inlineFields(header.text))
      this.put(field, { value, region: header, start });
  }

  all(field: FieldName): readonly FieldValue[] {
    return this.values.get(field) ?? [];
  }

  private put(field: FieldName, value: FieldValue): void {
    const known = this.values.get(field);
    if (known === undefined) this.values.set(field, [value]);
    else known.push(value);
  }
}
