/** One short message at the foot of the page, read out by screen readers. */
import { readonly, ref } from 'vue';

const SHOWN_MS = 3500;
const message = ref('');
let timer = 0;

function notify(text: string): void {
  message.value = text;
  clearTimeout(timer);
  timer = window.setTimeout(() => (message.value = ''), SHOWN_MS);
}

export function useNotice() {
  return { message: readonly(message), notify };
}
