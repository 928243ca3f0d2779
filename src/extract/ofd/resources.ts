/** PublicRes.xml, DocumentRes.xml, PageRes: which fonts are bold, and drawings that objects call for. */
import type { Attributes, XmlHandler } from '../xml.js';
import { ContentReader } from './content-reader.js';
import type { PageObject } from './page-object.js';

export class Resources implements XmlHandler {
  readonly bold = new Set<string>();
  readonly units = new Map<string, readonly PageObject[]>();
  private unit: ContentReader | null = null;

  open(name: string, attributes: Attributes): boolean {
    const { ID: id = '', FontName: font = '', Bold: bold } = attributes;
    if (name === 'CompositeGraphicUnit') {
      this.unit = new ContentReader();
      this.units.set(id, this.unit.objects);
    } else if (this.unit !== null) return this.unit.open(name, attributes);
    else if (name === 'Font' && (bold === 'true' || /bold|black|heavy/i.test(font))) this.bold.add(id);
    return true;
  }

  text(text: string): void {
    this.unit?.text(text);
  }

  close(name: string): void {
    if (name === 'CompositeGraphicUnit') this.unit = null;
    else this.unit?.close(name);
  }
}
