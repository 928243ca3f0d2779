/** Content.xml of a page or template, or the content of a composite unit → its objects. */
import { tooLarge } from '../pages/page-failure.js';
import type { Attributes, XmlHandler } from '../xml.js';
import type { PageObject, TextCode } from './page-object.js';
import { numberOf, placeOf } from './values.js';

/** Objects of one part: more than any page of print has, or the sheet of a map. */
const MOST_OBJECTS = 400_000;

/** Graphics inside of objects that print nothing by themselves. */
const LEFT_OUT = new Set(['Clips', 'FillColor', 'StrokeColor', 'Actions', 'CGTransform', 'Border']);
/** Elements whose text counts. */
const CAPTURED = new Set(['TextCode', 'AbbreviatedData', 'PhysicalBox', 'PageRes']);

export class ContentReader implements XmlHandler {
  readonly objects: PageObject[] = [];
  /** Ids of the templates that a page stands on. */
  readonly templates: string[] = [];
  readonly resources: string[] = [];
  physicalBox: string | null = null;
  private object: Attributes = {};
  private codes: TextCode[] = [];
  private data = '';
  private code: Attributes = {};
  private captured: string[] | null = null;

  open(name: string, attributes: Attributes): boolean {
    if (LEFT_OUT.has(name)) return false;
    if (CAPTURED.has(name)) this.captured = [];
    switch (name) {
      case 'TextObject':
      case 'PathObject':
      case 'ImageObject':
      case 'CompositeObject':
        if (attributes['Visible'] === 'false') return false;
        this.object = attributes;
        this.codes = [];
        this.data = '';
        break;
      case 'TextCode':
        this.code = attributes;
        break;
      case 'Template':
        this.templates.push(attributes['TemplateID'] ?? '');
    }
    return true;
  }

  text(text: string): void {
    this.captured?.push(text);
  }

  close(name: string): void {
    const text = this.captured?.join('') ?? '';
    if (CAPTURED.has(name)) this.captured = null;
    switch (name) {
      case 'TextCode':
        this.codes.push(this.closedCode(text));
        break;
      case 'AbbreviatedData':
        this.data = text;
        break;
      case 'PhysicalBox':
        this.physicalBox = text;
        break;
      case 'PageRes':
        this.resources.push(text.trim());
        break;
      case 'TextObject':
        this.add(this.closedText());
        break;
      case 'PathObject': {
        const { Stroke: stroke, Fill: fill } = this.object;
        const place = placeOf(this.object);
        this.add({ kind: 'path', place, stroke: stroke !== 'false', fill: fill === 'true', data: this.data });
        break;
      }
      case 'ImageObject':
        this.add({ kind: 'image' });
        break;
      case 'CompositeObject':
        this.add({
          kind: 'composite',
          place: placeOf(this.object),
          resource: this.object['ResourceID'] ?? '',
        });
    }
  }

  private closedCode(text: string): TextCode {
    return {
      x: numberOf(this.code['X']),
      y: numberOf(this.code['Y']),
      deltaX: this.code['DeltaX'] ?? '',
      deltaY: this.code['DeltaY'] ?? '',
      text: text.replace(/[\r\n]/g, ''),
    };
  }

  private closedText(): PageObject {
    const { object } = this;
    return {
      kind: 'text',
      place: placeOf(object),
      size: numberOf(object['Size']) ?? 0,
      stretch: numberOf(object['HScale']) ?? 1,
      weight: numberOf(object['Weight']) ?? 400,
      font: object['Font'] ?? '',
      readDirection: numberOf(object['ReadDirection']) ?? 0,
      charDirection: numberOf(object['CharDirection']) ?? 0,
      codes: this.codes,
    };
  }

  private add(object: PageObject): void {
    if (this.objects.length >= MOST_OBJECTS) throw tooLarge('OFD', `一页有超过 ${MOST_OBJECTS} 个图元`);
    this.objects.push(object);
  }
}
