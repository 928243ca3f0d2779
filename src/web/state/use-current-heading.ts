/** Which heading the reader has last scrolled past. */
import { onScopeDispose, ref, watch, type ShallowRef } from 'vue';

/** Below the top of the scrolled box, where reading happens. */
const READING_LINE = 140;

/** `box`: what scrolls and holds elements with data-heading-id. */
export function useCurrentHeading(box: Readonly<ShallowRef<HTMLElement | null>>) {
  const current = ref<string | null>(null);
  let frame = 0;
  /** Where the box stood when it was told which heading it shows. */
  let pinnedAt: number | null = null;

  function update(): void {
    frame = 0;
    if (box.value?.scrollTop === pinnedAt) return;
    pinnedAt = null;
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

  /** After a jump: this heading is meant, whatever else is in sight, until the reader scrolls on. */
  function pin(headingId: string | null): void {
    current.value = headingId;
    pinnedAt = box.value?.scrollTop ?? null;
  }

  watch(box, (now, before) => {
    before?.removeEventListener('scroll', schedule);
    now?.addEventListener('scroll', schedule, { passive: true });
  });
  onScopeDispose(() => {
    box.value?.removeEventListener('scroll', schedule);
    cancelAnimationFrame(frame);
  });
  return { current, pin };
}
