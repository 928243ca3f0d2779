/** The width of an element, in CSS pixels, once it has come to rest; 0 before it is known. */
import { onScopeDispose, readonly, ref, watch, type ShallowRef } from 'vue';

/** Milliseconds: a window that is being dragged wider changes with every frame. */
const REST = 150;

export function useWidth(element: Readonly<ShallowRef<HTMLElement | null>>) {
  const width = ref(0);
  let timer = 0;
  const observer = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry?.contentRect.width ?? 0);
    clearTimeout(timer);
    if (width.value === 0) width.value = now;
    else timer = window.setTimeout(() => (width.value = now), REST);
  });
  watch(element, (now) => {
    observer.disconnect();
    if (now) observer.observe(now);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    observer.disconnect();
  });
  return readonly(width);
}
