/** Which heading the reader has last scrolled past. */
import { onScopeDispose, ref, watch, type ShallowRef } from 'vue';

/** Below the top of the scrolled box, where reading happens. */
const READING_LINE = 140;

/** `box`: what scrolls and holds elements with data-heading-id. */
export function useCurrentHeading(box: Readonly<ShallowRef<HTMLElement | null>>) {
  const current = ref<string | null>(null);
  let frame = 0;

  function update(): void {
    frame = 0;
    const headings = box.value?.querySelectorAll<HTMLElement>('[data-heading-id]') ?? [];
    const line = (box.value?.getBoundingClientRect().top ?? 0) + READING_LINE;
    let passed: string | null = null;
    for (const heading of headings) {
      if (heading.getBoundingClientRect().top > line) break;
      passed = heading.dataset['headingId'] ?? null;
    }
    current.value = passed;
  }
  const schedule = () => (frame ||= requestAnimationFrame(update));

  watch(box, (now, before) => {
    before?.removeEventListener('scroll', schedule);
    now?.addEventListener('scroll', schedule, { passive: true });
  });
  onScopeDispose(() => {
    box.value?.removeEventListener('scroll', schedule);
    cancelAnimationFrame(frame);
  });
  return { current, update: schedule };
}
