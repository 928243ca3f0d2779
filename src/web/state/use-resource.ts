/** What a path answers, as it changes: the latest request wins, the ones before are aborted. */
import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import { get, Problem } from '../api.js';

/** `path` null: nothing is wanted. While a new answer loads, `data` is still the one before. */
export function useResource<T>(path: () => string | null) {
  const data = shallowRef<T | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const loading = ref(false);
  let controller: AbortController | null = null;

  async function load(wanted: string | null): Promise<void> {
    controller?.abort();
    controller = null;
    problem.value = null;
    loading.value = wanted !== null;
    if (wanted === null) {
      data.value = null;
      return;
    }
    const mine = (controller = new AbortController());
    try {
      const answer = await get<T>(wanted, mine.signal);
      if (mine.signal.aborted) return;
      data.value = answer;
    } catch (error) {
      if (mine.signal.aborted) return;
      data.value = null;
      problem.value = error instanceof Problem ? error : new Problem('page', '页面出错', String(error));
    }
    loading.value = false;
  }

  watch(path, load, { immediate: true });
  onScopeDispose(() => controller?.abort());
  return { data, problem, loading, reload: () => load(path()) };
}
