/** A PDF of the server, opened; put away when it is no longer shown. */
import { onScopeDispose, shallowRef, watch } from 'vue';
import { getBytes, Problem } from '../api.js';
import { openOriginal, type PDFDocumentProxy } from '../pdf/open-original.js';

export function usePdf(path: () => string) {
  const pdf = shallowRef<PDFDocumentProxy | null>(null);
  const problem = shallowRef<Problem | null>(null);
  let putAway = () => {};

  async function load(wanted: string): Promise<void> {
    putAway();
    pdf.value = null;
    problem.value = null;
    const controller = new AbortController();
    putAway = () => controller.abort();
    try {
      const bytes = await getBytes(wanted, controller.signal);
      const task = openOriginal(bytes);
      putAway = () => {
        controller.abort();
        void task.destroy();
      };
      const opened = await task.promise;
      if (!controller.signal.aborted) pdf.value = opened;
    } catch (error) {
      if (controller.signal.aborted) return;
      problem.value =
        error instanceof Problem
          ? error
          : new Problem('pdf', '原件的页面打不开', '可以点“原件”，用浏览器或其他程序查看；文字不受影响。');
    }
  }

  watch(path, load, { immediate: true });
  onScopeDispose(() => putAway());
  return { pdf, problem, reload: () => load(path()) };
}
