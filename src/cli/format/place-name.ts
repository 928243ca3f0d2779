/** Where a document applies, as terminals name it. */

/** `name` is that of the jurisdiction, null when there is none. */
export function placeName(name: string | null | undefined, template: boolean): string {
  return name ?? (template ? '范本' : '地域未载明');
}
