/** Texts that a share site puts together as samples: where one leaves its names blank, those beside it are samples too. */
import type { PolicyDocument } from '../model/document.js';

/** "(一)", "（2）", "篇三" behind the title that the pieces of a series share. */
const COUNT =
  /\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|篇[一二三四五六七八九十\d]{1,3}|[一二三四五六七八九十\d]{1,3})$/;

/**
 * Pieces of one series ("…实施方案(一)", "…(二)") of which at least one is a 范本: the others are too, unless they state an organ, a
 * number or a place of their own.
 */
export function markSamples(documents: readonly PolicyDocument[]): PolicyDocument[] {
  const sampled = new Set(
    documents.flatMap(({ metadata }) =>
      metadata.template && COUNT.test(metadata.title) ? [seriesOf(metadata.title)] : [],
    ),
  );
  return documents.map((document) => {
    const { metadata, provenance } = document;
    const { title, template, issuers, documentNumber, jurisdiction } = metadata;
    const anonymous = issuers.length === 0 && documentNumber === null && jurisdiction === null;
    if (template || !anonymous || !COUNT.test(title) || !sampled.has(seriesOf(title))) return document;
    return {
      ...document,
      metadata: { ...metadata, template: true },
      diagnostics: [
        ...document.diagnostics,
        {
          code: 'template',
          severity: 'info',
          message: '与同一系列的其他范本并列，且未写发文机关、文号和地域，按范本处理。',
          span: provenance.title ?? null,
        },
      ],
    };
  });
}

function seriesOf(title: string): string {
  return title.replace(COUNT, '').replace(/\s/g, '');
}
